// Numbers and dates in the reader's language.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include <unicode/currunit.h>
#include <unicode/datefmt.h>
#include <unicode/decimfmt.h>
#include <unicode/numberformatter.h>
#include <unicode/numberrangeformatter.h>
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

bool is_currency(std::string_view code) {
    return code.size() == 3 &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The parts of an amount that do not change from one to the other.
icu::number::UnlocalizedNumberFormatter money_format(bool is_whole, std::string_view currency,
                                                     std::string_view language, UErrorCode& status) {
    using icu::number::Precision;
    icu::DecimalFormatSymbols symbols(locale_of(language), status);
    const icu::UnicodeString space = icu::UnicodeString::fromUTF8(std::string(no_break_space));
    symbols.setSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol, space);
    symbols.setSymbol(icu::DecimalFormatSymbols::kMonetaryGroupingSeparatorSymbol, space);
    auto format = icu::number::NumberFormatter::with()
                      .symbols(symbols)
                      .grouping(UNUM_GROUPING_ON_ALIGNED)
                      .precision(is_whole ? Precision::integer() : Precision::fixedFraction(2));
    if (!is_currency(currency)) return format;
    return std::move(format).unit(icu::CurrencyUnit(std::string(currency).c_str(), status));
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

std::string format_money(double least, double most, std::string_view currency, std::string_view language) {
    using namespace icu::number;
    const bool is_whole = least == std::floor(least) && most == std::floor(most);
    UErrorCode status = U_ZERO_ERROR;
    const UnlocalizedNumberFormatter format = money_format(is_whole, currency, language, status);
    icu::UnicodeString text;
    if (least == most) {
        text = format.locale(locale_of(language)).formatDouble(least, status).toString(status);
    } else {
        text = NumberRangeFormatter::withLocale(locale_of(language))
                   .numberFormatterBoth(format)
                   .formatFormattableRange(least, most, status)
                   .toString(status);
    }
    std::string utf8;
    if (U_SUCCESS(status)) text.toUTF8String(utf8);
    // ICU's mark in Arabic would turn the two ends round; who shows the amount isolates it.
    for (std::size_t at = utf8.find("\u200F"); at != utf8.npos; at = utf8.find("\u200F"))
        utf8.erase(at, 3);
    if (!is_currency(currency) && !currency.empty()) utf8.append(no_break_space).append(currency);
    return utf8;
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
