// Many kiosks that were cut off from their agency for a while, each with the real engine, its own connection
// and the very waits that it has come to; then the line is back.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>

#include "tools/benches/many_kiosks.h"

namespace vakant::benches {
namespace {

constexpr std::size_t threads =
    48; ///< as many exchanges at once; a kiosk takes milliseconds every now and then

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Is moved through the outage by hand, then goes by itself.
class FleetClock final : public Clock {
public:
    UtcMs wall_ms() const override { return began_ + passed(); }
    std::int64_t monotonic_ms() const override { return passed(); }
    void move(std::int64_t by_ms) { moved_ += by_ms; }
    void run() { since_ = steady_ms(); }

private:
    std::int64_t passed() const { return moved_ + (since_ == 0 ? 0 : steady_ms() - since_); }
    UtcMs began_ = SystemClock().wall_ms();
    std::int64_t moved_ = 0, since_ = 0;
};

class FleetHttp final : public HttpClient {
public:
    explicit FleetHttp(std::filesystem::path authority) : authority_(std::move(authority)) {}
    Result<HttpAnswer> perform(const HttpRequest& request) override {
        if (cable_out) return Error{ErrorKind::offline, "the cable is out"};
        if (!real_) real_ = make_curl_client({authority_});
        ++requests;
        auto answer = real_->perform(request);
        if (!answer.ok() || answer->status >= 500) ++failures;
        return answer;
    }
    void interrupt() override {}
    bool cable_out = true;
    std::int64_t requests = 0, failures = 0;

private:
    std::filesystem::path authority_;
    std::unique_ptr<HttpClient> real_;
};

struct FleetKiosk {
    FleetClock clock;
    FleetHttp http;
    SystemRandom random;
    std::vector<OutboxItem> waiting;
    std::vector<std::int64_t> arrived_ms; ///< steady
    std::unique_ptr<SyncEngine> engine;

    explicit FleetKiosk(const FleetSettings& settings) : http(settings.backend.authority) {}

    void start(const FleetSettings& settings, const EnrolledKiosk& kiosk) {
        SyncSettings sync;
        sync.backend_url = settings.backend.url;
        sync.program_version = "bench";
        sync.retry_cap_ms = settings.retry_cap_ms;
        engine = std::make_unique<SyncEngine>(sync, kiosk.identity, kiosk.keys, http, clock, random, ports());
    }
    void sit_out(std::int64_t outage_ms) {
        for (std::int64_t left = outage_ms; left > 0;) {
            const std::int64_t pause = std::clamp<std::int64_t>(engine->step(), 1, left);
            clock.move(pause);
            left -= pause;
        }
        http.cable_out = false;
        clock.run();
    }

private:
    SyncPorts ports() {
        SyncPorts ports;
        ports.waiting = [this](std::size_t most) -> Result<std::vector<OutboxItem>> {
            const auto count = static_cast<std::ptrdiff_t>(std::min(most, waiting.size()));
            return std::vector<OutboxItem>(waiting.begin(), waiting.begin() + count);
        };
        ports.settle = [this](const Answer& said) -> Outcome {
            const bool arrived = said.verdict == Verdict::stored || said.verdict == Verdict::known;
            if (!arrived) return done();
            const std::size_t gone =
                std::erase_if(waiting, [&](const OutboxItem& it) { return it.id == said.envelope_id; });
            if (gone > 0) arrived_ms.push_back(steady_ms());
            return done();
        };
        ports.counts = [this]() -> Result<OutboxCounts> {
            OutboxCounts counts;
            counts.queued = waiting.size();
            return counts;
        };
        ports.purge = [](std::string_view, std::string_view, std::int64_t) { return done(); };
        ports.apply_vacancies = [](std::string_view, const VacancyPage&) { return done(); };
        ports.start_over = [](std::string_view) { return done(); };
        ports.cursor = [](std::string_view) -> Result<std::string> { return std::string(); };
        ports.put_document = [](const CachedDocument&) { return done(); };
        ports.note_heard = [](std::string_view, UtcMs) { return done(); };
        ports.save_identity = [](const DeviceIdentity&) { return done(); };
        ports.status_changed = [](const SyncStatus&) {};
        return ports;
    }
};
using Fleet = std::vector<std::unique_ptr<FleetKiosk>>;

/// Every kiosk steps when its engine says so, on whichever thread is free.
class Running {
public:
    Running(Fleet& fleet, std::int64_t until_ms) : fleet_(fleet), until_ms_(until_ms) {
        for (std::size_t i = 0; i < fleet.size(); ++i)
            due_.emplace(steady_ms(), i);
    }
    void run() {
        std::vector<std::thread> crew;
        for (std::size_t i = 0; i < threads; ++i)
            crew.emplace_back([this] { work(); });
        for (std::thread& each : crew)
            each.join();
    }

private:
    using Turn = std::pair<std::int64_t, std::size_t>;
    void work() {
        std::unique_lock lock(mutex_);
        while (empty_ < fleet_.size() && steady_ms() < until_ms_) {
            if (due_.empty() || due_.top().first > steady_ms()) {
                changed_.wait_for(lock, std::chrono::milliseconds(2));
                continue;
            }
            const std::size_t which = due_.top().second;
            due_.pop();
            lock.unlock();
            FleetKiosk& kiosk = *fleet_[which];
            const bool had = !kiosk.waiting.empty();
            const std::int64_t pause = kiosk.engine->step();
            const bool has = !kiosk.waiting.empty();
            lock.lock();
            if (had && !has) ++empty_;
            due_.emplace(steady_ms() + pause, which);
        }
    }

    Fleet& fleet_;
    std::int64_t until_ms_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> due_;
    std::size_t empty_ = 0;
};

/// The most that arrived within any stretch of `window_ms`.
std::size_t most_within(const std::vector<std::int64_t>& sorted, std::int64_t window_ms) {
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < sorted.size(); ++last) {
        while (sorted[last] - sorted[first] >= window_ms)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return most;
}

void sit_out_the_outage(Fleet& fleet, std::int64_t outage_ms) {
    std::vector<std::thread> crew;
    std::atomic<std::size_t> next = 0;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
        crew.emplace_back([&] {
            for (std::size_t which = next++; which < fleet.size(); which = next++)
                fleet[which]->sit_out(outage_ms);
        });
    for (std::thread& each : crew)
        each.join();
}

} // namespace

Result<Json> run_fleet(const FleetSettings& settings, Registrations& registrations) {
    VAKANT_TRY(kiosks, read_kiosks(settings.kiosks));
    SystemRandom random;
    Fleet fleet;
    for (const EnrolledKiosk& kiosk : kiosks) {
        fleet.push_back(std::make_unique<FleetKiosk>(settings));
        for (std::size_t i = 0; i < settings.each; ++i) {
            const std::string number =
                reference_number(kiosk.identity.prefix, static_cast<std::int64_t>(i + 1));
            fleet.back()->waiting.push_back(sealed(kiosk, registrations.next(number), random));
        }
        fleet.back()->start(settings, kiosk);
    }
    sit_out_the_outage(fleet, settings.outage_minutes * 60'000);
    const std::int64_t began = steady_ms();
    Running(fleet, began + settings.give_up_ms).run();

    std::vector<std::int64_t> arrived;
    std::int64_t requests = 0, failures = 0;
    for (const auto& kiosk : fleet) {
        arrived.insert(arrived.end(), kiosk->arrived_ms.begin(), kiosk->arrived_ms.end());
        requests += kiosk->http.requests;
        failures += kiosk->http.failures;
    }
    std::ranges::sort(arrived);
    if (arrived.empty()) return refused("nothing arrived");
    const std::int64_t window = settings.retry_cap_ms / 4; // a minute, at the usual cap
    const double windows = static_cast<double>(arrived.back() - began) / static_cast<double>(window);
    return Json::object({{"kiosks", static_cast<std::int64_t>(fleet.size())},
                         {"items", static_cast<std::int64_t>(fleet.size() * settings.each)},
                         {"arrived", static_cast<std::int64_t>(arrived.size())},
                         {"drained_ms", arrived.back() - began},
                         {"peak_to_mean", static_cast<double>(most_within(arrived, window)) /
                                              (static_cast<double>(arrived.size()) / std::max(1.0, windows))},
                         {"requests", requests},
                         {"failures", failures}});
}

} // namespace vakant::benches
