// What shapes and draws text: the same libraries and fonts give the same pixels. Used where pictures are
// compared.
#pragma once

#include <string>

namespace vakant {

/// "FreeType 2.12.1, HarfBuzz 6.0.0, ICU 72.1", of the libraries that are loaded.
std::string text_library_versions();

} // namespace vakant
