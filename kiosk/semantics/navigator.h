// Focus for keypad and keyboard: over the focusable nodes in recorded order. Keeps its place by key.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

enum class Move { next, previous, left, right, up, down, first, last };

class Navigator {
public:
    const std::string& focus() const { return focus_; }
    void set_focus(std::string_view key) { focus_ = key; }
    void clear() { focus_.clear(); }
    /// next/previous (and up/down outside grids) step in reading order and go round; left/right/up/down
    /// inside a group of keys (on-screen keyboard) go by geometry and leave it at its edges. Disabled nodes
    /// are visited.
    void move(Move move, const SemanticTree& tree);
    /// After a frame: where the focused node is gone, its nearest neighbour in the last order gets the focus.
    void settle(const SemanticTree& tree);

private:
    std::string focus_;
    std::vector<std::string> last_order_;
};

} // namespace vakant
