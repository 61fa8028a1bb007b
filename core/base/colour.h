// Colours as the screen has them, and how well one can be told from another. Used by core/brand (an agency's
// own colours) and kiosk/ui (the themes).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

/// "#084A46", either case. Nothing else.
std::optional<Colour> parse_colour(std::string_view text);
/// "#084A46"
std::string to_text(Colour colour);

/// `share` of 255 of the way from `a` to `b`.
Colour mixed(Colour a, Colour b, int share);

/// WCAG 2 contrast ratio, 1 to 21 (definitions of "contrast ratio" and "relative luminance").
double contrast(Colour a, Colour b);

} // namespace vakant
