#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

KioskStage& with_board(KioskStage& stage) {
    stage.workers.vacancies = {demo_vacancy("own1", "Siivooja", true),
                               demo_vacancy("own2", "Keittiöapulainen", true),
                               demo_vacancy("other1", "Lokalvårdare", false)};
    stage.start();
    stage.touch("browse");
    return stage;
}

} // namespace

TEST_CASE("the board keeps what can be applied for here apart from other people's advertisements") {
    KioskStage stage;
    with_board(stage);
    CHECK(stage.name("title") == "Avoimet työpaikat");
    CHECK(stage.name("own") == "Hae täällä (2)");
    CHECK(stage.name("others") == "Muualla (1)");
    CHECK(stage.shows("vacancy.own1"));
    CHECK_FALSE(stage.shows("vacancy.other1"));
    stage.touch("others");
    CHECK(stage.shows("vacancy.other1"));
    CHECK_FALSE(stage.shows("vacancy.own1"));
    CHECK(stage.name("whose") == "Nämä ovat muiden ilmoituksia. Näytämme, miten niitä haetaan.");
}

TEST_CASE("words typed into the search field narrow the list at once") {
    KioskStage stage;
    with_board(stage);
    stage.write("search", U"keitti");
    CHECK(stage.shows("vacancy.own2"));
    CHECK_FALSE(stage.shows("vacancy.own1"));
    CHECK(stage.workers.all<job::Search>().back().query.words == "keitti");
}

TEST_CASE("a search without results says so, and says when the other tab has some") {
    KioskStage stage;
    with_board(stage);
    stage.write("search", U"lokal");
    CHECK(stage.name("state") == "Tältä välilehdeltä ei löytynyt paikkoja, mutta toiselta löytyi.");
    stage.write("search", U"xyz");
    CHECK(stage.name("state") == "Haullasi ei löytynyt paikkoja. Kokeile toista tai lyhyempää sanaa.");
}

TEST_CASE("before anything was mirrored the list says that the vacancies have not arrived") {
    KioskStage stage;
    stage.workers.last_heard_at.reset();
    stage.start();
    stage.touch("browse");
    CHECK(stage.name("state") ==
          "Työpaikkoja ei ole vielä haettu toimistolta. Ne tulevat, kun yhteys toimii.");
}

TEST_CASE("a cache that cannot be read is said, not hidden") {
    KioskStage stage;
    stage.workers.search_fails = ErrorKind::damaged;
    stage.start();
    stage.touch("browse");
    CHECK(stage.name("state") ==
          "Työpaikkoja ei voi juuri nyt lukea. Yritä hetken päästä uudelleen tai kysy henkilökunnalta.");
}

TEST_CASE("long lists go on by pages, forwards and back") {
    KioskStage stage;
    for (int i = 0; i < 19; ++i) {
        stage.workers.vacancies.push_back(
            demo_vacancy("v" + std::to_string(i), "Siivooja " + std::to_string(i), true));
    }
    stage.start();
    stage.touch("browse");
    CHECK(stage.shows("vacancy.v0"));
    CHECK_FALSE(stage.shows("earlier"));
    stage.touch("later");
    CHECK(stage.shows("vacancy.v8"));
    CHECK_FALSE(stage.shows("vacancy.v0"));
    stage.touch("later");
    CHECK(stage.shows("vacancy.v18"));
    CHECK_FALSE(stage.shows("later"));
    stage.touch("earlier");
    CHECK(stage.shows("vacancy.v8"));
}

TEST_CASE("a vacancy's facts stand in the reader's language, what is unknown is said to be unknown") {
    KioskStage stage("en");
    with_board(stage);
    stage.press("vacancy.own1");
    CHECK(stage.name("title") == "Siivooja");
    const SemanticNode& hours = stage.node("facts.hours");
    CHECK((hours.name + " " + hours.value) == "Working hours Full time");
    const SemanticNode& pay = stage.node("facts.salary");
    CHECK((pay.name + " " + pay.value) == "Pay Not stated");
    CHECK(stage.name("text.language") == "The text is in its original language: Finnish.");
    CHECK(stage.name("text.0") == "Ensimmäinen kappale.");
    CHECK(stage.node("text.0").language == "fi");
}

TEST_CASE(
    "an Arabic reader gets pay in its own order, licences and languages in Arabic and an Arabic comma") {
    KioskStage stage("ar");
    Vacancy vacancy = demo_vacancy("own1", "Siivooja", true);
    vacancy.salary_text = "13,20–14,80 €/h";
    vacancy.requirements = {
        {RequirementKind::driving_licence, Level::must, "eu", "B", "B-ajokortti / driving licence B", "B",
         ""},
        {RequirementKind::language, Level::must, "iso639", "fi", "suomi / Finnish B1", "B1", ""},
        {RequirementKind::other, Level::must, "", "", "hygieniapassi", "", ""}};
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.touch("browse");
    stage.press("vacancy.own1");
    CHECK(stage.node("facts.salary").value == "\u206813,20–14,80 €/h\u2069");
    CHECK(stage.node("facts.must").value ==
          "رخصة قيادة \u2068B\u2069، الفنلندية \u2068B1\u2069، \u2068hygieniapassi\u2069");
}

TEST_CASE("an own vacancy can be applied for, and the registration says for which") {
    KioskStage stage;
    with_board(stage);
    stage.press("vacancy.own1");
    stage.press("apply");
    CHECK(stage.page() == PageId::registration_notice);
    CHECK(stage.name("title") == "Ennen kuin haet");
    CHECK(stage.name("purpose") == "Haet paikkaa: \u2068Siivooja\u2069");
    CHECK(stage.app->visit().answers()->is_application);
    CHECK(stage.app->visit().answers()->prompted_by_vacancy == "own1");
}

TEST_CASE("somebody else's vacancy says whose it is and how to reach them, and cannot be applied for here") {
    KioskStage stage;
    with_board(stage);
    stage.touch("others");
    stage.press("vacancy.other1");
    CHECK(stage.name("whose").find("Tämä on muun työnantajan ilmoitus: \u2068Nordisk Städ AB\u2069.") == 0);
    CHECK_FALSE(stage.shows("apply"));
    CHECK(stage.shows("elsewhere.code"));
    CHECK(stage.node("elsewhere.contacts.apply.email").value.find("jobb@example.org") != std::string::npos);
    stage.press("tell");
    CHECK(stage.name("not_applied") ==
          "Tämä ei ole hakemus. Paikkaa haetaan suoraan työnantajalta: \u2068Nordisk Städ AB\u2069.");
    CHECK_FALSE(stage.app->visit().answers()->is_application);
}

TEST_CASE("a vacancy that closes while somebody reads it says so and offers nothing more") {
    KioskStage stage;
    Vacancy vacancy = demo_vacancy("short", "Siivooja", true);
    vacancy.deadline = DeadlineKind::on_date;
    vacancy.deadline_at = stage.clock.wall_ms() + 90'000;
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.touch("browse");
    stage.press("vacancy.short");
    CHECK(stage.shows("apply"));
    stage.wait(91'000);
    CHECK(stage.name("title") == "Tämä paikka ei ole enää avoinna");
    CHECK_FALSE(stage.shows("apply"));
}

TEST_CASE("deadlines are told in days while they are near") {
    KioskStage stage("en");
    Vacancy today = demo_vacancy("today", "A", true), soon = demo_vacancy("soon", "B", true),
            later = demo_vacancy("later", "C", true);
    today.deadline = soon.deadline = later.deadline = DeadlineKind::on_date;
    today.deadline_at = stage.clock.wall_ms() + 3'600'000;
    soon.deadline_at = stage.clock.wall_ms() + 3 * 86'400'000ll;
    later.deadline_at = stage.clock.wall_ms() + 30 * 86'400'000ll;
    stage.workers.vacancies = {today, soon, later};
    stage.start();
    stage.touch("browse");
    const auto heard = [&](std::string_view key) {
        const SemanticNode& node = stage.node(key);
        return node.name + " " + node.value + " " + node.description;
    };
    CHECK(heard("vacancy.today").find("Closes today") != std::string::npos);
    CHECK(heard("vacancy.soon").find("Closes in 3 days") != std::string::npos);
    CHECK(heard("vacancy.later").find("Apply by \u206823 December 2026\u2069") != std::string::npos);
}
