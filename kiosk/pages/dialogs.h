// The two questions that can stand over any page: is anybody there, and shall the answers go. Drawn by App.
#pragma once

#include <cstdint>
#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

enum class DialogAnswer { stay, leave };

std::optional<DialogAnswer> view_idle_warning(Ui& ui, const PageContext& in, std::int64_t seconds_left);
std::optional<DialogAnswer> view_leave_question(Ui& ui, const PageContext& in);

} // namespace vakant
