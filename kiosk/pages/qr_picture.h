// A QR code as pages show and print it. Made by kiosk/app.
#pragma once

#include <cstdint>
#include <vector>

namespace vakant {

/// Dark and light modules, row by row; side 0: none.
struct QrPicture {
    int side = 0;
    std::vector<std::uint8_t> dark;
};

} // namespace vakant
