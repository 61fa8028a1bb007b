// Triangles as OpenGL fills them: pixel centres, top-left rule, colour and texture interpolated. Only
// kiosk/raster includes this.
#pragma once

#include "kiosk/raster/primitives.h"
#include "kiosk/raster/raster.h"

namespace vakant {

/// Draws the part of a triangle that lies in `box`, which lies in the target.
void draw_triangle(const Framebuffer& target, const Primitive& triangle, const PixelBox& box);

} // namespace vakant
