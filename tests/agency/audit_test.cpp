#include <set>

#include "agency/cli/admin_actions.h"
#include "agency/store/audit.h"
#include "agency/store/epochs.h"
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

void heartbeat(AgencyFixture& desk, const PlayedKiosk& kiosk, int audit_rows) {
    const Json body = Json::object({{"nonce", "0123456789abcdef"}, {"audit_rows", audit_rows}});
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
