#include "core/registration/form_answers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/utf8.h"
#include "core/registration/form_schemas.h"
#include "core/registration/pattern.h"
#include "core/registration/telephone.h"
#include "core/registration/typed_dates.h"
#include "core/text/text.h"

namespace vakant {
namespace {

/// Comma and full stop both count; digits of other scripts, too.
std::optional<double> number_from_typed(std::string_view typed) {
    std::string text = with_european_digits(typed);
    std::replace(text.begin(), text.end(), ',', '.');
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

Json number_json(double number) {
    const bool whole = number == std::trunc(number) && std::abs(number) < 9e15;
    return whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

/// Of several problems of one answer the one to tell: what is wrong with the whole before what is wrong with
/// a part.
const SchemaProblem* first_of(const std::vector<SchemaProblem>& problems) {
    static constexpr std::string_view order[] = {
        "type", "too_large", "maxLength", "minLength", "minItems", "maxItems", "uniqueItems",
        "enum", "const",     "minimum",   "maximum",   "format",   "pattern"};
    const auto rank = [](const SchemaProblem& problem) {
        return std::find(std::begin(order), std::end(order), problem.keyword) - std::begin(order);
    };
    const auto found = std::min_element(problems.begin(), problems.end(),
                                        [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return found == problems.end() ? nullptr : &*found;
}

/// The keyword for what the widget itself asks for.
std::string keyword_of_kind(const FormField& field, const SchemaProblem& problem, const Json& answer,
                            bool is_typed) {
    if (problem.keyword == "type") {
        if (!is_typed) return "type";
        return field.widget == Widget::number ? "type.number" : "enum";
    }
    if (problem.keyword == "minItems" || problem.keyword == "minLength") return "required";
    if (problem.keyword != "pattern" && problem.keyword != "format") return problem.keyword;
    switch (field.widget) {
    case Widget::telephone:
        return "format.telephone";
    case Widget::email:
        return "format.email";
    case Widget::date:
        return "format.date";
    case Widget::month:
        return "format.month";
    case Widget::name:
        return field.passport_of.empty() ? "format.name" : "format.passport_name";
    default:
        return trimmed(answer.text()).empty() ? "required" : "pattern";
    }
}

bool is_offered(const Json& value, const std::vector<std::string>& offered) {
    return std::find(offered.begin(), offered.end(), value.text()) != offered.end();
}

bool are_offered(const Json& answer, const std::vector<std::string>& offered) {
    if (answer.is_string()) return is_offered(answer, offered);
    return std::all_of(answer.items().begin(), answer.items().end(),
                       [&](const Json& value) { return is_offered(value, offered); });
}

} // namespace

std::vector<std::string_view> lines_of(std::string_view answer) {
    std::vector<std::string_view> lines;
    while (!answer.empty()) {
        const std::size_t end = answer.find('\n');
        if (end != 0) lines.push_back(answer.substr(0, end));
        answer = end == answer.npos ? "" : answer.substr(end + 1);
    }
    return lines;
}

Json answer_from_typed(const FormField& field, std::string_view typed) {
    switch (field.widget) {
    case Widget::choices:
    case Widget::suggest_many: {
        Json list = Json::array();
        for (const std::string_view value : lines_of(typed))
            list.push(composed(trimmed(value)));
        return list;
    }
    case Widget::yes_no:
        return typed == "true" ? Json(true) : typed == "false" ? Json(false) : Json(typed);
    case Widget::number: {
        const auto number = number_from_typed(typed);
        return number ? number_json(*number) : Json(typed);
    }
    case Widget::date: {
        auto date = date_from_typed(typed);
        return date ? Json(std::move(*date)) : Json(typed);
    }
    case Widget::month: {
        auto month = month_from_typed(typed);
        return month ? Json(std::move(*month)) : Json(typed);
    }
    case Widget::telephone:
        return with_european_digits(typed);
    default:
        return composed(typed);
    }
}

std::optional<std::string> typed_from_answer(const FormField& field, const Json& answer) {
    if (field.takes_several()) {
        if (!answer.is_array()) return std::nullopt;
        std::string lines;
        for (const Json& value : answer.items()) {
            if (!value.is_string() || value.text().find('\n') != std::string_view::npos) return std::nullopt;
            if (!lines.empty()) lines += '\n';
            lines += value.text();
        }
        return lines;
    }
    if (field.widget == Widget::yes_no) {
        if (!answer.is_bool()) return std::nullopt;
        return answer.bool_or(false) ? "true" : "false";
    }
    if (field.widget == Widget::number)
        return answer.is_number() ? std::optional(answer.to_text()) : std::nullopt;
    if (!answer.is_string()) return std::nullopt;
    return std::string(answer.text());
}

FormProblem problem_with(const FormField& field, std::string_view address, std::string keyword,
                         std::int64_t limit) {
    FormProblem problem{std::string(address), std::move(keyword), limit, ""};
    // "format.email" has the text for that, or the one for any "format".
    auto own = field.messages.find(problem.keyword);
    if (own == field.messages.end())
        own = field.messages.find(problem.keyword.substr(0, problem.keyword.find('.')));
    if (own != field.messages.end()) problem.text_key = own->second;
    return problem;
}

void check_answer(const FormDefinition& form, const FormField& field, std::string_view address,
                  const Json& answer, const std::vector<std::string>* offered, bool is_typed,
                  std::vector<FormProblem>& problems) {
    const auto add = [&](std::string keyword, std::int64_t limit = 0) {
        problems.push_back(problem_with(field, address, std::move(keyword), limit));
    };
    const FormSchemas::Answer& schemas = form.schemas().answers.find(field.id)->second;
    const auto of_kind = schemas.kind.problems_of(answer);
    if (const SchemaProblem* problem = first_of(of_kind)) {
        return add(keyword_of_kind(field, *problem, answer, is_typed),
                   problem->limit.is_number() ? static_cast<std::int64_t>(problem->limit.number_or(0)) : 0);
    }
    if (offered && !are_offered(answer, *offered)) return add("enum");
    if (field.widget == Widget::telephone && !normalised_telephone(answer.text(), field.country)) {
        return add("format.telephone");
    }
    const auto of_own = schemas.own.problems_of(answer);
    if (const SchemaProblem* problem = first_of(of_own)) {
        const std::string format =
            problem->keyword == "format" ? "." + std::string(problem->limit.text()) : "";
        add(problem->keyword + format,
            problem->limit.is_number() ? static_cast<std::int64_t>(problem->limit.number_or(0)) : 0);
    }
}

bool has_other_script(std::string_view name) {
    if (std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return false;
    static const Pattern other_letters = Pattern::built_in(R"([^\P{L}\p{Script=Latin}])");
    return other_letters.is_found_in(name);
}

} // namespace vakant
