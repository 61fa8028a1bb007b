// What the life of keys does to an open store and a running process: see admin_actions.h.
#pragma once

#include "agency/api/services.h"
#include "core/json/json.h"

namespace vakant {

/// The published key set and root of an agency.
Result<Json> keys_action(Services& services, const Json& arguments);
/// Key files were changed: they are read again, and what is offered is signed anew.
Result<Json> keys_changed_action(Services& services, const Json& arguments);
/// The kiosks that may hold what only this key opens.
Result<Json> key_holders_action(Services& services, const Json& arguments);
Result<Json> key_retired_action(Services& services, const Json& arguments);
Result<Json> root_renew_action(Services& services, const Json& arguments);

} // namespace vakant
