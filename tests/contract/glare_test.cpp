// What is bright by its nature, in the theme that is there so that nothing glares.
#include <algorithm>

#include "kiosk/ui/theme.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/fakes/stage_picture.h"

using namespace vakant;

namespace {

struct Brightness {
    double most = 1, least = 21; ///< contrast to black
};

/// Of the square code that leads to how an employer wants to be applied to.
Brightness code_in(Theme theme) {
    KioskStage stage;
    stage.settings.ui.theme = theme;
    std::swap(stage.settings.ui.width_px, stage.settings.ui.height_px); // all of it is seen
    stage.workers.vacancies = {demo_vacancy("other1", "Siivooja", false)};
    stage.start();
    stage.press("browse");
    stage.press("others");
    stage.press("vacancy.other1");
    REQUIRE(stage.node("elsewhere.code").on_screen);
    const Rect code = stage.node("elsewhere.code").rect;
    const StagePicture picture(*stage.draw().draw);
    constexpr float corner = 20; // it is rounded
    Brightness out;
    for (int y = static_cast<int>(code.y + corner); y < static_cast<int>(code.bottom() - corner); ++y) {
        for (int x = static_cast<int>(code.x + corner); x < static_cast<int>(code.right() - corner); ++x) {
            const double ratio = contrast(picture.at(x, y), hex(0x000000));
            out.most = std::max(out.most, ratio);
            out.least = std::min(out.least, ratio);
        }
    }
    return out;
}

} // namespace

TEST_CASE("accessibility 16: a code to take along is no brighter in the dark theme than its words, and can "
          "be read") {
    const double words = contrast(palette_of(Theme::dark).ink, hex(0x000000));
    CHECK(code_in(Theme::dark).most <= words + 0.01);
    for (const Theme theme : {Theme::light, Theme::high_contrast, Theme::dark}) {
        const Brightness code = code_in(theme);
        CHECK(code.most / code.least >= 7);
    }
    CHECK(code_in(Theme::light).most == Approx(21));
}
