#include "kiosk/input/scanner.h"

#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

/// Types at a steady speed and collects what the watch tells.
class Typist {
public:
    explicit Typist(ScannerSettings settings = {}) : watch(std::move(settings)) {}

    void type(std::string_view text, std::int64_t gap_ms) {
        for (const char c : text) {
            now += gap_ms;
            take(watch.pass(now));
            take(watch.take({static_cast<char32_t>(c), now, now}));
        }
    }
    bool key(std::string_view name) {
        now += 2;
        auto told = watch.key(name, now);
        const bool took = told.took_key;
        take(std::move(told));
        return took;
    }
    void wait(std::int64_t ms) {
        now += ms;
        take(watch.pass(now));
    }
    void take(ScannerWatch::Told told) {
        for (const TypedCharacter& each : told.typed) {
            typed += static_cast<char>(each.character);
            times.push_back(each.at_ms);
        }
        if (told.code) codes.push_back(*told.code);
    }

    ScannerWatch watch;
    std::int64_t now = 1'000;
    std::string typed;
    std::vector<std::int64_t> times;
    std::vector<std::string> codes;
};

using Codes = std::vector<std::string>;

} // namespace

TEST_CASE("what comes faster than anybody types is a code, and its Enter belongs to it") {
    Typist typist;
    typist.type("6414893400012", 4);
    CHECK(typist.typed.empty());
    CHECK(typist.key("enter"));
    CHECK(typist.codes == Codes{"6414893400012"});
    CHECK(typist.typed.empty());
    typist.wait(1'000);
    CHECK_FALSE(typist.key("enter")); // the next one is a person's
}

TEST_CASE("a scanner that sends no Enter is done when it pauses, and an Enter that comes late is left out") {
    Typist typist;
    typist.type("6414893400012", 4);
    typist.wait(30);
    CHECK(typist.codes == Codes{"6414893400012"});
    CHECK(typist.key("enter"));
}

TEST_CASE("what a person types comes out as it was typed, with its times, a moment later") {
    Typist typist;
    typist.type("nopea", 60);
    typist.type("sti", 8); // three keys rolled over: no person's hand does more
    typist.wait(100);
    CHECK(typist.typed == "nopeasti");
    CHECK(typist.codes.empty());
    CHECK(typist.times.front() == 1'060);
    CHECK(typist.times.back() == 1'324);
    CHECK_FALSE(typist.key("enter"));
}

TEST_CASE("Enter, Backspace or an arrow right behind a letter comes after it") {
    Typist typist;
    typist.type("a", 60);
    CHECK_FALSE(typist.key("backspace"));
    CHECK(typist.typed == "a");
}

TEST_CASE("keys that piled up while the program was busy are not taken for a scanner") {
    Typist typist;
    // A second of standstill: seven keys come at one moment, which may have been pressed all through it.
    const std::int64_t then = typist.now;
    for (const char c : std::string("hitaasti"))
        typist.take(typist.watch.take({static_cast<char32_t>(c), then + 1'000, then}));
    typist.now = then + 1'000;
    typist.wait(100);
    CHECK(typist.typed == "hitaasti");
    // A scanner's whole code after a short one still is a code.
    const std::int64_t later = typist.now;
    for (const char c : std::string("6414893400012"))
        typist.take(typist.watch.take({static_cast<char32_t>(c), later + 60, later}));
    typist.now = later + 60;
    CHECK(typist.key("enter"));
    CHECK(typist.codes == Codes{"6414893400012"});
}

TEST_CASE("a scanner with a prefix key is known by it, however slow and short its codes") {
    Typist typist({25, "f12"});
    CHECK(typist.key("f12"));
    typist.type("ABC", 50);
    CHECK(typist.key("enter"));
    CHECK(typist.codes == Codes{"ABC"});
    typist.type("abc", 50);
    typist.wait(100);
    CHECK(typist.typed == "abc");
}

TEST_CASE("where no scanner is looked for every character counts at once") {
    Typist typist({0, ""});
    typist.type("6414893400012", 1);
    CHECK(typist.typed == "6414893400012");
    CHECK_FALSE(typist.watch.due_ms().has_value());
}

TEST_CASE("endless characters at a scanner's speed fill no memory") {
    Typist typist;
    for (int i = 0; i < 50; ++i)
        typist.type(std::string(100, 'x'), 1);
    typist.wait(100);
    REQUIRE(typist.codes.size() == 1);
    CHECK(typist.codes.front().size() == 400);
}

// ---- what the kiosk does with a code

TEST_CASE("the code of a parked form opens the form, from the screen at rest too") {
    KioskStage stage("en");
    stage.start(PageId::attract);
    stage.press("start");
    stage.press("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.press("park");
    const std::string code = "vakant-form:" + stage.workers.parked_code;
    stage.wait(200'000);
    REQUIRE(stage.page() == PageId::attract);
    stage.app->scanned(code);
    stage.rest();
    REQUIRE(stage.page() == PageId::registration_form);
    CHECK(stage.value("field.given_names") == "Aino");
}

TEST_CASE("the code of a registration's slip opens the page where it is taken back, filled in and not sent") {
    KioskStage stage("en");
    stage.start();
    stage.app->scanned("vakant:KTR-0427-M:00112233445566778899aabbccddeeff");
    stage.rest();
    REQUIRE(stage.page() == PageId::registration_withdraw);
    CHECK(stage.value("reference") == "KTR-0427-M");
    CHECK_FALSE(stage.value("code").empty());
    CHECK(stage.workers.all<job::Finalise>().empty());
}

TEST_CASE("any other code is dropped with a word, and nothing of it gets into a field") {
    KioskStage stage("en");
    stage.start();
    stage.press("browse");
    stage.press("search");
    stage.app->scanned("6414893400012");
    stage.rest();
    CHECK(stage.name("word") == "This kiosk does not know this code");
    CHECK_FALSE(stage.shows("search"));
    stage.touch("dialog.close");
    CHECK(stage.value("search").empty());
    CHECK(stage.page() == PageId::vacancies_list);
}

TEST_CASE("a code never takes somebody's half-filled form away") {
    KioskStage stage("en");
    stage.start();
    stage.press("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.app->scanned("vakant-form:" + stage.workers.parked_code);
    stage.rest();
    CHECK(stage.name("word") == "The code cannot be used right now");
    stage.keypad(KeypadKey::back);
    CHECK(stage.page() == PageId::registration_form);
    CHECK(stage.value("field.given_names") == "Aino");
}

// ---- the keypad's other keys

TEST_CASE("the help key opens help on every page, and not over a question") {
    KioskStage stage("en");
    stage.start();
    stage.keypad(KeypadKey::help);
    CHECK(stage.page() == PageId::help);
    stage.keypad(KeypadKey::back);
    CHECK(stage.page() == PageId::home);
    stage.wait(121'000);
    REQUIRE(stage.shows("dialog.stay"));
    stage.keypad(KeypadKey::help);
    CHECK(stage.page() == PageId::home);
}

TEST_CASE("volume and rate go up and down by steps, are shown, and end with the visit") {
    KioskStage stage("en");
    stage.start();
    stage.keypad(KeypadKey::volume_down);
    CHECK(stage.voice.volume == 70);
    CHECK(stage.name("frame.status") == "Volume 6 of 8");
    stage.keypad(KeypadKey::rate_up);
    CHECK(stage.voice.rate == 150);
    CHECK(stage.name("frame.status") == "Speech rate 5 of 8");
    for (int i = 0; i < 10; ++i)
        stage.keypad(KeypadKey::rate_up);
    CHECK(stage.voice.rate == 250);
    stage.wait(5'000);
    CHECK_FALSE(stage.shows("frame.status"));
    stage.wait(200'000);
    CHECK(stage.voice.volume == 100);
    CHECK(stage.voice.rate == 125);
}
