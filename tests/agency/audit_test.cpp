#include <set>

#include "agency/cli/admin_actions.h"
#include "agency/store/audit.h"
#include "agency/store/epochs.h"
#include "core/sql/sql.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

std::vector<AuditRow> rows_of(AgencyFixture& desk) {
    std::vector<AuditRow> rows;
    require_done(desk.services->database->read([&](Connection& connection) {
        return each_audit_row(connection, "", [&](const AuditRow& row) {
            rows.push_back(row);
            return done();
        });
    }));
    return rows;
}

Outcome execute(AgencyFixture& desk, const std::string& sql) {
    return desk.services->database->write([&](Connection& connection) -> Outcome {
        VAKANT_TRY(rows, connection.run(sql));
        (void)rows;
        return done();
    });
}

Json action(AgencyFixture& desk, const std::string& name, const Json& arguments) {
    return require(run_admin_action(*desk.services, name, arguments));
}

void heartbeat(AgencyFixture& desk, const PlayedKiosk& kiosk, int audit_rows, const std::string& head = "") {
    const Json body =
        Json::object({{"nonce", "0123456789abcdef"}, {"audit_rows", audit_rows}, {"audit_head", head}});
    REQUIRE(call(desk, "POST", "/v1/heartbeat", kiosk.headers(), body.to_text()).status == 200);
}

void approve(AgencyFixture& desk, bool same) {
    PlayedKiosk kiosk(desk.random);
    const auto code = require(desk.services->database->write_for<DeviceCode>([&](Connection& connection) {
        return request_code(connection, {kiosk.id, "0.1.0", kiosk.key.public_key, "192.0.2.7"},
                            desk.clock.wall_ms(), desk.random);
    }));
    const Json start =
        action(desk, "device_begin_approval",
               Json::object({{"code", code.user_code}, {"agencies", Json::array({Json("a")})}}));
    action(desk, "device_finish_approval",
           Json::object({{"code", code.user_code}, {"words", start["words"]}, {"same", same}}));
}

} // namespace

TEST_CASE("every event that an agency may name is emitted, and none else") {
    AgencyFixture desk;
    KeySet newer = made_keys().a.key_set.keys;
    newer.version = 2;
    const SigningKey root = require(read_root_file(made_keys().a.root_file, "correct horse"));
    desk.add_agency({"a", "Apu Oy", made_keys().a.root, sign_key_set(newer, root)});
    approve(desk, true);
    approve(desk, false);
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    kiosk.finalise(kiosk.registration("Taken back"));
    kiosk.finalise(Json::object({{"kind", "withdrawal"},
                                 {"reference", reference_number(kiosk.identity.prefix, 1)},
                                 {"secret", "s"}})
                       .to_text());
    kiosk.run_for(120'000);
    PlayedKiosk played(desk.random);
    played.enrol(desk, {"a"});
    heartbeat(desk, played, 12);
    heartbeat(desk, played, 12);
    heartbeat(desk, played, 3);
    heartbeat(desk, played, 3, "another");
    action(desk, "device_revoke", Json::object({{"device", played.id}}));
    action(desk, "import_envelopes", Json::object({{"device", played.id}, {"envelopes", Json::array()}}));
    action(desk, "candidates", Json::object({{"agency", "a"}}));
    action(desk, "key_retired", Json::object({{"agency", "a"}, {"key", "0123456789abcdef"}}));
    const SigningKey next = make_signing_key();
    newer.version = 3;
    action(desk, "root_renew",
           Json::object({{"succession", to_json_text(sign_root_succession("a", root, next, 1))},
                         {"key_set", to_json_text(sign_key_set(newer, next))}}));
    action(desk, "backup_noted", action(desk, "backup_position", Json::object()));
    require(desk.services->database->write_for<std::string>(
        [&](Connection& connection) { return begin_epoch(connection, desk.random, desk.clock.wall_ms()); }));

    std::set<std::string> emitted, expected;
    std::size_t shorter = 0;
    for (const AuditRow& row : rows_of(desk)) {
        emitted.insert(row.event);
        shorter += row.event == "device_audit_shorter" && row.subject == played.id ? 1 : 0;
    }
    for (const AuditEventWords& words : audit_events())
        if (words.side == AuditSide::agency) expected.emplace(words.name);
    CHECK(emitted == expected);
    CHECK(shorter == 1);
    const Json verified = action(desk, "audit", Json::object({{"verify", true}}));
    CHECK(verified["rows"].integer_or(0) == static_cast<std::int64_t>(rows_of(desk).size()));
    CHECK(verified["before_chain"].integer_or(-1) == 0);
    CHECK(verified["head"].text().size() == 64);
}

TEST_CASE("rows of the agency's audit are added and nothing else") {
    AgencyFixture desk;
    const std::size_t before = rows_of(desk).size();
    REQUIRE(before == 2);
    CHECK_FALSE(execute(desk, "UPDATE audit SET subject = 'x'").ok());
    CHECK_FALSE(execute(desk, "DELETE FROM audit").ok());
    CHECK(rows_of(desk).size() == before);
    CHECK(rows_of(desk)[0].subject == "a");
}

TEST_CASE("a row that was changed behind the store's back is found, and named by its number", "[sqlite]") {
    AgencyFixture desk;
    REQUIRE(execute(desk, "DROP TRIGGER audit_keeps_its_words").ok());
    CHECK(run_admin_action(*desk.services, "audit", Json::object({{"verify", true}})).ok());
    REQUIRE(execute(desk, "UPDATE audit SET subject = 'c' WHERE sequence = 2").ok());
    const auto verified = run_admin_action(*desk.services, "audit", Json::object({{"verify", true}}));
    REQUIRE_FALSE(verified.ok());
    CHECK(verified.error().kind == ErrorKind::damaged);
    CHECK(verified.error().detail == "the audit chain breaks at row 2");
}

TEST_CASE("the audit is listed by agency, oldest first, with who did it") {
    AgencyFixture desk;
    const Json all = action(desk, "audit", Json::object({{"agency", ""}}));
    const Json of_b = action(desk, "audit", Json::object({{"agency", "b"}}));
    REQUIRE(all.size() == 2);
    REQUIRE(of_b.size() == 1);
    CHECK(of_b[0].to_text() == R"({"number":2,"at":"2026-11-23T08:00:00Z","agency":"b","actor":"cli",)"
                               R"("event":"agency_added","subject":"b"})");
}

namespace {

/// Somebody with the kiosk's disk writes the audit of its outbox anew, every digest right, from `first` on;
/// and as many rows more as `more` says.
void rewrite_audit(const std::filesystem::path& outbox, std::int64_t first, int more) {
    SqlConnection sql = require(SqlConnection::open(outbox, SqlMode::durable));
    require_done(sql.execute("DROP TRIGGER audit_keeps_its_words; DROP TRIGGER audit_keeps_its_rows;"));
    struct Row {
        std::int64_t number, at;
        std::string event, agency, item;
    };
    std::vector<Row> rows;
    require_done(sql.query(
        "SELECT number, at, event, agency, item FROM audit ORDER BY number", {}, [&](const SqlRow& row) {
            rows.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4)});
            return done();
        }));
    for (int extra = 0; extra < more; ++extra) {
        Row next = rows.back();
        ++next.number;
        rows.push_back(next);
    }
    require(sql.run("DELETE FROM audit", {}));
    Bytes previous;
    for (Row& row : rows) {
        if (row.number >= first) row.event = "purged";
        const Digest digest = audit_digest(previous, row.number, row.at, {row.event, row.agency, row.item});
        previous.assign(digest.begin(), digest.end());
        require(sql.run("INSERT INTO audit(number, at, event, agency, item, digest) VALUES (?,?,?,?,?,?)",
                        {row.number, row.at, row.event, row.agency, row.item, previous}));
    }
}

/// Every "device_audit_..." event, and what `devices list` says.
std::string told_of(AgencyFixture& desk) {
    std::string told;
    for (const AuditRow& row : rows_of(desk))
        if (row.event.starts_with("device_audit_")) told += row.event + " ";
    const Json devices = action(desk, "devices", Json::object());
    for (const Json& alarm : devices[0]["alarms"].items())
        told += std::string(alarm.text()) + " ";
    return told;
}

} // namespace

TEST_CASE(
    "a kiosk's audit that goes on from the one before is no alarm, also after restarts and quiet hours") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    for (int times = 0; times < 3; ++times) {
        kiosk.finalise(kiosk.registration("Somebody"));
        kiosk.run_for(5 * 60'000);
        kiosk.cable_out = true;
        kiosk.finalise(kiosk.registration("Somebody else"));
        kiosk.run_for(3'600'000);
        kiosk.open();
        kiosk.cable_out = false;
        kiosk.run_for(5 * 60'000);
    }
    CHECK(told_of(desk) == "");
}

TEST_CASE("a kiosk's audit that was written anew is found, as long as it was or longer") {
    const int more = GENERATE(0, 1, 50);
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a"});
    for (int times = 0; times < 3; ++times)
        kiosk.finalise(kiosk.registration("Somebody"));
    kiosk.run_for(5 * 60'000);
    CHECK(told_of(desk) == "");
    kiosk.engine.reset();
    kiosk.outbox.reset();
    rewrite_audit(kiosk.folder / "outbox.db", 2, more);
    kiosk.open(); // its own check finds nothing: the chain is whole
    CHECK_FALSE(kiosk.outbox->salvage().has_value());
    kiosk.run_for(5 * 60'000);
    CHECK(told_of(desk) == "device_audit_rewritten audit ");
    desk.clock.move(std::int64_t{31} * 24 * 3'600'000);
    kiosk.run_for(5 * 60'000);
    CHECK(told_of(desk) == "device_audit_rewritten ");
}

TEST_CASE("rows that were taken from the end of a kiosk's audit are missed, also where others stand in their "
          "place") {
    AgencyFixture desk;
    PlayedKiosk kiosk(desk.random);
    kiosk.enrol(desk, {"a"});
    const auto beat = [&](int rows, const std::string& head, const Json& confirms) {
        const Json body = Json::object({{"nonce", "0123456789abcdef"},
                                        {"audit_rows", rows},
                                        {"audit_head", head},
                                        {"audit_confirms", confirms}});
        const Response answer = call(desk, "POST", "/v1/heartbeat", kiosk.headers(), body.to_text());
        REQUIRE(answer.status == 200);
        return json_of(answer)["audit_rows"].integer_or(-1);
    };
    const auto at = [](int rows, const std::string& digest) {
        return Json::object({{"rows", rows}, {"digest", digest}});
    };
    CHECK(beat(3, "c", nullptr) == 3);
    CHECK(beat(5, "e", nullptr) == 3); // nobody has said that it goes on from there
    CHECK(beat(5, "e", at(3, "c")) == 5);
    CHECK(told_of(desk) == "");
    SECTION("another digest where one was known") {
        CHECK(beat(9, "i", at(5, "x")) == 9);
        CHECK(told_of(desk) == "device_audit_rewritten audit ");
    }
    SECTION("it has no such row") {
        CHECK(beat(9, "i", at(5, "")) == 9);
        CHECK(told_of(desk) == "device_audit_rewritten audit ");
    }
    SECTION("fewer rows") {
        CHECK(beat(4, "d", at(5, "")) == 4);
        CHECK(told_of(desk) == "device_audit_shorter audit ");
    }
    SECTION("it never says") {
        for (int minutes = 0; minutes < 29; ++minutes)
            CHECK(beat(6 + minutes, "z", at(2, "b")) == 5);
        CHECK(told_of(desk) == "");
        CHECK(beat(60, "z", nullptr) == 5);
        CHECK(told_of(desk) == "audit ");
        CHECK(beat(61, "y", at(5, "e")) == 61);
        CHECK(told_of(desk) == "");
    }
}
