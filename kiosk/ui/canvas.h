// Shapes as anti-aliased triangles of own making: rounded rectangles, frames, strokes, icons, glyphs and
// shadows, with plain square roots and fixed tables, so that every processor draws the same. The only place
// that writes into ImGui's draw lists. Used within kiosk/ui.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "kiosk/semantics/semantic_tree.h"
#include "kiosk/ui/glyph_pages.h"
#include "kiosk/ui/texture.h"
#include "kiosk/ui/theme.h"

struct ImDrawList;
struct ImDrawListSharedData;

namespace vakant {

struct ShapePoint {
    float x = 0, y = 0;
};

/// The pictures that shapes need: one opaque texel, and the shadow of a rounded rectangle to be cut in nine.
class ShapeTextures {
public:
    static constexpr int shadow_side = 96, shadow_cut = 47;
    ShapeTextures();
    Texture white, shadow;

private:
    std::array<std::uint8_t, 16> white_pixels_;
    std::vector<std::uint8_t> shadow_pixels_;
};

/// One draw list. Coordinates may be moved as a whole afterwards (scrolling).
class Canvas {
public:
    Canvas(const ImDrawListSharedData& shared, const ShapeTextures& textures);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void clear();
    /// Shapes wholly above or below are left out.
    void draw_between(float top, float bottom);
    /// Moves all down by dy whole pixels and cuts what lies outside of `window`.
    void finish(float dy, const Rect& window);
    const ImDrawList* list() const; ///< null where nothing was drawn

    /// What is drawn next shines through: 1 is solid.
    void set_opacity(float opacity);
    void push_clip(const Rect& rect);
    void pop_clip();

    void rect(const Rect& rect, Colour colour);
    void rounded(const Rect& rect, float radius, Colour colour);
    /// A line of `thickness` inside of the rectangle's edge.
    void frame(const Rect& rect, float radius, float thickness, Colour colour);
    void disc(ShapePoint centre, float radius, Colour colour);
    void ring(ShapePoint centre, float radius, float thickness, Colour colour);
    /// Round ends and corners.
    void stroke(std::span<const ShapePoint> points, bool closed, float thickness, Colour colour);
    /// Clockwise, convex.
    void polygon(std::span<const ShapePoint> points, Colour colour);
    void shadow(const Rect& rect, float spread, int alpha);
    void glyph(const GlyphPages::Glyph& glyph, float x, float baseline, Colour colour);
    /// In its own size: `rect` has as many pixels as the texture.
    void picture(const Texture& texture, const Rect& rect);
    /// `mirrored`: for right-to-left, where the icon points.
    void icon(Icon icon, const Rect& box, float thickness, Colour colour, bool mirrored);

private:
    bool worth_drawing(float top, float bottom) const { return bottom >= top_ && top <= bottom_; }
    std::uint32_t tinted(Colour colour) const;
    void use(const Texture& texture);
    void corner(ShapePoint centre, float inner, float outer, int quarter, std::uint32_t colour);
    void segment(ShapePoint a, ShapePoint b, float thickness, std::uint32_t colour);
    void picture_part(const Rect& to, const Rect& texels, std::uint32_t colour);

    const ShapeTextures& textures_;
    std::unique_ptr<ImDrawList> list_;
    float top_ = -1e9f, bottom_ = 1e9f;
    int opacity_ = 255;
};

/// What an icon is made of, on a grid of 24 x 24.
struct IconPart {
    enum class Kind { line, loop, ring, disc, arc } kind = Kind::line;
    std::span<const ShapePoint> points; ///< line, loop
    float x = 0, y = 0, r = 0;          ///< ring, disc, arc
    int first = 0, last = 0;            ///< arc: 32nds of a turn, clockwise from the right
};
std::span<const IconPart> parts_of(Icon icon);
bool points_sideways(Icon icon);

} // namespace vakant
