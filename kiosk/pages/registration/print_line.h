// What became of a slip that was sent to the printer: one line, where something is to be said.
#pragma once

#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

void view_print_line(Ui& ui, const PageContext& in, bool printing, const std::optional<bool>& printed);

} // namespace vakant
