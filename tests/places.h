// Where the sources and the built programs lie. As functions and not as macros, so that a test file compiles
// to the same bytes in every clone and a compiler cache finds it again.
#pragma once

#include <string>

namespace vakant {

std::string source_dir();
std::string bin_dir();

} // namespace vakant
