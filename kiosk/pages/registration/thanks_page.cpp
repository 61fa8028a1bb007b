#include <algorithm>

#include "kiosk/pages/registration/print_line.h"
#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/registration/slips.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

/// The number and everything that the slip says, for whom there is no printer.
void ThanksPage::view_number(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    const std::string agencies = names_of(visit_.reference_agencies, in);
    const bool comes_back = std::ranges::none_of(visit_.sent_forms, &SentForm::leaves_contact);
    // Who comes back needs the number, and room for when and where: what to do with it stands above it.
    ui.big_number("reference",
                  s.get(comes_back ? "registration.thanks.reference_keep" : "registration.thanks.reference"),
                  visit_.reference);
    if (printing_ || printed_) { // it says itself what to keep
        view_print_line(ui, in, printing_, printed_);
    } else if (!comes_back) {
        ui.text("keep", s.get("registration.thanks.keep"));
    }
    if (visit_.prompt.is_application) {
        ui.text("what", s.get("registration.thanks.applied", {{"title", isolated(visit_.prompt.title)}}),
                TextLook::strong);
    } else {
        ui.text("sent", s.get("registration.thanks.sent", {{"agency", agencies}}), TextLook::strong);
        if (const std::string why = why_no_application(visit_, in); !why.empty())
            ui.notice("what", NoticeLook::warning, why);
    }
    ui.text("next", contact_promise(visit_, in));
    int office = 0;
    for (const std::string& place : where_to_come(visit_, in, s.get("common.list_separator")))
        ui.text("office." + std::to_string(office++), place, TextLook::small);
    int number = 0;
    for (const std::string& words : words_of_thanks(visit_, in))
        ui.text("thanks." + std::to_string(number++), words);
    const char* waits = comes_back ? "registration.thanks.waiting_short" : "registration.thanks.waiting";
    ui.text("delivery", s.get(in.facts.visit_delivered ? "registration.thanks.delivered" : waits),
            comes_back ? TextLook::small : TextLook::secondary);
}

/// What a telephone or a pencil takes along, and what it is good for.
void ThanksPage::view_code(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    constexpr float code_mm = 52; // beside the words, so that both are in view
    if (visit_.reference_code.side > 0) {
        ui.modules("code", s.get("registration.thanks.code"), visit_.reference_code.side,
                   visit_.reference_code.dark, code_mm);
        ui.text("code.help", s.get("registration.thanks.code_help"), TextLook::secondary);
    }
    ui.text("change", s.get("registration.thanks.change"), TextLook::secondary);
    ui.private_text("secret", isolated(secret_as_code(visit_)), TextLook::strong);
}

void ThanksPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get(visit_.prompt.is_application ? "registration.thanks.title_apply"
                                                           : "registration.thanks.title"));
    constexpr float weights[] = {1.6f, 1.0f};
    ui.begin_columns("thanks", weights);
    view_number(ui, in);
    ui.next_column();
    view_code(ui, in);
    ui.end_columns();
    std::vector<ActionSpec> actions;
    std::vector<Intent> intents;
    if (in.facts.has_printer) {
        actions.push_back(
            {"print", s.get("registration.print"), ButtonLook::secondary, Icon::printer, !printing_, false});
        intents.push_back(intent::PrintSlip{});
    }
    if (!in.facts.tests.empty()) {
        actions.push_back({"typing", s.get("registration.thanks.typing"), ButtonLook::secondary,
                           Icon::keyboard, true, false});
        intents.push_back(intent::OpenPage{PageId::skills_intro});
    }
    actions.push_back({"finish", s.get("common.finish"), ButtonLook::primary, Icon::check, true, true});
    intents.push_back(intent::Finish{});
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

std::vector<Effect> ThanksPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::Finish>(intent)) return {effect::EndVisit{}};
    if (const auto* open = std::get_if<intent::OpenPage>(&intent))
        return {effect::GoTo{open->page, {}, false}};
    if (std::holds_alternative<intent::PrintSlip>(intent) && !printing_) {
        printing_ = true;
        printed_.reset();
        return {effect::Print{registration_slip(visit_, in)}};
    }
    return {};
}

std::vector<Effect> ThanksPage::receive(const Event& event, const PageContext&) {
    if (const auto* ended = std::get_if<event::PrintEnded>(&event)) {
        printing_ = false;
        printed_ = ended->printed;
    }
    return {};
}

} // namespace vakant
