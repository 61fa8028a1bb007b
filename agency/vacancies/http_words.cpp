// Dates and addresses as HTTP writes them.
#include <array>
#include <charconv>

#include "agency/vacancies/fetching.h"

namespace vakant {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; // from 1970
constexpr UtcMs ms_per_day = 86'400'000;

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string two(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

} // namespace

std::optional<UtcMs> parse_http_date(std::string_view text) {
    // Only the form that RFC 9110 tells everybody to write.
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i] != text.substr(8, 3)) continue;
        const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
        if (!day || !year) return std::nullopt;
        const std::string iso = std::to_string(*year) + "-" + two(static_cast<std::int64_t>(i) + 1) + "-" +
                                two(*day) + "T" + std::string(text.substr(17, 8)) + "Z";
        const auto moment = parse_iso8601(iso);
        return moment.ok() ? std::optional(*moment) : std::nullopt;
    }
    return std::nullopt;
}

std::string http_date(UtcMs time) {
    const CivilDate date = civil_date(time);
    const UtcMs midnight = midnight_of(date);
    const std::int64_t seconds = (time - midnight) / 1000;
    const std::int64_t weekday = ((midnight / ms_per_day) % 7 + 7) % 7;
    return std::string(days[static_cast<std::size_t>(weekday)]) + ", " + two(date.day) + " " +
           std::string(months[static_cast<std::size_t>(date.month - 1)]) + " " + std::to_string(date.year) +
           " " + two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + " GMT";
}

std::string with_query(const std::string& url, std::string_view name, std::string_view value) {
    const bool has_query = url.find('?') != std::string::npos;
    return url + (has_query ? "&" : "?") + std::string(name) + "=" + std::string(value);
}

} // namespace vakant
