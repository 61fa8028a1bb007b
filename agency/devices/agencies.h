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
/// The root hands over to another, which signed the key set. Refused where one of the signatures does not
/// hold, the former root is not the agency's, or the version goes back.
Outcome renew_root(Connection& connection, const RootSuccession& succession, const SignedKeySet& key_set,
                   UtcMs now);
/// Oldest first.
Result<std::vector<RootSuccession>> root_successions(Connection& connection, std::string_view agency);
Result<std::optional<Agency>> find_agency(Connection& connection, std::string_view id);
Result<std::vector<Agency>> all_agencies(Connection& connection); ///< by id

} // namespace vakant
