// What people do at a kiosk, as steps over the real outbox and session store: registrations of one to three
// envelopes, typing tests, the agency's answers, purging, and a restart now and then. After each step the
// stores must be exactly what `promised()` says; while a step runs, what the step before or the step itself
// promises.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/random.h"
#include "sync/outbox.h"
#include "sync/session_store.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"

namespace vakant::faults {

/// What is in the two stores, as somebody sees who opens them.
struct Kept {
    std::map<std::string, std::pair<std::string, ItemState>> items; ///< id: digest of the envelope, state
    std::string session;                                            ///< the test that was cut off
    std::size_t keys = 0;

    bool operator==(const Kept& other) const = default;
};

class KioskDays {
public:
    KioskDays(std::filesystem::path folder, std::uint64_t seed);

    /// Opens both stores; call first, and again after a failed step.
    Outcome open();
    /// Drops the stores, as the end of the process does.
    void close();
    /// The next thing that happens. After an error nothing may be promised that was not before.
    Outcome step();
    /// What holds if the last step was done whole, and what held before it.
    const Kept& promised() const { return promised_; }
    const Kept& promised_before() const { return before_; }

    /// Opens the stores of `folder` as the kiosk does at its start and says what they hold. Refused where an
    /// item had to be salvaged.
    Result<Kept> read(const std::filesystem::path& folder) const;

private:
    Outcome registration(std::size_t envelopes);
    Outcome answer();
    Outcome purge();
    Outcome typing();

    std::filesystem::path folder_;
    FakeClock clock_;
    SeededRandom random_;
    AgencyKeys agency_{"aurora"};
    SigningKey device_ = make_signing_key();
    StorageKey storage_ = make_storage_key();
    std::unique_ptr<Outbox> outbox_;
    std::unique_ptr<SessionStore> sessions_;
    Kept promised_, before_;
    std::int64_t number_ = 0, sequence_ = 0;
    std::size_t keys_to_come_ = 0;
};

} // namespace vakant::faults
