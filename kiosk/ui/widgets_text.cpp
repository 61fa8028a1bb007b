// What is read: headings, texts, facts, notices, progress, codes and numbers.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

constexpr float longest_line_ems = 34; ///< about sixty letters

struct NoticeColours {
    Colour surface, ink;
    Icon icon;
};

NoticeColours colours_of(NoticeLook look, const Palette& palette) {
    switch (look) {
    case NoticeLook::hint:
        return {palette.soft, palette.on_soft, Icon::speech_bubble};
    case NoticeLook::ok:
        return {palette.ok_surface, palette.ok, Icon::check};
    case NoticeLook::warning:
        return {palette.warning_surface, palette.warning, Icon::warning};
    case NoticeLook::error:
        return {palette.error_surface, palette.error, Icon::cross};
    }
    return {};
}

NoticeColours colours_of(StateLook look, const Palette& palette) {
    switch (look) {
    case StateLook::empty:
        return {palette.soft, palette.on_soft, Icon::search};
    case StateLook::loading:
        return {palette.soft, palette.on_soft, Icon::clock};
    case StateLook::offline:
        return {palette.warning_surface, palette.warning, Icon::offline};
    case StateLook::expired:
        return {palette.warning_surface, palette.warning, Icon::clock};
    case StateLook::refused:
        return {palette.error_surface, palette.error, Icon::lock};
    case StateLook::error:
        return {palette.error_surface, palette.error, Icon::warning};
    }
    return {};
}

TypeRole role_of(TextLook look) {
    switch (look) {
    case TextLook::body:
        return TypeRole::body;
    case TextLook::strong:
        return TypeRole::strong;
    case TextLook::secondary:
        return TypeRole::body;
    case TextLook::small:
        return TypeRole::small;
    case TextLook::large:
        return TypeRole::large;
    }
    return TypeRole::body;
}

} // namespace

void Ui::heading(std::string_view key, std::string_view text, HeadingLook look) {
    Inside& in = *inside_;
    const bool welcome = look == HeadingLook::welcome;
    const Lettering type = in.fitting(welcome ? TypeRole::welcome : TypeRole::h1, text, in.width());
    const TextBlock block = in.block(text, type, in.width());
    const Rect rect = in.mirrored(in.next(block.height(), in.d(welcome ? 24.0f : 8.0f), in.d(20)));
    in.draw(in.canvas(), block, rect, Align::start, in.palette->ink);
    SemanticNode node;
    node.key = key;
    node.role = Role::heading;
    node.name = text;
    node.level = 1;
    node.clipped = !in.words_fit(text, type, in.width());
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::greeting(std::string_view key, std::span<const Greeting> all, std::size_t shown, float opacity) {
    Inside& in = *inside_;
    constexpr std::size_t most_lines = 3; // a longer greeting is set smaller, in every language alike
    const auto set = [&](const Greeting& greeting, TypeRole role) {
        const Lettering type = in.fitting(role, greeting.text, in.width());
        return in.block(greeting.text, type, in.width(), 0, greeting.language);
    };
    TypeRole role = TypeRole::welcome;
    for (const Greeting& greeting : all) {
        if (set(greeting, TypeRole::welcome).layout->lines.size() > most_lines) role = TypeRole::h1;
    }
    float tallest = 0;
    for (const Greeting& greeting : all)
        tallest = std::max(tallest, set(greeting, role).height());
    const Greeting& own = all[shown];
    const TextBlock block = set(own, role);
    const Rect flow = in.next(tallest, in.d(24), in.d(28));
    const Rect rect = in.mirrored({flow.x, flow.bottom() - block.height(), flow.w, block.height()});
    begin_fade(opacity);
    in.draw(in.canvas(), block, rect, Align::start, in.palette->ink);
    end_fade();
    SemanticNode node;
    node.key = key;
    node.role = Role::heading;
    node.name = own.text;
    node.language = own.language;
    node.level = 1;
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::subheading(std::string_view key, std::string_view text) {
    Inside& in = *inside_;
    const Lettering type = in.fitting(TypeRole::h2, text, in.width());
    const TextBlock block = in.block(text, type, in.width());
    const Rect rect = in.mirrored(in.next(block.height(), in.d(40), in.d(16)));
    in.draw(in.canvas(), block, rect, Align::start, in.palette->ink);
    SemanticNode node;
    node.key = key;
    node.role = Role::heading;
    node.name = text;
    node.level = 2;
    node.clipped = !in.words_fit(text, type, in.width());
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::text(std::string_view key, std::string_view text, TextLook look, std::string_view language) {
    Inside& in = *inside_;
    const Lettering type = in.type(role_of(look));
    // Smaller letters end where the text around them does.
    const float em = std::max(type.px, in.type(TypeRole::body).px);
    const float width = std::min(in.width(), std::round(em * longest_line_ems));
    const TextBlock block = in.block(text, type, width, 0, language);
    Rect rect = in.next(block.height(), in.d(20), in.d(look == TextLook::small ? 16.0f : 24.0f));
    rect.w = width;
    rect = in.mirrored(rect);
    const bool quiet = look == TextLook::secondary || look == TextLook::small;
    // A text in a language of the other direction is set flush as that language is.
    const bool other = (block.direction == Direction::right_to_left) != in.rtl;
    in.draw(in.canvas(), block, rect, other ? Align::end : Align::start,
            quiet ? in.palette->ink_2 : in.palette->ink);
    SemanticNode node;
    node.key = key;
    node.role = Role::text;
    node.name = text;
    node.language = language;
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::private_text(std::string_view key, std::string_view text, TextLook look, bool is_hidden) {
    const bool dotted = is_hidden || inside_->settings.is_left_alone;
    this->text(key, dotted ? dots_for_an_answer() : text, look);
    SemanticNode& node = inside_->tree.nodes().back();
    node.name = text;
    node.is_private = true;
}

void Ui::facts(std::string_view key, std::span<const Fact> facts) {
    Inside& in = *inside_;
    const Lettering label_type = in.type(TypeRole::small), value_type = in.type(TypeRole::strong);
    const float icon = std::max(in.d(40), std::round(label_type.px * 1.3f));
    bool any_icon = false;
    float widest = 0;
    for (const Fact& fact : facts) {
        any_icon = any_icon || fact.icon != Icon::none;
        widest = std::max(widest, in.block(fact.label, label_type, 0).width());
    }
    const float indent = any_icon ? icon + in.d(20) : 0;
    const float label_width = std::min(std::ceil(widest) + 1, std::round(in.width() * 0.4f));
    const float value_x = indent + label_width + in.d(36);
    const bool beside = in.width() - value_x > value_type.px * 8;
    for (const Fact& fact : facts) {
        const float room = in.width() - indent;
        const TextBlock label = in.block(fact.label, label_type, beside ? label_width : room);
        const bool dotted = fact.is_hidden || (fact.is_private && in.settings.is_left_alone);
        const TextBlock value = in.block(dotted ? dots_for_an_answer() : fact.value, value_type,
                                         beside ? in.width() - value_x : room);
        const float height = beside ? std::max({label.height(), value.height(), any_icon ? icon : 0})
                                    : label.height() + value.height();
        const Rect rect = in.next(height, in.d(20), in.d(18));
        if (fact.icon != Icon::none) {
            const float line = beside ? value.line : label.line;
            const Rect box = in.mirrored({rect.x, rect.y + std::round((line - icon) / 2), icon, icon});
            in.canvas().icon(fact.icon, box, in.d(3.4f), in.palette->primary, in.rtl);
        }
        const float drop = beside ? std::round(value.ascent - label.ascent) : 0;
        in.draw(in.canvas(), label,
                in.mirrored({rect.x + indent, rect.y + drop, beside ? label_width : room, label.height()}),
                Align::start, in.palette->ink_2);
        const Rect value_box = beside ? Rect{rect.x + value_x, rect.y, in.width() - value_x, value.height()}
                                      : Rect{rect.x + indent, rect.y + label.height(), room, value.height()};
        in.draw(in.canvas(), value, in.mirrored(value_box), Align::start, in.palette->ink);
        SemanticNode node;
        node.key = std::string(key) + "." + fact.key;
        node.role = Role::text;
        node.name = fact.label;
        node.value = fact.value;
        node.is_private = fact.is_private;
        node.rect = in.mirrored(rect);
        in.add(std::move(node));
    }
}

void Ui::notice(std::string_view key, NoticeLook look, std::string_view text) {
    Inside& in = *inside_;
    const NoticeColours colours = colours_of(look, *in.palette);
    const float pad = in.d(28), icon = std::max(in.d(44), std::round(in.type(TypeRole::body).px * 1.3f));
    const TextBlock block =
        in.block(text, TypeRole::strong,
                 std::min(in.width() - 2 * pad - icon - in.d(22), in.mm(design::widest_notice)));
    const float height = std::max(block.height(), icon) + 2 * in.d(22);
    const Rect flow = in.next(height, in.d(24), in.d(28));
    const Rect rect = in.mirrored(flow);
    const float line = in.mm(std::max(in.palette->card_border, design::border));
    const float radius = in.mm(design::button_radius);
    in.canvas().rounded(rect, radius, colours.ink);
    in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                        colours.surface);
    const Rect mark = in.mirrored(
        {flow.x + pad, flow.y + in.d(22) + std::round((std::min(block.line, icon) - icon) / 2), icon, icon});
    in.canvas().icon(colours.icon, mark, in.d(4.4f), colours.ink, in.rtl);
    const float x = flow.x + pad + icon + in.d(22);
    // The mark and the edge have the colour; the words are as easy to read as any.
    in.draw_middle(in.canvas(), block, in.mirrored({x, flow.y, flow.right() - pad - x, height}), Align::start,
                   in.palette->ink);
    SemanticNode node;
    node.key = key;
    node.role = Role::notice;
    node.name = text;
    node.invalid = look == NoticeLook::error;
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::state(std::string_view key, StateLook look, std::string_view title, std::string_view text) {
    Inside& in = *inside_;
    const NoticeColours colours = colours_of(look, *in.palette);
    const float tile = in.mm(design::tile), pad = in.d(40);
    const bool beside = in.width() > tile + 2 * pad + in.type(TypeRole::body).px * 12;
    const float indent = beside ? tile + in.d(36) : 0;
    const float room = std::min(in.width() - 2 * pad - indent, std::round(in.type(TypeRole::body).px * 34));
    const TextBlock head = in.block(title, in.fitting(TypeRole::card_title, title, room), room);
    const TextBlock body = in.block(text, TypeRole::body, room);
    const float words = head.height() + (text.empty() ? 0 : in.d(12) + body.height());
    const float inner = beside ? std::max(words, tile) : tile + in.d(24) + words;
    const Rect flow = in.next(inner + 2 * pad, in.d(30), in.d(30));
    const Rect rect = in.mirrored(flow);
    const float line = std::max(in.mm(in.palette->card_border), 2.0f);
    const float radius = in.mm(design::card_radius);
    in.canvas().rounded(rect, radius,
                        in.settings.theme == Theme::light ? in.palette->hairline : in.palette->border);
    in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                        in.palette->surface);
    const float tile_y = beside ? std::round((flow.h - tile) / 2) : pad;
    const Rect box = in.mirrored({flow.x + pad, flow.y + tile_y, tile, tile});
    in.canvas().rounded(box, in.mm(design::tile_radius), colours.surface);
    const float side = std::round(tile * 0.56f), off = std::round((tile - side) / 2);
    in.canvas().icon(colours.icon, {box.x + off, box.y + off, side, side},
                     std::max(3.0f, std::round(side / 11.5f)), colours.ink, in.rtl);
    const float x = flow.x + pad + indent;
    const float y = beside ? flow.y + std::round((flow.h - words) / 2) : flow.y + pad + tile + in.d(24);
    in.draw(in.canvas(), head, in.mirrored({x, y, room, head.height()}), Align::start, in.palette->ink);
    if (!text.empty())
        in.draw(in.canvas(), body, in.mirrored({x, y + head.height() + in.d(12), room, body.height()}),
                Align::start, in.palette->ink_2);
    SemanticNode node;
    node.key = key;
    node.role = Role::notice;
    node.name = title;
    node.description = text;
    node.invalid = look == StateLook::error;
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::progress(std::string_view key, std::string_view name, int done, int total) {
    Inside& in = *inside_;
    const TextBlock label = in.block(name, TypeRole::small, in.width());
    const float bar = in.d(14), gap = in.d(10);
    const Rect flow = in.next(label.height() + gap + bar, in.d(24), in.d(30));
    in.draw(in.canvas(), label, in.mirrored({flow.x, flow.y, flow.w, label.height()}), Align::start,
            in.palette->ink_2);
    const float y = flow.y + label.height() + gap;
    // Steps that can be counted stand apart; time runs in one piece.
    const bool counted = total <= 12;
    const int parts = counted ? std::max(total, 1) : 1;
    const float between = counted ? in.d(8) : 0;
    const float part = (flow.w - between * static_cast<float>(parts - 1)) / static_cast<float>(parts);
    for (int i = 0; i < parts; ++i) {
        const auto at = static_cast<float>(i);
        const float left = std::round(flow.x + at * (part + between)),
                    right = std::round(flow.x + at * (part + between) + part);
        const bool full = counted && i < done;
        const Rect rect = in.mirrored({left, y, right - left, bar});
        in.canvas().rounded(rect, bar / 2, full ? in.palette->primary : in.palette->border);
        if (full) continue;
        const float line = in.d(2);
        in.canvas().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line},
                            bar / 2 - line, in.palette->background);
    }
    const float share =
        static_cast<float>(std::clamp(done, 0, total)) / static_cast<float>(std::max(total, 1));
    if (!counted && share > 0)
        in.canvas().rounded(in.mirrored({flow.x, y, std::max(std::round(flow.w * share), bar), bar}), bar / 2,
                            in.palette->primary);
    SemanticNode node;
    node.key = key;
    node.role = Role::progress;
    node.name = name;
    node.rect = in.mirrored(flow);
    in.add(std::move(node));
}

void Ui::modules(std::string_view key, std::string_view name, int side, std::span<const std::uint8_t> dark,
                 float most_mm) {
    Inside& in = *inside_;
    if (side <= 0 || dark.size() < static_cast<std::size_t>(side) * static_cast<std::size_t>(side)) return;
    const float size =
        std::max(1.0f, std::floor(std::min(in.width(), in.mm(most_mm)) / static_cast<float>(side + 8)));
    const float whole = size * static_cast<float>(side + 8);
    Rect rect = in.next(whole, in.d(24), in.d(30));
    rect.w = whole;
    rect = in.mirrored(rect);
    // Always dark on light, with its quiet zone: what reads it knows no themes. White would glare where
    // nothing else does.
    const Colour ground = in.settings.theme == Theme::dark ? in.palette->ink : hex(0xFFFFFF);
    in.canvas().rounded(rect, in.d(14), ground);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side;) {
            const int first = x;
            const auto is_dark = [&, row = static_cast<std::size_t>(y) *
                                           static_cast<std::size_t>(side)](int column) {
                return dark[row + static_cast<std::size_t>(column)] != 0;
            };
            while (x < side && is_dark(x))
                ++x;
            const float left = rect.x + size * static_cast<float>(first + 4),
                        top = rect.y + size * static_cast<float>(y + 4);
            if (x > first)
                in.canvas().rect({left, top, size * static_cast<float>(x - first), size}, hex(0x000000));
            while (x < side && !is_dark(x))
                ++x;
        }
    }
    SemanticNode node;
    node.key = key;
    node.role = Role::image;
    node.name = name;
    node.rect = rect;
    in.add(std::move(node));
}

void Ui::big_number(std::string_view key, std::string_view name, std::string_view number, bool is_private) {
    Inside& in = *inside_;
    const TextBlock label = in.block(name, TypeRole::body, in.width());
    Lettering type = in.type(TypeRole::number);
    while (type.px > 40 && in.block(number, type, 0, 1, "en").width() > in.width())
        type.px = std::floor(type.px * 0.9f);
    const TextBlock digits = in.block(number, type, in.width(), 0, "en"); // several words in several lines
    const Rect flow = in.next(label.height() + digits.height() + in.d(6), in.d(24), in.d(28));
    in.draw(in.canvas(), label, in.mirrored({flow.x, flow.y, flow.w, label.height()}), Align::start,
            in.palette->ink_2);
    in.draw(in.canvas(), digits,
            in.mirrored({flow.x, flow.y + label.height() + in.d(6), flow.w, digits.height()}), Align::start,
            in.palette->primary);
    SemanticNode node;
    node.key = key;
    node.role = Role::text;
    node.name = name;
    node.value = number;
    node.clipped = !in.words_fit(number, type, in.width());
    node.is_private = is_private;
    node.rect = in.mirrored(flow);
    in.add(std::move(node));
}

} // namespace vakant
