// A text field: its label, its box with a caret that stands between letters as people count them, its error.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

constexpr std::int64_t caret_half_period_ms = 530;
constexpr std::size_t most_suggestions = 6;

struct CaretPlace {
    std::size_t line = 0;
    float x = 0;
};

CaretPlace place_of(const TextLayout& layout, std::size_t caret) {
    CaretPlace place;
    for (std::size_t i = 0; i < layout.lines.size(); ++i) {
        for (const CaretStop& stop : layout.lines[i].carets) {
            if (stop.offset == caret) place = {i, stop.x};
        }
    }
    return place;
}

std::size_t nearest_caret(const TextLine& line, float x) {
    std::size_t best = line.first;
    float distance = 1e9f;
    for (const CaretStop& stop : line.carets) {
        if (std::abs(stop.x - x) >= distance) continue;
        distance = std::abs(stop.x - x);
        best = stop.offset;
    }
    return best;
}

/// The caret's nearest place to the left or right on its line, as people see it.
std::optional<std::size_t> seen_step(const TextLayout& layout, std::size_t caret, bool to_the_right) {
    if (layout.lines.empty()) return std::nullopt;
    const CaretPlace from = place_of(layout, caret);
    std::optional<std::size_t> found;
    float nearest = 1e9f;
    for (const CaretStop& stop : layout.lines[from.line].carets) {
        const float ahead = to_the_right ? stop.x - from.x : from.x - stop.x;
        if (ahead < 0.5f || ahead >= nearest) continue;
        nearest = ahead;
        found = stop.offset;
    }
    return found;
}

} // namespace

struct Ui::Inside::FieldDrawing {
    Inside& in;
    const FieldSpec& spec;
    std::string_view text;
    Rect box; ///< content coordinates, pixels of the window
    Touched touched;
    bool active = false;

    Direction direction() const {
        using Kind = FieldSpec::Kind;
        const bool left =
            spec.kind == Kind::telephone || spec.kind == Kind::email || spec.kind == Kind::number;
        if (left) return Direction::left_to_right;
        return direction_of_text(text, in.rtl ? Direction::right_to_left : Direction::left_to_right);
    }
    bool is_long() const { return spec.kind == FieldSpec::Kind::long_text; }
    Rect inner() const {
        const float pad = in.d(26);
        return {box.x + pad, box.y + in.d(8), box.w - 2 * pad, box.h - in.d(16)};
    }

    void draw_box() const {
        const Palette& p = *in.palette;
        const bool wrong = !spec.error.empty();
        const float line = in.mm(active || wrong ? design::marked_border : p.control_border),
                    radius = in.mm(design::field_radius);
        if (touched.focused) in.draw_ring(in.canvas(), box, radius);
        in.canvas().rounded(box, radius, wrong ? p.error : active ? p.primary : p.border);
        in.canvas().rounded({box.x + line, box.y + line, box.w - 2 * line, box.h - 2 * line}, radius - line,
                            p.surface);
    }

    TextLayout lay_out() const { return lay_out(text); }
    TextLayout lay_out(std::string_view shown) const {
        TextStyle style;
        const Lettering type = in.type(TypeRole::body);
        style.px = type.px;
        style.language = in.settings.language;
        style.direction = direction();
        const float width = is_long() ? inner().w : 0;
        return is_dotted() ? lay_out_dots(shown, style, width) : in.texts.lay_out(shown, style, width, 0);
    }
    bool is_dotted() const { return spec.is_hidden || (spec.is_private && in.settings.is_left_alone); }
    /// A dot a letter; the caret's places are those of the letters. What was written is not even shaped.
    TextLayout lay_out_dots(std::string_view shown, const TextStyle& style, float width) const {
        const std::vector<std::size_t> letters = grapheme_boundaries(shown);
        if (letters.empty()) return in.texts.lay_out(shown, style, width, 0);
        TextLayout layout = in.texts.lay_out(dots(letters.size() - 1), style, width, 0);
        const auto behind_it = [&](std::size_t at) {
            return letters[std::min(at / one_dot.size(), letters.size() - 1)];
        };
        for (TextLine& line : layout.lines) {
            line.first = behind_it(line.first);
            line.last = behind_it(line.last);
            for (CaretStop& stop : line.carets)
                stop.offset = behind_it(stop.offset);
        }
        return layout;
    }

    float line_left(const TextLine& line) const {
        const bool right = direction() == Direction::right_to_left;
        return std::round(right ? inner().right() - line.width : inner().x);
    }

    /// Moves the text so that the caret stays in the box.
    float shift_for(const TextLayout& layout, const CaretPlace& caret) const {
        if (is_long() || layout.lines.empty()) return 0;
        const float x = line_left(layout.lines[0]) + caret.x, edge = in.d(8);
        if (x > inner().right() - edge) return inner().right() - edge - x;
        if (x < inner().x) return inner().x - x;
        return 0;
    }

    std::size_t touched_caret(const TextLayout& layout, float x, float y) const {
        if (layout.lines.empty()) return 0;
        const auto row =
            static_cast<std::size_t>(std::max(0.0f, (y - first_line_top(layout)) / layout.line_height));
        const TextLine& line = layout.lines[std::min(row, layout.lines.size() - 1)];
        return nearest_caret(line, x - line_left(line));
    }

    float first_line_top(const TextLayout& layout) const {
        if (is_long()) return box.y + in.d(18);
        return box.y + std::round((box.h - layout.line_height) / 2);
    }

    void draw_text(const TextLayout& layout, std::size_t caret) const {
        const Palette& p = *in.palette;
        if (text.empty() && !spec.placeholder.empty() && !active) {
            in.draw_middle(in.canvas(), in.block(spec.placeholder, TypeRole::body, inner().w), inner(),
                           Align::start, p.ink_2);
        }
        const CaretPlace at = place_of(layout, caret);
        const float shift = active ? shift_for(layout, at) : 0;
        in.canvas().push_clip(inner());
        const float top = first_line_top(layout);
        if (active) draw_selection(layout, caret, top, shift);
        for (std::size_t i = 0; i < layout.lines.size(); ++i) {
            const TextLine& line = layout.lines[i];
            const float baseline = top + layout.ascent + layout.line_height * static_cast<float>(i);
            for (const PlacedGlyph& placed : line.glyphs) {
                const GlyphPages::Glyph* glyph = in.glyphs.find(placed.key);
                if (glyph != nullptr)
                    in.canvas().glyph(*glyph, line_left(line) + shift + placed.x, baseline + placed.y, p.ink);
            }
        }
        if (active && caret_shows()) {
            const float left =
                layout.lines.empty()
                    ? (direction() == Direction::right_to_left ? inner().right() - in.d(4) : inner().x)
                    : line_left(layout.lines[at.line]);
            // Before the place in the direction of reading: at the end of a line it then stands beside the
            // letter.
            const float width = std::max(in.d(4), 2.0f);
            const float x = std::round(left + shift + at.x) -
                            (direction() == Direction::right_to_left ? width : 0),
                        y = top + layout.line_height * static_cast<float>(at.line);
            in.canvas().rect({x, y + in.d(3), width, layout.line_height - in.d(6)}, p.primary);
        }
        in.canvas().pop_clip();
    }

    void draw_selection(const TextLayout& layout, std::size_t caret, float top, float shift) const {
        if (!in.editing.anchor) return;
        const std::size_t first = std::min(*in.editing.anchor, caret),
                          last = std::max(*in.editing.anchor, caret);
        for (std::size_t row = 0; row < layout.lines.size(); ++row) {
            const TextLine& line = layout.lines[row];
            for (std::size_t i = 0; i + 1 < line.carets.size(); ++i) {
                if (line.carets[i].offset < first || line.carets[i].offset >= last) continue;
                const float a = line.carets[i].x, b = line.carets[i + 1].x;
                const float x = std::round(line_left(line) + shift + std::min(a, b));
                in.canvas().rect({x, top + layout.line_height * static_cast<float>(row),
                                  std::ceil(std::abs(b - a)), layout.line_height},
                                 in.palette->caret_surface);
            }
        }
    }

    bool caret_shows() const {
        if (in.settings.less_motion) return true;
        const std::int64_t since = std::max<std::int64_t>(in.now - in.editing.since, 0);
        const std::int64_t next = in.now + caret_half_period_ms - since % caret_half_period_ms;
        in.wake_at = std::min(in.wake_at.value_or(next), next);
        return since / caret_half_period_ms % 2 == 0;
    }
};

/// What can be chosen instead of typing on: buttons in rows, as wide as their words. The one that was
/// pressed.
std::optional<std::string> Ui::Inside::suggest(std::string_view key, std::span<const std::string> values) {
    const std::size_t count = std::min(values.size(), most_suggestions);
    const std::string prefix = std::string(key) + ".suggestion.";
    std::optional<std::string> chosen;
    for (std::size_t i = 0; i < count; ++i) {
        if (take(prefix + std::to_string(i))) chosen = values[i];
    }
    const float gap = d(14), start = blocks.back().y;
    SemanticNode group;
    group.key = std::string(key) + ".suggestions";
    group.role = Role::group;
    group.name = word("ui.suggestions");
    for (std::size_t first = 0; first < count;) {
        std::vector<float> widths;
        float x = 0, height = 0;
        std::size_t last = first;
        for (; last < count; ++last) {
            const float w = std::min(button_width(values[last], false), width());
            if (last > first && x + w > width()) break;
            widths.push_back(w);
            height = std::max(height, button_height(values[last], w, false));
            x += w + gap;
        }
        const Rect row = next(height, gap, gap);
        if (first == 0) {
            group.rect = mirrored(row);
            add(group);
        }
        x = row.x;
        for (std::size_t i = first; i < last; ++i) {
            SemanticNode node;
            node.key = prefix + std::to_string(i);
            node.role = Role::button;
            node.name = values[i];
            node.parent = group.key;
            node.rect = mirrored({x, row.y, widths[i - first], height});
            ButtonParts parts;
            parts.rect = node.rect;
            parts.name = values[i];
            draw_button(canvas(), parts, interactive(std::move(node)));
            x += widths[i - first] + gap;
        }
        first = last;
    }
    editing.below = blocks.back().y - start;
    return chosen;
}

std::optional<std::string> Ui::field(std::string_view key, const FieldSpec& spec, std::string_view value) {
    Inside& in = *inside_;
    if (in.current && in.current->key == key) {
        const Activation touch = *in.current;
        in.take(key);
        in.start_editing(key, spec.kind, touch.by_keys);
        in.editing.touch_x = touch.x;
        in.editing.touch_y = touch.y;
        in.editing.place_caret = !touch.by_keys;
    }
    const bool active = in.editing.key == key;
    EditedText edited{std::string(value), value.size()};
    if (active) {
        in.editing.kind = spec.kind;
        in.editing.below = 0;
        in.apply_steps(edited, spec, [&](std::string_view text, std::size_t caret, bool to_the_right) {
            const Inside::FieldDrawing drawing{in, spec, text, {}, {}, true};
            return seen_step(drawing.lay_out(), caret, to_the_right);
        });
    }
    in.question("", spec.name, spec.required);
    if (!spec.help.empty()) {
        const TextBlock help =
            in.block(spec.help, TypeRole::small, std::min(in.width(), in.mm(design::widest_field)));
        const Rect rect = in.next(help.height(), in.d(4), in.d(14));
        in.draw(in.canvas(), help, in.mirrored(rect), Align::start, in.palette->ink_2);
    }
    const float line = in.block("A", TypeRole::body, 0).height();
    const bool is_long = spec.kind == FieldSpec::Kind::long_text;
    const float width =
        std::min(in.width(), in.mm(design::widest_field) * std::max(1.0f, in.settings.text_scale));
    // An example that needs two lines has them; the box stays as high when it gives way to what is typed.
    const float example = in.block(spec.placeholder, TypeRole::body, width - 2 * in.d(26)).height();
    const float height =
        std::max(in.mm(design::field_height), std::max(is_long ? 3 * line : line, example) + in.d(36));
    Rect flow = in.next(height, in.d(12), in.d(32));
    flow.w = width;
    SemanticNode node;
    node.key = key;
    node.role = Role::field;
    node.name = spec.name;
    node.value = edited.text;
    node.description = spec.error.empty() ? spec.help : spec.error;
    node.invalid = !spec.error.empty();
    node.is_private = spec.is_private;
    node.rect = in.mirrored(flow);
    const Rect box = node.rect;
    const Touched touched = in.interactive(std::move(node));
    const Inside::FieldDrawing drawing{in, spec, edited.text, box, touched, active};
    const TextLayout layout = drawing.lay_out();
    if (active && in.editing.place_caret) {
        const Layer& layer = in.place == NodePlace::dialog_flow ? in.dialog : in.page;
        const float y = in.editing.touch_y - layer.viewport.y + layer.scroll;
        in.editing.caret = edited.caret = drawing.touched_caret(layout, in.editing.touch_x, y);
        in.editing.anchor.reset();
        in.editing.place_caret = false;
    }
    drawing.draw_box();
    drawing.draw_text(layout, edited.caret);
    in.error_line(spec.error);
    if (active && !spec.suggestions.empty()) {
        if (auto chosen = in.suggest(key, spec.suggestions)) {
            in.editing.caret = chosen->size();
            in.editing.anchor.reset();
            in.blocks.back().gap = in.d(32);
            return chosen;
        }
    }
    in.blocks.back().gap = in.d(32);
    if (active && edited.text != value) return edited.text;
    return std::nullopt;
}

} // namespace vakant
