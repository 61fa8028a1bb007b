#include "core/text/versions.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <unicode/uversion.h>

namespace vakant {

std::string text_library_versions() {
    std::string out = "FreeType ";
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library) == 0) {
        int major = 0, minor = 0, patch = 0;
        FT_Library_Version(library, &major, &minor, &patch);
        out += std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
        FT_Done_FreeType(library);
    }
    out += std::string(", HarfBuzz ") + hb_version_string();
    UVersionInfo icu = {};
    u_getVersion(icu);
    return out + ", ICU " + std::to_string(icu[0]) + "." + std::to_string(icu[1]);
}

} // namespace vakant
