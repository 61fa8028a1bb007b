// How large a pixel of the screen is. Targets and text are sized in millimetres, so this decides whether
// people can hit and read them: the installer measures the screen and says so; what the monitor tells of
// itself is only a default. Used by main.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/base/result.h"

namespace vakant {

/// Of the lit area, as it hangs: portrait where it is higher than wide.
struct ScreenSize {
    double width_mm = 0, height_mm = 0;
    bool operator==(const ScreenSize&) const = default;
};

/// From a monitor's EDID: the first detailed timing (bytes 66 to 68, millimetres), else bytes 21 and 22
/// (centimetres). None where it is damaged, tells no size (projectors), or tells one that no kiosk's screen
/// has (10 to 60 inches).
std::optional<ScreenSize> size_in_edid(std::span<const std::uint8_t> edid);

/// Millimetres a pixel, for what the settings say: the width of the lit area, or its diagonal in inches, or
/// neither (then by `told`, the monitor's own word, else 0.248: 21.5 inches at 1920x1080).
struct DisplaySettings {
    std::optional<double> width_mm, diagonal_in, mm_per_px;
};
/// Refused where a screen is smaller than 12 or larger than 55 inches: a figure in the wrong unit.
Result<double> pixel_size(const DisplaySettings& settings, int width_px, int height_px,
                          const std::optional<ScreenSize>& told);

} // namespace vakant
