// What goes on paper for a person to take along, as a PDF: text in any of the kiosk's languages, right to
// left where the language is, and a QR code. The only user of cairo. Used by kiosk/app; one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/text/text.h"
#include "kiosk/print/qr.h"

namespace vakant {

struct SlipBlock {
    enum class Look { title, number, strong, body, small, rule, code } look = Look::body;
    std::string text; ///< nothing for rule and code
};

struct Slip {
    std::string language = "en";
    std::vector<SlipBlock> blocks; ///< from top to bottom
    QrModules code;                ///< where a block says so
};

enum class Paper { receipt_80mm, a4 };

/// A receipt is one page as long as it needs to be; A4 goes on to a next page. The text can be searched and
/// read aloud: it stands in the file as it was written.
Result<Bytes> slip_pdf(const Slip& slip, Paper paper, TextEngine& text);

} // namespace vakant
