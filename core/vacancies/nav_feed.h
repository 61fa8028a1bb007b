// The pages of NAV's stilling-feed as values, for the importer of this folder and for agency/vacancies, which
// fetches them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/json/json.h"

namespace vakant {

/// What one line of a page says of an ad.
struct NavLine {
    std::string id;
    bool active = false;
    std::optional<UtcMs> changed_at;
};
/// The lines of a page in their order; one whose id cannot be told has "".
std::vector<NavLine> nav_lines(const Json& page);
std::string nav_page_id(const Json& page);
/// "" at the end of the feed.
std::string nav_next_page(const Json& page);

/// The line as a page holds it, without what it says about people or titles.
Json nav_line_json(const NavLine& line);
/// What stands for an entry that the source does not give out: an ad that is not (or no longer) to be shown.
Json nav_missing_entry(const NavLine& line);

} // namespace vakant
