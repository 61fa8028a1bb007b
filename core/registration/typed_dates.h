// Dates as people type and read them. Day before month, or the year first: none of the languages of the kiosk
// puts the month first (a test holds every language of assets/strings against that). Used by this folder and
// by the kiosk's pages for hints.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vakant {

/// "2026-11-03" for "3.11.2026", "03/11/2026", "3 11 2026", "2026-11-3". Years have four digits.
std::optional<std::string> date_from_typed(std::string_view typed);
/// "2026-11" for "11.2026", "11/2026", "2026-11".
std::optional<std::string> month_from_typed(std::string_view typed);
/// As the reader writes it: "3.11.2026" in Finnish. Other texts stay as they are.
std::string date_for_reader(std::string_view iso, std::string_view language);
std::string month_for_reader(std::string_view iso, std::string_view language);

} // namespace vakant
