// The protocol vakant-sync/1 as the backend speaks it: each handler reads the request, calls the capability,
// and writes the answer. Called by `serve` and by tests.
#pragma once

#include "agency/api/services.h"
#include "agency/server/router.h"

namespace vakant {

/// `services` must outlive the router.
Router device_api(Services& services);

} // namespace vakant
