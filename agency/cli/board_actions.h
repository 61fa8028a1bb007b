// The actions of admin_actions.h that concern what an agency shows: its profile, and what its kiosks mirror.
// Only agency/cli includes it.
#pragma once

#include <string>
#include <string_view>

#include "agency/api/services.h"
#include "core/json/json.h"

namespace vakant {

/// The one that was named, else the only one there is.
Result<std::string> named_agency(Services& services, std::string_view named);

Result<Json> config_set_action(Services& services, const Json& arguments);
Result<Json> config_show_action(Services& services, const Json& arguments);
Result<Json> reports_action(Services& services, const Json& arguments);
Result<Json> device_select_action(Services& services, const Json& arguments);

} // namespace vakant
