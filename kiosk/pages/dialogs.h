// What can stand over any page: is anybody there, shall the answers go, and a word about what was just asked
// for in vain. Drawn by App.
#pragma once

#include <cstdint>
#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

enum class DialogAnswer { stay, leave, park };

/// `can_park`: there is a form that can be kept for later.
std::optional<DialogAnswer> view_idle_warning(Ui& ui, const PageContext& in, std::int64_t seconds_left,
                                              bool can_park);
std::optional<DialogAnswer> view_leave_question(Ui& ui, const PageContext& in, bool can_park);
/// `word`: "scan.unknown" has "scan.unknown.title" and "scan.unknown.text". True: it was read.
bool view_word(Ui& ui, const PageContext& in, std::string_view word);

} // namespace vakant
