// Backups as actions on an open store: see admin_actions.h.
#pragma once

#include "agency/api/services.h"
#include "core/json/json.h"

namespace vakant {

/// A copy of the running store in `file` (absolute), read back before it counts, with its SHA-256 beside it.
Result<Json> backup_action(Services& services, const Json& arguments);
/// For a store that makes its own backups: how far it is now, to be noted once the backup is made.
Result<Json> backup_position_action(Services& services, const Json& arguments);
/// Such a backup was made after `position` was read.
Result<Json> backup_noted_action(Services& services, const Json& arguments);
/// SHA-256 of a file of any size, hex.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

} // namespace vakant
