// Entities and the small clean-ups that every text of a feed needs. Only for this folder.
#pragma once

#include <string>
#include <string_view>

namespace vakant {

/// Named and numeric character references, once. What is no reference stays as it is.
std::string entities_decoded(std::string_view text);

/// Letters only: line ends as '\n' (also those that arrive as a backslash and a letter), no-break and odd
/// spaces as a space; control characters, zero-width marks and direction overrides are gone.
std::string plain_characters(std::string_view text);

/// A one-line text as a reader should see it: plain characters, references decoded, white space collapsed.
std::string one_line(std::string_view text);

/// & < > " as references.
void append_escaped(std::string& html, std::string_view text);

} // namespace vakant
