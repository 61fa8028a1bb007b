// Where ICU may break a text: graphemes, words, lines. Only core/text includes this.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include <unicode/ubrk.h>

namespace vakant {

struct BreakIteratorClose {
    void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};
using BreakIterator = std::unique_ptr<UBreakIterator, BreakIteratorClose>;

BreakIterator open_breaks(UBreakIteratorType type);

/// UTF-16 for ICU and HarfBuzz, with the way back to the bytes.
struct Utf16Text {
    std::u16string units;
    std::vector<std::size_t> bytes; ///< of each unit where its code point starts, and of the end
};
Utf16Text to_utf16(std::string_view utf8);

/// True at every unit where a grapheme starts, and at the end. `kept` is opened when it is first needed.
std::vector<bool> grapheme_starts(std::u16string_view text, BreakIterator& kept);
/// True at every unit before which a line may begin, and at the end.
std::vector<bool> line_starts(std::u16string_view text, BreakIterator& kept);

} // namespace vakant
