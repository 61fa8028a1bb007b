// How a board's facets are called: in keys and strings, and in the reader's words. No state.
#pragma once

#include <string>
#include <string_view>

#include "core/vacancies/search.h"
#include "kiosk/pages/page.h"

namespace vakant {

/// "municipality": as it stands in keys and in assets/strings.
std::string_view word_for(Facet facet);
/// A value in the reader's language. `place_name`: of a municipality or region, as the ads write it.
std::string facet_value_text(const FacetChoice& choice, std::string_view place_name, const PageContext& in);

} // namespace vakant
