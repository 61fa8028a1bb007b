// Knowing the same job again where it is advertised in several channels. Called by agency/vacancies.
#pragma once

#include <string>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// Equal for ads of the same title (letters and digits alone count), employer's organisation number,
/// municipality and day of the deadline; "" where title, number or place is not known: then nothing is the
/// same as it.
std::string twin_key_of(const Vacancy& vacancy);

} // namespace vakant
