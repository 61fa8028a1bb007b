// Formats in which vacancies arrive, each turned into the canonical model or refused with a reason.
// Called by vakant-agency import. Nothing here touches a store.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/random.h"
#include "core/vacancies/vacancy.h"

namespace vakant {

/// One element of a feed.
struct ImportedItem {
    enum class Kind { vacancy, removal, refusal, held } kind = Kind::refusal;
    std::size_t index = 0; ///< from 0, in the order of the file
    std::string source_id; ///< as text, also where the feed says an integer; "" where it cannot be told
    Vacancy vacancy;       ///< kind vacancy; id, agency and apply_at_kiosk are the caller's to set
    std::optional<UtcMs> removed_at;
    std::string reason; ///< kind refusal: field and what is wrong with it
    std::string record; ///< of formats that say: a digest of what the source wrote and of how it is read
};
using ItemSink = std::function<Outcome(ImportedItem)>;
/// The source id of the vacancy that is held exactly as the record of that digest says. Such a record is
/// given out as kind held, without being read again.
using HeldRecords = std::function<std::optional<std::string>(const std::string& record)>;

struct Sweep; // import_formats.h

/// JobTech JobStream and JobSearch ads: a JSON array, one ad object, or NDJSON, live ads and removals mixed;
/// also pages of JobSearch, whose "hits" hold the ads. Refused as a whole, after the items before it were
/// given out, where the text is cut off or is another kind of file (says what it seems to be). An error of
/// the sink ends the reading and is returned.
Outcome import_jobtech(std::string_view text, const ItemSink& sink, Sweep* sweep = nullptr,
                       const HeldRecords& held = {});
/// `ImportedItem::record` of one JobTech ad.
std::string jobtech_record(std::string_view text);

/// The agency's own postings: {"postings":[...]} as documented in assets/vacancies/README.md. `started_at` is
/// what relative dates ("+14d", "-2d") count from.
Outcome import_own(std::string_view text, UtcMs started_at, const ItemSink& sink);

/// Source HTML reduced to the allow-list, and the plain words of it.
struct CleanText {
    std::string html;
    std::string plain;
};
CleanText clean_text(std::string_view plain_or_html);

} // namespace vakant
