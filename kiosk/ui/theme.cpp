#include "kiosk/ui/theme.h"

#include <iterator>

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
    .control_border = design::border,
};

constexpr Palette high_contrast = {
    .background = hex(0x000000),
    .surface = hex(0x000000),
    .surface_2 = hex(0x000000),
    .ink = hex(0xFFFFFF),
    .ink_2 = hex(0xFFFFFF),
    .primary = hex(0xFFFF99),
    .on_primary = hex(0x000000),
    .primary_tile = hex(0xFFFF99),
    .soft = hex(0x000000),
    .on_soft = hex(0xFFFF99),
    .pressed = hex(0xFFFFFF),
    .on_pressed = hex(0x000000),
    .border = hex(0xFFFFFF),
    .hairline = hex(0xFFFFFF),
    .selected = hex(0xFFFFFF),
    .on_selected = hex(0x000000),
    .ok = hex(0x00E5FF),
    .ok_surface = hex(0x000000),
    .warning = hex(0xFFFF99),
    .warning_surface = hex(0x000000),
    .error = hex(0xFFFF99),
    .error_surface = hex(0x000000),
    .ring_outer = hex(0x00E5FF),
    .ring_inner = hex(0x000000),
    .caret_surface = hex(0x000A0C),
    .shadow_alpha = 0,
    .card_border = design::marked_border,
    .control_border = 0.74f,
    .ring_inner_width = design::ring_gap,
    .ring_outer_width = design::ring_beyond_gap,
};

// Little light comes from it: no text is brighter than eight to one, none darker than seven, and surfaces
// differ by their edges.
constexpr Palette dark = {
    .background = hex(0x12181D),
    .surface = hex(0x161D23),
    .surface_2 = hex(0x181E24),
    .ink = hex(0xB0ACA5),
    .ink_2 = hex(0xA1ACB3),
    .primary = hex(0x75B4AC),
    .on_primary = hex(0x12181D),
    .primary_tile = hex(0x80B9B2),
    .soft = hex(0x12211F),
    .on_soft = hex(0x77B6AE),
    .pressed = hex(0x75B4AC),
    .on_pressed = hex(0x12181D),
    .border = hex(0x77838C),
    .hairline = hex(0x2C3B47),
    .selected = hex(0xB0ACA5),
    .on_selected = hex(0x12181D),
    .ok = hex(0x77B78D),
    .ok_surface = hex(0x11211A),
    .warning = hex(0xC3A56B),
    .warning_surface = hex(0x221D0E),
    .error = hex(0xD79A92),
    .error_surface = hex(0x281A19),
    .ring_outer = hex(0xC3A56B),
    .ring_inner = hex(0x12181D),
    .caret_surface = hex(0x221D0E),
    .shadow_alpha = 0,
    .card_border = design::border,
    .control_border = design::border,
    .ring_inner_width = design::ring_gap,
    .ring_outer_width = design::ring_beyond_gap,
};

} // namespace

const TypeToken& token_of(TypeRole role) {
    using enum Weight;
    constexpr float large_grows = 0.45f;
    static constexpr TypeToken tokens[] = {
        {15.14f, 11.54f, bold, 1.18f, large_grows}, // welcome
        {10.82f, 9.38f, bold, 1.18f, large_grows},  // h1
        {7.93f, 7.21f, bold, 1.22f, large_grows},   // h2
        {7.93f, 7.21f, semibold, 1.24f, 0.75f},     // card_title
        {5.77f, 5.77f},                             // body
        {5.77f, 5.77f, semibold},                   // strong
        {5.77f, 5.77f, semibold, 1.2f},             // button
        {5.05f, 5.05f},                             // small
        {7.21f, 7.21f},                             // large
        {17.31f, 17.31f, bold, 1.1f, large_grows},  // number
        {5.05f, 5.05f, semibold, 1.2f},             // chip
        {7.57f, 7.57f, bold, 1.2f, large_grows},    // brand
        {6.85f, 6.85f, semibold, 1.2f, 0.6f, 1},    // key
    };
    static_assert(std::size(tokens) == static_cast<std::size_t>(TypeRole::key) + 1);
    return tokens[static_cast<std::size_t>(role)];
}

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

Palette palette_of(Theme theme, const BrandColours& colours) {
    Palette palette = palette_of(theme);
    if (theme != Theme::light || colours == BrandColours{}) return palette;
    palette.background = colours.background;
    palette.primary = palette.on_soft = colours.primary;
    palette.primary_tile = primary_tile_of(colours);
    palette.pressed = pressed_of(colours);
    palette.soft = colours.soft;
    palette.surface_2 = mixed(colours.background, palette.ink, 14);
    return palette;
}

} // namespace vakant
