#include "kiosk/shell/display_size.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vakant {
namespace {

constexpr double usual_mm_per_px = 0.248;
constexpr double mm_per_inch = 25.4;
constexpr std::size_t edid_block = 128;
constexpr std::uint8_t edid_header[] = {0, 255, 255, 255, 255, 255, 255, 0};

bool is_plausible(double width_mm, double height_mm, double least_in, double most_in) {
    const double diagonal = std::hypot(width_mm, height_mm) / mm_per_inch;
    return diagonal >= least_in && diagonal <= most_in;
}

} // namespace

std::optional<ScreenSize> size_in_edid(std::span<const std::uint8_t> edid) {
    if (edid.size() < edid_block || !std::equal(std::begin(edid_header), std::end(edid_header), edid.begin()))
        return std::nullopt;
    const unsigned sum = std::accumulate(edid.begin(), edid.begin() + edid_block, 0u);
    if (sum % 256 != 0) return std::nullopt;
    // A descriptor with a pixel clock is a timing; its size is in millimetres.
    const bool is_timing = edid[54] != 0 || edid[55] != 0;
    ScreenSize size{static_cast<double>(edid[66] | (edid[68] >> 4) << 8),
                    static_cast<double>(edid[67] | (edid[68] & 15) << 8)};
    if (!is_timing || size.width_mm == 0 || size.height_mm == 0) size = {edid[21] * 10.0, edid[22] * 10.0};
    if (!is_plausible(size.width_mm, size.height_mm, 10, 60)) return std::nullopt;
    return size;
}

Result<double> pixel_size(const DisplaySettings& settings, int width_px, int height_px,
                          const std::optional<ScreenSize>& told) {
    double size = usual_mm_per_px;
    std::string from;
    if (settings.width_mm) {
        size = *settings.width_mm / width_px;
        from = "display.width_mm";
    } else if (settings.diagonal_in) {
        size = *settings.diagonal_in * mm_per_inch / std::hypot(width_px, height_px);
        from = "display.diagonal";
    } else if (settings.mm_per_px) {
        return *settings.mm_per_px;
    } else if (told) {
        // The monitor does not know that it was turned.
        const bool turned = (told->width_mm > told->height_mm) != (width_px > height_px);
        size = (turned ? told->height_mm : told->width_mm) / width_px;
    }
    if (from.empty() || is_plausible(size * width_px, size * height_px, 12, 55)) return size;
    return invalid_input(
        from + ": makes a screen of " +
        std::to_string(static_cast<int>(std::lround(size * std::hypot(width_px, height_px) / mm_per_inch))) +
        " inches; 12 to 55 are taken");
}

} // namespace vakant
