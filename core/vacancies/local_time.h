// Times as feeds and authors write them: local, without an offset, often only a day.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace vakant {

/// The moment that `text` names on the clocks of `zone`; an offset written in it wins.
Result<UtcMs> local_moment(std::string_view text, std::string_view zone);

/// The same as an end that counts inclusively: where no time of day was meant (a bare date, 00:00:00 or
/// 23:59[:59]), the last millisecond of that local day.
Result<UtcMs> local_end(std::string_view text, std::string_view zone);

/// The first and the last millisecond of the local day `days` after the one in which `from` lies.
UtcMs local_day_begin(UtcMs from, int days, std::string_view zone);
UtcMs local_day_end(UtcMs from, int days, std::string_view zone);

} // namespace vakant
