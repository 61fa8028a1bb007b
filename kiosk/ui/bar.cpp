// Below every page: its main actions, and the bar with what everybody may need at any time.
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
/// In the same order and place on every page. The last one only on screens that are higher than wide.
constexpr BarButton bar_buttons[] = {
    {FrameIntent::Kind::home, "bar.home", "ui.home", Icon::home},
    {FrameIntent::Kind::help, "bar.help", "ui.help", Icon::help},
    {FrameIntent::Kind::listen, "bar.listen", "ui.listen", Icon::listen},
    {FrameIntent::Kind::contrast, "bar.contrast", "ui.contrast", Icon::contrast},
    {FrameIntent::Kind::text_size, "bar.text_size", "ui.text_size", Icon::text_size},
    {FrameIntent::Kind::none, "languages.open", "ui.language", Icon::language},
    {FrameIntent::Kind::reach, "bar.reach", "ui.reach", Icon::reach},
};
constexpr std::size_t ways_about = 2; ///< home and help: a gap parts them from what changes the page's look

/// From the roomiest to the tightest: rows, lines of a label.
struct BarPlan {
    std::size_t rows, lines;
};
constexpr BarPlan bar_plans[] = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 2}, {4, 2}};
constexpr std::size_t smaller_from = 3; ///< rows: before there are more of them, long words are set smaller

/// Six buttons on a screen that is wider than high stand in two columns in three rows already.
std::size_t most_rows(const UiSettings& settings) {
    return settings.is_portrait() ? 4 : 3;
}

std::span<const BarButton> buttons_for(const UiSettings& settings) {
    const std::span<const BarButton> all = bar_buttons;
    return settings.is_portrait() ? all : all.first(all.size() - 1);
}

std::string_view theme_key(Theme theme) {
    switch (theme) {
    case Theme::light:
        return "ui.theme.light";
    case Theme::high_contrast:
        return "ui.theme.high_contrast";
    case Theme::dark:
        return "ui.theme.dark";
    }
    return "";
}

/// How many of the widths from `first` on stand in one row; at least one does.
std::size_t row_end(const std::vector<float>& widths, std::size_t first, float all, float gap) {
    float used = widths[first];
    std::size_t end = first + 1;
    for (; end < widths.size() && used + gap + widths[end] <= all; ++end)
        used += gap + widths[end];
    return end;
}

} // namespace

FrameIntent::Kind Ui::Inside::take_bar() {
    for (const BarButton& button : bar_buttons) {
        if (button.kind != FrameIntent::Kind::none && take(button.key)) return button.kind;
    }
    return FrameIntent::Kind::none;
}

void Ui::Inside::plan_bar() {
    bar_rects.clear();
    bar_space = 0;
    if (!frame_spec.show_bar) return;
    for (const auto& [rows, lines] : bar_plans) {
        if (fit_bar(rows, lines)) return;
    }
}

/// Places the buttons in so many rows; false where the words do not fit and there is another plan.
bool Ui::Inside::fit_bar(std::size_t rows, std::size_t lines) {
    const auto buttons = buttons_for(settings);
    const float x = margin(), all = settings.width_px - 2 * x, gap = d(16), pad = d(10);
    const std::size_t columns = (buttons.size() + rows - 1) / rows;
    const float parting = rows == 1 && all > d(1500) ? d(48) : 0;
    const auto width_of = [&](std::size_t count) {
        const auto n = static_cast<float>(count);
        return (all - parting - gap * (n - 1)) / n;
    };
    const float room = std::floor(width_of(columns)) - 2 * pad;
    bool fits = true;
    float tallest = 0;
    for (const BarButton& button : buttons) {
        const std::string name = word(button.name);
        const TextBlock label = block(name, TypeRole::chip, room);
        const Lettering lettering =
            rows >= smaller_from ? fitting(TypeRole::chip, name, room) : type(TypeRole::chip);
        fits = fits && label.layout->lines.size() <= lines && words_fit(name, lettering, room);
        tallest = std::max(tallest, label.height());
    }
    if (!fits && rows < most_rows(settings)) return false;
    // Where the text is large and the screen low, the page needs the room more than the bar its pictures.
    bar_icons = rows == 1 || (rows == 2 && (settings.is_portrait() || settings.text_scale < 1.4f));
    const float least = bar_icons ? d(96) : d(80);
    const float h = std::max(least, tallest + (bar_icons ? bar_icon() + d(4) : 0) + d(24));
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const std::size_t row = i / columns, in_row = std::min(columns, buttons.size() - row * columns);
        const auto column = static_cast<float>(i % columns), line = static_cast<float>(row);
        const float w = width_of(in_row);
        const float after = i >= ways_about ? parting : 0;
        const float left = std::round(x + column * (w + gap) + after);
        const float right = std::round(x + column * (w + gap) + after + w);
        bar_rects.push_back({left, d(18) + line * (h + gap), right - left, h});
    }
    bar_space = bar_rects.back().bottom() + d(18);
    return true;
}

void Ui::Inside::draw_bar() {
    if (!frame_spec.show_bar) return;
    const auto buttons = buttons_for(settings);
    const float top = settings.height_px - bar_space;
    page.over.rect({0, top, settings.width_px, bar_space}, palette->surface);
    page.over.rect({0, top, settings.width_px, std::max(d(palette->card_border), 2.0f)}, palette->hairline);
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const BarButton& button = buttons[i];
        SemanticNode node;
        node.key = button.key;
        node.role = Role::button;
        node.name = word(button.name);
        if (button.kind == FrameIntent::Kind::contrast) node.value = word(theme_key(settings.theme));
        if (button.kind == FrameIntent::Kind::text_size)
            node.value =
                word("ui.text_size.value",
                     {{"percent", static_cast<std::int64_t>(std::lround(settings.text_scale * 100))}});
        if (button.kind == FrameIntent::Kind::none) node.value = own_language(frame_spec);
        if (button.kind == FrameIntent::Kind::reach) node.checked = settings.reach;
        node.rect = mirrored(bar_rects[i]);
        node.rect.y += top;
        const float room = bar_rects[i].w - d(20);
        node.clipped = !words_fit(node.name, fitting(TypeRole::chip, node.name, room), room);
        const std::string name = node.name;
        ButtonParts parts;
        parts.rect = node.rect;
        parts.name = name;
        parts.icon = bar_icons ? button.icon : Icon::none;
        parts.icon_above = bar_icons;
        parts.on_bar = true;
        parts.chosen = button.kind == FrameIntent::Kind::reach && settings.reach;
        parts.role = TypeRole::chip;
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

/// One row where they fit; else as few rows as they need, since a large text leaves the page little room.
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
    for (std::size_t first = 0; first < actions.size();) {
        const std::size_t end = beside ? actions.size() : row_end(widths, first, all, gap);
        y += place_row(first, end, {x, y, all, gap}, widths, beside ? each : 0) + d(16);
        first = end;
    }
    return y - d(16) + pad;
}

/// The actions from `first` up to the end of a row, each `each` wide, or (0) so that they share what is left.
/// Returns how high the row is.
float Ui::Inside::place_row(std::size_t first, std::size_t end, const ActionRow& row,
                            const std::vector<float>& widths, float each) {
    float spare = row.width - static_cast<float>(end - first - 1) * row.gap;
    for (std::size_t i = first; i < end; ++i)
        spare -= widths[i];
    float x = row.x, tallest = d(96);
    for (std::size_t i = first; i < end; ++i) {
        const float shared = std::floor(widths[i] + spare / static_cast<float>(end - first));
        const float width = each > 0 ? each : shared;
        tallest = std::max(tallest, button_height(actions[i].name, width, actions[i].icon != Icon::none));
        action_rects[i] = {x, row.y, width, 0};
        x += width + row.gap;
    }
    for (std::size_t i = first; i < end; ++i)
        action_rects[i].h = tallest;
    return tallest;
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
