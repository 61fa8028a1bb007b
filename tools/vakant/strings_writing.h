// The rules of writing that texts of every language keep, so that they read well on a screen, in either
// direction. Used by strings_check.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vakant::tool {

/// What the words of one text break, in sentences. `literals` are its stretches between placeholders, in
/// order.
///  - a plain space between digits or before a per cent sign: it breaks the line and, in right-to-left text,
///    turns the groups round
///  - in right-to-left text, digits in groups, e-mail and web addresses outside FSI .. PDI
///  - an isolate that is not closed
///  - ' and ... and two spaces in a row
///  - letters of another language, or of two scripts in one word
std::vector<std::string> faults_of_writing(const std::vector<std::string>& literals,
                                           std::string_view language);

} // namespace vakant::tool
