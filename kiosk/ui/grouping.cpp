// What holds widgets: columns, panels, dialogs.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "kiosk/ui/inside.h"

namespace vakant {

void Ui::begin_columns(std::string_view key, std::span<const float> weights) {
    Inside& in = *inside_;
    const Rect start = in.next(0, in.d(24), 0);
    FlowBlock block;
    block.kind = FlowBlock::Kind::columns;
    block.key = key;
    block.weights.assign(weights.begin(), weights.end());
    block.left = start.x;
    block.all_width = start.w;
    block.top = block.bottom = block.y = start.y;
    const float gap = in.mm(design::column_gap), sum = std::accumulate(weights.begin(), weights.end(), 0.0f);
    const float room = start.w - gap * static_cast<float>(weights.size() - 1);
    const float narrowest = sum > 0 ? room * *std::min_element(weights.begin(), weights.end()) / sum : 0;
    block.stacked = narrowest < in.mm(design::narrowest_column) * std::max(in.settings.text_scale, 1.0f);
    block.x = start.x;
    block.width = block.stacked || sum <= 0 ? start.w : std::floor(room * weights[0] / sum);
    in.blocks.push_back(std::move(block));
}

void Ui::next_column() {
    Inside& in = *inside_;
    FlowBlock& block = in.blocks.back();
    if (block.kind != FlowBlock::Kind::columns || block.column + 1 >= block.weights.size()) return;
    ++block.column;
    if (block.stacked) {
        block.gap = std::max(block.gap, in.d(30));
        return;
    }
    const float gap = in.mm(design::column_gap),
                sum = std::accumulate(block.weights.begin(), block.weights.end(), 0.0f);
    const float room = block.all_width - gap * static_cast<float>(block.weights.size() - 1);
    block.bottom = std::max(block.bottom, block.y);
    block.x += block.width + gap;
    block.width = std::floor(room * block.weights[block.column] / sum);
    block.y = block.top;
    block.gap = 0;
    block.fresh = true;
}

void Ui::end_columns() {
    Inside& in = *inside_;
    const FlowBlock block = std::move(in.blocks.back());
    in.blocks.pop_back();
    in.blocks.back().y = std::max(block.bottom, block.y);
    in.blocks.back().gap = in.mm(design::card_gap);
}

void Ui::begin_panel(std::string_view key, std::string_view name) {
    Inside& in = *inside_;
    const Rect start = in.next(0, in.d(30), 0);
    SemanticNode node;
    node.key = key;
    node.role = Role::group;
    node.name = name;
    in.add(std::move(node));
    FlowBlock block;
    block.kind = FlowBlock::Kind::panel;
    block.key = key;
    block.padding = std::min(in.d(44), std::round(start.w * 0.06f));
    block.node = in.tree.nodes().size() - 1;
    block.left = start.x;
    block.all_width = start.w;
    block.top = start.y;
    block.x = start.x + block.padding;
    block.width = start.w - 2 * block.padding;
    block.y = start.y + std::min(block.padding, in.d(36));
    in.blocks.push_back(std::move(block));
    if (name.empty()) return;
    const TextBlock title = in.block(name, in.fitting(TypeRole::card_title, name, in.width()), in.width());
    in.draw(in.canvas(), title, in.mirrored(in.next(title.height(), 0, in.d(18))), Align::start,
            in.palette->ink);
}

void Ui::end_panel() {
    Inside& in = *inside_;
    const FlowBlock block = std::move(in.blocks.back());
    in.blocks.pop_back();
    const float bottom = block.y + std::min(block.padding, in.d(36));
    const Rect rect = in.mirrored({block.left, block.top, block.all_width, bottom - block.top});
    const Palette& p = *in.palette;
    in.back().shadow({rect.x, rect.y + in.mm(design::shadow_drop), rect.w, rect.h},
                     in.mm(design::shadow_blur), p.shadow_alpha);
    const float line = in.mm(p.card_border), radius = in.mm(design::card_radius);
    if (line > 0) in.back().rounded(rect, radius, p.border);
    in.back().rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                      p.surface);
    in.tree.nodes()[block.node].rect = rect;
    in.blocks.back().y = bottom;
    in.blocks.back().gap = in.mm(design::card_gap);
}

// ---- dialogs

void Ui::begin_dialog(std::string_view key, std::string_view title) {
    inside_->open_dialog(key, title);
}
void Ui::end_dialog() {
    inside_->close_dialog();
}

void Ui::Inside::open_dialog(std::string_view key, std::string_view title) {
    if (dialog_key != key) {
        dialog.scroll = dialog.velocity = 0;
        dialog_key = key;
    }
    dialog.clear();
    dialog_drawn = true;
    dialog_first = tree.nodes().size();
    place = NodePlace::dialog_flow;
    const float most = settings.width_px - 2 * margin();
    dialog_width =
        std::min(most, mm(design::dialog_width) * std::max(1.0f, std::min(settings.text_scale, 1.4f)));
    dialog_x = std::round((settings.width_px - dialog_width) / 2);
    const float padding = std::min(d(56), std::round(dialog_width * 0.06f));
    FlowBlock block;
    block.x = dialog_x + padding;
    block.width = dialog_width - 2 * padding;
    block.padding = padding;
    block.y = d(14);
    blocks.push_back(std::move(block));
    const TextBlock text = this->block(title, fitting(TypeRole::h2, title, width()), width());
    const Rect rect = mirrored(next(text.height(), 0, d(24)));
    draw(canvas(), text, rect, Align::start, palette->ink);
    SemanticNode node;
    node.key = key;
    node.role = Role::dialog;
    node.name = title;
    node.rect = rect;
    add(std::move(node));
}

void Ui::Inside::close_dialog() {
    dialog.content_height = blocks.back().y + d(16);
    blocks.pop_back();
    dialog_last = tree.nodes().size();
    place = NodePlace::page_flow;
}

/// What the dialog covers is there for nobody.
void Ui::Inside::settle_dialog() {
    tree.remove_from(dialog_last);
    tree.remove_before(dialog_first);
    places.assign(tree.nodes().size(), NodePlace::dialog_flow);
    const float pad = d(36), edge = d(24);
    const float room = settings.height_px - (editing.keyboard ? bar_space : 0);
    const float lowest = room - reach_top - 2 * edge - 2 * pad;
    const float height = std::min(dialog.content_height, lowest);
    const float top = reach_top + std::round((room - reach_top - height) / 2);
    const Rect surface{dialog_x, top - pad, dialog_width, height + 2 * pad};
    const Palette& p = *palette;
    dialog.under.rect({0, 0, settings.width_px, settings.height_px},
                      with_alpha(settings.theme == Theme::light ? p.ink : hex(0x000000), 168));
    const float line = mm(
                    std::max(p.card_border, settings.theme == Theme::light ? 0.0f : design::marked_border)),
                radius = mm(design::card_radius);
    if (line > 0)
        dialog.under.rounded({surface.x - line, surface.y - line, surface.w + 2 * line, surface.h + 2 * line},
                             radius + line, p.border);
    dialog.under.rounded(surface, radius, p.surface);
    finish_layer(dialog, NodePlace::dialog_flow, {0, top, settings.width_px, height});
}

} // namespace vakant
