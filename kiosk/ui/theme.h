// Colours and sizes: the design system in one place. Used within kiosk/ui; tests measure its contrasts.
#pragma once

#include "core/base/colour.h"
#include "core/brand/brand.h"
#include "kiosk/ui/ui.h"

namespace vakant {

/// Sizes in millimetres: hands and eyes do not grow with the screen. (Drawn for 0.248 mm a pixel, 21.5
/// inches.)
namespace design {

constexpr float mm_per_px = 0.248f; ///< of the drawing

// What is pressed. VVSG 2.0 asks for 12.7 mm, and 2.54 mm between two.
constexpr float least_target = 12.65f, least_gap = 2.98f;
constexpr float chip_height = 17.86f, tab_height = 19.84f, button_height = 21.82f, choice_height = 21.82f,
                field_height = 21.82f, action_height = 23.81f, key_height = 20.83f;
constexpr float bar_height = 23.81f, bar_height_of_words = 19.84f;
constexpr float card_height = 29.76f, answer_height = 55.55f, tight_answer_height = 37.2f,
                tallest_answer = 74.4f; ///< answers: large cards with pictures, of which there are few
constexpr float scroll_width = 17.86f, scroll_height = 32.74f;
constexpr float least_button_width = 59.52f;

// Around and between.
constexpr float page_margin = 23.81f, least_page_margin = 16.37f, page_top = 3.47f, page_end = 7.44f;
constexpr float card_gap = 8.93f, column_gap = 11.9f, action_gap = 5.95f, bar_gap = 3.97f, choice_gap = 3.97f,
                tab_gap = 3.47f;

// Widths. Where less is left than the narrowest, things stand one under the other.
constexpr float narrowest_card = 124, narrowest_column = 94.24f, narrow_screen = 347.2f, low_screen = 223.2f;
constexpr float widest_field = 272.8f, widest_notice = 347.2f, dialog_width = 267.84f,
                keyboard_width = 441.44f, pad_width = 218.24f;

// Corners and lines.
constexpr float card_radius = 6.94f, button_radius = 5.46f, field_radius = 4.46f, chip_radius = 8.93f,
                key_radius = 3.47f, tile_radius = 5.95f, badge_radius = 2.98f;
constexpr float border = 0.5f, marked_border = 0.99f;   ///< marked: chosen, active, wrong
constexpr float ring_inner = 1.49f, ring_outer = 1.24f; ///< its two halves, yellow and dark
constexpr float ring_gap = 0.74f,
                ring_beyond_gap = 1.98f;            ///< where controls are bright: a dark gap parts them
constexpr float tile = 29.76f, small_tile = 20.83f; ///< behind the picture of a card
constexpr float shadow_drop = 1.98f, shadow_blur = 4.96f, pressed_by = 0.74f;

constexpr float cap_of_em = 0.727f; ///< how high Inter's capitals are

} // namespace design

enum class TypeRole {
    welcome,
    h1,
    h2,
    card_title,
    body,
    strong,
    button,
    small,
    large,
    number,
    chip,
    brand,
    key
};
struct TypeToken {
    float cap = 0; ///< height of a capital at the usual size, in millimetres
    float cap_where_narrow = 0;
    Weight weight = Weight::regular;
    float line = 0;        ///< baseline to baseline, in ems; 0: the engine's
    float growth = 1;      ///< share in larger texts: what is large already grows less
    float least_scale = 0; ///< smaller texts do not make it smaller than so
};
const TypeToken& token_of(TypeRole role);

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
    float card_border = 0;         ///< in millimetres
    float control_border = design::border;
    float ring_inner_width = design::ring_inner, ring_outer_width = design::ring_outer;
};
const Palette& palette_of(Theme theme);
/// The light theme in an agency's colours, which keep the contrast rules of core/brand; the others are
/// nobody's.
Palette palette_of(Theme theme, const BrandColours& colours);

} // namespace vakant
