// Which combinations of many settings to walk, when all of them are too many: so that every value of every
// setting meets every value of every other one at least once. The same rows every time.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vakant {

using Combination = std::vector<std::size_t>; ///< a value of each factor, counted from 0

/// `values`: how many each factor has.
std::vector<Combination> pairwise(std::span<const std::size_t> values);
std::vector<Combination> every_combination(std::span<const std::size_t> values);
/// How many pairs of values never meet in these rows.
std::size_t pairs_missing(std::span<const std::size_t> values, std::span<const Combination> rows);

} // namespace vakant
