// The door to pictures: logos that agencies send as SVG or PNG become pixels once, in the size they are shown
// in. The only user of librsvg; cairo is its canvas. Used by kiosk/app, and by tests for the pictures of
// pages.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"

namespace vakant {

/// Four bytes a pixel, R G B A, not premultiplied, rows from top to bottom.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
    bool operator==(const Pixels&) const = default;
};

/// Neither is read above this size: somebody else made it.
inline constexpr int largest_side = 8192;

/// As high as `height`, lower where it would be wider than `most_width`. Files and addresses that it refers
/// to are not loaded. Refused with the reason: no SVG, no size, nothing drawn.
Result<Pixels> render_svg(ByteView svg, int height, int most_width);
/// Refused with the reason: no PNG, damaged, larger than `largest_side`.
Result<Pixels> read_png(ByteView png);
Bytes write_png(const Pixels& pixels);
/// Each new pixel is the mean of those it covers; the same fitting as render_svg. Never enlarges.
Pixels shrunk(const Pixels& pixels, int height, int most_width);

} // namespace vakant
