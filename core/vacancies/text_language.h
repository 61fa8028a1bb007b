// Which language an ad's text is in, where its source does not say. Used by the agency's import.
#pragma once

#include <string>
#include <string_view>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// "fi" "sv" "nb" "nn" "en" or "de" by the text's commonest words; "" for a short text, one of two languages
/// or one of another: nothing is guessed.
std::string language_by_words(std::string_view text);

/// Fills in `likely_language` of the texts whose source names none.
void note_likely_languages(Vacancy& vacancy);

} // namespace vakant
