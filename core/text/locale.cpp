#include "core/text/locale.h"

#include <algorithm>
#include <array>
#include <string>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/base/utf8.h"
#include "core/text/text.h"

namespace vakant {

namespace {

constexpr char32_t left_isolate = 0x2066, first_strong_isolate = 0x2068, pop_isolate = 0x2069;

/// Whether the text is one isolate from its first sign to its last.
bool is_one_isolate(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c >= left_isolate && c <= first_strong_isolate) ++depth;
        if (c == pop_isolate) --depth;
        if (depth <= 0) return depth == 0 && c == pop_isolate && at == text.size();
    }
    return false;
}

/// Names or addresses in isolates, and between them nothing that has a direction of its own: "A, B", "A (B)".
bool is_made_of_isolates(std::string_view text) {
    int depth = 0;
    bool found = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c >= left_isolate && c <= first_strong_isolate) {
            ++depth;
            found = true;
        } else if (c == pop_isolate) {
            --depth;
        } else if (depth <= 0) {
            const auto direction = u_charDirection(static_cast<UChar32>(c));
            if (direction == U_LEFT_TO_RIGHT || direction == U_RIGHT_TO_LEFT ||
                direction == U_RIGHT_TO_LEFT_ARABIC)
                return false;
        }
    }
    return found;
}

} // namespace

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

bool has_right_to_left_letter(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto direction = u_charDirection(static_cast<UChar32>(next_code_point(text, at)));
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
    }
    return false;
}

std::string region_name(std::string_view region, std::string_view shown_in) {
    icu::UnicodeString name;
    icu::Locale("", std::string(region).c_str()).getDisplayCountry(locale_of(shown_in), name);
    std::string utf8;
    return name.toUTF8String(utf8);
}

std::string isolated(std::string_view text) {
    if (text.empty() || is_one_isolate(text)) return std::string(text);
    std::string whole = "\u2068";
    whole += text;
    whole += "\u2069";
    return whole;
}

std::string isolated_among(std::string_view text, Direction around) {
    // Without a letter to go by, an isolate would run from left to right and turn the parts around.
    if (around == Direction::right_to_left && is_made_of_isolates(text) && !is_one_isolate(text))
        return "\u2067" + std::string(text) + "\u2069";
    return isolated(text);
}

} // namespace vakant
