#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

std::string key_of(std::size_t agency, const FormConsent& consent) {
    return "consent." + (agency == 0 ? "" : std::to_string(agency) + ".") + consent.purpose;
}

} // namespace

void ConsentsPage::view_of_agency(Ui& ui, const PageContext& in, std::size_t agency,
                                  std::vector<Intent>& out) const {
    const RegistrationPart& part = *visit_.part(part_);
    const auto box = [&](const FormConsent& consent) {
        const bool given = part.consent(agency, consent);
        const std::string help = consent.is_rule
                                     ? (given ? in.strings.get("registration.consents.rule_on") : "")
                                     : recipient_in_words(consent, in);
        if (ui.toggle(key_of(agency, consent), part.form().text(consent.text_key, in.language), given, help))
            out.push_back(intent::SetConsent{agency, consent.purpose, !given});
    };
    const std::string number = std::to_string(agency);
    bool has_rule = false, has_box = false;
    for (const FormConsent& consent : part.form().consents)
        (consent.is_rule ? has_rule : has_box) = true;
    if (has_rule) {
        ui.subheading("rules." + number, in.strings.get("registration.consents.rule"));
        for (const FormConsent& consent : part.form().consents) {
            if (consent.is_rule) box(consent);
        }
    }
    if (!has_box) return;
    ui.subheading("boxes." + number, in.strings.get("registration.consents.boxes"));
    for (const FormConsent& consent : part.form().consents) {
        if (!consent.is_rule) box(consent);
    }
}

void ConsentsPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const RegistrationPart* part = visit_.part(part_);
    if (!part) return;
    const Strings& s = in.strings;
    view_progress(ui, in, visit_, part_, step_count_of(*part));
    ui.heading("title", s.get("registration.consents.title"));
    view_closed(ui, in, visit_);
    ui.text("help", s.get("registration.consents.help"), TextLook::secondary);
    const std::vector<std::string>& agencies = part->agencies();
    for (std::size_t agency = 0; agency < std::max<std::size_t>(1, agencies.size()); ++agency) {
        const bool several = visit_.agencies().size() > 1;
        if (several)
            ui.begin_panel("agency." + std::to_string(agency), in.facts.name_of_agency(agencies[agency]));
        view_of_agency(ui, in, agency, out);
        if (several) ui.end_panel();
    }
    std::vector<ActionSpec> actions;
    std::vector<Intent> intents;
    if (!from_review_) {
        actions.push_back(back_action(in));
        intents.push_back(intent::GoBack{});
        actions.push_back({"park", s.get("registration.park"), ButtonLook::quiet, Icon::none, true, false});
        intents.push_back(intent::Park{});
    }
    actions.push_back({"next", s.get(from_review_ ? "registration.back_to_review" : "common.next"),
                       ButtonLook::primary, Icon::forward, true, true});
    intents.push_back(intent::NextStep{});
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

std::vector<Effect> ConsentsPage::update(const Intent& intent, const PageContext& in) {
    RegistrationPart* part = visit_.part(part_);
    if (!part) return {};
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (std::holds_alternative<intent::Park>(intent)) return {effect::ParkForm{}};
    if (const auto* set = std::get_if<intent::SetConsent>(&intent))
        part->set_consent(set->agency, set->purpose, set->given);
    if (!std::holds_alternative<intent::NextStep>(intent)) return {};
    part->answers().note_consents_shown(in.language, in.now); // what was shown and left is a no
    if (from_review_) return {effect::GoBack{}};
    if (part_ + 1 < visit_.parts().size())
        return {effect::GoTo{PageId::registration_notice, {.vacancy = "", .part = part_ + 1}, false}};
    return {effect::GoTo{PageId::registration_review, {}, false}};
}

} // namespace vakant
