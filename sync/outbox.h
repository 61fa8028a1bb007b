// What the kiosk owes: sealed envelopes until the agency's signed answer says that each is kept. One
// connection, one thread (the store thread). Used by kiosk/app (finalising) and SyncEngine (through the store
// thread's messages).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/envelope/envelope.h"

namespace vakant {

/// sealed -> queued -> delivered -> purged; aside: blocked(reason), quarantined.
enum class ItemState { queued, delivered, blocked, quarantined };

struct OutboxItem {
    std::string id, agency, digest;
    ItemState state = ItemState::queued;
    std::string reason; ///< of blocked
    UtcMs made_at = 0;
    Bytes envelope;
    std::string epoch; ///< of delivered: the agency's store that said so
};
/// One that is blocked or quarantined, as staff are told of it.
struct AsideItem {
    std::string id;
    std::int64_t counter = 0; ///< of its reference number
    std::string reason;       ///< the agency's word; "conflict" of quarantined
};
/// What happened to files that could not be read back whole and still lie beside the outbox.
struct OutboxSalvage {
    std::filesystem::path moved_to;      ///< the damaged file (the last one), kept for people to look at
    std::size_t kept = 0;                ///< items that were read from it
    std::optional<std::size_t> lost = 0; ///< items known to have been in it that could not be read; none:
                                         ///< unknown
};
struct OutboxCounts {
    std::size_t queued = 0, delivered = 0, blocked = 0, quarantined = 0;
    std::optional<UtcMs> oldest_queued_at;
    std::vector<AsideItem> aside; ///< the first twenty
    std::int64_t audit_rows = 0;
    std::string audit_head; ///< digest of the last of them, hex
    std::optional<OutboxSalvage> salvage;
};

/// One envelope to be kept, made by the caller (kiosk/app seals, so that the outbox never sees plain text).
struct SealedItem {
    std::string id, agency;
    UtcMs made_at = 0;
    Bytes envelope;
};

using ItemName = std::pair<std::string, std::string>; ///< agency, id

class Outbox {
public:
    /// Settings are read back, integrity and the audit chain are checked. A damaged file is moved aside,
    /// never deleted, and what can be read from it is kept; where that is cut off, the next open() ends it.
    static Result<std::unique_ptr<Outbox>> open(const std::filesystem::path& file, const Clock& clock);
    virtual ~Outbox() = default;

    /// One transaction: the next value of the reference counter. `make` gets it and returns the items sealed
    /// with it. When this returns, power may be cut. Nothing is kept where it fails; where the disk failed at
    /// the very end, see in_doubt().
    struct Finalised {
        std::int64_t counter = 0;
    };
    using SealItems = std::function<Result<std::vector<SealedItem>>(std::int64_t counter)>;
    virtual Result<Finalised> finalise(const SealItems& make) = 0;

    /// Oldest first, queued only.
    virtual Result<std::vector<OutboxItem>> waiting(std::size_t most) = 0;
    /// Moves the item as the answer says; the caller has checked the signature against the agency's keys. An
    /// answer about another digest than the item's changes nothing and is refused. Every answer is kept
    /// beside its item.
    virtual Outcome settle(const Answer& answer) = 0;
    /// Removes delivered items older than `before` whose sequence is backed up.
    virtual Result<std::size_t> purge(UtcMs delivered_before, std::string_view agency, std::string_view epoch,
                                      std::int64_t backed_up_through) = 0;
    /// The epochs other than `epoch` in which items that are still here were delivered.
    virtual Result<std::vector<std::string>> earlier_epochs(std::string_view agency,
                                                            std::string_view epoch) = 0;
    /// The agency's store is an older state of itself: what it has not got of the earlier epoch waits again,
    /// the rest counts as delivered in the present one. The caller has checked the signature. Returns how
    /// many wait again.
    virtual Result<std::size_t> resend(const ResendAnswer& answer) = 0;
    /// What the agency had refused waits again, in its old place: staff know that the cause is gone. Returns
    /// how many.
    virtual Result<std::size_t> try_again() = 0;
    virtual Result<OutboxCounts> counts() = 0;
    /// Digest of one row of the audit, hex; "" where there is no such row.
    virtual Result<std::string> audit_digest(std::int64_t row) = 0;
    virtual Result<std::vector<OutboxItem>>
    all_items() = 0; ///< for the staff page and tests; without envelopes' bytes
    virtual std::vector<std::pair<std::string, std::string>> settings() const = 0;
    /// False: something failed after which this connection is not trusted again. Drop it and open another.
    virtual bool usable() const = 0;
    /// Writes and syncs, and changes nothing.
    virtual Outcome prove() = 0;
    /// Agency and id of what finalise() refused when its last sync failed: whoever opens the file next may
    /// find it there.
    virtual const std::vector<ItemName>& in_doubt() const = 0;
    /// Removes what is found of these: the people were told that it was not kept, and have sent it again
    /// since, or gone. Call before anything is delivered.
    virtual Outcome take_back(const std::vector<ItemName>& refused) = 0;
    /// Set while a damaged file lies there: staff are told, at every start.
    virtual std::optional<OutboxSalvage> salvage() const = 0;
};

} // namespace vakant
