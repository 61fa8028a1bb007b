// Data directories as earlier versions of the programs left them, kept under golden/ and named by the
// versions of their tables (`test_agency "[.golden]"` writes the present one). A kiosk and its agency must be
// able to go on from each, and from every step between it and the present: an agency's store of a version in
// between is made of the oldest file by the steps up to that version, as its own program made it.
#include <catch2/catch.hpp>
#include <set>

#include "agency/store/dialect.h"
#include "agency/store/migrations.h"
#include "agency/store/session.h"
#include "core/sql/sql.h"
#include "sync/session_store.h"
#include "tests/agency/kiosk_at_desk.h"
#include "tests/faults/fault_report.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path golden_folder = source_dir() + "/tests/agency/golden";

void pack_folder(Json& files, const std::filesystem::path& folder, const std::string& name) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string inside = entry.path().lexically_relative(folder).string();
        files.set(name + "/" + inside, to_base64url(as_bytes(require(read_file(entry.path())))));
    }
}

void unpack(const Json& files, const std::string& name, const std::filesystem::path& to) {
    for (const auto& [path, content] : files.members()) {
        if (!path.starts_with(name + "/")) continue;
        const std::filesystem::path file = to / path.substr(name.size() + 1);
        std::filesystem::create_directories(file.parent_path());
        const Bytes bytes = require(from_base64url(content.text()));
        require_done(write_file_durably(file, as_text(bytes), 0600));
    }
}

/// Signed by the agency's own answer key, whatever the desk would say.
Answer said(AgencyFixture& desk, KioskAtDesk& kiosk, const std::string& id, Verdict verdict,
            const std::string& reason) {
    for (const OutboxItem& item : require(kiosk.outbox->waiting(100))) {
        if (item.id != id) continue;
        Answer answer;
        answer.verdict = verdict;
        answer.reason = reason;
        answer.agency = "a";
        answer.device = kiosk.identity.device_id;
        answer.envelope_id = id;
        answer.digest = item.digest;
        answer.epoch = desk.services->epoch;
        answer.received_at = desk.clock.wall_ms();
        return sign_answer(answer, *require(desk.services->keys.secrets("a"))->answers);
    }
    FAIL("not waiting");
    return {};
}

} // namespace

TEST_CASE("write the golden data directories of the present version", "[.golden]") {
    AgencyFixture desk;
    KioskAtDesk kiosk(desk);
    kiosk.enrol({"a", "b"});
    kiosk.finalise(kiosk.registration("Held Delivered"));
    kiosk.finalise(kiosk.registration("Held For B"), "b");
    kiosk.exchange();
    kiosk.cable_out = true;
    // Stored over there, but the answer was lost.
    kiosk.finalise(kiosk.registration("Answer Lost"));
    const Bytes lost = require(kiosk.outbox->waiting(1)).at(0).envelope;
    HeaderLines headers{{"vakant-protocol", "1"},
                        {"vakant-device", kiosk.identity.device_id},
                        {"authorization", "Bearer " + kiosk.identity.token}};
    REQUIRE(call(desk, "POST", "/v1/submissions", headers, submission_line(lost, "a")).status == 200);
    const std::string blocked = kiosk.finalise(kiosk.registration("Blocked"));
    require_done(kiosk.outbox->settle(said(desk, kiosk, blocked, Verdict::refused, "agency_not_served")));
    const std::string odd = kiosk.finalise(kiosk.registration("Quarantined"));
    require_done(kiosk.outbox->settle(said(desk, kiosk, odd, Verdict::conflict, "")));
    for (int number = 0; number < 3; ++number)
        kiosk.finalise(kiosk.registration("Waiting " + std::to_string(number)));
    {
        auto sessions = require(SessionStore::open(kiosk.folder / "sessions.db", kiosk.keys.storage, 1));
        require_done(sessions->begin("0b5d2a6e-8a7b-4f5a-9d55-0c2f0f3c4c11", R"({"id":"typing-en"})"));
        require_done(sessions->append("0b5d2a6e-8a7b-4f5a-9d55-0c2f0f3c4c11", {U'k', 1200}));
    }
    kiosk.engine.reset();
    kiosk.outbox.reset();
    desk.services.reset();
    Json files = Json::object();
    pack_folder(files, kiosk.folder.path(), "kiosk");
    pack_folder(files, desk.folder.path(), "agency");
    const Bytes packed = compress(as_bytes(files.to_text()));
    require_done(write_file_durably(
        golden_folder / ("agency-" + std::to_string(agency_migrations().back().version) + ".zst"),
        as_text(packed)));
}

namespace {

Json files_of(const std::filesystem::path& file) {
    const std::string packed = require(read_file(file));
    const Bytes text = require(decompress(as_bytes(packed), 64u << 20));
    return require(parse_json(as_text(text)));
}

/// Zero where there is none.
std::int64_t version_of(const std::filesystem::path& store) {
    auto connection = require(SqlConnection::open(store, SqlMode::durable_shared, agency_application_id));
    return require(connection.query_integer("PRAGMA user_version")).value_or(0);
}

/// Brings an older store to that version and no further.
void migrate_to(const std::filesystem::path& store, int version) {
    auto connection = require(SqlConnection::open(store, SqlMode::durable_shared, agency_application_id));
    std::vector<std::string> texts;
    std::vector<SqlMigration> steps;
    for (const Migration& step : agency_migrations())
        texts.push_back(in_dialect(step.text, sqlite_dialect));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (agency_migrations()[i].version <= version)
            steps.push_back({agency_migrations()[i].version, texts[i]});
    }
    require_done(migrate(connection, steps));
    CHECK(require(connection.query_integer("PRAGMA user_version")) == version);
}

/// What waits is delivered, whatever the versions of the two.
void go_on(const Json& files, int agency_version) {
    AgencyFixture desk(AgencyFixture::Empty{});
    unpack(files, "agency", desk.folder.path());
    migrate_to(desk.folder / "agency.db", agency_version);
    desk.open();
    KioskAtDesk kiosk(desk);
    unpack(files, "kiosk", kiosk.folder.path());
    kiosk.open();
    REQUIRE_FALSE(kiosk.outbox->salvage().has_value());
    const OutboxCounts before = require(kiosk.outbox->counts());
    CHECK(before.queued == 4);
    CHECK(before.delivered == 2);
    CHECK(before.blocked == 1);
    CHECK(before.quarantined == 1);
    auto sessions = require(SessionStore::open(kiosk.folder / "sessions.db", kiosk.keys.storage, 1));
    const auto unfinished = require(sessions->unfinished());
    REQUIRE(unfinished.has_value());
    CHECK(unfinished->keys.size() == 1);

    desk.clock.move(std::int64_t{30} * 24 * 3'600'000); // the token is long over
    kiosk.finalise(kiosk.registration("After the upgrade"));
    kiosk.run_for(120'000);
    const OutboxCounts after = require(kiosk.outbox->counts());
    CHECK(after.queued == 0);
    CHECK(after.delivered == 7);
    CHECK(after.blocked == 1);
    CHECK(after.quarantined == 1);
    CHECK(desk.count("SELECT COUNT(*) FROM envelopes") == 7);
    CHECK(desk.count("SELECT COUNT(DISTINCT envelope_id) FROM envelopes") == 7);
}

} // namespace

TEST_CASE("a kiosk and an agency of every earlier version go on with what waits, and lose nothing",
          "[sqlite]") {
    std::set<int> gone_on_from;
    for (const auto& entry : std::filesystem::directory_iterator(golden_folder)) {
        if (entry.path().extension() != ".zst") continue;
        INFO(entry.path().filename().string());
        const Json files = files_of(entry.path());
        ScratchFolder kept;
        unpack(files, "agency", kept.path());
        const std::int64_t first = version_of(kept / "agency.db");
        for (const Migration& step : agency_migrations()) {
            if (step.version < first || !gone_on_from.insert(step.version).second) continue;
            INFO("agency's store at version " << step.version);
            go_on(files, step.version);
        }
    }
    faults::FaultReport report("upgrade", 0);
    for (const Migration& step : agency_migrations()) {
        report.cell();
        if (!gone_on_from.contains(step.version))
            report.violation("not tried from version " + std::to_string(step.version));
    }
    report.write();
    CHECK(report.first_violation() == "");
}

TEST_CASE("an agency's store that a newer version left is refused and stays as it is", "[sqlite]") {
    AgencyFixture desk;
    desk.services.reset();
    {
        auto connection = require(
            SqlConnection::open(desk.folder / "agency.db", SqlMode::durable_shared, agency_application_id));
        require_done(connection.execute("PRAGMA user_version = 9999"));
    }
    const auto opened = open_services({desk.folder.path(), desk.assets, ""}, desk.clock, desk.random);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().kind == ErrorKind::unsupported);
    CHECK(opened.error().detail.find("9999") != std::string::npos);
    CHECK(version_of(desk.folder / "agency.db") == 9999);
}
