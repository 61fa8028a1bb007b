// One connection to a store, and what the two stores do differently with it: the seam between group commit
// and reader pool (sessions_database.cpp) and SQLite or PostgreSQL. Only agency/store includes it. One thread
// at a time.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agency/store/database.h"

namespace vakant {

constexpr std::int32_t agency_application_id = 0x564b4147; // "VKAG"

class StoreSession {
public:
    virtual ~StoreSession() = default;
    virtual Connection& connection() = 0;
    /// Opens a transaction: the only writing one that there is at the moment, over all processes; or a
    /// snapshot that cannot write. A connection that was lost is made anew here.
    virtual Outcome begin_writing() = 0;
    virtual Outcome begin_reading() = 0;
    /// When it returns, what was written survives a power cut.
    virtual Outcome commit() = 0;
    /// Ends what is open, if anything is.
    virtual void roll_back() = 0;
    /// False where the store itself has rolled back (disk full, connection lost).
    virtual bool in_transaction() const = 0;
    /// What was read back after opening.
    virtual std::vector<std::pair<std::string, std::string>> settings() const = 0;
};

/// Opened, migrated, checked. `writer` alone may write.
struct StoreSessions {
    std::unique_ptr<StoreSession> writer;
    std::vector<std::unique_ptr<StoreSession>> readers;
    std::function<Outcome(const std::filesystem::path&)> copy_to; ///< none: the store makes its own backups
};
Result<StoreSessions> open_sqlite(const DatabaseSettings& settings);
Result<StoreSessions> open_postgres(const DatabaseSettings& settings);

} // namespace vakant
