// The actions of admin_actions.h that concern an agency's own forms. Only agency/cli includes it.
#pragma once

#include "agency/api/services.h"
#include "core/json/json.h"

namespace vakant {

Result<Json> form_set_action(Services& services, const Json& arguments);    ///< agency, text
Result<Json> forms_action(Services& services, const Json& arguments);       ///< agency
Result<Json> form_show_action(Services& services, const Json& arguments);   ///< agency, id
Result<Json> form_remove_action(Services& services, const Json& arguments); ///< agency, id

} // namespace vakant
