// The sixteen fields of work by which people narrow a board down, and the field of an occupation's code. For
// the importers of this folder, the search's filter and the agency's counts. The names of the fields stand in
// assets/strings under vacancies.field.<word>.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// In the order in which they are offered.
constexpr std::array<std::string_view, 16> occupation_fields{
    "care",     "cleaning", "kitchen",  "sales",       "transport", "construction", "industry", "office",
    "teaching", "services", "security", "engineering", "it",        "farming",      "culture",  "management"};

/// By the first code of ISCO-08, STYRK08 (the same at four digits) or SSYK2012 that belongs to a field; ""
/// where there is none. Labels tell nothing here: they are words in some language.
std::string_view field_of(const std::vector<Occupation>& occupations);

/// Major group 9: work that is learnt on the spot.
bool is_elementary(const Occupation& occupation);

} // namespace vakant
