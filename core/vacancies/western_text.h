// Pages in the encoding that Western Europe wrote before UTF-8. Only for the importers of this folder.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

std::string utf8_from_windows_1252(std::string_view bytes);

/// An HTML page as UTF-8: as it is, or read as Windows-1252 where the page itself says that it is in that or
/// in ISO 8859-1. Refused where it is neither.
Result<std::string> page_as_utf8(std::string_view page);

} // namespace vakant
