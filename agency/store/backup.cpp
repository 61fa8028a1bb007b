#include "agency/store/backup.h"

#include <string>

#include "agency/store/migrations.h"
#include "agency/store/session.h"
#include "core/base/bytes.h"
#include "core/sql/sql.h"
#include "core/sql/store_files.h"

namespace vakant {

std::filesystem::path half_restored(const std::filesystem::path& file) {
    return file.string() + ".restoring";
}

Result<StorePosition> read_backup(const std::filesystem::path& backup) {
    VAKANT_TRY(copy, SqlConnection::open(backup, SqlMode::shared_reader, agency_application_id));
    VAKANT_CHECK(copy.integrity_check());
    VAKANT_TRY(version, copy.query_integer("PRAGMA user_version"));
    if (version.value_or(0) > agency_migrations().back().version)
        return Error{ErrorKind::unsupported, backup.string() + ": made by a newer version of this program"};
    VAKANT_TRY(epoch, copy.query_text("SELECT value FROM settings WHERE agency_id = '' AND name = 'epoch'"));
    if (!epoch) return Error{ErrorKind::unsupported, backup.string() + ": a store that never served"};
    VAKANT_TRY(through,
               copy.query_integer("SELECT value FROM counters WHERE agency_id = '' AND name = 'envelopes'"));
    return StorePosition{std::move(*epoch), through.value_or(0)};
}

Result<RestoredStore> restore_store(const std::filesystem::path& file, const std::filesystem::path& backup,
                                    UtcMs now, Random& random) {
    VAKANT_TRY(position, read_backup(backup));
    // From here until the last rename nobody opens the store (open_sqlite looks for this file): neither half
    // of it nor, in place of it, an empty new one.
    const std::filesystem::path coming = half_restored(file);
    VAKANT_CHECK(remove_store(coming));
    {
        VAKANT_TRY(copy, SqlConnection::open(backup, SqlMode::shared_reader, agency_application_id));
        VAKANT_CHECK(copy.copy_to(coming));
    }
    RestoredStore restored{"", position.through, {}};
    {
        DatabaseSettings settings;
        settings.file = coming;
        VAKANT_TRY(database, Database::open(settings));
        VAKANT_TRY(epoch, database->write_for<std::string>(
                              [&](Connection& connection) { return begin_epoch(connection, random, now); }));
        restored.epoch = epoch;
    }
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        restored.former = name_aside(file, "before-restore", now);
        VAKANT_CHECK(move_store(file, restored.former));
    }
    VAKANT_CHECK(rename_durably(coming, file));
    return restored;
}

} // namespace vakant
