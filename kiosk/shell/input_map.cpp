#include "kiosk/shell/input_map.h"

namespace vakant {
namespace {

UiEvent plain(UiEvent event, UiEvent::Kind kind) {
    event.kind = kind;
    return event;
}

/// Where the focus is in a text, what leads sideways leads the caret.
std::optional<UiEvent::Kind> caret_of(KeypadKey key) {
    switch (key) {
    case KeypadKey::left:
        return UiEvent::Kind::caret_left;
    case KeypadKey::right:
        return UiEvent::Kind::caret_right;
    case KeypadKey::first:
        return UiEvent::Kind::home;
    case KeypadKey::last:
        return UiEvent::Kind::end;
    default:
        return std::nullopt;
    }
}

/// Keys of a keyboard that no keypad has.
Meant writing_key(const WindowEvent& from, bool writes, const UiEvent& event) {
    if (from.key == "backspace") return plain(event, UiEvent::Kind::backspace);
    if (!writes) return {};
    if (from.key == "delete") return plain(event, UiEvent::Kind::delete_forward);
    if (from.key == "a" && from.with_control) return plain(event, UiEvent::Kind::select_all);
    return {};
}

} // namespace

Meant InputMap::key_press(const WindowEvent& from, bool writes, const UiEvent& event) {
    drops_character_ = false;
    auto meaning = from.with_shift ? table_.find("shift+" + from.key) : std::nullopt;
    if (!meaning) meaning = table_.find(from.key);
    if (!meaning) return writing_key(from, writes, event);
    if (writes && from.key == "space") return {}; // its character follows
    if (const auto caret = caret_of(*meaning); writes && caret) {
        UiEvent moved = plain(event, *caret);
        moved.extend = from.with_shift;
        return moved;
    }
    drops_character_ = true;
    return KeypadPress{*meaning, event.at_ms};
}

Meant InputMap::read(const WindowEvent& from, bool writes, std::int64_t clock_offset_ms) {
    UiEvent event;
    event.x = from.x;
    event.y = from.y;
    event.at_ms = from.at_ms + clock_offset_ms;
    switch (from.kind) {
    case WindowEvent::Kind::press:
        return plain(event, UiEvent::Kind::press);
    case WindowEvent::Kind::release:
        return plain(event, UiEvent::Kind::release);
    case WindowEvent::Kind::move:
        return plain(event, UiEvent::Kind::pointer_move);
    case WindowEvent::Kind::wheel:
        event.y = from.lines;
        return plain(event, UiEvent::Kind::wheel);
    case WindowEvent::Kind::key_press:
        return key_press(from, writes, event);
    case WindowEvent::Kind::character:
        if (drops_character_) return {};
        event.character = from.character;
        return plain(event, UiEvent::Kind::character);
    case WindowEvent::Kind::key_release:
    case WindowEvent::Kind::focus:
    case WindowEvent::Kind::resize:
    case WindowEvent::Kind::close:
        break;
    }
    return {};
}

} // namespace vakant
