// Colours and sizes: the design system in one place. Used within kiosk/ui; tests measure its contrasts.
#pragma once

#include "core/base/colour.h"
#include "core/brand/brand.h"
#include "kiosk/ui/ui.h"

namespace vakant {

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
/// The light theme in an agency's colours, which keep the contrast rules of core/brand; the others are
/// nobody's.
Palette palette_of(Theme theme, const BrandColours& colours);

} // namespace vakant
