// How an agency looks on its kiosks: name, greeting, logo and the colours of the light theme. High contrast
// and the dark theme stay as they are for every agency: they are aids, not decoration. Read by kiosk/ui from
// the signed profile, by `vakant brand check` and by the backend before it signs one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/colour.h"
#include "core/json/json.h"

namespace vakant {

/// What the house itself decides and an agency's colours are held against.
inline constexpr Colour brand_ink = hex(0x14212B), brand_ink_2 = hex(0x2C3944), brand_border = hex(0x66737D),
                        brand_surface = hex(0xFFFFFF);

struct BrandColours {
    Colour primary = hex(0x084A46);    ///< the main answer, icons, links; white stands on it
    Colour soft = hex(0xD9ECE8);       ///< behind icons and what is chosen
    Colour background = hex(0xF4F1EA); ///< of the page
    bool operator==(const BrandColours&) const = default;
};
/// A white icon lies on this lighter patch of the primary colour.
Colour primary_tile_of(const BrandColours& colours);
/// The primary colour while a finger is on it.
Colour pressed_of(const BrandColours& colours);

struct Logo {
    enum class Format { svg, png } format = Format::svg;
    Bytes bytes;
    bool operator==(const Logo&) const = default;
};

struct Brand {
    std::string name;
    std::map<std::string, std::string> greetings; ///< by language; where one is missing the house's stands
    BrandColours colours;
    Logo logo; ///< no bytes: none
    bool operator==(const Brand&) const = default;
};

/// A pair of colours that cannot be told apart well enough.
struct ContrastMiss {
    std::string what; ///< "white on primary"
    Colour front, ground;
    double ratio = 0, least = 0;
};
std::vector<ContrastMiss> contrast_misses(const BrandColours& colours);
/// "white on primary (#FFFFFF on #F5A623): 2.1:1, at least 7.0:1 is needed"
std::string to_text(const ContrastMiss& miss);

/// {"name", "greeting": {"fi": ..}, "colours": {"primary", "soft", "background"}, "logo": {"type", "data"}};
/// everything but the name may be missing, and unknown members are left alone. Refused with path and reason:
/// members of another type, colours that are not #RRGGBB, colours that miss the contrast (with each ratio),
/// logos of another type than image/svg+xml and image/png or larger than 256 KiB.
Result<Brand> parse_brand(const Json& json);

} // namespace vakant
