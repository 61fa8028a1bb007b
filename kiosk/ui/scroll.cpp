// Scrolling: by finger with a fling, by the large buttons, by the wheel, and to what has the focus.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

constexpr float fling_decay_seconds = 0.325f;
constexpr float slowest_fling = 20;

} // namespace

void Ui::Inside::advance_fling(Layer& layer, float seconds) {
    if (layer.velocity == 0 || pointer.down) return;
    scroll_by(layer, layer.velocity * seconds);
    layer.velocity *= std::exp(-seconds / fling_decay_seconds);
    const bool at_end = layer.scroll <= 0 || layer.scroll >= layer.most_scroll();
    if (std::abs(layer.velocity) < slowest_fling || at_end || settings.less_motion) layer.velocity = 0;
    if (layer.velocity != 0) animating = true;
}

void Ui::Inside::scroll_by(Layer& layer, float dy) {
    layer.scroll = std::clamp(layer.scroll + dy, 0.0f, layer.most_scroll());
}

void Ui::Inside::finish_layer(Layer& layer, NodePlace of, const Rect& viewport) {
    layer.viewport = viewport;
    // On the keyboard the field that is written in stays in view; from there one can go on about the page.
    const bool goes_about = settings.show_focus && !navigator.focus().starts_with("keyboard.");
    const std::string& wanted = editing.key.empty() || goes_about ? navigator.focus() : editing.key;
    for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
        const SemanticNode& node = tree.nodes()[i];
        if (!reveal_focus || places[i] != of || node.key != wanted) continue;
        const float room = d(30);
        const float below = node.key == editing.key ? editing.below : 0;
        const float lowest = node.rect.bottom() + below + room - viewport.h, highest = node.rect.y - room;
        layer.scroll = std::min(std::max(layer.scroll, lowest), highest);
        layer.velocity = 0;
        reveal_focus = false;
    }
    layer.scroll = std::clamp(layer.scroll, 0.0f, layer.most_scroll());
    if (std::abs(layer.scroll - layer.assumed_scroll) > std::max(viewport.h, 600.0f) / 2) animating = true;
    // A page that stands alone (the one that invites) has its words in the middle.
    const bool alone = of == NodePlace::page_flow && !frame_spec.show_bar && !layer.can_scroll();
    const float spare = alone ? (viewport.h - layer.content_height) * 0.45f : 0;
    const float dy = std::round(viewport.y + spare) - std::round(layer.scroll);
    for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
        if (places[i] != of) continue;
        SemanticNode& node = tree.nodes()[i];
        node.rect.y += dy;
        // Wholly in view, or as much of it as there is room for.
        const float seen =
            std::min(node.rect.bottom(), viewport.bottom()) - std::max(node.rect.y, viewport.y);
        node.on_screen = seen >= std::min(node.rect.h, viewport.h * 0.8f) - 0.5f;
        if (node.on_screen && node.rect.h > seen) {
            node.rect.y = std::max(node.rect.y, viewport.y); // the part that can be touched
            node.rect.h = seen;
        }
    }
    place_words(of, dy, viewport);
    const Rect window{0, 0, settings.width_px, settings.height_px};
    layer.under.finish(0, window);
    layer.back.finish(dy, viewport);
    layer.front.finish(dy, viewport);
    draw_scroll_edges(layer);
    draw_scroll_buttons(layer, of == NodePlace::dialog_flow ? "dialog.scroll" : "scroll");
    layer.over.finish(0, window);
}

/// A thin line where the flow goes on above or below.
void Ui::Inside::draw_scroll_edges(Layer& layer) {
    const float thickness = std::max(d(2), 1.0f);
    const bool in_dialog = &layer == &dialog;
    const float x = in_dialog ? dialog_x : 0, w = in_dialog ? dialog_width : settings.width_px;
    if (layer.scroll > 0.5f) layer.over.rect({x, layer.viewport.y, w, thickness}, palette->border);
    if (layer.scroll < layer.most_scroll() - 0.5f) {
        layer.over.rect({x, layer.viewport.bottom() - thickness, w, thickness}, palette->border);
    }
}

void Ui::Inside::draw_scroll_buttons(Layer& layer, std::string_view prefix) {
    if (!layer.can_scroll()) return;
    const float space = margin(), side = std::min(mm(design::scroll_width), space - mm(design::least_gap));
    const float height = std::min(mm(design::scroll_height), std::floor((layer.viewport.h - d(48)) / 2));
    if (height < mm(design::least_target)) return;
    const float x = settings.width_px - space + std::round((space - side) / 2) + d(4);
    const float bottom = layer.viewport.bottom() - d(12);
    place = NodePlace::fixed;
    for (const bool down : {false, true}) {
        SemanticNode node;
        node.key = std::string(prefix) + (down ? ".down" : ".up");
        node.role = Role::button;
        node.name = word(down ? "ui.scroll_down" : "ui.scroll_up");
        node.enabled = down ? layer.scroll < layer.most_scroll() - 0.5f : layer.scroll > 0.5f;
        node.rect = mirrored({x, bottom - (down ? height : 2 * height + d(16)), side, height});
        ButtonParts parts;
        parts.rect = node.rect;
        parts.icon = down ? Icon::down : Icon::up;
        parts.enabled = node.enabled;
        const Touched touched = interactive(std::move(node));
        draw_button(layer.over, parts, touched);
    }
}

} // namespace vakant
