// Offering forms of an agency's own to its kiosks, in the place of those that ship or beside them. Called by
// the command `forms`; publish_documents() signs what is offered anew at every start.
#pragma once

#include <string_view>

#include "agency/api/services.h"
#include "agency/registration/forms.h"

namespace vakant {

/// invalid_input: what `vakant form check` says of it; not_found: the content key or the assets are not here.
Result<CheckedForm> publish_form(Services& services, std::string_view agency, std::string_view text);
/// The one that ships under that id, if any, is offered again. not_found: the agency has none of its own.
Outcome withdraw_form(Services& services, std::string_view agency, std::string_view id);

} // namespace vakant
