#include "tests/contract/walks.h"

#include <cmath>

#include "core/base/bytes.h"
#include "core/base/written_code.h"
#include "core/envelope/envelope.h"
#include "tests/places.h"

namespace vakant {
namespace {

using Check = std::function<void(const std::string& state)>;

/// What stands under a field while somebody writes.
void walk_suggestions(KioskStage& stage, const Check& check) {
    if (!stage.shows("field.municipality")) return;
    stage.press("field.municipality");
    for (const char32_t letter : {U't', U'a', U'm', U'p'})
        stage.character(letter);
    stage.rest();
    REQUIRE(stage.shows("field.municipality.suggestion.0"));
    check("registration.form-with-suggestions");
    stage.press("field.municipality.suggestion.0");
    if (stage.shows("keyboard.ready")) stage.press("keyboard.ready");
}

void go_on_to(KioskStage& stage, PageId page, const Check& check) {
    for (int step = 0; step < 25 && stage.page() != page; ++step) {
        check("registration.form-" + std::to_string(step));
        walk_suggestions(stage, check);
        if (stage.shows("add.jobs") && !stage.shows("field.jobs.1.employer")) {
            stage.press("add.jobs");
            check("registration.form-with-a-job");
        }
        stage.press("next");
    }
    REQUIRE(stage.page() == page);
}

void walk_vacancies(KioskStage& stage, const Check& check) {
    stage.press("browse");
    check("vacancies.list");
    stage.press("later");
    check("vacancies.list-second-page");
    stage.press("others");
    check("vacancies.list-elsewhere");
    stage.press("vacancy.other1");
    check("vacancies.page-elsewhere");
    stage.press("report");
    check("vacancies.report");
    stage.press("reason.money");
    stage.press("send");
    check("vacancies.report-sent");
    stage.press("back");
    stage.press("tell");
    check("registration.notice-prompted");
    stage.press("back");
    stage.press("back");
    stage.press("own");
    stage.press("vacancy.own1");
    check("vacancies.page-own");
    stage.press("back");
    stage.press("filters");
    check("vacancies.list-filters");
    stage.press("sort.nearest");
    while (!stage.node("sort.nearest").on_screen)
        stage.press("scroll.down");
    check("vacancies.list-filters-nearest");
    stage.press("sort.newest");
    while (!stage.node("title").on_screen)
        stage.press("scroll.up");
    stage.press("facet.hours.full_time");
    check("vacancies.list-filters-chosen");
    stage.press("show");
    check("vacancies.list-narrowed-down");
    stage.write("search", U"zz");
    check("vacancies.list-nothing-left");
    stage.press("clear");
    stage.write("search", U"zzz");
    check("vacancies.list-nothing-found");
    stage.press("bar.home");
}

/// Its other sheets.
void walk_keyboard(KioskStage& stage, const Check& check) {
    stage.press("keyboard.symbols");
    check("registration.form-with-signs");
    stage.press("keyboard.letters");
    stage.press("keyboard.more");
    check("registration.form-with-further-letters");
    stage.press("keyboard.language");
    check("registration.form-with-keyboards");
    stage.press("keyboard.language");
}

/// What a scanner reads and cannot be used.
void walk_codes(KioskStage& stage, const Check& check, const char* state, const std::string& code) {
    stage.app->scanned(code);
    stage.rest();
    check(state);
    stage.press("dialog.close");
}

void walk_registration(KioskStage& stage, const Check& check) {
    stage.press("register");
    check("registration.notice");
    stage.press("next");
    stage.press("next");
    check("registration.form-with-errors");
    stage.press("field.given_names");
    check("registration.form-with-keyboard");
    walk_keyboard(stage, check);
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("hide");
    check("registration.form-hidden");
    stage.press("hide");
    stage.press("next");
    stage.press("field.contact_way.telephone");
    stage.press("field.telephone");
    check("registration.form-with-number-pad");
    stage.write("field.telephone", U"0401234567");
    walk_codes(stage, check, "scan.not-now", "vakant-form:" + stage.workers.parked_code);
    stage.press("bar.home");
    check("leave-question");
    stage.press("dialog.stay");
    go_on_to(stage, PageId::registration_consents, check);
    check("registration.consents");
    stage.press("next");
    check("registration.review");
    stage.press("change.you");
    check("registration.form-from-review");
    stage.press("next");
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    check("registration.thanks");
}

void walk_slips(KioskStage& stage, const Check& check) {
    stage.press("register");
    stage.press("next");
    stage.press("park");
    REQUIRE(stage.page() == PageId::registration_parked);
    check("registration.parked");
    stage.press("bar.home");
    stage.press("slip");
    check("registration.slip");
    stage.press("take_up");
    stage.press("open");
    check("registration.take_up-too-short");
    const std::string wrong = written_code(Bytes(10, 9));
    stage.write("code", std::u32string(wrong.begin(), wrong.end()));
    stage.press("open");
    check("registration.take_up-locked");
    stage.back();
    stage.press("withdraw");
    stage.press("send");
    check("registration.withdraw-with-errors");
    const std::string scanned =
        "vakant:" + reference_number("KTR", 427) + ":00112233445566778899aabbccddeeff";
    stage.write("reference", std::u32string(scanned.begin(), scanned.end()));
    stage.press("send");
    check("registration.withdraw-done");
    stage.press("bar.home");
}

void walk_skills(KioskStage& stage, const Check& check) {
    stage.press("typing");
    check("skills.intro");
    stage.press("start");
    check("skills.typing-before-the-first-key");
    for (const char32_t key : U"Uusi viikko") {
        if (key != 0) stage.character(key);
    }
    stage.rest();
    check("skills.typing");
    stage.wait(61'000);
    REQUIRE(stage.page() == PageId::skills_result);
    check("skills.result");
    stage.press("home");
}

/// Everything that staff may have to be told at once.
void walk_staff(KioskStage& stage, const Check& check) {
    SyncStatus status;
    status.enrolment = SyncStatus::Enrolment::done;
    status.skew_warned = true;
    status.last_problem = "offline";
    status.turned_away = true;
    status.outbox.queued = 3;
    status.outbox.oldest_queued_at = stage.clock.wall_ms() - 91ll * 86'400'000;
    status.outbox.blocked = 1;
    status.outbox.quarantined = 1;
    status.outbox.aside = {{"one", 1, "agency_not_served"}, {"two", 2, "does_not_open"}};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.workers.tell(report::DiskSeen{true});
    stage.rest();
    check("staff-troubles");
    stage.press("stick");
    check("staff-stick");
    report::StoreOpened opened;
    opened.problem = {ErrorKind::damaged, "device.json"};
    opened.salvage = OutboxSalvage{"outbox.db.damaged-20261123T090000.000Z", 30, 2};
    stage.workers.tell(opened);
    stage.press("try_again");
    check("staff-storage");
    stage.workers.tell(report::StoreOpened{});
    stage.rest();
    stage.workers.stick_fails = ErrorKind::not_found;
    stage.press("stick");
    check("staff-no-stick");
    stage.press("enrol");
    status.again = SyncStatus::Enrolment::waiting_for_desk;
    status.user_code = "BCDF-GHJK";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-again");
    stage.press("back");
    stage.press("bar.home");
    stage.press("register");
    check("registration.no-room");
    stage.press("bar.home");
    stage.workers.tell(report::DiskSeen{false});
    stage.enrol();
    stage.rest();
}

void walk_the_rest(KioskStage& stage, const Check& check) {
    stage.press("agency");
    check("agency");
    stage.press("back");
    stage.press("about");
    check("about");
    stage.press("staff");
    check("staff-at-the-door");
    stage.write("code", U"4711");
    stage.press("enter");
    check("staff");
    walk_staff(stage, check);
    stage.press("bar.help");
    check("help");
    stage.wait(125'000);
    check("idle-warning");
    stage.press("dialog.leave");
    check("attract-without-places");
}

/// A stand at a recruitment day.
void walk_day(KioskStage& stage, const Check& check) {
    stage.settings.day = "autumn-fair-2026";
    stage.settings.has_printer = true;
    stage.start();
    check("day.home");
    stage.press("register");
    check("day.notice");
    for (int step = 0; step < 25 && !stage.shows("send"); ++step) {
        stage.press("next");
        if (stage.page() == PageId::registration_form) check("day.form-" + std::to_string(step));
        if (stage.shows("field.given_names")) {
            stage.write("field.given_names", U"Grace");
            stage.write("field.family_name", U"Okoro");
        }
        if (stage.shows("field.contact_way.come_back")) stage.press("field.contact_way.come_back");
    }
    check("day.review");
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    check("day.thanks-come-back");
    stage.press("print");
    check("day.thanks-printed");
}

/// Two agencies behind one kiosk.
void walk_agencies(KioskStage& stage, const Check& check) {
    stage.agencies = {{"example", "Esimerkki Oy"}, {"other", "Pohjanmaan Henkilöstöpalvelut Oy"}};
    stage.start();
    stage.press("register");
    VacancyResults open; // the fake board knows no fields
    open.query.agency = "other";
    open.own_total = 5;
    open.counts = {{Facet::field, "care", "", 3, false}, {Facet::field, "cleaning", "", 1, false}};
    stage.workers.tell_page(event::SearchAnswered{open});
    stage.rest();
    check("registration.agencies");
    stage.press("next");
    check("registration.agencies-none-chosen");
    stage.press("example");
    stage.press("other");
    check("registration.agencies-chosen");
    stage.press("next");
    check("registration.notice-of-two");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("next");
    stage.press("field.contact_way.telephone");
    stage.write("field.telephone", U"0401234567");
    for (int step = 0; step < 25 && stage.page() != PageId::registration_review; ++step)
        stage.press("next");
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    check("registration.thanks-of-two");
}

/// The power went during somebody's test.
void walk_resumed(KioskStage& stage, const Check& check) {
    stage.settings.start_page.reset();
    stage.open();
    stage.enrol();
    const TypingTest& test = stage.workers.tests.at(0).test;
    StoredSession broken;
    broken.id = "5b9c1f8e-0000-4000-8000-000000000001";
    broken.test_json = stage.workers.tests.at(0).test.source;
    broken.keys = {{U'U', 0}, {U'u', 150}};
    REQUIRE_FALSE(test.source.empty());
    report::StoreOpened opened;
    opened.unfinished = broken;
    stage.workers.tell(std::move(opened));
    stage.rest();
    REQUIRE(stage.page() == PageId::skills_intro);
    check("skills.intro-interrupted");
}

void walk_enrolment(KioskStage& stage, const Check& check) {
    stage.settings.start_page.reset();
    stage.open();
    stage.workers.tell(report::IdentityChanged{{}, "", false});
    SyncStatus status;
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-connecting");
    status.last_problem = "offline";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-offline");
    status.last_problem.clear();
    status.enrolment = SyncStatus::Enrolment::waiting_for_desk;
    status.user_code = "BCDF-GHJK";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-code");
    status.enrolment = SyncStatus::Enrolment::comparing_words;
    status.words = {"apple", "bread", "chair", "delta", "eagle", "flame"};
    status.agency_names = {"Esimerkki Oy"};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-words");
    stage.press("same");
    check("enrolment-said-same");
    status.enrolment = SyncStatus::Enrolment::done;
    status.online = true;
    stage.workers.tell(report::IdentityChanged{{{"example", "Esimerkki Oy"}}, "KTR", true});
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment-done");
}

/// What is not there: nothing found, not yet, no longer, not possible.
void walk_states(KioskStage& stage, const Check& check) {
    stage.workers.tell(report::StatusChanged{{}, std::nullopt});
    SyncStatus offline;
    offline.enrolment = SyncStatus::Enrolment::done;
    offline.last_heard_at = stage.workers.last_heard_at;
    stage.workers.tell(report::StatusChanged{offline, std::nullopt});
    stage.rest();
    check("home-offline");
    if (stage.shows("bar.more")) {
        stage.press("bar.more");
        check("bar-menu");
    }
    stage.press("languages.open");
    check("languages");
    stage.press("languages.close");
    stage.workers.search_fails = ErrorKind::damaged;
    stage.press("browse");
    check("vacancies.list-unavailable");
    stage.workers.search_fails.reset();
    stage.press("bar.home");
    stage.press("browse");
    stage.workers.loading_fails = ErrorKind::damaged;
    stage.press("vacancy.own1");
    check("vacancies.page-unavailable");
    stage.workers.loading_fails.reset();
    stage.press("back");
    stage.workers.vacancies.erase(stage.workers.vacancies.begin() + 1);
    stage.press("vacancy.own1");
    check("vacancies.page-gone");
    stage.press("bar.home");
    stage.workers.vacancies.clear();
    stage.press("browse");
    check("vacancies.list-empty");
    stage.press("bar.home");
    stage.press("about");
    stage.press("staff");
    for (int tries = 0; tries < 6; ++tries) {
        stage.write("code", U"1");
        stage.press("enter");
    }
    check("staff-locked");
    stage.wait(61'000); // until the door can be tried again
    stage.press("bar.home");
}

void walk_failures(KioskStage& stage, const Check& check) {
    stage.workers.keeping_fails = ErrorKind::disk_full;
    stage.press("typing");
    stage.press("start");
    check("skills.typing-not-kept");
    stage.press("bar.home");
    if (stage.shows("dialog.leave")) stage.press("dialog.leave");
    stage.workers.keeping_fails.reset();
}

/// An order that says everything that an order can say.
void fill_every_fact(Vacancy& vacancy, UtcMs now) {
    vacancy.relation = Relation::agency_leased;
    vacancy.client_company = "Kirkas Konttori Oy";
    vacancy.duration_text = "6 kk";
    vacancy.salary_text = "13,20–14,80 €/h + iltalisä";
    vacancy.salary_min = 13.2;
    vacancy.salary_max = 14.8;
    vacancy.salary_currency = "EUR";
    vacancy.salary_unit = "hour";
    vacancy.percent_min = 60;
    vacancy.percent_max = 80;
    vacancy.experience_needed = false;
    vacancy.texts.front().summary = "Siivoat toimistoja aamuisin hyvien kulkuyhteyksien varrella.";
    vacancy.deadline = DeadlineKind::on_date;
    vacancy.deadline_at = now + 3 * 86'400'000ll;
    vacancy.positions = 3;
    vacancy.working_languages = {"fi", "en"};
    vacancy.training = Training::apprenticeship;
    vacancy.apply_url = "https://example.org/jobs/1";
    vacancy.occupations = {{"ISCO08", "9112", "siivooja"}};
    vacancy.texts.front().duties = {"Siivoat toimistoja.", "Huolehdit koneista."};
    vacancy.requirements = {
        {RequirementKind::education, Level::must, "", "", "laitoshuoltajan tutkinto", "", "", "a"},
        {RequirementKind::experience, Level::must, "", "", "kolme vuotta työtä", "P3Y", "", "a"},
        {RequirementKind::driving_licence, Level::nice, "eu", "B", "B", "B", "", ""}};
}

/// The profile of the demonstration, as the kiosk has it once it was mirrored.
ProfileFact demo_profile(const std::string& long_brand) {
    const auto text = read_file(source_dir() + "/assets/config/aurora.json");
    REQUIRE(text.ok());
    auto profile = agency_profile_from_text(*text);
    REQUIRE(profile.ok());
    if (!long_brand.empty()) {
        profile->brand.set("name", long_brand);
        profile->brand.erase("logo");
    }
    return {"example", std::make_shared<const AgencyProfile>(std::move(*profile))};
}

void set_up(KioskStage& stage, const Look& look) {
    put_on(stage, look);
    stage.settings.staff_code = "4711";
    if (!look.long_brand.empty()) stage.settings.brand = look.long_brand;
    stage.settings.has_stick = true;
    stage.settings.stands_at.municipality = "Tampere";
    for (int i = 0; i < 10; ++i) {
        stage.workers.vacancies.push_back(
            demo_vacancy("own" + std::to_string(i), "Siivooja ja toimistotyöntekijä", true));
    }
    stage.workers.vacancies[0].employer = "Pohjois-Pirkanmaan siivous ja kiinteistöt";
    fill_every_fact(stage.workers.vacancies[1], stage.clock.wall_ms());
    stage.workers.vacancies.push_back(demo_vacancy("other1", "Lokalvårdare till äldreboende", false));
    stage.workers.profiles.push_back(demo_profile(look.long_brand));
}

} // namespace

void put_on(KioskStage& stage, const Look& look) {
    UiSettings& ui = stage.settings.ui;
    ui.text_scale = look.text_scale;
    ui.theme = look.theme;
    ui.width_px = look.width_px;
    ui.height_px = look.height_px;
    ui.mm_per_px = look.mm_per_px;
    ui.reach = look.reach;
}

std::string name_of(const Look& look) {
    constexpr const char* themes[] = {"light", "high-contrast", "dark"};
    const float inches = std::hypot(look.width_px, look.height_px) * look.mm_per_px / 25.4f;
    return look.language + "-" + std::to_string(std::lround(look.text_scale * 100)) + "-" +
           themes[static_cast<int>(look.theme)] +
           (look.height_px > look.width_px ? (look.reach ? "-portrait-reach" : "-portrait") : "") + "-" +
           std::to_string(std::lround(inches)) + "in";
}

void walk_all(const Look& look, const Visitor& visit) {
    const auto checked = [&](KioskStage& stage) {
        return [&](const std::string& state) { visit(state, stage); };
    };
    {
        KioskStage stage(look.language);
        set_up(stage, look);
        const Check check = checked(stage);
        stage.start(PageId::attract);
        check("attract");
        stage.press("start");
        check("home");
        walk_codes(stage, check, "scan.unknown", "6414893400012");
        walk_vacancies(stage, check);
        walk_registration(stage, check);
        stage.press("bar.home");
        walk_slips(stage, check);
        walk_skills(stage, check);
        walk_failures(stage, check);
        walk_states(stage, check);
        walk_the_rest(stage, check);
    }
    KioskStage stand(look.language);
    set_up(stand, look);
    walk_day(stand, checked(stand));
    KioskStage two(look.language);
    set_up(two, look);
    walk_agencies(two, checked(two));
    KioskStage interrupted(look.language);
    set_up(interrupted, look);
    walk_resumed(interrupted, checked(interrupted));
    KioskStage fresh(look.language);
    set_up(fresh, look);
    walk_enrolment(fresh, checked(fresh));
    KioskStage alone(look.language);
    set_up(alone, look);
    alone.settings.backend_named = false;
    alone.settings.start_page = PageId::enrolment;
    alone.open();
    alone.rest();
    visit("enrolment-no-backend", alone);
}

} // namespace vakant
