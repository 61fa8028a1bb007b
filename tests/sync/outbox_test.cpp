#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>

#include "core/base/random.h"
#include "core/sql/sql.h"
#include "sync/outbox.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

const std::string canary = "Kanarialintu-7261";
const std::string device_id = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";

/// A kiosk's outbox and the one agency that it serves.
struct Kiosk {
    Kiosk() { REQUIRE(start_crypto().ok()); }

    std::unique_ptr<Outbox> open() {
        auto outbox = Outbox::open(folder / "outbox.db", clock);
        if (!outbox.ok()) FAIL(outbox.error().detail);
        return std::move(outbox).value();
    }
    SealedItem seal(const std::string& text) {
        EnvelopeHeader header;
        header.id = make_uuid(random);
        header.agency = agency.id;
        header.device = device_id;
        header.made_at = clock.wall_ms();
        return {header.id, agency.id, header.made_at, seal_envelope(text, header, agency.key_set(), device)};
    }
    std::int64_t finalise(Outbox& outbox, const std::string& text) {
        clock.pass(1000);
        auto finalised = outbox.finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
            return std::vector<SealedItem>{seal(text)};
        });
        if (!finalised.ok()) FAIL(finalised.error().detail);
        return finalised->counter;
    }

    ScratchFolder folder;
    FakeClock clock;
    SeededRandom random{7};
    AgencyKeys agency{"aalto"};
    SigningKey device = make_signing_key();
};

std::string raw(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Overwrites a piece of the file.
void damage(const std::filesystem::path& file, std::size_t at, std::size_t length) {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(at));
    out << std::string(length, '\x5a');
}

std::filesystem::path file_aside(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("outbox.db.damaged-") && !name.ends_with("-wal")) return entry.path();
    }
    return {};
}

std::string audit_of(const std::filesystem::path& file) {
    std::string events;
    SqlConnection connection = SqlConnection::open(file, SqlMode::durable).value();
    REQUIRE(connection
                .query("SELECT event FROM audit ORDER BY number", {},
                       [&](const SqlRow& row) {
                           events += row.text(0) + " ";
                           return done();
                       })
                .ok());
    return events;
}

} // namespace

TEST_CASE("the outbox opens with the settings under which no commit is lost") {
    Kiosk kiosk;
    const auto settings = kiosk.open()->settings();
    const std::map<std::string, std::string> found(settings.begin(), settings.end());
    CHECK(found.at("locking_mode") == "exclusive");
    CHECK(found.at("journal_mode") == "wal");
    CHECK(found.at("synchronous") == "2");
    CHECK(found.at("secure_delete") == "1");
    CHECK(found.at("defensive") == "1");
}

TEST_CASE("a finalised registration waits, oldest first, with the counter that its number was made of") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    CHECK(kiosk.finalise(*outbox, "first") == 1);
    CHECK(kiosk.finalise(*outbox, "second") == 2);
    const auto waiting = outbox->waiting(10).value();
    REQUIRE(waiting.size() == 2);
    CHECK(open_envelope(parse_envelope(waiting[0].envelope).value(), {kiosk.agency.opening}).value() ==
          "first");
    CHECK(waiting[0].digest == envelope_digest(waiting[0].envelope));
    CHECK(outbox->waiting(1).value().size() == 1);
    const OutboxCounts counts = outbox->counts().value();
    CHECK(counts.queued == 2);
    CHECK(counts.oldest_queued_at == waiting[0].made_at);
}

TEST_CASE("nothing is kept and no number is used where sealing fails") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    const auto failed = outbox->finalise([](std::int64_t) -> Result<std::vector<SealedItem>> {
        return Error{ErrorKind::unavailable, "no keys"};
    });
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().kind == ErrorKind::unavailable);
    const auto second_is_broken = outbox->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
        return std::vector<SealedItem>{kiosk.seal("whole"),
                                       {make_uuid(kiosk.random), "aalto", 0, Bytes{1, 2}}};
    });
    CHECK_FALSE(second_is_broken.ok());
    CHECK(outbox->all_items().value().empty());
    CHECK(kiosk.finalise(*outbox, "first") == 1);
}

TEST_CASE("answers move an item as they say") {
    Kiosk kiosk;
    const auto [verdict, state] =
        GENERATE(table<Verdict, ItemState>({{Verdict::stored, ItemState::delivered},
                                            {Verdict::known, ItemState::delivered},
                                            {Verdict::erased, ItemState::delivered},
                                            {Verdict::conflict, ItemState::quarantined},
                                            {Verdict::refused, ItemState::blocked}}));
    auto outbox = kiosk.open();
    kiosk.finalise(*outbox, "text");
    const OutboxItem item = outbox->waiting(1).value().at(0);
    Answer answer = kiosk.agency.answer_to(item.envelope, verdict);
    if (verdict == Verdict::refused) answer.reason = "agency_not_served";
    REQUIRE(outbox->settle(answer).ok());
    CHECK(outbox->all_items().value().at(0).state == state);
    CHECK(outbox->all_items().value().at(0).reason ==
          (verdict == Verdict::refused ? "agency_not_served" : ""));
    CHECK(outbox->waiting(1).value().empty());
    REQUIRE(outbox->settle(answer).ok()); // the same again changes nothing
    outbox.reset();
    CHECK(audit_of(kiosk.folder / "outbox.db") == "sealed " + std::string(name_of(verdict)) + " ");
}

TEST_CASE("an answer about another digest or an unknown item changes nothing") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    kiosk.finalise(*outbox, "text");
    const OutboxItem item = outbox->waiting(1).value().at(0);
    Answer answer = kiosk.agency.answer_to(item.envelope, Verdict::stored);
    answer.digest = envelope_digest(as_bytes("another"));
    CHECK(outbox->settle(answer).error().kind == ErrorKind::refused);
    answer = kiosk.agency.answer_to(item.envelope, Verdict::stored);
    answer.envelope_id = make_uuid(kiosk.random);
    CHECK(outbox->settle(answer).error().kind == ErrorKind::not_found);
    CHECK(outbox->counts().value().queued == 1);
}

TEST_CASE("what was delivered stays delivered, whatever is said later") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    kiosk.finalise(*outbox, "text");
    const OutboxItem item = outbox->waiting(1).value().at(0);
    REQUIRE(outbox->settle(kiosk.agency.answer_to(item.envelope, Verdict::stored)).ok());
    REQUIRE(outbox->settle(kiosk.agency.answer_to(item.envelope, Verdict::refused)).ok());
    REQUIRE(outbox->settle(kiosk.agency.answer_to(item.envelope, Verdict::conflict)).ok());
    CHECK(outbox->counts().value().delivered == 1);
}

TEST_CASE("only what is delivered, old and backed up in that epoch is purged") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    for (const char* text : {"a", "b", "c"})
        kiosk.finalise(*outbox, text);
    const auto waiting = outbox->waiting(3).value();
    REQUIRE(outbox->settle(kiosk.agency.answer_to(waiting[0].envelope, Verdict::stored, 10)).ok());
    REQUIRE(outbox->settle(kiosk.agency.answer_to(waiting[1].envelope, Verdict::stored, 11)).ok());
    const UtcMs later = 1'763'900'000'501;
    CHECK(outbox->purge(later - 1, "aalto", "epoch-1", 99).value() == 0);
    CHECK(outbox->purge(later, "bergen", "epoch-1", 99).value() == 0);
    CHECK(outbox->purge(later, "aalto", "epoch-2", 99).value() == 0);
    CHECK(outbox->purge(later, "aalto", "epoch-1", 10).value() == 1);
    CHECK(outbox->purge(later, "aalto", "epoch-1", 99).value() == 1);
    CHECK(outbox->counts().value().queued == 1);
    CHECK(std::filesystem::file_size(kiosk.folder / "outbox.db-wal") == 0);
    outbox.reset();
    CHECK(audit_of(kiosk.folder / "outbox.db") == "sealed sealed sealed stored stored purged purged ");
    CHECK(kiosk.open()->counts().value().queued == 1); // the chain still holds
}

TEST_CASE("a crash at any moment after finalising loses nothing") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    for (int number = 1; number <= 5; ++number) {
        kiosk.finalise(*outbox, "text " + std::to_string(number));
        // The files as a power cut would leave them, opened elsewhere.
        const ScratchFolder copy;
        for (const char* name : {"outbox.db", "outbox.db-wal"})
            std::filesystem::copy_file(kiosk.folder / name, copy / name);
        auto after = Outbox::open(copy / "outbox.db", kiosk.clock);
        REQUIRE(after.ok());
        CHECK((*after)->waiting(10).value().size() == static_cast<std::size_t>(number));
        CHECK_FALSE((*after)->salvage().has_value());
    }
}

TEST_CASE("no word of a person stands in the outbox's files") {
    Kiosk kiosk;
    auto outbox = kiosk.open();
    kiosk.finalise(*outbox, R"({"given_name":")" + canary + R"("})");
    for (const char* name : {"outbox.db", "outbox.db-wal"}) {
        CHECK(raw(kiosk.folder / name).find(canary) == std::string::npos);
        CHECK(raw(kiosk.folder / name).find("given_name") == std::string::npos);
    }
    // The search itself finds what is there: ids stand in the log in clear.
    const std::string id = outbox->all_items().value().at(0).id;
    CHECK(raw(kiosk.folder / "outbox.db-wal").find(id) != std::string::npos);
}

TEST_CASE("the audit chain can be added to and nothing else, and a changed row is noticed") {
    Kiosk kiosk;
    kiosk.finalise(*kiosk.open(), "text");
    {
        SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
        CHECK_FALSE(connection.run("UPDATE audit SET event='x'").ok());
        CHECK_FALSE(connection.run("DELETE FROM audit").ok());
        REQUIRE(
            connection.execute("DROP TRIGGER audit_keeps_its_words; UPDATE audit SET event='purged'").ok());
    }
    auto outbox = kiosk.open();
    REQUIRE(outbox->salvage().has_value());
    CHECK(outbox->salvage()->kept == 1);
    CHECK(outbox->salvage()->lost == 0);
    CHECK(outbox->waiting(5).value().size() == 1);
}

TEST_CASE("a damaged outbox is moved aside and what can be read of it is kept") {
    Kiosk kiosk;
    {
        auto outbox = kiosk.open();
        for (int number = 0; number < 40; ++number)
            kiosk.finalise(*outbox, "text " + std::to_string(number));
    }
    const std::filesystem::path file = kiosk.folder / "outbox.db";
    const std::size_t size = std::filesystem::file_size(file);
    damage(file, size / 2, 3000);
    auto outbox = kiosk.open();
    REQUIRE(outbox->salvage().has_value());
    const OutboxSalvage salvage = *outbox->salvage();
    CHECK(salvage.kept >= 30);
    CHECK(salvage.kept < 40);
    CHECK(salvage.kept + salvage.lost.value() == 40);
    CHECK(salvage.moved_to == file_aside(kiosk.folder.path()));
    CHECK(std::filesystem::file_size(salvage.moved_to) == size);
    CHECK(outbox->waiting(100).value().size() == salvage.kept);
    CHECK(kiosk.finalise(*outbox, "next") > 40); // no number twice
    outbox.reset();
    CHECK(kiosk.open()->salvage()->kept == salvage.kept); // told until somebody took the file away
    std::filesystem::remove(salvage.moved_to);
    CHECK_FALSE(kiosk.open()->salvage().has_value());
}

TEST_CASE(
    "an outbox that is no database at all is moved aside too, and numbers go on far above the old ones") {
    Kiosk kiosk;
    kiosk.finalise(*kiosk.open(), "text");
    damage(kiosk.folder / "outbox.db", 0, 100);
    auto outbox = kiosk.open();
    REQUIRE(outbox->salvage().has_value());
    CHECK(outbox->salvage()->kept == 0);
    CHECK_FALSE(outbox->salvage()->lost.has_value()); // nobody can know
    CHECK_FALSE(file_aside(kiosk.folder.path()).empty());
    CHECK(kiosk.finalise(*outbox, "next") > 100'000);
}

TEST_CASE("the signed answers and the audit of a damaged outbox are kept as well") {
    Kiosk kiosk;
    {
        auto outbox = kiosk.open();
        kiosk.finalise(*outbox, "first");
        kiosk.finalise(*outbox, "second");
        const OutboxItem item = outbox->waiting(1).value().at(0);
        REQUIRE(outbox->settle(kiosk.agency.answer_to(item.envelope, Verdict::stored)).ok());
    }
    {
        SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
        REQUIRE(connection.execute("DROP INDEX items_by_state; PRAGMA writable_schema=ON;").ok());
        REQUIRE(connection.execute("UPDATE items SET digest='x' WHERE number=2").ok());
    }
    auto outbox = kiosk.open();
    REQUIRE(outbox->salvage().has_value());
    CHECK(outbox->salvage()->kept == 1);
    CHECK(outbox->salvage()->lost == 1);
    CHECK(outbox->counts().value().delivered == 1);
    outbox.reset();
    CHECK(audit_of(kiosk.folder / "outbox.db") == "sealed sealed stored salvaged ");
    SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
    CHECK(connection.query_integer("SELECT count(*) FROM answers JOIN items ON items.number=item").value() ==
          1);
}

TEST_CASE("an outbox of the first schema opens with everything that waits in it") {
    Kiosk kiosk;
    kiosk.finalise(*kiosk.open(), "text");
    {
        SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
        REQUIRE(connection.execute("DROP TABLE salvages; PRAGMA user_version=1").ok());
    }
    auto outbox = kiosk.open();
    CHECK(outbox->waiting(5).value().size() == 1);
    CHECK(kiosk.finalise(*outbox, "next") == 2);
}

TEST_CASE("an outbox of a newer program is refused and left as it is") {
    Kiosk kiosk;
    kiosk.finalise(*kiosk.open(), "text");
    {
        SqlConnection connection = SqlConnection::open(kiosk.folder / "outbox.db", SqlMode::durable).value();
        REQUIRE(connection.execute("PRAGMA user_version=99").ok());
    }
    const auto outbox = Outbox::open(kiosk.folder / "outbox.db", kiosk.clock);
    REQUIRE_FALSE(outbox.ok());
    CHECK(outbox.error().kind == ErrorKind::unsupported);
    CHECK(file_aside(kiosk.folder.path()).empty());
}
