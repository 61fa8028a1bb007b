#include "kiosk/raster/triangles.h"

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

constexpr std::int64_t one = 256; ///< a pixel in the fixed-point arithmetic that OpenGL drivers use

std::int64_t divided_down(std::int64_t a, std::int64_t b) { // b > 0
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

struct Point {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

/// One side: a pixel whose centre is on its inner side, or on it where it is a top or left side, belongs
/// inside.
class Side {
public:
    Side() = default;
    Side(Point from, Point to) {
        const std::int64_t dx = to.x - from.x;
        const std::int64_t dy = to.y - from.y;
        const bool top_or_left = dy < 0 || (dy == 0 && dx > 0);
        // Twice the area left of the side for the centre of pixel (0, 0), and its growth by pixel.
        at_origin_ = dx * (one / 2 - from.y) - dy * (one / 2 - from.x) - (top_or_left ? 0 : 1);
        per_x_ = -dy * one;
        per_y_ = dx * one;
    }
    /// Narrows first <= x < last to the pixels of a row that are inside.
    void narrow(int y, int& first, int& last) const {
        const std::int64_t at_row = at_origin_ + per_y_ * y;
        if (per_x_ > 0) {
            const std::int64_t from =
                -divided_down(at_row, per_x_); // the least x with at_row + per_x * x >= 0
            if (from > first) first = static_cast<int>(std::min<std::int64_t>(from, last));
        } else if (per_x_ < 0) {
            const std::int64_t to = divided_down(at_row, -per_x_) + 1;
            if (to < last) last = static_cast<int>(std::max<std::int64_t>(to, first));
        } else if (at_row < 0) {
            last = first;
        }
    }

private:
    std::int64_t at_origin_ = 0;
    std::int64_t per_x_ = 0;
    std::int64_t per_y_ = 0;
};

/// A value that changes evenly over the plane, known at three corners.
struct Slope {
    float at_origin = 0; ///< at the centre of pixel (0, 0)
    float per_x = 0;
    float per_y = 0;
    float at(int x, int y) const {
        return at_origin + per_x * static_cast<float>(x) + per_y * static_cast<float>(y);
    }
};

class TriangleFill {
public:
    TriangleFill(const Framebuffer& target, const Primitive& triangle);
    void draw(const PixelBox& box) const;

private:
    Slope slope(float a, float b, float c) const;
    void row_of_coverage(int first, int last, int y) const;
    void row_of_colours(int first, int last, int y) const;

    const Framebuffer& target_;
    const Texture& texture_;
    const ImDrawVert* corners_[3];
    float doubled_area_ = 0;
    Side sides_[3];
    bool one_hue_ = false;   ///< the same red, green and blue at each corner
    bool one_alpha_ = false; ///< the same alpha
    bool one_texel_ = false;
    Rgba colour_; ///< of the first corner, with the texel where there is one
    Slope red_, green_, blue_, alpha_, u_, v_;
};

TriangleFill::TriangleFill(const Framebuffer& target, const Primitive& triangle)
    : target_(target),
      texture_(*triangle.texture), corners_{triangle.corners[0], triangle.corners[1], triangle.corners[2]} {
    Point points[3];
    const auto place = [&] {
        for (int i = 0; i < 3; ++i) {
            points[i] = {std::llround(corners_[i]->pos.x * one), std::llround(corners_[i]->pos.y * one)};
        }
        return (points[1].x - points[0].x) * (points[2].y - points[0].y) -
               (points[1].y - points[0].y) * (points[2].x - points[0].x);
    };
    std::int64_t area = place();
    if (area < 0) {
        std::swap(corners_[1], corners_[2]);
        area = place();
    }
    if (area == 0) return;
    const ImVec2 a = corners_[0]->pos;
    const ImVec2 b = corners_[1]->pos;
    const ImVec2 c = corners_[2]->pos;
    doubled_area_ = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if (doubled_area_ == 0) doubled_area_ = static_cast<float>(area) / (one * one);
    for (int i = 0; i < 3; ++i)
        sides_[i] = Side(points[i], points[(i + 1) % 3]);

    const Rgba colours[3] = {unpacked(corners_[0]->col), unpacked(corners_[1]->col),
                             unpacked(corners_[2]->col)};
    const auto even = [&](std::uint8_t Rgba::*part) {
        return colours[0].*part == colours[1].*part && colours[0].*part == colours[2].*part;
    };
    one_hue_ = even(&Rgba::r) && even(&Rgba::g) && even(&Rgba::b);
    one_alpha_ = even(&Rgba::a);
    one_texel_ = triangle.has_one_texel;
    const Rgba texel = one_texel_ ? triangle.colour : Rgba{};
    colour_ = scaled(colours[0], texel);
    const auto channel = [&](std::uint8_t Rgba::*part) {
        const float strength = static_cast<float>(texel.*part) / 255;
        return slope(static_cast<float>(colours[0].*part) * strength,
                     static_cast<float>(colours[1].*part) * strength,
                     static_cast<float>(colours[2].*part) * strength);
    };
    if (!one_alpha_ || !one_hue_ || !one_texel_) alpha_ = channel(&Rgba::a);
    if (one_hue_ && one_texel_) return;
    red_ = channel(&Rgba::r);
    green_ = channel(&Rgba::g);
    blue_ = channel(&Rgba::b);
    if (one_texel_) return;
    const auto width = static_cast<float>(texture_.width);
    const auto height = static_cast<float>(texture_.height);
    u_ = slope(corners_[0]->uv.x * width, corners_[1]->uv.x * width, corners_[2]->uv.x * width);
    v_ = slope(corners_[0]->uv.y * height, corners_[1]->uv.y * height, corners_[2]->uv.y * height);
}

Slope TriangleFill::slope(float a, float b, float c) const {
    const ImVec2 p = corners_[0]->pos;
    const ImVec2 q = corners_[1]->pos;
    const ImVec2 r = corners_[2]->pos;
    Slope slope;
    slope.per_x = ((b - a) * (r.y - p.y) - (c - a) * (q.y - p.y)) / doubled_area_;
    slope.per_y = ((c - a) * (q.x - p.x) - (b - a) * (r.x - p.x)) / doubled_area_;
    slope.at_origin = a + slope.per_x * (0.5F - p.x) + slope.per_y * (0.5F - p.y);
    return slope;
}

void TriangleFill::draw(const PixelBox& box) const {
    if (doubled_area_ == 0) return;
    for (int y = box.y0; y < box.y1; ++y) {
        int first = box.x0;
        int last = box.x1;
        for (const Side& side : sides_)
            side.narrow(y, first, last);
        if (first >= last) continue;
        if (one_hue_ && one_texel_) {
            if (one_alpha_) {
                std::uint32_t* row = target_.pixels + static_cast<std::ptrdiff_t>(y) * target_.stride;
                blend_row(row + first, last - first, colour_);
            } else {
                row_of_coverage(first, last, y);
            }
        } else {
            row_of_colours(first, last, y);
        }
    }
}

std::uint8_t to_byte(float value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F) + 0.5F);
}

constexpr int piece = 64; ///< pixels worked out at a time

void TriangleFill::row_of_coverage(int first, int last, int y) const {
    std::uint8_t coverage[piece];
    std::uint32_t* row = target_.pixels + static_cast<std::ptrdiff_t>(y) * target_.stride;
    const Rgba solid{colour_.r, colour_.g, colour_.b, 255};
    for (; first < last; first += piece) {
        const int count = std::min(piece, last - first);
        for (int i = 0; i < count; ++i)
            coverage[i] = to_byte(alpha_.at(first + i, y));
        blend_coverage(row + first, coverage, count, solid);
    }
}

void TriangleFill::row_of_colours(int first, int last, int y) const {
    Rgba colours[piece];
    std::uint32_t* row = target_.pixels + static_cast<std::ptrdiff_t>(y) * target_.stride;
    for (; first < last; first += piece) {
        const int count = std::min(piece, last - first);
        for (int i = 0; i < count; ++i) {
            const int x = first + i;
            Rgba colour{to_byte(red_.at(x, y)), to_byte(green_.at(x, y)), to_byte(blue_.at(x, y)),
                        to_byte(alpha_.at(x, y))};
            if (!one_texel_) colour = scaled(colour, sampled(texture_, u_.at(x, y), v_.at(x, y)));
            colours[i] = colour;
        }
        blend_colours(row + first, colours, count);
    }
}

} // namespace

void draw_triangle(const Framebuffer& target, const Primitive& triangle, const PixelBox& box) {
    TriangleFill(target, triangle).draw(box);
}

} // namespace vakant
