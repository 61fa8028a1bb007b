#include "tests/places.h"

namespace vakant {

std::string source_dir() {
    return VAKANT_SOURCE_DIR;
}

std::string bin_dir() {
    return VAKANT_BIN_DIR;
}

} // namespace vakant
