// Backups of an SQLite store: made beside a running store, read back before they count, and put back without
// losing the former one. A store in PostgreSQL is copied by PostgreSQL's own means; only its position is kept
// here (epochs.h). Used by the commands `backup` and `restore`.
#pragma once

#include <filesystem>
#include <string>

#include "agency/store/epochs.h"
#include "core/base/result.h"

namespace vakant {

/// Reads every page of a copy and says how far it is. damaged: it does not read back; unsupported: another
/// program's file, or one of a newer version.
Result<StorePosition> read_backup(const std::filesystem::path& backup);

/// What was put back, and where the former store lies now ("" where there was none).
struct RestoredStore {
    std::string epoch;
    std::int64_t through = 0;
    std::filesystem::path former;
};
/// Puts `backup` in the place of the store `file`, under a new epoch. The former store is moved aside, never
/// deleted. The caller holds the data directory's lock: nobody has the store open. A power cut in the middle
/// leaves a store that nobody opens until this was run again.
Result<RestoredStore> restore_store(const std::filesystem::path& file, const std::filesystem::path& backup,
                                    UtcMs now, Random& random);

/// The file that stands beside a store while it is being put back.
std::filesystem::path half_restored(const std::filesystem::path& file);

} // namespace vakant
