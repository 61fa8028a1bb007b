// The typing test: the passage with what was typed right and wrong, and what was typed.
#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "kiosk/ui/inside.h"
#include "kiosk/ui/passage.h"

namespace vakant {

struct Ui::Inside::PassageDrawing {
    Inside& in;
    const TextLayout& layout;
    const PassageMarks& marks;
    std::string_view presented;
    Rect box;
    bool rtl;

    float left(const TextLine& line) const { return std::round(rtl ? box.right() - line.width : box.x); }
    float top(std::size_t line) const { return box.y + layout.line_height * static_cast<float>(line); }

    /// The stretch of the line that a letter covers.
    std::pair<float, float> stretch(const TextLine& line, std::size_t stop) const {
        const float a = line.carets[stop].x, b = line.carets[stop + 1].x;
        return {std::min(a, b), std::max(a, b)};
    }

    void draw_marks(const TextLine& line, std::size_t row) const {
        const Palette& p = *in.palette;
        for (std::size_t stop = 0; stop + 1 < line.carets.size(); ++stop) {
            const std::size_t offset = line.carets[stop].offset;
            const auto [from, to] = stretch(line, stop);
            const Rect cell{left(line) + from, top(row), to - from, layout.line_height};
            if (offset == marks.reached) {
                in.canvas().rect({std::round(cell.x), cell.y + in.d(2),
                                  std::max(std::round(cell.w), in.d(10)), cell.h - in.d(4)},
                                 p.caret_surface);
                in.canvas().rect({std::round(cell.x), cell.bottom() - in.d(6),
                                  std::max(std::round(cell.w), in.d(10)), in.d(4)},
                                 p.ink);
            } else if (marks.at(offset) == PassageMarks::Mark::wrong) {
                in.canvas().rect({std::round(cell.x), cell.bottom() - in.d(9),
                                  std::max(std::round(cell.w), in.d(8)), in.d(5)},
                                 p.error);
            }
        }
    }

    Colour colour_at(const TextLine& line, float x) const {
        const Palette& p = *in.palette;
        for (std::size_t stop = 0; stop + 1 < line.carets.size(); ++stop) {
            const auto [from, to] = stretch(line, stop);
            if (x < from || x >= to) continue;
            switch (marks.at(line.carets[stop].offset)) {
            case PassageMarks::Mark::right:
                return p.ok;
            case PassageMarks::Mark::wrong:
                return p.error;
            case PassageMarks::Mark::untyped:
                return p.ink;
            }
        }
        return p.ink;
    }

    void draw_line(std::size_t row) const {
        const TextLine& line = layout.lines[row];
        draw_marks(line, row);
        for (const PlacedGlyph& placed : line.glyphs) {
            const GlyphPages::Glyph* glyph = in.glyphs.find(placed.key);
            if (glyph == nullptr) continue;
            const float middle =
                placed.x + static_cast<float>(glyph->left) + static_cast<float>(glyph->width) / 2;
            in.canvas().glyph(*glyph, left(line) + placed.x, top(row) + layout.ascent + placed.y,
                              colour_at(line, middle));
        }
    }

    std::size_t row_reached() const {
        std::size_t row = 0;
        for (std::size_t i = 0; i < layout.lines.size(); ++i) {
            if (layout.lines[i].first <= marks.reached) row = i;
        }
        return row;
    }
};

std::vector<Ui::Stroke> Ui::typing_panel(std::string_view key, std::string_view name,
                                         std::string_view presented, std::string_view transcribed,
                                         std::string_view language, bool active) {
    Inside& in = *inside_;
    if (in.current && in.current->key == key) {
        const bool by_keys = in.current->by_keys;
        in.take(key);
        if (active) in.start_editing(key, FieldSpec::Kind::long_text, by_keys);
        in.editing.shift = false;
    }
    if (active && in.editing.key.empty()) in.editing.key = key; // takes letters without being asked
    const bool takes = active && in.editing.key == key;
    std::vector<Stroke> strokes;
    if (takes) {
        in.editing.drawn = true;
        for (const EditStep& step : in.editing.steps) {
            if (step.kind == EditStep::Kind::insert) strokes.push_back({step.character, step.at_ms});
            if (step.kind == EditStep::Kind::backspace) strokes.push_back({0, step.at_ms});
        }
        in.editing.steps.clear();
    }
    const float pad = in.d(36);
    TextStyle style;
    style.px = in.type(TypeRole::large).px * 1.1f;
    style.language = language;
    style.direction = direction_of(language);
    const TextLayout& layout = in.texts.lay_out(presented, style, in.width() - 2 * pad, 0);
    const TextBlock typed_line = in.block("A", TypeRole::body, 0);
    const float typed_height = typed_line.height() + in.d(36);
    // Four lines, or as many as leave the whole panel in view.
    const float beside = 2 * pad + in.d(20) + typed_height, seen = in.page.viewport.h - 2 * in.d(30);
    const float fitting = seen > 0 ? std::floor((seen - beside) / layout.line_height) : 4;
    const std::size_t rows =
        std::min<std::size_t>(layout.lines.size(), static_cast<std::size_t>(std::clamp(fitting, 2.0f, 4.0f)));
    const float passage = layout.line_height * static_cast<float>(rows);
    const Rect flow = in.next(passage + beside, in.d(24), in.d(30));
    SemanticNode node;
    node.key = key;
    node.role = Role::field;
    node.name = name;
    node.value = transcribed;
    node.description = presented;
    node.content_language = language;
    node.enabled = active;
    node.rect = in.mirrored(flow);
    const Rect rect = node.rect;
    const Touched touched = in.interactive(std::move(node));
    const Palette& p = *in.palette;
    const float line = in.mm(p.control_border), radius = in.mm(design::card_radius);
    if (touched.focused) in.draw_ring(in.canvas(), rect, radius);
    in.canvas().rounded(rect, radius, takes ? p.primary : p.border);
    in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                        p.surface);
    in.draw_passage(layout, key, presented, transcribed, language,
                    {rect.x + pad, rect.y + pad, rect.w - 2 * pad, passage}, rows);
    in.draw_typed({rect.x + pad, rect.bottom() - in.d(14) - typed_height, rect.w - 2 * pad, typed_height},
                  transcribed, language, takes);
    return strokes;
}

void Ui::Inside::draw_passage(const TextLayout& layout, std::string_view key, std::string_view presented,
                              std::string_view transcribed, std::string_view language, const Rect& box,
                              std::size_t rows) {
    if (compared_key != key || compared_text != transcribed) {
        compared = compare_passage(presented, transcribed);
        compared_key = key;
        compared_text = transcribed;
    }
    const bool from_right = direction_of(language) == Direction::right_to_left;
    PassageDrawing drawing{*this, layout, compared, presented, box, from_right};
    // The line that is being typed stays second, so that the next one is in view.
    const std::size_t reached = drawing.row_reached(),
                      last_first = layout.lines.size() - std::min(rows, layout.lines.size());
    const std::size_t first = std::min(reached > 1 ? reached - 1 : 0, last_first);
    drawing.box.y -= layout.line_height * static_cast<float>(first);
    canvas().push_clip({box.x - d(8), box.y - d(4), box.w + d(16), box.h + d(8)});
    for (std::size_t row = first; row < std::min(first + rows, layout.lines.size()); ++row)
        drawing.draw_line(row);
    canvas().pop_clip();
}

/// The end of what was typed, with the caret behind it.
void Ui::Inside::draw_typed(const Rect& box, std::string_view transcribed, std::string_view language,
                            bool takes) {
    const bool from_right = direction_of(language) == Direction::right_to_left;
    canvas().rect({box.x, box.y, box.w, std::max(d(2), 1.0f)}, palette->hairline);
    const TextBlock text = block(transcribed, TypeRole::body, 0, 1, language);
    const float caret = d(4), over = std::max(0.0f, text.width() + caret - box.w);
    const float left = std::round(from_right ? box.right() - text.width() + over : box.x - over);
    const float top = box.y + std::round((box.h - text.height()) / 2);
    canvas().push_clip(box);
    draw(canvas(), text, {left, top, std::ceil(text.width()), text.height()}, Align::start, palette->ink_2);
    const float x = from_right ? left - caret : left + text.width();
    if (takes) canvas().rect({std::round(x), top + d(3), caret, text.height() - d(6)}, palette->primary);
    canvas().pop_clip();
}

} // namespace vakant
