// A kiosk that the agency no longer takes anything from is enrolled again with its own id and key, and what
// waited meanwhile arrives once: the real engine and outbox against the real handlers.
#include "agency/store/backup.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

using State = SyncStatus::Enrolment;
constexpr std::int64_t minute_ms = 60'000;

struct Desk {
    AgencyFixture agency;
    KioskAtDesk kiosk{agency};

    struct Empty {};
    explicit Desk(Empty) {}
    explicit Desk(const std::vector<std::string>& agencies = {"a"}) { kiosk.enrol(agencies); }

    void revoke() {
        require_done(agency.services->database->write([&](Connection& connection) {
            return revoke_device(connection, kiosk.identity.device_id, agency.clock.wall_ms());
        }));
    }
    /// Somebody types the code that the kiosk shows and compares the words.
    void approve(const std::vector<std::string>& agencies) {
        const std::string code = kiosk.engine->status().user_code;
        REQUIRE(code.size() == 9);
        const ApprovalStart start =
            require(agency.services->database->write_for<ApprovalStart>([&](Connection& connection) {
                return begin_approval(connection, code, agencies, agency.clock.wall_ms());
            }));
        kiosk.run_for(10'000);
        REQUIRE(kiosk.engine->status().again == State::comparing_words);
        CHECK(kiosk.engine->status().words == start.words);
        kiosk.engine->words_confirmed(true);
        require_done(agency.services->database->write([&](Connection& connection) {
            return finish_approval(connection, code, start.words, true, agency.clock.wall_ms());
        }));
        kiosk.run_for(10'000);
    }
    std::int64_t held(const std::string& envelope) {
        return agency.count("SELECT COUNT(*) FROM envelopes WHERE envelope_id = '" + envelope + "'");
    }
    void back_up() {
        require_done(agency.services->database->copy_to(backups / "before"));
        require(read_backup(backups / "before"));
    }
    void restore() {
        agency.services.reset();
        require(restore_store(agency.folder / "agency.db", backups / "before", agency.clock.wall_ms(),
                              agency.random));
        agency.open();
    }
    ScratchFolder backups;
};

} // namespace

TEST_CASE("a revoked kiosk asks to be enrolled again by itself, and what waited arrives once") {
    Desk desk;
    KioskAtDesk& kiosk = desk.kiosk;
    const std::string prefix = kiosk.identity.prefix, device = kiosk.identity.device_id;
    const std::string before = kiosk.finalise(kiosk.registration("Aino"));
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(before).state == ItemState::delivered);

    desk.revoke();
    const std::string while_revoked = kiosk.finalise(kiosk.registration("Eino"));
    kiosk.run_for(5 * minute_ms);
    CHECK(kiosk.engine->status().turned_away);
    CHECK(kiosk.engine->status().enrolment == State::done); // it serves as before
    CHECK(kiosk.engine->status().again == State::waiting_for_desk);
    CHECK(kiosk.item(while_revoked).state == ItemState::queued);
    const std::string while_asking = kiosk.finalise(kiosk.registration("Helmi"));
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(while_asking).state == ItemState::queued);

    desk.approve({"a"});
    CHECK_FALSE(kiosk.engine->status().again.has_value());
    CHECK_FALSE(kiosk.engine->status().turned_away);
    CHECK(kiosk.identity.device_id == device);
    CHECK(kiosk.identity.prefix == prefix);
    kiosk.run_for(minute_ms);
    for (const std::string& id : {before, while_revoked, while_asking}) {
        CHECK(kiosk.item(id).state == ItemState::delivered);
        CHECK(desk.held(id) == 1);
    }
    CHECK(desk.agency.count("SELECT COUNT(*) FROM candidates") == 3);
    kiosk.open(); // as after a restart
    CHECK(kiosk.engine->status().enrolment == State::done);
    CHECK(kiosk.engine->status().agency_names == std::vector<std::string>{"Apu Oy"});
}

TEST_CASE("a kiosk that the restored store knows nothing of asks by itself, and everything arrives under its "
          "own letters",
          "[sqlite]") {
    Desk desk(Desk::Empty{});
    KioskAtDesk& kiosk = desk.kiosk;
    desk.back_up();
    kiosk.enrol({"a"});
    const std::string prefix = kiosk.identity.prefix;
    const std::string before = kiosk.finalise(kiosk.registration("Aino"));
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(before).state == ItemState::delivered);

    desk.restore();
    const std::string after = kiosk.finalise(kiosk.registration("Eino"));
    kiosk.run_for(10 * minute_ms);
    CHECK(kiosk.engine->status().turned_away);
    CHECK(kiosk.engine->status().again == State::waiting_for_desk);
    desk.approve({"a"});
    kiosk.run_for(2 * minute_ms);
    CHECK(kiosk.identity.prefix == prefix);
    for (const std::string& id : {before, after}) {
        CHECK(kiosk.item(id).state == ItemState::delivered);
        CHECK(kiosk.item(id).epoch == desk.agency.services->epoch);
        CHECK(desk.held(id) == 1);
    }
    // Under other letters the number on the slip would lead to nobody.
    CHECK(desk.agency.count("SELECT COUNT(*) FROM envelopes WHERE flag <> ''") == 0);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM candidates WHERE reference <> ''") == 2);
}

TEST_CASE("a revoked kiosk whose token nobody knows any more hears of it when it renews that") {
    Desk desk;
    KioskAtDesk& kiosk = desk.kiosk;
    const std::string waiting = kiosk.finalise(kiosk.registration("Aino"));
    desk.revoke();
    kiosk.identity.token = "of another time";
    require_done(save_identity(kiosk.folder.path(), kiosk.identity));
    kiosk.open();
    kiosk.run_for(5 * minute_ms);
    CHECK(kiosk.engine->status().turned_away);
    desk.approve({"a"});
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(waiting).state == ItemState::delivered);
    CHECK(desk.held(waiting) == 1);
}

TEST_CASE("letters that another kiosk has meanwhile are not given back") {
    AgencyFixture agency;
    const auto take = [&](const std::string& device, const std::string& wanted) {
        return require(agency.services->database->write_for<std::string>([&](Connection& connection) {
            return take_prefix(connection, "a", device, wanted, agency.random);
        }));
    };
    const std::string first = take("first", "");
    CHECK(take("first", first) == first);
    CHECK(take("second", first) != first);
    if (first != "KTR") CHECK(take("second", "KTR") == "KTR");
    for (const char* no_prefix : {"AEI", "ktr", "KT", "KTRB", "K\'R"})
        CHECK(take("third", no_prefix) != no_prefix);
}

TEST_CASE("staff have a kiosk enrolled for one more agency while it goes on sending") {
    Desk desk;
    KioskAtDesk& kiosk = desk.kiosk;
    kiosk.run_for(minute_ms);
    kiosk.engine->enrol_again();
    kiosk.run_for(minute_ms);
    CHECK(kiosk.engine->status().again == State::waiting_for_desk);
    CHECK_FALSE(kiosk.engine->status().turned_away);
    const std::string meanwhile = kiosk.finalise(kiosk.registration("Aino"));
    kiosk.engine->send_now();
    kiosk.run_for(10'000);
    CHECK(kiosk.item(meanwhile).state == ItemState::delivered);

    desk.approve({"b"});
    REQUIRE(kiosk.identity.agencies.size() == 2);
    CHECK(kiosk.identity.agencies[0].id == "a");
    CHECK(kiosk.identity.agencies[1].id == "b");
    const std::string later = kiosk.finalise(kiosk.registration("Eino"), "b");
    kiosk.engine->send_now();
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(later).state == ItemState::delivered);
    CHECK(desk.held(later) == 1);
}

TEST_CASE("staff who asked and went away are not waited for longer than the code lives") {
    Desk desk;
    desk.kiosk.engine->enrol_again();
    desk.kiosk.run_for(14 * minute_ms);
    CHECK(desk.kiosk.engine->status().again == State::waiting_for_desk);
    desk.kiosk.run_for(2 * minute_ms);
    CHECK_FALSE(desk.kiosk.engine->status().again.has_value());
    CHECK(desk.kiosk.engine->status().user_code.empty());
    CHECK(desk.kiosk.engine->status().agency_names == std::vector<std::string>{"Apu Oy"});
    CHECK(desk.agency.count("SELECT COUNT(*) FROM device_codes WHERE desk_agreed = 1") == 0);
}

TEST_CASE("words that differ change nothing at a kiosk that serves") {
    Desk desk;
    KioskAtDesk& kiosk = desk.kiosk;
    kiosk.engine->enrol_again();
    kiosk.run_for(1'000);
    require(desk.agency.services->database->write_for<ApprovalStart>([&](Connection& connection) {
        return begin_approval(connection, kiosk.engine->status().user_code, {"b"},
                              desk.agency.clock.wall_ms());
    }));
    kiosk.run_for(10'000);
    REQUIRE(kiosk.engine->status().again == State::comparing_words);
    kiosk.engine->words_confirmed(false);
    kiosk.run_for(10'000);
    CHECK(kiosk.engine->status().again == State::none);
    CHECK(kiosk.identity.agencies.size() == 1);
    const std::string id = kiosk.finalise(kiosk.registration("Aino"));
    kiosk.engine->send_now();
    kiosk.run_for(10'000);
    CHECK(kiosk.item(id).state == ItemState::delivered);
}

TEST_CASE("what waits for an agency that a revoked kiosk no longer serves is refused by that agency's word") {
    Desk desk({"a", "b"});
    KioskAtDesk& kiosk = desk.kiosk;
    kiosk.run_for(minute_ms);
    kiosk.cable_out = true;
    const std::string for_a = kiosk.finalise(kiosk.registration("Aino"));
    const std::string for_b = kiosk.finalise(kiosk.registration("Aino"), "b");
    desk.revoke();
    kiosk.cable_out = false;
    kiosk.run_for(5 * minute_ms);
    desk.approve({"a"});
    kiosk.open();
    kiosk.run_for(minute_ms);
    CHECK(kiosk.item(for_a).state == ItemState::delivered);
    CHECK(kiosk.item(for_b).state == ItemState::blocked);
    CHECK(kiosk.item(for_b).reason == "agency_not_served");
}
