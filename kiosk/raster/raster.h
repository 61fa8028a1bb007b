// Turns a frame's draw lists into pixels on the CPU, tile by tile, only where something changed since the
// frame before. Used by kiosk/shell and by tests that look at pictures. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kiosk/ui/draw_frame.h"

namespace vakant {

struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PixelRect&) const = default;
};

/// Where the pixels go: 0xFFRRGGBB, rows from top to bottom. With XShm it is the segment that the X server
/// reads, so that no second copy is made.
struct Framebuffer {
    std::uint32_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0; ///< pixels from one row to the next
};

/// What nothing covers is black. Blending is OpenGL's (source alpha over 8-bit channels) to within 2 of 255.
class Raster {
public:
    static constexpr int tile_side = 32;

    Raster();
    ~Raster();
    Raster(const Raster&) = delete;
    Raster& operator=(const Raster&) = delete;

    /// Draws into `target` from now on; everything in it counts as changed.
    void set_target(const Framebuffer& target);
    /// Draws the tiles that changed since the last call. Returns them, merged, without overlaps; none where
    /// the frame equals the last one.
    std::vector<PixelRect> draw(const DrawFrame& frame);
    /// The next draw draws everything.
    void damage_all();

private:
    struct Tiles;
    std::unique_ptr<Tiles> tiles_;
    Framebuffer target_;
};

} // namespace vakant
