// What holds for every page, in every language, size, theme and orientation. Read from the semantic tree,
// which is what speech, keypad and touch use.
#pragma once

#include <string>
#include <vector>

#include "core/text/text.h"
#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

struct ContractSettings {
    float width_px = 1920, height_px = 1080, mm_per_px = 0.248f;
    Direction direction = Direction::left_to_right;
    bool reach = false; ///< everything that can be pressed lies in the lower 60 %
};
/// One sentence for each breach, naming the node; empty where the page keeps the contract.
std::vector<std::string> breaches(const SemanticTree& tree, const ContractSettings& settings);
/// Of pages with the bar: home, help, listen, contrast, text size and language, in this order, at the bottom.
std::vector<std::string> bar_breaches(const SemanticTree& tree, const ContractSettings& settings);

} // namespace vakant
