#include "agency/vacancies/feed_states.h"

namespace vakant {

namespace {

Value or_null(const std::optional<UtcMs>& time) {
    if (time) return *time;
    return nullptr;
}

} // namespace

Result<FeedState> feed_state(Connection& connection, std::string_view agency, std::string_view name) {
    FeedState state;
    VAKANT_CHECK(connection.query("SELECT cursor, etag, last_modified, swept_at, fetched_at, not_before, "
                                  "failures, outcome FROM feed_states WHERE agency_id = ? AND name = ?",
                                  {std::string(agency), std::string(name)}, [&](const Row& row) {
                                      state = {row.text(0),
                                               row.text(1),
                                               row.text(2),
                                               row.integer_if_any(3),
                                               row.integer_if_any(4),
                                               row.integer(5),
                                               static_cast<int>(row.integer(6)),
                                               row.text(7)};
                                      return done();
                                  }));
    return state;
}

Outcome keep_feed_state(Connection& connection, std::string_view agency, std::string_view name,
                        const FeedState& state) {
    VAKANT_TRY(
        changed,
        connection.run("INSERT INTO feed_states (agency_id, name, cursor, etag, last_modified, swept_at, "
                       "fetched_at, not_before, failures, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT (agency_id, name) DO UPDATE SET cursor = excluded.cursor, "
                       "etag = excluded.etag, last_modified = excluded.last_modified, "
                       "swept_at = excluded.swept_at, fetched_at = excluded.fetched_at, "
                       "not_before = excluded.not_before, failures = excluded.failures, "
                       "outcome = excluded.outcome",
                       {std::string(agency), std::string(name), state.cursor, state.etag, state.last_modified,
                        or_null(state.swept_at), or_null(state.fetched_at), state.not_before,
                        std::int64_t{state.failures}, state.outcome}));
    (void)changed;
    return done();
}

} // namespace vakant
