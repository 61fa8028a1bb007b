#include "kiosk/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

constexpr Palette light = {
    .background = hex(0xF4F1EA),
    .surface = hex(0xFFFFFF),
    .surface_2 = hex(0xEAE5DA),
    .ink = hex(0x14212B),
    .ink_2 = hex(0x2C3944),
    .primary = hex(0x084A46),
    .on_primary = hex(0xFFFFFF),
    .primary_tile = hex(0x2C6561),
    .soft = hex(0xD9ECE8),
    .on_soft = hex(0x084A46),
    .pressed = hex(0x06413D),
    .on_pressed = hex(0xFFFFFF),
    .border = hex(0x66737D),
    .hairline = hex(0xE0DBD0),
    .selected = hex(0x14212B),
    .on_selected = hex(0xFFFFFF),
    .ok = hex(0x12532B),
    .ok_surface = hex(0xE2F1E5),
    .warning = hex(0x6E3A00),
    .warning_surface = hex(0xFFF1D6),
    .error = hex(0x8C1616),
    .error_surface = hex(0xFBE7E5),
    .ring_outer = hex(0x14212B),
    .ring_inner = hex(0xFFC83D),
    .caret_surface = hex(0xFFE7A8),
    .shadow_alpha = 62,
    .card_border = 0,
    .control_border = 2,
};

constexpr Palette high_contrast = {
    .background = hex(0x000000),
    .surface = hex(0x000000),
    .surface_2 = hex(0x000000),
    .ink = hex(0xFFFFFF),
    .ink_2 = hex(0xFFFFFF),
    .primary = hex(0xFFE600),
    .on_primary = hex(0x000000),
    .primary_tile = hex(0xFFE600),
    .soft = hex(0x000000),
    .on_soft = hex(0xFFE600),
    .pressed = hex(0xFFFFFF),
    .on_pressed = hex(0x000000),
    .border = hex(0xFFFFFF),
    .hairline = hex(0xFFFFFF),
    .selected = hex(0xFFFFFF),
    .on_selected = hex(0x000000),
    .ok = hex(0x00E5FF),
    .ok_surface = hex(0x000000),
    .warning = hex(0xFFE600),
    .warning_surface = hex(0x000000),
    .error = hex(0xFFE600),
    .error_surface = hex(0x000000),
    .ring_outer = hex(0xFFFFFF),
    .ring_inner = hex(0x00E5FF),
    .caret_surface = hex(0x004A55),
    .shadow_alpha = 0,
    .card_border = 4,
    .control_border = 3,
};

constexpr Palette dark = {
    .background = hex(0x101820),
    .surface = hex(0x18242E),
    .surface_2 = hex(0x22313D),
    .ink = hex(0xF4F1EA),
    .ink_2 = hex(0xC5CED6),
    .primary = hex(0x7FD1C7),
    .on_primary = hex(0x101820),
    .primary_tile = hex(0x9CDDD5),
    .soft = hex(0x17393A),
    .on_soft = hex(0x7FD1C7),
    .pressed = hex(0xA6E0D9),
    .on_pressed = hex(0x101820),
    .border = hex(0x8A99A5),
    .hairline = hex(0x2C3B47),
    .selected = hex(0xF4F1EA),
    .on_selected = hex(0x101820),
    .ok = hex(0x9BE0B0),
    .ok_surface = hex(0x14301F),
    .warning = hex(0xFFD68A),
    .warning_surface = hex(0x38290C),
    .error = hex(0xFFB9B0),
    .error_surface = hex(0x401A1A),
    .ring_outer = hex(0xF4F1EA),
    .ring_inner = hex(0xE0A100),
    .caret_surface = hex(0x4A3B10),
    .shadow_alpha = 0,
    .card_border = 2,
    .control_border = 2,
};

double linear(std::uint8_t channel) {
    const double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

} // namespace

const Palette& palette_of(Theme theme) {
    switch (theme) {
    case Theme::light:
        return light;
    case Theme::high_contrast:
        return high_contrast;
    case Theme::dark:
        return dark;
    }
    return light;
}

double contrast(Colour a, Colour b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace vakant
