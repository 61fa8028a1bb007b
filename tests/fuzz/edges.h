// Which edges of the code an input went along. Noted where the build calls for it (preset `fuzz`: GCC's
// -fsanitize-coverage=trace-pc); elsewhere no edge is ever new.
#pragma once

#include <cstddef>

namespace vakant::fuzz {

/// Forgets what was gone along since the last call, and says how much of it no input before had.
std::size_t take_new_edges();
/// From here on all edges are new again.
void forget_edges();

} // namespace vakant::fuzz
