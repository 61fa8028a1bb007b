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

/// not_found: the cursor is of another store or cannot be read; the kiosk loads all again.
Result<FeedPage> vacancy_page(Connection& connection, std::string_view agency, std::string_view epoch,
                              std::string_view cursor, std::size_t limit, UtcMs now);

/// Open vacancies as canonical JSON; "" means every agency.
Result<Json> open_vacancies(Connection& connection, std::string_view agency, UtcMs now);

/// Turns everything that has disappeared into tombstones. Returns how many.
Result<std::size_t> sweep_vacancies(Database& database, UtcMs now);

} // namespace vakant
