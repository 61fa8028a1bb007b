// How long what a person sent may be kept: classes like "pool-24-months". Only for this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vakant {

bool is_retention_class(std::string_view text);
int months_of(std::string_view retention_class); ///< 0 where it is no class

/// What is usual in a country ("FI", "SE", "NO") for a registration or, `is_pool`, for a talent pool; ""
/// where this program knows no custom of that country.
std::string usual_retention(std::string_view country, bool is_pool);

/// The numbers of months that a text names, in the languages that the kiosk speaks: {12} of "for 12 months".
std::vector<int> months_named(std::string_view text);

} // namespace vakant
