#include "core/registration/form_rules.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "core/base/utf8.h"

namespace vakant {
namespace {

/// "something@something.tld", as people write it; whether it exists only a mail can tell.
constexpr std::string_view email_pattern = R"(^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*\.[^\s@.\d]{2,}$)";

RE2::Options quiet_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    return options;
}

bool matches(std::string_view text, std::string_view pattern) {
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), quiet_options());
    return compiled.ok() && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled);
}

/// Digits, blanks, + - ( ) and at least six digits.
bool is_telephone(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (std::string_view(" +-()").find(c) == std::string_view::npos) {
            return false;
        }
    }
    return digits >= 6;
}

bool is_date(std::string_view text) {
    return text.size() == 10 && parse_iso8601(text).ok();
}

std::optional<double> number_of(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

bool has_choice(const FormField& field, std::string_view value) {
    return std::any_of(field.choices.begin(), field.choices.end(),
                       [value](const FormChoice& choice) { return choice.value == value; });
}

/// What the widget itself asks of a text: "" or the keyword of the problem.
std::string_view problem_of_kind(const FormField& field, std::string_view text) {
    switch (field.widget) {
    case Widget::telephone:
        return is_telephone(text) ? "" : "format.telephone";
    case Widget::email:
        return matches(text, email_pattern) ? "" : "format.email";
    case Widget::date:
        return is_date(text) ? "" : "format.date";
    case Widget::number:
        return number_of(text) ? "" : "type.number";
    case Widget::choice:
        return has_choice(field, text) ? "" : "enum";
    case Widget::yes_no:
        return text == "true" || text == "false" ? "" : "enum";
    case Widget::text:
    case Widget::long_text:
    case Widget::choices:
        return "";
    }
    return "";
}

void check_text(const FormField& field, std::string_view text, std::vector<FormProblem>& problems) {
    const auto add = [&](std::string_view keyword, std::int64_t limit = 0) {
        problems.push_back({field.id, std::string(keyword), limit});
    };
    const std::size_t length = code_point_count(text);
    if (length > field.max_length) return add("maxLength", static_cast<std::int64_t>(field.max_length));
    const std::int64_t shortest = field.schema["minLength"].integer_or(0);
    if (length < static_cast<std::size_t>(std::max<std::int64_t>(shortest, 0)))
        return add("minLength", shortest);
    if (const std::string_view kind = problem_of_kind(field, text); !kind.empty()) return add(kind);
    if (field.widget == Widget::number) {
        const Json& least = field.schema["minimum"];
        const Json& most = field.schema["maximum"];
        if (least.is_number() && *number_of(text) < least.number_or(0)) {
            return add("minimum", static_cast<std::int64_t>(least.number_or(0)));
        }
        if (most.is_number() && *number_of(text) > most.number_or(0)) {
            return add("maximum", static_cast<std::int64_t>(most.number_or(0)));
        }
    }
    const Json& pattern = field.schema["pattern"];
    if (pattern.is_string() && !matches(text, pattern.text())) add("pattern");
}

} // namespace

std::set<std::string, std::less<>> fields_in_rule(const Json& rule) {
    std::set<std::string, std::less<>> fields;
    for (const Json& item : rule.items())
        fields.merge(fields_in_rule(item));
    for (const auto& [name, arguments] : rule.members()) {
        if (name == "var" && rule.size() == 1) {
            const std::string_view path = arguments.is_array() ? arguments[0].text() : arguments.text();
            fields.emplace(path.substr(0, path.find('.')));
        } else {
            fields.merge(fields_in_rule(arguments));
        }
    }
    return fields;
}

bool Visibility::holds(const Json& rule, bool otherwise) const {
    if (rule.is_null()) return otherwise;
    Json answers = Json::object();
    for (const std::string& name : fields_in_rule(rule)) {
        const FormField* field = form_.find_field(name);
        if (field && shows(*field)) answers.set(name, answer_of_(*field));
    }
    auto value = evaluate_logic(Json::object({{"!!", Json::array({rule})}}), answers);
    // A rule that cannot be worked out must not hide a question.
    return value.ok() ? value->bool_or(otherwise) : otherwise;
}

bool Visibility::shows(const FormField& field) const {
    if (field.need == Need::hidden) return false;
    for (const FormPage& page : form_.pages) {
        const bool is_here = std::any_of(page.fields.begin(), page.fields.end(),
                                         [&field](const FormField& other) { return other.id == field.id; });
        if (is_here) return holds(page.visible_if, true) && holds(field.visible_if, true);
    }
    return false;
}

bool Visibility::shows(const FormPage& page) const {
    return std::any_of(page.fields.begin(), page.fields.end(),
                       [this](const FormField& field) { return shows(field); });
}

bool Visibility::requires_answer(const FormField& field) const {
    return field.need == Need::required || holds(field.required_if, false);
}

bool holds_one_text(Widget widget) {
    return widget != Widget::choices;
}

void check_value(const FormField& field, const std::vector<std::string_view>& texts,
                 std::vector<FormProblem>& problems) {
    if (holds_one_text(field.widget)) {
        if (!texts.empty()) check_text(field, texts.front(), problems);
        return;
    }
    const Json& most = field.schema["maxItems"];
    const Json& least = field.schema["minItems"];
    const std::int64_t count = static_cast<std::int64_t>(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const bool again = std::find(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(i),
                                     texts[i]) != texts.begin() + static_cast<std::ptrdiff_t>(i);
        if (again) return problems.push_back({field.id, "uniqueItems", 0});
        if (!has_choice(field, texts[i])) return problems.push_back({field.id, "enum", 0});
    }
    if (most.is_integer() && count > most.integer_or(0)) {
        problems.push_back({field.id, "maxItems", most.integer_or(0)});
    } else if (least.is_integer() && count < least.integer_or(0)) {
        problems.push_back({field.id, "minItems", least.integer_or(0)});
    }
}

void check_sent(const FormField& field, const Json& answer, bool required,
                std::vector<FormProblem>& problems) {
    const bool empty = answer.is_null() || (answer.is_string() && trimmed(answer.text()).empty()) ||
                       (answer.is_array() && answer.size() == 0);
    if (empty) {
        if (required) problems.push_back({field.id, "required", 0});
        return;
    }
    const auto wrong_type = [&] { problems.push_back({field.id, "type", 0}); };
    if (field.widget == Widget::yes_no) {
        if (!answer.is_bool()) wrong_type();
    } else if (field.widget == Widget::number) {
        if (!answer.is_number()) return wrong_type();
        const std::string written = answer.to_text();
        check_value(field, {written}, problems);
    } else if (field.widget == Widget::choices) {
        std::vector<std::string_view> values;
        for (const Json& item : answer.items()) {
            if (!item.is_string()) return wrong_type();
            values.push_back(item.text());
        }
        if (!answer.is_array()) return wrong_type();
        check_value(field, values, problems);
    } else if (answer.is_string()) {
        check_value(field, {trimmed(answer.text())}, problems);
    } else {
        wrong_type();
    }
}

Outcome check_pattern(std::string_view pattern) {
    if (code_point_count(pattern) > 256) return invalid_input("longer than 256 characters");
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), quiet_options());
    if (!compiled.ok()) return invalid_input(compiled.error());
    return done();
}

} // namespace vakant
