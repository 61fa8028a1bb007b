#include "tests/contract/page_contract.h"

#include <algorithm>
#include <cctype>

namespace vakant {
namespace {

constexpr float smallest_target_mm = 12.7f, smallest_gap_mm = 2.54f; // VVSG 2.0, 7.2-F and 7.2-I
constexpr float lowest_part = 0.4f; // of the height: above it reach mode has nothing
constexpr float slack_px = 1.5f;    ///< of rounding

using Breaches = std::vector<std::string>;

/// "[home.title]": what Strings gives for a key that is missing.
bool names_a_missing_text(std::string_view text) {
    for (std::size_t open = text.find('['); open != std::string_view::npos; open = text.find('[', open + 1)) {
        const std::size_t close = text.find(']', open);
        if (close == std::string_view::npos) return false;
        const std::string_view inside = text.substr(open + 1, close - open - 1);
        const bool is_key =
            inside.find('.') != std::string_view::npos && std::ranges::all_of(inside, [](char c) {
                return std::islower(static_cast<unsigned char>(c)) ||
                       std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
            });
        if (is_key) return true;
    }
    return false;
}

void check_names(const SemanticTree& tree, Breaches& out) {
    for (const std::string& key : tree.repeated_keys())
        out.push_back(key + ": the key stands more than once");
    int headings = 0;
    for (const SemanticNode& node : tree.nodes()) {
        if (node.role == Role::heading && node.level == 1) ++headings;
        if (node.role == Role::dialog) ++headings; // its title is the question
        if (node.focusable && node.name.empty())
            out.push_back(node.key + ": can have the focus but has no name");
        for (const std::string* text : {&node.name, &node.value, &node.description}) {
            if (names_a_missing_text(*text)) out.push_back(node.key + ": no text for " + *text);
        }
        if (node.clipped) out.push_back(node.key + ": its text is cut");
    }
    if (headings != 1) out.push_back("the page has " + std::to_string(headings) + " headings");
}

void check_gaps(const std::vector<const SemanticNode*>& targets, const ContractSettings& settings,
                Breaches& out) {
    const float gap = smallest_gap_mm / settings.mm_per_px - slack_px;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (std::size_t k = i + 1; k < targets.size(); ++k) {
            const Rect& a = targets[i]->rect;
            const Rect& b = targets[k]->rect;
            const Rect inner{a.x + slack_px, a.y + slack_px, a.w - 2 * slack_px, a.h - 2 * slack_px};
            const Rect around{a.x - gap, a.y - gap, a.w + 2 * gap, a.h + 2 * gap};
            if (inner.overlaps(b)) {
                out.push_back(targets[i]->key + ": overlaps " + targets[k]->key);
            } else if (around.overlaps(b)) {
                out.push_back(targets[i]->key + ": stands closer than 2.54 mm to " + targets[k]->key);
            }
        }
    }
}

void check_targets(const SemanticTree& tree, const ContractSettings& settings, Breaches& out) {
    const float smallest = smallest_target_mm / settings.mm_per_px - slack_px;
    std::vector<const SemanticNode*> targets;
    for (const SemanticNode& node : tree.nodes()) {
        if (node.rect.x < -slack_px || node.rect.right() > settings.width_px + slack_px) {
            out.push_back(node.key + ": stands outside the window");
        }
        if (node.on_screen && (node.rect.bottom() < 0 || node.rect.y > settings.height_px)) {
            out.push_back(node.key + ": is said to be on the screen but is not");
        }
        if (!node.focusable) continue;
        if (node.rect.w < smallest || node.rect.h < smallest) {
            out.push_back(node.key + ": is smaller than 12.7 mm (" + std::to_string(node.rect.w) + " x " +
                          std::to_string(node.rect.h) + " px)");
        }
        if (!node.on_screen) continue;
        targets.push_back(&node);
        if (settings.reach && node.rect.y < settings.height_px * lowest_part - slack_px)
            out.push_back(node.key + ": stands above the lower 60 % in reach mode");
    }
    check_gaps(targets, settings, out);
}

/// A frame within another node's is part of it: the text of a notice, a field in its panel.
bool encloses(const Rect& outer, const Rect& inner) {
    return outer.x <= inner.x + slack_px && outer.y <= inner.y + slack_px &&
           outer.right() >= inner.right() - slack_px && outer.bottom() >= inner.bottom() - slack_px;
}

void check_words(const SemanticTree& tree, Breaches& out) {
    std::vector<const SemanticNode*> words;
    for (const SemanticNode& node : tree.nodes()) {
        const bool is_frame =
            node.role == Role::group || node.role == Role::dialog || node.role == Role::page;
        if (node.on_screen && !is_frame && node.rect.w > 0) words.push_back(&node);
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (std::size_t k = i + 1; k < words.size(); ++k) {
            if (words[i]->focusable && words[k]->focusable) continue; // a matter of targets
            Rect a = words[i]->rect;
            a.x += slack_px, a.y += slack_px, a.w -= 2 * slack_px, a.h -= 2 * slack_px;
            const Rect& b = words[k]->rect;
            if (!a.overlaps(b) || encloses(words[i]->rect, b) || encloses(b, words[i]->rect)) continue;
            out.push_back(words[i]->key + ": overlaps " + words[k]->key);
        }
    }
}

/// `b` is recorded after `a`: it must stand below it, or beside it in the direction of reading.
bool follows(const Rect& a, const Rect& b, Direction direction) {
    const bool ltr = direction == Direction::left_to_right;
    const bool is_beyond = ltr ? b.x >= a.right() - slack_px : b.right() <= a.x + slack_px;
    const bool is_before = ltr ? b.right() <= a.x + slack_px : b.x >= a.right() - slack_px;
    const bool is_above = b.bottom() <= a.y + slack_px;
    const bool is_beside = b.y < a.bottom() - slack_px && b.bottom() > a.y + slack_px;
    if (is_above) return is_beyond; // the next column begins at the top again
    return !(is_beside && is_before);
}

void check_order(const SemanticTree& tree, const ContractSettings& settings, Breaches& out) {
    const SemanticNode* before = nullptr;
    for (const SemanticNode& node : tree.nodes()) {
        // again.
        if (!node.focusable || !node.on_screen) continue;
        // Keys of a keyboard stand from left to right in every language, as on the keyboards people know.
        const bool is_key = node.role == Role::key;
        const Direction direction = is_key ? Direction::left_to_right : settings.direction;
        if (before && !follows(before->rect, node.rect, direction)) {
            out.push_back(node.key + ": is read after " + before->key + " but stands before it");
        }
        before = &node;
    }
}

} // namespace

std::vector<std::string> breaches(const SemanticTree& tree, const ContractSettings& settings) {
    Breaches out;
    check_names(tree, out);
    check_targets(tree, settings, out);
    check_words(tree, out);
    check_order(tree, settings, out);
    return out;
}

std::vector<std::string> bar_breaches(const SemanticTree& tree, const ContractSettings& settings) {
    Breaches out;
    const SemanticNode* before = nullptr;
    // Where text is large and the screen low, the later ones stand behind one of them.
    std::vector<const char*> keys = {"bar.home", "bar.help", "bar.listen"};
    if (tree.find("bar.more") != nullptr) {
        keys.push_back("bar.more");
    } else {
        keys.insert(keys.end(), {"bar.contrast", "bar.text_size", "languages.open"});
    }
    for (const char* key : keys) {
        const SemanticNode* node = tree.find(key);
        if (node == nullptr) {
            out.push_back(std::string("the bar has no ") + key);
            continue;
        }
        if (node->rect.y < settings.height_px / 2)
            out.push_back(std::string(key) + ": stands in the upper half");
        if (before != nullptr && !follows(before->rect, node->rect, settings.direction))
            out.push_back(std::string(key) + ": stands out of order");
        before = node;
    }
    return out;
}

} // namespace vakant
