// Sealing what a person sends and keeping it, in one transaction with the reference number. Store thread
// only.
#pragma once

#include "core/base/random.h"
#include "kiosk/app/workers.h"
#include "sync/disk_room.h"
#include "sync/outbox.h"

namespace vakant {

struct Sealer {
    const DeviceIdentity& identity;
    const DeviceKeys& keys;
    Random& random;
};
struct Kept {
    std::string reference;
    std::vector<std::string> envelopes; ///< ids
};
/// Reference number and envelopes. When it returns, power may be cut. Nothing is kept where it fails. A full
/// disk's reserve is given up for it.
Result<Kept> finalise(Outbox& outbox, const Sealer& sealer, const DiskRoom& room, const job::Finalise& what);

/// What the slip's QR code holds.
std::string reference_code_text(std::string_view reference, std::string_view secret);

} // namespace vakant
