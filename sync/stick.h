// Sealed items by hand: a stick carries envelopes to the agency and signed answers back. On it, one folder
// for each kiosk: vakant-envelopes/<device id>/<agency>.<envelope id>.envelope and .answer beside it. Whoever
// finds it reads no more than from the wire. Used by kiosk/app on the store's thread.
#pragma once

#include <filesystem>
#include <string>

#include "sync/outbox.h"
#include "sync/sync_engine.h"

namespace vakant {

struct StickExchange {
    std::size_t written = 0;  ///< envelopes that lie on the stick now and wait
    std::size_t answered = 0; ///< items that an answer on the stick moved
    std::size_t refused = 0;  ///< files that hold no word of an agency of this kiosk on an item of it
};

/// Takes the answers that lie there, then writes what waits. Answered envelopes go from the stick; nothing
/// goes from the outbox. Any number of times. not_found: no such folder; refused: it cannot be written;
/// disk_full: it has no room (what was written stays).
Result<StickExchange> exchange_with_stick(Outbox& outbox, const DeviceIdentity& identity,
                                          const std::filesystem::path& stick);

/// Something other than the kiosk's own disk is mounted there.
bool is_mounted(const std::filesystem::path& folder);

} // namespace vakant
