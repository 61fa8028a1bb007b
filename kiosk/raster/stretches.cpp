#include "kiosk/raster/stretches.h"

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

/// Two neighbouring texels along one direction, and how much of the second, in 1/256.
struct Between {
    int first = 0;
    int second = 0;
    int share = 0;
};

/// Texels for pixels along one direction of the texture.
class Mapping {
public:
    Mapping(float from, float to, float texel_from, float texel_to, int texels)
        : per_pixel_((texel_to - texel_from) / (to - from)), texels_(texels),
          at_origin_(texel_from + (0.5F - from) * per_pixel_ - 0.5F) {}

    bool is_constant() const { return per_pixel_ == 0; }
    Between at(int pixel) const {
        const float place = std::clamp(at_origin_ + per_pixel_ * static_cast<float>(pixel), -1.0F,
                                       static_cast<float>(texels_));
        const auto in_256ths = static_cast<int>(std::lround(place * 256));
        const int first = in_256ths >> 8;
        return {std::clamp(first, 0, texels_ - 1), std::clamp(first + 1, 0, texels_ - 1), in_256ths & 255};
    }

private:
    float per_pixel_;
    int texels_;
    float at_origin_;
};

constexpr int piece = 128; ///< pixels worked out at a time

/// Coverage of one row's pixels from two rows of texels.
void mix_row(const std::uint8_t* upper, const std::uint8_t* lower, int share, const Between* columns,
             int count, std::uint8_t* coverage) {
    for (int i = 0; i < count; ++i) {
        const Between& column = columns[i];
        const int above = upper[column.first] * (256 - column.share) + upper[column.second] * column.share;
        const int below = lower[column.first] * (256 - column.share) + lower[column.second] * column.share;
        coverage[i] = static_cast<std::uint8_t>((above * (256 - share) + below * share + 32768) >> 16);
    }
}

} // namespace

void draw_stretch(const Framebuffer& target, const Primitive& stretch, const PixelBox& box) {
    const Texture& texture = *stretch.texture;
    const ImDrawVert& a = *stretch.corners[0];
    const ImDrawVert& c = *stretch.corners[2];
    const auto width = static_cast<float>(texture.width);
    const auto height = static_cast<float>(texture.height);
    const Mapping across(a.pos.x, c.pos.x, a.uv.x * width, c.uv.x * width, texture.width);
    const Mapping down(a.pos.y, c.pos.y, a.uv.y * height, c.uv.y * height, texture.height);
    Between columns[piece];
    std::uint8_t coverage[piece];
    for (int x = box.x0; x < box.x1; x += piece) {
        const int count = std::min(piece, box.x1 - x);
        for (int i = 0; i < count; ++i)
            columns[i] = across.at(x + i);
        for (int y = box.y0; y < box.y1; ++y) {
            std::uint32_t* row = target.pixels + static_cast<std::ptrdiff_t>(y) * target.stride + x;
            const Between rows = down.at(y);
            const std::uint8_t* upper =
                texture.pixels + static_cast<std::ptrdiff_t>(rows.first) * texture.width;
            const std::uint8_t* lower =
                texture.pixels + static_cast<std::ptrdiff_t>(rows.second) * texture.width;
            if (across.is_constant()) {
                mix_row(upper, lower, rows.share, columns, 1, coverage);
                Rgba colour = stretch.colour;
                colour.a = scaled(colour.a, coverage[0]);
                blend_row(row, count, colour);
                continue;
            }
            if (!down.is_constant() || y == box.y0)
                mix_row(upper, lower, rows.share, columns, count, coverage);
            blend_coverage(row, coverage, count, stretch.colour);
        }
    }
}

} // namespace vakant
