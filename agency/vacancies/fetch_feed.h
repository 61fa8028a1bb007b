// Fetches one feed as far as it goes now and takes it into the store. Called by the command `fetch` and by
// `serve` on a schedule. Each feed has a lease row, so that of several processes one fetches it.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "agency/store/database.h"
#include "agency/vacancies/feed_source.h"
#include "agency/vacancies/import_vacancies.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/http/http.h"

namespace vakant {

struct FetchPorts {
    Database& database;
    HttpClient& http;
    const Clock& clock;
    Random& random;
    std::filesystem::path spool;       ///< folder on whose disk large answers wait
    const std::atomic<bool>& stopping; ///< ends a fetch between two requests or pieces
};

struct FetchReport {
    std::string name;
    /// imported; unchanged (304, nothing new); not_due; busy (another process has it); failed
    std::string outcome;
    std::string detail;  ///< why it failed, or why nothing absent was taken away; no personal data
    ImportReport import; ///< of all parts together; what came before a failure is kept
    UtcMs next_at = 0;   ///< when it is due again
};
Json to_json(const FetchReport& report);

/// `due_only`: does nothing before its time has come. An error only where the store fails.
Result<FetchReport> fetch_feed(const FetchPorts& ports, const FeedSource& source, const std::string& agency,
                               bool due_only);

} // namespace vakant
