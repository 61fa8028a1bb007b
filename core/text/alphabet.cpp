#include "core/text/alphabet.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/usetiter.h>

#include "core/text/locale.h"

namespace vakant {
namespace {

struct LocaleTablesClose {
    void operator()(ULocaleData* tables) const { ulocdata_close(tables); }
};

icu::UnicodeSet exemplars_of(std::string_view language, std::uint32_t options = USET_ADD_CASE_MAPPINGS) {
    icu::UnicodeSet letters;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = locale_of(language);
    const std::unique_ptr<ULocaleData, LocaleTablesClose> tables(
        ulocdata_open(locale.getBaseName(), &status));
    if (U_FAILURE(status)) return letters;
    ulocdata_getExemplarSet(tables.get(), letters.toUSet(), options, ULOCDATA_ES_STANDARD, &status);
    return U_SUCCESS(status) ? letters : icu::UnicodeSet();
}

} // namespace

std::vector<std::string> alphabet_of(std::string_view language) {
    const icu::UnicodeSet letters = exemplars_of(language, 0);
    std::vector<std::string> alphabet;
    for (icu::UnicodeSetIterator each(letters); each.next();) {
        if (each.isString()) continue; // letters of two signs are typed as two
        if (u_isUUppercase(each.getCodepoint())) continue;
        std::string letter;
        alphabet.push_back(icu::UnicodeString(each.getCodepoint()).toUTF8String(letter));
    }
    std::sort(alphabet.begin(), alphabet.end());
    return alphabet;
}

bool is_foreign_letter(char32_t character, std::string_view language) {
    const auto code = static_cast<UChar32>(character);
    if (!u_isalpha(code) || code < 0x80) return false;
    return !exemplars_of(language).contains(code);
}

bool is_letter(char32_t character) {
    return u_isalpha(static_cast<UChar32>(character)) != 0;
}

std::string compatible(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* composer = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status)) return std::string(text);
    const icu::UnicodeString same = composer->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))),
        status);
    std::string utf8;
    return U_SUCCESS(status) ? same.toUTF8String(utf8) : std::string(text);
}

std::string in_capitals(std::string_view text, std::string_view language) {
    icu::UnicodeString letters =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    letters.toUpper(locale_of(language));
    std::string capitals;
    return letters.toUTF8String(capitals);
}

std::vector<std::size_t> sorted_places(std::span<const std::string> texts, std::string_view language) {
    std::vector<std::size_t> places(texts.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> order(icu::Collator::createInstance(locale_of(language), status));
    if (U_FAILURE(status)) return places;
    std::stable_sort(places.begin(), places.end(), [&](std::size_t one, std::size_t other) {
        UErrorCode compared = U_ZERO_ERROR;
        return order->compareUTF8(texts[one], texts[other], compared) == UCOL_LESS;
    });
    return places;
}

} // namespace vakant
