// The 2,048 words that people compare at enrolment: common English words of four to six letters, sorted, no
// two with the same first four letters. Their order is part of the protocol. core/envelope alone uses it.
#pragma once

#include <array>
#include <string_view>

namespace vakant {

extern const std::array<std::string_view, 2048> enrolment_word_list;

} // namespace vakant
