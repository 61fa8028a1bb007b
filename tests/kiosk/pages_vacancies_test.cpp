#include "tests/fakes/closing_vacancy.h"

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
    CHECK(stage.name("state") == "Haullasi ei löytynyt paikkoja.");
    CHECK(stage.node("state").description == "Kokeile toista tai lyhyempää sanaa.");
}

TEST_CASE("before anything was mirrored the list says that the vacancies have not arrived") {
    KioskStage stage;
    stage.workers.last_heard_at.reset();
    stage.start();
    stage.touch("browse");
    CHECK(stage.name("state") == "Työpaikkoja ei ole vielä haettu toimistolta.");
    CHECK(stage.node("state").description == "Ne tulevat, kun yhteys toimii.");
}

TEST_CASE("a cache that cannot be read is said, not hidden") {
    KioskStage stage;
    stage.workers.search_fails = ErrorKind::damaged;
    stage.start();
    stage.touch("browse");
    CHECK(stage.name("state") == "Työpaikkoja ei voi juuri nyt lukea.");
    CHECK(stage.node("state").description ==
          "Yritä hetken päästä uudelleen, kysy henkilökunnalta tai ilmoittaudu alkusivulla.");
}

TEST_CASE("a list that could not be read is read again at a press, and by itself when the cache is back") {
    for (const bool by_itself : {true, false}) {
        KioskStage stage;
        with_board(stage);
        stage.workers.search_fails = ErrorKind::damaged;
        stage.workers.tell(report::CacheChanged{});
        stage.rest();
        CHECK(stage.name("state") == "Työpaikkoja ei voi juuri nyt lukea.");
        CHECK_FALSE(stage.shows("later"));
        stage.press("again");
        CHECK(stage.name("state") == "Työpaikkoja ei voi juuri nyt lukea.");
        stage.workers.search_fails.reset();
        if (by_itself) {
            stage.workers.tell(report::CacheChanged{});
            stage.rest();
        } else {
            stage.touch("again");
        }
        CHECK(stage.shows("vacancy.own1"));
        CHECK_FALSE(stage.shows("state"));
    }
}

TEST_CASE("a vacancy that cannot be read is not said to be gone, and comes back when the cache is back") {
    for (const bool by_itself : {true, false}) {
        KioskStage stage;
        with_board(stage);
        stage.workers.loading_fails = ErrorKind::damaged;
        stage.press("vacancy.own1");
        CHECK(stage.name("title") == "Työpaikka");
        CHECK(stage.name("state") == "Työpaikkoja ei voi juuri nyt lukea.");
        CHECK(stage.node("state").description ==
              "Yritä hetken päästä uudelleen, kysy henkilökunnalta tai ilmoittaudu alkusivulla.");
        CHECK_FALSE(stage.shows("apply"));
        stage.workers.loading_fails.reset();
        if (by_itself) {
            stage.workers.tell(report::CacheChanged{});
            stage.rest();
        } else {
            stage.touch("again");
        }
        CHECK(stage.shows("apply"));
        CHECK(stage.name("title") == stage.workers.vacancies[0].texts.front().title);
        CHECK_FALSE(stage.shows("again"));
    }
}

TEST_CASE("a vacancy that somebody reads stays when the cache breaks, until its own time is over") {
    KioskStage stage;
    open_closing_vacancy(stage);
    stage.workers.loading_fails = ErrorKind::damaged;
    stage.workers.tell(report::CacheChanged{});
    stage.rest();
    CHECK(stage.shows("apply"));
    stage.wait(91'000);
    CHECK(stage.name("title") == "Tämä paikka ei ole enää avoinna");
}

TEST_CASE("a cache that breaks while somebody writes does not close the vacancy that led to the form") {
    KioskStage stage("en");
    with_board(stage);
    stage.press("vacancy.own1");
    stage.press("apply");
    stage.workers.loading_fails = ErrorKind::damaged;
    stage.workers.tell(report::CacheChanged{false});
    stage.rest();
    CHECK_FALSE(stage.app->visit().prompt.closed);
    CHECK(stage.app->visit().answers()->is_application);
    CHECK(stage.workers.all<job::LoadVacancy>().back().agency == "example");
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
    const SemanticNode& pay = stage.node("offer.salary");
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
    CHECK(stage.node("offer.salary").value == "\u206813,20–14,80 €/h\u2069");
    CHECK(stage.node("must.0").name == "رخصة القيادة");
    CHECK(stage.node("must.0").value == "رخصة قيادة \u2068B\u2069");
    CHECK(stage.node("must.1").value == "الفنلندية \u2068B1\u2069");
    CHECK(stage.node("must.2").value == "\u2068hygieniapassi\u2069");
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
    open_closing_vacancy(stage);
    CHECK(stage.shows("apply"));
    stage.wait(91'000);
    CHECK(stage.name("title") == "Tämä paikka ei ole enää avoinna");
    CHECK_FALSE(stage.shows("apply"));
    stage.touch("others");
    CHECK(stage.page() == PageId::vacancies_list);
}

TEST_CASE("a vacancy of the page that invites leads back to the list of all, also when it is gone") {
    KioskStage stage;
    stage.workers.vacancies = {demo_vacancy("own1", "Siivooja", true)};
    stage.start(PageId::attract);
    stage.touch("vacancy.own1");
    REQUIRE(stage.page() == PageId::vacancies_page);
    stage.touch("back");
    CHECK(stage.page() == PageId::vacancies_list);
}

TEST_CASE("an empty board says what can be done instead, and one that is only here empty where to look") {
    KioskStage stage("en");
    stage.start();
    stage.touch("browse");
    CHECK(stage.name("state") == "There are no open vacancies here right now.");
    CHECK(stage.node("state").description ==
          "New vacancies come often. Ask the staff, or register on the start page.");
    KioskStage elsewhere("en");
    elsewhere.workers.vacancies = {demo_vacancy("other1", "Städare", false)};
    elsewhere.start();
    elsewhere.touch("browse");
    CHECK(elsewhere.name("state").find("other one") != std::string::npos);
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

TEST_CASE("filters are large choices with counts, chosen ones stay visible and go by a press, by touch and "
          "by key") {
    for (const bool by_touch : {true, false}) {
        KioskStage stage("en");
        Vacancy part = demo_vacancy("own3", "Myyjä", true);
        part.hours = Hours::part_time;
        part.places.front().city = "Nokia";
        stage.workers.vacancies = {demo_vacancy("own1", "Siivooja", true), part};
        stage.start();
        stage.press("browse");
        const auto press = [&](std::string_view key) { by_touch ? stage.touch(key) : stage.press(key); };
        press("filters");
        CHECK(stage.name("title") == "Narrow down");
        CHECK(stage.name("found") == "2 vacancies");
        CHECK(stage.name("facet.hours.part_time") == "Part time (1)");
        CHECK(stage.name("facet.municipality.FI:nokia") == "\u2068Nokia\u2069 (1)");
        press("facet.municipality.FI:nokia");
        CHECK(stage.name("found") == "1 vacancy");
        press("show");
        CHECK(stage.shows("vacancy.own3"));
        CHECK_FALSE(stage.shows("vacancy.own1"));
        CHECK(stage.name("active.municipality.FI:nokia") == "\u2068Nokia\u2069");
        press("active.municipality.FI:nokia");
        CHECK(stage.shows("vacancy.own1"));
        CHECK_FALSE(stage.shows("active.municipality.FI:nokia"));
    }
}

TEST_CASE("a list that its filters have emptied offers to drop them") {
    KioskStage stage("en");
    Vacancy part = demo_vacancy("own3", "Myyjä", true);
    part.hours = Hours::part_time;
    stage.workers.vacancies = {demo_vacancy("own1", "Siivooja", true), part};
    stage.start();
    stage.press("browse");
    stage.press("filters");
    stage.press("facet.hours.part_time");
    stage.press("show");
    stage.write("search", U"siiv");
    CHECK(stage.name("state") == "Nothing is left with these limits.");
    CHECK(stage.node("state").description == "Remove one of them.");
    stage.press("clear");
    CHECK(stage.shows("vacancy.own1"));
}

TEST_CASE("the order is chosen beside the filters, and Back leads from there to the list") {
    KioskStage stage("en");
    with_board(stage);
    stage.press("filters");
    stage.touch("sort.closing_first");
    CHECK(stage.workers.all<job::Search>().back().query.sort == SortBy::closing_first);
    stage.back();
    CHECK(stage.page() == PageId::vacancies_list);
    CHECK(stage.name("title") == "Open vacancies");
    CHECK_FALSE(stage.workers.all<job::Search>().back().query.wants_counts);
}

TEST_CASE("the texts are searched too once nobody has typed for a moment, and not before") {
    KioskStage stage;
    with_board(stage);
    stage.write("search", U"keit");
    VacancyResults quick;
    quick.query = stage.workers.all<job::Search>().back().query;
    CHECK(quick.query.depth == Depth::as_typed);
    quick.complete = false;
    stage.workers.tell_page(event::SearchAnswered{quick});
    stage.rest();
    CHECK(stage.workers.all<job::Search>().back().query.depth == Depth::as_typed);
    stage.wait(500);
    CHECK(stage.workers.all<job::Search>().back().query.depth == Depth::complete);
    CHECK(stage.shows("vacancy.own2"));
}

TEST_CASE("a card says why it is there where its title does not show it") {
    KioskStage stage("en");
    with_board(stage);
    VacancyResults results;
    results.query = stage.workers.all<job::Search>().back().query;
    results.own_total = 2;
    VacancyCard card = card_of(stage.workers.vacancies[0], "en");
    card.why = {{"cleaner", "siivooja", "fi", MatchKind::occupation, MatchPlace::occupation}};
    results.cards.push_back(card);
    card.id = "own2";
    card.why = {{"hoist", "Hoist", "", MatchKind::word, MatchPlace::title}};
    results.cards.push_back(card);
    stage.workers.tell_page(event::SearchAnswered{results});
    stage.rest();
    const auto said = [&](std::string_view key) {
        return stage.node(key).name + stage.node(key).description;
    };
    CHECK(said("vacancy.own1").find("\u2068cleaner\u2069 = \u2068siivooja\u2069") != std::string::npos);
    CHECK(said("vacancy.own2").find(" = ") == std::string::npos);
    CHECK(said("vacancy.own1").find("No closing date given") != std::string::npos);
}

TEST_CASE(
    "requirements that stand for each other are said with or, and what must be apart from what is welcome") {
    KioskStage stage("en");
    Vacancy vacancy = demo_vacancy("own1", "Siivooja", true);
    vacancy.requirements = {
        {RequirementKind::education, Level::must, "", "", "a degree", "", "", "a"},
        {RequirementKind::experience, Level::must, "", "", "three years of the work", "P3Y", "", "a"},
        {RequirementKind::people_skill, Level::nice, "", "", "patience", "", "", ""}};
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.press("browse");
    stage.press("vacancy.own1");
    CHECK(stage.node("must.0").name == "Education / Experience");
    CHECK(stage.node("must.0").value == "\u2068a degree\u2069, or \u2068three years of the work\u2069");
    CHECK(stage.node("nice.0").name == "With people");
    CHECK(stage.name("whose") == "You can apply for this vacancy here: \u2068Esimerkki Oy\u2069.");
}

TEST_CASE("an order for a client who is not named says so, and names the agency that employs") {
    KioskStage stage("en");
    Vacancy vacancy = demo_vacancy("own1", "Siivooja", true);
    vacancy.employer.clear();
    vacancy.employer_hidden = true;
    vacancy.relation = Relation::agency_leased;
    stage.workers.vacancies = {vacancy};
    stage.start();
    stage.press("browse");
    const SemanticNode& card = stage.node("vacancy.own1");
    CHECK((card.name + card.description).find("Esimerkki Oy") != std::string::npos);
    stage.press("vacancy.own1");
    CHECK(stage.name("employs") ==
          "You are employed by \u2068Esimerkki Oy\u2069 and work for: a client of the agency.");
}

TEST_CASE("an own vacancy with an address can be taken along as a code") {
    KioskStage stage;
    Vacancy vacancy = demo_vacancy("own1", "Siivooja", true);
    vacancy.apply_url = "https://example.org/1";
    stage.workers.vacancies = {vacancy, demo_vacancy("own2", "Kokki", true)};
    stage.start();
    stage.press("browse");
    stage.press("vacancy.own1");
    CHECK(stage.shows("take.code"));
    stage.press("back");
    stage.press("vacancy.own2");
    CHECK_FALSE(stage.shows("take.code"));
}

TEST_CASE(
    "an advertisement can be reported in two presses, with nothing about the person, by touch and by key") {
    for (const bool by_touch : {true, false}) {
        KioskStage stage("en");
        with_board(stage);
        stage.press("others");
        stage.press("vacancy.other1");
        stage.press("report");
        CHECK(stage.page() == PageId::vacancies_report);
        CHECK(stage.name("what") == "You report: \u2068Lokalvårdare\u2069. Nothing about you is sent.");
        CHECK_FALSE(stage.node("send").enabled);
        const auto press = [&](std::string_view key) { by_touch ? stage.touch(key) : stage.press(key); };
        press("reason.money");
        press("send");
        CHECK(stage.name("sent") == "Thank you. The agency will look at the advertisement.");
        CHECK_FALSE(stage.shows("send"));
        REQUIRE(stage.workers.all<job::Finalise>().size() == 1);
        const effect::Finalise sent = stage.workers.all<job::Finalise>().front().what;
        CHECK(sent.is_anonymous);
        REQUIRE(sent.submissions.size() == 1);
        CHECK(sent.submissions[0].agency == "example");
        CHECK(
            sent.submissions[0].payload.to_canonical_text() ==
            R"({"kind":"report","language":"en","reason":"money","title":"Lokalvårdare","vacancy":"other1"})");
        CHECK(stage.app->visit().reference.empty());
        press("back");
        CHECK(stage.page() == PageId::vacancies_page);
    }
}

TEST_CASE("a report that cannot be kept says so and can be sent again") {
    KioskStage stage("en");
    with_board(stage);
    stage.press("vacancy.own1");
    stage.press("report");
    stage.press("reason.wrong");
    stage.workers.finalise_fails = ErrorKind::disk_full;
    stage.press("send");
    CHECK(stage.name("problem") == "The kiosk’s storage is full.");
    stage.workers.finalise_fails.reset();
    stage.press("send");
    CHECK(stage.shows("sent"));
}

TEST_CASE("a vacancy that closes by the clock while its form is open keeps the answers and becomes no "
          "application") {
    KioskStage stage("en");
    open_closing_vacancy(stage);
    stage.press("apply");
    CHECK(stage.name("purpose") == "You are applying for: \u2068Siivooja\u2069");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    CHECK(stage.app->visit().answers()->is_application);
    stage.wait(91'000);
    CHECK_FALSE(stage.app->visit().answers()->is_application);
    CHECK(stage.app->visit().answers()->answer("given_names") == "Aino");
    stage.back();
    CHECK(stage.name("purpose") ==
          "This vacancy closed while you were writing. Your answers are kept. You can send "
          "them: the agency then knows that you look for such work.");
}

TEST_CASE("a vacancy that the agency takes away while its form is open is noticed at once") {
    KioskStage stage("en");
    with_board(stage);
    stage.press("vacancy.own1");
    stage.press("apply");
    stage.workers.vacancies.erase(stage.workers.vacancies.begin());
    stage.workers.tell(report::CacheChanged{false});
    stage.rest();
    CHECK(stage.app->visit().prompt.closed);
    CHECK(stage.name("purpose").find("This vacancy closed while you were writing.") == 0);
}

TEST_CASE(
    "the nearest vacancies can come first where the settings say where the kiosk stands, and only there") {
    for (const bool is_known : {true, false}) {
        KioskStage stage("en");
        if (is_known) stage.settings.stands_at.municipality = "Tampere";
        with_board(stage);
        stage.press("filters");
        CHECK(stage.shows("sort.newest"));
        REQUIRE(stage.shows("sort.nearest") == is_known);
        if (!is_known) continue;
        CHECK(stage.name("sort.nearest") == "Nearest first");
        stage.press("sort.nearest");
        const VacancyQuery query = stage.workers.all<job::Search>().back().query;
        CHECK(query.sort == SortBy::nearest);
        CHECK(query.near.municipality == "Tampere");
    }
}

TEST_CASE("how long one must have done the work is said in the reader's words, and the ad's own words stay") {
    for (const auto& [degree, label, words] :
         {std::tuple{"P2Y", "", "2 years of experience"}, std::tuple{"P1Y", "", "1 year of experience"},
          std::tuple{"P18M", "", "18 months of experience"}, std::tuple{"P24M", "", "2 years of experience"},
          std::tuple{"P3Y", "Three years in care", "\u2068Three years in care\u2069"}}) {
        KioskStage stage("en");
        Vacancy vacancy = demo_vacancy("one", "Siivooja", true);
        vacancy.requirements.push_back(
            {RequirementKind::experience, Level::must, "ISCO08", "9112", label, degree, "as it came"});
        stage.workers.vacancies = {vacancy};
        stage.start();
        stage.press("browse");
        stage.press("vacancy.one");
        bool found = false;
        for (const SemanticNode& node : stage.app->tree().nodes())
            found = found || node.value == words;
        INFO(words);
        CHECK(found);
    }
}
