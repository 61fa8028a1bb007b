#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

void ConsentsPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const FormSession& answers = *visit_.answers();
    view_progress(ui, in, answers, visible_pages(answers).size() + 1);
    ui.heading("title", s.get("registration.consents.title"));
    ui.text("help", s.get("registration.consents.help"), TextLook::secondary);
    for (const FormConsent& consent : answers.form().consents) {
        const bool given = answers.consent(consent.purpose).value_or(false);
        if (ui.toggle("consent." + consent.purpose, answers.form().text(consent.text_key, in.language),
                      given)) {
            out.push_back(intent::SetConsent{consent.purpose, !given});
        }
    }
    const std::vector<ActionSpec> actions = {
        back_action(in), {"next", s.get("common.next"), ButtonLook::primary, Icon::forward, true, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::NextStep{});
        }
    }
}

std::vector<Effect> ConsentsPage::update(const Intent& intent, const PageContext& in) {
    FormSession* answers = visit_.answers();
    if (!answers) return {};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* set = std::get_if<intent::SetConsent>(&intent))
        answers->set_consent(set->purpose, set->given);
    if (!std::holds_alternative<intent::NextStep>(intent)) return {};
    answers->note_consents_shown(in.language, in.now);
    for (const FormConsent& consent : answers->form().consents) {
        if (!answers->consent(consent.purpose))
            answers->set_consent(consent.purpose, false); // shown and left: no
    }
    return {effect::GoTo{PageId::registration_review, {}, false}};
}

} // namespace vakant
