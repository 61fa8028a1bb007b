// How often something may be asked for, counted in the store so that several processes agree.
#pragma once

#include <string_view>

#include "agency/store/database.h"
#include "core/base/clock.h"

namespace vakant {

struct RateLimit {
    std::string_view bucket;
    std::int64_t most = 0;
    std::int64_t window_ms = 0;
};

/// Counts one use. 0: allowed; else the milliseconds after which to ask again.
Result<std::int64_t> take_allowance(Connection& connection, const RateLimit& limit, std::string_view subject,
                                    UtcMs now);

} // namespace vakant
