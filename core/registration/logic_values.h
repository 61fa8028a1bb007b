// How JavaScript converts and compares values. Only for logic.cpp.
#pragma once

#include <string>

#include "core/json/json.h"

namespace vakant::logic {

double as_number(const Json& value);      ///< Number(value); NaN where it is none
double leading_number(const Json& value); ///< parseFloat(value)
std::string as_text(const Json& value);   ///< String(value)
Json number_value(double number);         ///< an integer where it is whole; null where it is not finite
bool same(const Json& a, const Json& b);  ///< a === b
bool equal(const Json& a, const Json& b); ///< a == b
bool less(const Json& a, const Json& b);  ///< a < b
bool less_or_equal(const Json& a, const Json& b);
bool is_in(const Json& needle, const Json& stack);

} // namespace vakant::logic
