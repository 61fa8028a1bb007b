// The actions of admin_actions.h that concern tables of occupations. Only agency/cli includes it.
#pragma once

#include <string_view>

#include "agency/api/services.h"
#include "core/json/json.h"

namespace vakant {

/// `text`: the file's. Arguments: agency, format, language.
Result<Json> occupations_import_text(Services& services, const Json& arguments, std::string_view text);
Result<Json> occupations_import_action(Services& services, const Json& arguments);
Result<Json> occupations_action(Services& services, const Json& arguments);
Result<Json> occupations_remove_action(Services& services, const Json& arguments);

} // namespace vakant
