// Rules of forms: JsonLogic (jsonlogic.com) with three operators of our own, as assets/forms/README.md lists
// them. Total: a rule always comes to an end, whatever the data. Used by this folder and by `vakant logic`.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

/// The value of a rule over data. Values compare and convert as in JavaScript, which is what the rules of
/// others rely on; an empty list counts as false; a number that is none becomes null. Refused after 1,000
/// steps or 1 MB of values made on the way; an unknown operator is refused by its name.
Result<Json> evaluate_logic(const Json& rule, const Json& data);

/// Whether JsonLogic takes the value for true.
bool is_true(const Json& value);

/// What can be seen without data: every operator known, every variable named by a text.
Outcome check_logic(const Json& rule);

/// The first parts of the paths of all variables of the data itself: "jobs" of {"var": "jobs.0.title"}, and
/// not the variables of the elements inside map, filter and their like.
std::set<std::string, std::less<>> names_in_logic(const Json& rule);

/// Days from 1970-01-01; none where `date` does not begin with a calendar date.
std::int64_t days_of(std::string_view date, bool& is_date);

} // namespace vakant
