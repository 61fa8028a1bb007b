#include "kiosk/shell/display_size.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

using namespace vakant;

namespace {

/// A monitor's own description, with its check sum.
struct Edid {
    std::array<std::uint8_t, 128> bytes{};
    Edid() { std::copy_n(std::begin({0, 255, 255, 255, 255, 255, 255, 0}), 8, bytes.begin()); }
    Edid& centimetres(int width, int height) {
        bytes[21] = static_cast<std::uint8_t>(width);
        bytes[22] = static_cast<std::uint8_t>(height);
        return *this;
    }
    Edid& timing_mm(int width, int height) {
        bytes[54] = 1;
        bytes[66] = static_cast<std::uint8_t>(width & 255);
        bytes[67] = static_cast<std::uint8_t>(height & 255);
        bytes[68] = static_cast<std::uint8_t>((width >> 8) << 4 | height >> 8);
        return *this;
    }
    std::optional<ScreenSize> size() {
        unsigned sum = 0;
        for (std::size_t i = 0; i < 127; ++i)
            sum += bytes[i];
        bytes[127] = static_cast<std::uint8_t>(256 - sum % 256);
        return size_in_edid(bytes);
    }
};

} // namespace

TEST_CASE("a monitor's own size is read in millimetres, else in centimetres") {
    CHECK(Edid().timing_mm(476, 268).centimetres(48, 27).size() == ScreenSize{476, 268});
    CHECK(Edid().centimetres(60, 34).size() == ScreenSize{600, 340});
}

TEST_CASE("a monitor that tells nonsense tells nothing") {
    CHECK_FALSE(Edid().size());                    // a projector
    CHECK_FALSE(Edid().timing_mm(160, 90).size()); // the ratio instead of the size
    CHECK_FALSE(Edid().timing_mm(4000, 2250).size());
    Edid damaged;
    damaged.timing_mm(476, 268).size();
    damaged.bytes[66] ^= 1;
    CHECK_FALSE(size_in_edid(damaged.bytes));
    CHECK_FALSE(size_in_edid(std::span(damaged.bytes).first(64)));
}

TEST_CASE("the settings decide the size of a pixel, then the monitor, then the usual one") {
    const ScreenSize told{476, 268};
    const auto size = [](DisplaySettings settings, int w, int h, std::optional<ScreenSize> monitor) {
        const auto result = pixel_size(settings, w, h, monitor);
        REQUIRE(result.ok());
        return *result;
    };
    CHECK(size({527.0, {}, {}}, 1920, 1080, told) == Approx(0.2745).margin(1e-4));
    CHECK(size({{}, 27.0, {}}, 1920, 1080, told) == Approx(0.3113).margin(1e-4));
    CHECK(size({{}, {}, 0.3}, 1920, 1080, told) == Approx(0.3));
    CHECK(size({}, 1920, 1080, told) == Approx(0.2479).margin(1e-4));
    CHECK(size({}, 1080, 1920, told) == Approx(0.2481).margin(1e-4)); // turned by the installer
    CHECK(size({}, 1920, 1080, {}) == Approx(0.248));
}

TEST_CASE("a size in the wrong unit is refused with what it would make") {
    CHECK(pixel_size({47.6, {}, {}}, 1920, 1080, {}).error().detail ==
          "display.width_mm: makes a screen of 2 inches; 12 to 55 are taken");
    CHECK(pixel_size({{}, 546.0, {}}, 1920, 1080, {}).error().detail ==
          "display.diagonal: makes a screen of 546 inches; 12 to 55 are taken");
    for (const double inches : {15.0, 21.5, 27.0, 32.0})
        CHECK(pixel_size({{}, inches, {}}, 1080, 1920, {}).ok());
}
