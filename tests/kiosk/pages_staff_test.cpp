#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

SyncStatus status_at(SyncStatus::Enrolment step) {
    SyncStatus status;
    status.enrolment = step;
    return status;
}

/// Somebody here has said that the words are the same; now the administrator does.
void let_the_desk_answer(KioskStage& stage) {
    CHECK(stage.name("state") == "Thank you. Waiting for the administrator’s answer.");
    stage.enrol();
    stage.rest();
    CHECK(stage.name("done") == "The kiosk is connected: \u2068Esimerkki Oy\u2069.");
    stage.press("go");
    CHECK(stage.page() == PageId::attract);
}

} // namespace

TEST_CASE("a kiosk that serves nobody yet shows the code for the desk") {
    KioskStage stage("en");
    stage.settings.start_page.reset();
    stage.open();
    stage.workers.tell(report::IdentityChanged{{}, "", false});
    SyncStatus status = status_at(SyncStatus::Enrolment::waiting_for_desk);
    status.user_code = "BCDF-GHJK";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.page() == PageId::enrolment);
    CHECK(stage.node("code").value.find("BCDF-GHJK") != std::string::npos);
}

TEST_CASE("nothing is pinned before a person said that the six words are the same") {
    KioskStage stage("en");
    stage.settings.start_page.reset();
    stage.open();
    stage.workers.tell(report::IdentityChanged{{}, "", false});
    SyncStatus status = status_at(SyncStatus::Enrolment::comparing_words);
    status.words = {"apple", "bread", "chair", "delta", "eagle", "flame"};
    status.agency_names = {"Example Oy"};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("words").value.find("apple  bread  chair  delta  eagle  flame") != std::string::npos);
    CHECK(stage.workers.all<job::ConfirmWords>().empty());
    stage.press("same");
    REQUIRE(stage.workers.all<job::ConfirmWords>().size() == 1);
    CHECK(stage.workers.all<job::ConfirmWords>()[0].same);
    CHECK_FALSE(stage.shows("same"));
    let_the_desk_answer(stage);
}

TEST_CASE("words that differ are refused") {
    KioskStage stage;
    stage.settings.start_page.reset();
    stage.open();
    SyncStatus status = status_at(SyncStatus::Enrolment::comparing_words);
    status.words = {"apple", "bread", "chair", "delta", "eagle", "flame"};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    stage.press("not_same");
    REQUIRE(stage.workers.all<job::ConfirmWords>().size() == 1);
    CHECK_FALSE(stage.workers.all<job::ConfirmWords>()[0].same);
}

TEST_CASE("the staff page tells what waits, when the agency was heard, and whether the stores keep") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.outbox.queued = 3;
    status.outbox.oldest_queued_at = stage.clock.wall_ms() - 3'600'000;
    status.last_problem = "offline";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("queue.online").value == "No connection");
    CHECK(stage.node("queue.queued").value == "3");
    CHECK(stage.node("queue.problem").value == "The agency cannot be reached.");
    CHECK(stage.node("kiosk.store").value == "In order");
    CHECK(stage.node("kiosk.settings").value == "\u2068journal_mode=wal, synchronous=2\u2069");
    CHECK(stage.node("kiosk.prefix").value == "KTR");
    stage.press("send_now");
    REQUIRE(stage.workers.all<job::SendNow>().size() == 1);
    CHECK(stage.workers.all<job::SendNow>()[0].interrupts);
}

TEST_CASE("the staff page opens with the code, and five wrong ones close the door for a minute") {
    KioskStage stage("en");
    stage.settings.staff_code = "4711";
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("queue.queued"));
    for (int i = 0; i < 5; ++i) {
        stage.write("code", U"1");
        stage.press("enter");
    }
    CHECK(stage.node("code").description.find("Too many wrong codes. Wait a minute.") != std::string::npos);
    stage.write("code", U"4711");
    stage.press("enter");
    CHECK_FALSE(stage.shows("queue.queued"));
    stage.wait(61'000);
    stage.write("code", U"4711");
    stage.press("enter");
    CHECK(stage.shows("queue.queued"));
}

TEST_CASE("the staff page says what cannot be delivered, and why, by its reference number") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("aside.panel"));
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.outbox.blocked = 3;
    status.outbox.quarantined = 1;
    status.outbox.aside = {{"one", 1, "agency_not_served"},
                           {"two", 2, "does_not_open"},
                           {"three", 3, "too_large"},
                           {"four", 4, "conflict"}};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.name("items.one") == "\u2068" + reference_number("KTR", 1) + "\u2069");
    CHECK(stage.node("items.one").value == "The agency takes nothing from this kiosk");
    CHECK(stage.node("items.two").value == "The agency could not read it");
    CHECK(stage.node("items.three").value == "It is too large");
    CHECK(stage.node("items.four").value == "The agency has something else under the same id");
    CHECK(stage.name("troubles") == "This needs attention");
    CHECK(stage.node("troubles").description ==
          "Some items cannot be delivered. Contact the administrator. Nothing has been deleted.");
}

TEST_CASE("staff are alarmed by what has waited for more than ninety days, and not before") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.outbox.queued = 1;
    constexpr std::int64_t ninety_days = std::int64_t{90} * 24 * 3'600'000;
    status.outbox.oldest_queued_at = stage.clock.wall_ms() - ninety_days + 60'000;
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK_FALSE(stage.shows("troubles"));
    status.outbox.oldest_queued_at = stage.clock.wall_ms() - ninety_days - 60'000;
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("troubles").description ==
          "Something has waited for more than 90 days. Check the connection, or carry it to the agency on a "
          "memory stick.");
}

TEST_CASE(
    "a memory stick is offered where the settings name one, and says what went on it and came from it") {
    KioskStage stage("en");
    SECTION("none is named") {
        stage.start(PageId::staff);
        CHECK_FALSE(stage.shows("stick"));
    }
    SECTION("one is in the kiosk") {
        stage.settings.has_stick = true;
        stage.start(PageId::staff);
        stage.press("stick");
        REQUIRE(stage.workers.all<job::ExchangeStick>().size() == 1);
        CHECK(stage.workers.all<job::SendNow>().empty());
        CHECK(stage.name("stick.done") ==
              "On the stick: 3. Answers from the agency: 2. Take the stick to the "
              "agency, then back here.");
        CHECK(stage.name("stick.odd") == "Files on the stick that are of no use here: 1.");
        stage.press("send_now");
        CHECK(stage.workers.all<job::SendNow>().size() == 1);
    }
    SECTION("there is none") {
        stage.settings.has_stick = true;
        stage.workers.stick_fails = ErrorKind::not_found;
        stage.start(PageId::staff);
        stage.press("stick");
        CHECK(stage.name("stick.failed") == "There is no memory stick in the kiosk.");
        CHECK_FALSE(stage.shows("stick.done"));
    }
}

TEST_CASE(
    "where the disk is almost full a registration is declined before its first field, and staff are told") {
    KioskStage stage("en");
    stage.start(PageId::home);
    stage.workers.tell(report::DiskSeen{true});
    stage.rest();
    stage.press("register");
    CHECK(stage.page() == PageId::registration_notice);
    CHECK(stage.name("title") == "Not right now");
    CHECK(stage.shows("declined"));
    CHECK_FALSE(stage.shows("next"));
    stage.touch("home");
    CHECK(stage.page() == PageId::home);
    stage.press("register");
    stage.workers.tell(report::DiskSeen{false}); // somebody made room
    stage.rest();
    CHECK_FALSE(stage.shows("declined"));
    CHECK(stage.shows("next"));
    KioskStage staff("en");
    staff.start(PageId::staff);
    CHECK_FALSE(staff.shows("troubles"));
    staff.workers.tell(report::DiskSeen{true});
    staff.rest();
    CHECK(staff.node("troubles").description ==
          "The disk is almost full. New registrations are declined until there is room.");
}

TEST_CASE("where the store cannot be opened nobody begins a form that could not be kept") {
    KioskStage stage("en");
    stage.start(PageId::home);
    report::StoreOpened opened;
    opened.problem = {ErrorKind::unsupported, "outbox.db"}; // of a newer program
    stage.workers.tell(opened);
    stage.rest();
    stage.press("register");
    CHECK(stage.shows("declined"));
    CHECK_FALSE(stage.shows("next"));
    const std::size_t looks = stage.workers.all<job::Look>().size();
    stage.wait(60'000);
    CHECK(stage.workers.all<job::Look>().size() == looks + 1); // each minute: may it be opened now?
    opened.problem.reset();
    stage.workers.tell(opened);
    stage.rest();
    CHECK_FALSE(stage.shows("declined"));
    CHECK(stage.shows("next"));
    stage.wait(60'000);
    CHECK(stage.workers.all<job::Look>().size() == looks + 1);
}

TEST_CASE("the staff page names the file that cannot be opened, and why") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("broken"));
    report::StoreOpened opened;
    opened.problem = {ErrorKind::damaged, "device.json"};
    stage.workers.tell(opened);
    stage.rest();
    CHECK(stage.name("broken") == "\u2068device.json\u2069: The kiosk’s storage is damaged. New "
                                  "registrations are declined. Nothing that "
                                  "was kept is deleted. The kiosk keeps trying. Contact the administrator.");
    CHECK(stage.node("kiosk.store").value == "Does not work: nothing can be sent");
}

TEST_CASE(
    "staff are told how much was read out of a damaged outbox, how much was lost, and where the file is") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("salvaged"));
    report::StoreOpened opened;
    opened.salvage = OutboxSalvage{"/var/lib/vakant-kiosk/outbox.db.damaged-20261123T090000Z", 30, 2};
    stage.workers.tell(opened);
    stage.rest();
    CHECK(stage.name("salvaged") ==
          "The kiosk’s storage was damaged. Kept: 30. Could not be read: 2. The damaged file is still there: "
          "\u2068outbox.db.damaged-20261123T090000Z\u2069. Contact the administrator.");
    opened.salvage->lost.reset();
    stage.workers.tell(opened);
    stage.rest();
    CHECK(stage.name("salvaged").find("How much could not be read is not known.") != std::string::npos);
    opened.salvage.reset();
    stage.workers.tell(opened);
    stage.rest();
    CHECK_FALSE(stage.shows("salvaged"));
}

namespace {

/// Two refused items and one in conflict, as the staff page shows them.
void show_refused(KioskStage& stage) {
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("try_again"));
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.outbox.quarantined = 1;
    status.outbox.aside = {{"three", 3, "conflict"}};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK_FALSE(stage.shows("try_again")); // what is in conflict stays so
    status.outbox.blocked = 2;
    status.outbox.aside = {
        {"one", 1, "agency_not_served"}, {"two", 2, "does_not_open"}, {"three", 3, "conflict"}};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.name("try_again") == "Try again");
    CHECK(stage.node("try_again").role == Role::button);
}

} // namespace

TEST_CASE("staff let what was refused try again, by touch") {
    KioskStage stage("en");
    show_refused(stage);
    for (int taps = 0; taps < 20 && !stage.node("try_again").on_screen; ++taps)
        stage.touch("scroll.down");
    stage.touch("try_again");
    REQUIRE(stage.workers.all<job::TryAgain>().size() == 1);
    CHECK(stage.name("tried_again") == "Waiting to be sent again: 2.");
}

TEST_CASE("staff let what was refused try again, by keypad alone") {
    KioskStage stage("en");
    show_refused(stage);
    for (int keys = 0; keys < 60 && !stage.node("try_again").focused; ++keys)
        stage.keypad(KeypadKey::next);
    REQUIRE(stage.node("try_again").focused);
    stage.keypad(KeypadKey::select);
    REQUIRE(stage.workers.all<job::TryAgain>().size() == 1);
    CHECK(stage.name("tried_again") == "Waiting to be sent again: 2.");
}

TEST_CASE("staff connect the kiosk again from their page while it goes on serving") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("troubles"));
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.turned_away = true;
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("troubles").description ==
          "The agency no longer takes anything from this kiosk. Connect it again: nothing is lost, and what "
          "waits is sent afterwards.");
    CHECK(stage.name("enrol") == "Connect again, or to one more agency");
    stage.press("enrol");
    REQUIRE(stage.workers.all<job::EnrolAgain>().size() == 1);
    CHECK(stage.page() == PageId::enrolment);
    CHECK(stage.name("state") == "Contacting the agency.");

    status.again = SyncStatus::Enrolment::waiting_for_desk;
    status.user_code = "BCDF-GHJK";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("code").value.find("BCDF-GHJK") != std::string::npos);
    stage.press("back");
    CHECK(stage.page() == PageId::staff);
    stage.press("bar.home"); // it serves meanwhile
    stage.press("register");
    CHECK(stage.shows("next"));
    CHECK_FALSE(stage.shows("declined"));
}

TEST_CASE("the words of a second enrolment are shown and answered as those of the first, by keypad") {
    KioskStage stage("en");
    stage.start(PageId::staff);
    for (int steps = 0; steps < 60 && !stage.node("enrol").focused; ++steps)
        stage.keypad(KeypadKey::next);
    stage.keypad(KeypadKey::select);
    CHECK(stage.page() == PageId::enrolment);
    SyncStatus status = status_at(SyncStatus::Enrolment::done);
    status.again = SyncStatus::Enrolment::comparing_words;
    status.words = {"apple", "bread", "chair", "delta", "eagle", "flame"};
    status.agency_names = {"Esimerkki Oy", "Bemanning Ab"};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    CHECK(stage.node("words").value.find("apple  bread  chair  delta  eagle  flame") != std::string::npos);
    stage.press("same");
    REQUIRE(stage.workers.all<job::ConfirmWords>().size() == 1);
    let_the_desk_answer(stage);
}

TEST_CASE("who has not the staff's code cannot have the kiosk connected again") {
    KioskStage stage("en");
    stage.settings.staff_code = "4711";
    stage.start(PageId::staff);
    CHECK_FALSE(stage.shows("enrol"));
}
