// Pages as pictures: comparing what is drawn with what was looked at and found good, and laying many side by
// side. Pictures are taken at half the usual density (960 x 540 for a landscape page), so that they stay
// small enough to keep and large enough to read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/picture/picture.h"
#include "tests/contract/walks.h"

namespace vakant {

inline constexpr int most_difference = 2; ///< of 255, in any channel of any pixel

struct PictureDifference {
    std::size_t pixels = 0; ///< that differ by more than most_difference
    int most = 0;           ///< in one channel
    bool other_size = false;
    bool any() const { return pixels > 0 || other_size; }
};
PictureDifference difference(const Pixels& before, const Pixels& after);
/// The second picture, paled, with what differs in red.
Pixels marked_difference(const Pixels& before, const Pixels& after);

/// What decides over single pixels beside the program: libraries and font files. One line each.
std::string drawn_with();

/// The same look at half the density.
Look halved(Look look);

/// One page with all pictures that lie in folders beside it: a row for each state, a column for each look.
std::string gallery_page(const std::vector<std::string>& looks, const std::vector<std::string>& states);

} // namespace vakant
