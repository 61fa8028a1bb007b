#include <unicode/dtptngen.h>
#include <unicode/unistr.h>

#include "core/text/locale.h"
#include "core/text/text.h"

namespace vakant {

std::string numeric_date_pattern(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::DateTimePatternGenerator> generator(
        icu::DateTimePatternGenerator::createInstance(locale_of(language), status));
    if (U_FAILURE(status)) return "y-M-d";
    const icu::UnicodeString best = generator->getBestPattern("yMd", status);
    std::string pattern;
    char before = '\0';
    for (int32_t at = 0; U_SUCCESS(status) && at < best.length(); ++at) {
        const char16_t c = best[at]; // Arabic puts direction marks between, Russian a word behind
        if (c == u'y' || c == u'M' || c == u'd') {
            if (static_cast<char>(c) != before) pattern += static_cast<char>(c);
            before = static_cast<char>(c);
        } else if ((c == u'.' || c == u'/' || c == u'-') && pattern.size() < 4) {
            pattern += static_cast<char>(c);
            before = '\0';
        }
    }
    return pattern.size() == 5 ? pattern : "y-M-d";
}

} // namespace vakant
