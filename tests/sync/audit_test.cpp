#include <set>

#include "core/audit/audit.h"
#include "tests/sync/kiosk_under_test.h"

using namespace vakant;

namespace {

void damage(const std::filesystem::path& file) {
    std::string bytes = read_file(file).value();
    for (std::size_t at = bytes.size() / 2; at < bytes.size() / 2 + 3'000; ++at)
        bytes[at] = '\x5a';
    REQUIRE(write_file_durably(file, bytes, 0600).ok());
}

/// The last one within two minutes.
Json heartbeat_of(KioskUnderTest& kiosk) {
    kiosk.run_for(120'000);
    std::optional<Json> said;
    for (const HttpRequest& request : kiosk.backend.http.requests)
        if (FakeBackend::path_of(request) == "/v1/heartbeat") said = parse_json(request.body).value();
    REQUIRE(said.has_value());
    return *said;
}

} // namespace

TEST_CASE("every event that a kiosk may name is emitted, and none else") {
    KioskUnderTest kiosk;
    std::set<std::string> emitted;
    const auto collect = [&] {
        kiosk.engine.reset();
        kiosk.outbox.reset();
        SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
        REQUIRE(connection
                    .query("SELECT event FROM audit", {},
                           [&](const SqlRow& row) {
                               emitted.insert(row.text(0));
                               return done();
                           })
                    .ok());
    };
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    for (int number = 0; number < 30; ++number)
        kiosk.finalise("text " + std::to_string(number));
    const auto waiting = kiosk.outbox->waiting(30).value();
    std::int64_t sequence = 0;
    for (const Verdict verdict :
         {Verdict::stored, Verdict::known, Verdict::erased, Verdict::conflict, Verdict::refused}) {
        const auto at = static_cast<std::size_t>(sequence);
        REQUIRE(kiosk.outbox->settle(agency.answer_to(waiting[at].envelope, verdict, ++sequence)).ok());
    }
    REQUIRE(kiosk.outbox->try_again().value() == 1);
    REQUIRE(kiosk.outbox->purge(2'000'000'000'000, "aalto", "epoch-1", 1).value() == 1);
    ResendAnswer restored{"aalto", kiosk.identity.device_id, "epoch-2", "epoch-1", 2, "", {}};
    REQUIRE(kiosk.outbox->resend(restored).value() == 1);
    REQUIRE(kiosk.outbox->take_back({{"aalto", waiting[9].id}}).ok());
    collect();
    damage(kiosk.folder / "outbox.db");
    kiosk.outbox = kiosk.open_outbox();
    REQUIRE(kiosk.outbox->salvage().has_value());
    REQUIRE(kiosk.outbox->salvage()->kept > 0);
    collect();
    std::set<std::string> expected;
    for (const AuditEventWords& words : audit_events())
        if (words.side == AuditSide::kiosk) expected.emplace(words.name);
    CHECK(emitted == expected);
}

TEST_CASE(
    "what a restored store has not got waits again, oldest first, and the rest counts for its new epoch") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    std::vector<std::string> ids;
    for (const char* text : {"a", "b", "c"})
        ids.push_back(kiosk.finalise(text));
    const auto waiting = kiosk.outbox->waiting(3).value();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto sequence = static_cast<std::int64_t>(i) + 10;
        REQUIRE(kiosk.outbox->settle(agency.answer_to(waiting[i].envelope, Verdict::stored, sequence)).ok());
    }
    CHECK(kiosk.outbox->earlier_epochs("aalto", "epoch-1").value().empty());
    CHECK(kiosk.outbox->earlier_epochs("aalto", "epoch-2").value() == std::vector<std::string>{"epoch-1"});
    CHECK(kiosk.outbox->earlier_epochs("bergen", "epoch-2").value().empty());
    ResendAnswer said{"aalto", kiosk.identity.device_id, "epoch-2", "epoch-1", 10, "", {}};
    CHECK(kiosk.outbox->resend(said).value() == 2);
    const auto again = kiosk.outbox->waiting(5).value();
    REQUIRE(again.size() == 2);
    CHECK(again[0].id == ids[1]);
    CHECK(again[1].id == ids[2]);
    CHECK(kiosk.outbox->all_items().value()[0].epoch == "epoch-2");
    CHECK(kiosk.outbox->earlier_epochs("aalto", "epoch-2").value().empty());
    CHECK(kiosk.outbox->resend(said).value() == 0); // the same word again changes nothing
}

TEST_CASE("the heartbeat says how long the kiosk's audit is and how it ends") {
    KioskUnderTest kiosk;
    kiosk.finalise("text");
    const Json said = heartbeat_of(kiosk);
    const OutboxCounts counts = kiosk.outbox->counts().value();
    CHECK(said["audit_rows"].integer_or(0) == 2); // sealed, stored
    CHECK(said["audit_rows"].integer_or(0) == counts.audit_rows);
    CHECK(said["audit_head"].text() == counts.audit_head);
    CHECK(counts.audit_head.size() == 64);
}

TEST_CASE("the heartbeat says how many items were read out of a damaged outbox, and how many could not be") {
    KioskUnderTest kiosk;
    for (int number = 0; number < 30; ++number)
        kiosk.finalise("text " + std::to_string(number));
    CHECK_FALSE(heartbeat_of(kiosk)["salvaged"].is_number());
    kiosk.outbox.reset();
    damage(kiosk.folder / "outbox.db");
    kiosk.outbox = kiosk.open_outbox();
    const OutboxSalvage salvage = kiosk.outbox->salvage().value();
    REQUIRE(salvage.lost.value() > 0);
    const Json said = heartbeat_of(kiosk);
    CHECK(said["salvaged"].integer_or(-1) == static_cast<std::int64_t>(salvage.kept));
    CHECK(said["salvage_lost"].integer_or(-1) == static_cast<std::int64_t>(*salvage.lost));
}

TEST_CASE("an outbox that cannot be counted is not reported as an empty one") {
    KioskUnderTest kiosk;
    CHECK(heartbeat_of(kiosk)["queued"].integer_or(-1) == 0);
    CHECK(heartbeat_of(kiosk)["outbox_closed"].integer_or(-1) == 0);
    kiosk.outbox_closed = true;
    const Json said = heartbeat_of(kiosk);
    CHECK(said["outbox_closed"].integer_or(-1) == 1);
    for (const char* figure : {"queued", "blocked", "quarantined", "audit_rows"})
        CHECK(said[figure].is_null());
}
