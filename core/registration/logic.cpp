// JsonLogic, the first operators. Values compare as in JavaScript, which is what the rules of others rely on;
// an empty list counts as false, as JsonLogic has it.
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/utf8.h"
#include "core/registration/form.h"

namespace vakant {
namespace {

constexpr std::size_t most_steps = 1000;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_true(const Json& value) {
    switch (value.type()) {
    case Json::Type::null:
        return false;
    case Json::Type::boolean:
        return value.bool_or(false);
    case Json::Type::integer:
    case Json::Type::real:
        return value.number_or(0) != 0 && !std::isnan(value.number_or(0));
    case Json::Type::string:
        return !value.text().empty();
    case Json::Type::array:
        return value.size() > 0;
    case Json::Type::object:
        return true;
    }
    return false;
}

double number_in(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : not_a_number;
}

double as_number(const Json& value) {
    switch (value.type()) {
    case Json::Type::null:
        return 0;
    case Json::Type::boolean:
        return value.bool_or(false) ? 1 : 0;
    case Json::Type::integer:
    case Json::Type::real:
        return value.number_or(0);
    case Json::Type::string:
        return number_in(value.text());
    case Json::Type::array:
        if (value.size() == 0) return 0;
        return value.size() == 1 ? as_number(value[0]) : not_a_number;
    case Json::Type::object:
        return not_a_number;
    }
    return not_a_number;
}

/// As JavaScript writes it: lists joined by commas.
std::string as_text(const Json& value) {
    if (value.is_string()) return std::string(value.text());
    if (value.is_object()) return "[object Object]";
    if (!value.is_array()) return value.to_text();
    std::string joined;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (i > 0) joined += ',';
        if (!value[i].is_null()) joined += as_text(value[i]);
    }
    return joined;
}

bool is_list_or_object(const Json& value) {
    return value.is_array() || value.is_object();
}

/// ===
bool same(const Json& a, const Json& b) {
    return !is_list_or_object(a) && !is_list_or_object(b) && a == b;
}

/// ==
bool equal(const Json& a, const Json& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (is_list_or_object(a) && is_list_or_object(b)) return false;
    const bool a_is_text = a.is_string() || is_list_or_object(a);
    const bool b_is_text = b.is_string() || is_list_or_object(b);
    if (a_is_text && b_is_text) return as_text(a) == as_text(b);
    return as_number(a) == as_number(b);
}

enum class Order { less, less_or_equal };

bool in_order(const Json& a, const Json& b, Order order) {
    const bool texts = (a.is_string() || is_list_or_object(a)) && (b.is_string() || is_list_or_object(b));
    if (texts) {
        const int compared = as_text(a).compare(as_text(b));
        return order == Order::less ? compared < 0 : compared <= 0;
    }
    return order == Order::less ? as_number(a) < as_number(b) : as_number(a) <= as_number(b);
}

bool is_in(const Json& needle, const Json& stack) {
    if (stack.is_string()) return stack.text().find(as_text(needle)) != std::string_view::npos;
    for (const Json& item : stack.items()) {
        if (same(needle, item)) return true;
    }
    return false;
}

std::int64_t count_of(const Json::Array& values) {
    if (values.size() == 1 && values[0].is_array()) return static_cast<std::int64_t>(values[0].size());
    std::int64_t count = 0;
    for (const Json& value : values)
        count += is_true(value) ? 1 : 0;
    return count;
}

/// The part of `data` that a dotted path names; null where there is none.
const Json* find_path(const Json& data, std::string_view path) {
    const Json* at = &data;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string_view step = path.substr(0, dot);
        path = dot == path.npos ? "" : path.substr(dot + 1);
        if (at->is_array()) {
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
            const bool whole = error == std::errc() && end == step.data() + step.size();
            if (!whole || index >= at->size()) return nullptr;
            at = &(*at)[index];
        } else {
            at = at->find(step);
            if (!at) return nullptr;
        }
    }
    return at;
}

class Evaluation {
public:
    explicit Evaluation(const Json& data) : data_(data) {}

    Result<Json> value_of(const Json& rule) {
        if (++steps_ > most_steps) return refused("more than 1000 steps");
        if (rule.is_array()) {
            VAKANT_TRY(values, values_of(rule));
            return Json::array(std::move(values));
        }
        if (!rule.is_object() || rule.size() != 1) return rule;
        const auto& [name, arguments] = rule.members().front();
        return apply(name, arguments);
    }

private:
    Result<Json::Array> values_of(const Json& rules) {
        Json::Array values;
        if (!rules.is_array()) {
            VAKANT_TRY(value, value_of(rules));
            values.push_back(std::move(value));
            return values;
        }
        for (const Json& rule : rules.items()) {
            VAKANT_TRY(value, value_of(rule));
            values.push_back(std::move(value));
        }
        return values;
    }

    Result<Json> apply(std::string_view name, const Json& arguments) {
        if (name == "and" || name == "or") return until(arguments, name == "or");
        if (name == "if") return choose(arguments);
        static constexpr std::string_view known[] = {
            "var", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "!", "!!", "count"};
        bool is_known = false;
        for (const std::string_view operation : known)
            is_known = is_known || operation == name;
        if (!is_known)
            return Error{ErrorKind::unsupported, "operator \"" + std::string(name) + "\" is not known"};
        VAKANT_TRY(values, values_of(arguments));
        if (name == "var") return variable(values);
        if (name == "count") return Json(count_of(values));
        const auto value = [&values](std::size_t i) { return i < values.size() ? values[i] : Json(); };
        if (name == "!") return Json(!is_true(value(0)));
        if (name == "!!") return Json(is_true(value(0)));
        if (name == "==") return Json(equal(value(0), value(1)));
        if (name == "!=") return Json(!equal(value(0), value(1)));
        if (name == "===") return Json(same(value(0), value(1)));
        if (name == "!==") return Json(!same(value(0), value(1)));
        if (name == "in") return Json(is_in(value(0), value(1)));
        if (name == ">") return Json(in_order(value(1), value(0), Order::less));
        if (name == ">=") return Json(in_order(value(1), value(0), Order::less_or_equal));
        const Order order = name == "<" ? Order::less : Order::less_or_equal;
        const bool first = in_order(value(0), value(1), order);
        return Json(first && (values.size() < 3 || in_order(value(1), value(2), order)));
    }

    Result<Json> variable(const Json::Array& values) {
        const Json path = values.empty() ? Json() : values[0];
        if (path.is_null() || (path.is_string() && path.text().empty())) return data_;
        const Json* found = find_path(data_, as_text(path));
        if (found && !found->is_null()) return *found;
        return values.size() > 1 ? values[1] : Json();
    }

    /// The first value that decides (true for "or", false for "and"), else the last one.
    Result<Json> until(const Json& arguments, bool deciding) {
        Json last;
        const auto& rules = arguments.is_array() ? arguments.items() : Json::Array{arguments};
        for (const Json& rule : rules) {
            VAKANT_TRY(value, value_of(rule));
            last = std::move(value);
            if (is_true(last) == deciding) break;
        }
        return last;
    }

    Result<Json> choose(const Json& arguments) {
        const Json::Array rules = arguments.is_array() ? arguments.items() : Json::Array{arguments};
        std::size_t i = 0;
        for (; i + 1 < rules.size(); i += 2) {
            VAKANT_TRY(condition, value_of(rules[i]));
            if (is_true(condition)) return value_of(rules[i + 1]);
        }
        if (i < rules.size()) return value_of(rules[i]);
        return Json();
    }

    const Json& data_;
    std::size_t steps_ = 0;
};

} // namespace

Result<Json> evaluate_logic(const Json& rule, const Json& data) {
    return Evaluation(data).value_of(rule);
}

} // namespace vakant
