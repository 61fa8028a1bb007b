// A damaged outbox is read out into a new one. The power is cut after every call of that, and every call of
// it fails once or for good, readings included: whatever happens, the next start has every item that can be
// read, and no reference number is given twice.
#include <catch2/catch.hpp>

#include <set>

#include "core/base/random.h"
#include "sync/outbox.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/faults/crash_states.h"
#include "tests/faults/fault_report.h"
#include "tests/faults/file_tape.h"

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 20261130;
constexpr std::int64_t page = 4096;
constexpr std::size_t all = 40; ///< items in the outbox

/// Ids and states, and the number that the next person gets.
struct Found {
    std::map<std::string, ItemState> items;
    std::int64_t next_counter = 0;
};

/// The files of an outbox in use: most in the database, the last ones in its log alone.
class UsedOutbox {
public:
    UsedOutbox() {
        const ScratchFolder folder;
        fill(*open(folder.path()), 16);
        auto outbox = open(folder.path());
        fill(*outbox, 4);
        database_ = read_file(folder / "outbox.db").value();
        log_ = read_file(folder / "outbox.db-wal").value();
    }

    std::unique_ptr<Outbox> open(const std::filesystem::path& folder) const {
        auto outbox = Outbox::open(folder / "outbox.db", clock);
        if (!outbox.ok()) throw std::runtime_error(outbox.error().detail);
        return std::move(outbox).value();
    }
    void lay_out_damaged(const std::filesystem::path& folder, bool overwritten = true) const {
        std::string database = database_;
        if (overwritten) database.replace(static_cast<std::size_t>(damaged_at()), page, page, 'Z');
        REQUIRE(write_file_durably(folder / "outbox.db-wal", log_).ok());
        REQUIRE(write_file_durably(folder / "outbox.db", database).ok());
    }
    /// What the next start finds; it also gives a number.
    Result<Found> read(const std::filesystem::path& folder) const {
        VAKANT_TRY(outbox, Outbox::open(folder / "outbox.db", clock));
        Found found;
        VAKANT_TRY(items, outbox->all_items());
        for (const OutboxItem& item : items)
            found.items[item.id] = item.state;
        VAKANT_TRY(next, outbox->finalise([this](std::int64_t) -> Result<std::vector<SealedItem>> {
            return std::vector<SealedItem>{seal()};
        }));
        found.next_counter = next.counter;
        return found;
    }
    /// "" where `found` has all of `expected` and goes on behind what was given.
    std::string missing(const Result<Found>& found, const Found& expected) const {
        if (!found.ok()) return found.error().detail;
        for (const auto& [id, state] : expected.items) {
            const auto at = found->items.find(id);
            if (at == found->items.end()) return "an item that can be read is gone";
            if (at->second != state) return "an item is in another state";
        }
        return found->next_counter > given_ ? "" : "a reference number is given twice";
    }
    std::int64_t damaged_at() const { return static_cast<std::int64_t>(database_.size()) / page / 2 * page; }
    std::int64_t given() const { return given_; }
    FakeClock clock{100'000}; ///< years too early: it must not be what numbers are counted on by

private:
    SealedItem seal() const {
        EnvelopeHeader header;
        header.id = make_uuid(random_);
        header.agency = agency_.id;
        header.device = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";
        header.made_at = clock.wall_ms();
        Bytes text(700);
        random_.fill(text);
        return {header.id, agency_.id, header.made_at,
                seal_envelope(as_text(text), header, agency_.key_set(), device_)};
    }
    void fill(Outbox& outbox, int registrations) {
        for (int number = 0; number < registrations; ++number) {
            REQUIRE(outbox
                        .finalise([this](std::int64_t counter) -> Result<std::vector<SealedItem>> {
                            given_ = counter;
                            return std::vector<SealedItem>{seal(), seal()};
                        })
                        .ok());
            if (number % 3 != 0) continue;
            const OutboxItem item = outbox.waiting(1).value().at(0);
            const Verdict verdict = number % 2 == 0 ? Verdict::stored : Verdict::refused;
            REQUIRE(outbox.settle(agency_.answer_to(item.envelope, verdict, ++sequence_)).ok());
        }
    }

    mutable SeededRandom random_{seed};
    AgencyKeys agency_{"aurora"};
    SigningKey device_ = make_signing_key();
    std::string database_, log_;
    std::int64_t given_ = 0, sequence_ = 0;
};

Found undisturbed(const UsedOutbox& used) {
    const ScratchFolder folder;
    used.lay_out_damaged(folder.path());
    const Result<Found> found = used.read(folder.path());
    REQUIRE(found.ok());
    REQUIRE(used.missing(found, Found{}).empty());
    REQUIRE(found->items.size() >= all - 10);
    REQUIRE(found->items.size() < all);
    return *found;
}

/// Opens a damaged outbox while the calls fail; what the start after it finds.
std::string after_failing(const UsedOutbox& used, const Found& expected, Failure failure, std::int64_t nth,
                          bool lasting, bool& failed) {
    const ScratchFolder folder;
    FileTape tape(folder.path());
    used.lay_out_damaged(folder.path());
    tape.fail(failure, nth, lasting);
    Outbox::open(folder / "outbox.db", used.clock).ignore("the next start counts");
    failed = tape.has_failed();
    tape.heal();
    return used.missing(used.read(folder.path()), expected);
}

} // namespace

TEST_CASE("a salvage that a power cut ends anywhere is taken up by the next start, and nothing is lost") {
    REQUIRE(start_crypto().ok());
    if (std::filesystem::exists("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
    FaultReport report("salvage_cuts", seed);
    const UsedOutbox used;
    const Found expected = undisturbed(used);
    std::vector<TapeEntry> tape;
    {
        const ScratchFolder folder;
        FileTape recording(folder.path());
        used.lay_out_damaged(folder.path());
        recording.mark(0);
        used.open(folder.path());
        tape = recording.entries();
    }
    const std::int64_t rounds = count_from("VAKANT_SALVAGE_ROUNDS", 4);
    std::uint64_t cut = 0;
    for (CrashStates states(tape); states.advance(); ++cut) {
        if (states.last_mark() < 0) continue;
        for (const Loss loss :
             {Loss::drop_all, Loss::keep_all, Loss::drop_some, Loss::torn, Loss::garbage_tail}) {
            const bool by_chance = loss != Loss::drop_all && loss != Loss::keep_all;
            for (std::int64_t round = 0; round < (by_chance ? rounds : 1); ++round) {
                report.cell();
                const ScratchFolder disk;
                lay_out(states.after(loss, seed + cut * 1'000'003 + static_cast<std::uint64_t>(round)),
                        disk.path());
                const std::string missing = used.missing(used.read(disk.path()), expected);
                if (!missing.empty())
                    report.violation("cut " + std::to_string(cut) + ", " + std::string(name_of(loss)) + ": " +
                                     missing);
            }
        }
    }
    report.write({{"calls_on_the_tape", static_cast<std::int64_t>(tape.size())}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(report.cells() > 500);
}

TEST_CASE(
    "whichever call of a salvage fails, a reading too, the next start has everything that can be read") {
    REQUIRE(start_crypto().ok());
    FaultReport report("salvage_failing_calls", seed);
    const UsedOutbox used;
    const Found expected = undisturbed(used);
    // Every one by flag; in the test command every one of the first ones, then in growing strides.
    const bool every_one = count_from("VAKANT_SALVAGE_CALLS", 0) == 1;
    for (const Failure failure : {Failure::disk_full, Failure::io_error, Failure::short_write,
                                  Failure::interrupted, Failure::failed_sync, Failure::failed_read}) {
        for (const bool lasting : {false, true}) {
            if (lasting && (failure == Failure::interrupted || failure == Failure::short_write)) continue;
            bool failed = true;
            for (std::int64_t nth = 1; failed; nth += every_one || nth < 40 ? 1 : 1 + nth / 20) {
                report.cell();
                const std::string missing = after_failing(used, expected, failure, nth, lasting, failed);
                if (!missing.empty())
                    report.violation(std::string(name_of(failure)) + (lasting ? " from call " : " at call ") +
                                     std::to_string(nth) + ": " + missing);
            }
        }
    }
    report.write({});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(report.cells() > 200);
}

TEST_CASE(
    "an outbox with a sector that cannot be read is salvaged, and completed when it can be read again") {
    REQUIRE(start_crypto().ok());
    const UsedOutbox used;
    const ScratchFolder folder;
    FileTape tape(folder.path());
    used.lay_out_damaged(folder.path(), false);
    tape.lose_sectors("outbox.db", used.damaged_at(), 512);
    {
        const auto outbox = used.open(folder.path());
        REQUIRE(outbox->salvage().has_value());
        CHECK(outbox->salvage()->kept >= all - 10);
        CHECK(outbox->salvage()->kept < all);
        CHECK(outbox->salvage()->kept + outbox->salvage()->lost.value() == all);
        CHECK(outbox->all_items().value().size() == outbox->salvage()->kept);
    }
    tape.lose_sectors(used.open(folder.path())->salvage()->moved_to.filename().string(), 0, 0);
    const auto outbox = used.open(folder.path());
    CHECK(outbox->salvage()->kept == all);
    CHECK(outbox->salvage()->lost == 0);
    CHECK(outbox->all_items().value().size() == all);
}
