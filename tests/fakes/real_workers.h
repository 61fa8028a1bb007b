// The real worker threads of the kiosk over a folder of their own, and waiting for what they report.
#pragma once

#include <catch2/catch.hpp>

#include <chrono>
#include <condition_variable>

#include "kiosk/app/workers.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

namespace vakant {

/// Waits for reports of real threads; the test's only waiting is on their condition.
class ReportWaiter {
public:
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            ++wakes_;
        }
        changed_.notify_all();
    }
    template <typename Kind>
    Kind next(Workers& workers) {
        for (int i = 0; i < 1000; ++i) {
            if (auto report = workers.next_report()) {
                if (auto* wanted = std::get_if<Kind>(&*report)) return *wanted;
                continue;
            }
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::seconds(10), [this] { return wakes_ > seen_; });
            seen_ = wakes_;
        }
        throw std::runtime_error("the workers never reported it");
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int wakes_ = 0, seen_ = 0;
};

/// As after the six words.
inline void enrol(const std::filesystem::path& folder, Random& random, const AgencyKeys& agency) {
    REQUIRE(start_crypto().ok());
    auto identity = load_identity(folder, random);
    REQUIRE(identity.ok());
    identity->prefix = "KTR";
    identity->token = "token";
    PinnedAgency pinned;
    pinned.id = "example";
    pinned.name = "Esimerkki Oy";
    pinned.root = agency.root.public_key;
    const SignedKeySet keys = agency.signed_key_set();
    pinned.keys = keys.keys;
    pinned.keys_signature = keys.signature;
    identity->agencies.push_back(pinned);
    REQUIRE(save_identity(folder, *identity).ok());
}

struct RealWorkers {
    ScratchFolder folder;
    FakeClock clock;
    SystemRandom random;
    ReportWaiter waiter;
    AgencyKeys agency{"example"};
    std::unique_ptr<Workers> workers;

    void enrol() { vakant::enrol(folder.path(), random, agency); }
    void start() {
        WorkerSettings settings;
        settings.data = folder.path();
        settings.assets = source_dir() + "/assets";
        workers = start_workers(settings, {clock, random, [] { return std::unique_ptr<HttpClient>(); },
                                           [this] { waiter.wake(); }, [](std::string_view) {}});
    }
    Event answer() { return waiter.next<report::Answered>(*workers).event; }
};

inline Unsealed registration_of(std::string_view name) {
    Json payload = Json::object({{"kind", "registration"}, {"form", "registration"}});
    payload.set("answers", Json::object({{"given_names", name}}));
    return {"example", "abcd", std::move(payload)};
}

} // namespace vakant
