// Telephone numbers by country. The kiosk keeps what was typed; the normalised number travels beside it, so
// that the agency finds the same person again. A table of our own (ITU E.164 country codes, trunk prefixes
// and lengths from the ITU's national numbering plans) serves: what is needed is the country code and whether
// there are too few or too many digits. libphonenumber would bring protobuf and abseil (7 MB) into the kiosk.
// Used by this folder and by whoever compares numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vakant {

/// "+358401234567" for "040 123 4567" in "FI", "+358 (0)40 1234567", "00358401234567". None where it has too
/// few or too many digits for its country, or signs that no number has. Digits of other scripts count.
std::optional<std::string> normalised_telephone(std::string_view typed, std::string_view country);

/// European digits in place of Arabic and Persian ones; everything else stays.
std::string with_european_digits(std::string_view text);

} // namespace vakant
