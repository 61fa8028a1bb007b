// One call after another fails: the n-th write, sync, truncation, opening, allocation, for n = 1, 2, ...
// until a run meets none. Each time the store either says no or has done it, never half, and goes on after it
// was opened again.
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include <cstdlib>
#include <new>

#include "core/json/json.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/faults/fault_report.h"
#include "tests/faults/file_tape.h"
#include "tests/faults/kiosk_days.h"

namespace {

/// Counts down to the allocation that fails; 0: none does.
std::int64_t allocations_left = 0;
bool allocation_failed = false;

bool allocation_fails() {
    if (allocations_left == 0) return false;
    --allocations_left;
    if (allocations_left > 0) return false;
    allocation_failed = true;
    return true;
}

} // namespace

// C++ code and, by its own hook (see failing_sqlite), SQLite: both ask here whether this allocation fails.
void* operator new(std::size_t size) {
    if (allocation_fails()) throw std::bad_alloc();
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 451;
constexpr std::int64_t steps = 24;

sqlite3_mem_methods sqlite_memory;

void* failing_malloc(int size) {
    return allocation_fails() ? nullptr : sqlite_memory.xMalloc(size);
}
void* failing_realloc(void* memory, int size) {
    return allocation_fails() ? nullptr : sqlite_memory.xRealloc(memory, size);
}

/// SQLite's allocations may fail too, from here on.
void let_sqlite_fail() {
    if (sqlite_memory.xMalloc != nullptr) return;
    sqlite3_shutdown();
    REQUIRE(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory) == SQLITE_OK);
    sqlite3_mem_methods failing = sqlite_memory;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    REQUIRE(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK);
}

/// A run of the kiosk in which something fails once, and what came of it.
struct Run {
    bool failed = false;   ///< the failure was met
    bool refused = false;  ///< a step said no
    std::string violation; ///< none: as it must be
};

/// After a step that may have failed: the process ends, starts again, and finds either what was or what was
/// asked for.
void check_after(KioskDays& days, const std::filesystem::path& folder, bool step_ok, Run& run) {
    days.close();
    const auto kept = days.read(folder);
    if (!kept.ok())
        run.violation = kept.error().detail;
    else if (step_ok && *kept != days.promised())
        run.violation = "what was said to be done is not";
    else if (!step_ok && *kept != days.promised() && *kept != days.promised_before())
        run.violation = "what was refused is done by half";
}

Run run_with(Failure failure, std::int64_t nth, bool lasting) {
    Run run;
    const ScratchFolder folder;
    KioskDays days(folder.path(), seed);
    FileTape tape(folder.path());
    tape.fail(failure, nth, lasting);
    Outcome outcome = days.open();
    for (std::int64_t step = 0; outcome.ok() && step < steps && !tape.has_failed(); ++step)
        outcome = days.step();
    run.failed = tape.has_failed();
    run.refused = !outcome.ok();
    tape.heal();
    check_after(days, folder.path(), outcome.ok(), run);
    outcome.ignore("looked at above");
    return run;
}

Run run_without_memory(std::int64_t nth) {
    Run run;
    const ScratchFolder folder;
    KioskDays days(folder.path(), seed);
    allocation_failed = false;
    allocations_left = nth;
    bool ok = true;
    try {
        Outcome outcome = days.open();
        for (std::int64_t step = 0; outcome.ok() && step < steps && !allocation_failed; ++step)
            outcome = days.step();
        ok = outcome.ok();
        outcome.ignore("looked at below");
    } catch (const std::bad_alloc&) {
        ok = false; // the program ends; the next one opens the store
    }
    allocations_left = 0;
    run.failed = allocation_failed;
    run.refused = !ok;
    check_after(days, folder.path(), ok, run);
    return run;
}

} // namespace

TEST_CASE("a call that fails is a refusal or a success, whichever call it is and however it fails") {
    REQUIRE(start_crypto().ok());
    FaultReport report("failing_calls", seed);
    std::int64_t refusals = 0;
    for (const Failure failure : {Failure::disk_full, Failure::io_error, Failure::short_write,
                                  Failure::interrupted, Failure::failed_sync}) {
        for (const bool lasting : {false, true}) {
            if (lasting && (failure == Failure::interrupted || failure == Failure::short_write)) continue;
            Run run;
            run.failed = true;
            for (std::int64_t nth = 1; run.failed; ++nth) {
                run = run_with(failure, nth, lasting);
                report.cell();
                refusals += run.refused ? 1 : 0;
                if (!run.violation.empty())
                    report.violation(std::string(name_of(failure)) + (lasting ? " from call " : " at call ") +
                                     std::to_string(nth) + ": " + run.violation);
            }
        }
    }
    report.write({{"refusals", refusals}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(refusals > 100);
}

TEST_CASE("an allocation that fails is a refusal or a success, whichever it is") {
    REQUIRE(start_crypto().ok());
    let_sqlite_fail();
    FaultReport report("failing_allocations", seed);
    // Every one by flag; in the test command every one of the first ones, then in growing strides.
    const bool all = count_from("VAKANT_ALLOCATIONS", 0) == 1;
    std::int64_t refusals = 0;
    Run run;
    run.failed = true;
    for (std::int64_t nth = 1; run.failed; nth += all || nth < 200 ? 1 : 1 + nth / 50) {
        run = run_without_memory(nth);
        report.cell();
        refusals += run.refused ? 1 : 0;
        if (!run.violation.empty())
            report.violation("allocation " + std::to_string(nth) + ": " + run.violation);
    }
    report.write({{"refusals", refusals}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(refusals > 100);
}

TEST_CASE("a JSON value for which there is not enough memory is not there at all, at whichever allocation") {
    const std::string long_text(100, 'x');
    std::int64_t failures = 0;
    bool failed = true;
    for (std::int64_t nth = 1; failed; ++nth) {
        allocation_failed = false;
        allocations_left = nth;
        try {
            const Json inner = Json::array({long_text, 2});
            const Json json =
                Json::object({{"a name that is not short at all", long_text}, {"inner", inner}});
            Json copy = json;
            copy.set("another name that is not short at all", json);
            allocations_left = 0;
            CHECK(copy.size() == 3);
        } catch (const std::bad_alloc&) {
            ++failures;
        }
        allocations_left = 0;
        failed = allocation_failed;
    }
    CHECK(failures > 10);
}
