#include "core/text/paragraph.h"

#include <algorithm>
#include <memory>

#include <unicode/ubidi.h>

namespace vakant {
namespace {

struct BidiClose {
    void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};

bool is_lead(char16_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

char32_t character_at(std::u16string_view text, std::size_t& unit) {
    const char16_t first = text[unit++];
    if (!is_lead(first) || unit >= text.size()) return first;
    return 0x10000 + ((static_cast<char32_t>(first) - 0xD800) << 10) +
           (static_cast<char32_t>(text[unit++]) - 0xDC00);
}

/// Marks, joiners and the like: shown by the font of the letter before them. HarfBuzz makes the unseen ones
/// empty.
bool follows_its_neighbour(char32_t character) {
    switch (hb_unicode_general_category(hb_unicode_funcs_get_default(), character)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR:
        return true;
    default:
        return false;
    }
}

FontIndex font_for(char32_t character, FontIndex wished, Weight weight, Fonts& fonts) {
    if (fonts.covers(wished, character)) return wished;
    const auto latin = static_cast<FontIndex>(weight);
    const auto arabic = static_cast<FontIndex>(first_arabic_font + latin);
    for (const FontIndex other : {latin, arabic, symbol_font}) {
        if (other != wished && fonts.covers(other, character)) return other;
    }
    return wished;
}

bool is_neutral(hb_script_t script) {
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN;
}

/// The first script named in a stretch of one level; digits and punctuation alone take that of their
/// direction.
hb_script_t first_script(std::u16string_view text, std::size_t first, std::size_t last, BidiLevel level) {
    for (std::size_t unit = first; unit < last;) {
        const hb_script_t script =
            hb_unicode_script(hb_unicode_funcs_get_default(), character_at(text, unit));
        if (!is_neutral(script)) return script;
    }
    return is_right_to_left(level) ? HB_SCRIPT_ARABIC : HB_SCRIPT_LATIN;
}

/// Splits a stretch of one level by script and font.
void itemise_level(std::u16string_view text, TextItem stretch, Weight weight, Fonts& fonts,
                   std::vector<TextItem>& items) {
    hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
    hb_script_t script = first_script(text, stretch.first, stretch.last, stretch.level);
    TextItem item = stretch;
    item.last = item.first;
    for (std::size_t unit = stretch.first; unit < stretch.last;) {
        const std::size_t start = unit;
        const char32_t character = character_at(text, unit);
        const bool neighbourly = follows_its_neighbour(character);
        if (const hb_script_t own = hb_unicode_script(unicode, character); !is_neutral(own)) script = own;
        const auto wished = static_cast<FontIndex>(static_cast<FontIndex>(weight) +
                                                   (script == HB_SCRIPT_ARABIC ? first_arabic_font : 0));
        FontIndex font = wished;
        if (neighbourly && item.last > item.first) {
            font = item.font;
        } else if (!neighbourly) {
            font = font_for(character, wished, weight, fonts);
        }
        if (item.last > item.first && (font != item.font || script != item.script)) {
            items.push_back(item);
            item.first = start;
        }
        item.font = font;
        item.script = script;
        item.last = unit;
    }
    items.push_back(item);
}

} // namespace

bool needs_bidi(std::u16string_view text, Direction direction) {
    if (direction == Direction::right_to_left) return true;
    for (const char16_t unit : text) {
        // Hebrew to Arabic Extended; presentation forms; the right-to-left scripts above U+10800 and U+1E800
        // by their lead surrogates; RLM, RLE and RLO. Isolates alone change nothing.
        if ((unit >= 0x590 && unit < 0x900) || (unit >= 0xFB1D && unit < 0xFE00) ||
            (unit >= 0xFE70 && unit < 0xFEFF) || unit == 0x200F || unit == 0x202B || unit == 0x202E ||
            unit == 0x2067 || (unit >= 0xD802 && unit <= 0xD803) || (unit >= 0xD83A && unit <= 0xD83B)) {
            return true;
        }
    }
    return false;
}

std::vector<BidiLevel> bidi_levels(std::u16string_view text, Direction direction) {
    const BidiLevel base = direction == Direction::right_to_left ? 1 : 0;
    std::vector<BidiLevel> levels(text.size(), base);
    if (text.empty() || !needs_bidi(text, direction)) return levels;
    const auto length = static_cast<int32_t>(text.size());
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UBiDi, BidiClose> bidi(ubidi_openSized(length, 0, &status));
    if (U_FAILURE(status)) return levels;
    ubidi_setPara(bidi.get(), text.data(), length, base, nullptr, &status);
    const UBiDiLevel* found = ubidi_getLevels(bidi.get(), &status);
    if (U_SUCCESS(status)) levels.assign(found, found + length);
    return levels;
}

std::vector<TextItem> itemised(std::u16string_view text, const std::vector<BidiLevel>& levels, Weight weight,
                               Fonts& fonts) {
    std::vector<TextItem> items;
    for (std::size_t first = 0; first < text.size();) {
        TextItem stretch;
        stretch.first = first;
        stretch.level = levels[first];
        while (first < text.size() && levels[first] == stretch.level)
            ++first;
        stretch.last = first;
        itemise_level(text, stretch, weight, fonts, items);
    }
    return items;
}

Shaper::Shaper(Fonts& fonts) : fonts_(&fonts), buffer_(hb_buffer_create()) {}

void Shaper::forget() {
    // Long enough to reach what any earlier, longer text left.
    hb_buffer_clear_contents(buffer_.get());
    for (unsigned i = 0; i < longest_; ++i)
        hb_buffer_add(buffer_.get(), 0, 0);
    unsigned count = 0;
    hb_buffer_get_glyph_positions(buffer_.get(), &count); // clears them
    hb_buffer_clear_contents(buffer_.get());
}

ShapedItem Shaper::shaped(std::u16string_view paragraph, const TextItem& item, const TextStyle& style) {
    hb_buffer_t* buffer = buffer_.get();
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf16(buffer, reinterpret_cast<const std::uint16_t*>(paragraph.data()),
                        static_cast<int>(paragraph.size()), static_cast<unsigned>(item.first),
                        static_cast<int>(item.last - item.first));
    hb_buffer_set_direction(buffer, is_right_to_left(item.level) ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, item.script);
    hb_buffer_set_language(
        buffer, hb_language_from_string(style.language.data(), static_cast<int>(style.language.size())));
    // Inter's contextual alternates turn "10x20" and "->" into other signs than were written.
    const hb_feature_t as_written{HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START,
                                  HB_FEATURE_GLOBAL_END};
    hb_shape(fonts_->shaping_font(item.font), buffer, &as_written, item.font < first_arabic_font ? 1 : 0);

    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, nullptr);
    longest_ = std::max(longest_, count);
    const float scale = style.px * Fonts::optical_scale(item.font) / fonts_->units_per_em(item.font);
    ShapedItem shaped{item, {}};
    shaped.glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const auto pixels = [scale](hb_position_t units) { return static_cast<float>(units) * scale; };
        shaped.glyphs.push_back({infos[i].codepoint, infos[i].cluster, pixels(positions[i].x_advance),
                                 pixels(positions[i].x_offset), -pixels(positions[i].y_offset)});
    }
    return shaped;
}

} // namespace vakant
