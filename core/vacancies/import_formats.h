// The formats beyond those of import.h, the choice between all of them by name, and telling one file from
// another. Called by vakant-agency import and fetch. Nothing here touches a store.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/vacancies/import.h"

namespace vakant {

/// What a file says about being all that its source has. Vacancies that are absent from it may be taken away
/// only where it is complete().
struct Sweep {
    std::size_t given = 0;                ///< records that were in the file, also refused ones
    std::optional<std::int64_t> promised; ///< as many as the source says that it has
    bool more_pages = false;              ///< the file itself says that it goes on elsewhere
    bool unnamed = false;                 ///< a record was refused whose id could not be told
    bool only_changes = false;            ///< the file is a list of changes, never of all
    bool complete() const { return why_incomplete().empty(); }
    /// For reports; "" where it is complete.
    std::string why_incomplete() const;
};

/// Names for the codes of places, from a code list (fi/municipalities.json of the Finnish code service).
using PlaceNames = std::map<std::string, std::string, std::less<>>;
Result<PlaceNames> read_place_names(std::string_view text, std::string_view language = "fi");

// Each gives its items to the sink as import.h says: a file of another kind is refused as a whole with what
// it seems to be, a cut-off one after the items before the cut, an error of the sink ends the reading and is
// returned.

/// NAV: pages and entries of the stilling-feed (any number, in the order in which they were fetched, as an
/// array or as lines; lines may repeat), a page of ads ("content") or ads. A vacancy that is no longer ACTIVE
/// is a removal. The last line of an id counts; an ACTIVE line without its entry in the file is refused.
Outcome import_nav(std::string_view text, const ItemSink& sink, Sweep* sweep = nullptr);

/// Työmarkkinatori v1: pages of a sweep (an array of them or lines), or single ads.
Outcome import_tmt(std::string_view text, const PlaceNames& names, const ItemSink& sink,
                   Sweep* sweep = nullptr);

/// schema.org JobPosting: an object, an array, lines, "@graph", or an HTML page with script blocks; found at
/// any depth.
Outcome import_jobposting(std::string_view text, const ItemSink& sink, Sweep* sweep = nullptr);

/// EURES: HR-XML PositionOpening in the portal's JSON wrapper, or one PositionOpening as XML.
Outcome import_eures(std::string_view text, const ItemSink& sink, Sweep* sweep = nullptr);

/// The agency's own postings as a table: assets/vacancies/README.md names the columns. Reasons name row and
/// column. A file with an unknown or missing column is refused as a whole.
Outcome import_csv(std::string_view text, UtcMs started_at, const ItemSink& sink, Sweep* sweep = nullptr);

/// What kind of file it is, judged by its beginning, e.g. "EURES code lists".
std::string seems_to_be(std::string_view text);

enum class FeedFormat { jobtech, nav, tmt, jobposting, eures, csv, own };
std::optional<FeedFormat> feed_format_named(std::string_view name);
/// The source under which its vacancies are kept: own postings are the same, whether JSON or CSV.
std::string_view source_of(FeedFormat format);

struct ImportSettings {
    UtcMs started_at = 0; ///< what relative dates of own postings count from
    PlaceNames place_names;
    HeldRecords held{}; ///< JobTech's alone are read over and over
};
Outcome import_feed(FeedFormat format, std::string_view text, const ImportSettings& settings,
                    const ItemSink& sink, Sweep& sweep);

} // namespace vakant
