#include "core/vacancies/local_time.h"

namespace vakant {
namespace {

constexpr UtcMs ms_per_day = 24 * 60 * 60 * std::int64_t{1000};

/// Midnight of a local date. Changes of the clock happen at night but never at midnight in the zones we know.
UtcMs local_midnight(CivilDate date, std::string_view zone) {
    const UtcMs as_utc = midnight_of(date);
    return midnight_of(date, offset_minutes_at(zone, as_utc));
}

CivilDate plus_days(CivilDate date, int days) {
    return civil_date(midnight_of(date) + days * ms_per_day);
}

} // namespace

Result<UtcMs> local_moment(std::string_view text, std::string_view zone) {
    VAKANT_TRY(as_utc, parse_iso8601(text));
    const int offset =
        offset_minutes_at(zone, as_utc - offset_minutes_at(zone, as_utc) * std::int64_t{60'000});
    return parse_iso8601(text, offset);
}

Result<UtcMs> local_end(std::string_view text, std::string_view zone) {
    VAKANT_TRY(moment, local_moment(text, zone));
    const std::string_view time = text.size() > 11 ? text.substr(11) : "";
    const bool whole_day = time.empty() || time == "00:00" || time == "00:00:00" || time.starts_with("23:59");
    return whole_day ? local_day_end(moment, 0, zone) : moment;
}

UtcMs local_day_begin(UtcMs from, int days, std::string_view zone) {
    const CivilDate today = civil_date(from, offset_minutes_at(zone, from));
    return local_midnight(plus_days(today, days), zone);
}

UtcMs local_day_end(UtcMs from, int days, std::string_view zone) {
    return local_day_begin(from, days + 1, zone) - 1;
}

} // namespace vakant
