// A kiosk at a stand on a recruitment day: the short form, and every registration names the day.
#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

struct Stand {
    KioskStage stage{"en"};
    Stand() { stage.settings.day = "autumn-fair-2026"; }

    void fill_in_and_send() {
        stage.press("next");
        stage.write("field.given_names", U"Grace");
        stage.write("field.family_name", U"Okoro");
        stage.press("next");
        stage.press("field.contact_way.come_back");
        for (int i = 0; i < 25 && !stage.shows("send"); ++i)
            stage.press("next");
        stage.press("send");
        REQUIRE(stage.page() == PageId::registration_thanks);
    }
    std::vector<Unsealed> sent() { return stage.workers.all<job::Finalise>().at(0).what.submissions; }
};

} // namespace

TEST_CASE("on a recruitment day registering is the short form, and the day is its source") {
    Stand stand;
    KioskStage& stage = stand.stage;
    stage.start();
    CHECK(stage.node("register").description.find("Under two minutes") != std::string::npos);
    SECTION("by touch") {
        stage.touch("register");
    }
    SECTION("by key") {
        stage.press("register");
    }
    REQUIRE(stage.page() == PageId::registration_notice);
    stand.fill_in_and_send();
    REQUIRE(stand.sent().size() == 1);
    CHECK(stand.sent()[0].payload["form"].text() == "day");
    CHECK(stand.sent()[0].payload["source"].to_text() == R"({"kind":"day","id":"autumn-fair-2026"})");
}

TEST_CASE("a kiosk that stands at no recruitment day asks the full form of those who walk in") {
    Stand stand;
    stand.stage.settings.day.clear();
    stand.stage.start();
    CHECK(stand.stage.node("register").description.find("About five minutes") != std::string::npos);
    stand.stage.press("register");
    stand.fill_in_and_send();
    CHECK(stand.sent().at(0).payload["form"].text() == "registration");
    CHECK(stand.sent()[0].payload["source"].to_text() == R"({"kind":"walk-in"})");
}

TEST_CASE("several agencies on a recruitment day get the short form, each in an envelope of its own") {
    Stand stand;
    KioskStage& stage = stand.stage;
    stage.agencies = {{"a", "First Ltd"}, {"b", "Second Ltd"}};
    stage.start();
    stage.press("register");
    stage.press("a");
    stage.press("b");
    stage.press("next");
    stand.fill_in_and_send();
    REQUIRE(stand.sent().size() == 2);
    for (const Unsealed& submission : stand.sent()) {
        CHECK(submission.payload["form"].text() == "day");
        CHECK(submission.payload["source"]["id"].text() == "autumn-fair-2026");
    }
}

TEST_CASE(
    "an application for a vacancy on a recruitment day names the day, too, and the next visitor's as well") {
    Stand stand;
    KioskStage& stage = stand.stage;
    stage.workers.vacancies = {demo_vacancy("v1", "Siivooja", true)};
    stage.start();
    for (int visitor = 0; visitor < 2; ++visitor) {
        INFO("visitor " << visitor);
        stage.press("browse");
        stage.press("vacancy.v1");
        stage.press("apply");
        stand.fill_in_and_send();
        const auto all = stage.workers.all<job::Finalise>();
        const Json payload = all.at(static_cast<std::size_t>(visitor)).what.submissions.at(0).payload;
        CHECK(payload["form"].text() == "interest");
        CHECK(payload["application"].bool_or(false));
        CHECK(payload["source"]["kind"].text() == "day");
        CHECK(payload["source"]["id"].text() == "autumn-fair-2026");
        stage.press("finish");
        stage.press("start");
    }
}
