#include "kiosk/shell/input_map.h"

#include <catch2/catch.hpp>

using namespace vakant;

namespace {

WindowEvent key(WindowKey which, bool shift = false) {
    WindowEvent event;
    event.kind = WindowEvent::Kind::key_press;
    event.key = which;
    event.with_shift = shift;
    event.at_ms = 1'000;
    return event;
}

} // namespace

TEST_CASE("Tab, arrows, Enter and Escape move, select and go back") {
    CHECK(ui_event_of(key(WindowKey::tab), false, 0)->move == Move::next);
    CHECK(ui_event_of(key(WindowKey::tab, true), false, 0)->move == Move::previous);
    CHECK(ui_event_of(key(WindowKey::down), true, 0)->move == Move::down);
    CHECK(ui_event_of(key(WindowKey::left), false, 0)->move == Move::left);
    CHECK(ui_event_of(key(WindowKey::enter), true, 0)->kind == UiEvent::Kind::select);
    CHECK(ui_event_of(key(WindowKey::escape), true, 0)->kind == UiEvent::Kind::back);
}

TEST_CASE("in a field the arrows move the caret and Space writes; elsewhere Space selects") {
    CHECK(ui_event_of(key(WindowKey::left), true, 0)->kind == UiEvent::Kind::caret_left);
    CHECK_FALSE(ui_event_of(key(WindowKey::space), true, 0).has_value());
    CHECK(ui_event_of(key(WindowKey::space), false, 0)->kind == UiEvent::Kind::select);
    WindowEvent space;
    space.kind = WindowEvent::Kind::character;
    space.character = U' ';
    CHECK(ui_event_of(space, true, 0)->character == U' ');
    CHECK_FALSE(ui_event_of(space, false, 0).has_value());
}

TEST_CASE("Shift selects what the caret passes over, and Ctrl+A everything") {
    CHECK(ui_event_of(key(WindowKey::left, true), true, 0)->extend);
    CHECK(ui_event_of(key(WindowKey::home, true), true, 0)->extend);
    CHECK_FALSE(ui_event_of(key(WindowKey::left), true, 0)->extend);
    WindowEvent all = key(WindowKey::letter_a);
    CHECK_FALSE(ui_event_of(all, true, 0).has_value()); // the letter comes as a character
    all.with_control = true;
    CHECK(ui_event_of(all, true, 0)->kind == UiEvent::Kind::select_all);
    CHECK_FALSE(ui_event_of(all, false, 0).has_value());
}

TEST_CASE("nothing can be pasted: the keys for it reach no page") {
    WindowEvent paste = key(WindowKey::other, true);
    paste.with_control = true;
    CHECK_FALSE(ui_event_of(paste, true, 0).has_value());
}

TEST_CASE("events carry the time of the clock that scripts may move") {
    CHECK(ui_event_of(key(WindowKey::tab), false, 60'000)->at_ms == 61'000);
}
