// What people at a kiosk say is wrong with advertisements. Written where envelopes are opened, read by the
// command `reports`.
#pragma once

#include <string_view>

#include "agency/candidates/candidate_rows.h"

namespace vakant {

Outcome keep_report(Connection& connection, const OpenedEnvelope& opened, UtcMs received_at);
/// The newest first; "" means every agency. An advertisement that is gone has its title still.
Result<Json> report_list(Connection& connection, std::string_view agency);

} // namespace vakant
