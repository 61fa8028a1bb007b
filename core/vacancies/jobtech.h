// One element of a JobTech feed. Only for import.cpp; everybody else calls import_jobtech.
#pragma once

#include <optional>
#include <string>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// A live ad; refused with the field and what is wrong with it.
Result<Vacancy> vacancy_from_jobtech(const Json& ad);

/// Its id as text, also where the feed wrote a number; "" where it has none.
std::string jobtech_id_of(const Json& ad);

/// For an element where that is "": missing, or what stands there instead.
std::string why_no_jobtech_id(const Json& ad);

/// When a removal says that it happened.
Result<std::optional<UtcMs>> jobtech_removed_at(const Json& ad);

} // namespace vakant
