// What people hear, page by page and key by key.
#include "core/base/bytes.h"
#include "tests/fakes/hearing_stage.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

TEST_CASE("accessibility 04: any touch and any key silences what is being said at once") {
    HearingStage stage;
    stage.begin();
    const int before = stage.voice.silenced;
    UiEvent touch;
    touch.kind = UiEvent::Kind::press;
    stage.send(touch); // no frame is needed for it, and no time passes
    CHECK(stage.voice.silenced == before + 1);
    stage.app->press({KeypadKey::down, stage.clock.monotonic_ms()});
    CHECK(stage.voice.silenced == before + 2);
    stage.app->press({KeypadKey::volume_up, stage.clock.monotonic_ms()});
    CHECK(stage.voice.silenced == before + 3);
}

TEST_CASE("the repeat key says the last thing again, and begins to speak where nothing spoke") {
    HearingStage stage;
    stage.start();
    stage.keypad(KeypadKey::repeat);
    CHECK(stage.app->listening());
    CHECK(stage.last_heard().find("Welcome. What are you looking for?") == 0);
    stage.keypad(KeypadKey::next);
    const std::string said = stage.last_heard();
    stage.keypad(KeypadKey::repeat);
    CHECK(stage.last_heard() == said);
}

TEST_CASE("a headset begins speech and lets private words be heard, and its end ends both") {
    HearingStage stage;
    stage.start();
    stage.keypad(KeypadKey::headset_in);
    CHECK(stage.app->listening());
    stage.press("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.press("field.given_names");
    stage.keypad(KeypadKey::back);
    CHECK(stage.heard("Aino"));
    stage.keypad(KeypadKey::headset_out);
    CHECK_FALSE(stage.app->listening());
}

TEST_CASE("what is typed is echoed letter by letter to a headset, and on a loudspeaker only that it came") {
    HearingStage stage;
    const bool headset = GENERATE(true, false);
    stage.open_form();
    if (headset) stage.keypad(KeypadKey::headset_in);
    stage.press("field.given_names");
    CHECK(stage.heard("Others may hear what you type.") == !headset);
    stage.character(U'q');
    CHECK(stage.last_heard() == (headset ? "q" : "One character added"));
    UiEvent back;
    back.kind = UiEvent::Kind::backspace;
    stage.send(back);
    stage.draw();
    CHECK(stage.last_heard() == (headset ? "q, removed" : "One character removed"));
    if (headset) return;
    stage.character(U'q');
    stage.press("keyboard.ready");
    CHECK_FALSE(stage.heard("q, "));
    CHECK(stage.last_heard().find("filled in") != std::string::npos);
}

TEST_CASE("what is searched for is no secret: its letters are echoed, signs by their names") {
    HearingStage stage;
    stage.begin();
    stage.press("browse");
    stage.press("search");
    stage.character(U'c');
    CHECK(stage.heard("c"));
    stage.character(U' ');
    CHECK(stage.heard("Space"));
}

TEST_CASE(
    "accessibility 05: on the loudspeaker the review names the questions and keeps the answers to itself") {
    HearingStage stage;
    stage.open_form();
    stage.fill_in_to_review();
    CHECK(stage.heard("on the screen only"));
    CHECK_FALSE(stage.heard("Aino"));
    CHECK_FALSE(stage.heard("Kanerva"));
    CHECK_FALSE(stage.heard("0 4 0"));
}

TEST_CASE("accessibility 08: a title in another language is read by that language's voice, its role by the "
          "reader's") {
    HearingStage stage;
    stage.workers.vacancies.push_back(demo_vacancy("other1", "Lokalvårdare", false));
    stage.begin();
    stage.press("browse");
    stage.press("others");
    const std::size_t before = stage.voice.said.size();
    stage.step_to("vacancy.other1");
    REQUIRE(stage.voice.said.size() > before + 1);
    const Utterance& title = stage.voice.said[stage.voice.said.size() - 2];
    CHECK(title.text == "Lokalvårdare");
    CHECK(title.language == "sv");
    CHECK(stage.voice.said.back().language == "en");
    CHECK(stage.voice.said.back().text.find("button") == 0);
}

TEST_CASE("in Arabic what has vowel signs for speech is said with them") {
    HearingStage stage("ar");
    stage.begin();
    CHECK(stage.last_heard().find("مَرْحَبًا بِك. عَمَّ تَبْحَث؟") == 0);
    CHECK(stage.name("title") == "مرحبًا بك. عمّ تبحث؟");
}

TEST_CASE("a text that the agency has recorded is played in its place, the rest is read") {
    ScratchFolder assets;
    std::filesystem::copy(source_dir() + "/assets", assets.path(), std::filesystem::copy_options::recursive);
    std::filesystem::create_directories(assets / "audio/en");
    REQUIRE(write_file_durably(assets / "audio/en/home.title.wav", "RIFF").ok());
    HearingStage stage;
    stage.settings.assets = assets.path();
    stage.begin();
    REQUIRE(stage.voice.said.size() >= 2);
    CHECK(stage.voice.said[0].recording == assets / "audio/en/home.title.wav");
    CHECK(stage.voice.said[1].recording.empty());
    CHECK(stage.voice.said[1].text.find("heading") == 0);
}

TEST_CASE("a language without a voice says so honestly, in words on the screen, and stays silent") {
    ScratchFolder assets;
    std::filesystem::copy(source_dir() + "/assets", assets.path(), std::filesystem::copy_options::recursive);
    std::filesystem::copy_file(assets / "strings/en.json", assets / "strings/so.json");
    HearingStage stage("so");
    stage.settings.assets = assets.path();
    SECTION("where nothing is recorded either") {
        stage.begin();
        CHECK(stage.name("word") == "There is no voice in this language");
        CHECK_FALSE(stage.app->listening());
        CHECK(stage.voice.said.empty());
    }
    SECTION("but speaks where the agency has recorded it") {
        std::filesystem::create_directories(assets / "audio/so");
        stage.begin();
        CHECK_FALSE(stage.shows("word"));
        CHECK(stage.app->listening());
    }
}

TEST_CASE("accessibility 09: an error is heard with its field and what to do about it") {
    HearingStage stage;
    stage.open_form();
    stage.press("next"); // with nothing filled in
    REQUIRE(stage.page() == PageId::registration_form);
    const SemanticNode& field = stage.node("field.given_names");
    REQUIRE(field.invalid);
    stage.step_to("field.given_names");
    const std::string told = stage.last_heard();
    CHECK(told.find(field.name) == 0);
    CHECK(told.find("error") != std::string::npos);
    CHECK(told.find(field.description) != std::string::npos);
}

TEST_CASE("accessibility 33: nobody is asked whether they are there while something is being said to them") {
    HearingStage stage;
    stage.begin();
    stage.press("register");
    stage.voice.speaks = true;
    stage.draw();
    stage.wait(119'000);
    stage.wait(119'000);
    CHECK_FALSE(stage.shows("dialog.stay"));
    stage.voice.speaks = false;
    stage.draw();
    stage.wait(119'000);
    CHECK_FALSE(stage.shows("dialog.stay"));
    stage.wait(2'000);
    CHECK(stage.shows("dialog.stay"));
    // Nor is anything wiped in the middle of a sentence.
    stage.voice.speaks = true;
    stage.draw();
    stage.wait(29'000);
    stage.wait(29'000);
    CHECK(stage.page() == PageId::registration_notice);
    stage.voice.speaks = false;
    stage.draw();
    stage.wait(31'000);
    CHECK(stage.page() == PageId::attract);
}

TEST_CASE("a voice that never ends does not keep somebody's answers on the screen for ever") {
    HearingStage stage;
    stage.begin();
    stage.press("register");
    stage.voice.speaks = true;
    for (int i = 0; i < 20; ++i)
        stage.wait(60'000);
    CHECK(stage.page() == PageId::attract);
}

TEST_CASE(
    "accessibility 05: the idle warning is heard by those who do not listen, too, in one short question") {
    HearingStage stage;
    stage.start();
    stage.wait(121'000);
    REQUIRE(stage.shows("dialog.stay"));
    CHECK(stage.voice.told == std::vector<std::string>{"Are you still there?"});
    stage.wait(5'000);
    CHECK(stage.voice.told.size() == 1);
}
