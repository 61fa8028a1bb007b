#include "kiosk/pages/dialogs.h"

namespace vakant {
namespace {

/// `park` "": there is nothing that could be parked.
std::optional<DialogAnswer> buttons(Ui& ui, std::string_view stay, std::string_view park,
                                    std::string_view leave) {
    std::optional<DialogAnswer> answer;
    if (ui.button("dialog.stay", stay, ButtonLook::primary)) answer = DialogAnswer::stay;
    if (!park.empty() && ui.button("dialog.park", park, ButtonLook::secondary)) answer = DialogAnswer::park;
    if (ui.button("dialog.leave", leave, ButtonLook::danger)) answer = DialogAnswer::leave;
    return answer;
}

} // namespace

std::optional<DialogAnswer> view_idle_warning(Ui& ui, const PageContext& in, std::int64_t seconds_left,
                                              bool can_park) {
    const Strings& s = in.strings;
    ui.begin_dialog("idle", s.get("idle.title"));
    ui.text("idle.what", s.get("idle.what", {{"seconds", seconds_left}}));
    const auto answer =
        buttons(ui, s.get("idle.stay"), can_park ? s.get("registration.park") : "", s.get("idle.leave"));
    ui.end_dialog();
    return answer;
}

std::optional<DialogAnswer> view_leave_question(Ui& ui, const PageContext& in, bool can_park) {
    const Strings& s = in.strings;
    ui.begin_dialog("leave", s.get("leave.title"));
    ui.text("leave.what", s.get("leave.what"));
    const auto answer =
        buttons(ui, s.get("leave.stay"), can_park ? s.get("registration.park") : "", s.get("leave.leave"));
    ui.end_dialog();
    return answer;
}

bool view_word(Ui& ui, const PageContext& in, std::string_view word) {
    const std::string key(word);
    ui.begin_dialog("word", in.strings.get(key + ".title"));
    ui.text("word.text", in.strings.get(key + ".text"));
    const bool read = ui.button("dialog.close", in.strings.get("ui.close"), ButtonLook::primary);
    ui.end_dialog();
    return read;
}

} // namespace vakant
