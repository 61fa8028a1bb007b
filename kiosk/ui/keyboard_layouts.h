// The keyboards on the screen, row by row. Where letters stand is read from xkb-data while the kiosk is built
// (tools/keyboards): as on the keyboards sold in the country. Used within kiosk/ui.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace vakant {

/// Three rows of keys, with blanks between; a key is what it types. None longer than thirteen keys.
struct KeyboardSheet {
    std::array<std::string_view, 3> rows;
};

struct KeyboardLayout {
    std::string_view language;      ///< "fi": whose letters they are
    std::string_view shown;         ///< on the key that changes the language
    bool has_capitals;              ///< and so a key for them
    std::string_view further_shown; ///< on the key that leads to the further letters
    KeyboardSheet letters;
    std::span<const KeyboardSheet>
        further; ///< letters of the alphabet that the keyboard lacks, then neighbours'
    KeyboardSheet signs;
};

/// fi sv nb en uk ru ar et so, in this order.
std::span<const KeyboardLayout> keyboard_layouts();
/// The layout for a language ("fi-simple" has Finnish); the one of English where it has none.
std::size_t keyboard_for(std::string_view language);

/// For telephone numbers and for digits.
std::span<const std::string_view> telephone_rows();
std::span<const std::string_view> number_rows();

} // namespace vakant
