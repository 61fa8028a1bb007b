// Upright pieces of an alpha-8 texture in another size: soft shadows. Only kiosk/raster includes this.
#pragma once

#include "kiosk/raster/primitives.h"
#include "kiosk/raster/raster.h"

namespace vakant {

/// Draws the part of a stretch that lies in `box`, which lies in the target. Texels are mixed as OpenGL does.
void draw_stretch(const Framebuffer& target, const Primitive& stretch, const PixelBox& box);

} // namespace vakant
