// The one record of what is on the screen: every widget adds one node. Read by speech, by keypad navigation,
// by tests and by scripts (--control). Plain data; filled by kiosk/ui anew in every frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakant {

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    float right() const { return x + w; }
    float bottom() const { return y + h; }
    bool contains(float px, float py) const { return px >= x && px < x + w && py >= y && py < y + h; }
    bool overlaps(const Rect& o) const {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
    bool operator==(const Rect&) const = default;
};

enum class Role {
    page,
    heading,
    text,
    button,
    card,
    toggle,
    radio,
    checkbox,
    tab,
    field,
    key,
    notice,
    progress,
    image,
    group,
    dialog
};
std::string_view name_of(Role role); ///< "button": also the key of its spoken word, "role.button"

struct SemanticNode {
    std::string key; ///< unique on the page, never the label, the same in every language
    Role role = Role::text;
    std::string name; ///< what is shown, in the person's language
    std::string value;
    std::string description;      ///< help, error: spoken after the rest
    std::string spoken;           ///< in place of name in speech, where the written one reads wrongly
    std::string excerpt;          ///< some of the words that it leads to, in the name's language: spoken last
    std::string language;         ///< of the name
    std::string content_language; ///< of value and description, "" for the page's
    bool focusable = false;
    bool enabled = true;
    bool focused = false;
    bool invalid = false;
    bool is_private = false;     ///< the value is never spoken on a loudspeaker
    std::optional<bool> checked; ///< of toggle, radio, checkbox, tab
    int level = 0;               ///< of a heading
    int position = 0, count = 0; ///< 2 of 4
    Rect rect;                   ///< in pixels of the window
    bool on_screen = true;       ///< false: scrolled out of view
    bool clipped = false;        ///< text had to be cut: the page contract refuses it
    std::string parent;          ///< key of the group, "" at the top
};

class SemanticTree {
public:
    void clear();
    /// Adds in reading order.
    SemanticNode& add(SemanticNode node);
    const std::vector<SemanticNode>& nodes() const { return nodes_; }
    std::vector<SemanticNode>& nodes() { return nodes_; } ///< kiosk/ui alone: it places them at the end
    const SemanticNode* find(std::string_view key) const;
    const SemanticNode* find(Role role, std::string_view name) const;
    /// The focusable node that contains the point and is on the screen; the last drawn wins.
    const SemanticNode* hit(float x, float y) const;
    /// Removes the nodes added before `first`: what a dialog covers is not there for anybody.
    void remove_before(std::size_t first);
    /// Removes the nodes from `first` on: what was drawn after a dialog, behind it.
    void remove_from(std::size_t first);
    /// Keys that stand more than once.
    std::vector<std::string> repeated_keys() const;

private:
    std::vector<SemanticNode> nodes_;
};

} // namespace vakant
