#include "core/brand/brand.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vakant {
namespace {

constexpr std::size_t largest_logo = 256u << 10;
constexpr std::size_t longest_name = 60, longest_greeting = 200;
constexpr double text_least = 7, informing_least = 10, edge_least = 3;

std::string ratio_text(double ratio) {
    char text[32];
    // Rounded down: 6.96 is not 7.0.
    std::snprintf(text, sizeof text, "%.1f:1", std::floor(ratio * 10) / 10);
    return text;
}

Result<Colour> colour_at(const Json& colours, std::string_view name, Colour other) {
    const Json* value = colours.find(name);
    if (value == nullptr) return other;
    const auto colour = parse_colour(value->text());
    if (!value->is_string() || !colour)
        return invalid_input("colours." + std::string(name) + ": must be a colour as #RRGGBB");
    return *colour;
}

Result<BrandColours> parse_colours(const Json& json) {
    BrandColours colours;
    const Json* given = json.find("colours");
    if (given == nullptr) return colours;
    if (!given->is_object()) return invalid_input("colours: must be an object");
    VAKANT_TRY(primary, colour_at(*given, "primary", colours.primary));
    VAKANT_TRY(soft, colour_at(*given, "soft", colours.soft));
    VAKANT_TRY(background, colour_at(*given, "background", colours.background));
    colours = {primary, soft, background};
    std::string misses;
    for (const ContrastMiss& miss : contrast_misses(colours))
        misses += (misses.empty() ? "" : "; ") + to_text(miss);
    if (!misses.empty()) return refused("colours: " + misses);
    return colours;
}

Result<std::map<std::string, std::string>> parse_greetings(const Json& json) {
    std::map<std::string, std::string> greetings;
    const Json* given = json.find("greeting");
    if (given == nullptr) return greetings;
    if (!given->is_object()) return invalid_input("greeting: must be an object of texts by language");
    for (const auto& [language, text] : given->members()) {
        if (!text.is_string() || text.text().empty() || text.text().size() > longest_greeting)
            return invalid_input("greeting." + language + ": must be a text of 1 to " +
                                 std::to_string(longest_greeting) + " bytes");
        greetings[language] = text.text();
    }
    return greetings;
}

Result<Logo> parse_logo(const Json& json) {
    Logo logo;
    const Json* given = json.find("logo");
    if (given == nullptr || given->is_null()) return logo;
    const std::string_view type = (*given)["type"].text();
    if (type != "image/svg+xml" && type != "image/png")
        return invalid_input("logo.type: must be image/svg+xml or image/png");
    logo.format = type == "image/png" ? Logo::Format::png : Logo::Format::svg;
    auto bytes = from_base64url((*given)["data"].text());
    if (!bytes.ok()) return at("logo.data", bytes.error());
    if (bytes->empty()) return invalid_input("logo.data: is empty");
    if (bytes->size() > largest_logo)
        return invalid_input("logo.data: has " + std::to_string(bytes->size()) + " bytes, at most " +
                             std::to_string(largest_logo) + " are taken");
    logo.bytes = std::move(*bytes);
    return logo;
}

} // namespace

Colour primary_tile_of(const BrandColours& colours) {
    return mixed(colours.primary, hex(0xFFFFFF), 37);
}

Colour pressed_of(const BrandColours& colours) {
    return mixed(colours.primary, hex(0x000000), 32);
}

std::vector<ContrastMiss> contrast_misses(const BrandColours& c) {
    const Colour white = hex(0xFFFFFF);
    const ContrastMiss pairs[] = {
        {"white on primary", white, c.primary, 0, text_least},
        {"primary on background", c.primary, c.background, 0, text_least},
        {"primary on soft", c.primary, c.soft, 0, text_least},
        {"text on background", brand_ink, c.background, 0, informing_least},
        {"secondary text on background", brand_ink_2, c.background, 0, informing_least},
        {"text on soft", brand_ink, c.soft, 0, informing_least},
        {"secondary text on soft", brand_ink_2, c.soft, 0, text_least},
        {"border on background", brand_border, c.background, 0, edge_least},
        {"border on soft", brand_border, c.soft, 0, edge_least},
        {"white icon on primary's tile", white, primary_tile_of(c), 0, edge_least},
    };
    std::vector<ContrastMiss> misses;
    for (ContrastMiss pair : pairs) {
        pair.ratio = contrast(pair.front, pair.ground);
        if (pair.ratio < pair.least) misses.push_back(std::move(pair));
    }
    return misses;
}

std::string to_text(const ContrastMiss& miss) {
    return miss.what + " (" + to_text(miss.front) + " on " + to_text(miss.ground) +
           "): " + ratio_text(miss.ratio) + ", at least " + ratio_text(miss.least) + " is needed";
}

Result<Brand> parse_brand(const Json& json) {
    if (!json.is_object()) return invalid_input("a brand must be an object");
    Brand brand;
    VAKANT_TRY(name, json.require_text("name"));
    if (name.empty() || name.size() > longest_name)
        return invalid_input("name: must have 1 to " + std::to_string(longest_name) + " bytes");
    VAKANT_TRY(greetings, parse_greetings(json));
    VAKANT_TRY(colours, parse_colours(json));
    VAKANT_TRY(logo, parse_logo(json));
    brand = {std::move(name), std::move(greetings), colours, std::move(logo)};
    return brand;
}

} // namespace vakant
