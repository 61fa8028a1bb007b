// The agencies of this installation and their published key sets. Used by devices, candidates, api and cli.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/envelope/envelope.h"

namespace vakant {

struct Agency {
    std::string id, name;
    PublicKey root{};
    SignedKeySet key_set; ///< the newest
};

/// Keeps a new agency, or a newer key set of a known one. Refused where the set is not signed by its root,
/// the version goes back, or a known agency comes with another root.
Outcome keep_agency(Connection& connection, const Agency& agency, UtcMs now);
Result<std::optional<Agency>> find_agency(Connection& connection, std::string_view id);
Result<std::vector<Agency>> all_agencies(Connection& connection); ///< by id

} // namespace vakant
