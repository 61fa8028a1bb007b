// A whole house in one process: kiosks with their real outbox, cache and sync engine, and the agency's real
// store and handlers, joined by lines on which anything may go wrong. Time, chance, disk and network are
// values.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/cache.h"
#include "sync/kiosk_stores.h"
#include "sync/sync_engine.h"
#include "tests/agency/agency_fixture.h"
#include "tests/fakes/fake_clock.h"
#include "tests/faults/bad_line.h"
#include "tests/faults/file_tape.h"

namespace vakant::faults {

/// What was shown to a person as saved.
struct Saved {
    std::string id, digest;
};

/// One kiosk, enrolled at the agency "a".
class HouseKiosk {
public:
    /// `frail`: its outbox lies on a disk that the test may harm. One kiosk at a time can have that.
    HouseKiosk(AgencyFixture& agency, std::uint64_t seed, bool frail = false);

    /// As after a start of the program: memory is lost, files are not.
    void start();
    /// kill -9, or the power.
    void stop();
    /// Somebody registers and is shown a number. False: the kiosk is not running or said no.
    bool save(std::size_t payload_size);
    bool save_text(std::string_view payload);
    /// The engine works through `milliseconds` of the kiosk's clock.
    void run_for(std::int64_t milliseconds);

    bool running() const { return engine_ != nullptr; }
    const std::vector<Saved>& saved() const { return saved_; }
    /// Ids that a person was told are not kept, where the program ended before it could look.
    const std::vector<std::string>& unsure() const { return unsure_; }
    void forget_saved() { saved_.clear(); } ///< for runs that watch the memory
    const std::filesystem::path& folder() const { return folder_.path(); }
    /// None while the outbox cannot be opened.
    std::optional<std::vector<OutboxItem>> items();
    std::size_t queued();
    /// Of the form "own" that it has, "" where it has none.
    std::string form_digest() const;
    const SyncStatus& status() const { return engine_->status(); }
    const std::string& device() const { return identity_.device_id; }
    /// Staff at the kiosk.
    void enrol_again() { engine_->enrol_again(); }
    void words_confirmed() { engine_->words_confirmed(true); }

    FakeClock clock;
    BadLine line;

private:
    Result<Outbox*> outbox();
    SyncPorts ports();
    void add_cache_ports(SyncPorts& ports);

    ScratchFolder folder_;
    DiskRoom room_{folder_.path()};

public:
    std::optional<FileTape> disk; ///< of a frail kiosk

private:
    SeededRandom random_;
    DeviceIdentity identity_;
    DeviceKeys keys_;
    std::optional<KioskStores> stores_;
    std::unique_ptr<CacheWriter> cache_;
    std::unique_ptr<SyncEngine> engine_;
    std::vector<Saved> saved_, refused_;
    std::vector<std::string> unsure_;
};

class WholeHouse {
public:
    /// `frail`: the first kiosk's disk can be harmed.
    WholeHouse(std::size_t kiosks, std::uint64_t seed, bool frail = false);

    void stop_agency();
    void start_agency();
    /// A backup of the running agency, read back, in the place of the one before.
    void back_up();
    /// The agency's store becomes what the last backup holds. Without one nothing happens.
    void restore();
    /// The running agency takes nothing more from this kiosk.
    void revoke(const HouseKiosk& kiosk);
    /// The desk looks at every kiosk that shows a code or words, and says yes; so does somebody at the kiosk.
    void desk_approves();
    /// The running agency makes newer keys, publishes them and puts them to use.
    void rotate();
    /// The running agency offers its form "own" with other words.
    void update_form();
    /// Time passes for everybody; the kiosks that run work meanwhile.
    void pass(std::int64_t milliseconds);
    /// Every mishap ends, everything runs again, and enough time passes that all must have arrived.
    void heal();

    /// What is wrong now: something said to be delivered that the agency does not hold. "" where nothing is.
    std::string violation_now();
    /// What is wrong after heal(): something saved that is not at the agency once, with equal bytes, in its
    /// order (an item that failed by itself several times is passed by others: then `any` order is right).
    enum class Order { as_saved, any };
    std::string violation_at_the_end(Order order = Order::as_saved);

    AgencyFixture agency;
    std::vector<std::unique_ptr<HouseKiosk>> kiosks;

private:
    std::vector<Saved> at_the_agency(const std::string& device);
    std::optional<Router> router_;
    ScratchFolder backups_;
    std::size_t backups_made_ = 0;
    int forms_made_ = 0;
};

} // namespace vakant::faults
