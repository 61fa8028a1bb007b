// Forms and tests as text, made into what pages use. Inside kiosk/app.
#pragma once

#include <string_view>

#include "kiosk/app/workers.h"

namespace vakant {

/// `kind`: "form", "skill" or "config"; others are passed over. A test that is there already (by its id) is
/// not added twice.
Outcome add_document(report::DocumentsRead& to, std::string_view agency, std::string_view kind,
                     std::string_view body);

} // namespace vakant
