// QR codes as dark and light modules: for slips and for the screen. The only user of qrencode. Any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct QrModules {
    int side = 0;
    std::vector<std::uint8_t> dark; ///< side * side, row by row, 1 for dark; without the quiet zone
};
/// Level M. Refused where the text is too long for a code that people can scan (version 20, about 660 bytes).
Result<QrModules> qr_modules(std::string_view text);

} // namespace vakant
