#include "agency/devices/rate_limits.h"

namespace vakant {

Result<std::int64_t> take_allowance(Connection& connection, const RateLimit& limit, std::string_view subject,
                                    UtcMs now) {
    std::int64_t start = now;
    std::int64_t used = 0;
    VAKANT_CHECK(connection.query(
        "SELECT window_start, used FROM rate_limits WHERE agency_id = '' AND bucket = ? "
        "AND subject = ?",
        {std::string(limit.bucket), std::string(subject)}, [&](const Row& row) {
            const bool current = now - row.integer(0) < limit.window_ms && row.integer(0) <= now;
            if (current) {
                start = row.integer(0);
                used = row.integer(1);
            }
            return done();
        }));
    if (used >= limit.most) return start + limit.window_ms - now;
    VAKANT_TRY(changed,
               connection.run("INSERT INTO rate_limits (agency_id, bucket, subject, window_start, used) "
                              "VALUES ('', ?, ?, ?, ?) ON CONFLICT (agency_id, bucket, subject) DO UPDATE "
                              "SET window_start = excluded.window_start, used = excluded.used",
                              {std::string(limit.bucket), std::string(subject), start, used + 1}));
    (void)changed;
    return 0;
}

} // namespace vakant
