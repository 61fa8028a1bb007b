#include "core/text/fonts.h"

#include FT_OUTLINE_H

namespace vakant {
namespace {

constexpr int glyph_bits = 24;
constexpr int size_bits = 24;
constexpr int step_bits = 2;

std::uint64_t low_bits(std::uint64_t value, int bits) {
    return value & ((std::uint64_t{1} << bits) - 1);
}

GlyphPicture copied(const FT_GlyphSlot slot) {
    const FT_Bitmap& bitmap = slot->bitmap;
    GlyphPicture picture;
    picture.width = static_cast<int>(bitmap.width);
    picture.height = static_cast<int>(bitmap.rows);
    picture.left = slot->bitmap_left;
    picture.top = slot->bitmap_top;
    picture.coverage.reserve(static_cast<std::size_t>(picture.width) *
                             static_cast<std::size_t>(picture.height));
    for (int row = 0; row < picture.height; ++row) {
        const unsigned char* from = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
        picture.coverage.insert(picture.coverage.end(), from, from + picture.width);
    }
    return picture;
}

} // namespace

GlyphKey key_of(const GlyphName& name) {
    std::uint64_t key = name.font;
    key = key << glyph_bits | low_bits(name.glyph, glyph_bits);
    key = key << size_bits | low_bits(name.size_64ths, size_bits);
    return key << step_bits | low_bits(name.step, step_bits);
}

GlyphName name_of(GlyphKey key) {
    GlyphName name;
    name.step = static_cast<std::uint32_t>(low_bits(key, step_bits));
    name.size_64ths = static_cast<std::uint32_t>(low_bits(key >> step_bits, size_bits));
    name.glyph = static_cast<std::uint32_t>(low_bits(key >> (step_bits + size_bits), glyph_bits));
    name.font = static_cast<FontIndex>(key >> (step_bits + size_bits + glyph_bits));
    return name;
}

Fonts::Fonts(const FontFiles& files) {
    for (std::size_t weight = 0; weight < 3; ++weight) {
        paths_[weight] = files.latin[weight];
        paths_[first_arabic_font + weight] = files.arabic[weight];
    }
    paths_[symbol_font] = files.symbols;
}

Fonts::~Fonts() {
    for (Font& font : fonts_) {
        if (font.drawing != nullptr) FT_Done_Face(font.drawing);
    }
    if (freetype_ != nullptr) FT_Done_FreeType(freetype_);
}

Fonts::Font& Fonts::opened(FontIndex index) {
    Font& font = fonts_[index];
    if (font.shaping != nullptr) return font;
    font.file.reset(hb_blob_create_from_file(paths_[index].c_str())); // empty where the file is missing
    hb_face_t* face = hb_face_create(font.file.get(), 0);
    font.units_per_em = static_cast<float>(hb_face_get_upem(face));
    font.shaping.reset(hb_font_create(face));
    hb_face_destroy(face);
    return font;
}

hb_font_t* Fonts::shaping_font(FontIndex index) {
    return opened(index).shaping.get();
}

float Fonts::units_per_em(FontIndex index) {
    return opened(index).units_per_em;
}

bool Fonts::covers(FontIndex index, char32_t character) {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(shaping_font(index), character, &glyph) != 0;
}

FT_Face Fonts::drawing_face(FontIndex index) {
    Font& font = opened(index);
    if (font.drawing != nullptr) return font.drawing;
    if (freetype_ == nullptr && FT_Init_FreeType(&freetype_) != 0) return nullptr;
    unsigned length = 0;
    const char* bytes = hb_blob_get_data(font.file.get(), &length);
    if (length == 0) return nullptr;
    if (FT_New_Memory_Face(freetype_, reinterpret_cast<const FT_Byte*>(bytes), static_cast<FT_Long>(length),
                           0, &font.drawing) != 0) {
        font.drawing = nullptr;
    }
    return font.drawing;
}

GlyphPicture Fonts::picture(const GlyphName& name) {
    if (name.font >= font_count) return {};
    FT_Face face = drawing_face(name.font);
    if (face == nullptr) return {};
    // At 72 dots per inch a point is a pixel. Unhinted: a glyph looks the same wherever on the line it
    // stands, and advances stay those that HarfBuzz measured.
    if (FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(name.size_64ths), 72, 72) != 0) return {};
    if (FT_Load_Glyph(face, name.glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return {};
    if (face->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return {};
    FT_Outline_Translate(&face->glyph->outline, static_cast<FT_Pos>(name.step) * 16, 0);
    if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return {};
    return copied(face->glyph);
}

} // namespace vakant
