// What the window reports, as what the kiosk takes: touch, keyboard and keypad. Used by the kiosk's loop.
#pragma once

#include <string>
#include <variant>

#include "kiosk/input/keypad.h"
#include "kiosk/shell/window.h"
#include "kiosk/ui/ui.h"

namespace vakant {

/// Nothing, for Ui, or for App as a key of the keypad.
using Meant = std::variant<std::monostate, UiEvent, KeypadPress>;

class InputMap {
public:
    explicit InputMap(KeypadTable table) : table_(std::move(table)) {}

    /// `writes`: the focus stands in a field or a typing test, where letters, Space and the arrows are for
    /// the text. What a key of the keypad would write besides is left out. A key that stays down counts once;
    /// only moves and Backspace come again, after two seconds and then twice a second.
    Meant read(const WindowEvent& event, bool writes, std::int64_t clock_offset_ms);

private:
    Meant key_press(const WindowEvent& from, bool writes, const UiEvent& event);
    Meant key_down(const WindowEvent& from, bool writes, const UiEvent& event);
    bool is_due(const WindowEvent& repeated); ///< a held key may do again what it does
    KeypadTable table_;
    std::string held_; ///< the key that went down last, and when what it does is next due
    std::int64_t due_ms_ = 0;
    bool drops_character_ = false; ///< of the key that went down last
};

} // namespace vakant
