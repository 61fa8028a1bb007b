// Languages as the feeds name them. Only for the importers of this folder.
#pragma once

#include <string>
#include <string_view>

namespace vakant {

/// ISO 639-1 of a language's name in the languages of the feeds, of a code of two or three letters or of a
/// tag
/// ("fi-FI"); "" where it cannot be told. "no" and "nor" become "nb".
std::string language_code(std::string_view name);

/// Whether it is a code of ISO 639-1 as this program writes them, also with a variant behind it: "fi", "nb",
/// "fi-simple"; not "FI", "suomi", "xx".
bool is_language_code(std::string_view text);

/// A level of language skill: A1 to C2, or "native"; "" for anything else.
std::string_view language_level(std::string_view text);

} // namespace vakant
