// How fingers, palms and trembling hands are taken. Times and places are values.
#include "tests/kiosk/ui_stage.h"

using namespace vakant;

namespace {

struct Counting {
    UiStage stage;
    int pressed = 0;
    Counting() {
        stage.page = [this](Ui& ui) {
            ui.heading("h", "Otsikko");
            if (ui.button("count", "Laske")) ++pressed;
            if (ui.button("other", "Toinen")) pressed += 100;
        };
        stage.draw();
    }
    void contact(UiEvent::Kind kind, int contact, std::string_view key) {
        const Rect r = stage.node(key).rect;
        UiEvent event;
        event.kind = kind;
        event.contact = contact;
        event.x = r.x + r.w / 2;
        event.y = r.y + r.h / 2;
        stage.send(event);
    }
    int after_rest() {
        stage.rest();
        return pressed;
    }
};

/// A page of a long text, drawn once.
struct Long {
    UiStage stage;
    Long() {
        stage.page = [](Ui& ui) {
            ui.heading("h", "Pitkä");
            for (int i = 0; i < 60; ++i)
                ui.text("t" + std::to_string(i), "Rivi, jota luetaan kaikessa rauhassa.");
        };
        stage.draw();
    }
    float top() const { return stage.node("t0").rect.y; }
    /// `speed` in pixels a second, upwards, with events every `step_ms`.
    void throw_up(float speed, int step_ms, int steps) {
        float y = 700;
        stage.pointer(UiEvent::Kind::press, 600, y);
        for (int i = 0; i < steps; ++i) {
            stage.now += step_ms;
            y -= speed * static_cast<float>(step_ms) / 1000;
            stage.pointer(UiEvent::Kind::pointer_move, 600, y);
        }
        stage.pointer(UiEvent::Kind::release, 600, y);
        stage.draw();
    }
};

} // namespace

TEST_CASE("accessibility 28: the same button twice within half a second counts once where the double-strike "
          "filter is on") {
    Counting counting;
    counting.stage.settings.double_strike_ms = GENERATE(0, 500);
    counting.stage.draw();
    counting.stage.tap("count");
    counting.stage.now += 200;
    counting.stage.tap("count");
    const bool filtered = counting.stage.settings.double_strike_ms > 0;
    CHECK(counting.after_rest() == (filtered ? 1 : 2));
    counting.stage.now += 600;
    counting.stage.tap("count");
    CHECK(counting.after_rest() == (filtered ? 2 : 3));
}

TEST_CASE("the double-strike filter also takes keys, and another target counts at once") {
    Counting counting;
    counting.stage.settings.double_strike_ms = 500;
    counting.stage.draw();
    counting.stage.ui->set_focus("count");
    counting.stage.rest();
    counting.stage.key(UiEvent::Kind::select);
    counting.stage.now += 100;
    counting.stage.key(UiEvent::Kind::select);
    CHECK(counting.after_rest() == 1);
    counting.stage.tap("other");
    CHECK(counting.after_rest() == 101);
}

TEST_CASE(
    "the double-strike filter leaves out a second strike on what the first one brought under the finger") {
    UiStage stage;
    stage.settings.double_strike_ms = GENERATE(0, 500);
    bool turned = false;
    int unmeant = 0;
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Otsikko");
        if (!turned && ui.button("turn", "Seuraava")) turned = true;
        if (turned && ui.button("unmeant", "Seuraava")) ++unmeant;
    };
    stage.draw();
    stage.tap("turn");
    stage.draw();
    stage.draw(); // the page that was turned
    REQUIRE(stage.shows("unmeant"));
    stage.now += 200;
    stage.tap("unmeant");
    stage.rest();
    CHECK(unmeant == (stage.settings.double_strike_ms > 0 ? 0 : 1));
    stage.now += 600;
    stage.tap("unmeant");
    stage.rest();
    CHECK(unmeant == (stage.settings.double_strike_ms > 0 ? 1 : 2));
}

namespace {

/// One page after the other, each with its button in the same place, and a question over the last.
struct Turning {
    UiStage stage;
    int pressed = 0;
    Turning() {
        stage.page = [this](Ui& ui) {
            ui.heading("h", "Otsikko");
            if (ui.button("next", "Seuraava")) stage.page_id = "page " + std::to_string(++pressed);
            if (ui.button("stay", "Laske")) pressed += 100;
        };
        stage.draw();
    }
    void tap(std::string_view key) {
        stage.tap(key);
        stage.draw();
        stage.draw();
    }
};

} // namespace

TEST_CASE("a touch right after a page was turned does not press what has come under the finger, elsewhere it "
          "counts") {
    Turning turning;
    turning.stage.now += 1000;
    turning.tap("next");
    REQUIRE(turning.pressed == 1);
    SECTION("in the same place") {
        turning.tap("next"); // about 130 ms later
        CHECK(turning.pressed == 1);
        turning.stage.now += 300;
        turning.tap("next");
        CHECK(turning.pressed == 2);
    }
    SECTION("in another place") {
        turning.tap("stay");
        CHECK(turning.pressed == 101);
    }
}

TEST_CASE(
    "a touch right after a question has come does not answer it, and right after it has gone presses nothing "
    "under it") {
    UiStage stage;
    bool asks = true;
    int pressed = 0;
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Otsikko");
        for (int i = 0; i < 8; ++i)
            pressed += ui.button("b" + std::to_string(i), "Painike") ? 1 : 0;
        if (!asks) return;
        ui.begin_dialog("d", "Lopetetaanko?");
        if (ui.button("yes", "Kyllä")) asks = false;
        ui.end_dialog();
    };
    stage.rest();
    const Rect yes = stage.node("yes").rect;
    const auto tap = [&] {
        stage.pointer(UiEvent::Kind::press, yes.x + 40, yes.y + yes.h / 2);
        stage.now += 60;
        stage.pointer(UiEvent::Kind::release, yes.x + 40, yes.y + yes.h / 2);
        stage.rest();
    };
    asks = false;
    stage.rest();
    stage.now += 1000;
    tap();
    asks = true;
    stage.draw();
    tap();
    CHECK(asks);
    stage.now += 300;
    tap();
    CHECK_FALSE(asks);
    pressed = 0;
    tap();
    CHECK(pressed == 0);
}

TEST_CASE("thirty fast touches on what stays in its place all count") {
    Counting counting;
    counting.stage.now += 1000;
    for (int i = 0; i < 30; ++i)
        counting.stage.tap("count");
    CHECK(counting.after_rest() == 30);
}

TEST_CASE("the double-strike filter leaves the keyboard's keys alone: double letters are words") {
    UiStage stage;
    stage.settings.double_strike_ms = 500;
    std::string value;
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Haku");
        FieldSpec field;
        field.name = "Sana";
        if (auto next = ui.field("f", field, value)) value = *next;
    };
    stage.draw();
    stage.tap("f");
    stage.rest();
    const std::string key = "keyboard.a";
    REQUIRE(stage.shows(key));
    stage.tap(key);
    stage.tap(key);
    stage.rest();
    CHECK(value.size() == 2);
}

TEST_CASE("only the first contact counts: a palm beside it neither presses nor lifts it") {
    Counting counting;
    counting.contact(UiEvent::Kind::press, 1, "count");
    counting.contact(UiEvent::Kind::press, 2, "other");
    counting.contact(UiEvent::Kind::release, 2, "other");
    CHECK(counting.after_rest() == 0);
    counting.contact(UiEvent::Kind::release, 1, "count");
    CHECK(counting.after_rest() == 1);
}

TEST_CASE("what leans on the screen for longer than five seconds presses nothing when it goes") {
    Counting counting;
    for (const int held_ms : {4900, 5100}) {
        counting.stage.press("count");
        counting.stage.now += held_ms;
        counting.stage.release("count");
        counting.after_rest();
        counting.stage.now += 1000;
    }
    CHECK(counting.pressed == 1);
}

TEST_CASE(
    "a button that the finger slides off no longer looks pressed, and sliding back makes it count again") {
    Counting counting;
    const Rect r = counting.stage.node("count").rect;
    const float x = r.x + r.w / 2, y = r.y + r.h / 2;
    counting.stage.pointer(UiEvent::Kind::press, x, y);
    counting.stage.pointer(UiEvent::Kind::pointer_move, x, y + 300);
    CHECK(counting.after_rest() == 0);
    counting.stage.pointer(UiEvent::Kind::pointer_move, x, y);
    counting.stage.pointer(UiEvent::Kind::release, x, y);
    CHECK(counting.after_rest() == 1);
}

TEST_CASE("a tap beside everything is told once, a drag or a tap on a button is not") {
    Counting counting;
    counting.stage.pointer(UiEvent::Kind::press, 1500, 600);
    counting.stage.pointer(UiEvent::Kind::release, 1500, 600);
    counting.stage.draw();
    CHECK(counting.stage.result.tapped_beside);
    counting.stage.draw();
    CHECK_FALSE(counting.stage.result.tapped_beside);
    counting.stage.pointer(UiEvent::Kind::press, 1500, 600);
    counting.stage.pointer(UiEvent::Kind::pointer_move, 1500, 400);
    counting.stage.pointer(UiEvent::Kind::release, 1500, 400);
    counting.stage.tap("count");
    counting.stage.draw();
    CHECK_FALSE(counting.stage.result.tapped_beside);
}

TEST_CASE("a fling goes as fast as the finger went, however its events were bunched") {
    const auto flung = [](int step_ms, int steps) {
        Long page;
        page.throw_up(1500, step_ms, steps);
        const float at_release = page.top();
        page.stage.rest();
        return at_release - page.top();
    };
    const float smooth = flung(8, 25), coarse = flung(40, 5);
    CHECK(smooth > 300);
    CHECK(coarse == Approx(smooth).epsilon(0.15));
}

TEST_CASE(
    "a finger that rests before it lets go throws nothing, and with less motion nothing is thrown at all") {
    Long page;
    page.stage.settings.less_motion = GENERATE(false, true);
    page.stage.draw();
    const bool rests = !page.stage.settings.less_motion;
    float y = 700;
    page.stage.pointer(UiEvent::Kind::press, 600, y);
    for (int i = 0; i < 20; ++i) {
        page.stage.now += 8;
        y -= 12;
        page.stage.pointer(UiEvent::Kind::pointer_move, 600, y);
    }
    if (rests) page.stage.now += 130;
    page.stage.pointer(UiEvent::Kind::release, 600, y);
    page.stage.draw();
    CHECK_FALSE(page.stage.result.animating);
}

TEST_CASE("a fling moves in every frame until it stops, also when it has become slow") {
    Long page;
    page.throw_up(600, 8, 20);
    float last = page.top();
    int still = 0, frames = 0;
    while (page.stage.result.animating && frames++ < 1000) {
        page.stage.draw();
        still += page.top() == last ? 1 : 0;
        last = page.top();
    }
    CHECK(frames > 20);
    // At the slowest, 20 pixels a second, a frame in three moves by a whole pixel.
    CHECK(still < frames / 2);
}

TEST_CASE("accessibility 38: reach mode puts everything that can be pressed into the lower 60 % of a "
          "portrait screen") {
    UiStage stage;
    stage.settings.width_px = 1080;
    stage.settings.height_px = 1920;
    bool asks = false;
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Otsikko");
        for (int i = 0; i < 30; ++i)
            ui.button("b" + std::to_string(i), "Painike");
        if (asks) {
            ui.begin_dialog("d", "Lopetetaanko?");
            ui.button("yes", "Kyllä");
            ui.end_dialog();
        }
    };
    const auto highest = [&] {
        stage.rest();
        float top = 1920;
        for (const SemanticNode& node : stage.ui->tree().nodes()) {
            if (node.focusable && node.on_screen) top = std::min(top, node.rect.y);
        }
        return top;
    };
    stage.draw();
    CHECK(highest() < 1920 * 0.4f);
    stage.tap("bar.reach");
    stage.draw();
    CHECK(stage.intent.kind == FrameIntent::Kind::reach);
    stage.settings.reach = true;
    CHECK(highest() >= 1920 * 0.4f);
    CHECK(stage.node("bar.reach").checked == true);
    asks = true;
    CHECK(highest() >= 1920 * 0.4f);
    asks = false;
    stage.settings.width_px = 1920;
    stage.settings.height_px = 1080;
    stage.draw();
    CHECK_FALSE(stage.shows("bar.reach"));
}
