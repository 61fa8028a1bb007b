// One configured address that vacancies are fetched from: a [[fetch]] table of agency.toml. README and
// assets/vacancies/README.md describe the settings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"
#include "core/vacancies/import_formats.h"

namespace vakant {

struct FeedSource {
    std::string name; ///< small letters, digits and -; stands in reports and logs
    FeedFormat format = FeedFormat::jobtech;
    std::string agency; ///< whose board; "" where there is only one
    /// jobtech: the stream. nav: the feed's first page. tmt: the pages. Others: pages or files, one or
    /// several.
    std::vector<std::string> urls;
    std::string snapshot_url; ///< jobtech: everything that is open
    std::string entry_url;    ///< nav: the entries; made of the feed's address where it is empty
    std::string token_url;    ///< where a bearer token is given out
    std::string key_header;   ///< the header that carries the key of key_file
    std::filesystem::path key_file;
    std::filesystem::path authority; ///< PEM of the authority to trust; empty: the system's
    std::filesystem::path places;    ///< tmt: code list of municipalities
    std::int64_t every_ms = 15 * 60'000;
    std::int64_t overlap_ms = 2 * 3'600'000;         ///< how far back a poll begins before the last one
    std::int64_t snapshot_every_ms = 24 * 3'600'000; ///< how often everything is compared
    int page_size = 0;                               ///< 0: as is usual for the format
    int first_days = 0; ///< how far back the first poll begins; 0: as is usual for the format
    bool whole = false; ///< files and pages: each holds all that there is, what it lacks is taken away
};

/// From the members of a [[fetch]] table, e.g. {"name":"platsbanken","format":"jobtech","url":"https://..."}.
/// Refused by the member's name; a member that is not known is refused too.
Result<FeedSource> feed_source_from_json(const Json& json);
Json to_json(const FeedSource& source);

} // namespace vakant
