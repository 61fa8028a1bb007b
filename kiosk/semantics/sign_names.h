// What signs are called, where a voice is silent about them or says something else. Used by kiosk/ui for its
// keys and by kiosk/app for the echo of what is typed.
#pragma once

#include <string_view>

namespace vakant {

/// The key of its name in assets/strings, "ui.key_at"; "" for letters, digits and marks that voices name
/// themselves. A sign without a name of its own has that of any other.
std::string_view name_key_of_sign(std::string_view sign);

} // namespace vakant
