#include "kiosk/pages/vacancies/vacancy_page.h"

#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {

bool VacancyPageView::is_gone(const PageContext& in) const {
    return answered_ && (!vacancy_ || !is_open_at(*vacancy_, in.now));
}

void VacancyPageView::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::GoBack{}};
    if (!answered_) {
        ui.heading("title", s.get("vacancies.page.title"));
        ui.text("state", s.get("vacancies.list.loading"), TextLook::secondary);
    } else if (is_gone(in)) {
        ui.heading("title", s.get("vacancies.page.gone"));
        ui.notice("state", NoticeLook::warning, s.get("vacancies.page.gone_help"));
    } else {
        view_vacancy(ui, in, out);
        const bool own = vacancy_->apply_at_kiosk;
        if (in.facts.form_of(vacancy_->agency)) {
            ActionSpec action;
            action.key = own ? "apply" : "tell";
            action.name = s.get(own ? "vacancies.page.apply" : "vacancies.page.tell");
            action.look = own ? ButtonLook::primary : ButtonLook::secondary;
            action.icon = Icon::forward;
            action.at_end = true;
            actions.push_back(std::move(action));
            if (own) {
                intents.push_back(intent::Apply{});
            } else {
                intents.push_back(intent::TellAgency{});
            }
        }
    }
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

void VacancyPageView::view_vacancy(Ui& ui, const PageContext& in, std::vector<Intent>&) const {
    const Strings& s = in.strings;
    const VacancyText& text = vacancy_->text_for(in.language);
    ui.heading("title", text.title);
    if (!vacancy_->apply_at_kiosk) view_elsewhere(ui, in);
    ui.begin_panel("facts.panel", "");
    ui.facts("facts", facts_of(*vacancy_, in));
    ui.end_panel();
    if (text.body_plain.empty()) return;
    ui.subheading("text.title", s.get("vacancies.page.text"));
    if (!text.language.empty() && !same_language(text.language, in.language)) {
        ui.text(
            "text.language",
            s.get("vacancies.page.text_language", {{"language", language_name(text.language, in.language)}}),
            TextLook::secondary);
    }
    int number = 0;
    for (const std::string& paragraph : paragraphs_of(text.body_plain)) {
        ui.text("text." + std::to_string(number++), paragraph, TextLook::body, text.language);
    }
    ui.text("heard", heard_text(in), TextLook::small);
}

void VacancyPageView::view_elsewhere(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    ui.notice("whose", NoticeLook::hint,
              s.get("vacancies.page.elsewhere", {{"employer", isolated(vacancy_->employer)}}));
    const std::vector<Fact> contacts = contacts_of(*vacancy_, s);
    if (contacts.empty()) return;
    ui.begin_panel("elsewhere.panel", s.get("vacancies.page.how_to_apply"));
    if (apply_code_.side > 0) {
        ui.modules("elsewhere.code", s.get("vacancies.page.apply_code"), apply_code_.side, apply_code_.dark);
    }
    ui.facts("elsewhere.contacts", contacts);
    ui.end_panel();
}

std::vector<Effect> VacancyPageView::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (std::holds_alternative<intent::Apply>(intent)) return register_for(true, in);
    if (std::holds_alternative<intent::TellAgency>(intent)) return register_for(false, in);
    return {};
}

std::vector<Effect> VacancyPageView::register_for(bool is_application, const PageContext& in) {
    if (!vacancy_ || is_gone(in)) return {};
    const bool applies = is_application && vacancy_->apply_at_kiosk;
    const FormFact* fact = in.facts.form_of(vacancy_->agency, applies ? "application" : "interest");
    if (!fact) return {};
    Prompt prompt;
    prompt.vacancy = vacancy_->id;
    prompt.agency = vacancy_->agency;
    prompt.title = vacancy_->text_for(in.language).title;
    prompt.employer = vacancy_->employer;
    prompt.is_application = applies;
    visit_.begin_registration(fact->form, std::move(prompt), vacancy_->agency);
    return {effect::GoTo{PageId::registration_notice, {}, false}};
}

std::vector<Effect> VacancyPageView::receive(const Event& event, const PageContext&) {
    if (const auto* loaded = std::get_if<event::VacancyLoaded>(&event); loaded && loaded->id == id_) {
        answered_ = true;
        vacancy_ = loaded->vacancy;
        apply_code_ = loaded->apply_code;
    }
    if (std::holds_alternative<event::FactsChanged>(event)) return {effect::LoadVacancy{id_}};
    return {};
}

} // namespace vakant
