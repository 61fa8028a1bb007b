// The font files of a TextEngine, mapped when a glyph of theirs is first needed. Only core/text includes
// this.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include "core/text/text.h"

namespace vakant {

struct HbDestroy {
    void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
    void operator()(hb_font_t* font) const { hb_font_destroy(font); }
    void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
template <typename T>
using HbPointer = std::unique_ptr<T, HbDestroy>;

/// Places in the list of fonts: three weights of Latin, three of Arabic, one of symbols.
using FontIndex = std::uint8_t;
inline constexpr FontIndex first_arabic_font = 3;
inline constexpr FontIndex symbol_font = 6;
inline constexpr FontIndex font_count = 7;

/// What a GlyphKey is made of.
struct GlyphName {
    FontIndex font = 0;
    std::uint32_t glyph = 0;      ///< index in the font
    std::uint32_t size_64ths = 0; ///< of the em, in 1/64 pixel
    std::uint32_t step = 0;       ///< quarters of a pixel to the right
};
GlyphKey key_of(const GlyphName& name);
GlyphName name_of(GlyphKey key);

class Fonts {
public:
    explicit Fonts(const FontFiles& files);
    ~Fonts();
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;

    /// For shaping, in the units of the font.
    hb_font_t* shaping_font(FontIndex index);
    float units_per_em(FontIndex index);
    bool covers(FontIndex index, char32_t character);
    /// Beside Inter, Noto Sans Arabic looks small at equal size.
    static float optical_scale(FontIndex index) {
        return index >= first_arabic_font && index < symbol_font ? 1.08F : 1.0F;
    }
    GlyphPicture picture(const GlyphName& name);
    const std::filesystem::path& file(FontIndex index) const { return paths_[index]; }

private:
    struct Font {
        HbPointer<hb_blob_t> file; ///< mapped; outlives the two below
        HbPointer<hb_font_t> shaping;
        FT_Face drawing = nullptr;
        float units_per_em = 1000;
    };
    Font& opened(FontIndex index);
    FT_Face drawing_face(FontIndex index);

    std::array<std::filesystem::path, font_count> paths_;
    std::array<Font, font_count> fonts_;
    FT_Library freetype_ = nullptr;
};

} // namespace vakant
