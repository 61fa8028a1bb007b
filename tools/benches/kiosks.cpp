// Kiosks as a load on a running backend, for tools/bench upload, server and fleet. Every command prints one
// line of JSON.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <mutex>
#include <thread>

#include "agency/api/services.h"
#include "tools/benches/many_kiosks.h"

namespace vakant::benches {
namespace {

using Clocking = std::chrono::steady_clock;

struct Given {
    std::filesystem::path data, kiosks, assets;
    std::string postgres, agency = "aurora", path = "/v1/submissions";
    Backend backend;
    std::size_t count = 0, batch = 1, connections = 64;
    std::uint64_t seed = 20261126;
    double seconds = 5, rate = 100;
    bool any_answer = false;
    FleetSettings fleet;
};

double seconds_since(Clocking::time_point begin) {
    return std::chrono::duration<double>(Clocking::now() - begin).count();
}

double percentile(std::vector<double> values, double part) {
    std::ranges::sort(values);
    if (values.empty()) return 0;
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

Result<Json> enrol(const Given& given) {
    VAKANT_CHECK(enrol_kiosks(given.data, given.postgres, given.agency, given.count, given.kiosks));
    return Json::object({{"enrolled", static_cast<std::int64_t>(given.count)}});
}

/// What the agency holds.
Result<Json> count_rows(const Given& given) {
    VAKANT_CHECK(start_crypto());
    SystemRandom random;
    const SystemClock clock;
    VAKANT_TRY(services, open_services({given.data, {}, given.postgres}, clock, random));
    const auto number = [&](const char* sql) {
        return services->database->read_for<std::optional<std::int64_t>>(
            [sql](Connection& connection) { return connection.find_integer(sql); });
    };
    VAKANT_TRY(rows, number("SELECT COUNT(*) FROM envelopes"));
    VAKANT_TRY(registrations, number("SELECT COUNT(*) FROM registrations"));
    VAKANT_TRY(numbers, number("SELECT COUNT(DISTINCT reference) FROM candidates"));
    return Json::object({{"envelopes", rows.value_or(0)},
                         {"registrations", registrations.value_or(0)},
                         {"reference_numbers", numbers.value_or(0)}});
}

/// Bytes of registrations: as JSON, as envelopes, as lines of a request.
Result<Json> sizes(const Given& given) {
    VAKANT_TRY(kiosks, read_kiosks(given.kiosks));
    VAKANT_TRY(registrations, Registrations::read(given.assets, given.seed));
    SystemRandom random;
    std::vector<double> plain, envelope, ratio, line;
    for (std::size_t i = 0; i < given.count; ++i) {
        const Json registration = registrations.next(
            reference_number(kiosks.front().identity.prefix, static_cast<std::int64_t>(i + 1)));
        const OutboxItem item = sealed(kiosks.front(), registration, random);
        plain.push_back(static_cast<double>(registration.to_text().size()));
        envelope.push_back(static_cast<double>(item.envelope.size()));
        ratio.push_back(envelope.back() / plain.back());
        line.push_back(static_cast<double>(line_of(item).size()));
    }
    return Json::object({{"seed", static_cast<std::int64_t>(given.seed)},
                         {"plain", percentile(plain, 0.5)},
                         {"envelope", percentile(envelope, 0.5)},
                         {"ratio", percentile(ratio, 0.5)},
                         {"line", percentile(line, 0.5)}});
}

/// Bodies of requests, each of `batch` registrations that were never sent before.
std::vector<std::string> bodies_of(const EnrolledKiosk& kiosk, Registrations& registrations,
                                   std::size_t count, std::size_t batch, std::int64_t& number) {
    SystemRandom random;
    std::vector<std::string> bodies(count);
    for (std::string& body : bodies)
        for (std::size_t i = 0; i < batch; ++i)
            body += line_of(
                sealed(kiosk, registrations.next(reference_number(kiosk.identity.prefix, ++number)), random));
    return bodies;
}

bool all_stored(const HttpAnswer& answer, std::size_t batch) {
    std::size_t stored = 0;
    for (std::size_t at = 0; (at = answer.body.find("\"verdict\":\"stored\"", at)) != std::string::npos; ++at)
        ++stored;
    return answer.status == 200 && stored == batch;
}

/// One kiosk on one connection: `count` registrations, one by one and in batches, in turns.
Result<Json> upload(const Given& given) {
    VAKANT_TRY(kiosks, read_kiosks(given.kiosks));
    VAKANT_TRY(registrations, Registrations::read(given.assets, given.seed));
    const EnrolledKiosk& kiosk = kiosks.front();
    const auto client = make_curl_client({given.backend.authority});
    std::int64_t number = 0;
    const auto rate_of = [&](std::size_t batch) -> Result<double> {
        const auto bodies = bodies_of(kiosk, registrations, given.count / batch, batch, number);
        const auto begin = Clocking::now();
        for (const std::string& body : bodies) {
            VAKANT_TRY(answer, client->perform(request_of(given.backend, kiosk, "POST", given.path, body)));
            if (!all_stored(answer, batch)) return refused("not stored: " + answer.body.substr(0, 200));
        }
        return static_cast<double>(bodies.size() * batch) / seconds_since(begin);
    };
    VAKANT_TRY(warm, rate_of(1));
    (void)warm;
    Json singly = Json::array(), batched = Json::array();
    for (int round = 0; round < 5; ++round) {
        VAKANT_TRY(one_by_one, rate_of(1));
        VAKANT_TRY(together, rate_of(given.batch));
        singly.push(one_by_one);
        batched.push(together);
    }
    return Json::object({{"one_by_one", std::move(singly)}, {"batched", std::move(batched)}});
}

/// Connections that each send one registration after the other.
Result<Json> submit(const Given& given) {
    VAKANT_TRY(kiosks, read_kiosks(given.kiosks));
    VAKANT_TRY(registrations, Registrations::read(given.assets, given.seed));
    std::vector<std::vector<std::string>> bodies;
    for (std::size_t i = 0; i < given.connections; ++i) {
        std::int64_t number = static_cast<std::int64_t>(i / kiosks.size()) * 100'000;
        bodies.push_back(bodies_of(kiosks[i % kiosks.size()], registrations, given.count, 1, number));
    }
    std::atomic<std::int64_t> sent = 0;
    std::atomic<bool> failed = false, over = false;
    std::vector<std::vector<double>> took(given.connections);
    std::vector<std::thread> crew;
    const auto begin = Clocking::now();
    for (std::size_t i = 0; i < given.connections; ++i)
        crew.emplace_back([&, i] {
            const auto client = make_curl_client({given.backend.authority});
            for (const std::string& body : bodies[i]) {
                if (over || seconds_since(begin) >= given.seconds) break;
                const auto start = Clocking::now();
                const auto answer = client->perform(
                    request_of(given.backend, kiosks[i % kiosks.size()], "POST", given.path, body));
                const bool good =
                    answer.ok() && (given.any_answer ? answer->status == 200 : all_stored(*answer, 1));
                if (!good) failed = true;
                took[i].push_back(seconds_since(start) * 1000);
                ++sent;
            }
            over = true; // all measure while all send
        });
    for (std::thread& each : crew)
        each.join();
    if (failed) return refused("a request was not answered as it should be");
    std::vector<double> all;
    for (const auto& each : took)
        all.insert(all.end(), each.begin(), each.end());
    return Json::object({{"rate", static_cast<double>(sent) / seconds_since(begin)},
                         {"p50_ms", percentile(all, 0.5)},
                         {"p99_ms", percentile(all, 0.99)}});
}

/// An open loop: questions leave by the clock, whether or not earlier ones are answered; what is measured
/// begins when a question was due.
Result<Json> feed(const Given& given) {
    VAKANT_TRY(kiosks, read_kiosks(given.kiosks));
    const std::string path = "/v1/vacancies?agency=" + given.agency;
    const auto whole = make_curl_client({given.backend.authority})
                           ->perform(request_of(given.backend, kiosks.front(), "GET", path, ""));
    if (!whole.ok()) return whole.error();
    const std::string etag(whole->header("etag"));
    if (etag.empty()) return refused("the feed has no ETag");
    const auto total = static_cast<std::int64_t>(given.rate * given.seconds);
    std::atomic<std::int64_t> next = 0, wrong = 0;
    std::mutex mutex;
    std::vector<double> took;
    const auto begin = Clocking::now() + std::chrono::milliseconds(200);
    std::vector<std::thread> crew;
    for (std::size_t i = 0; i < given.connections; ++i)
        crew.emplace_back([&, i] {
            const auto client = make_curl_client({given.backend.authority});
            HttpRequest request = request_of(given.backend, kiosks[i % kiosks.size()], "GET", path, "");
            client->perform(request).ok(); // the handshake is not what is measured
            request.headers.emplace_back("If-None-Match", etag);
            for (std::int64_t number = next++; number < total; number = next++) {
                const auto due =
                    begin + std::chrono::duration_cast<Clocking::duration>(
                                std::chrono::duration<double>(static_cast<double>(number) / given.rate));
                std::this_thread::sleep_until(due);
                const auto answer = client->perform(request);
                if (!answer.ok() || answer->status != 304) ++wrong;
                const double ms = seconds_since(due) * 1000;
                const std::lock_guard lock(mutex);
                took.push_back(ms);
            }
        });
    for (std::thread& each : crew)
        each.join();
    if (wrong > 0) return refused(std::to_string(wrong) + " questions were not answered 304");
    return Json::object({{"p50_ms", percentile(took, 0.5)}, {"p99_ms", percentile(took, 0.99)}});
}

Result<Json> fleet(const Given& given) {
    VAKANT_TRY(registrations, Registrations::read(given.assets, given.seed));
    FleetSettings settings = given.fleet;
    settings.backend = given.backend;
    settings.kiosks = given.kiosks;
    return run_fleet(settings, registrations);
}

int report(const Result<Json>& result) {
    if (!result.ok()) {
        std::cerr << "bench_kiosks: " << result.error().detail << '\n';
        return 1;
    }
    std::cout << result->to_text() << std::endl;
    return 0;
}

/// Thousands of connections are files, too.
void allow_many_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int run(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    allow_many_files();
    CLI::App app("Kiosks as a load on a running backend.");
    Given given;
    app.add_option("--data", given.data, "Data directory of the agency");
    app.add_option("--postgres", given.postgres, "Its store, where it is PostgreSQL");
    app.add_option("--kiosks", given.kiosks, "Folder of the kiosks")->required();
    app.add_option("--assets", given.assets, "Assets");
    app.add_option("--url", given.backend.url, "The backend");
    app.add_option("--authority", given.backend.authority, "PEM of its authority");
    app.add_option("--path", given.path, "What is posted to");
    app.add_option("--count", given.count, "How many: kiosks, or registrations (of each connection)");
    app.add_option("--batch", given.batch, "Registrations in one request");
    app.add_option("--connections", given.connections, "At the same time");
    app.add_option("--seconds", given.seconds, "How long");
    app.add_option("--rate", given.rate, "Questions a second");
    app.add_option("--seed", given.seed, "Of the registrations");
    app.add_option("--each", given.fleet.each, "Registrations of each kiosk of a fleet");
    app.add_option("--outage-minutes", given.fleet.outage_minutes, "Cut off for so long before");
    app.add_option("--retry-cap-ms", given.fleet.retry_cap_ms, "The longest wait between two tries");
    app.add_flag("--any-answer", given.any_answer, "200 is enough: the other side is no agency");
    std::function<Result<Json>(const Given&)> command;
    const std::pair<const char*, Result<Json> (*)(const Given&)> commands[] = {
        {"enrol", enrol},   {"count", count_rows}, {"sizes", sizes}, {"upload", upload},
        {"submit", submit}, {"feed", feed},        {"fleet", fleet}};
    for (const auto& [name, function] : commands)
        app.add_subcommand(name)->fallthrough()->callback([&command, work = function] { command = work; });
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    return report(command(given));
}

} // namespace vakant::benches

int main(int argc, char** argv) {
    return vakant::benches::run(argc, argv);
}
