// ICU's locale for a language of ours. Only core/text includes this.
#pragma once

#include <string_view>

#include <unicode/locid.h>

namespace vakant {

/// Without the variants that ICU does not know ("fi-simple" is Finnish), with European digits and the
/// Gregorian calendar whatever the language: forms, slips and vacancies must agree on both.
icu::Locale locale_of(std::string_view language);

/// "fi" of "fi-simple".
std::string_view primary_subtag(std::string_view language);

/// Whether any letter of the text is read from right to left.
bool has_right_to_left_letter(std::string_view text);

} // namespace vakant
