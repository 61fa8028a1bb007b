// Takes a file of vacancies into the store: idempotent by (agency, source, source id) and content hash, and a
// removal wins over a later stale copy. Called by the command `import`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/json/json.h"
#include "core/vacancies/import_formats.h"

namespace vakant {

using ImportFormat = FeedFormat;

struct ImportChoices {
    /// The file is everything that its source has: what is absent from it is taken away, but only where the
    /// file itself says nothing to the contrary.
    bool snapshot = false;
    PlaceNames place_names;
    /// The configured address that brings it, "" for a file: a snapshot is compared with what the same
    /// address brought, that of a file with everything of its source.
    std::string feed = {};
    /// A snapshot that lacks a larger part of at least a hundred held vacancies is taken for a fault of its
    /// source.
    double most_absent = 1;
    /// Called after each chunk that was committed; an error of it ends the import and is returned.
    std::function<Outcome()> after_chunk = {};
};

struct ImportRefusal {
    std::size_t index = 0;
    std::string id, reason;
};
/// read = added + updated + unchanged + removed + refused.
struct ImportReport {
    std::size_t read = 0, added = 0, updated = 0, unchanged = 0, removed = 0;
    std::vector<ImportRefusal> refused;
    std::optional<Error> ended_early; ///< the file was cut off or is another kind: what came before is kept
    std::optional<std::size_t>
        absent;               ///< taken away because the snapshot lacks them; none: nothing was compared
    std::string not_compared; ///< why a snapshot took nothing away
};
Json to_json(const ImportReport& report);

/// `now` is also what relative dates of own postings count from.
Result<ImportReport> import_vacancies(Database& database, std::string_view agency, ImportFormat format,
                                      std::string_view text, UtcMs now, const ImportChoices& choices = {});

} // namespace vakant
