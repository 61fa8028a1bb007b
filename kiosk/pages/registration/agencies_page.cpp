#include <algorithm>

#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

bool AgenciesPage::can_join(const std::string& agency, const PageContext& in) const {
    const FormFact* form = in.facts.form_of(agency);
    if (!form) return false;
    if (visit_.agencies.empty()) return true;
    const FormFact* first = in.facts.form_of(visit_.agencies.front());
    return first && first->form->digest == form->form->digest;
}

void AgenciesPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.agencies.title"));
    ui.text("help", s.get("registration.agencies.help"), TextLook::secondary);
    std::vector<ChoiceSpec> choices;
    for (const AgencyFact& agency : in.facts.agencies) {
        const bool chosen = std::ranges::find(visit_.agencies, agency.id) != visit_.agencies.end();
        const bool other_form = !chosen && !can_join(agency.id, in);
        choices.push_back(
            {agency.id, agency.name, chosen, other_form ? s.get("registration.agencies.other_form") : ""});
    }
    const std::string error =
        nothing_chosen_ && visit_.agencies.empty() ? s.get("registration.agencies.none") : "";
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
        const auto at = std::ranges::find(visit_.agencies, toggle->agency);
        if (at != visit_.agencies.end()) {
            visit_.agencies.erase(at);
        } else if (can_join(toggle->agency, in)) {
            visit_.agencies.push_back(toggle->agency);
        }
        return {};
    }
    if (!std::holds_alternative<intent::NextStep>(intent)) return {};
    nothing_chosen_ = visit_.agencies.empty();
    if (nothing_chosen_) return {};
    const std::vector<std::string> chosen = visit_.agencies;
    visit_.begin_registration(in.facts.form_of(chosen.front())->form, visit_.prompt, chosen.front());
    visit_.agencies = chosen;
    return {effect::GoTo{PageId::registration_notice, {}, false}};
}

} // namespace vakant
