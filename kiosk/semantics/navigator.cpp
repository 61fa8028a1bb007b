#include "kiosk/semantics/navigator.h"

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

using Nodes = std::vector<const SemanticNode*>;

Nodes focusable(const SemanticTree& tree) {
    Nodes nodes;
    for (const SemanticNode& node : tree.nodes()) {
        if (node.focusable) nodes.push_back(&node);
    }
    return nodes;
}

std::size_t index_of(const Nodes& nodes, std::string_view key) {
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const auto* n) { return n->key == key; });
    return static_cast<std::size_t>(found - nodes.begin());
}

bool is_sideways(Move move) {
    return move == Move::left || move == Move::right;
}

/// How far `to` lies from `from` in the direction of the move; below zero where it lies elsewhere.
float distance(const Rect& from, const Rect& to, Move move) {
    const float dx = (to.x + to.w / 2) - (from.x + from.w / 2);
    const float dy = (to.y + to.h / 2) - (from.y + from.h / 2);
    const float overlap_y = std::min(from.bottom(), to.bottom()) - std::max(from.y, to.y);
    if (is_sideways(move)) {
        const float ahead = move == Move::right ? dx : -dx;
        const bool same_row = overlap_y > std::min(from.h, to.h) / 2;
        return same_row && ahead > 0.5f ? ahead : -1;
    }
    const float ahead = move == Move::down ? dy : -dy;
    if (overlap_y > std::min(from.h, to.h) / 2 || ahead <= 0.5f) return -1;
    // The next row counts most, within it the nearest column.
    return ahead * 16 + std::abs(dx);
}

const SemanticNode* nearest(const Nodes& nodes, const SemanticNode& from, Move move, bool same_group) {
    const SemanticNode* best = nullptr;
    float best_distance = 0;
    for (const SemanticNode* node : nodes) {
        if (node == &from || (same_group && (node->role != Role::key || node->parent != from.parent)))
            continue;
        const float d = distance(from.rect, node->rect, move);
        if (d > 0 && (best == nullptr || d < best_distance)) {
            best = node;
            best_distance = d;
        }
    }
    return best;
}

/// The neighbour in reading order outside of the group of keys, going round at the ends.
const SemanticNode* outside_group(const Nodes& nodes, std::size_t at, bool forward) {
    const std::string& group = nodes[at]->parent;
    for (std::size_t step = 1; step < nodes.size(); ++step) {
        const std::size_t i =
            forward ? (at + step) % nodes.size() : (at + nodes.size() - step) % nodes.size();
        if (nodes[i]->role != Role::key || nodes[i]->parent != group) return nodes[i];
    }
    return nodes[at];
}

} // namespace

void Navigator::move(Move move, const SemanticTree& tree) {
    const Nodes nodes = focusable(tree);
    if (nodes.empty()) {
        focus_.clear();
        return;
    }
    const std::size_t at = index_of(nodes, focus_);
    if (move == Move::first || (at == nodes.size() && move != Move::last && move != Move::previous)) {
        focus_ = nodes.front()->key;
        return;
    }
    if (move == Move::last || at == nodes.size()) {
        focus_ = nodes.back()->key;
        return;
    }
    const bool in_keys = nodes[at]->role == Role::key;
    const bool forward = move == Move::next || move == Move::down;
    const bool by_geometry = is_sideways(move) || (in_keys && move != Move::next && move != Move::previous);
    if (by_geometry) {
        if (const SemanticNode* node = nearest(nodes, *nodes[at], move, in_keys)) {
            focus_ = node->key;
        } else if (!is_sideways(move)) {
            focus_ = outside_group(nodes, at, forward)->key;
        }
        return;
    }
    focus_ = nodes[(at + (forward ? 1 : nodes.size() - 1)) % nodes.size()]->key;
}

void Navigator::settle(const SemanticTree& tree) {
    const Nodes nodes = focusable(tree);
    const auto is_there = [&](const std::string& key) { return index_of(nodes, key) < nodes.size(); };
    if (!focus_.empty() && !is_there(focus_)) {
        const auto old = std::find(last_order_.begin(), last_order_.end(), focus_);
        const auto after = std::find_if(old, last_order_.end(), is_there);
        const auto before = std::find_if(std::make_reverse_iterator(old), last_order_.rend(), is_there);
        const auto steps_after = after - old, steps_before = before - std::make_reverse_iterator(old) + 1;
        if (after != last_order_.end() && (before == last_order_.rend() || steps_after <= steps_before)) {
            focus_ = *after;
        } else if (before != last_order_.rend()) {
            focus_ = *before;
        } else {
            focus_.clear();
        }
    }
    last_order_.clear();
    for (const SemanticNode* node : nodes)
        last_order_.push_back(node->key);
}

} // namespace vakant
