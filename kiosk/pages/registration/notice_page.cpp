#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {

void NoticePage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get(visit_.prompt.is_application ? "registration.notice.title_apply"
                                                           : "registration.notice.title"));
    view_purpose(ui, in, visit_);
    if (!visit_.prompt.vacancy.empty() && !visit_.prompt.is_application) {
        ui.notice("not_applied", NoticeLook::warning,
                  s.get("registration.not_an_application", {{"employer", isolated(visit_.prompt.employer)}}));
    }
    std::string agencies = names_of(visit_.agencies, in);
    if (agencies.empty()) agencies = s.get("registration.the_agency");
    int number = 0;
    for (const std::string& paragraph : paragraphs_of(visit_.form->notice_text(in.language, agencies))) {
        ui.text("notice." + std::to_string(number++), paragraph);
    }
    const std::vector<ActionSpec> actions = {
        back_action(in),
        {"next", s.get("registration.notice.begin"), ButtonLook::primary, Icon::forward, true, true}};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed == 0) {
            out.push_back(intent::GoBack{});
        } else {
            out.push_back(intent::NextStep{});
        }
    }
}

std::vector<Effect> NoticePage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (!std::holds_alternative<intent::NextStep>(intent) || !visit_.answers()) return {};
    visit_.answers()->note_notice_shown(in.language, in.now);
    return {effect::GoTo{PageId::registration_form, {}, false}};
}

} // namespace vakant
