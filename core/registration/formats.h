// The formats of JSON Schema that forms may ask for, each by its RFC. Used by this folder.
#pragma once

#include <string_view>

namespace vakant {

/// A check of a whole text; null where the name is none of date, date-time, time (RFC 3339), email (RFC
/// 5321), hostname (RFC 1123 with the A-labels of RFC 5891), ipv4, ipv6 (RFC 4291), uri (RFC 3986), uuid (RFC
/// 9562).
using FormatCheck = bool (*)(std::string_view text);
FormatCheck find_format(std::string_view name);

bool is_calendar_date(std::string_view text); ///< "2026-11-23", a day that exists

} // namespace vakant
