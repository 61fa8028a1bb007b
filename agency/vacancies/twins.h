// The same job in several channels is shown once: the agency's own order first, else the channel that had it
// first; the others stand behind it and come forward when it goes. Only agency/vacancies includes it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "agency/store/database.h"
#include "core/json/json.h"

namespace vakant {

/// After something of the key came, changed or went. Ads of one and the same source are never twins: it knows
/// best that they are two.
Outcome settle_twins(Connection& connection, std::string_view agency, std::string_view key);

/// The vacancy `id`, which stood behind `twin_of` ("" for none), is no longer the same as it.
Outcome leave_twin(Connection& connection, const std::string& id, const std::string& twin_of);

/// Where else each of these shown vacancies is advertised, as "also_at" of its JSON; none for who stands
/// alone.
Result<std::map<std::string, Json>> publications_behind(Connection& connection, const Among& ids);

} // namespace vakant
