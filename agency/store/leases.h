// Leases: of several processes on one store, the one that does a recurring job. Any capability may use them,
// inside a write job. Times are the caller's.
#pragma once

#include <string_view>

#include "agency/store/database.h"
#include "core/base/clock.h"

namespace vakant {

/// Takes or prolongs the lease `name` for `holder` until `until`; false where another holds it at `now`.
Result<bool> take_lease(Connection& connection, std::string_view agency, std::string_view name,
                        std::string_view holder, UtcMs now, UtcMs until);
/// Gives it back where `holder` has it.
Outcome end_lease(Connection& connection, std::string_view agency, std::string_view name,
                  std::string_view holder);

} // namespace vakant
