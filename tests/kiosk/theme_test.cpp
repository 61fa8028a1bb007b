#include <algorithm>
#include <catch2/catch.hpp>

#include "kiosk/ui/theme.h"

using namespace vakant;

namespace {

struct Pair {
    const char* name;
    Colour ink, ground;
};

std::vector<Pair> texts(const Palette& p) {
    return {
        {"ink on background", p.ink, p.background},
        {"ink on surface", p.ink, p.surface},
        {"ink on surface 2", p.ink, p.surface_2},
        {"ink on soft", p.ink, p.soft},
        {"ink 2 on background", p.ink_2, p.background},
        {"ink 2 on surface", p.ink_2, p.surface},
        {"ink 2 on surface 2", p.ink_2, p.surface_2},
        {"ink 2 on soft", p.ink_2, p.soft},
        {"text on primary", p.on_primary, p.primary},
        {"primary on background", p.primary, p.background},
        {"primary on surface", p.primary, p.surface},
        {"text on soft", p.on_soft, p.soft},
        {"text on pressed", p.on_pressed, p.pressed},
        {"text on selected", p.on_selected, p.selected},
        {"ink on ok", p.ink, p.ok_surface},
        {"ink on warning", p.ink, p.warning_surface},
        {"ink on error", p.ink, p.error_surface},
        {"warning on its surface", p.warning, p.warning_surface},
        {"error on background", p.error, p.background},
        {"error on surface", p.error, p.surface},
        {"ink on the next letter", p.ink, p.caret_surface},
    };
}

std::vector<Pair> edges(const Palette& p) {
    return {
        {"border on background", p.border, p.background},
        {"border on surface", p.border, p.surface},
        {"border on surface 2", p.border, p.surface_2},
        {"chosen edge on background", p.on_soft, p.background},
        {"error edge on surface", p.error, p.surface},
        {"ring on background", p.ring_outer, p.background},
        {"ring on surface", p.ring_outer, p.surface},
        {"primary button on background", p.primary, p.background},
        {"icon on its primary tile", p.on_primary, p.primary_tile},
    };
}

/// Marks and edges that carry a meaning.
std::vector<Pair> accents(const Palette& p) {
    return {
        {"ok mark", p.ok, p.ok_surface},
        {"ok mark on surface", p.ok, p.surface},
        {"warning mark", p.warning, p.warning_surface},
        {"error mark", p.error, p.error_surface},
        {"ring",
         contrast(p.ring_inner, p.background) > contrast(p.ring_outer, p.background) ? p.ring_inner
                                                                                     : p.ring_outer,
         p.background},
        {"icon on soft", p.on_soft, p.soft},
        {"primary on background", p.primary, p.background},
    };
}

void check_all(const std::vector<Pair>& pairs, double least, double most = 21.01) {
    for (const Pair& pair : pairs) {
        INFO(pair.name << ": " << to_text(pair.ink) << " on " << to_text(pair.ground));
        CHECK(contrast(pair.ink, pair.ground) >= least);
        CHECK(contrast(pair.ink, pair.ground) <= most);
    }
}

} // namespace

TEST_CASE("accessibility 15: every edge can be seen in every theme") {
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        INFO(static_cast<int>(theme));
        check_all(edges(palette_of(theme)), 3);
    }
}

TEST_CASE("accessibility 14: the light theme's text has seven to one, and ten where it informs") {
    const Palette& light = palette_of(Theme::light);
    check_all(texts(light), 7);
    check_all({{"ink", light.ink, light.background},
               {"ink on surface", light.ink, light.surface},
               {"ink on surface 2", light.ink, light.surface_2},
               {"ink 2", light.ink_2, light.background},
               {"ink 2 on surface", light.ink_2, light.surface}},
              10);
}

TEST_CASE(
    "accessibility 16: high contrast has twenty to one for every text and seven to one for every accent") {
    const Palette& high = palette_of(Theme::high_contrast);
    check_all(texts(high), 20);
    check_all(accents(high), 7);
}

TEST_CASE("accessibility 16: the dark theme does not glare: every text lies between seven and eight to one") {
    check_all(texts(palette_of(Theme::dark)), 7.0, 8.0);
    check_all(accents(palette_of(Theme::dark)), 3);
}

TEST_CASE("the focus ring stands out from whatever lies around it and from every control") {
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        const Palette& p = palette_of(theme);
        for (const Colour around : {p.background, p.surface, p.surface_2, p.border, p.primary, p.selected,
                                    p.soft, p.on_soft, p.error, p.pressed}) {
            const double best = std::max(contrast(p.ring_outer, around), contrast(p.ring_inner, around));
            INFO(static_cast<int>(theme));
            CHECK(best >= 3);
        }
    }
}

TEST_CASE("an agency's colours change the light theme, keep its rules and leave the aids alone") {
    const BrandColours plum{hex(0x5B1F4D), hex(0xF1E3EE), hex(0xF6F2F5)};
    REQUIRE(contrast_misses(plum).empty());
    const Palette branded = palette_of(Theme::light, plum);
    CHECK(branded.primary == plum.primary);
    CHECK(branded.background == plum.background);
    check_all(texts(branded), 7);
    check_all(edges(branded), 3);
    CHECK(palette_of(Theme::high_contrast, plum).primary == palette_of(Theme::high_contrast).primary);
    CHECK(palette_of(Theme::dark, plum).background == palette_of(Theme::dark).background);
}
