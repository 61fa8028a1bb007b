// What a draw list's triangles are, once looked at: plain rectangles, glyphs, pictures, and triangles for the
// rest. Only kiosk/raster includes this.
#pragma once

#include <cstdint>
#include <vector>

#include <imgui.h>

#include "kiosk/raster/pixels.h"
#include "kiosk/ui/draw_frame.h"
#include "kiosk/ui/texture.h"

namespace vakant {

/// Pixels x0 <= x < x1, y0 <= y < y1.
struct PixelBox {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool empty() const { return x0 >= x1 || y0 >= y1; }
};
PixelBox intersection(const PixelBox& a, const PixelBox& b);

struct Primitive {
    enum class Kind : std::uint8_t {
        rectangle, ///< one colour
        copy,      ///< texels one to one: glyphs, pictures in their own size
        stretch,   ///< an upright piece of an alpha-8 texture in another size or place: shadows
        triangle,
    };
    Kind kind = Kind::triangle;
    Rgba colour;                 ///< of rectangles, copies and stretches
    PixelBox box;                ///< the pixels that it may touch, within its clip rectangle
    std::int32_t to_texel_x = 0; ///< of copies: texel = pixel + this
    std::int32_t to_texel_y = 0;
    /// Of triangles; of stretches the top left, top right and bottom right.
    const ImDrawVert* corners[3] = {};
    bool has_one_texel = false; ///< of triangles: their texture is one colour, which is `colour`
    const Texture* texture = nullptr;
    std::uint64_t digest = 0; ///< of everything that its pixels depend on
};

/// The nearest texels mixed, as OpenGL does. u and v in texels from the texture's corner.
Rgba sampled(const Texture& texture, float u, float v);

/// In the order of drawing; those that touch no pixel of the frame are left out.
void collect_primitives(const DrawFrame& frame, std::vector<Primitive>& out);

} // namespace vakant
