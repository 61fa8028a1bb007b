#include "core/base/colour.h"

#include <algorithm>
#include <cmath>

namespace vakant {
namespace {

std::optional<std::uint32_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return std::nullopt;
}

double linear(std::uint8_t channel) {
    const double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

} // namespace

std::optional<Colour> parse_colour(std::string_view text) {
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    std::uint32_t rgb = 0;
    for (const char c : text.substr(1)) {
        const auto digit = hex_digit(c);
        if (!digit) return std::nullopt;
        rgb = rgb << 4 | *digit;
    }
    return hex(rgb);
}

std::string to_text(Colour colour) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "#";
    for (const std::uint8_t channel : {colour.r, colour.g, colour.b}) {
        out += digits[channel >> 4];
        out += digits[channel & 15];
    }
    return out;
}

Colour mixed(Colour a, Colour b, int share) {
    const auto channel = [share](std::uint8_t from, std::uint8_t to) {
        return static_cast<std::uint8_t>((from * (255 - share) + to * share + 127) / 255);
    };
    return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b), a.a};
}

double contrast(Colour a, Colour b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace vakant
