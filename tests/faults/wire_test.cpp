// What wires do to a conversation between the engine with its real client and the agency's real listener.
// Whatever happened: nothing is called delivered that the agency does not hold, the kiosk does next to
// nothing while it fails, and when it is over all arrives unaided, once, in its order, with its bytes. The
// engine's waits are stepped by the clock; only what moves on the wire takes its time.
#include <catch2/catch.hpp>

#include <ctime>

#include "agency/server/certificates.h"
#include "agency/server/server.h"
#include "tests/faults/bad_wire.h"
#include "tests/faults/fault_report.h"
#include "tests/faults/whole_house.h"

using namespace vakant;
using namespace vakant::faults;

namespace {

constexpr std::uint64_t seed = 78;
constexpr std::int64_t minute_ms = 60'000;
constexpr int patience_ms = 400; ///< in the place of half a minute in which nothing comes
constexpr double most_cpu = 0.05;

/// One kiosk whose requests go through sockets and a wire that somebody may harm.
class OverTheWire {
public:
    explicit OverTheWire(ServerSettings settings = {}, HttpTrust trust = {})
        : house(1, seed), server_(require(Server::start(settings, device_api(*house.agency.services)))),
          wire(server_->port()), client_(make_curl_client(std::move(trust))),
          scheme_(server_->uses_tls() ? "https" : "http") {
        kiosk().line.over_the_wire = [this](const HttpRequest& request) {
            HttpRequest sent = request;
            sent.url = scheme_ + "://127.0.0.1:" + std::to_string(wire.port()) +
                       request.url.substr(request.url.find("/v1/"));
            sent.total_timeout_ms = patience_ms;
            return client_->perform(sent);
        };
    }
    HouseKiosk& kiosk() { return *house.kiosks.front(); }
    /// From now on, also for what is connected.
    void plan(WirePlan next) {
        wire.plan = [next] { return next; };
        wire.hang_up();
    }
    std::int64_t held() { return house.agency.count("SELECT COUNT(*) FROM envelopes"); }

    WholeHouse house;

private:
    std::unique_ptr<Server> server_;

public:
    BadWire wire;

private:
    std::unique_ptr<HttpClient> client_;
    std::string scheme_;
};

double cpu_seconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Three registrations while every connection goes wrong for ten minutes; "" where nothing is wrong.
std::string violation_on(OverTheWire& line, const WirePlan& plan, bool may_deliver, double& cpu) {
    line.house.pass(2 * minute_ms); // what comes first in a conversation is over
    line.plan(plan);
    const double before = cpu_seconds();
    for (int registration = 0; registration < 3; ++registration) {
        if (!line.kiosk().save(1'500)) return "not saved";
        line.house.pass(20'000);
        if (std::string now = line.house.violation_now(); !now.empty()) return now;
    }
    line.house.pass(9 * minute_ms);
    cpu = (cpu_seconds() - before) / 600;
    if (cpu > most_cpu) return std::to_string(cpu * 100) + " % of a core while it failed";
    if (std::string now = line.house.violation_now(); !now.empty()) return now;
    if (!may_deliver && line.kiosk().queued() != 3) return "delivered over a wire that carries nothing";
    if (may_deliver && line.kiosk().queued() != 0) return "not delivered over a wire that is only slow";
    line.plan({});
    line.house.heal();
    return line.house.violation_at_the_end();
}

struct Cell {
    const char* name;
    WirePlan plan;
    bool may_deliver = false;
};

std::vector<Cell> cells() {
    const std::string no_room =
        "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    const std::string hasty = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    const std::string portal =
        "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    std::vector<Cell> all(14);
    all[0] = {"reset before a byte", {}};
    all[0].plan.resets_at_once = true;
    all[1] = {"half open", {}};
    all[1].plan.is_half_open = true;
    all[2] = {"413 before the body was read", {}};
    all[2].plan.says_at_once = no_room;
    all[3] = {"200 before the body was read", {}};
    all[3].plan.says_at_once = hasty;
    all[4] = {"a portal's redirect", {}};
    all[4].plan.says_at_once = portal;
    all[5] = {"no HTTP at all", {}};
    all[5].plan.says_at_once = "SSH-2.0-OpenSSH_9.2\r\n";
    all[6] = {"reset in the request's head", {}};
    all[6].plan.cut_request_at = 40;
    all[7] = {"reset in the request's body", {}};
    all[7].plan.cut_request_at = 1'500;
    all[8] = {"reset in the answer's head", {}};
    all[8].plan.cut_answer_at = 20;
    all[9] = {"an end in the answer's head", {}};
    all[9].plan.cut_answer_at = 20;
    all[9].plan.closes_politely = true;
    all[10] = {"a byte at a time", {}, true};
    all[10].plan.piece = 1;
    all[11] = {"latency", {}, true};
    all[11].plan.wait_ms = 30;
    all[12] = {"a thin line", {}, true};
    all[12].plan.piece = 512;
    all[12].plan.wait_ms = 10;
    all[13] = {"odd pieces", {}, true};
    all[13].plan.piece = 7;
    return all;
}

/// A certificate of another authority, or a good one, with its authority beside it.
struct Certificates {
    ScratchFolder folder;
    Certificates() {
        constexpr UtcMs now = 1'795'420'800'000;
        for (const char* name : {"own", "stranger"}) {
            const CertificateAndKey authority = require(make_authority(name, now));
            const CertificateAndKey made = require(make_server_certificate(authority, {"127.0.0.1"}, now));
            require_done(write_file_durably(file(name, "-authority.pem"), authority.certificate));
            require_done(write_file_durably(file(name, ".pem"), made.certificate));
            require_done(write_file_durably(file(name, ".key"), made.key));
        }
    }
    std::filesystem::path file(const char* name, const char* ending) const {
        return (folder / name).concat(ending);
    }
    ServerSettings of(const char* name) const {
        ServerSettings settings;
        settings.certificate = file(name, ".pem");
        settings.key = file(name, ".key");
        return settings;
    }
    HttpTrust trust() const { return {file("own", "-authority.pem")}; }
};

} // namespace

TEST_CASE("no mishap of a real wire loses, doubles or invents a registration, or keeps the kiosk busy") {
    FaultReport report("network_socket", seed);
    double most = 0;
    for (const Cell& cell : cells()) {
        INFO(cell.name);
        report.cell();
        OverTheWire line;
        double cpu = 0;
        if (const std::string what = violation_on(line, cell.plan, cell.may_deliver, cpu); !what.empty())
            report.violation(std::string(cell.name) + ": " + what);
        most = std::max(most, cpu);
    }
    const Certificates certificates;
    {
        report.cell();
        OverTheWire line(certificates.of("stranger"), certificates.trust());
        REQUIRE(line.kiosk().save(1'500));
        line.house.pass(10 * minute_ms);
        if (line.held() != 0 || line.kiosk().queued() != 1)
            report.violation("a foreign certificate: something was sent to it");
    }
    for (const std::int64_t cut : {100, 1'000, 3'000}) { // in the handshake and behind it
        report.cell();
        OverTheWire line(certificates.of("own"), certificates.trust());
        WirePlan plan;
        plan.cut_request_at = cut;
        double cpu = 0;
        if (const std::string what = violation_on(line, plan, false, cpu); !what.empty())
            report.violation("TLS cut after " + std::to_string(cut) + " bytes: " + what);
        most = std::max(most, cpu);
    }
    report.write({{"most_cpu_permille", static_cast<std::int64_t>(most * 1000)}});
    INFO(report.first_violation());
    CHECK(report.violations().empty());
}

TEST_CASE("forty cuts through the socket, in requests and in answers, change nothing that is not true") {
    FaultReport report("socket_cuts", seed);
    OverTheWire line;
    line.house.pass(2 * minute_ms);
    // How long one exchange is.
    line.plan({});
    REQUIRE(line.kiosk().save(600));
    line.house.pass(minute_ms);
    const std::int64_t request = line.wire.request_bytes(), answer = line.wire.answer_bytes();
    REQUIRE(request > 800);
    REQUIRE(answer > 100);
    constexpr std::int64_t cuts = 20;
    for (const bool in_answer : {false, true}) {
        for (std::int64_t cut = 0; cut < cuts; ++cut) {
            report.cell();
            WirePlan plan;
            (in_answer ? plan.cut_answer_at : plan.cut_request_at) =
                (in_answer ? answer : request) * cut / cuts;
            plan.closes_politely = cut % 2 == 1;
            line.plan(plan);
            REQUIRE(line.kiosk().save(600));
            line.house.pass(1'000);
            if (std::string now = line.house.violation_now(); !now.empty()) report.violation(now);
            line.plan({});
            line.house.pass(4 * minute_ms);
            if (line.kiosk().queued() != 0) report.violation("still waiting after a cut");
        }
    }
    line.house.heal();
    if (std::string what = line.house.violation_at_the_end(); !what.empty()) report.violation(what);
    report.write();
    INFO(report.first_violation());
    CHECK(report.violations().empty());
    CHECK(line.wire.connections() > 40);
}

TEST_CASE("the wire's measure sees a kiosk that is busy and one that calls delivered what is not") {
    OverTheWire line;
    double cpu = 0;
    // A wire that carries everything is no wire that carries nothing.
    CHECK(violation_on(line, {}, false, cpu) == "delivered over a wire that carries nothing");
    OverTheWire other;
    WirePlan dead;
    dead.is_half_open = true;
    CHECK(violation_on(other, dead, true, cpu) == "not delivered over a wire that is only slow");
}
