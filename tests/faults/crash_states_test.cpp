// The power is cut after every call that the kiosk's stores make, and what was not synced is lost in every
// way that a disk knows. VAKANT_CRASH_STATES: how many states (5,000 in the test command, 100,000 by flag).
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include "tests/fakes/scratch_folder.h"
#include "tests/faults/crash_states.h"
#include "tests/faults/fault_report.h"
#include "tests/faults/kiosk_days.h"

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 20261125;
constexpr std::int64_t steps = 96;
constexpr Loss random_losses[] = {Loss::drop_some, Loss::torn, Loss::garbage_tail};

/// Calls `check(state, last mark, what was done)` for about `wanted` states of the tape.
template <typename Check>
void each_state(const std::vector<TapeEntry>& tape, std::int64_t wanted, Check check) {
    std::int64_t cuts = 0;
    for (CrashStates states(tape); states.advance();)
        cuts += states.has_unsynced() ? 1 : 0;
    const std::int64_t rounds =
        std::max<std::int64_t>(1, (wanted / std::max<std::int64_t>(cuts, 1) - 2) / 3 + 1);
    std::int64_t cut = 0;
    for (CrashStates states(tape); states.advance(); ++cut) {
        check(states.after(Loss::drop_all, seed), states.last_mark(), cut, Loss::drop_all);
        if (!states.has_unsynced()) continue;
        check(states.after(Loss::keep_all, seed), states.last_mark(), cut, Loss::keep_all);
        for (std::int64_t round = 0; round < rounds; ++round) {
            for (const Loss loss : random_losses) {
                const auto dice = seed + static_cast<std::uint64_t>(cut * 1'000'003 + round);
                check(states.after(loss, dice), states.last_mark(), cut, loss);
            }
        }
    }
}

/// In memory, so that a hundred thousand states wear out no disk.
struct MemoryFolder {
    MemoryFolder() {
        if (std::filesystem::exists("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
    }
};

class Rows {
public:
    /// A table as somebody makes it who knows nothing of these things; `settings` are pragmas.
    Rows(const std::filesystem::path& file, const std::string& settings) {
        if (sqlite3_open(file.c_str(), &database_) != SQLITE_OK) throw std::runtime_error("cannot open");
        run(settings + "CREATE TABLE IF NOT EXISTS acknowledged(number INTEGER PRIMARY KEY, body TEXT);");
    }
    ~Rows() { sqlite3_close(database_); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    void add(std::int64_t number) {
        run("INSERT INTO acknowledged VALUES (" + std::to_string(number) + ", hex(zeroblob(400)));");
    }
    std::int64_t last() {
        std::int64_t found = 0;
        sqlite3_exec(
            database_, "SELECT ifnull(max(number), 0) FROM acknowledged",
            [](void* to, int, char** values, char**) {
                *static_cast<std::int64_t*>(to) = std::strtoll(values[0], nullptr, 10);
                return 0;
            },
            &found, nullptr);
        return found;
    }

private:
    void run(const std::string& sql) { sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr); }
    sqlite3* database_ = nullptr;
};

/// How many of the states have lost something that was acknowledged.
std::int64_t states_that_lost(const std::string& settings) {
    std::vector<TapeEntry> tape;
    {
        const ScratchFolder folder;
        FileTape recording(folder.path());
        Rows rows(folder / "rows.db", settings);
        for (std::int64_t number = 1; number <= 20; ++number) {
            rows.add(number);
            recording.mark(number);
        }
        tape = recording.entries();
    }
    std::int64_t lost = 0;
    each_state(tape, 500, [&](const DiskState& state, std::int64_t acknowledged, std::int64_t, Loss) {
        const ScratchFolder disk;
        lay_out(state, disk.path());
        if (Rows(disk / "rows.db", settings).last() < acknowledged) ++lost;
    });
    return lost;
}

} // namespace

TEST_CASE("nothing that was acknowledged is lost, whatever a power cut leaves of what was not synced") {
    REQUIRE(start_crypto().ok());
    const MemoryFolder memory;
    FaultReport report("crash_states", seed);
    const ScratchFolder folder;
    KioskDays days(folder.path(), seed);
    std::vector<Kept> promised{Kept{}};
    std::vector<TapeEntry> tape;
    {
        FileTape recording(folder.path());
        REQUIRE(days.open().ok());
        recording.mark(0);
        for (std::int64_t step = 1; step <= steps; ++step) {
            REQUIRE(days.step().ok());
            recording.mark(step);
            promised.push_back(days.promised());
        }
        tape = recording.entries();
    }
    const std::int64_t wanted = count_from("VAKANT_CRASH_STATES", 5'000);
    each_state(tape, wanted, [&](const DiskState& state, std::int64_t mark, std::int64_t cut, Loss loss) {
        report.cell();
        const ScratchFolder disk;
        lay_out(state, disk.path());
        const auto kept = days.read(disk.path());
        const auto last = static_cast<std::size_t>(std::max<std::int64_t>(mark, 0));
        const std::string where = "cut " + std::to_string(cut) + ", " + std::string(name_of(loss)) + ": ";
        if (!kept.ok())
            report.violation(where + kept.error().detail);
        else if (*kept != promised[last] && (last + 1 >= promised.size() || *kept != promised[last + 1]))
            report.violation(where + "is neither what step " + std::to_string(last) +
                             " promised nor the next");
    });
    report.write({{"steps", steps}, {"calls_on_the_tape", static_cast<std::int64_t>(tape.size())}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(report.cells() >= wanted);
}

TEST_CASE("the same harness finds what other settings lose") {
    const MemoryFolder memory;
    CHECK(states_that_lost("") > 0);
    CHECK(states_that_lost("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;") > 0);
    CHECK(states_that_lost(
              "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;") == 0);
}
