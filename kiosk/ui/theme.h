// Colours and sizes: the design system in one place. Used within kiosk/ui; tests measure its contrasts.
#pragma once

#include <cstdint>

#include "kiosk/ui/ui.h"

namespace vakant {

struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(const Colour&) const = default;
};
constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
            static_cast<std::uint8_t>(rgb), 255};
}
constexpr Colour with_alpha(Colour colour, int alpha) {
    colour.a = static_cast<std::uint8_t>(alpha);
    return colour;
}

struct Palette {
    Colour background, surface, surface_2; ///< page; cards, bar; bar buttons, fields that are off
    Colour ink, ink_2;                     ///< text; secondary text; both on all three of them
    Colour primary, on_primary;            ///< the main answer; links and icons on background and surface
    Colour primary_tile;                   ///< behind an icon on primary
    Colour soft, on_soft;                  ///< icon tiles, what is selected, hints
    Colour pressed, on_pressed;
    Colour border;                ///< of everything that can be pressed
    Colour hairline;              ///< decoration only
    Colour selected, on_selected; ///< the chosen language
    Colour ok, ok_surface, warning, warning_surface, error, error_surface;
    Colour ring_outer, ring_inner; ///< around what has the focus
    Colour caret_surface;          ///< behind the next letter of the typing test
    int shadow_alpha = 0;          ///< 0: no depth
    float card_border = 0;         ///< design pixels
    float control_border = 2;
};
const Palette& palette_of(Theme theme);

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(Colour a, Colour b);

} // namespace vakant
