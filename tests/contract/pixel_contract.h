// The part of the page contract that is about what is really on the screen: whether words can be told from
// what is behind them, measured in the rendered picture.
#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/draw_frame.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/ui.h"
#include "tests/fakes/stage_picture.h"

namespace vakant {

/// The contrast between what most of the rectangle is and the two hundredth part of it that differs most:
/// the inside of its letters.
double contrast_within(const StagePicture& picture, const Rect& rect);
/// Between what lies outside the rectangle's left and right edges and the edges themselves, or what they
/// enclose: the lesser of the two.
double contrast_at_edge(const StagePicture& picture, const Rect& rect);

/// One line for each text in view, whatever widget it stands in, that has less contrast than the theme
/// promises (7:1 in the light theme, 20:1 in high contrast, 7:1 to 8:1 in the dark one), and for everything
/// that can be pressed whose edge has less than 3:1.
std::vector<std::string> contrast_breaches(const DrawFrame& frame, const SemanticTree& tree, Theme theme);

/// Of a node that has the focus: neither half of its ring has 3:1 to what it stands on, or to the control's
/// edge or filling.
std::vector<std::string> ring_breaches(const StagePicture& picture, const SemanticNode& node,
                                       const Palette& palette, float mm_per_px);

} // namespace vakant
