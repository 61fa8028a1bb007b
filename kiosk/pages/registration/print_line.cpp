#include "kiosk/pages/registration/print_line.h"

namespace vakant {

void view_print_line(Ui& ui, const PageContext& in, bool printing, const std::optional<bool>& printed) {
    const Strings& s = in.strings;
    if (printing) {
        ui.notice("print.line", NoticeLook::hint, s.get("registration.print.working"));
    } else if (printed && *printed) {
        ui.notice("print.line", NoticeLook::ok, s.get("registration.print.done"));
    } else if (printed) {
        ui.notice("print.line", NoticeLook::warning, s.get("registration.print.failed"));
    }
}

} // namespace vakant
