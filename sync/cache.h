// What the kiosk mirrors from the agency: vacancies with their full-text index, forms, tests, settings.
// Disposable: a damaged file is thrown away and fetched again. CacheWriter lives on the cache writer's
// thread, CacheReader on the search thread (read-only connection).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/vacancies/occupations.h"
#include "core/vacancies/search.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

/// One page of GET /v1/vacancies.
struct VacancyPage {
    std::vector<Vacancy> upserts;
    std::vector<std::string> tombstones; ///< ids
    std::string next_cursor;
    bool more = false;
    UtcMs generated_at = 0;
};
/// A signed document as it was fetched: kind "form", "skill", "config" or "occupations".
struct CachedDocument {
    std::string agency, kind, id, digest, body;
};

class CacheWriter {
public:
    /// A damaged or foreign file, or one whose index was made with other rules for words, is removed and made
    /// anew (`rebuilt()` says so). Any call failing with ErrorKind::damaged later: call rebuild() and fetch
    /// again. `shipped`: the tables of occupations of this program, the same for the reader. Where the tables
    /// are others than before, shipped or sent, every vacancy is told anew which occupations it is of.
    static Result<std::unique_ptr<CacheWriter>> open(const std::filesystem::path& file,
                                                     std::vector<OccupationTable> shipped = {});
    virtual ~CacheWriter() = default;
    virtual bool rebuilt() const = 0;
    virtual Outcome apply(std::string_view agency, const VacancyPage& page) = 0;
    /// Throws everything away; readers notice by themselves.
    virtual Outcome rebuild() = 0;
    /// 410: a fresh load begins. What it does not bring goes when its last page was applied, so that the
    /// board is never empty in between.
    virtual Outcome start_over(std::string_view agency) = 0;
    virtual Result<std::string> cursor(std::string_view agency) = 0;
    virtual Outcome put_document(const CachedDocument& document) = 0;
    virtual Outcome remove_document(std::string_view agency, std::string_view kind, std::string_view id) = 0;
    /// The list was complete: documents of that agency and kind that are not in it go.
    virtual Outcome keep_only_documents(std::string_view agency, std::string_view kind,
                                        const std::vector<std::string>& ids) = 0;
    /// Removes what has disappeared by `now`, with its contacts and index entries. Returns how many.
    virtual Result<std::size_t> sweep(UtcMs now) = 0;
    /// The words of what was removed stay in the index's file until SQLite happens to merge them away. This
    /// takes them out, by merging the whole index in steps of some milliseconds. True: there is another step
    /// to do. False: no word of what was removed before stands in a file any more, or it is not due yet:
    /// merging writes the index anew, which is done for at most purged_bytes_an_hour.
    virtual Result<bool> purge(UtcMs now) = 0;
    virtual Outcome note_heard(std::string_view agency, UtcMs at) = 0;
};

/// A cache of 10 MB is rid of removed words with every sweep, one of a GB once a day.
inline constexpr std::int64_t purged_bytes_an_hour = 64ll << 20;

class CacheReader {
public:
    static Result<std::unique_ptr<CacheReader>> open(const std::filesystem::path& file,
                                                     std::vector<OccupationTable> shipped = {});
    virtual ~CacheReader() = default;
    /// Only what is open at `now`: expiry does not wait for a sweep. The first call reads the board into
    /// memory, later ones only what has changed. Titles and places come first, then other names of the
    /// occupation and parts of words, then bodies; own orders and the newest first among equals.
    virtual Result<VacancyResults> search(const VacancyQuery& query, UtcMs now) = 0;
    /// None: it is gone. unavailable: it is not there, but not all that is open has been fetched yet, from
    /// its agency where that is known.
    virtual Result<std::optional<Vacancy>> vacancy(std::string_view id, UtcMs now,
                                                   std::string_view agency = "") = 0;
    /// What the tables say of each of the vacancy's occupations, in their order; an empty entry where they do
    /// not know it. Of a vacancy that names none: the one occupation that its title names, if it is one.
    virtual Result<std::vector<OccupationEntry>> occupations_of(const Vacancy& vacancy) = 0;
    virtual Result<std::vector<CachedDocument>> documents(std::string_view kind) = 0;
    virtual Result<std::optional<UtcMs>> last_heard() = 0;
};

} // namespace vakant
