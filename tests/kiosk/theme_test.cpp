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
        {"ok on its surface", p.ok, p.ok_surface},
        {"ok on surface", p.ok, p.surface},
        {"warning on its surface", p.warning, p.warning_surface},
        {"error on its surface", p.error, p.error_surface},
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

} // namespace

TEST_CASE("contrast is that of WCAG 2") {
    CHECK(contrast(hex(0x000000), hex(0xFFFFFF)) == Approx(21));
    CHECK(contrast(hex(0x777777), hex(0xFFFFFF)) == Approx(4.48).margin(0.01));
    CHECK(contrast(hex(0x66737D), hex(0xF4F1EA)) == Approx(4.3).margin(0.05));
}

TEST_CASE("every text can be read and every edge can be seen in every theme") {
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        const Palette& palette = palette_of(theme);
        for (const Pair& pair : texts(palette)) {
            INFO(static_cast<int>(theme) << ": " << pair.name);
            CHECK(contrast(pair.ink, pair.ground) >= 4.5);
        }
        for (const Pair& pair : edges(palette)) {
            INFO(static_cast<int>(theme) << ": " << pair.name);
            CHECK(contrast(pair.ink, pair.ground) >= 3);
        }
    }
}

TEST_CASE("the focus ring stands out from whatever lies around it") {
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        const Palette& p = palette_of(theme);
        for (const Colour around : {p.background, p.surface, p.surface_2}) {
            const double best = std::max(contrast(p.ring_outer, around), contrast(p.ring_inner, around));
            INFO(static_cast<int>(theme));
            CHECK(best >= 3);
        }
    }
}

TEST_CASE("what informs has ten to one in the usual theme and nearly all there is in high contrast") {
    const Palette& light = palette_of(Theme::light);
    for (const Colour ground : {light.background, light.surface, light.surface_2})
        CHECK(contrast(light.ink, ground) >= 10);
    CHECK(contrast(light.ink_2, light.background) >= 10);
    CHECK(contrast(light.ink_2, light.surface) >= 10);
    const Palette& high = palette_of(Theme::high_contrast);
    CHECK(contrast(high.ink, high.background) >= 20);
}
