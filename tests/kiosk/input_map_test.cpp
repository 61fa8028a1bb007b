#include "kiosk/shell/input_map.h"

#include <catch2/catch.hpp>

#include "tests/fakes/kiosk_stage.h"

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

/// A key that somebody keeps down, as X reports it: again after half a second, then 25 times a second.
struct Held {
    std::int64_t from_ms, to_ms;
    template <typename Take>
    void each(const std::string& which, bool writes, char32_t letter, Take&& take) {
        InputMap map(KeypadTable::usual());
        for (std::int64_t at = from_ms; at < to_ms; at += at == from_ms ? 500 : 40) {
            WindowEvent event = key(which);
            event.at_ms = at;
            event.repeated = at != from_ms;
            take(map.read(event, writes, 0), at);
            if (letter != 0) take(map.read(character(letter), writes, 0), at);
        }
    }
    std::vector<std::int64_t> times(const std::string& which, bool writes = false, char32_t letter = 0) {
        std::vector<std::int64_t> out;
        each(which, writes, letter, [&](const Meant& meant, std::int64_t at) {
            if (!is_nothing(meant)) out.push_back(at);
        });
        return out;
    }
};

} // namespace

TEST_CASE(
    "accessibility 28: a key that stays down counts once, and a move or Backspace comes again only after "
    "two seconds") {
    Held held{1'000, 6'000};
    const std::vector<std::int64_t> once = {1'000};
    for (const char* which : {"enter", "space", "escape", "f1", "f2", "f3", "f5", "f7", "f15"}) {
        INFO(which);
        CHECK(held.times(which) == once);
    }
    CHECK(held.times("enter", true) == once);
    CHECK(held.times("a", true, U'a') == once);
    CHECK(held.times("space", true, U' ') == once);
    for (const char* which : {"down", "tab", "backspace"}) {
        INFO(which);
        const auto times = held.times(which);
        REQUIRE(times.size() > 2);
        CHECK(times[0] == 1'000);
        CHECK(times[1] == 3'020);
        for (std::size_t i = 2; i < times.size(); ++i)
            CHECK(times[i] - times[i - 1] >= 500);
    }
    CHECK(held.times("left", true).size() > 2);
    CHECK(Held{1'000, 2'900}.times("down") == once);
}

TEST_CASE("a second key after a held one counts at once, and as a person's own") {
    InputMap map(KeypadTable::usual());
    WindowEvent held = key("a");
    held.repeated = true;
    held.at_ms = 5'000;
    CHECK(is_nothing(map.read(key("a"), true, 0)));
    CHECK(is_nothing(map.read(held, true, 0)));
    CHECK(is_nothing(map.read(character(U'a'), true, 0)));
    CHECK(is_nothing(map.read(key("b"), true, 0)));
    CHECK(kind(map.read(character(U'b'), true, 0)) == UiEvent::Kind::character);
}

TEST_CASE("accessibility 21: select held on the contrast button does not make the screen flash") {
    KioskStage stage;
    stage.start();
    stage.keypad(KeypadKey::next);
    for (int steps = 0; steps < 60 && !stage.node("bar.contrast").focused; ++steps)
        stage.keypad(KeypadKey::next);
    REQUIRE(stage.node("bar.contrast").focused);
    std::vector<std::int64_t> changes;
    const std::int64_t began = stage.clock.monotonic_ms();
    Held{began, began + 3'000}.each("enter", stage.app->takes_letters(), 0,
                                    [&](const Meant& meant, std::int64_t at) {
                                        stage.clock.pass(at - stage.clock.monotonic_ms());
                                        const Theme before = stage.app->ui_settings().theme;
                                        if (const auto* pressed = std::get_if<KeypadPress>(&meant))
                                            stage.app->press(*pressed);
                                        stage.draw();
                                        if (stage.app->ui_settings().theme != before) changes.push_back(at);
                                    });
    CHECK(changes == std::vector<std::int64_t>{began});
}

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
