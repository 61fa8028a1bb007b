// The epoch of a store: what its numbers of envelopes mean. It changes when an older state is put back, so
// that kiosks learn of it and send again what is missing. Used by agency/api (answers), agency/cli (backup
// and restore). Inside a job on the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"

namespace vakant {

/// How far a store is: every envelope up to `through` of `epoch` is in it.
struct StorePosition {
    std::string epoch;
    std::int64_t through = 0;
};

/// The present epoch; a new store gets its first.
Result<std::string> epoch_of(Connection& connection, Random& random);
/// not_found: the store has no epoch yet.
Result<StorePosition> position_of(Connection& connection);

/// Kiosks may let go of what is up to `position`: a backup that was read back holds it. It never goes back.
/// conflict: a backup of another epoch, or of more than the store has.
Outcome note_backup(Connection& connection, const StorePosition& position, UtcMs now);
Result<std::int64_t> backed_up_through(Connection& connection);

/// The store is now an older state of itself: the former epoch ends where it is, another begins. Returns it.
Result<std::string> begin_epoch(Connection& connection, Random& random, UtcMs now);
/// How far the store has what was received in that epoch: 0 where it never heard of it.
Result<std::int64_t> kept_through(Connection& connection, std::string_view epoch);

} // namespace vakant
