#include "core/registration/typed_dates.h"

#include <vector>

#include "core/base/utf8.h"
#include "core/registration/formats.h"
#include "core/registration/telephone.h"
#include "core/text/text.h"

namespace vakant {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The numbers of a text of digits with single signs or blanks between; none where it is something else.
std::vector<std::string> numbers_in(std::string_view typed) {
    const std::string european = with_european_digits(trimmed(typed));
    std::vector<std::string> numbers;
    bool open = false;
    for (const char c : european) {
        if (is_digit(c)) {
            if (!open) numbers.emplace_back();
            numbers.back() += c;
            open = true;
        } else if (std::string_view(" ./-").find(c) != std::string_view::npos && !numbers.empty()) {
            open = false;
        } else {
            return {};
        }
    }
    return numbers;
}

std::optional<std::string> two_digits(const std::string& number) {
    if (number.empty() || number.size() > 2) return std::nullopt;
    return number.size() == 2 ? number : "0" + number;
}

std::optional<std::string> assembled(const std::string& year, const std::string& month,
                                     const std::string& day) {
    const auto m = two_digits(month), d = two_digits(day);
    if (year.size() != 4 || !m || !d) return std::nullopt;
    std::string iso = year + "-" + *m + "-" + *d;
    return is_calendar_date(iso) ? std::optional(iso) : std::nullopt;
}

std::string without_zero(std::string_view two) {
    return std::string(two.starts_with('0') ? two.substr(1) : two);
}

} // namespace

std::optional<std::string> date_from_typed(std::string_view typed) {
    const std::vector<std::string> numbers = numbers_in(typed);
    if (numbers.size() != 3) return std::nullopt;
    if (numbers[0].size() == 4) return assembled(numbers[0], numbers[1], numbers[2]);
    return assembled(numbers[2], numbers[1], numbers[0]);
}

std::optional<std::string> month_from_typed(std::string_view typed) {
    const std::vector<std::string> numbers = numbers_in(typed);
    if (numbers.size() != 2) return std::nullopt;
    const bool year_first = numbers[0].size() == 4;
    const auto date =
        year_first ? assembled(numbers[0], numbers[1], "1") : assembled(numbers[1], numbers[0], "1");
    return date ? std::optional(date->substr(0, 7)) : std::nullopt;
}

std::string date_for_reader(std::string_view iso, std::string_view language) {
    if (!is_calendar_date(iso)) return std::string(iso);
    const std::string pattern = numeric_date_pattern(language);
    const bool year_first = pattern.starts_with('y');
    std::string shown;
    for (const char c : pattern) {
        // Where the year comes first, the others have two digits; elsewhere people write none that is idle.
        if (c == 'y') {
            shown += iso.substr(0, 4);
        } else if (c == 'M') {
            shown += year_first ? std::string(iso.substr(5, 2)) : without_zero(iso.substr(5, 2));
        } else if (c == 'd') {
            shown += year_first ? std::string(iso.substr(8, 2)) : without_zero(iso.substr(8, 2));
        } else {
            shown += c;
        }
    }
    return shown;
}

std::string month_for_reader(std::string_view iso, std::string_view language) {
    if (iso.size() != 7 || !is_calendar_date(std::string(iso) + "-01")) return std::string(iso);
    const std::string pattern = numeric_date_pattern(language);
    if (pattern.starts_with('y')) return std::string(iso);
    return without_zero(iso.substr(5, 2)) + pattern[3] + std::string(iso.substr(0, 4));
}

} // namespace vakant
