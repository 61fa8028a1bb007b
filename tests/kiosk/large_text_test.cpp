// What gives way where large text and a low place for hands leave the page little room, and what never does.
#include "tests/kiosk/ui_stage.h"

using namespace vakant;

namespace {

/// A portrait screen of 21.5 inches, reach mode, the largest text, a page with four actions.
struct Crowded {
    UiStage stage;
    std::optional<std::size_t> pressed;
    Crowded() {
        stage.settings.width_px = 1080;
        stage.settings.height_px = 1920;
        stage.settings.text_scale = 1.75f;
        stage.settings.reach = true;
        stage.page = [this](Ui& ui) {
            ui.heading("h", "Otsikko");
            for (const char* key : {"t0", "t1", "t2", "t3", "t4", "t5"})
                ui.text(key, "Rivi, jota luetaan kaikessa rauhassa.");
            const std::vector<ActionSpec> actions = {
                {"back", "Takaisin", ButtonLook::secondary, Icon::back, true, false},
                {"park", "Jatka myöhemmin", ButtonLook::quiet, Icon::none, true, false},
                {"filters", "Rajaa hakua", ButtonLook::secondary, Icon::settings, true, false},
                {"next", "Seuraava", ButtonLook::primary, Icon::forward, true, true}};
            if (const auto at = ui.actions(actions)) pressed = at;
        };
        stage.rest();
    }
    void press(std::string_view key) {
        stage.now += 1000;
        stage.tap(key);
        stage.draw();
    }
};

} // namespace

TEST_CASE(
    "accessibility 38: in reach mode with the largest text the page keeps 35 % of the screen's height") {
    Crowded crowded;
    UiStage& stage = crowded.stage;
    CHECK(stage.result.page_height >= 0.35f * 1920);
    for (const char* key : {"bar.home", "bar.help", "bar.listen", "bar.more", "back", "next"}) {
        CHECK(stage.node(key).on_screen);
        CHECK(stage.node(key).rect.y >= 1920 * 0.4f);
    }
    stage.settings.text_scale = 1;
    stage.draw();
    CHECK_FALSE(stage.shows("bar.more"));
    CHECK(stage.shows("bar.contrast"));
}

TEST_CASE(
    "the actions that have no room stand at the end of the page, in their order, and do what they did") {
    Crowded crowded;
    UiStage& stage = crowded.stage;
    const float last_line = stage.node("t5").rect.bottom();
    CHECK(stage.node("park").rect.y > last_line);
    CHECK(stage.node("filters").rect.y > stage.node("park").rect.y);
    for (const auto& [key, index] : {std::pair{"park", 1u}, {"filters", 2u}, {"next", 3u}, {"back", 0u}}) {
        stage.ui->set_focus(key);
        stage.rest();
        INFO(key);
        CHECK(stage.node(key).on_screen);
        crowded.press(key);
        CHECK(crowded.pressed == index);
    }
}

TEST_CASE("what stands behind More is there with one more touch, and stays until it is closed") {
    Crowded crowded;
    UiStage& stage = crowded.stage;
    CHECK_FALSE(stage.shows("bar.contrast"));
    crowded.press("bar.more");
    CHECK(stage.node("bar.text_size").value == "175 prosenttia");
    CHECK(stage.node("bar.reach").checked == true);
    crowded.press("bar.contrast");
    CHECK(stage.intent.kind == FrameIntent::Kind::contrast);
    CHECK(stage.shows("bar.contrast"));
    SECTION("by its button") {
        crowded.press("bar.close");
    }
    SECTION("by the key that leads back") {
        stage.key(UiEvent::Kind::back);
    }
    SECTION("when reach mode ends") {
        crowded.press("bar.reach");
        CHECK(stage.intent.kind == FrameIntent::Kind::reach);
        stage.draw();
    }
    SECTION("for the languages, which then stand in its place") {
        crowded.press("languages.open");
        CHECK(stage.shows("language.ar"));
        crowded.press("languages.close");
    }
    stage.draw();
    CHECK_FALSE(stage.shows("bar.contrast"));
    CHECK(stage.shows("bar.home"));
}
