// Numbers with a fraction, for messages. Only core/text includes this.
#pragma once

#include <string>
#include <string_view>

namespace vakant {

/// At most three decimals, after the language's decimal mark.
std::string format_decimal(double number, std::string_view language);

} // namespace vakant
