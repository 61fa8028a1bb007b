// Around every page: brand and languages above, the page's main actions and the bar below.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

struct BarButton {
    FrameIntent::Kind kind;
    std::string_view key, name;
    Icon icon;
};
constexpr BarButton bar_buttons[] = {
    {FrameIntent::Kind::home, "bar.home", "ui.home", Icon::home},
    {FrameIntent::Kind::help, "bar.help", "ui.help", Icon::help},
    {FrameIntent::Kind::listen, "bar.listen", "ui.listen", Icon::listen},
    {FrameIntent::Kind::contrast, "bar.contrast", "ui.contrast", Icon::contrast},
    {FrameIntent::Kind::text_size, "bar.text_size", "ui.text_size", Icon::text_size},
};
constexpr std::size_t bar_count = std::size(bar_buttons);

/// From the roomiest to the tightest: rows, lettering, lines of a label.
struct BarPlan {
    std::size_t rows;
    TypeRole role;
    std::size_t lines;
};
constexpr BarPlan bar_plans[] = {
    {1, TypeRole::button, 1}, {1, TypeRole::chip, 1}, {1, TypeRole::chip, 2},
    {2, TypeRole::chip, 2},   {3, TypeRole::chip, 2},
};

std::string language_key(std::string_view code) {
    return "language." + std::string(code);
}

} // namespace

FrameIntent Ui::frame(const FrameSpec& spec) {
    Inside& in = *inside_;
    in.frame_spec = spec;
    in.place = NodePlace::fixed;
    in.draw_header(spec);
    in.place = NodePlace::page_flow;
    for (const BarButton& button : bar_buttons) {
        if (in.take(button.key)) return {button.kind, ""};
    }
    for (const LanguageChoice& language : spec.languages) {
        if (!in.take(language_key(language.code))) continue;
        in.language_menu = false;
        return {FrameIntent::Kind::language, language.code};
    }
    return {};
}

// ---- header

void Ui::Inside::draw_header(const FrameSpec& spec) {
    const TextBlock brand = block(spec.brand, TypeRole::brand, 0, 1, "en");
    const bool chips = spec.show_languages && !spec.languages.empty();
    const float chip_height = std::max(d(72), block("A", TypeRole::chip, 0, 1).height() + d(24));
    const float row = std::max({chip_height, brand.height(), d(56)});
    const float pad = d(settings.text_scale > 1.4f || settings.height_px < d(900) ? 28.0f : 36.0f);
    header_height = row + 2 * pad;
    const float mark = d(28), x = margin(), middle = pad + std::round(row / 2);
    const Rect disc = mirrored({x, middle - mark, 2 * mark, 2 * mark});
    page.over.disc({disc.x + mark, disc.y + mark}, mark, palette->primary);
    page.over.disc({disc.x + mark, disc.y + mark}, d(10), palette->on_primary);
    const float name_x = x + 2 * mark + d(16);
    const Rect name =
        mirrored({name_x, middle - std::round(brand.height() / 2), brand.width(), brand.height()});
    draw(page.over, brand, name, Align::start, palette->ink);
    const float left = std::ceil(name_x + brand.width() + d(40));
    const float room = settings.width_px - x - left;
    float used = 0;
    if (chips) {
        const float all = chips_width(spec);
        used = all <= room ? all : std::min(button_width(own_language(spec), true), room);
        if (all <= room) draw_chips(spec, row + 2 * pad);
        if (all > room)
            draw_language_button(spec, {settings.width_px - x - used, middle - std::round(chip_height / 2),
                                        used, chip_height});
    }
    if (!spec.status_line.empty()) draw_status(spec.status_line, {left, pad, room - used - d(40), row});
}

/// Between brand and languages where it fits into one line, else under them.
void Ui::Inside::draw_status(std::string_view text, const Rect& between) {
    TextBlock line = block(text, TypeRole::small, 0);
    Rect box{between.x, between.y + std::round((between.h - line.height()) / 2), between.w, line.height()};
    if (line.width() > between.w) {
        const float x = margin(), all = settings.width_px - 2 * x;
        line = block(text, TypeRole::small, all);
        box = {x, between.bottom() + d(8), all, line.height()};
        header_height = box.bottom() + d(20);
    }
    draw(page.over, line, mirrored(box), Align::start, palette->ink_2);
    SemanticNode node;
    node.key = "frame.status";
    node.role = Role::text;
    node.name = text;
    node.rect = mirrored({box.x, box.y, std::min(box.w, line.width()), box.h});
    add(std::move(node));
}

std::string Ui::Inside::own_language(const FrameSpec& spec) const {
    const auto own = std::find_if(spec.languages.begin(), spec.languages.end(),
                                  [&](const auto& l) { return l.code == settings.language; });
    return own == spec.languages.end() ? word("ui.language") : own->own_name;
}

/// One button that opens the list.
void Ui::Inside::draw_language_button(const FrameSpec& spec, const Rect& rect) {
    SemanticNode node;
    node.key = "languages.open";
    node.role = Role::button;
    node.name = own_language(spec);
    node.description = word("ui.choose_language");
    node.rect = mirrored(rect);
    const std::string shown = node.name;
    ButtonParts parts;
    parts.rect = node.rect;
    parts.name = shown;
    parts.icon = Icon::language;
    parts.radius = 36;
    draw_button(page.over, parts, interactive(std::move(node)));
}

float Ui::Inside::chips_width(const FrameSpec& spec) {
    float all = -d(12);
    for (const LanguageChoice& language : spec.languages) {
        all +=
            std::round(block(language.own_name, TypeRole::chip, 0, 1, language.code).width()) + d(44) + d(12);
    }
    return all;
}

void Ui::Inside::draw_chips(const FrameSpec& spec, float height) {
    std::vector<float> widths;
    float all = -d(12);
    for (const LanguageChoice& language : spec.languages) {
        widths.push_back(std::round(block(language.own_name, TypeRole::chip, 0, 1, language.code).width()) +
                         d(44));
        all += widths.back() + d(12);
    }
    const float chip = std::max(d(72), block("A", TypeRole::chip, 0, 1).height() + d(24));
    float x = settings.width_px - margin() - all;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const LanguageChoice& language = spec.languages[i];
        const bool own = language.code == settings.language;
        SemanticNode node;
        node.key = language_key(language.code);
        node.role = Role::radio;
        node.name = language.own_name;
        node.language = language.code;
        node.checked = own;
        node.position = static_cast<int>(i) + 1;
        node.count = static_cast<int>(widths.size());
        node.rect = mirrored({x, std::round((height - chip) / 2), widths[i], chip});
        const Rect rect = node.rect;
        const Touched touched = interactive(std::move(node));
        const float line = d(palette->control_border), radius = std::min(d(36), chip / 2);
        const Colour fill = touched.pressed ? palette->pressed : own ? palette->selected : palette->surface;
        const Colour ink = touched.pressed ? palette->on_pressed : own ? palette->on_selected : palette->ink;
        page.over.rounded(rect, radius, own ? fill : palette->border);
        page.over.rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                          fill);
        if (touched.focused) draw_ring(page.over, rect, radius);
        draw_middle(page.over, block(language.own_name, TypeRole::chip, 0, 1, language.code), rect,
                    Align::middle, ink);
        x += widths[i] + d(12);
    }
}

void Ui::Inside::draw_language_menu() {
    open_dialog("languages", word("ui.choose_language"));
    for (const LanguageChoice& language : frame_spec.languages) {
        SemanticNode node;
        node.key = language_key(language.code);
        node.role = Role::radio;
        node.name = language.own_name;
        node.language = language.code;
        node.checked = language.code == settings.language;
        const float height = button_height(language.own_name, width(), false);
        node.rect = mirrored(next(height, d(12), d(12)));
        ButtonParts parts;
        parts.rect = node.rect;
        parts.name = language.own_name;
        parts.look = *node.checked ? ButtonLook::primary : ButtonLook::secondary;
        draw_button(canvas(), parts, interactive(std::move(node)));
    }
    SemanticNode node;
    node.key = "languages.close";
    node.role = Role::button;
    node.name = word("ui.close");
    const std::string shown = node.name;
    node.rect = mirrored(next(button_height(shown, width(), true), d(30), 0));
    ButtonParts parts;
    parts.rect = node.rect;
    parts.name = shown;
    parts.look = ButtonLook::quiet;
    parts.icon = Icon::cross;
    draw_button(canvas(), parts, interactive(std::move(node)));
    close_dialog();
}

// ---- bar

/// As in the design where the words fit; else five equal ones with the icon above; else two or three rows.
void Ui::Inside::plan_bar() {
    bar_rects.clear();
    bar_space = 0;
    if (!frame_spec.show_bar) return;
    const float x = margin(), all = settings.width_px - 2 * x, height = d(88);
    float widest = 0;
    for (const BarButton& button : bar_buttons) {
        widest = std::max(widest, block(word(button.name), TypeRole::button, 0, 1).width());
    }
    bar_icons_above = false;
    bar_icons = true;
    bar_role = TypeRole::button;
    const float roomy = d(300), gap = d(27), with_icon = widest + button_icon() + d(14 + 40);
    if (with_icon <= roomy && 5 * roomy + 4 * gap <= all) {
        const float second = x + all - 3 * roomy - 2 * gap;
        for (const float at :
             {x, x + roomy + gap, second, second + roomy + gap, second + 2 * (roomy + gap)}) {
            bar_rects.push_back({at, d(22), roomy, height});
        }
        bar_space = d(132);
        return;
    }
    for (const auto& [rows, role, lines] : bar_plans) {
        if (fit_bar(rows, role, lines)) return;
    }
}

/// Places the buttons in so many rows; false where the words do not fit and there is another plan.
bool Ui::Inside::fit_bar(std::size_t rows, TypeRole role, std::size_t lines) {
    const float x = margin(), all = settings.width_px - 2 * x, gap = d(16), pad = d(10);
    const std::size_t columns = (bar_count + rows - 1) / rows;
    const auto count = static_cast<float>(columns);
    const float w = std::floor((all - gap * (count - 1)) / count), room = w - 2 * pad;
    bool fits = true;
    float tallest = 0;
    for (const BarButton& button : bar_buttons) {
        const std::string name = word(button.name);
        const TextBlock label = block(name, role, room);
        fits = fits && label.layout->lines.size() <= lines && words_fit(name, type(role), room);
        tallest = std::max(tallest, label.height());
    }
    if (!fits && rows < 3) return false;
    bar_role = role;
    bar_icons = bar_icons_above = rows == 1 && settings.text_scale < 1.5f;
    const float h = std::max(d(88), tallest + (bar_icons ? d(44) : 0) + d(28));
    for (std::size_t i = 0; i < bar_count; ++i) {
        const auto column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
        bar_rects.push_back({x + column * (w + gap), d(18) + row * (h + gap), w, h});
    }
    bar_space = bar_rects.back().bottom() + d(18);
    return true;
}

void Ui::Inside::draw_bar() {
    if (!frame_spec.show_bar) return;
    const float top = settings.height_px - bar_space;
    page.over.rect({0, top, settings.width_px, bar_space}, palette->surface);
    page.over.rect({0, top, settings.width_px, std::max(d(palette->card_border), 2.0f)}, palette->hairline);
    for (std::size_t i = 0; i < bar_count; ++i) {
        SemanticNode node;
        node.key = bar_buttons[i].key;
        node.role = Role::button;
        node.name = word(bar_buttons[i].name);
        node.rect = mirrored(bar_rects[i]);
        const float room = bar_rects[i].w - d(20);
        node.clipped = !words_fit(node.name, fitting(bar_role, node.name, room), room);
        node.rect.y += top;
        const std::string name = node.name;
        ButtonParts parts;
        parts.rect = node.rect;
        parts.name = name;
        parts.icon = bar_icons ? bar_buttons[i].icon : Icon::none;
        parts.icon_above = bar_icons_above;
        parts.on_bar = true;
        parts.role = bar_role;
        draw_button(page.over, parts, interactive(std::move(node)));
    }
}

// ---- actions

std::optional<std::size_t> Ui::actions(std::span<const ActionSpec> actions) {
    Inside& in = *inside_;
    in.actions.assign(actions.begin(), actions.end());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        if (in.take(actions[i].key, actions[i].enabled)) return i;
    }
    return std::nullopt;
}

/// One row where they fit; else one under the other.
float Ui::Inside::plan_actions() {
    action_rects.assign(actions.size(), {});
    if (actions.empty()) return 0;
    const float x = margin(), all = settings.width_px - 2 * x, gap = d(24), pad = d(16);
    std::vector<float> widths;
    float sum = -gap, tallest = d(96);
    for (const ActionSpec& action : actions) {
        widths.push_back(std::max(button_width(action.name, action.icon != Icon::none), d(240)));
        sum += widths.back() + gap;
    }
    if (sum <= all) {
        float start = x, end = x + all;
        for (std::size_t i = 0; i < actions.size(); ++i) {
            if (actions[i].at_end) continue;
            action_rects[i] = {start, pad, widths[i], tallest};
            start += widths[i] + gap;
        }
        for (std::size_t i = actions.size(); i-- > 0;) {
            if (!actions[i].at_end) continue;
            end -= widths[i];
            action_rects[i] = {end, pad, widths[i], tallest};
            end -= gap;
        }
        return tallest + 2 * pad;
    }
    const auto count = static_cast<float>(actions.size());
    const float each = std::floor((all - (count - 1) * gap) / count);
    bool beside = true;
    for (const ActionSpec& action : actions) {
        const float room = button_room(each, action.icon != Icon::none);
        beside = beside && words_fit(action.name, type(TypeRole::button), room);
    }
    float y = pad;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const float width = beside ? each : all;
        const float height =
            std::max(d(96), button_height(actions[i].name, width, actions[i].icon != Icon::none));
        action_rects[i] = {beside ? x + static_cast<float>(i) * (each + gap) : x, y, width, height};
        tallest = std::max(tallest, height);
        if (!beside) y += height + d(16);
    }
    if (beside) {
        for (Rect& rect : action_rects)
            rect.h = tallest;
        y += tallest + d(16);
    }
    return y - d(16) + pad;
}

void Ui::Inside::draw_actions(float top) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const ActionSpec& action = actions[i];
        SemanticNode node;
        node.key = action.key;
        node.role = Role::button;
        node.name = action.name;
        node.enabled = action.enabled;
        node.clipped = button_cuts(action.name, action_rects[i].w, action.icon != Icon::none);
        node.rect = mirrored(action_rects[i]);
        node.rect.y += top;
        ButtonParts parts;
        parts.rect = node.rect;
        parts.name = action.name;
        parts.look = action.look;
        parts.icon = action.icon;
        parts.icon_at_end = action.icon == Icon::forward;
        parts.enabled = action.enabled;
        draw_button(page.over, parts, interactive(std::move(node)));
    }
}

} // namespace vakant
