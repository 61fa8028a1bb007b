// What one frame draws: the seam between kiosk/ui, which makes it, and the renderers (kiosk/raster,
// kiosk/shell).
#pragma once

#include <vector>

#include "kiosk/semantics/semantic_tree.h"

struct ImDrawList;

namespace vakant {

/// Lists are drawn in order, later over earlier. They belong to kiosk/ui and live until its next frame
/// begins. Positions are pixels from the top left corner of the window; every ImTextureID is a `const
/// Texture*` and never null.
struct DrawFrame {
    std::vector<const ImDrawList*> lists;
    int width = 0; ///< of the window, in pixels
    int height = 0;
    /// Where words stand that are in view, for tests that measure how well they can be read: the box of each
    /// text's letters.
    std::vector<Rect> texts;
};

} // namespace vakant
