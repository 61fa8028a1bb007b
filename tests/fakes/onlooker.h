// Another client of the X server: it sees what a person would see.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace vakant {

class Onlooker {
public:
    virtual ~Onlooker() = default;
    /// 0xRRGGBB from the top left corner of the screen; empty where there is no server.
    virtual std::vector<std::uint32_t> seen(int width, int height) const = 0;
};

/// Of the display that DISPLAY names now. tests/kiosk/onlooker.cpp: Xlib's macros would break the tests' own
/// words.
std::unique_ptr<Onlooker> onlooker();

} // namespace vakant
