#include "kiosk/shell/input_map.h"

#include <catch2/catch.hpp>

using namespace vakant;

namespace {

WindowEvent key(std::string which, bool shift = false) {
    WindowEvent event;
    event.kind = WindowEvent::Kind::key_press;
    event.key = std::move(which);
    event.with_shift = shift;
    event.at_ms = 1'000;
    return event;
}
WindowEvent character(char32_t which) {
    WindowEvent event;
    event.kind = WindowEvent::Kind::character;
    event.character = which;
    return event;
}
std::optional<KeypadKey> keypad(const Meant& meant) {
    const auto* pressed = std::get_if<KeypadPress>(&meant);
    return pressed ? std::optional(pressed->key) : std::nullopt;
}
std::optional<UiEvent::Kind> kind(const Meant& meant) {
    const auto* event = std::get_if<UiEvent>(&meant);
    return event ? std::optional(event->kind) : std::nullopt;
}
bool is_nothing(const Meant& meant) {
    return std::holds_alternative<std::monostate>(meant);
}

} // namespace

TEST_CASE("Tab, arrows, Enter, Escape and the function keys are keys of the keypad") {
    InputMap map(KeypadTable::usual());
    CHECK(keypad(map.read(key("tab"), false, 0)) == KeypadKey::next);
    CHECK(keypad(map.read(key("tab", true), false, 0)) == KeypadKey::previous);
    CHECK(keypad(map.read(key("down"), true, 0)) == KeypadKey::down);
    CHECK(keypad(map.read(key("left"), false, 0)) == KeypadKey::left);
    CHECK(keypad(map.read(key("enter"), true, 0)) == KeypadKey::select);
    CHECK(keypad(map.read(key("escape"), true, 0)) == KeypadKey::back);
    CHECK(keypad(map.read(key("f1"), true, 0)) == KeypadKey::help);
    CHECK(keypad(map.read(key("f8"), false, 0)) == KeypadKey::volume_up);
    CHECK(is_nothing(map.read(key("f9"), false, 0)));
}

TEST_CASE("the settings say what each key means, and what it would write besides is left out") {
    const auto table =
        KeypadTable::from_settings({{"kp_8", "up"}, {"code_123", "volume_up"}, {"tab", "none"}});
    REQUIRE(table.ok());
    InputMap map(*table);
    CHECK(keypad(map.read(key("kp_8"), true, 0)) == KeypadKey::up);
    CHECK(is_nothing(map.read(character(U'8'), true, 0)));
    CHECK(keypad(map.read(key("code_123"), true, 0)) == KeypadKey::volume_up);
    CHECK(is_nothing(map.read(key("tab"), true, 0)));
    // Another key's character is a person's.
    CHECK(is_nothing(map.read(key("8"), true, 0)));
    CHECK(kind(map.read(character(U'8'), true, 0)) == UiEvent::Kind::character);
}

TEST_CASE("in a field the arrows move the caret and Space writes; elsewhere Space selects") {
    InputMap map(KeypadTable::usual());
    CHECK(kind(map.read(key("left"), true, 0)) == UiEvent::Kind::caret_left);
    CHECK(kind(map.read(key("home"), true, 0)) == UiEvent::Kind::home);
    CHECK(keypad(map.read(key("home"), false, 0)) == KeypadKey::first);
    CHECK(is_nothing(map.read(key("space"), true, 0)));
    CHECK(kind(map.read(character(U' '), true, 0)) == UiEvent::Kind::character);
    CHECK(keypad(map.read(key("space"), false, 0)) == KeypadKey::select);
    CHECK(is_nothing(map.read(character(U' '), false, 0)));
}

TEST_CASE("Shift selects what the caret passes over, and Ctrl+A everything") {
    InputMap map(KeypadTable::usual());
    const auto extends = [&](const WindowEvent& event) {
        return std::get<UiEvent>(map.read(event, true, 0)).extend;
    };
    CHECK(extends(key("left", true)));
    CHECK(extends(key("home", true)));
    CHECK_FALSE(extends(key("left")));
    WindowEvent all = key("a");
    CHECK(is_nothing(map.read(all, true, 0))); // the letter comes as a character
    all.with_control = true;
    CHECK(kind(map.read(all, true, 0)) == UiEvent::Kind::select_all);
    CHECK(is_nothing(map.read(all, false, 0)));
}

TEST_CASE("nothing can be pasted: the keys for it reach no page") {
    InputMap map(KeypadTable::usual());
    WindowEvent paste = key("v", true);
    paste.with_control = true;
    CHECK(is_nothing(map.read(paste, true, 0)));
    CHECK(is_nothing(map.read(key("insert", true), true, 0)));
}

TEST_CASE("events carry the time of the clock that scripts may move") {
    InputMap map(KeypadTable::usual());
    CHECK(std::get<KeypadPress>(map.read(key("tab"), false, 60'000)).at_ms == 61'000);
    CHECK(std::get<UiEvent>(map.read(key("backspace"), false, 60'000)).at_ms == 61'000);
}
