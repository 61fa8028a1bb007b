// A picture that drawing commands sample: glyph pages, logos, QR codes. Made by kiosk/ui, read by
// kiosk/raster and by the OpenGL presenter of kiosk/shell. An ImTextureID is a `const Texture*`.
#pragma once

#include <cstdint>

namespace vakant {

struct Texture {
    enum class Format {
        alpha8, ///< one byte a texel: (255, 255, 255, a)
        rgba8,  ///< four bytes a texel, R G B A, not premultiplied
    };
    Format format = Format::alpha8;
    int width = 0;
    int height = 0;
    const std::uint8_t* pixels =
        nullptr; ///< rows from top to bottom without padding; stays valid while drawn from
    /// Raised whenever a pixel changes: what was drawn from the texture is then drawn again. Where a glyph
    /// page only gains glyphs in free places, pixels that are already shown stay right and the epoch may
    /// stay.
    std::uint64_t epoch = 0;
    /// Raised whenever a pixel changes, also in free places: the OpenGL presenter uploads again.
    std::uint64_t additions = 0;
};

} // namespace vakant
