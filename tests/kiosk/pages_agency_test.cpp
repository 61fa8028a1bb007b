#include "core/base/bytes.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/places.h"

using namespace vakant;

namespace {

void tell_demo_profile(KioskStage& stage) {
    const auto text = read_file(source_dir() + "/assets/config/aurora.json");
    REQUIRE(text.ok());
    auto profile = agency_profile_from_text(*text);
    REQUIRE(profile.ok());
    stage.workers.profiles.push_back({"example", std::make_shared<const AgencyProfile>(std::move(*profile))});
}

} // namespace

TEST_CASE("an agency that has told nothing about itself has no card on the home page") {
    KioskStage stage;
    stage.start();
    CHECK_FALSE(stage.shows("agency"));
}

TEST_CASE("the agency's page tells who it is in the reader's language, by touch and by key") {
    for (const bool by_touch : {true, false}) {
        KioskStage stage("en");
        tell_demo_profile(stage);
        stage.start();
        by_touch ? stage.touch("agency") : stage.press("agency");
        CHECK(stage.page() == PageId::agency);
        CHECK(stage.name("title") == "Aurora Henkilöstö Oy");
        CHECK(stage.name("greeting") == "We help you find work that suits you.");
        CHECK(stage.name("registering.0") ==
              "Register on this kiosk or at our office. Your name and telephone number are enough. "
              "Registering is free.");
        CHECK(stage.node("office.0.address").value == "\u2068Revontulenkatu 7, 33100 Tampere\u2069");
        CHECK(stage.node("office.0.hours").value == "\u2068Mon–Thu 9–16, Fri 9–14\u2069");
        CHECK(stage.name("employers").find("Kirkas Konttori Oy") != std::string::npos);
        CHECK(stage.node("others.1").name == "\u2068Tuulisepän Työt Oy\u2069");
        CHECK(stage.node("others.1").value.find("Building and industry") != std::string::npos);
        by_touch ? stage.touch("register") : stage.press("register");
        CHECK(stage.page() == PageId::registration_notice);
    }
}

TEST_CASE(
    "the agency's page counts its openings by field, and those whose field nobody knows as other work") {
    KioskStage stage("en");
    tell_demo_profile(stage);
    stage.start();
    stage.press("agency");
    VacancyResults results;
    results.query.agency = "example";
    results.own_total = 5;
    results.counts = {{Facet::field, "care", "", 3, false}, {Facet::hours, "full_time", "", 5, false}};
    stage.workers.tell_page(event::SearchAnswered{results});
    stage.rest();
    CHECK(stage.node("openings.care").name == "Care and health");
    CHECK(stage.node("openings.care").value == "3 vacancies");
    CHECK(stage.node("openings.other").value == "2 vacancies");
}

TEST_CASE(
    "a kiosk of several agencies shows one profile at a time and registers with the one that is shown") {
    KioskStage stage("en");
    stage.agencies = {{"example", "Esimerkki Oy"}, {"second", "Toinen Oy"}};
    tell_demo_profile(stage);
    AgencyProfile other;
    other.name = "Toinen Oy";
    stage.workers.profiles.push_back({"second", std::make_shared<const AgencyProfile>(other)});
    stage.start();
    stage.press("agency");
    CHECK(stage.name("title") == "Aurora Henkilöstö Oy");
    VacancyResults results;
    results.query.agency = "example";
    results.own_total = 3;
    results.counts = {{Facet::field, "care", "", 3, false}};
    stage.workers.tell_page(event::SearchAnswered{results});
    stage.rest();
    CHECK(stage.node("openings.care").value == "3 vacancies");
    stage.touch("second");
    CHECK(stage.name("title") == "Toinen Oy");
    CHECK_FALSE(stage.shows("openings.panel")); // the other agency has none
    CHECK(stage.workers.all<job::Search>().back().query.agency == "second");
    stage.workers.tell_page(event::SearchAnswered{results}); // late, of the agency that was left
    stage.rest();
    CHECK_FALSE(stage.shows("openings.panel"));
    results.query.agency = "second";
    stage.workers.tell_page(event::SearchAnswered{results});
    stage.rest();
    CHECK(stage.node("openings.care").value == "3 vacancies");
    stage.press("register");
    CHECK(stage.app->visit().agencies() == std::vector<std::string>{"second"});
}
