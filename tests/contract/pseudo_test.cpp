// The language that nobody speaks: a third longer than English, with accents (core/strings/pseudo.h). What
// clips in a long language clips here first.
#include "core/strings/pseudo.h"

#include "tests/contract/page_contract.h"
#include "tests/contract/walks.h"

using namespace vakant;

namespace {

void hold(float text_scale, Theme theme, float width_px, float height_px) {
    Look look;
    look.language = pseudo_language;
    look.text_scale = text_scale;
    look.theme = theme;
    look.width_px = width_px;
    look.height_px = height_px;
    walk_all(look, [&](const std::string& state, KioskStage& stage) {
        for (const std::string& breach :
             breaches(stage.app->tree(), {width_px, height_px, look.mm_per_px, Direction::left_to_right}))
            FAIL_CHECK(name_of(look) << " on " << state << ": " << breach);
    });
}

} // namespace

TEST_CASE("accessibility 19: every page has room for a language that is a third longer") {
    hold(1, Theme::light, 1920, 1080);
    hold(1.75f, Theme::high_contrast, 1920, 1080);
    hold(1.33f, Theme::dark, 1080, 1920);
    hold(1.75f, Theme::light, 1080, 1920);
}
