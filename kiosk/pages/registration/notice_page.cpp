#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {

void NoticePage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const RegistrationPart* part = visit_.part(part_);
    if (!part) return;
    const Strings& s = in.strings;
    if (in.facts.declines_registrations()) {
        ui.heading("title", s.get("registration.declined.title"));
        ui.state("declined", StateLook::refused, s.get("registration.declined.what"),
                 s.get("registration.declined.instead"));
        const std::vector<ActionSpec> actions = {
            back_action(in), {"home", s.get("ui.home"), ButtonLook::primary, Icon::home, true, true}};
        if (const auto pressed = ui.actions(actions)) {
            out.push_back(*pressed == 0 ? Intent(intent::GoBack{}) : Intent(intent::OpenPage{PageId::home}));
        }
        return;
    }
    ui.heading("title", s.get(visit_.prompt.is_application ? "registration.notice.title_apply"
                                                           : "registration.notice.title"));
    std::string agencies = names_of(part->agencies(), in);
    if (visit_.parts().size() > 1) {
        ui.text("part",
                s.get("registration.part", {{"part", static_cast<std::int64_t>(part_ + 1)},
                                            {"total", static_cast<std::int64_t>(visit_.parts().size())},
                                            {"agency", agencies}}),
                TextLook::strong);
    }
    view_purpose(ui, in, visit_, part->agencies());
    if (const std::string why = why_no_application(visit_, in); !why.empty() && !visit_.prompt.closed)
        ui.notice("not_applied", NoticeLook::warning, why); // that it has closed stands above already
    if (agencies.empty()) agencies = s.get("registration.the_agency");
    int number = 0;
    for (const std::string& paragraph : paragraphs_of(part->form().notice_text(in.language, agencies)))
        ui.text("notice." + std::to_string(number++), paragraph);
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
    if (std::holds_alternative<intent::OpenPage>(intent)) return {effect::StartOver{PageId::home}};
    RegistrationPart* part = visit_.part(part_);
    if (!std::holds_alternative<intent::NextStep>(intent) || !part) return {};
    if (in.facts.declines_registrations()) return {};
    part->answers().note_notice_shown(in.language, in.now);
    if (part_ > 0) part->take_over(*visit_.part(part_ - 1));
    const std::vector<std::size_t> steps = visible_pages(part->answers());
    return {effect::GoTo{PageId::registration_form,
                         {.vacancy = "", .part = part_, .step = steps.empty() ? 0 : steps.front()},
                         false}};
}

} // namespace vakant
