// Which letters of a passage were typed right so far: the typed text is aligned with the beginning of the
// passage, so that one letter left out does not make all that follow wrong. Pure. Used by the typing panel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vakant {

struct PassageMarks {
    enum class Mark : std::uint8_t { untyped, right, wrong };
    std::vector<Mark> marks; ///< of each byte of the passage
    std::size_t reached = 0; ///< byte offset of the next letter to be typed
    Mark at(std::size_t offset) const { return offset < marks.size() ? marks[offset] : Mark::untyped; }
};

PassageMarks compare_passage(std::string_view presented, std::string_view transcribed);

} // namespace vakant
