// Opened registrations and results for staff, candidate by candidate. Called by the command `candidates`.
#pragma once

#include <string_view>

#include "agency/store/database.h"
#include "core/json/json.h"

namespace vakant {

/// [{reference, agency, received_at, source, withdrawn_at, registrations, results, flags}], oldest first; ""
/// means every agency. Of who withdrew, answers and results are gone and the consents are there as evidence.
/// `flags` names envelopes that were kept although something is wrong with them: {envelope, device, flag}.
Result<Json> candidate_list(Connection& connection, std::string_view agency);

} // namespace vakant
