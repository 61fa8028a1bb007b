// A page's main actions: a row above the bar, always in view. Where the text is so large that they would
// leave the page too little room, the less important ones stand at the page's end.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

/// How many of the widths from `first` on stand in one row; at least one does.
std::size_t row_end(const std::vector<float>& widths, std::size_t first, float all, float gap) {
    float used = widths[first];
    std::size_t end = first + 1;
    for (; end < widths.size() && used + gap + widths[end] <= all; ++end)
        used += gap + widths[end];
    return end;
}

/// Side by side: what is short takes what it needs, the long ones share the rest.
std::vector<float> shared_widths(const std::vector<float>& natural, float room) {
    std::vector<std::size_t> order(natural.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return natural[a] < natural[b]; });
    std::vector<float> widths(natural.size());
    for (std::size_t done = 0; done < order.size(); ++done) {
        const float fair = std::floor(room / static_cast<float>(order.size() - done));
        widths[order[done]] = std::min(natural[order[done]], fair);
        room -= widths[order[done]];
    }
    return widths;
}

} // namespace

std::optional<std::size_t> Ui::actions(std::span<const ActionSpec> actions) {
    Inside& in = *inside_;
    in.actions.assign(actions.begin(), actions.end());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        if (in.take(actions[i].key, actions[i].enabled)) return i;
    }
    return std::nullopt;
}

/// What leads on and what leads back stay; of the others the last one goes first.
void Ui::Inside::settle_actions() {
    const float room = settings.height_px * (1 - least_page_share) - header_height - bar_space;
    std::vector<ActionSpec> moved;
    while (plan_actions() > room) {
        const auto least = std::find_if(actions.rbegin(), actions.rend(), [](const ActionSpec& action) {
            const bool leads_on = action.look == ButtonLook::primary || action.look == ButtonLook::danger;
            return !leads_on && action.key != "back";
        });
        if (least == actions.rend() || actions.size() == 1) break;
        moved.insert(moved.begin(), std::move(*least));
        actions.erase(std::next(least).base());
    }
    place = NodePlace::page_flow;
    for (const ActionSpec& action : moved) {
        const bool with_icon = action.icon != Icon::none;
        const float wide =
            std::min(width(), std::max(button_width(action.name, with_icon), mm(design::least_button_width)));
        Rect rect = next(button_height(action.name, wide, with_icon), d(36), d(20));
        rect.w = wide;
        draw_action(canvas(), action, mirrored(rect));
    }
    place = NodePlace::fixed;
}

/// One row where they fit; else as few rows as they need, since a large text leaves the page little room.
float Ui::Inside::plan_actions() {
    action_rects.assign(actions.size(), {});
    if (actions.empty()) return 0;
    const float x = margin(), all = settings.width_px - 2 * x, gap = mm(design::action_gap),
                pad = d(shows_little() ? 10.0f : 16.0f);
    std::vector<float> widths;
    float sum = -gap, tallest = mm(design::action_height);
    for (const ActionSpec& action : actions) {
        widths.push_back(
            std::max(button_width(action.name, action.icon != Icon::none), mm(design::least_button_width)));
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
    const std::vector<float> beside =
        shared_widths(widths, all - static_cast<float>(actions.size() - 1) * gap);
    bool fit = true;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const float room = button_room(beside[i], actions[i].icon != Icon::none);
        fit = fit && words_fit(actions[i].name, type(TypeRole::button), room);
    }
    if (fit) return place_row(0, actions.size(), {x, pad, all, gap}, beside) + 2 * pad;
    float y = pad;
    for (std::size_t first = 0; first < actions.size();) {
        const std::size_t end = row_end(widths, first, all, gap);
        y += place_row(first, end, {x, y, all, gap}, widths) + d(16);
        first = end;
    }
    return y - d(16) + pad;
}

/// The actions from `first` up to the end of a row, which share what they leave of it. Returns how high it
/// is.
float Ui::Inside::place_row(std::size_t first, std::size_t end, const ActionRow& row,
                            const std::vector<float>& widths) {
    float spare = row.width - static_cast<float>(end - first - 1) * row.gap;
    for (std::size_t i = first; i < end; ++i)
        spare -= widths[i];
    float x = row.x, tallest = mm(design::action_height);
    for (std::size_t i = first; i < end; ++i) {
        const float width = std::floor(widths[i] + spare / static_cast<float>(end - first));
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
        Rect rect = mirrored(action_rects[i]);
        rect.y += top;
        draw_action(page.over, actions[i], rect);
    }
}

/// `rect` in pixels of the window.
void Ui::Inside::draw_action(Canvas& canvas, const ActionSpec& action, const Rect& rect) {
    SemanticNode node;
    node.key = action.key;
    node.role = Role::button;
    node.name = action.name;
    node.enabled = action.enabled;
    node.clipped = button_cuts(action.name, rect.w, action.icon != Icon::none);
    node.rect = rect;
    ButtonParts parts;
    parts.rect = rect;
    parts.name = action.name;
    parts.look = action.look;
    parts.icon = action.icon;
    parts.icon_at_end = action.icon == Icon::forward || action.icon == Icon::later;
    parts.enabled = action.enabled;
    draw_button(canvas, parts, interactive(std::move(node)));
}

} // namespace vakant
