// How far each feed was read: moved only together with, or after, what it stands for. Only agency/vacancies
// includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"

namespace vakant {

struct FeedState {
    std::string cursor;              ///< jobtech: milliseconds; nav: id of the page to go on with
    std::string etag, last_modified; ///< of what the cursor stands for
    std::optional<UtcMs> swept_at;   ///< when everything was last compared
    std::optional<UtcMs> fetched_at; ///< when it was last fetched with success
    UtcMs not_before = 0;            ///< when it is due
    int failures = 0;                ///< since the last success
    std::string outcome;             ///< of the last run, for people
};

Result<FeedState> feed_state(Connection& connection, std::string_view agency, std::string_view name);
Outcome keep_feed_state(Connection& connection, std::string_view agency, std::string_view name,
                        const FeedState& state);

} // namespace vakant
