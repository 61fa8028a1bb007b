// Every page there is and the states it can be in, reached as a person reaches them. Who walks along decides
// what to do there: hold a page against the contract, compare its picture, put it into the gallery.
#pragma once

#include <functional>
#include <string>

#include "tests/fakes/kiosk_stage.h"

namespace vakant {

/// One way in which somebody may have the kiosk before them.
struct Look {
    std::string language = "fi";
    float text_scale = 1;
    Theme theme = Theme::light;
    float width_px = 1920, height_px = 1080;
    float mm_per_px = 0.248f;
    bool reach = false;       ///< counts in portrait only
    std::string long_brand{}; ///< "": the agency of the demonstration, with its logo
};
/// "fi-175-dark-portrait-27in"
std::string name_of(const Look& look);
/// The stage, before it starts, as somebody has it who has this look.
void put_on(KioskStage& stage, const Look& look);

/// Called in each state, once the page has come to rest; `state` is a name that may stand in a file's.
using Visitor = std::function<void(const std::string& state, KioskStage& stage)>;

void walk_all(const Look& look, const Visitor& visit);

} // namespace vakant
