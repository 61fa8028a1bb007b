// Regions of Finland, Sweden and Norway by the codes of their own statistics offices, as public feeds give
// them. Only for the importers of this folder.
#pragma once

#include "core/vacancies/vacancy.h"

namespace vakant {

/// Fills in the region's name where only its code is given, and its code where only its name is, in any of
/// the country's languages or English. What is not known stays as it was given.
void complete_region(Place& place);

} // namespace vakant
