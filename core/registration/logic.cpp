#include "core/registration/logic.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/clock.h"
#include "core/base/utf8.h"
#include "core/registration/formats.h"
#include "core/registration/logic_values.h"

namespace vakant {
namespace {

using namespace logic;

constexpr std::size_t most_steps = 1000;
constexpr std::size_t most_weight = 1'000'000; ///< bytes of the values made on the way

constexpr std::array<std::string_view, 38> operators{
    "var", "missing", "missing_some", "if",    "?:",   "==",          "===", "!=",
    "!==", "!",       "!!",           "or",    "and",  ">",           ">=",  "<",
    "<=",  "max",     "min",          "+",     "-",    "*",           "/",   "%",
    "map", "reduce",  "filter",       "all",   "none", "some",        "in",  "merge",
    "cat", "log",     "substr",       "count", "sum",  "days_between"};

/// Operators whose second argument is worked out for each element.
bool is_over_elements(std::string_view name) {
    static constexpr std::string_view names[] = {"map", "reduce", "filter", "all", "none", "some"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_operation(const Json& rule) {
    return rule.is_object() && rule.size() == 1;
}

bool is_operator(std::string_view name) {
    return std::find(operators.begin(), operators.end(), name) != operators.end();
}

Error unknown_operator(std::string_view name) {
    return {ErrorKind::unsupported, "operator \"" + std::string(name) + "\" is not known"};
}

Json::Array as_list(const Json& arguments) {
    return arguments.is_array() ? arguments.items() : Json::Array{arguments};
}

std::size_t weight_of(const Json& value) {
    std::size_t weight = 16 + value.text().size();
    for (const Json& item : value.items())
        weight += weight_of(item);
    for (const auto& [name, item] : value.members())
        weight += name.size() + weight_of(item);
    return weight;
}

/// The part of `data` that a dotted path names; none where there is none.
const Json* find_path(const Json& data, std::string_view path) {
    const Json* at = &data;
    while (true) {
        const std::size_t dot = path.find('.');
        const std::string_view step = path.substr(0, dot);
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
        if (dot == path.npos) return at;
        path.remove_prefix(dot + 1);
    }
}

std::int64_t count_of(const Json::Array& values) {
    if (values.size() == 1 && values[0].is_array()) return static_cast<std::int64_t>(values[0].size());
    return std::count_if(values.begin(), values.end(), [](const Json& value) { return is_true(value); });
}

Json sum_of(const Json::Array& values) {
    double sum = 0;
    for (const Json& value : values) {
        for (const Json& item : as_list(value))
            sum += item.number_or(0);
    }
    return number_value(sum);
}

Json days_between(const Json& from, const Json& to) {
    bool from_is_date = false, to_is_date = false;
    const std::int64_t first = days_of(from.text(), from_is_date);
    const std::int64_t last = days_of(to.text(), to_is_date);
    return from_is_date && to_is_date ? Json(last - first) : Json();
}

Json part_of_text(const Json& source, const Json& from, const Json& length) {
    const std::u32string text = to_utf32(as_text(source));
    const double size = static_cast<double>(text.size());
    const auto whole = [size](const Json& value) {
        const double number = std::trunc(as_number(value));
        return std::isnan(number) ? 0.0 : std::clamp(number, -size, size);
    };
    double begin = whole(from);
    if (begin < 0) begin += size;
    double count = size - begin;
    if (!length.is_null()) {
        const double asked = whole(length);
        count = asked < 0 ? std::max(0.0, count + asked) : std::min(count, asked);
    }
    return to_utf8(
        std::u32string_view(text).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(count)));
}

/// + * - / % min max; each converts as its JavaScript original does.
Json arithmetic(std::string_view name, const Json::Array& values) {
    const double first = values.empty() ? std::numeric_limits<double>::quiet_NaN() : as_number(values[0]);
    const double second = values.size() < 2 ? std::numeric_limits<double>::quiet_NaN() : as_number(values[1]);
    if (name == "-") return number_value(values.size() < 2 ? -first : first - second);
    if (name == "/") return number_value(first / second);
    if (name == "%") return number_value(std::fmod(first, second));
    if (name == "*" && values.size() == 1) return values[0];
    double result = name == "+" ? 0 : name == "*" ? 1 : first;
    for (const Json& value : values) {
        if (name == "+") result += leading_number(value);
        if (name == "*") result *= leading_number(value);
        if (name == "max" && !(as_number(value) <= result)) result = as_number(value);
        if (name == "min" && !(as_number(value) >= result)) result = as_number(value);
    }
    return number_value(result);
}

class Evaluation {
public:
    Result<Json> value_of(const Json& rule, const Json& data) {
        if (++steps_ > most_steps) return refused("more than 1000 steps");
        if (rule.is_array()) {
            VAKANT_TRY(values, values_of(rule, data));
            return Json::array(std::move(values));
        }
        if (!is_operation(rule)) return rule;
        const auto& [name, arguments] = rule.members().front();
        if (!is_operator(name)) return unknown_operator(name);
        VAKANT_TRY(value, apply(name, arguments, data));
        weight_ += weight_of(value);
        if (weight_ > most_weight) return refused("values of more than 1 MB");
        return value;
    }

private:
    Result<Json::Array> values_of(const Json& rules, const Json& data) {
        Json::Array values;
        for (const Json& rule : as_list(rules)) {
            VAKANT_TRY(value, value_of(rule, data));
            values.push_back(std::move(value));
        }
        return values;
    }

    Result<Json> apply(std::string_view name, const Json& arguments, const Json& data) {
        if (name == "and" || name == "or") return until(arguments, data, name == "or");
        if (name == "if" || name == "?:") return choose(arguments, data);
        if (name == "reduce") return reduced(as_list(arguments), data);
        if (is_over_elements(name)) return over_elements(name, as_list(arguments), data);
        VAKANT_TRY(values, values_of(arguments, data));
        if (name == "var") return variable(values, data);
        if (name == "missing") return missing(values, data);
        if (name == "missing_some") return missing_some(values, data);
        return apply_to_values(name, values);
    }

    static Result<Json> apply_to_values(std::string_view name, const Json::Array& values) {
        const auto value = [&values](std::size_t i) { return i < values.size() ? values[i] : Json(); };
        if (name == "!") return Json(!is_true(value(0)));
        if (name == "!!") return Json(is_true(value(0)));
        if (name == "==") return Json(equal(value(0), value(1)));
        if (name == "!=") return Json(!equal(value(0), value(1)));
        if (name == "===") return Json(same(value(0), value(1)));
        if (name == "!==") return Json(!same(value(0), value(1)));
        if (name == "in") return Json(is_in(value(0), value(1)));
        if (name == ">") return Json(less(value(1), value(0)));
        if (name == ">=") return Json(less_or_equal(value(1), value(0)));
        if (name == "<") {
            return Json(less(value(0), value(1)) && (values.size() < 3 || less(value(1), value(2))));
        }
        if (name == "<=") {
            return Json(less_or_equal(value(0), value(1)) &&
                        (values.size() < 3 || less_or_equal(value(1), value(2))));
        }
        if (name == "log") return value(0); // says nothing: the values are a person's
        if (name == "count") return Json(count_of(values));
        if (name == "sum") return sum_of(values);
        if (name == "days_between") return days_between(value(0), value(1));
        if (name == "substr") return part_of_text(value(0), value(1), value(2));
        if (name == "cat") return joined(values);
        if (name == "merge") return merged(values);
        return arithmetic(name, values);
    }

    static Json joined(const Json::Array& values) {
        std::string text;
        for (const Json& value : values)
            text += value.is_null() ? "" : as_text(value);
        return text;
    }

    static Json merged(const Json::Array& values) {
        Json list = Json::array();
        for (const Json& value : values) {
            for (const Json& item : as_list(value))
                list.push(item);
        }
        return list;
    }

    static Json variable(const Json::Array& values, const Json& data) {
        const Json path = values.empty() ? Json() : values[0];
        if (path.is_null() || (path.is_string() && path.text().empty())) return data;
        const Json* found = find_path(data, as_text(path));
        if (found) return *found;
        return values.size() > 1 ? values[1] : Json();
    }

    static Json missing(const Json::Array& values, const Json& data) {
        const Json::Array names = !values.empty() && values[0].is_array() ? values[0].items() : values;
        Json list = Json::array();
        for (const Json& name : names) {
            const Json found = variable({name}, data);
            if (found.is_null() || (found.is_string() && found.text().empty())) list.push(name);
        }
        return list;
    }

    static Json missing_some(const Json::Array& values, const Json& data) {
        if (values.size() < 2) return Json::array();
        Json list = missing({values[1]}, data);
        const double there = static_cast<double>(values[1].size()) - static_cast<double>(list.size());
        return there >= as_number(values[0]) ? Json::array() : list;
    }

    /// The first value that decides (true for "or", false for "and"), else the last one.
    Result<Json> until(const Json& arguments, const Json& data, bool deciding) {
        Json last;
        for (const Json& rule : as_list(arguments)) {
            VAKANT_TRY(value, value_of(rule, data));
            last = std::move(value);
            if (is_true(last) == deciding) break;
        }
        return last;
    }

    Result<Json> choose(const Json& arguments, const Json& data) {
        const Json::Array rules = as_list(arguments);
        std::size_t i = 0;
        for (; i + 1 < rules.size(); i += 2) {
            VAKANT_TRY(condition, value_of(rules[i], data));
            if (is_true(condition)) return value_of(rules[i + 1], data);
        }
        if (i < rules.size()) return value_of(rules[i], data);
        return Json();
    }

    Result<Json> reduced(const Json::Array& arguments, const Json& data) {
        const auto argument = [&arguments](std::size_t i) {
            return i < arguments.size() ? arguments[i] : Json();
        };
        VAKANT_TRY(list, value_of(argument(0), data));
        VAKANT_TRY(accumulated, value_of(argument(2), data));
        for (const Json& item : list.items()) {
            Json pair = Json::object();
            pair.set("current", item).set("accumulator", std::move(accumulated));
            VAKANT_TRY(next, value_of(argument(1), pair));
            accumulated = std::move(next);
        }
        return accumulated;
    }

    Result<Json> over_elements(std::string_view name, const Json::Array& arguments, const Json& data) {
        const auto argument = [&arguments](std::size_t i) {
            return i < arguments.size() ? arguments[i] : Json();
        };
        VAKANT_TRY(list, value_of(argument(0), data));
        Json kept = Json::array(), mapped = Json::array();
        for (const Json& item : list.items()) {
            VAKANT_TRY(value, value_of(argument(1), item));
            if (is_true(value)) kept.push(item);
            mapped.push(std::move(value));
        }
        if (name == "map") return mapped;
        if (name == "filter") return kept;
        if (name == "none") return Json(kept.size() == 0);
        if (name == "some") return Json(kept.size() > 0);
        return Json(list.size() > 0 && kept.size() == list.size());
    }

    std::size_t steps_ = 0;
    std::size_t weight_ = 0;
};

void add_name(std::set<std::string, std::less<>>& names, const Json& path) {
    const std::string_view text = path.text();
    if (!text.empty()) names.emplace(text.substr(0, text.find('.')));
}

/// Names that "missing" and "missing_some" write out.
void add_names(std::set<std::string, std::less<>>& names, const Json& list) {
    add_name(names, list);
    for (const Json& item : list.items())
        add_names(names, item);
}

Outcome check_variable(const Json& arguments, bool in_element) {
    const Json path = arguments.is_array() ? arguments[0] : arguments;
    if (in_element) return done(); // "" is the element itself, a number one of its items
    if (!path.is_string() || path.text().empty()) {
        return invalid_input("\"var\" must name a field by a text");
    }
    return done();
}

Outcome check_part(const Json& rule, bool in_element) {
    for (const Json& item : rule.items())
        VAKANT_CHECK(check_part(item, in_element));
    if (!is_operation(rule)) return done();
    const auto& [name, arguments] = rule.members().front();
    if (!is_operator(name)) return unknown_operator(name);
    if (name == "var") VAKANT_CHECK(check_variable(arguments, in_element));
    const Json::Array list = as_list(arguments);
    for (std::size_t i = 0; i < list.size(); ++i)
        VAKANT_CHECK(check_part(list[i], in_element || (i == 1 && is_over_elements(name))));
    return done();
}

void collect_names(const Json& rule, std::set<std::string, std::less<>>& names) {
    for (const Json& item : rule.items())
        collect_names(item, names);
    if (!is_operation(rule)) return;
    const auto& [name, arguments] = rule.members().front();
    const Json::Array list = as_list(arguments);
    if (name == "var" && !list.empty()) add_name(names, list[0]);
    if (name == "missing" || name == "missing_some") add_names(names, arguments);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i != 1 || !is_over_elements(name)) collect_names(list[i], names);
    }
}

} // namespace

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

Result<Json> evaluate_logic(const Json& rule, const Json& data) {
    return Evaluation().value_of(rule, data);
}

Outcome check_logic(const Json& rule) {
    return check_part(rule, false);
}

std::set<std::string, std::less<>> names_in_logic(const Json& rule) {
    std::set<std::string, std::less<>> names;
    collect_names(rule, names);
    return names;
}

std::int64_t days_of(std::string_view date, bool& is_date) {
    is_date = is_calendar_date(date.substr(0, 10)) && (date.size() == 10 || date[10] == 'T');
    if (!is_date) return 0;
    const auto midnight = parse_iso8601(date.substr(0, 10));
    is_date = midnight.ok();
    return is_date ? *midnight / 86'400'000 : 0;
}

} // namespace vakant
