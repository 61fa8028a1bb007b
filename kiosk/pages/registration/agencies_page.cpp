#include <algorithm>

#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

std::vector<Effect> AgenciesPage::enter(const PageContext&) {
    if (chosen_.empty()) chosen_ = visit_.agencies();
    return {};
}

/// Another form than the first chosen agency's: its own questions come after the common ones.
bool AgenciesPage::has_form_of_its_own(const std::string& agency, const PageContext& in) const {
    if (chosen_.empty() || chosen_.front() == agency) return false;
    const FormFact* form = in.facts.registration_form_of(agency);
    const FormFact* first = in.facts.registration_form_of(chosen_.front());
    return form && first && form->form->digest != first->form->digest;
}

void AgenciesPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.agencies.title"));
    ui.text("help", s.get("registration.agencies.help"), TextLook::secondary);
    std::vector<ChoiceSpec> choices;
    for (const AgencyFact& agency : in.facts.agencies) {
        if (!in.facts.registration_form_of(agency.id)) continue;
        const bool chosen = std::ranges::find(chosen_, agency.id) != chosen_.end();
        std::string gets = s.get("registration.agencies.gets", {{"agency", isolated(agency.name)}});
        if (has_form_of_its_own(agency.id, in)) gets += " " + s.get("registration.agencies.own_form");
        choices.push_back({agency.id, agency.name, chosen, std::move(gets)});
    }
    const std::string error = nothing_chosen_ && chosen_.empty() ? s.get("registration.agencies.none") : "";
    if (const auto pressed =
            ui.choices("agencies", s.get("registration.agencies.question"), choices, error)) {
        out.push_back(intent::ToggleAgency{choices[*pressed].key});
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

std::vector<Effect> AgenciesPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* toggle = std::get_if<intent::ToggleAgency>(&intent)) {
        const auto at = std::ranges::find(chosen_, toggle->agency);
        if (at != chosen_.end()) {
            chosen_.erase(at);
        } else if (in.facts.registration_form_of(toggle->agency)) {
            chosen_.push_back(toggle->agency);
        }
        return {};
    }
    if (!std::holds_alternative<intent::NextStep>(intent)) return {};
    nothing_chosen_ = chosen_.empty();
    if (nothing_chosen_) return {};
    std::vector<AgencyForm> forms;
    for (const std::string& agency : chosen_) {
        if (const FormFact* form = in.facts.registration_form_of(agency))
            forms.push_back({agency, form->form});
    }
    visit_.begin_registrations(forms, visit_.prompt);
    return {effect::GoTo{PageId::registration_notice, {}, false}};
}

} // namespace vakant
