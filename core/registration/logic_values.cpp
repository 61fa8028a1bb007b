#include "core/registration/logic_values.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/utf8.h"

namespace vakant::logic {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_list_or_object(const Json& value) {
    return value.is_array() || value.is_object();
}

bool becomes_text(const Json& value) {
    return value.is_string() || is_list_or_object(value);
}

double number_in(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : not_a_number;
}

} // namespace

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

double leading_number(const Json& value) {
    if (value.is_number()) return value.number_or(0);
    const std::string written = as_text(value);
    std::string_view text = trimmed(written);
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() ? number : not_a_number;
}

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

Json number_value(double number) {
    constexpr double exact = 9007199254740992.0;
    if (!std::isfinite(number)) return Json();
    if (number == std::trunc(number) && std::abs(number) <= exact)
        return Json(static_cast<std::int64_t>(number));
    return Json(number);
}

bool same(const Json& a, const Json& b) {
    return !is_list_or_object(a) && !is_list_or_object(b) && a == b;
}

bool equal(const Json& a, const Json& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (is_list_or_object(a) && is_list_or_object(b)) return false;
    if (becomes_text(a) && becomes_text(b)) return as_text(a) == as_text(b);
    return as_number(a) == as_number(b);
}

bool less(const Json& a, const Json& b) {
    if (becomes_text(a) && becomes_text(b)) return as_text(a) < as_text(b);
    return as_number(a) < as_number(b);
}

bool less_or_equal(const Json& a, const Json& b) {
    if (becomes_text(a) && becomes_text(b)) return as_text(a) <= as_text(b);
    return as_number(a) <= as_number(b);
}

bool is_in(const Json& needle, const Json& stack) {
    if (stack.is_string()) return stack.text().find(as_text(needle)) != std::string_view::npos;
    for (const Json& item : stack.items()) {
        if (same(needle, item)) return true;
    }
    return false;
}

} // namespace vakant::logic
