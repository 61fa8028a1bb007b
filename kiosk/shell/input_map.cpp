#include "kiosk/shell/input_map.h"

namespace vakant {
namespace {

std::optional<UiEvent> move_event(UiEvent event, Move move) {
    event.kind = UiEvent::Kind::move_focus;
    event.move = move;
    return event;
}

std::optional<UiEvent> plain(UiEvent event, UiEvent::Kind kind) {
    event.kind = kind;
    return event;
}

std::optional<UiEvent> writing_key(const WindowEvent& from, UiEvent event) {
    event.extend = from.with_shift;
    if (from.with_control && from.key == WindowKey::letter_a) return plain(event, UiEvent::Kind::select_all);
    switch (from.key) {
    case WindowKey::left:
        return plain(event, UiEvent::Kind::caret_left);
    case WindowKey::right:
        return plain(event, UiEvent::Kind::caret_right);
    case WindowKey::home:
        return plain(event, UiEvent::Kind::home);
    case WindowKey::end:
        return plain(event, UiEvent::Kind::end);
    case WindowKey::backspace:
        return plain(event, UiEvent::Kind::backspace);
    case WindowKey::delete_forward:
        return plain(event, UiEvent::Kind::delete_forward);
    default:
        return std::nullopt;
    }
}

std::optional<UiEvent> moving_key(const WindowEvent& from, const UiEvent& event) {
    switch (from.key) {
    case WindowKey::left:
        return move_event(event, Move::left);
    case WindowKey::right:
        return move_event(event, Move::right);
    case WindowKey::home:
        return move_event(event, Move::first);
    case WindowKey::end:
        return move_event(event, Move::last);
    case WindowKey::space:
        return plain(event, UiEvent::Kind::select);
    case WindowKey::backspace:
        return plain(event, UiEvent::Kind::backspace);
    default:
        return std::nullopt;
    }
}

std::optional<UiEvent> key_event(const WindowEvent& from, bool writes, const UiEvent& event) {
    switch (from.key) {
    case WindowKey::enter:
        return plain(event, UiEvent::Kind::select);
    case WindowKey::escape:
        return plain(event, UiEvent::Kind::back);
    case WindowKey::tab:
        return move_event(event, from.with_shift ? Move::previous : Move::next);
    case WindowKey::up:
        return move_event(event, Move::up);
    case WindowKey::down:
        return move_event(event, Move::down);
    default:
        return writes ? writing_key(from, event) : moving_key(from, event);
    }
}

} // namespace

std::optional<UiEvent> ui_event_of(const WindowEvent& from, bool writes, std::int64_t clock_offset_ms) {
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
        return key_event(from, writes, event);
    case WindowEvent::Kind::character:
        if (!writes && from.character == U' ') return std::nullopt; // it selects
        event.character = from.character;
        return plain(event, UiEvent::Kind::character);
    case WindowEvent::Kind::key_release:
    case WindowEvent::Kind::focus:
    case WindowEvent::Kind::resize:
    case WindowEvent::Kind::close:
        break;
    }
    return std::nullopt;
}

} // namespace vakant
