#include "core/base/clock.h"

#include <chrono>
#include <cstdio>

namespace vakant {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - ((a % b != 0) && ((a < 0) != (b < 0)));
}

/// Days since 1970-01-01 of a date of the Gregorian calendar, and back, by std::chrono.
std::int64_t days_of(CivilDate date) {
    using namespace std::chrono;
    return sys_days(year(date.year) / month(static_cast<unsigned>(date.month)) /
                    day(static_cast<unsigned>(date.day)))
        .time_since_epoch()
        .count();
}

/// Reads exactly `digits` digits at `position`, or returns -1.
int read_number(std::string_view text, std::size_t& position, int digits) {
    int number = 0;
    for (int i = 0; i < digits; ++i, ++position) {
        if (position >= text.size() || text[position] < '0' || text[position] > '9') return -1;
        number = number * 10 + (text[position] - '0');
    }
    return number;
}

bool take(std::string_view text, std::size_t& position, char expected) {
    if (position >= text.size() || text[position] != expected) return false;
    ++position;
    return true;
}

/// The moment of the last Sunday of a month at 01:00 UTC, when summer time changes (Directive 2000/84/EC).
UtcMs change_of_time(int year, int month) {
    const std::int64_t last = days_of({year, month, 31});
    const std::int64_t weekday = (last + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
    return (last - weekday) * day_ms + 3'600'000;
}

} // namespace

UtcMs SystemClock::wall_ms() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::monotonic_ms() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

CivilDate civil_date(UtcMs time, int offset_minutes) {
    using namespace std::chrono;
    const std::int64_t days = floor_div(time + offset_minutes * std::int64_t{60'000}, day_ms);
    const year_month_day date{sys_days{std::chrono::days{days}}};
    return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

UtcMs midnight_of(CivilDate date, int offset_minutes) {
    return days_of(date) * day_ms - offset_minutes * std::int64_t{60'000};
}

std::string to_iso8601(UtcMs time) {
    const CivilDate date = civil_date(time);
    const std::int64_t in_day = time - midnight_of(date);
    const int ms = static_cast<int>(in_day % 1000);
    const int seconds = static_cast<int>(in_day / 1000);
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day,
                  seconds / 3600, seconds / 60 % 60, seconds % 60);
    std::string out = text;
    if (ms != 0) {
        std::snprintf(text, sizeof text, ".%03d", ms);
        out += text;
    }
    return out + "Z";
}

Result<UtcMs> parse_iso8601(std::string_view text, int assumed_offset_minutes) {
    const auto bad = [&] { return invalid_input("not a date or time: \"" + std::string(text) + "\""); };
    std::size_t at = 0;
    CivilDate date;
    date.year = read_number(text, at, 4);
    if (date.year < 0 || !take(text, at, '-')) return bad();
    date.month = read_number(text, at, 2);
    if (date.month < 1 || date.month > 12 || !take(text, at, '-')) return bad();
    date.day = read_number(text, at, 2);
    const std::chrono::year_month_day checked{std::chrono::year(date.year),
                                              std::chrono::month(unsigned(date.month)),
                                              std::chrono::day(unsigned(date.day))};
    if (date.day < 1 || !checked.ok()) return bad();
    if (at == text.size()) return midnight_of(date, assumed_offset_minutes);
    if (!take(text, at, 'T') && !take(text, at, ' ')) return bad();
    const int hour = read_number(text, at, 2);
    if (hour < 0 || hour > 24 || !take(text, at, ':')) return bad();
    const int minute = read_number(text, at, 2);
    if (minute < 0 || minute > 59) return bad();
    int second = 0;
    std::int64_t ms = 0;
    if (take(text, at, ':')) {
        second = read_number(text, at, 2);
        if (second < 0 || second > 60) return bad();
        if (take(text, at, '.') || take(text, at, ',')) {
            std::int64_t scale = 100;
            const std::size_t first = at;
            for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
                ms += (text[at] - '0') * scale;
            }
            if (at == first) return bad();
        }
    }
    int offset = assumed_offset_minutes;
    if (take(text, at, 'Z')) {
        offset = 0;
    } else if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const int sign = text[at++] == '-' ? -1 : 1;
        const int offset_hour = read_number(text, at, 2);
        take(text, at, ':');
        const int offset_minute = read_number(text, at, 2);
        if (offset_hour < 0 || offset_hour > 14 || offset_minute < 0 || offset_minute > 59) return bad();
        offset = sign * (offset_hour * 60 + offset_minute);
    }
    if (at != text.size()) return bad();
    return midnight_of(date, offset) + ((hour * 60 + minute) * std::int64_t{60} + second) * 1000 + ms;
}

int offset_minutes_at(std::string_view zone, UtcMs time) {
    int standard = 0;
    if (zone == "Europe/Helsinki" || zone == "Europe/Tallinn" || zone == "Europe/Kyiv") {
        standard = 120;
    } else if (zone == "Europe/Stockholm" || zone == "Europe/Oslo" || zone == "Europe/Berlin") {
        standard = 60;
    } else {
        return 0;
    }
    const int year = civil_date(time).year;
    const bool summer = time >= change_of_time(year, 3) && time < change_of_time(year, 10);
    return summer ? standard + 60 : standard;
}

} // namespace vakant
