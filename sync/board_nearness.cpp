#include "sync/board_nearness.h"

#include <cmath>

#include "core/text/text.h"

namespace vakant {
namespace {

constexpr double nowhere = 1e6;    ///< further than anything on Earth
constexpr double same_region = 60; ///< as people travel

double kilometres(const GeoPoint& from, double latitude, double longitude) {
    constexpr double radian = 3.14159265358979 / 180, a_degree = 111.2;
    const double north = (latitude - from.latitude) * a_degree;
    const double east = (longitude - from.longitude) * a_degree * std::cos(from.latitude * radian);
    return std::sqrt(north * north + east * east);
}

} // namespace

BoardNearness::BoardNearness(const BoardIndex& board, const StandsAt& near)
    : board_(board), point_(near.point), here_(board.place_facts().size()),
      region_(board.place_facts().size()) {
    if (near.municipality.empty()) return;
    for (const std::size_t place : board.municipalities_named(folded(near.municipality)))
        here_[place] = true;
    for (const BoardIndex::RowNumber number : board.order()) {
        const BoardIndex::Row& row = board.rows()[number];
        // An ad with several places says nothing of which region the municipality lies in.
        if (row.places > 2 || !holds(row, here_)) continue;
        for (std::size_t at = 0; at < row.places; ++at) {
            const std::size_t place = board.place_values()[row.first_place + at];
            if (board.place_facts()[place].facet == Facet::region) region_[place] = true;
        }
    }
    if (!point_) find_the_middle();
}

void BoardNearness::find_the_middle() {
    double latitude = 0, longitude = 0;
    int count = 0;
    for (const BoardIndex::RowNumber number : board_.order()) {
        const BoardIndex::Row& row = board_.rows()[number];
        if (row.latitude > 90 || row.places > 2 || !holds(row, here_)) continue;
        latitude += static_cast<double>(row.latitude);
        longitude += static_cast<double>(row.longitude);
        ++count;
    }
    if (count > 0) point_ = GeoPoint{latitude / count, longitude / count};
}

bool BoardNearness::holds(const BoardIndex::Row& row, const std::vector<bool>& places) const {
    for (std::size_t at = 0; at < row.places; ++at)
        if (places[board_.place_values()[row.first_place + at]]) return true;
    return false;
}

double BoardNearness::of(BoardIndex::RowNumber number) const {
    const BoardIndex::Row& row = board_.rows()[number];
    if (holds(row, here_)) return -1;
    if (point_ && row.latitude <= 90)
        return kilometres(*point_, static_cast<double>(row.latitude), static_cast<double>(row.longitude));
    return holds(row, region_) ? same_region : nowhere;
}

} // namespace vakant
