// The keyboards on the screen, row by row. Letters stand where they stand on the keyboards sold in the
// country. Used within kiosk/ui.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace vakant {

/// Rows of keys with blanks between. A key is what it types; names in angle brackets are keys that do
/// something.
struct KeyboardLayout {
    std::string_view language;
    std::string_view shown; ///< on the key that changes the language
    std::array<std::string_view, 3> letters;
    std::array<std::string_view, 3> symbols;
};

std::span<const KeyboardLayout> keyboard_layouts();
/// For telephone numbers and for digits.
std::span<const std::string_view> telephone_rows();
std::span<const std::string_view> number_rows();
std::string_view last_row(bool symbols, bool email);

} // namespace vakant
