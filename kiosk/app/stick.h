// The memory stick of the staff page, on the store's thread. Inside kiosk/app.
#pragma once

#include <filesystem>

#include "kiosk/pages/event.h"
#include "sync/sync_engine.h"

namespace vakant {

/// What the staff page is told: what was written and answered, or why not (not_found: nothing is mounted in
/// `stick`).
Event exchange_with_stick_for_staff(Outbox& outbox, const DeviceIdentity& identity,
                                    const std::filesystem::path& stick);

} // namespace vakant
