#include "core/text/locale.h"

#include <algorithm>
#include <array>
#include <string>

#include <unicode/unistr.h>

#include "core/text/text.h"

namespace vakant {

std::string_view primary_subtag(std::string_view language) {
    return language.substr(0, std::min(language.find_first_of("-_"), language.size()));
}

icu::Locale locale_of(std::string_view language) {
    const std::string_view primary = primary_subtag(language);
    std::string tag(primary);
    // English as it is read in Europe: the day before the month.
    if (primary == "en") tag = "en-GB";
    tag += "-u-ca-gregory-nu-latn";
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
    return U_SUCCESS(status) ? locale : icu::Locale::getRoot();
}

Direction direction_of(std::string_view language) {
    constexpr std::array<std::string_view, 10> right_to_left = {"ar", "ckb", "dv", "fa", "he",
                                                                "ps", "sd",  "ug", "ur", "yi"};
    const bool found = std::find(right_to_left.begin(), right_to_left.end(), primary_subtag(language)) !=
                       right_to_left.end();
    return found ? Direction::right_to_left : Direction::left_to_right;
}

bool same_language(std::string_view one, std::string_view other) {
    return primary_subtag(one) == primary_subtag(other);
}

std::vector<std::string> reading_order(std::string_view language) {
    std::vector<std::string> order;
    for (const std::string_view tried : {language, primary_subtag(language), std::string_view("en")}) {
        if (std::find(order.begin(), order.end(), tried) == order.end()) order.emplace_back(tried);
    }
    return order;
}

std::string language_name(std::string_view language, std::string_view shown_in) {
    icu::UnicodeString name;
    locale_of(language).getDisplayLanguage(locale_of(shown_in), name);
    std::string utf8;
    return name.toUTF8String(utf8);
}

std::string isolated(std::string_view text) {
    if (text.empty()) return {};
    std::string whole = "\u2068";
    whole += text;
    whole += "\u2069";
    return whole;
}

} // namespace vakant
