#include "core/text/segmentation.h"

#include "core/base/utf8.h"
#include "core/text/text.h"

namespace vakant {
namespace {

/// Letters, digits and marks of punctuation that are always a grapheme of their own: the greater part of
/// every text, which so needs no ICU.
bool always_alone(char16_t unit) {
    return (unit >= 0x20 && unit < 0x7F) || (unit >= 0xA0 && unit < 0x300 && unit != 0xAD) ||
           (unit >= 0x400 && unit < 0x483) || (unit >= 0x48A && unit < 0x530) ||
           (unit >= 0x620 && unit < 0x64B) || (unit >= 0x660 && unit < 0x670) ||
           (unit >= 0x2010 && unit < 0x2028);
}

std::vector<bool> starts(std::u16string_view text, UBreakIteratorType type, BreakIterator& kept) {
    std::vector<bool> found(text.size() + 1, false);
    found.front() = found.back() = true;
    if (text.empty()) return found;
    if (kept == nullptr) kept = open_breaks(type);
    UErrorCode status = U_ZERO_ERROR;
    if (kept != nullptr) ubrk_setText(kept.get(), text.data(), static_cast<int32_t>(text.size()), &status);
    if (kept == nullptr || U_FAILURE(status)) return std::vector<bool>(text.size() + 1, true);
    for (int32_t at = ubrk_first(kept.get()); at != UBRK_DONE; at = ubrk_next(kept.get())) {
        found[static_cast<std::size_t>(at)] = true;
    }
    return found;
}

} // namespace

BreakIterator open_breaks(UBreakIteratorType type) {
    UErrorCode status = U_ZERO_ERROR;
    BreakIterator iterator(ubrk_open(type, "", nullptr, 0, &status));
    return U_SUCCESS(status) ? std::move(iterator) : nullptr;
}

Utf16Text to_utf16(std::string_view utf8) {
    Utf16Text text;
    text.units.reserve(utf8.size());
    text.bytes.reserve(utf8.size() + 1);
    for (std::size_t position = 0; position < utf8.size();) {
        const std::size_t start = position;
        const char32_t character = next_code_point(utf8, position);
        if (character >= 0x10000) {
            text.units += static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10));
            text.units += static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FF));
            text.bytes.push_back(start);
        } else {
            text.units += static_cast<char16_t>(character);
        }
        text.bytes.push_back(start);
    }
    text.bytes.push_back(utf8.size());
    return text;
}

std::vector<bool> grapheme_starts(std::u16string_view text, BreakIterator& kept) {
    for (const char16_t unit : text) {
        if (!always_alone(unit)) return starts(text, UBRK_CHARACTER, kept);
    }
    return std::vector<bool>(text.size() + 1, true);
}

std::vector<bool> line_starts(std::u16string_view text, BreakIterator& kept) {
    return starts(text, UBRK_LINE, kept);
}

std::vector<std::size_t> grapheme_boundaries(std::string_view utf8) {
    const Utf16Text text = to_utf16(utf8);
    BreakIterator once;
    const std::vector<bool> starts = grapheme_starts(text.units, once);
    std::vector<std::size_t> boundaries;
    for (std::size_t unit = 0; unit < starts.size(); ++unit) {
        if (starts[unit]) boundaries.push_back(text.bytes[unit]);
    }
    return boundaries;
}

} // namespace vakant
