// A vacancy that closes while somebody fills in the form that it led to: said on every page from then on, and
// nobody leaves believing that they applied.
#include "tests/fakes/closing_vacancy.h"

using namespace vakant;

namespace {

constexpr const char* closed_words =
    "This vacancy closed while you were writing. Your answers are kept. You can send them: the agency then "
    "knows that you look for such work.";
constexpr const char* closed_thanks =
    "The vacancy had closed, so this is not an application. The agency knows that you look for such work.";

/// On the first page of the application for an own order that closes in a minute and a half.
void begin(KioskStage& stage) {
    stage.settings.has_printer = true;
    open_closing_vacancy(stage);
    stage.press("apply");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
}
void go_to(KioskStage& stage, PageId page) {
    for (int i = 0; i < 25 && stage.page() != page; ++i) {
        if (stage.shows("field.contact_way.telephone")) {
            stage.press("field.contact_way.telephone");
            stage.write("field.telephone", U"0401234567");
        }
        stage.press("next");
    }
    REQUIRE(stage.page() == page);
}
void take_up(KioskStage& stage) {
    const std::string& code = stage.workers.parked_code;
    stage.press("slip");
    stage.press("take_up");
    stage.write("code", std::u32string(code.begin(), code.end()));
    stage.press("open");
}

} // namespace

TEST_CASE("that the vacancy has closed stands on the form, on the consents and on the review") {
    KioskStage stage("en");
    begin(stage);
    CHECK_FALSE(stage.shows("closed"));
    stage.wait(91'000);
    CHECK(stage.page() == PageId::registration_form);
    CHECK(stage.name("closed") == closed_words);
    go_to(stage, PageId::registration_consents);
    CHECK(stage.name("closed") == closed_words);
    go_to(stage, PageId::registration_review);
    CHECK(stage.name("purpose") == closed_words);
}

TEST_CASE("who sends after the vacancy has closed reads so on the page and on the slip") {
    KioskStage stage("en");
    begin(stage);
    stage.wait(91'000);
    go_to(stage, PageId::registration_review);
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    CHECK(stage.name("what") == closed_thanks);
    stage.press("print");
    const auto printed = stage.workers.all<job::Print>();
    REQUIRE(printed.size() == 1);
    std::string text;
    for (const PrintedSlip::Block& block : printed[0].slip.blocks)
        text += block.text + "\n";
    CHECK(text.find(closed_thanks) != std::string::npos);
    CHECK(text.find("contact the employer directly") == std::string::npos);
}

TEST_CASE("the notice of a vacancy that has closed sends nobody to the employer") {
    KioskStage stage("en");
    begin(stage);
    stage.wait(91'000);
    stage.back();
    REQUIRE(stage.page() == PageId::registration_notice);
    CHECK(stage.name("purpose") == closed_words);
    CHECK_FALSE(stage.shows("not_applied"));
}

TEST_CASE("a form that was parked after its vacancy had closed still knows it") {
    KioskStage stage("en");
    begin(stage);
    stage.wait(91'000);
    stage.press("park");
    REQUIRE(stage.page() == PageId::registration_parked);
    stage.press("finish");
    stage.press("start");
    take_up(stage);
    REQUIRE(stage.page() == PageId::registration_form);
    CHECK(stage.name("closed") == closed_words);
    CHECK_FALSE(stage.app->visit().answers()->is_application);
}

TEST_CASE("a vacancy that was taken away while its form was parked is missed when the form is opened again") {
    KioskStage stage("en");
    begin(stage);
    stage.press("park");
    stage.press("finish");
    stage.workers.vacancies.clear();
    stage.press("start");
    take_up(stage);
    REQUIRE(stage.page() == PageId::registration_form);
    CHECK(stage.name("closed") == closed_words);
    CHECK(stage.app->visit().prompt.closed);
    CHECK_FALSE(stage.app->visit().answers()->is_application);
}

TEST_CASE("a vacancy that is open still when its parked form is taken up stays an application") {
    KioskStage stage("en");
    begin(stage);
    stage.press("park");
    stage.press("finish");
    stage.press("start");
    take_up(stage);
    REQUIRE(stage.page() == PageId::registration_form);
    CHECK_FALSE(stage.shows("closed"));
    CHECK(stage.app->visit().answers()->is_application);
}
