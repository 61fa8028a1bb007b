// What a person would see of a frame, as pixels of the CPU renderer: for tests that look, and for the
// gallery.
#pragma once

#include <vector>

#include "core/base/colour.h"
#include "core/picture/picture.h"
#include "kiosk/raster/raster.h"
#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

class StagePicture {
public:
    explicit StagePicture(const DrawFrame& frame) : width(frame.width), height(frame.height) {
        pixels_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
        Raster raster;
        raster.set_target({pixels_.data(), width, height, width});
        raster.draw(frame);
    }
    Colour at(int x, int y) const {
        return hex(pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(x)] &
                   0xFFFFFF);
    }
    Pixels rgba() const {
        Pixels out{width, height, {}};
        out.rgba.reserve(pixels_.size() * 4);
        for (const std::uint32_t pixel : pixels_) {
            for (const int shift : {16, 8, 0})
                out.rgba.push_back(static_cast<std::uint8_t>(pixel >> shift));
            out.rgba.push_back(255);
        }
        return out;
    }
    const int width, height;

private:
    std::vector<std::uint32_t> pixels_;
};

} // namespace vakant
