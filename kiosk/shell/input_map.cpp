#include "kiosk/shell/input_map.h"

namespace vakant {
namespace {

// A hand that cannot let go in time means one press (EN 301 549, 5.7).
constexpr std::int64_t repeats_after_ms = 2'000, repeats_every_ms = 500;

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

/// Where a key that stays down leads on, or takes away more of a text. What it chooses, opens or turns over
/// it does once.
bool may_repeat(const Meant& meant) {
    if (const auto* pressed = std::get_if<KeypadPress>(&meant)) return move_of(pressed->key).has_value();
    const auto* event = std::get_if<UiEvent>(&meant);
    if (event == nullptr) return false;
    return event->kind == UiEvent::Kind::backspace || event->kind == UiEvent::Kind::delete_forward ||
           event->kind == UiEvent::Kind::caret_left || event->kind == UiEvent::Kind::caret_right;
}

} // namespace

bool InputMap::is_due(const WindowEvent& repeated) {
    if (repeated.key != held_ || repeated.at_ms < due_ms_) return false;
    due_ms_ = repeated.at_ms + repeats_every_ms;
    return true;
}

Meant InputMap::key_press(const WindowEvent& from, bool writes, const UiEvent& event) {
    if (!from.repeated) {
        held_ = from.key;
        due_ms_ = from.at_ms + repeats_after_ms;
        return key_down(from, writes, event);
    }
    Meant meant = key_down(from, writes, event);
    drops_character_ = true; // a letter is written once, however long its key is down
    if (!may_repeat(meant) || !is_due(from)) return {};
    return meant;
}

Meant InputMap::key_down(const WindowEvent& from, bool writes, const UiEvent& event) {
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
