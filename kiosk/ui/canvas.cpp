#include "kiosk/ui/canvas.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

/// cos(i * 90 / 16 degrees)
constexpr std::array<float, 17> quarter_cosines = {
    1.0f,        0.99518473f, 0.98078528f, 0.95694034f, 0.92387953f, 0.88192126f,
    0.83146961f, 0.77301045f, 0.70710678f, 0.63439328f, 0.55557023f, 0.47139674f,
    0.38268343f, 0.29028468f, 0.19509032f, 0.09801714f, 0.0f};

/// The direction i/64 of a turn, clockwise from the right (y grows downwards).
ShapePoint direction(int i) {
    i &= 63;
    const auto c = [](int k) { return quarter_cosines[static_cast<std::size_t>(k)]; };
    const int k = i & 15;
    switch (i >> 4) {
    case 0:
        return {c(k), c(16 - k)};
    case 1:
        return {-c(16 - k), c(k)};
    case 2:
        return {-c(k), -c(16 - k)};
    default:
        return {c(16 - k), -c(k)};
    }
}

std::uint32_t packed(Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}
std::uint32_t transparent(std::uint32_t colour) {
    return colour & ~IM_COL32_A_MASK;
}

constexpr float half_fringe = 0.5f;
const ImVec2 white_uv{0.5f, 0.5f};

/// Appends triangles with own indices; reserve first.
struct Writer {
    ImDrawList& list;
    unsigned first;
    Writer(ImDrawList& l, int indices, int vertices) : list(l) {
        list.PrimReserve(indices, vertices);
        first = list._VtxCurrentIdx;
    }
    void vertex(ShapePoint p, std::uint32_t colour) { list.PrimWriteVtx({p.x, p.y}, white_uv, colour); }
    void triangle(int a, int b, int c) {
        for (const int i : {a, b, c}) {
            list.PrimWriteIdx(static_cast<ImDrawIdx>(first + static_cast<unsigned>(i)));
        }
    }
    void quad(int a, int b, int c, int d) {
        triangle(a, b, c);
        triangle(a, c, d);
    }
};

/// How many sixteenths of a quarter circle one step may take without showing corners.
int step_for(float radius) {
    return radius > 40 ? 1 : radius > 10 ? 2 : 4;
}

} // namespace

ShapeTextures::ShapeTextures() : shadow_pixels_(static_cast<std::size_t>(shadow_side) * shadow_side) {
    white_pixels_.fill(255);
    white = {Texture::Format::alpha8, 4, 4, white_pixels_.data(), 1, 1};
    // The integral of a bell curve over the distance to the edge of a rounded rectangle: near enough to a
    // blurred one, and made of nothing but products.
    constexpr float edge = 24, radius = 26, blur = 22;
    const auto inside = [](float p) { return std::min(p, static_cast<float>(shadow_side) - p) - edge; };
    for (int y = 0; y < shadow_side; ++y) {
        for (int x = 0; x < shadow_side; ++x) {
            const float dx = radius - inside(static_cast<float>(x) + 0.5f);
            const float dy = radius - inside(static_cast<float>(y) + 0.5f);
            const float out_x = std::max(dx, 0.0f), out_y = std::max(dy, 0.0f);
            const float distance =
                std::sqrt(out_x * out_x + out_y * out_y) + std::min(std::max(dx, dy), 0.0f) - radius;
            const float t = std::clamp(0.5f - distance / (2 * blur), 0.0f, 1.0f);
            const float value = t * t * t * (t * (6 * t - 15) + 10);
            shadow_pixels_[static_cast<std::size_t>(y * shadow_side + x)] =
                static_cast<std::uint8_t>(value * 255 + 0.5f);
        }
    }
    shadow = {Texture::Format::alpha8, shadow_side, shadow_side, shadow_pixels_.data(), 1, 1};
}

Canvas::Canvas(const ImDrawListSharedData& shared, const ShapeTextures& textures)
    : textures_(textures), list_(std::make_unique<ImDrawList>(&shared)) {
    clear();
}

Canvas::~Canvas() = default;

void Canvas::clear() {
    list_->_ResetForNewFrame();
    list_->Flags |= ImDrawListFlags_AllowVtxOffset;
    list_->PushClipRect({-1e6f, -1e6f}, {1e6f, 1e6f});
    list_->PushTextureID(const_cast<Texture*>(&textures_.white));
    draw_between(-1e9f, 1e9f);
    opacity_ = 255;
}

void Canvas::draw_between(float top, float bottom) {
    top_ = top;
    bottom_ = bottom;
}

void Canvas::finish(float dy, const Rect& window) {
    list_->_PopUnusedDrawCmd();
    for (ImDrawVert& vertex : list_->VtxBuffer)
        vertex.pos.y += dy;
    for (ImDrawCmd& command : list_->CmdBuffer) {
        ImVec4& clip = command.ClipRect;
        clip = {std::max(clip.x, window.x), std::max(clip.y + dy, window.y), std::min(clip.z, window.right()),
                std::min(clip.w + dy, window.bottom())};
        clip.z = std::max(clip.x, clip.z);
        clip.w = std::max(clip.y, clip.w);
    }
}

const ImDrawList* Canvas::list() const {
    return list_->CmdBuffer.empty() ? nullptr : list_.get();
}

void Canvas::set_opacity(float opacity) {
    opacity_ = static_cast<int>(std::clamp(opacity, 0.0f, 1.0f) * 255 + 0.5f);
}

std::uint32_t Canvas::tinted(Colour colour) const {
    if (opacity_ < 255) colour.a = static_cast<std::uint8_t>((colour.a * opacity_ + 127) / 255);
    return packed(colour);
}

void Canvas::push_clip(const Rect& rect) {
    list_->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true);
}

void Canvas::pop_clip() {
    list_->PopClipRect();
}

void Canvas::use(const Texture& texture) {
    const ImTextureID id = const_cast<Texture*>(&texture);
    if (list_->_CmdHeader.TextureId == id) return;
    list_->_CmdHeader.TextureId = id;
    list_->_OnChangedTextureID();
}

void Canvas::rect(const Rect& r, Colour colour) {
    if (r.w <= 0 || r.h <= 0 || !worth_drawing(r.y, r.bottom())) return;
    use(textures_.white);
    list_->PrimReserve(6, 4);
    list_->PrimRectUV({r.x, r.y}, {r.right(), r.bottom()}, white_uv, white_uv, tinted(colour));
}

/// A quarter of a ring between two radii (a quarter of a disc where the inner one is 0), soft at both edges.
void Canvas::corner(ShapePoint centre, float inner, float outer, int quarter, std::uint32_t colour) {
    const int step = step_for(outer), count = 16 / step;
    const bool solid = inner <= half_fringe;
    const int rows = solid ? 2 : 4, extra = solid ? 1 : 0;
    Writer out(*list_, count * (solid ? 9 : 18), (count + 1) * rows + extra);
    const std::array<float, 4> radii = {outer + half_fringe, std::max(outer - half_fringe, 0.0f),
                                        inner + half_fringe, inner - half_fringe};
    for (int i = 0; i <= count; ++i) {
        const ShapePoint d = direction(quarter * 16 + i * step);
        for (int row = 0; row < rows; ++row) {
            const float r = radii[static_cast<std::size_t>(row)];
            out.vertex({centre.x + d.x * r, centre.y + d.y * r},
                       row == 0 || row == 3 ? transparent(colour) : colour);
        }
    }
    if (solid) out.vertex(centre, colour);
    for (int i = 0; i < count; ++i) {
        const int a = i * rows, b = a + rows;
        for (int row = 0; row + 1 < rows; ++row)
            out.quad(a + row, b + row, b + row + 1, a + row + 1);
        if (solid) out.triangle((count + 1) * rows, a + 1, b + 1);
    }
}

void Canvas::rounded(const Rect& r, float radius, Colour colour) {
    if (r.w <= 0 || r.h <= 0 || !worth_drawing(r.y, r.bottom())) return;
    const float k = std::min({std::round(radius), std::floor(r.w / 2), std::floor(r.h / 2)});
    if (k < 1) return rect(r, colour);
    rect({r.x, r.y + k, r.w, r.h - 2 * k}, colour);
    rect({r.x + k, r.y, r.w - 2 * k, k}, colour);
    rect({r.x + k, r.bottom() - k, r.w - 2 * k, k}, colour);
    use(textures_.white);
    corner({r.right() - k, r.bottom() - k}, 0, k, 0, tinted(colour));
    corner({r.x + k, r.bottom() - k}, 0, k, 1, tinted(colour));
    corner({r.x + k, r.y + k}, 0, k, 2, tinted(colour));
    corner({r.right() - k, r.y + k}, 0, k, 3, tinted(colour));
}

void Canvas::frame(const Rect& r, float radius, float thickness, Colour colour) {
    if (r.w <= 0 || r.h <= 0 || thickness <= 0 || !worth_drawing(r.y, r.bottom())) return;
    const float k = std::min({std::round(radius), std::floor(r.w / 2), std::floor(r.h / 2)});
    const float t = std::max(1.0f, std::round(thickness));
    rect({r.x + k, r.y, r.w - 2 * k, t}, colour);
    rect({r.x + k, r.bottom() - t, r.w - 2 * k, t}, colour);
    rect({r.x, r.y + k, t, r.h - 2 * k}, colour);
    rect({r.right() - t, r.y + k, t, r.h - 2 * k}, colour);
    if (k < 1) return;
    use(textures_.white);
    const float inner = std::max(k - t, 0.0f);
    corner({r.right() - k, r.bottom() - k}, inner, k, 0, tinted(colour));
    corner({r.x + k, r.bottom() - k}, inner, k, 1, tinted(colour));
    corner({r.x + k, r.y + k}, inner, k, 2, tinted(colour));
    corner({r.right() - k, r.y + k}, inner, k, 3, tinted(colour));
}

void Canvas::disc(ShapePoint centre, float radius, Colour colour) {
    if (!worth_drawing(centre.y - radius, centre.y + radius)) return;
    use(textures_.white);
    for (int quarter = 0; quarter < 4; ++quarter)
        corner(centre, 0, radius, quarter, tinted(colour));
}

void Canvas::ring(ShapePoint centre, float radius, float thickness, Colour colour) {
    if (!worth_drawing(centre.y - radius, centre.y + radius)) return;
    use(textures_.white);
    for (int quarter = 0; quarter < 4; ++quarter) {
        corner(centre, radius - thickness / 2, radius + thickness / 2, quarter, tinted(colour));
    }
}

void Canvas::segment(ShapePoint a, ShapePoint b, float thickness, std::uint32_t colour) {
    const float dx = b.x - a.x, dy = b.y - a.y, length = std::sqrt(dx * dx + dy * dy);
    if (length < 1e-3f) return;
    const ShapePoint n{-dy / length, dx / length};
    const float hard = std::max(thickness / 2 - half_fringe, 0.0f), soft = thickness / 2 + half_fringe;
    Writer out(*list_, 18, 8);
    for (const ShapePoint& p : {a, b}) {
        for (const float r : {soft, hard, -hard, -soft}) {
            out.vertex({p.x + n.x * r, p.y + n.y * r},
                       r == soft || r == -soft ? transparent(colour) : colour);
        }
    }
    for (int i = 0; i < 3; ++i)
        out.quad(i, i + 1, 5 + i, 4 + i);
}

void Canvas::stroke(std::span<const ShapePoint> points, bool closed, float thickness, Colour colour) {
    use(textures_.white);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        segment(points[i], points[i + 1], thickness, tinted(colour));
    }
    if (closed) segment(points.back(), points.front(), thickness, tinted(colour));
    for (const ShapePoint& p : points)
        disc(p, thickness / 2, colour);
}

void Canvas::polygon(std::span<const ShapePoint> points, Colour colour) {
    use(textures_.white);
    const int count = static_cast<int>(points.size());
    Writer out(*list_, (count - 2) * 3, count);
    for (const ShapePoint& p : points)
        out.vertex(p, tinted(colour));
    for (int i = 2; i < count; ++i)
        out.triangle(0, i - 1, i);
    for (std::size_t i = 0; i < points.size(); ++i) {
        segment(points[i], points[(i + 1) % points.size()], 1, tinted(colour));
    }
}

void Canvas::picture_part(const Rect& to, const Rect& texels, std::uint32_t colour) {
    if (to.w <= 0 || to.h <= 0) return;
    constexpr float side = ShapeTextures::shadow_side;
    list_->PrimReserve(6, 4);
    list_->PrimRectUV({to.x, to.y}, {to.right(), to.bottom()}, {texels.x / side, texels.y / side},
                      {texels.right() / side, texels.bottom() / side}, colour);
}

void Canvas::shadow(const Rect& r, float spread, int alpha) {
    const Rect o{r.x - spread, r.y - spread, r.w + 2 * spread, r.h + 2 * spread};
    if (alpha <= 0 || !worth_drawing(o.y, o.bottom())) return;
    use(textures_.shadow);
    constexpr float cut = ShapeTextures::shadow_cut, side = ShapeTextures::shadow_side,
                    middle = side - 2 * cut;
    const float c = std::min({cut, std::floor(o.w / 2), std::floor(o.h / 2)});
    const std::array<float, 4> xs = {o.x, o.x + c, o.right() - c, o.right()},
                               ys = {o.y, o.y + c, o.bottom() - c, o.bottom()};
    const std::array<float, 4> us = {0, c, side - c, side};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            if (row == 1 && column == 1) continue; // what casts the shadow lies there
            const Rect to{xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row]};
            // Edges take one texel's row or column all along.
            const bool across = column == 1, along = row == 1;
            const Rect from{across ? cut + middle / 2 : us[column], along ? cut + middle / 2 : us[row],
                            across ? 0 : us[column + 1] - us[column], along ? 0 : us[row + 1] - us[row]};
            picture_part(to, from, tinted({20, 33, 43, static_cast<std::uint8_t>(alpha)}));
        }
    }
}

void Canvas::glyph(const GlyphPages::Glyph& glyph, float x, float baseline, Colour colour) {
    if (glyph.page == nullptr) return;
    const float left = x + static_cast<float>(glyph.left), top = baseline - static_cast<float>(glyph.top);
    const auto w = static_cast<float>(glyph.width), h = static_cast<float>(glyph.height);
    if (!worth_drawing(top, top + h)) return;
    use(*glyph.page);
    constexpr float side = GlyphPages::side;
    const auto u = static_cast<float>(glyph.x), v = static_cast<float>(glyph.y);
    list_->PrimReserve(6, 4);
    list_->PrimRectUV({left, top}, {left + w, top + h}, {u / side, v / side},
                      {(u + w) / side, (v + h) / side}, tinted(colour));
}

void Canvas::picture(const Texture& texture, const Rect& r) {
    if (texture.pixels == nullptr || !worth_drawing(r.y, r.bottom())) return;
    use(texture);
    list_->PrimReserve(6, 4);
    list_->PrimRectUV({r.x, r.y}, {r.right(), r.bottom()}, {0, 0}, {1, 1}, tinted(hex(0xFFFFFF)));
}

void Canvas::icon(Icon icon, const Rect& box, float thickness, Colour colour, bool mirrored) {
    if (!worth_drawing(box.y, box.bottom())) return;
    const float scale = box.w / 24;
    const bool flip = mirrored && points_sideways(icon);
    const auto at = [&](float x, float y) {
        return ShapePoint{box.x + (flip ? 24 - x : x) * scale, box.y + y * scale};
    };
    std::vector<ShapePoint> points;
    for (const IconPart& part : parts_of(icon)) {
        points.clear();
        switch (part.kind) {
        case IconPart::Kind::line:
        case IconPart::Kind::loop:
            for (const ShapePoint& p : part.points)
                points.push_back(at(p.x, p.y));
            stroke(points, part.kind == IconPart::Kind::loop, thickness, colour);
            break;
        case IconPart::Kind::ring:
            ring(at(part.x, part.y), part.r * scale, thickness, colour);
            break;
        case IconPart::Kind::disc:
            disc(at(part.x, part.y), part.r * scale, colour);
            break;
        case IconPart::Kind::arc:
            for (int i = part.first; i <= part.last; ++i) {
                const ShapePoint d = direction(i * 2);
                points.push_back(at(part.x + d.x * part.r, part.y + d.y * part.r));
            }
            stroke(points, false, thickness, colour);
            break;
        }
    }
}

} // namespace vakant
