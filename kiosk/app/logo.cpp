#include "kiosk/app/logo.h"

#include <cmath>

#include "core/picture/picture.h"

namespace vakant {
namespace {

constexpr float height_mm = 16, most_width_mm = 110;

} // namespace

std::shared_ptr<const Picture> logo_picture(const Logo& logo, float mm_per_px) {
    if (logo.bytes.empty()) return nullptr;
    const int height = static_cast<int>(std::lround(height_mm / mm_per_px));
    const int most_width = static_cast<int>(std::lround(most_width_mm / mm_per_px));
    Result<Pixels> pixels =
        logo.format == Logo::Format::svg ? render_svg(logo.bytes, height, most_width) : read_png(logo.bytes);
    if (!pixels.ok()) return nullptr;
    if (logo.format == Logo::Format::png) *pixels = shrunk(*pixels, height, most_width);
    return std::make_shared<Picture>(Picture{pixels->width, pixels->height, std::move(pixels->rgba)});
}

} // namespace vakant
