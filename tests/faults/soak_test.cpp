// Two days of work at one kiosk and its agency, in fast time: the first one fills what is kept on purpose
// (caches of pages, of statements, of words), over the second one nothing may grow.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>

#include <malloc.h>
#include <unistd.h>

#include "sync/session_store.h"
#include "tests/faults/fault_report.h"
#include "tests/faults/whole_house.h"

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 20261130;
constexpr std::int64_t registrations_a_day = 2'000;
constexpr std::int64_t tests_a_day = 500;
constexpr std::int64_t keys_a_test = 200;
constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t largest_log = 8LL << 20;

/// What a process holds.
struct Held {
    std::int64_t heap = 0; ///< bytes in use
    std::int64_t resident = 0;
    std::int64_t descriptors = 0;
};

Held held_now() {
    malloc_trim(0); // what is free inside the heap is not held
    const struct mallinfo2 heap = mallinfo2();
    Held held;
    held.heap = static_cast<std::int64_t>(heap.uordblks + heap.hblkhd);
    std::int64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    held.resident = pages * sysconf(_SC_PAGESIZE);
    held.descriptors = std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
    return held;
}

/// "" where less than a hundredth of the memory and no descriptor came to it.
std::string growth(const Held& before, const Held& after) {
    const std::int64_t most = before.resident / 100;
    if (after.heap - before.heap >= most)
        return "memory in use grew by " + std::to_string(after.heap - before.heap) + " of " +
               std::to_string(before.resident) + " bytes";
    if (after.descriptors > before.descriptors)
        return std::to_string(after.descriptors - before.descriptors) + " descriptors were left open";
    return "";
}

std::int64_t largest_log_in(const std::filesystem::path& folder) {
    std::int64_t largest = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().string().ends_with("-wal"))
            largest = std::max(largest, static_cast<std::int64_t>(entry.file_size()));
    }
    return largest;
}

class Days {
public:
    Days() { sessions_ = require(SessionStore::open(folder_ / "sessions.db", make_storage_key(), 1)); }

    void work_for_a_day() {
        constexpr std::int64_t rounds = tests_a_day;
        for (std::int64_t round = 0; round < rounds; ++round) {
            for (std::int64_t i = 0; i < registrations_a_day / rounds; ++i)
                registration();
            typing_test();
            house.pass(day_ms / rounds);
            kiosk().forget_saved();
            log_ = std::max({log_, largest_log_in(kiosk().folder()), largest_log_in(folder_.path()),
                             largest_log_in(house.agency.folder.path())});
            if (round % (rounds / 4) == rounds / 4 - 1) house.back_up(); // after which the kiosk lets go
        }
    }
    std::int64_t log() const { return log_; }
    HouseKiosk& kiosk() { return *house.kiosks.front(); }

    WholeHouse house{1, seed};

private:
    void registration() {
        const std::string text =
            Json::object({{"kind", "registration"},
                          {"form", "registration"},
                          {"version", "1"},
                          {"digest", "not-a-form"},
                          {"language", "fi"},
                          {"answers", Json::object({{"given_names", "Aino"},
                                                    {"family_name", "Virtanen " + std::to_string(++number_)},
                                                    {"about", std::string(3'000, 'x')}})},
                          {"consents", Json::array()},
                          {"retention", "job-12-months"},
                          {"source", Json::object({{"kind", "kiosk"}, {"id", ""}})},
                          {"vacancy", nullptr},
                          {"application", false},
                          {"reference", "SOAK-" + std::to_string(number_)},
                          {"secret", "s"}})
                .to_text();
        REQUIRE(kiosk().save_text(text));
    }
    void typing_test() {
        const std::string id = make_uuid(random_);
        require_done(sessions_->begin(id, R"({"id":"typing-en","passage":"The quick brown fox"})"));
        for (std::int64_t key = 0; key < keys_a_test; ++key)
            require_done(sessions_->append(id, {U'a', 120 * key}));
        require_done(sessions_->forget(id));
        REQUIRE(kiosk().save(2'000));
    }

    ScratchFolder folder_;
    SystemRandom random_;
    std::unique_ptr<SessionStore> sessions_;
    std::int64_t number_ = 0;
    std::int64_t log_ = 0;
};

} // namespace

TEST_CASE("a day of 2,000 registrations and 500 tests costs no memory, no descriptor and no growing log") {
    if (std::filesystem::exists("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
    FaultReport report("soak", seed);
    Days days;
    days.work_for_a_day();
    const Held before = held_now();
    days.work_for_a_day();
    const Held after = held_now();
    report.cells(2 * (registrations_a_day + tests_a_day));
    if (const std::string grown = growth(before, after); !grown.empty()) report.violation(grown);
    if (days.log() > largest_log)
        report.violation("a write-ahead log reached " + std::to_string(days.log()) + " bytes");
    report.write({{"resident_bytes", after.resident},
                  {"heap_growth_bytes", after.heap - before.heap},
                  {"descriptors", after.descriptors},
                  {"largest_log_bytes", days.log()}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(days.house.agency.count("SELECT COUNT(*) FROM envelopes") == report.cells());
    CHECK(days.kiosk().queued() == 0);
    days.house.pass(30 * 60'000);
    CHECK(days.kiosk().items().value().empty()); // all of it is in the last backup
}

TEST_CASE("the soak's measure sees what is kept and what is left open") {
    const Held before = held_now();
    const std::string kept(static_cast<std::size_t>(before.resident / 50), 'x');
    REQUIRE(kept.back() == 'x');
    CHECK(growth(before, held_now()).starts_with("memory in use grew by "));
    const int left_open = dup(0);
    Held roomy = before;
    roomy.resident *= 100;
    CHECK(growth(roomy, held_now()) == "1 descriptors were left open");
    ::close(left_open);
    CHECK(growth(roomy, held_now()).empty());
}
