// What counts as the same text when people search.
#include <unicode/normalizer2.h>
#include <unicode/stringoptions.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/text/segmentation.h"
#include "core/text/text.h"

namespace vakant {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string utf8_of(const icu::UnicodeString& text) {
    std::string utf8;
    return text.toUTF8String(utf8);
}

bool is_plain_ascii(std::string_view text) {
    for (const char byte : text) {
        if (static_cast<unsigned char>(byte) >= 0x80) return false;
    }
    return true;
}

icu::UnicodeString without_marks_of(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return text;
    const icu::UnicodeString parts = decomposer->normalize(text, status);
    icu::UnicodeString kept;
    for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 character = parts.char32At(at);
        if (u_charType(character) != U_NON_SPACING_MARK) kept.append(character);
    }
    return kept;
}

icu::UnicodeString composed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return text;
    icu::UnicodeString whole = composer->normalize(text, status);
    return U_SUCCESS(status) ? whole : text;
}

} // namespace

std::string composed(std::string_view text) {
    return is_plain_ascii(text) ? std::string(text) : utf8_of(composed(from_utf8(text)));
}

std::string folded(std::string_view text, bool without_marks) {
    if (is_plain_ascii(text)) {
        std::string lower(text);
        for (char& byte : lower) {
            if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
        }
        return lower;
    }
    icu::UnicodeString same = from_utf8(text).foldCase(U_FOLD_CASE_DEFAULT);
    if (without_marks) same = without_marks_of(same);
    return utf8_of(composed(same));
}

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> words;
    const icu::UnicodeString whole = from_utf8(text);
    const BreakIterator breaks = open_breaks(UBRK_WORD);
    UErrorCode status = U_ZERO_ERROR;
    if (breaks == nullptr) return words;
    ubrk_setText(breaks.get(), whole.getBuffer(), whole.length(), &status);
    if (U_FAILURE(status)) return words;
    int32_t start = ubrk_first(breaks.get());
    for (int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE;
         start = end, end = ubrk_next(breaks.get())) {
        if (ubrk_getRuleStatus(breaks.get()) < UBRK_WORD_NONE_LIMIT) continue; // spaces and punctuation
        words.push_back(folded(utf8_of(whole.tempSubStringBetween(start, end))));
    }
    return words;
}

} // namespace vakant
