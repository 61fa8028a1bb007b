// Offering a table of occupations to an agency's kiosks. Called by the command `occupations`;
// publish_documents() signs what is offered anew at every start.
#pragma once

#include <string_view>

#include "agency/api/services.h"
#include "core/vacancies/occupations.h"

namespace vakant {

/// Signs the table and offers it beside the agency's others, in the place of one of the same id.
/// invalid_input: it is too large for kiosks; not_found: the content key is not here.
Outcome publish_occupations(Services& services, std::string_view agency, const OccupationTable& table);

} // namespace vakant
