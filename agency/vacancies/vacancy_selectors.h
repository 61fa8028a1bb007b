// By which words a device's selection finds a vacancy: its places and its occupation fields. Only
// agency/vacancies and `serve` (which fills in what an earlier version did not write) include it.
#pragma once

#include <string>
#include <string_view>

#include "agency/store/database.h"
#include "core/profile/agency_profile.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

/// "|p:tampere|p:837|f:care|f:53|": folded, each in bars. "p:*" where no place is named or the work is
/// remote.
std::string selector_words(const Vacancy& vacancy);

/// Writes the words of a vacancy that is kept. The words that it had before stay beside them, so that a kiosk
/// that may hold it hears that it has left the selection.
Outcome keep_selectors(Connection& connection, const Vacancy& vacancy);
/// For vacancies kept by a version that wrote none. Returns how many.
Result<std::size_t> fill_selectors(Database& database);

/// "(column LIKE ? OR ...) AND (...)" over a column of such words, with its values; both empty where the
/// selection takes everything.
struct SelectorCondition {
    std::string sql;
    Values values;
};
SelectorCondition condition_for(const VacancySelection& selection, std::string_view column);

} // namespace vakant
