// The keypad and the keys of a keyboard that stand for it: which key means what, as a table from the
// settings. Knows no window: keys have the names that the settings use ("up", "enter", "f1", "kp_8"). Used by
// kiosk/app and kiosk/shell.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "kiosk/semantics/navigator.h"

namespace vakant {

enum class KeypadKey {
    up,
    down,
    left,
    right,
    next,
    previous,
    first,
    last,
    select,
    back,
    help,
    listen, ///< speech on and off
    repeat, ///< says the last thing again; turns speech on where it is off
    volume_up,
    volume_down,
    rate_up,
    rate_down,
    headset_in, ///< the keypad's socket: speech begins, and private words may be spoken
    headset_out
};
std::string_view name_of(KeypadKey key);
std::optional<KeypadKey> keypad_key(std::string_view name);

/// Where the focus goes; none for keys that do something else.
std::optional<Move> move_of(KeypadKey key);

/// Which pressed key means what.
class KeypadTable {
public:
    /// Arrow keys, Tab, Home and End, Enter, Space, Escape, F1 help, F2 repeat, F3 listen, F5/F6 speech rate,
    /// F7/F8 volume, F15/F16 a headset that is plugged in and out (what common keypads with a socket send).
    static KeypadTable usual();
    /// `settings`: "<key of the window>" = "<keypad key>" over the usual ones; "none" takes one away. The
    /// first bad entry is named.
    static Result<KeypadTable> from_settings(const std::map<std::string, std::string>& settings);

    std::optional<KeypadKey> find(std::string_view window_key) const;
    const std::map<std::string, KeypadKey, std::less<>>& keys() const { return keys_; }

private:
    std::map<std::string, KeypadKey, std::less<>> keys_;
};

/// What the keypad says, and when (monotonic).
struct KeypadPress {
    KeypadKey key = KeypadKey::next;
    std::int64_t at_ms = 0;
};

/// The names that a key of the window can have: "a" to "z", "0" to "9", "f1" to "f24", "kp_0" to "kp_9",
/// named ones, and "code_1" to "code_255" for keys that have no name, by the number that the window system
/// gives them.
bool is_window_key(std::string_view name);

} // namespace vakant
