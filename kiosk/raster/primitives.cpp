#include "kiosk/raster/primitives.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace vakant {
namespace {

// Beyond this the fixed-point arithmetic of triangles could overflow. No page is larger.
constexpr float farthest = 1'000'000;

std::uint64_t mixed(std::uint64_t seed, std::uint64_t value) {
    seed = (seed ^ value) * 0x9E37'79B9'7F4A'7C15U;
    return seed ^ (seed >> 32);
}

std::uint64_t mixed(std::uint64_t seed, const ImDrawVert& vertex) {
    std::uint64_t words[2];
    static_assert(offsetof(ImDrawVert, col) == sizeof words);
    std::memcpy(words, &vertex, sizeof words);
    return mixed(mixed(mixed(seed, words[0]), words[1]), vertex.col);
}

// As std::ceil and std::lround, which are calls into libm on the oldest processors that this runs on and were
// a tenth of a pressed button here. Only for what is nearer than `farthest`.
int rounded_up(float value) {
    const int whole = static_cast<int>(value); // towards 0
    return whole + (value > static_cast<float>(whole) ? 1 : 0);
}
int nearest(float value) {
    return static_cast<int>(value + (value < 0 ? -0.5F : 0.5F));
}

/// The first pixel whose centre is at or right of an edge.
int first_pixel(float edge) {
    return rounded_up(edge - 0.5F);
}

bool is_whole(float value) {
    return std::abs(value - static_cast<float>(nearest(value))) < 1.0F / 64;
}

/// One draw command: its triangles, its texture and the pixels to which it is clipped.
class Command {
public:
    Command(const ImDrawList& list, const ImDrawCmd& command, const PixelBox& clip)
        : vertices_(list.VtxBuffer.Data + command.VtxOffset),
          indices_(list.IdxBuffer.Data + command.IdxOffset), count_(command.ElemCount),
          texture_(static_cast<const Texture*>(command.GetTexID())), clip_(clip) {
        digest_ = mixed(reinterpret_cast<std::uintptr_t>(texture_), texture_->epoch);
        digest_ =
            mixed(digest_, static_cast<std::uint64_t>(clip.x0) << 32 ^ static_cast<std::uint32_t>(clip.y0));
        digest_ =
            mixed(digest_, static_cast<std::uint64_t>(clip.x1) << 32 ^ static_cast<std::uint32_t>(clip.y1));
    }

    void collect(std::vector<Primitive>& out) {
        for (unsigned at = 0; at + 3 <= count_;) {
            if (at + 6 <= count_ && add_quad(at, out)) {
                at += 6;
            } else {
                add_triangle(at, out);
                at += 3;
            }
        }
    }

private:
    const ImDrawVert& vertex(unsigned at) const { return vertices_[indices_[at]]; }
    bool add_quad(unsigned at, std::vector<Primitive>& out);
    bool choose_mapping(Primitive& quad, const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                        const ImDrawVert& d);
    void add_triangle(unsigned at, std::vector<Primitive>& out);
    /// The colour of one place: nearly always that of the place asked for before.
    Rgba texel_at(ImVec2 uv) {
        if (uv.x != known_uv_.x || uv.y != known_uv_.y) {
            known_uv_ = uv;
            known_texel_ = sampled(*texture_, uv.x * static_cast<float>(texture_->width),
                                   uv.y * static_cast<float>(texture_->height));
        }
        return known_texel_;
    }

    const ImDrawVert* vertices_;
    const ImDrawIdx* indices_;
    unsigned count_;
    const Texture* texture_;
    PixelBox clip_;
    std::uint64_t digest_ = 0;
    ImVec2 known_uv_{-1e9F, -1e9F};
    Rgba known_texel_;
};

/// ImGui's quads are two triangles, corners 0 1 2 and 0 2 3, clockwise from the top left.
bool Command::add_quad(unsigned at, std::vector<Primitive>& out) {
    if (indices_[at] != indices_[at + 3] || indices_[at + 2] != indices_[at + 4]) return false;
    const ImDrawVert& a = vertex(at);
    const ImDrawVert& b = vertex(at + 1);
    const ImDrawVert& c = vertex(at + 2);
    const ImDrawVert& d = vertex(at + 5);
    const bool upright = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y &&
                         d.pos.x == a.pos.x && a.pos.x <= c.pos.x && a.pos.y <= c.pos.y;
    if (!upright || a.col != b.col || a.col != c.col || a.col != d.col) return false;
    if (!(std::abs(a.pos.x) < farthest && std::abs(a.pos.y) < farthest && std::abs(c.pos.x) < farthest &&
          std::abs(c.pos.y) < farthest)) {
        return false;
    }
    const Rgba colour = unpacked(a.col);
    const PixelBox box = intersection(
        clip_, {first_pixel(a.pos.x), first_pixel(a.pos.y), first_pixel(c.pos.x), first_pixel(c.pos.y)});
    if (box.empty() || colour.a == 0) return true;
    Primitive& quad =
        out.emplace_back(); // in its place: copied, it would be read before it is written through
    quad.colour = colour;
    quad.texture = texture_;
    quad.box = box;
    if (!choose_mapping(quad, a, b, c, d)) {
        out.pop_back();
        return false;
    }
    quad.digest = mixed(mixed(digest_, a), c);
    return true;
}

/// What an upright quad takes from its texture: one colour, texels one to one, or a piece stretched.
bool Command::choose_mapping(Primitive& quad, const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                             const ImDrawVert& d) {
    if (a.uv.y != b.uv.y || b.uv.x != c.uv.x || c.uv.y != d.uv.y || d.uv.x != a.uv.x) return false;
    if (a.uv.x == c.uv.x && a.uv.y == c.uv.y) {
        quad.kind = Primitive::Kind::rectangle;
        quad.colour = scaled(quad.colour, texel_at(a.uv));
        return true;
    }
    const auto width = static_cast<float>(texture_->width);
    const auto height = static_cast<float>(texture_->height);
    const float u = a.uv.x * width;
    const float v = a.uv.y * height;
    const bool same_size = std::abs((c.uv.x - a.uv.x) * width - (c.pos.x - a.pos.x)) < 1.0F / 64 &&
                           std::abs((c.uv.y - a.uv.y) * height - (c.pos.y - a.pos.y)) < 1.0F / 64;
    if (same_size && is_whole(a.pos.x) && is_whole(a.pos.y) && is_whole(u) && is_whole(v)) {
        quad.to_texel_x = nearest(u) - nearest(a.pos.x);
        quad.to_texel_y = nearest(v) - nearest(a.pos.y);
        const PixelBox& box = quad.box;
        if (box.x0 + quad.to_texel_x >= 0 && box.x1 + quad.to_texel_x <= texture_->width &&
            box.y0 + quad.to_texel_y >= 0 && box.y1 + quad.to_texel_y <= texture_->height) {
            quad.kind = Primitive::Kind::copy;
            return true;
        }
    }
    if (texture_->format != Texture::Format::alpha8) return false;
    quad.kind = Primitive::Kind::stretch;
    quad.corners[0] = &a;
    quad.corners[1] = &b;
    quad.corners[2] = &c;
    return true;
}

void Command::add_triangle(unsigned at, std::vector<Primitive>& out) {
    const ImDrawVert* const corners[] = {&vertex(at), &vertex(at + 1), &vertex(at + 2)};
    std::uint64_t digest = digest_;
    float left = farthest;
    float top = farthest;
    float right = -farthest;
    float bottom = -farthest;
    for (const ImDrawVert* corner : corners) {
        if (!(std::abs(corner->pos.x) < farthest && std::abs(corner->pos.y) < farthest)) return;
        digest = mixed(digest, *corner);
        left = std::min(left, corner->pos.x);
        top = std::min(top, corner->pos.y);
        right = std::max(right, corner->pos.x);
        bottom = std::max(bottom, corner->pos.y);
    }
    // Corners are rounded to 1/256 pixel later: one pixel more on every side is safe.
    const PixelBox box = intersection(clip_, {first_pixel(left) - 1, first_pixel(top) - 1,
                                              first_pixel(right) + 1, first_pixel(bottom) + 1});
    if (box.empty()) return;
    Primitive& triangle = out.emplace_back();
    triangle.texture = texture_;
    triangle.digest = digest;
    triangle.box = box;
    std::copy(std::begin(corners), std::end(corners), triangle.corners);
    const ImVec2 uv = corners[0]->uv;
    const auto same_place = [uv](const ImDrawVert* corner) {
        return corner->uv.x == uv.x && corner->uv.y == uv.y;
    };
    triangle.has_one_texel = same_place(corners[1]) && same_place(corners[2]);
    if (triangle.has_one_texel) triangle.colour = texel_at(uv);
}

/// The pixels that OpenGL's scissor test leaves, as ImGui's back end sets it.
PixelBox clip_of(const ImVec4& rectangle, const PixelBox& frame) {
    const auto limited = [](float value) { return static_cast<int>(std::clamp(value, -farthest, farthest)); };
    PixelBox box;
    box.x0 = limited(rectangle.x);
    box.x1 = box.x0 + limited(rectangle.z - rectangle.x);
    box.y1 = frame.y1 - limited(static_cast<float>(frame.y1) - rectangle.w);
    box.y0 = box.y1 - limited(rectangle.w - rectangle.y);
    return intersection(box, frame);
}

Rgba texel(const Texture& texture, int x, int y) {
    x = std::clamp(x, 0, texture.width - 1);
    y = std::clamp(y, 0, texture.height - 1);
    const std::size_t at =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(texture.width) + static_cast<std::size_t>(x);
    if (texture.format == Texture::Format::alpha8) return {255, 255, 255, texture.pixels[at]};
    const std::uint8_t* rgba = texture.pixels + at * 4;
    return {rgba[0], rgba[1], rgba[2], rgba[3]};
}

} // namespace

PixelBox intersection(const PixelBox& a, const PixelBox& b) {
    return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

Rgba sampled(const Texture& texture, float u, float v) {
    if (texture.width <= 0 || texture.height <= 0) return {};
    u = std::clamp(u - 0.5F, -1.0F, static_cast<float>(texture.width));
    v = std::clamp(v - 0.5F, -1.0F, static_cast<float>(texture.height));
    const int x = static_cast<int>(std::floor(u));
    const int y = static_cast<int>(std::floor(v));
    const float right = u - static_cast<float>(x);
    const float low = v - static_cast<float>(y);
    const Rgba a = texel(texture, x, y);
    const Rgba b = texel(texture, x + 1, y);
    const Rgba c = texel(texture, x, y + 1);
    const Rgba d = texel(texture, x + 1, y + 1);
    if (a == b && a == c && a == d) return a;
    const auto channel = [&](std::uint8_t Rgba::*part) {
        const float upper = static_cast<float>(a.*part) * (1 - right) + static_cast<float>(b.*part) * right;
        const float lower = static_cast<float>(c.*part) * (1 - right) + static_cast<float>(d.*part) * right;
        return static_cast<std::uint8_t>(std::lround(upper * (1 - low) + lower * low));
    };
    return {channel(&Rgba::r), channel(&Rgba::g), channel(&Rgba::b), channel(&Rgba::a)};
}

void collect_primitives(const DrawFrame& frame, std::vector<Primitive>& out) {
    out.clear();
    const PixelBox whole{0, 0, frame.width, frame.height};
    for (const ImDrawList* list : frame.lists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            if (command.UserCallback != nullptr || command.ElemCount == 0 || command.GetTexID() == nullptr)
                continue;
            const PixelBox clip = clip_of(command.ClipRect, whole);
            if (!clip.empty()) Command(*list, command, clip).collect(out);
        }
    }
}

} // namespace vakant
