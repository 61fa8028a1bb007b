#include "kiosk/pages/registration/print_line.h"
#include "kiosk/pages/registration/slip_pages.h"
#include "kiosk/pages/registration/slips.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

void ParkedPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.parked.title"));
    std::vector<ActionSpec> actions;
    std::vector<Intent> intents;
    if (visit_.parked_code.empty()) {
        if (failed_) {
            ui.notice("failed", NoticeLook::error, s.get("registration.parked.failed"));
            actions.push_back(back_action(in));
            intents.push_back(intent::GoBack{});
        } else {
            ui.notice("saving", NoticeLook::hint, s.get("registration.parked.saving"));
        }
    } else {
        const float weights[] = {2.2F, 1.0F};
        ui.begin_columns("parked", weights);
        ui.big_number("code", s.get("registration.parked.code"), isolated(visit_.parked_code), true);
        ui.text("keep", s.get("registration.parked.keep"), TextLook::strong);
        ui.text("how", s.get("registration.slip.how"));
        ui.text("until", s.get("registration.parked.until",
                               {{"time", isolated(format_date_time(visit_.parked_until, in.language,
                                                                   in.offset_minutes))}}));
        view_print_line(ui, in, printing_, printed_);
        ui.next_column();
        if (visit_.parked_picture.side > 0)
            ui.modules("qr", s.get("registration.parked.qr"), visit_.parked_picture.side,
                       visit_.parked_picture.dark);
        ui.end_columns();
        if (in.facts.has_printer) {
            actions.push_back({"print", s.get("registration.print"), ButtonLook::secondary, Icon::printer,
                               !printing_, false});
            intents.push_back(intent::PrintSlip{});
        }
        actions.push_back({"finish", s.get("common.finish"), ButtonLook::primary, Icon::check, true, true});
        intents.push_back(intent::Finish{});
    }
    if (actions.empty()) return;
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

std::vector<Effect> ParkedPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::Finish>(intent)) return {effect::EndVisit{}};
    if (std::holds_alternative<intent::GoBack>(intent) && failed_) return {effect::GoBack{}};
    if (std::holds_alternative<intent::PrintSlip>(intent) && !printing_) {
        printing_ = true;
        printed_.reset();
        return {effect::Print{parking_slip(visit_, in)}};
    }
    return {};
}

std::vector<Effect> ParkedPage::receive(const Event& event, const PageContext&) {
    // The pages of the form go: what they showed is locked away.
    if (std::holds_alternative<event::Parked>(event) && !visit_.parked_code.empty())
        return {effect::StartOver{PageId::registration_parked}};
    if (std::holds_alternative<event::ParkFailed>(event)) failed_ = true;
    if (const auto* ended = std::get_if<event::PrintEnded>(&event)) {
        printing_ = false;
        printed_ = ended->printed;
    }
    return {};
}

} // namespace vakant
