// ICU's locale for a language of ours. Only core/text includes this.
#pragma once

#include <string_view>

#include <unicode/locid.h>

#include "core/text/text.h"

namespace vakant {

/// Without the variants that ICU does not know ("fi-simple" is Finnish), with European digits and the
/// Gregorian calendar whatever the language: forms, slips and vacancies must agree on both.
icu::Locale locale_of(std::string_view language);

/// "fi" of "fi-simple".
std::string_view primary_subtag(std::string_view language);

/// Whether any letter of the text is read from right to left.
bool has_right_to_left_letter(std::string_view text);

/// isolated(), and what is put together from isolates runs the way of the text around it.
std::string isolated_among(std::string_view text, Direction around);

} // namespace vakant
