// What is chosen: boxes to tick, one of several, any of several.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {

void Ui::Inside::question(std::string_view key, std::string_view name, bool required) {
    if (name.empty()) return;
    const std::string shown =
        required ? std::string(name) + " (" + word("ui.required") + ")" : std::string(name);
    const TextBlock block = this->block(shown, TypeRole::strong, width());
    const Rect rect = mirrored(next(block.height(), d(36), d(14)));
    draw(canvas(), block, rect, Align::start, palette->ink);
    if (key.empty()) return;
    SemanticNode node;
    node.key = key;
    node.role = Role::group;
    node.name = name;
    node.rect = rect;
    add(std::move(node));
}

/// An error has its mark and its words: never the colour alone.
void Ui::Inside::error_line(std::string_view text) {
    if (text.empty()) return;
    const float icon = std::max(d(36), std::round(type(TypeRole::body).px * 1.05f));
    const TextBlock block = this->block(text, TypeRole::strong, width() - icon - d(14));
    const Rect flow = next(std::max(block.height(), icon), d(12), d(20));
    const float top = flow.y + std::round((block.line - icon) / 2);
    const Rect mark = mirrored({flow.x, top, icon, icon});
    canvas().disc({mark.x + icon / 2, mark.y + icon / 2}, icon / 2, palette->error);
    const float third = std::round(icon * 0.2f);
    canvas().icon(Icon::cross, {mark.x + third, mark.y + third, icon - 2 * third, icon - 2 * third}, d(4),
                  palette->background, rtl);
    const float x = flow.x + icon + d(14);
    draw(canvas(), block, mirrored({x, flow.y, flow.right() - x, block.height()}), Align::start,
         palette->error);
}

/// Options in a grid of as many columns as their texts allow.
struct Ui::Inside::ChoiceSetter {
    Inside& in;
    Role role;
    std::string_view group;
    bool invalid = false;

    float mark() const { return std::max(in.d(44), std::round(in.type(TypeRole::body).px * 1.15f)); }
    float indent() const { return in.d(28) + mark() + in.d(20); }

    int columns_for(std::span<const ChoiceSpec> choices) const {
        const float gap = in.mm(design::choice_gap);
        for (int columns = choices.size() > 4 ? 3 : 2; columns > 1; --columns) {
            if (static_cast<std::size_t>(columns) > choices.size()) continue;
            const float width = std::floor((in.width() - gap * static_cast<float>(columns - 1)) /
                                           static_cast<float>(columns));
            const bool fits = std::all_of(choices.begin(), choices.end(), [&](const ChoiceSpec& c) {
                return c.help.empty() &&
                       in.block(c.name, TypeRole::strong, 0).width() <= width - indent() - in.d(28);
            });
            if (fits) return columns;
        }
        return 1;
    }

    float height_of(const ChoiceSpec& choice, float width) const {
        const float room = width - indent() - in.d(28);
        float height = in.block(choice.name, TypeRole::strong, room).height();
        if (!choice.help.empty()) height += in.d(4) + in.block(choice.help, TypeRole::small, room).height();
        return std::max(in.mm(design::choice_height), std::max(height, mark()) + in.d(40));
    }

    void draw_mark(const Rect& box, bool on, Colour ink, Colour inside) const {
        const float side = box.w, line = in.d(4);
        if (role == Role::radio) {
            const ShapePoint centre{box.x + side / 2, box.y + side / 2};
            in.canvas().disc(centre, side / 2, ink);
            in.canvas().disc(centre, side / 2 - line, inside);
            if (on) in.canvas().disc(centre, side / 2 - in.d(11), ink);
            return;
        }
        in.canvas().rounded(box, in.d(10), ink);
        if (!on)
            in.canvas().rounded({box.x + line, box.y + line, side - 2 * line, side - 2 * line},
                                in.d(10) - line, inside);
        const float inset = std::round(side * 0.12f);
        if (on)
            in.canvas().icon(Icon::check, {box.x + inset, box.y + inset, side - 2 * inset, side - 2 * inset},
                             in.d(5.5f), inside, false);
    }

    void draw(const Rect& flow, const ChoiceSpec& choice, const Touched& touched) const {
        const Palette& p = *in.palette;
        const Rect rect = in.mirrored(flow);
        const float radius = in.mm(design::button_radius);
        const Colour fill = touched.pressed ? p.pressed : choice.selected ? p.soft : p.surface;
        const Colour ink = touched.pressed ? p.on_pressed : p.ink;
        const Colour accent = touched.pressed ? p.on_pressed : choice.selected ? p.on_soft : p.border;
        const Colour edge = invalid ? p.error : choice.selected ? p.on_soft : p.border;
        const float line = in.mm(choice.selected || invalid ? design::marked_border : p.control_border);
        if (touched.focused) in.draw_ring(in.canvas(), rect, radius);
        in.canvas().rounded(rect, radius, edge);
        in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line},
                            radius - line, fill);
        const float room = flow.w - indent() - in.d(28), x = flow.x + indent();
        const TextBlock name = in.block(choice.name, TypeRole::strong, room);
        const bool helped = !choice.help.empty();
        const TextBlock help = helped ? in.block(choice.help, TypeRole::small, room) : TextBlock{};
        const float all = name.height() + (helped ? in.d(4) + help.height() : 0);
        const float top = flow.y + std::round((flow.h - all) / 2);
        const float mark_y = top + std::round((name.line - mark()) / 2);
        draw_mark(in.mirrored({flow.x + in.d(28), mark_y, mark(), mark()}), choice.selected, accent, fill);
        in.draw(in.canvas(), name, in.mirrored({x, top, room, name.height()}), Align::start, ink);
        if (helped)
            in.draw(in.canvas(), help, in.mirrored({x, top + name.height() + in.d(4), room, help.height()}),
                    Align::start, touched.pressed ? ink : p.ink_2);
    }

    std::optional<std::size_t> set(std::span<const ChoiceSpec> choices) const {
        std::optional<std::size_t> pressed;
        const int columns = columns_for(choices);
        const auto in_row = static_cast<std::size_t>(columns);
        const float gap = in.mm(design::choice_gap);
        const float width =
            std::floor((in.width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
        for (std::size_t first = 0; first < choices.size(); first += in_row) {
            const std::size_t last = std::min(first + in_row, choices.size());
            float height = 0;
            for (std::size_t i = first; i < last; ++i)
                height = std::max(height, height_of(choices[i], width));
            const Rect row = in.next(height, in.d(14), gap);
            for (std::size_t i = first; i < last; ++i) {
                const ChoiceSpec& choice = choices[i];
                SemanticNode node;
                node.key = choice.key;
                node.role = role;
                node.name = choice.name;
                node.checked = choice.selected;
                node.description = choice.help;
                node.position = choices.size() > 1 ? static_cast<int>(i) + 1 : 0;
                node.count = choices.size() > 1 ? static_cast<int>(choices.size()) : 0;
                node.invalid = invalid;
                node.parent = group;
                const Rect rect{row.x + static_cast<float>(i - first) * (width + gap), row.y, width, row.h};
                node.rect = in.mirrored(rect);
                draw(rect, choice, in.interactive(std::move(node)));
                if (in.take(choice.key)) pressed = i;
            }
        }
        return pressed;
    }
};

bool Ui::toggle(std::string_view key, std::string_view name, bool on, std::string_view help) {
    Inside& in = *inside_;
    const ChoiceSpec spec{std::string(key), std::string(name), on, std::string(help)};
    const bool pressed = Inside::ChoiceSetter{in, Role::toggle, ""}.set({&spec, 1}).has_value();
    in.blocks.back().gap = in.d(20);
    return pressed;
}

std::optional<std::size_t> Ui::choice(std::string_view key, std::string_view name,
                                      std::span<const ChoiceSpec> choices, std::string_view error) {
    Inside& in = *inside_;
    in.question(key, name, false);
    in.error_line(error);
    const auto pressed = Inside::ChoiceSetter{in, Role::radio, key, !error.empty()}.set(choices);
    in.blocks.back().gap = in.mm(design::card_gap);
    return pressed;
}

std::optional<std::size_t> Ui::choices(std::string_view key, std::string_view name,
                                       std::span<const ChoiceSpec> choices, std::string_view error) {
    Inside& in = *inside_;
    in.question(key, name, false);
    in.error_line(error);
    const auto pressed = Inside::ChoiceSetter{in, Role::checkbox, key, !error.empty()}.set(choices);
    in.blocks.back().gap = in.mm(design::card_gap);
    return pressed;
}

} // namespace vakant
