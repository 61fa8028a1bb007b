// The engine's ways to the mirror: asked on the network's thread, answered on the cache writer's. Inside
// kiosk/app.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sync/sync_engine.h"

namespace vakant {

struct CacheDoor {
    /// Runs the change on the cache writer's thread and waits for it; `documents`: it is about forms and
    /// tests.
    std::function<Outcome(bool documents, const std::function<Outcome(CacheWriter&)>&)> change;
    std::function<Result<std::string>(std::string_view agency)> cursor;
};
void add_cache_ports(SyncPorts& ports, const CacheDoor& door);

} // namespace vakant
