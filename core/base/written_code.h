// Secrets that people carry on paper: groups of five characters, the last of each a check character, so that
// a slip of the pen is found in its group before anything is tried. 32 characters without I, L, O and U; what
// looks alike is read alike. Anybody may use it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace vakant {

/// "7K4DM-Q2XPT-...": 20 bits a group, the rest of the last one filled with zeros.
std::string written_code(ByteView secret);

struct ReadCode {
    Bytes secret;                ///< empty where it could not be read
    std::size_t wrong_group = 0; ///< counted from 1; 0 where every group that is there is right
    bool is_too_short = false;
    bool ok() const { return !secret.empty(); }
};
/// Of `size` bytes. Blanks, dashes and small letters are welcome.
ReadCode read_written_code(std::string_view text, std::size_t size);

} // namespace vakant
