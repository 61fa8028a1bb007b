// What commands do to an open store, by name and plain values: the same whether they run inside `serve`
// (asked over admin.sock) or in the command's own process.
#pragma once

#include <string_view>

#include "agency/api/services.h"
#include "core/base/spooled_text.h"
#include "core/json/json.h"

namespace vakant {

/// `attached`: a large text beside the arguments (import, occupations_import). Actions: import, fetch, feeds,
/// vacancies, agency_add, agencies, devices, device_begin_approval, device_finish_approval, device_revoke,
/// candidates, config_set, config_show, device_select, occupations_import, occupations, occupations_remove,
/// form_set, forms, form_show, form_remove, reports, import_envelopes, keys,
/// keys_changed, key_holders, key_retired, root_renew, audit, backup, backup_position, backup_noted. Refused
/// where there is none of that name.
Result<Json> run_admin_action(Services& services, std::string_view action, const Json& arguments,
                              SpooledText* attached = nullptr);

} // namespace vakant
