#include "kiosk/ui/keyboard_layouts.h"

#include <algorithm>

#include "core/text/text.h"

namespace vakant {
namespace {

// As on a telephone, which people know better than a calculator.
constexpr std::string_view telephone[] = {"1 2 3 <backspace>", "4 5 6 +", "7 8 9 -", "( 0 ) <ready>"};
constexpr std::string_view digits[] = {"1 2 3", "4 5 6", "7 8 9", "<backspace> 0 <ready>"};

} // namespace

std::size_t keyboard_for(std::string_view language) {
    const auto layouts = keyboard_layouts();
    const auto place_of = [&](std::string_view wanted) {
        const auto found = std::ranges::find_if(
            layouts, [&](const KeyboardLayout& layout) { return same_language(layout.language, wanted); });
        return static_cast<std::size_t>(found - layouts.begin());
    };
    const std::size_t own = place_of(language);
    return own < layouts.size() ? own : place_of("en");
}

std::span<const std::string_view> telephone_rows() {
    return telephone;
}
std::span<const std::string_view> number_rows() {
    return digits;
}

} // namespace vakant
