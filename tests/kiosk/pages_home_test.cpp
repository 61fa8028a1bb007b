#include "core/base/bytes.h"
#include "core/profile/agency_profile.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/places.h"

using namespace vakant;

TEST_CASE("the screen at rest says what the kiosk is for and one touch leads to the first question") {
    KioskStage stage;
    stage.workers.vacancies = {demo_vacancy("a", "Siivooja", true), demo_vacancy("b", "Kock", false)};
    stage.start(PageId::attract);
    CHECK(stage.name("title") == "Etsitkö työtä?");
    CHECK(stage.name("count") == "2 avointa työpaikkaa");
    stage.touch("start");
    CHECK(stage.page() == PageId::home);
    CHECK(stage.name("title") == "Tervetuloa. Mitä etsit?");
}

TEST_CASE("the first question shows the real number of open places") {
    KioskStage stage;
    for (int i = 0; i < 1284; ++i)
        stage.workers.vacancies.push_back(demo_vacancy("v" + std::to_string(i), "Siivooja", i % 2 == 0));
    stage.start();
    CHECK(stage.node("browse").name.find("Selaa työpaikkoja") != std::string::npos);
    const std::string heard =
        stage.node("browse").name + " " + stage.node("browse").value + stage.node("browse").description;
    CHECK(heard.find("1\u00a0284 avointa paikkaa") != std::string::npos);
}

TEST_CASE("a card stands on the first page only where its function exists") {
    KioskStage stage;
    stage.workers.forms.clear();
    stage.workers.tests.clear();
    stage.start();
    CHECK(stage.shows("browse"));
    CHECK_FALSE(stage.shows("register"));
    CHECK_FALSE(stage.shows("typing"));
    CHECK(stage.shows("about"));
}

TEST_CASE("every card of the first page opens its page, and Back comes home") {
    KioskStage stage;
    stage.start();
    const std::pair<std::string, PageId> ways[] = {{"browse", PageId::vacancies_list},
                                                   {"register", PageId::registration_notice},
                                                   {"typing", PageId::skills_intro},
                                                   {"about", PageId::about}};
    for (const auto& [key, page] : ways) {
        INFO(key);
        stage.touch(key);
        CHECK(stage.page() == page);
        stage.press("back");
        CHECK(stage.page() == PageId::home);
    }
}

TEST_CASE("the language changes at once, everywhere, and the number of places is read the Arabic way") {
    KioskStage stage;
    for (int i = 0; i < 3; ++i)
        stage.workers.vacancies.push_back(demo_vacancy("v" + std::to_string(i), "Siivooja", true));
    stage.start();
    stage.language("en");
    CHECK(stage.name("title") == "Welcome. What are you looking for?");
    stage.language("ar");
    CHECK(stage.name("title") == "مرحبًا بك. عمّ تبحث؟");
    const SemanticNode& browse = stage.node("browse");
    CHECK((browse.name + browse.value + browse.description).find("3 وظائف شاغرة") != std::string::npos);
    CHECK(stage.node("browse").rect.x > stage.node("register").rect.x);
}

TEST_CASE("contrast and text size change what the frame is drawn with") {
    KioskStage stage;
    stage.start();
    stage.press("bar.contrast");
    CHECK(stage.app->ui_settings().theme == Theme::high_contrast);
    stage.press("bar.text_size");
    CHECK(stage.app->ui_settings().text_scale == Approx(1.33));
}

TEST_CASE("on the usual screen all cards of the first page are in view, and nothing has to be scrolled") {
    KioskStage stage(GENERATE("fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"));
    const auto text = read_file(source_dir() + "/assets/config/aurora.json");
    REQUIRE(text.ok());
    auto profile = agency_profile_from_text(*text);
    REQUIRE(profile.ok());
    stage.workers.profiles.push_back({"example", std::make_shared<const AgencyProfile>(std::move(*profile))});
    stage.start();
    INFO(stage.settings.ui.language);
    for (const char* card : {"browse", "register", "typing", "slip", "agency", "about"})
        CHECK(stage.node(card).on_screen);
    CHECK_FALSE(stage.shows("scroll.down"));
}

TEST_CASE("the first page of a portrait screen names every language in its own script") {
    KioskStage stage;
    stage.settings.ui.width_px = 1080;
    stage.settings.ui.height_px = 1920;
    stage.start();
    CHECK(stage.name("language.ar") == "العربية");
    CHECK(stage.node("language.ar").on_screen);
    stage.touch("language.en");
    CHECK(stage.name("title") == "Welcome. What are you looking for?");
}

TEST_CASE("help opens once and goes back to where it was asked for") {
    KioskStage stage;
    stage.start();
    stage.touch("browse");
    stage.press("bar.help");
    CHECK(stage.page() == PageId::help);
    CHECK(stage.name("title") == "Apua");
    stage.press("bar.help");
    stage.back();
    CHECK(stage.page() == PageId::vacancies_list);
}

TEST_CASE("the about page says who is behind the kiosk, what is kept, and which version it is") {
    KioskStage stage("en");
    stage.start();
    stage.touch("about");
    CHECK(stage.name("whose") == "This kiosk serves: \u2068Esimerkki Oy\u2069.");
    CHECK(stage.name("looking") ==
          "Nothing is kept about you. Your search words are forgotten when you leave.");
    CHECK(stage.name("version") == "Vakant \u20680.1.0\u2069");
}
