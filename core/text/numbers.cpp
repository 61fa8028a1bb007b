// Numbers and dates in the reader's language.
#include <cmath>
#include <memory>
#include <string>

#include <unicode/datefmt.h>
#include <unicode/decimfmt.h>
#include <unicode/numfmt.h>
#include <unicode/simpletz.h>
#include <unicode/smpdtfmt.h>

#include "core/text/locale.h"
#include "core/text/numbers.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr std::string_view no_break_space = "\u00A0";

/// "1284" with a no-break space before each three digits from the right: a plain space would turn the groups
/// round in Arabic text, and a comma or a point means different things to different readers.
std::string grouped(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += no_break_space;
        text += digits[i];
    }
    return text;
}

/// Finnish dates are numbers alone. Without a time of day they need none of ICU's tables, 7 ms at their first
/// use.
bool is_numbers_alone(std::string_view language) {
    return primary_subtag(language) == "fi";
}

std::string numeric_date(UtcMs time, int offset_minutes) {
    const CivilDate date = civil_date(time, offset_minutes);
    return std::to_string(date.day) + "." + std::to_string(date.month) + "." + std::to_string(date.year);
}

std::string formatted(std::unique_ptr<icu::DateFormat> format, UtcMs time, int offset_minutes) {
    if (format == nullptr) return to_iso8601(time);
    format->adoptTimeZone(new icu::SimpleTimeZone(offset_minutes * 60'000, icu::UnicodeString()));
    icu::UnicodeString text;
    format->format(static_cast<UDate>(time), text);
    std::string utf8;
    return text.toUTF8String(utf8);
}

} // namespace

std::string format_number(std::int64_t number, std::string_view) {
    const std::string digits = std::to_string(number);
    if (number >= 0) return grouped(digits);
    return "\u2212" + grouped(std::string_view(digits).substr(1));
}

std::string format_decimal(double number, std::string_view language) {
    if (number == std::floor(number) && std::abs(number) < 1e15) {
        return format_number(static_cast<std::int64_t>(number), language);
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberFormat> format(
        icu::NumberFormat::createInstance(locale_of(language), status));
    if (U_FAILURE(status)) return std::to_string(number);
    format->setGroupingUsed(false);
    format->setMaximumFractionDigits(3);
    icu::UnicodeString text;
    format->format(std::abs(number), text);
    std::string utf8;
    text.toUTF8String(utf8);
    const std::size_t whole = std::min(utf8.find_first_not_of("0123456789"), utf8.size());
    return (number < 0 ? "\u2212" : "") + grouped(std::string_view(utf8).substr(0, whole)) +
           utf8.substr(whole);
}

std::string format_date(UtcMs time, std::string_view language, int offset_minutes) {
    if (is_numbers_alone(language)) return numeric_date(time, offset_minutes);
    return formatted(std::unique_ptr<icu::DateFormat>(
                         icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale_of(language))),
                     time, offset_minutes);
}

std::string format_date_time(UtcMs time, std::string_view language, int offset_minutes) {
    const auto date = is_numbers_alone(language) ? icu::DateFormat::kMedium : icu::DateFormat::kLong;
    return formatted(std::unique_ptr<icu::DateFormat>(icu::DateFormat::createDateTimeInstance(
                         date, icu::DateFormat::kShort, locale_of(language))),
                     time, offset_minutes);
}

} // namespace vakant
