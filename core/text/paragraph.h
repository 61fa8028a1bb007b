// One paragraph of a layout: itemised by direction, script and font, and shaped, in the order in which it is
// read. Only core/text includes this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hb.h>

#include "core/text/fonts.h"
#include "core/text/segmentation.h"

namespace vakant {

/// Embedding levels as Unicode's bidi algorithm counts them: odd ones run from right to left.
using BidiLevel = std::uint8_t;
inline bool is_right_to_left(BidiLevel level) {
    return (level & 1) != 0;
}

/// A stretch of equal level, script and font: what HarfBuzz takes at once.
struct TextItem {
    std::size_t first = 0; ///< units first .. last of the paragraph
    std::size_t last = 0;
    BidiLevel level = 0;
    hb_script_t script = HB_SCRIPT_LATIN;
    FontIndex font = 0;
};

/// A glyph in pixels, before it is set on a line.
struct ShapedGlyph {
    std::uint32_t glyph = 0;
    std::size_t cluster = 0; ///< the first unit of the letters that it shows
    float advance = 0;
    float x_offset = 0;
    float y_offset = 0; ///< down is positive
};

struct ShapedItem {
    TextItem item;
    std::vector<ShapedGlyph> glyphs; ///< from left to right
};

/// True where the order of reading is not simply from left to right.
bool needs_bidi(std::u16string_view text, Direction direction);
/// The level of each unit.
std::vector<BidiLevel> bidi_levels(std::u16string_view text, Direction direction);
/// In logical order, covering the text without gaps.
std::vector<TextItem> itemised(std::u16string_view text, const std::vector<BidiLevel>& levels, Weight weight,
                               Fonts& fonts);

class Shaper {
public:
    explicit Shaper(Fonts& fonts);
    /// Overwrites what the last texts left in the buffer.
    void forget();
    ShapedItem shaped(std::u16string_view paragraph, const TextItem& item, const TextStyle& style);

private:
    Fonts* fonts_;
    HbPointer<hb_buffer_t> buffer_;
    unsigned longest_ = 0; ///< glyphs that the buffer ever held
};

} // namespace vakant
