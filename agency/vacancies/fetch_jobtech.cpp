// JobStream: a list of changes since a moment, and a snapshot of everything. An ad that runs out or is taken
// away after its last day is never told of, so that the snapshot is compared daily. Rules:
// ../shared/reference/vacancy-feeds.md section 1.
#include <algorithm>
#include <charconv>

#include "agency/vacancies/fetching.h"

namespace vakant {

namespace {

constexpr UtcMs ms_per_day = 86'400'000;
constexpr int usual_first_days = 3; ///< without a snapshot: what others fetch with each poll

/// The source takes and means the clocks of Stockholm, without an offset.
std::string stockholm_time(UtcMs time) {
    const std::string text = to_iso8601(time + offset_minutes_at("Europe/Stockholm", time) * UtcMs{60'000});
    return text.substr(0, 19);
}

std::optional<UtcMs> moment_in(const std::string& cursor) {
    UtcMs moment = 0;
    const auto [end, failed] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), moment);
    const bool is_one = failed == std::errc() && end == cursor.data() + cursor.size() && !cursor.empty();
    return is_one ? std::optional(moment) : std::nullopt;
}

/// What was asked at `asked_at` by our clock holds up to then by the source's clock: the earlier of the two.
std::string cursor_after(const Got& got, UtcMs asked_at) {
    return std::to_string(std::min(asked_at, got.served_at.value_or(asked_at)));
}

Outcome compare_with_snapshot(Fetching& run, FeedState& state) {
    const UtcMs asked_at = run.now();
    VAKANT_TRY(got, run.get(run.source().snapshot_url));
    if (got.status != 200)
        return Error{ErrorKind::unavailable, "the snapshot's address answers " + std::to_string(got.status)};
    VAKANT_CHECK(run.import(got.body, got.cut_off.empty()));
    if (!got.cut_off.empty()) return Error{ErrorKind::offline, got.cut_off};
    if (!run.came_to_end()) return Error{ErrorKind::unavailable, "the snapshot did not reach its end"};
    if (!run.was_compared()) return done(); // told; the changes are worth fetching all the same
    state.swept_at = asked_at;
    if (state.cursor.empty()) state.cursor = cursor_after(got, asked_at);
    return run.keep(state);
}

} // namespace

Outcome fetch_jobtech(Fetching& run) {
    const FeedSource& source = run.source();
    VAKANT_TRY(state, run.state());
    const bool sweep_due = !state.swept_at || run.now() - *state.swept_at >= source.snapshot_every_ms ||
                           *state.swept_at > run.now(); // by a clock that was ahead
    if (sweep_due && !source.snapshot_url.empty()) VAKANT_CHECK(compare_with_snapshot(run, state));

    const UtcMs asked_at = run.now();
    const int first_days = source.first_days > 0 ? source.first_days : usual_first_days;
    const UtcMs since = moment_in(state.cursor).value_or(asked_at - first_days * ms_per_day);
    const UtcMs from = std::min(since, asked_at) - source.overlap_ms;
    VAKANT_TRY(got, run.get(with_query(source.urls.front(), "date", stockholm_time(from))));
    if (got.status != 200)
        return Error{ErrorKind::unavailable, "the stream's address answers " + std::to_string(got.status)};
    VAKANT_CHECK(run.import(got.body, false));
    if (!got.cut_off.empty()) return Error{ErrorKind::offline, got.cut_off};
    // Only the closing bracket shows that nothing is missing.
    if (!run.came_to_end()) return Error{ErrorKind::unavailable, "the stream did not reach its end"};
    state.cursor = cursor_after(got, asked_at);
    return run.keep(state);
}

} // namespace vakant
