// One NAV ad as the canonical vacancy. Only for import_nav.cpp.
#pragma once

#include <string>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// An ad as NAV keeps it ("properties", "locationList") or as its feed gives it ("ad_content":
/// "workLocations"); refused with the field and what is wrong with it.
Result<Vacancy> vacancy_from_nav(const Json& ad);

/// When the ad, the entry or the line last changed; none where it does not say.
std::optional<UtcMs> nav_changed_at(const Json& ad);

/// A time as NAV writes it: on the clocks of Oslo, also with the zone's name in brackets behind.
Result<UtcMs> nav_moment(std::string_view text);

} // namespace vakant
