// Rows of pixels: filling and blending, four at a time. Only kiosk/raster includes this.
#pragma once

#include <cstdint>

namespace vakant {

/// Red, green, blue and alpha from the lowest byte up, as ImGui packs them.
struct Rgba {
    std::uint8_t r = 255, g = 255, b = 255, a = 255;
    bool operator==(const Rgba&) const = default;
};
static_assert(sizeof(Rgba) == 4);

inline Rgba unpacked(std::uint32_t colour) {
    return {static_cast<std::uint8_t>(colour), static_cast<std::uint8_t>(colour >> 8),
            static_cast<std::uint8_t>(colour >> 16), static_cast<std::uint8_t>(colour >> 24)};
}

/// round(a * b / 255) for bytes.
inline std::uint8_t scaled(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t product = a * b + 128;
    return static_cast<std::uint8_t>((product + (product >> 8)) >> 8);
}
inline Rgba scaled(Rgba a, Rgba b) {
    return {scaled(a.r, b.r), scaled(a.g, b.g), scaled(a.b, b.b), scaled(a.a, b.a)};
}

/// `count` pixels of one colour, blended by its alpha.
void blend_row(std::uint32_t* row, int count, Rgba colour);
/// The same, with the alpha of each pixel scaled by its coverage.
void blend_coverage(std::uint32_t* row, const std::uint8_t* coverage, int count, Rgba colour);
/// A colour for each pixel, blended by its own alpha.
void blend_colours(std::uint32_t* row, const Rgba* colours, int count);

} // namespace vakant
