// The engine's ways to the outbox: asked on the network's thread, answered on the store's. Inside kiosk/app.
#pragma once

#include <functional>
#include <string>

#include "core/base/clock.h"
#include "sync/sync_engine.h"

namespace vakant {

struct OutboxDoor {
    /// Runs the task on the store's thread, with the outbox or with why there is none, and waits for it.
    std::function<void(const std::function<void(const Result<Outbox*>&)>&)> within;
    /// After something found the disk full: true where there is room now.
    std::function<bool()> make_room;
    std::function<UtcMs()> kiosk_time;
    std::function<void(const std::string& envelope)> delivered; ///< the agency signed for it
};
void add_outbox_ports(SyncPorts& ports, const OutboxDoor& door);

} // namespace vakant
