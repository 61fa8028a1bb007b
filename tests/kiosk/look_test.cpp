// What an agency and a person can change about the kiosk's look, and the page that invites.
#include <set>

#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

struct Attract {
    KioskStage stage;
    Attract() {
        stage.settings.ui.less_motion = false;
        for (int i = 0; i < 7; ++i)
            stage.workers.vacancies.push_back(demo_vacancy("own" + std::to_string(i), "Siivooja", true));
        stage.start(PageId::attract);
    }
    /// To `into_ms` after the last greeting came, whatever the time is.
    App::Frame at(std::int64_t into_ms) {
        const std::int64_t into = stage.clock.monotonic_ms() % 8000;
        stage.clock.pass((into_ms - into + 8000) % 8000);
        return stage.draw();
    }
};

Brand branded() {
    Brand brand;
    brand.name = "Kanto Henkilöstö";
    brand.colours.primary = hex(0x5B1F4D);
    brand.greetings["fi"] = "Tule töihin";
    const std::string_view svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 100'>"
                                 "<rect width='300' height='100' rx='20' fill='#5b1f4d'/></svg>";
    brand.logo.bytes = to_bytes(svg);
    return brand;
}

} // namespace

TEST_CASE("the attract page asks in every language in turn and shows places that are open") {
    Attract attract;
    std::set<std::string> questions, languages, shown;
    for (int turn = 0; turn < 8; ++turn) {
        attract.at(4000);
        questions.insert(attract.stage.name("title"));
        languages.insert(attract.stage.node("title").language);
        for (int i = 0; i < 7; ++i) {
            if (attract.stage.shows("vacancy.own" + std::to_string(i))) shown.insert(std::to_string(i));
        }
        attract.stage.clock.pass(8000);
    }
    CHECK(questions.contains("Etsitkö työtä?"));
    CHECK(questions.contains("هل تبحث عن عمل؟"));
    CHECK(questions.size() == languages.size());
    CHECK(questions.size() >= 7); // plain Finnish asks as Finnish does
    CHECK(shown.size() == 7);
}

TEST_CASE("the attract page stands still in the kiosk's language for who goes by keys and ear, until they "
          "have gone") {
    Attract attract;
    KioskStage& stage = attract.stage;
    attract.at(4000);
    while (stage.node("title").language != "ar") {
        stage.clock.pass(8000);
        stage.draw();
    }
    stage.keypad(KeypadKey::listen);
    stage.keypad(KeypadKey::rate_up);
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(stage.name("title") == "Etsitkö työtä?");
        CHECK(stage.name("start") == "Aloita");
        CHECK(stage.shows("vacancy.own0"));
        stage.clock.pass(8000);
        stage.draw();
    }
    const int quick = stage.voice.rate;
    stage.wait(stage.settings.idle_ms); // they went away
    CHECK(stage.voice.rate < quick);
    std::set<std::string> languages;
    for (int turn = 0; turn < 8; ++turn) {
        stage.clock.pass(8000);
        stage.draw();
        languages.insert(stage.node("title").language);
    }
    CHECK(languages.size() >= 7);
}

TEST_CASE("between the attract page's fades nothing wakes up, and during them frames follow each other") {
    Attract attract;
    const auto waits = [&](std::int64_t into_ms) {
        const App::Frame frame = attract.at(into_ms);
        CHECK_FALSE(frame.animating);
        REQUIRE(frame.wake_at_ms);
        return *frame.wake_at_ms - attract.stage.clock.monotonic_ms();
    };
    CHECK(waits(100) == 32);
    CHECK(waits(320) == 8000 - 320 - 320);
    CHECK(waits(7680) == 32);
}

TEST_CASE("a touch anywhere opens the first question, on a place that place, on a language that language") {
    Attract attract;
    KioskStage& stage = attract.stage;
    SECTION("anywhere") {
        UiEvent event;
        event.x = 20;
        event.y = 1000;
        event.kind = UiEvent::Kind::press;
        stage.send(event);
        event.kind = UiEvent::Kind::release;
        stage.send(event);
        stage.rest();
        CHECK(stage.page() == PageId::home);
    }
    SECTION("a place, by finger") {
        attract.at(4000);
        std::string key;
        for (const SemanticNode& node : stage.app->tree().nodes()) {
            if (node.role == Role::card && key.empty()) key = node.key;
        }
        stage.touch(key);
        CHECK(stage.page() == PageId::vacancies_page);
        stage.back();
        CHECK(stage.page() == PageId::vacancies_list);
        stage.back();
        CHECK(stage.page() == PageId::home);
    }
    SECTION("a language, by key") {
        stage.press("language.ar");
        CHECK(stage.page() == PageId::home);
        CHECK(stage.app->ui_settings().language == "ar");
    }
}

TEST_CASE("an order that names no employer says on the attract page whose it is, and never an agency's id") {
    KioskStage stage;
    Vacancy unnamed = demo_vacancy("own1", "Siivooja", true);
    unnamed.employer.clear();
    stage.workers.vacancies.push_back(unnamed);
    stage.settings.start_page = PageId::attract;
    stage.open(); // the agency's name has not been read yet
    stage.rest();
    CHECK(stage.node("vacancy.own1").description == "\u2068Tampere\u2069");
    stage.enrol();
    stage.rest();
    CHECK(stage.node("vacancy.own1").description == "\u2068Esimerkki Oy\u2069 · \u2068Tampere\u2069");
}

TEST_CASE("accessibility 21: with less motion the attract page stands still, in the kiosk's own language") {
    KioskStage stage("sv");
    stage.workers.vacancies.push_back(demo_vacancy("own1", "Siivooja", true));
    stage.start(PageId::attract);
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(stage.node("title").language == "sv");
        stage.wait(8000);
    }
}

TEST_CASE("the second strike of a touch that woke the kiosk up presses nothing on its first page") {
    Attract attract;
    KioskStage& stage = attract.stage;
    attract.at(4000);
    const auto strike = [&](float x, float y) {
        UiEvent event;
        event.x = x;
        event.y = y;
        event.kind = UiEvent::Kind::press;
        stage.send(event);
        stage.clock.pass(40);
        event.kind = UiEvent::Kind::release;
        stage.send(event);
        stage.draw();
        stage.clock.pass(100);
    };
    const Rect start = stage.node("start").rect;
    strike(start.x + start.w / 2, start.y + start.h / 2);
    REQUIRE(stage.page() == PageId::home);
    strike(start.x + start.w / 2, start.y + start.h / 2);
    CHECK(stage.page() == PageId::home);
}

TEST_CASE("an agency's name, colours, greeting and logo are on every page") {
    KioskStage stage;
    stage.settings.look = branded();
    stage.start(PageId::attract);
    CHECK(stage.name("title") == "Tule töihin");
    CHECK(stage.name("frame.brand") == "Kanto Henkilöstö");
    const Rect logo = stage.node("frame.brand").rect;
    CHECK(logo.h == 65); // 16 mm of 0.248 mm pixels
    CHECK(logo.w == 195);
    CHECK(stage.app->ui_settings().colours.primary == hex(0x5B1F4D));
    stage.press("start");
    CHECK(stage.shows("frame.brand"));
}

TEST_CASE("the page that invites names every language in its own script, however long the agency's name and "
          "however "
          "tall the screen") {
    KioskStage stage;
    stage.settings.brand = "Pohjanmaan Henkilöstöpalvelut ja Rekrytointi Oy";
    if (GENERATE(false, true)) {
        stage.settings.ui.width_px = 1080;
        stage.settings.ui.height_px = 1920;
    }
    stage.start(PageId::attract);
    for (const char* code : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"})
        CHECK(stage.node("language." + std::string(code)).on_screen);
    CHECK(stage.name("language.ar") == "العربية");
    CHECK_FALSE(stage.shows("languages.open"));
}

TEST_CASE("a logo that cannot be read leaves the name standing") {
    KioskStage stage;
    stage.settings.look = branded();
    stage.settings.look->logo.bytes = to_bytes("<svg");
    stage.start();
    CHECK(stage.node("frame.brand").role == Role::text);
    CHECK(stage.name("frame.brand") == "Kanto Henkilöstö");
}

TEST_CASE("an agency's name of any length stands whole on the screen, beside nothing that it covers") {
    struct Screen {
        float width, height, scale, mm_per_px;
    };
    const Screen screen = GENERATE(Screen{1080, 1920, 1, 0.248f}, Screen{1080, 1920, 1.75f, 0.248f},
                                   Screen{1366, 768, 1.75f, 0.2488f}, Screen{768, 1366, 1.75f, 0.2488f});
    const bool has_logo = GENERATE(false, true);
    KioskStage stage;
    stage.settings.look = branded();
    if (!has_logo) stage.settings.look->logo = {};
    stage.settings.look->name = "Pohjanmaan Henkilöstöpalvelut ja Rekrytointi Osakeyhtiö Oy";
    stage.settings.ui.width_px = screen.width;
    stage.settings.ui.height_px = screen.height;
    stage.settings.ui.text_scale = screen.scale;
    stage.settings.ui.mm_per_px = screen.mm_per_px;
    stage.start(GENERATE(PageId::home, PageId::attract));
    const Rect brand = stage.node("frame.brand").rect;
    CHECK(brand.x >= 0);
    CHECK(brand.right() <= screen.width);
    for (const SemanticNode& node : stage.app->tree().nodes()) {
        INFO(node.key);
        CHECK((node.key == "frame.brand" || !node.on_screen || !node.rect.overlaps(brand)));
    }
}

TEST_CASE("the help page turns the double-strike filter and less motion on, until the visit ends") {
    KioskStage stage;
    stage.start();
    stage.press("bar.help");
    CHECK(stage.node("double_strike").checked == false);
    stage.press("double_strike");
    stage.press("less_motion");
    CHECK(stage.node("double_strike").checked == true);
    CHECK(stage.app->ui_settings().double_strike_ms == 500);
    CHECK_FALSE(stage.app->ui_settings().less_motion); // it was on here from the start
    stage.wait(200'000);
    CHECK(stage.app->ui_settings().double_strike_ms == 0);
    CHECK(stage.app->ui_settings().less_motion);
}

TEST_CASE(
    "accessibility 38: reach mode is one button of the bar on a portrait screen and ends with the visit") {
    KioskStage stage;
    stage.settings.ui.width_px = 1080;
    stage.settings.ui.height_px = 1920;
    stage.start();
    stage.touch("bar.reach");
    CHECK(stage.app->ui_settings().reach);
    CHECK(stage.node("browse").rect.y >= 1920 * 0.4f);
    CHECK(stage.shows("frame.reach"));
    stage.wait(200'000);
    CHECK_FALSE(stage.app->ui_settings().reach);
}

TEST_CASE("contrast, text size and language say in the bar what they are set to") {
    KioskStage stage("en");
    stage.start();
    CHECK(stage.value("bar.contrast") == "Light");
    stage.press("bar.contrast");
    CHECK(stage.value("bar.contrast") == "High contrast");
    stage.press("bar.text_size");
    CHECK(stage.value("bar.text_size") == "133 percent");
    CHECK(stage.value("languages.open") == "English");
}
