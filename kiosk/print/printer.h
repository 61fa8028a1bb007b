// The printer of a kiosk, reached through CUPS' own commands. Blocks until CUPS has taken the job or a
// time-out ends it: never on the UI's thread.
#pragma once

#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "kiosk/print/slip.h"

namespace vakant {

struct PrinterSettings {
    std::string queue; ///< CUPS' name of it; "": this kiosk has no printer
    Paper paper = Paper::receipt_80mm;
    std::string print_command = "lp", state_command = "lpstat";
    int seconds = 20; ///< after which a command is given up
    bool is_there() const { return !queue.empty(); }
};

/// Hands the PDF to the queue. unavailable: no such queue, stopped, or no answer in time.
Outcome print_pdf(const PrinterSettings& printer, ByteView pdf);

} // namespace vakant
