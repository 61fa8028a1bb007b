// Everything that a network does to a conversation, each mishap alone and (VAKANT_MISHAP_PAIRS=1) every two
// together; and a cut at each byte. Whatever happened: nothing is called delivered that the agency does not
// hold, and when it is over all arrives unaided, once, in its order, with its bytes.
#include <catch2/catch.hpp>

#include "tests/faults/fault_report.h"
#include "tests/faults/whole_house.h"

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 77;

/// Three registrations while every exchange goes wrong, first in one way and then in the other.
std::string violation_under(Mishap first, Mishap second) {
    WholeHouse house(1, seed);
    HouseKiosk& kiosk = *house.kiosks.front();
    std::int64_t exchange = 0;
    kiosk.line.mishap = [&](const HttpRequest&) { return exchange++ % 2 == 0 ? first : second; };
    for (int registration = 0; registration < 3; ++registration) {
        if (!kiosk.save(400)) return "not saved";
        house.pass(20'000);
        if (std::string now = house.violation_now(); !now.empty()) return now;
    }
    house.pass(600'000);
    if (std::string now = house.violation_now(); !now.empty()) return now;
    house.heal();
    // Two mishaps in turn can make one item fail by itself several times; then the others pass it.
    return house.violation_at_the_end(first == second ? WholeHouse::Order::as_saved : WholeHouse::Order::any);
}

} // namespace

TEST_CASE("no mishap of the network loses, doubles or invents a registration") {
    FaultReport report("network", seed);
    const bool pairs = count_from("VAKANT_MISHAP_PAIRS", 0) == 1;
    for (const Mishap first : all_mishaps()) {
        for (const Mishap second : all_mishaps()) {
            if (!pairs && first != second) continue;
            report.cell();
            INFO(name_of(first) << " and " << name_of(second));
            const std::string violation = violation_under(first, second);
            if (!violation.empty())
                report.violation(std::string(name_of(first)) + " and " + std::string(name_of(second)) + ": " +
                                 violation);
        }
    }
    report.write();
    INFO(report.first_violation());
    CHECK(report.violations().empty());
}

TEST_CASE("a cut at any byte of a request or an answer changes nothing that is not true") {
    FaultReport report("byte_cuts", seed);
    for (const Mishap kind : {Mishap::answer_cut, Mishap::request_cut}) {
        WholeHouse house(1, seed);
        HouseKiosk& kiosk = *house.kiosks.front();
        house.pass(120'000); // what comes first in a conversation is over
        bool over = false;
        kiosk.line.mishap = [&](const HttpRequest& request) {
            if (!request.url.ends_with("/v1/submissions") || over) return Mishap::none;
            over = true;
            return kind;
        };
        // One envelope for each byte at which it is cut.
        for (kiosk.line.cut_at = 0;
             kiosk.line.cut_at == 0 || kiosk.line.cut_at <= static_cast<std::int64_t>(kiosk.line.answer_size);
             ++kiosk.line.cut_at) {
            over = false;
            report.cell();
            if (!kiosk.save(20)) report.violation("not saved");
            house.pass(0);
            house.pass(1);
            if (std::string now = house.violation_now(); !now.empty()) report.violation(now);
            house.pass(4 * 60'000);
        }
        house.heal();
        const std::string violation = house.violation_at_the_end();
        if (!violation.empty()) report.violation(std::string(name_of(kind)) + ": " + violation);
    }
    report.write();
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(report.cells() > 1'000);
}

TEST_CASE("a thousand registrations made without a network arrive within a minute of the first connection") {
    WholeHouse house(1, seed);
    HouseKiosk& kiosk = *house.kiosks.front();
    kiosk.line.mishap = [](const HttpRequest&) { return Mishap::no_route; };
    for (int number = 0; number < 1'000; ++number)
        REQUIRE(kiosk.save(300));
    house.pass(48LL * 3600 * 1000);
    REQUIRE(kiosk.queued() == 1'000);
    std::optional<std::int64_t> connected_at;
    kiosk.line.mishap = [&](const HttpRequest&) {
        if (!connected_at) connected_at = kiosk.clock.monotonic_ms();
        return Mishap::none;
    };
    while (kiosk.queued() > 0 &&
           kiosk.clock.monotonic_ms() < connected_at.value_or(kiosk.clock.monotonic_ms()) + 600'000)
        house.pass(1'000);
    CHECK(kiosk.clock.monotonic_ms() - connected_at.value() <= 60'000);
    CHECK(house.violation_at_the_end() == "");
}
