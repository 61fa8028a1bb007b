// What kiosks mirror: the vacancies of one agency in the order of their changes, page by page; and the list
// for staff. Called by agency/api and by the command `vacancies`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/json/json.h"
#include "core/profile/agency_profile.h"

namespace vakant {

struct FeedPage {
    std::vector<std::string> upserts;    ///< canonical JSON texts
    std::vector<std::string> tombstones; ///< ids
    std::string next_cursor;
    bool more = false;
};
/// The JSON of GET /v1/vacancies.
std::string to_json_text(const FeedPage& page, UtcMs generated_at);
/// Digest over everything that a kiosk keeps: not over the time.
std::string etag_of(const FeedPage& page);

/// Which page of which feed.
struct FeedReader {
    std::string_view agency, epoch, cursor; ///< cursor "": from the beginning, the agency's own orders first
    VacancySelection selection;
    std::size_t limit = 200; ///< vacancies and tombstones; a page of long ones holds fewer
    UtcMs now = 0;
};
/// not_found: the cursor is of another store or selection, or cannot be read; the kiosk loads all again.
Result<FeedPage> vacancy_page(Connection& connection, const FeedReader& reader);
/// Equal for equal selections; stands in the cursors.
std::string digest_of(const VacancySelection& selection);

/// Open vacancies as canonical JSON; "" means every agency.
Result<Json> open_vacancies(Connection& connection, std::string_view agency, UtcMs now);

/// Turns everything that has disappeared into tombstones. Returns how many.
Result<std::size_t> sweep_vacancies(Database& database, UtcMs now);

} // namespace vakant
