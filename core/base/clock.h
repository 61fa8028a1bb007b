// Time as a value that a test can move. Nothing in Vakant asks the system for the time except SystemClock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

/// Milliseconds since 1970-01-01T00:00:00Z, as kept in every store.
using UtcMs = std::int64_t;

/// Both readings may be taken from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual UtcMs wall_ms() const = 0;             ///< may jump, either way
    virtual std::int64_t monotonic_ms() const = 0; ///< never goes back; counts from an unnamed moment
};

class SystemClock final : public Clock {
public:
    UtcMs wall_ms() const override;
    std::int64_t monotonic_ms() const override;
};

/// "2026-11-23T07:15:00Z" (with ".123" only where the milliseconds are not zero).
std::string to_iso8601(UtcMs time);

/// Reads "2026-11-23", "2026-11-23T07:15", "2026-11-23T07:15:00[.123]" with "Z" or an offset such as
/// "+02:00". A time without an offset is taken at `assumed_offset_minutes` east of UTC; a bare date is its
/// midnight there.
Result<UtcMs> parse_iso8601(std::string_view text, int assumed_offset_minutes = 0);

struct CivilDate {
    int year = 1970;
    int month = 1; ///< 1 to 12
    int day = 1;   ///< 1 to 31
    auto operator<=>(const CivilDate&) const = default;
};
CivilDate civil_date(UtcMs time, int offset_minutes = 0);
UtcMs midnight_of(CivilDate date, int offset_minutes = 0);

/// Minutes east of UTC that law sets at that moment in the named place of the European Union or Norway:
/// "Europe/Helsinki" (+2/+3), "Europe/Stockholm", "Europe/Oslo" (+1/+2); anything else is UTC.
int offset_minutes_at(std::string_view zone, UtcMs time);

} // namespace vakant
