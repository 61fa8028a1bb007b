// Internationalised labels of host names, by IDNA 2008.
#include <unicode/idna.h>
#include <unicode/unistr.h>

#include "core/text/text.h"

namespace vakant {
namespace {

/// RFC 5892 2.6 and its Hangul tone marks: disallowed, though UTS 46 lets them pass.
bool is_disallowed(char32_t c) {
    return c == 0x640 || c == 0x7fa || c == 0x302e || c == 0x302f || (c >= 0x3031 && c <= 0x3035) ||
           c == 0x303b;
}

} // namespace

bool is_valid_a_label(std::string_view label) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_CHECK_CONTEXTO |
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        status));
    if (U_FAILURE(status)) return false;
    icu::UnicodeString name;
    icu::IDNAInfo info;
    idna->labelToUnicode(
        icu::UnicodeString::fromUTF8(icu::StringPiece(label.data(), static_cast<int32_t>(label.size()))),
        name, info, status);
    if (U_FAILURE(status) || info.hasErrors()) return false;
    for (int32_t at = 0; at < name.length(); at = name.moveIndex32(at, 1)) {
        if (is_disallowed(static_cast<char32_t>(name.char32At(at)))) return false;
    }
    return true;
}

} // namespace vakant
