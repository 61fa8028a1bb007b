// One Työmarkkinatori ad as the canonical vacancy. Only for import_tmt.cpp.
#pragma once

#include "core/vacancies/import_formats.h"

namespace vakant {

/// As the retrieval interface v1 gives it (../shared contract: "Tyopaikkailmoitus").
Result<Vacancy> vacancy_from_tmt(const Json& ad, const PlaceNames& names);

/// As the testbed of the Finnish employment services gives it ("basicInfo"): no id, few fields.
Result<Vacancy> vacancy_from_tmt_testbed(const Json& ad);

} // namespace vakant
