// Which vacancies each kiosk mirrors: its own selection, else that of the agency's profile. Used by
// agency/api and by the command `devices select`.
#pragma once

#include <optional>
#include <string_view>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/profile/agency_profile.h"

namespace vakant {

/// none: back to the selection of each agency's profile.
Outcome select_for_device(Connection& connection, std::string_view device,
                          const std::optional<VacancySelection>& selection, UtcMs now);
Result<std::optional<VacancySelection>> selection_of_device(Connection& connection, std::string_view device);

/// What counts for this device and agency. A kiosk's cursor belongs to it: with another one it loads all
/// again.
Result<VacancySelection> selection_for(Connection& connection, std::string_view device,
                                       std::string_view agency);

} // namespace vakant
