#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

SyncStatus status_at(SyncStatus::Enrolment step) {
    SyncStatus status;
    status.enrolment = step;
    return status;
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
    CHECK(stage.name("state") == "Thank you. Waiting for the administrator’s answer.");
    stage.enrol();
    stage.rest();
    CHECK(stage.name("done") == "The kiosk is connected: \u2068Esimerkki Oy\u2069.");
    stage.press("go");
    CHECK(stage.page() == PageId::attract);
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
