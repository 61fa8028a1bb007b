// What people take along: QR pictures for the screen, and slips for the printer. Inside kiosk/app; any
// thread.
#pragma once

#include <string_view>

#include "core/text/text.h"
#include "kiosk/pages/effect.h"
#include "kiosk/print/printer.h"

namespace vakant {

/// None where the text is too long for a code: the page shows it as text.
QrPicture picture_of(std::string_view text);

/// Blocks until the printer's queue has it.
Outcome print_slip(const PrintedSlip& slip, const PrinterSettings& printer, TextEngine& text);

} // namespace vakant
