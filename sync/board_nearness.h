// How far from the kiosk a row of the board is, for ordering. sync's search alone uses it.
#pragma once

#include <string>
#include <vector>

#include "sync/board_index.h"

namespace vakant {

/// Rows of the kiosk's own municipality come first, then by distance. A row of its region that has no
/// coordinates counts as an hour's drive away; what has no known place comes last.
class BoardNearness {
public:
    BoardNearness(const BoardIndex& board, const StandsAt& near);
    /// In kilometres, for comparing.
    double of(BoardIndex::RowNumber row) const;

private:
    bool holds(const BoardIndex::Row& row, const std::vector<bool>& places) const;
    void find_the_middle();

    const BoardIndex& board_;
    std::optional<GeoPoint> point_;
    std::vector<bool> here_, region_; ///< of place_facts(): the municipality, the regions that it lies in
};

} // namespace vakant
