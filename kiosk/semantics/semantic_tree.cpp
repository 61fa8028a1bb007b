#include "kiosk/semantics/semantic_tree.h"

#include <algorithm>
#include <set>

namespace vakant {

std::string_view name_of(Role role) {
    switch (role) {
    case Role::page:
        return "page";
    case Role::heading:
        return "heading";
    case Role::text:
        return "text";
    case Role::button:
        return "button";
    case Role::card:
        return "card";
    case Role::toggle:
        return "toggle";
    case Role::radio:
        return "radio";
    case Role::checkbox:
        return "checkbox";
    case Role::tab:
        return "tab";
    case Role::field:
        return "field";
    case Role::key:
        return "key";
    case Role::notice:
        return "notice";
    case Role::progress:
        return "progress";
    case Role::image:
        return "image";
    case Role::group:
        return "group";
    case Role::dialog:
        return "dialog";
    }
    return "text";
}

void SemanticTree::clear() {
    nodes_.clear();
}

SemanticNode& SemanticTree::add(SemanticNode node) {
    nodes_.push_back(std::move(node));
    return nodes_.back();
}

const SemanticNode* SemanticTree::find(std::string_view key) const {
    const auto found =
        std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& n) { return n.key == key; });
    return found == nodes_.end() ? nullptr : &*found;
}

const SemanticNode* SemanticTree::find(Role role, std::string_view name) const {
    const auto found = std::find_if(nodes_.begin(), nodes_.end(),
                                    [&](const auto& n) { return n.role == role && n.name == name; });
    return found == nodes_.end() ? nullptr : &*found;
}

const SemanticNode* SemanticTree::hit(float x, float y) const {
    const auto found = std::find_if(nodes_.rbegin(), nodes_.rend(), [&](const auto& n) {
        return n.focusable && n.on_screen && n.rect.contains(x, y);
    });
    return found == nodes_.rend() ? nullptr : &*found;
}

void SemanticTree::remove_before(std::size_t first) {
    nodes_.erase(nodes_.begin(),
                 nodes_.begin() + static_cast<std::ptrdiff_t>(std::min(first, nodes_.size())));
}

void SemanticTree::remove_from(std::size_t first) {
    if (first < nodes_.size())
        nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(first), nodes_.end());
}

std::vector<std::string> SemanticTree::repeated_keys() const {
    std::set<std::string_view> seen, repeated;
    for (const SemanticNode& node : nodes_) {
        if (!seen.insert(node.key).second) repeated.insert(node.key);
    }
    return {repeated.begin(), repeated.end()};
}

} // namespace vakant
