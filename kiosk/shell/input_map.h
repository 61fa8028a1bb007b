// What the window reports, as what Ui takes: touch, keypad and keyboard. Used by the kiosk's loop.
#pragma once

#include <optional>

#include "kiosk/shell/window.h"
#include "kiosk/ui/ui.h"

namespace vakant {

/// `writes`: the focus stands in a field or a typing test, where letters, Space and the arrows are for the
/// text.
std::optional<UiEvent> ui_event_of(const WindowEvent& event, bool writes, std::int64_t clock_offset_ms);

} // namespace vakant
