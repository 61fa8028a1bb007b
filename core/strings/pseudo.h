// A language that nobody speaks, made of English while the program runs: every letter accented, every text a
// third longer. What clips in German or Greek clips here first, and a text that is not in assets/strings
// stands out. For tests and for whoever looks at a page; it is in no list of languages, and no file holds it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

/// As in CLDR: English with accents.
constexpr std::string_view pseudo_language = "en-XA";

/// "Start" becomes "Šṫáåŕṫ": accents on every Latin letter, and vowels doubled until the text is 35 % longer.
std::string pseudo_words(std::string_view words);

/// The same for a message; its placeholders and choices stay.
Result<std::string> pseudo_message(std::string_view pattern);

} // namespace vakant
