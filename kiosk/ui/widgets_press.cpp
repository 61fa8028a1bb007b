// What can be pressed: buttons, cards, tabs.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

struct Paint {
    Colour fill, ink, edge;
    bool filled = true;
};

Paint paint_of(const Palette& p, ButtonLook look, bool on_bar, bool pressed, bool enabled, bool chosen) {
    if (pressed) return {p.pressed, p.on_pressed, p.pressed};
    if (chosen) return {p.selected, p.on_selected, p.selected};
    if (!enabled) return {p.surface_2, p.ink_2, p.border};
    switch (look) {
    case ButtonLook::primary:
        return {p.primary, p.on_primary, p.primary};
    case ButtonLook::secondary:
        return {on_bar ? p.surface_2 : p.surface, p.ink, p.border};
    case ButtonLook::quiet:
        return {p.background, p.primary, p.border, false};
    case ButtonLook::danger:
        return {p.surface, p.error, p.error};
    }
    return {};
}

} // namespace

float Ui::Inside::button_width(std::string_view name, bool with_icon) {
    return std::ceil(block(name, TypeRole::button, 0).width()) +
           (with_icon ? button_icon() + d(14 + 72) : d(80));
}

float Ui::Inside::button_height(std::string_view name, float width, bool with_icon) {
    const float room = button_room(width, with_icon);
    const TextBlock label = block(name, fitting(TypeRole::button, name, room), room);
    return std::max(mm(design::button_height), label.height() + d(36));
}

bool Ui::Inside::button_cuts(std::string_view name, float width, bool with_icon) {
    const float room = button_room(width, with_icon);
    return !words_fit(name, fitting(TypeRole::button, name, room), room);
}

void Ui::Inside::draw_button(Canvas& canvas, const ButtonParts& parts, const Touched& touched) {
    const Paint paint =
        paint_of(*palette, parts.look, parts.on_bar, touched.pressed, parts.enabled, parts.chosen);
    const float radius = std::min(mm(parts.radius), std::floor(parts.rect.h / 2));
    Rect rect = parts.rect;
    if (touched.focused) draw_ring(canvas, rect, radius);
    if (touched.pressed) rect = pressed_in(rect);
    if (paint.filled) {
        const float line = paint.edge == paint.fill ? 0 : mm(palette->control_border);
        if (line > 0) canvas.rounded(rect, radius, paint.edge);
        canvas.rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                       paint.fill);
    } else {
        canvas.frame(rect, radius, mm(palette->control_border), paint.edge);
    }
    const float side = parts.name.empty() ? d(44) : parts.icon_above ? bar_icon() : button_icon();
    const float gap = d(14), thickness = std::max(d(3), std::round(side / 10));
    const bool icon = parts.icon != Icon::none;
    if (parts.name.empty()) {
        const Rect box{rect.x + std::round((rect.w - side) / 2), rect.y + std::round((rect.h - side) / 2),
                       side, side};
        canvas.icon(parts.icon, box, d(5), paint.ink, rtl);
        return;
    }
    const float beside = icon && !parts.icon_above ? side + gap : 0;
    const float room = parts.rect.w - beside - d(parts.on_bar ? 20.0f : 40.0f);
    const TextBlock label = block(parts.name, fitting(parts.role, parts.name, room), room);
    if (icon && parts.icon_above) {
        const float all = side + d(4) + label.height(), top = rect.y + std::round((rect.h - all) / 2);
        canvas.icon(parts.icon, {rect.x + std::round((rect.w - side) / 2), top, side, side}, thickness,
                    paint.ink, rtl);
        draw(canvas, label, {rect.x, top + side + d(4), rect.w, label.height()}, Align::middle, paint.ink);
        return;
    }
    const float all = beside + label.width(), start = std::round((rect.w - all) / 2);
    const bool icon_right = parts.icon_at_end != rtl;
    const float text_x = rect.x + start + (icon && !icon_right ? beside : 0);
    if (icon) {
        const float x = icon_right ? rect.x + start + label.width() + gap : rect.x + start;
        canvas.icon(parts.icon, {std::round(x), rect.y + std::round((rect.h - side) / 2), side, side},
                    thickness, paint.ink, rtl);
    }
    draw_middle(canvas, label, {text_x, rect.y, label.width(), rect.h}, Align::middle, paint.ink);
}

bool Ui::button(std::string_view key, std::string_view name, ButtonLook look, Icon icon, bool enabled) {
    Inside& in = *inside_;
    const bool with_icon = icon != Icon::none;
    // The answers of a dialog are as wide as it is: one under the other, none is overlooked.
    const bool fills = in.place == NodePlace::dialog_flow;
    const float width = fills ? in.width()
                              : std::min(in.width(), std::max(in.button_width(name, with_icon),
                                                              in.mm(design::least_button_width)));
    Rect rect = in.next(in.button_height(name, width, with_icon), in.d(20), in.d(20));
    rect.w = width;
    SemanticNode node;
    node.key = key;
    node.role = Role::button;
    node.name = name;
    node.enabled = enabled;
    node.clipped = in.button_cuts(name, width, with_icon);
    node.rect = in.mirrored(rect);
    Inside::ButtonParts parts;
    parts.rect = node.rect;
    parts.name = name;
    parts.look = look;
    parts.icon = icon;
    parts.icon_at_end = icon == Icon::forward || icon == Icon::later;
    parts.enabled = enabled;
    in.draw_button(in.canvas(), parts, in.interactive(std::move(node)));
    return in.take(key, enabled);
}

// ---- cards

namespace {

/// A card's texts, set for its width.
struct CardLayout {
    TextBlock title, badge;
    std::vector<TextBlock> lines; ///< the summary among them
    float height = 0, text_width = 0, tile = 0, badge_height = 0;
    bool badge_beside = false; ///< the last line, at its end: they share a row
    bool cuts = false;
};

} // namespace

struct Ui::Inside::CardSetter {
    Inside& in;
    bool large;           ///< one of a few large answers
    float stretched = 0;  ///< they share what would stay empty below them
    bool pictures = true; ///< words come first where there is not room for both
    int summary_lines = 0;
    bool tight = false; ///< smaller pictures and margins, so that nothing has to be scrolled to

    float pad() const { return in.d(tight ? 28.0f : large ? 40.0f : 32.0f); }
    float tile() const { return in.mm(!large || tight ? design::small_tile : design::tile); }
    float beside_tile() const { return in.d(!large || tight ? 28.0f : 36.0f); }

    CardLayout set(const CardSpec& card, float width) const {
        CardLayout layout;
        layout.tile = card.icon == Icon::none || !pictures ? 0 : tile();
        const float indent = layout.tile > 0 ? layout.tile + beside_tile() : 0;
        layout.text_width = width - 2 * pad() - indent;
        Lettering title = in.type(TypeRole::card_title);
        if (!large || tight) title.px = std::round(title.px * 0.9f);
        title = in.fitting(title, card.title, layout.text_width);
        layout.cuts = !in.words_fit(card.title, title, layout.text_width);
        layout.title = in.block(card.title, title, layout.text_width, 0, card.title_language);
        layout.height = layout.title.height();
        const auto add = [&](std::string_view line, std::string_view language) {
            if (line.empty()) return;
            layout.lines.push_back(in.block(line, TypeRole::small, layout.text_width, 0, language));
            layout.height += layout.lines.back().height();
        };
        for (std::size_t i = 0; i <= card.lines.size(); ++i) {
            if (i == card.summary_after && summary_lines > 0)
                add(summary_in(layout.text_width, card), card.title_language);
            if (i < card.lines.size()) add(card.lines[i], "");
        }
        if (!layout.lines.empty()) layout.height += in.d(10);
        if (!card.badge.empty()) set_badge(layout, card.badge);
        return layout;
    }

    /// As many whole words of it as its lines hold; "" where not even one fits.
    std::string summary_in(float text_width, const CardSpec& card) const {
        std::string shown = card.summary;
        for (std::size_t end = shown.size();;) {
            const TextBlock set =
                in.block(shown, TypeRole::small, text_width, summary_lines, card.title_language);
            if (!set.is_cut) return shown;
            end = std::min(end, set.layout->lines.back().last);
            end = end == 0 ? std::string::npos : card.summary.find_last_of(' ', end - 1);
            if (end == std::string::npos) return {};
            shown = card.summary.substr(0, end) + "…";
        }
    }

    /// A badge is higher than a line: it has a row of its own, or one that it makes higher.
    void set_badge(CardLayout& layout, std::string_view badge) const {
        layout.badge = in.block(badge, TypeRole::small, layout.text_width - in.d(32));
        layout.badge_height = layout.badge.height() + in.d(8);
        layout.height += above_badge() + layout.badge_height;
        if (layout.lines.empty()) return;
        const TextBlock& last = layout.lines.back();
        const float both = last.width() + in.d(24) + layout.badge.width() + in.d(32);
        layout.badge_beside = both <= layout.text_width && last.layout->lines.size() == 1;
        if (layout.badge_beside) layout.height -= last.height();
    }
    float above_badge() const { return in.d(12); }

    float height_of(const CardLayout& layout) const {
        const float least =
            large ? std::max(in.mm(tight ? design::tight_answer_height : design::answer_height), stretched)
                  : in.mm(design::card_height);
        const float margins = 2 * in.d(tight ? 20.0f : large ? 32.0f : 26.0f);
        return std::max({least, layout.height + margins, layout.tile + 2 * in.d(26)});
    }

    void draw_surface(const Rect& rect, const CardSpec& card, const Touched& touched, Colour fill) const {
        const Palette& p = *in.palette;
        const float radius = in.mm(design::card_radius);
        const Rect shade{rect.x, rect.y + (touched.pressed ? in.d(2) : in.mm(design::shadow_drop)), rect.w,
                         rect.h};
        in.back().shadow(shade, in.mm(design::shadow_blur), p.shadow_alpha);
        if (touched.focused) in.draw_ring(in.canvas(), rect, radius);
        const Rect box = touched.pressed ? in.pressed_in(rect) : rect;
        // Another colour is a card's own edge; white on light paper is none.
        const bool has_own_edge = p.card_border == 0 && (card.primary || touched.pressed);
        const float line = has_own_edge ? 0 : in.mm(std::max(p.card_border, design::border));
        if (line > 0) in.canvas().rounded(box, radius, p.border);
        in.canvas().rounded({box.x + line, box.y + line, box.w - 2 * line, box.h - 2 * line}, radius - line,
                            fill);
    }

    void draw(const Rect& flow, const CardSpec& card, const CardLayout& layout,
              const Touched& touched) const {
        const Palette& p = *in.palette;
        const bool strong = card.primary || touched.pressed;
        const Colour fill = touched.pressed ? p.pressed
                            : card.primary  ? p.primary
                            : card.enabled  ? p.surface
                                            : p.surface_2;
        const Colour ink = touched.pressed ? p.on_pressed : card.primary ? p.on_primary : p.ink;
        const Colour ink_2 = strong ? ink : p.ink_2;
        draw_surface(in.mirrored(flow), card, touched, fill);
        float x = flow.x + pad();
        if (layout.tile > 0) {
            const Rect tile =
                in.mirrored({x, flow.y + std::round((flow.h - layout.tile) / 2), layout.tile, layout.tile});
            const Colour tile_fill = touched.pressed ? p.pressed : card.primary ? p.primary_tile : p.soft;
            if (tile_fill != fill) in.canvas().rounded(tile, in.mm(design::tile_radius), tile_fill);
            const float side = std::round(layout.tile * 0.56f), off = std::round((layout.tile - side) / 2);
            in.canvas().icon(card.icon, {tile.x + off, tile.y + off, side, side},
                             std::max(3.0f, std::round(side / 11.5f)), strong ? ink : p.on_soft, in.rtl);
            x += layout.tile + beside_tile();
        }
        // Cards of words alone begin on one line, whatever their neighbours in the row hold.
        const float middle = std::round((flow.h - layout.height) / 2);
        float y = flow.y + (layout.tile > 0 ? middle : std::min(middle, in.d(26)));
        const auto line_box = [&](float height) { return in.mirrored({x, y, layout.text_width, height}); };
        in.draw(in.canvas(), layout.title, line_box(layout.title.height()), Align::start, ink);
        y += layout.title.height() + (layout.lines.empty() ? 0 : in.d(10));
        for (const TextBlock& line : layout.lines) {
            if (layout.badge_beside && &line == &layout.lines.back())
                y += above_badge() + std::round((layout.badge_height - line.height()) / 2);
            in.draw(in.canvas(), line, line_box(line.height()), Align::start, ink_2);
            y += line.height();
        }
        if (layout.badge.layout == nullptr) return;
        const float badge_width = layout.badge.width() + in.d(32);
        if (layout.badge_beside) {
            x += layout.text_width - badge_width;
            y -= std::round((layout.lines.back().height() + layout.badge_height) / 2);
        } else {
            y += above_badge();
        }
        const Rect badge = in.mirrored({x, y, badge_width, layout.badge_height});
        in.canvas().rounded(badge, in.mm(design::badge_radius), strong ? fill : p.warning);
        in.canvas().rounded({badge.x + 2, badge.y + 2, badge.w - 4, badge.h - 4},
                            in.mm(design::badge_radius) - 2, strong ? fill : p.warning_surface);
        in.draw_middle(in.canvas(), layout.badge, badge, Align::middle, strong ? ink : p.warning);
    }
};

/// Height of each of so many rows that fill what is left of the page, within reason.
float Ui::Inside::shared_height(std::size_t rows, float gap) const {
    if (place != NodePlace::page_flow || blocks.size() > 1 || rows == 0) return 0;
    const auto count = static_cast<float>(rows);
    const float room = settings.height_px - header_height - bar_space - blocks.back().y - 2 * gap - d(30);
    return std::clamp(std::floor((room - gap * (count - 1)) / count), 0.0f, mm(design::tallest_answer));
}

/// How many lines of what one does stand on each card: two where three rows of cards are in view with them,
/// one where the next row's titles still are.
int Ui::Inside::summary_lines(CardSetter setter, std::span<const CardSpec> cards, float width,
                              std::size_t in_row) {
    const auto has_one = [](const CardSpec& card) { return !card.summary.empty(); };
    if (std::ranges::none_of(cards, has_one)) return 0;
    const float actions = d(88 + 40);
    const float room = settings.height_px - header_height - bar_space - actions - blocks.back().y;
    const auto row_height = [&](int lines) {
        setter.summary_lines = lines;
        float height = 0;
        for (const CardSpec& card : cards.first(std::min(in_row, cards.size())))
            height = std::max(height, setter.height_of(setter.set(card, width)));
        return height + mm(design::card_gap);
    };
    if (3 * row_height(2) <= room) return 2;
    const float next_title =
        cards.size() > in_row ? d(26) + setter.set(cards[in_row], width).title.height() : 0;
    return row_height(1) + next_title <= room ? 1 : 0;
}

std::optional<std::size_t> Ui::cards(std::string_view key, std::span<const CardSpec> cards, int columns) {
    Inside& in = *inside_;
    std::optional<std::size_t> pressed;
    const float gap = in.mm(design::card_gap);
    const float scale = std::max(in.settings.text_scale, 1.0f);
    const auto per_row = [&](int count) {
        return std::floor((in.width() - gap * static_cast<float>(count - 1)) / static_cast<float>(count));
    };
    while (columns > 1 && per_row(columns) < in.mm(design::narrowest_card) * scale)
        --columns;
    columns = std::max(columns, 1);
    bool all_icons = !cards.empty();
    for (const CardSpec& card : cards)
        all_icons = all_icons && card.icon != Icon::none;
    Inside::CardSetter setter{in, all_icons && cards.size() <= 6};
    const float width = per_row(columns);
    const auto in_row = static_cast<std::size_t>(columns);
    setter.pictures =
        std::ranges::none_of(cards, [&](const CardSpec& card) { return setter.set(card, width).cuts; });
    if (setter.large) {
        const std::size_t rows = (cards.size() + in_row - 1) / in_row;
        setter.stretched = in.shared_height(rows, gap);
        const auto needs_more = [&](const CardSpec& card) {
            return setter.height_of(setter.set(card, width)) > setter.stretched;
        };
        setter.tight = setter.stretched > 0 && std::ranges::any_of(cards, needs_more);
    }
    setter.summary_lines = in.summary_lines(setter, cards, width, in_row);
    for (std::size_t first = 0; first < cards.size(); first += in_row) {
        std::vector<CardLayout> row;
        float height = 0;
        for (std::size_t i = first; i < std::min(first + in_row, cards.size()); ++i) {
            row.push_back(setter.set(cards[i], width));
            height = std::max(height, setter.height_of(row.back()));
        }
        const float between = columns == 1 && !setter.large ? in.d(20) : gap;
        const Rect flow = in.next(std::round(height), in.d(first == 0 ? 36.0f : 12.0f), between);
        for (std::size_t column = 0; column < row.size(); ++column) {
            const CardSpec& card = cards[first + column];
            SemanticNode node;
            node.key = card.key;
            node.role = Role::card;
            node.name = card.title;
            node.language = card.title_language;
            node.enabled = card.enabled;
            node.clipped = row[column].cuts;
            for (const std::string& line : card.lines)
                node.description += (node.description.empty() ? "" : ". ") + line;
            if (!card.badge.empty()) node.description += (node.description.empty() ? "" : ". ") + card.badge;
            if (setter.summary_lines > 0) node.excerpt = card.summary;
            node.position = static_cast<int>(first + column) + 1;
            node.count = static_cast<int>(cards.size());
            node.parent = key;
            const Rect rect{flow.x + static_cast<float>(column) * (width + gap), flow.y, width, flow.h};
            node.rect = in.mirrored(rect);
            const Touched touched = in.interactive(std::move(node));
            setter.draw(rect, card, row[column], touched);
            if (in.take(card.key, card.enabled)) pressed = first + column;
        }
    }
    return pressed;
}

// ---- tabs

std::optional<std::size_t> Ui::tabs(std::string_view key, std::span<const ChoiceSpec> tabs) {
    Inside& in = *inside_;
    std::optional<std::size_t> pressed;
    const float gap = in.mm(design::tab_gap);
    float height = in.mm(design::tab_height);
    for (const ChoiceSpec& tab : tabs) {
        const TextBlock label = in.block(tab.name, TypeRole::button, in.width() - in.d(64));
        height = std::max(height, label.height() + in.d(28));
    }
    const float end = in.blocks.back().x + in.width();
    Rect row = in.next(height, in.d(24), gap);
    float x = row.x;
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        const ChoiceSpec& tab = tabs[i];
        const TextBlock label = in.block(tab.name, TypeRole::button, in.width() - in.d(64));
        const float width = std::ceil(label.width()) + in.d(64);
        if (x > row.x && x + width > end) {
            row = in.next(height, gap, gap);
            x = row.x;
        }
        SemanticNode node;
        node.key = tab.key;
        node.role = Role::tab;
        node.name = tab.name;
        node.checked = tab.selected;
        node.description = tab.help;
        node.position = static_cast<int>(i) + 1;
        node.count = static_cast<int>(tabs.size());
        node.parent = key;
        node.rect = in.mirrored({x, row.y, width, height});
        const Rect rect = node.rect;
        const Touched touched = in.interactive(std::move(node));
        const Palette& p = *in.palette;
        const Colour fill = touched.pressed ? p.pressed : tab.selected ? p.selected : p.surface;
        const Colour ink = touched.pressed ? p.on_pressed : tab.selected ? p.on_selected : p.ink;
        const float line = in.mm(p.control_border), radius = std::floor(height / 2);
        in.canvas().rounded(rect, radius, tab.selected ? fill : p.border);
        in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line},
                            radius - line, fill);
        if (touched.focused) in.draw_ring(in.canvas(), rect, radius);
        in.draw_middle(in.canvas(), label, rect, Align::middle, ink);
        if (in.take(tab.key)) pressed = i;
        x += width + gap;
    }
    in.blocks.back().gap = in.d(28);
    return pressed;
}

} // namespace vakant
