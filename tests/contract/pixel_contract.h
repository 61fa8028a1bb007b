// The part of the page contract that is about what is really on the screen: whether words can be told from
// what is behind them, measured in the rendered picture.
#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/ui.h"
#include "tests/fakes/stage_picture.h"

namespace vakant {

/// The contrast between what most of the rectangle is and what differs from it most, in at least some pixels.
double contrast_within(const StagePicture& picture, const Rect& rect);

/// One line for each text, heading, notice and control whose words have less contrast than the theme
/// promises: 7:1 in the light theme, 20:1 in high contrast, 7:1 to 8:1 in the dark one.
std::vector<std::string> contrast_breaches(const StagePicture& picture, const SemanticTree& tree,
                                           Theme theme);

} // namespace vakant
