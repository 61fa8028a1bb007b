// The stores that the kiosk's store thread owns, and who the kiosk is: opened at the start, dropped when they
// can no longer be trusted (a failed sync, a damaged page), opened again by the clock. kiosk/app uses it on
// the store thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/disk_room.h"
#include "sync/outbox.h"
#include "sync/retry.h"
#include "sync/session_store.h"
#include "sync/sync_engine.h"

namespace vakant {

/// Why nothing can be kept, for staff.
struct StoreProblem {
    ErrorKind kind = ErrorKind::unavailable;
    std::string file; ///< which one, by its name in the data directory
    bool operator==(const StoreProblem&) const = default;
};

class KioskStores {
public:
    KioskStores(std::filesystem::path folder, Clock& clock, Random& random, const DiskRoom& room)
        : folder_(std::move(folder)), clock_(clock), random_(random), room_(room) {}

    /// Before and after every piece of work: drops what is not to be trusted, opens what is not open where
    /// its time has come (at once after a failure, then at growing distances). True: something changed that
    /// people have to be told.
    bool look_after();

    Result<Outbox*> outbox() const;
    Result<SessionStore*> sessions() const;
    /// None: everything is open.
    const std::optional<StoreProblem>& problem() const { return problem_; }
    const Error& error() const { return error_; } ///< for the log
    /// Device id, agencies and keys could be read, at some time since the start.
    bool knows_itself() const { return knows_itself_; }
    const DeviceIdentity& identity() const { return identity_; }
    const DeviceKeys& keys() const { return keys_; }
    Outcome save(const DeviceIdentity& identity);

private:
    bool drop_untrusted();
    Outcome open();
    Outcome open_identity();
    Outcome open_outbox();
    Outcome open_sessions();

    std::filesystem::path folder_;
    Clock& clock_;
    Random& random_;
    const DiskRoom& room_;
    DeviceIdentity identity_;
    DeviceKeys keys_;
    bool knows_itself_ = false;
    bool must_be_proved_ = false;    ///< a write failed: opening alone does not show that writing works
    std::vector<ItemName> in_doubt_; ///< what people were told is not kept, and the file may hold
    std::unique_ptr<Outbox> outbox_;
    std::unique_ptr<SessionStore> sessions_;
    Retry retry_;
    Error error_{ErrorKind::unavailable, "the store is not open"};
    std::string file_; ///< that was being opened
    std::optional<StoreProblem> problem_;
};

} // namespace vakant
