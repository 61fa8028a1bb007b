#include "kiosk/pages/vacancies/vacancy_page.h"

#include <algorithm>

#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

/// The address or number in the code as a person reads it; "" where there is none.
std::string held_by_code(const Vacancy& vacancy) {
    std::string held = address_to_take(vacancy);
    for (const std::string_view scheme : {"mailto:", "tel:"}) {
        if (held.starts_with(scheme)) held.erase(0, scheme.size());
    }
    return held;
}

} // namespace

bool VacancyPageView::is_gone(const PageContext& in) const {
    return answered_ && !problem_ && (!vacancy_ || !is_open_at(*vacancy_, in.now));
}

void VacancyPageView::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::GoBack{}};
    if (!answered_) {
        ui.heading("title", s.get("vacancies.page.title"));
        ui.text("state", s.get("vacancies.list.loading"), TextLook::secondary);
    } else if (problem_) {
        ui.heading("title", s.get("vacancies.page.title"));
        view_unreadable(ui, in);
        actions.push_back(again_action(in));
        intents.push_back(intent::TryAgain{});
    } else if (is_gone(in)) {
        ui.heading("title", s.get("vacancies.page.gone"));
        ui.state("state", StateLook::expired, s.get("vacancies.page.gone_why"),
                 s.get("vacancies.page.gone_help"));
        actions.push_back(
            {"others", s.get("home.browse.title"), ButtonLook::primary, Icon::briefcase, true, true});
        intents.push_back(intent::GoBack{}); // every vacancy was opened from the list
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

void VacancyPageView::view_vacancy(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const VacancyText& text = vacancy_->text_for(in.language);
    ui.heading("title", text.title);
    if (!text.summary.empty()) ui.text("summary", text.summary, TextLook::body, text.read_as());
    if (vacancy_->apply_at_kiosk) {
        const std::string agency = isolated(in.facts.name_of_agency(vacancy_->agency));
        ui.text("whose", s.get("vacancies.page.own", {{"agency", agency}}), TextLook::strong);
    } else {
        view_elsewhere(ui, in);
    }
    const std::string employer = employer_text(*vacancy_, in);
    if (!employer.empty()) ui.text("employs", employer);
    view_facts(ui, in);
    view_words(ui, in);
    if (vacancy_->apply_at_kiosk && code_.side > 0) {
        ui.begin_panel("take.panel", s.get("vacancies.page.take"));
        ui.modules("take.code", s.get("vacancies.page.code"), code_.side, code_.dark);
        if (const std::string held = held_by_code(*vacancy_); !held.empty())
            ui.text("take.held", isolated(held));
        ui.end_panel();
    }
    if (!in.facts.agencies.empty() && ui.button("report", s.get("vacancies.page.report"), ButtonLook::quiet))
        out.push_back(intent::ReportVacancy{});
    ui.text("heard", heard_text(in), TextLook::small);
}

void VacancyPageView::view_facts(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    const auto panel = [&](std::string_view key, std::string_view name, const std::vector<Fact>& facts) {
        if (facts.empty()) return;
        ui.begin_panel(std::string(key) + ".panel", s.get(name));
        ui.facts(key, facts);
        ui.end_panel();
    };
    const float weights[] = {1.0f, 1.0f};
    ui.begin_columns("known", weights);
    panel("facts", "vacancies.page.when_where", place_and_time_facts(*vacancy_, occupations_, in));
    ui.next_column();
    panel("offer", "vacancies.page.offered", offer_facts(*vacancy_, in));
    ui.end_columns();
    panel("must", "vacancies.page.asked", requirement_facts(*vacancy_, Level::must, in));
    panel("nice", "vacancies.page.nice", requirement_facts(*vacancy_, Level::nice, in));
}

/// The ad's own words: never translated, their language named, set in its direction.
void VacancyPageView::view_words(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    const VacancyText& text = vacancy_->text_for(in.language);
    if (text.body_plain.empty() && text.duties.empty()) return;
    const std::string& language = text.read_as();
    if (language.empty()) {
        ui.text("text.language", s.get("vacancies.page.text_language_unknown"), TextLook::secondary);
    } else if (!same_language(language, in.language)) {
        ui.text("text.language",
                s.get("vacancies.page.text_language", {{"language", language_name(language, in.language)}}),
                TextLook::secondary);
    }
    if (!text.duties.empty()) ui.subheading("duties.title", s.get("vacancies.page.duties"));
    for (std::size_t i = 0; i < text.duties.size(); ++i)
        ui.text("duties." + std::to_string(i), "• " + text.duties[i], TextLook::body, language);
    if (text.body_plain.empty()) return;
    ui.subheading("text.title", s.get("vacancies.page.text"));
    int number = 0;
    for (const std::string& paragraph : paragraphs_of(text.body_plain)) {
        ui.text("text." + std::to_string(number++), paragraph, TextLook::body, language);
    }
}

void VacancyPageView::view_elsewhere(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    ui.notice("whose", NoticeLook::hint,
              s.get("vacancies.page.elsewhere", {{"employer", isolated(advertiser(in))}}));
    const std::vector<Fact> contacts = contacts_of(*vacancy_, s);
    if (contacts.empty()) return;
    ui.begin_panel("elsewhere.panel", s.get("vacancies.page.how_to_apply"));
    if (code_.side > 0) ui.modules("elsewhere.code", s.get("vacancies.page.code"), code_.side, code_.dark);
    const std::string held = isolated(held_by_code(*vacancy_));
    const bool is_written = std::ranges::any_of(
        contacts, [&](const Fact& fact) { return fact.value.find(held) != std::string::npos; });
    if (code_.side > 0 && !is_written) ui.text("elsewhere.held", held);
    ui.facts("elsewhere.contacts", contacts);
    ui.end_panel();
}

std::string VacancyPageView::advertiser(const PageContext& in) const {
    if (!vacancy_->employer.empty() && !vacancy_->employer_hidden) return vacancy_->employer;
    if (vacancy_->apply_at_kiosk) return in.facts.name_of_agency(vacancy_->agency);
    return in.strings.get("vacancies.page.not_stated");
}

std::vector<Effect> VacancyPageView::load() const {
    return {effect::LoadVacancy{id_, vacancy_ ? vacancy_->agency : ""}};
}

std::vector<Effect> VacancyPageView::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (std::holds_alternative<intent::TryAgain>(intent)) return load();
    if (std::holds_alternative<intent::ReportVacancy>(intent))
        return {
            effect::GoTo{PageId::vacancies_report, {.vacancy = id_, .step = 0, .from_review = false}, false}};
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
    prompt.employer = advertiser(in);
    prompt.closes_at = disappears_at(*vacancy_);
    prompt.is_application = applies;
    visit_.begin_registration(fact->form, std::move(prompt), vacancy_->agency);
    return {effect::GoTo{PageId::registration_notice, {}, false}};
}

std::vector<Effect> VacancyPageView::receive(const Event& event, const PageContext&) {
    if (const auto* loaded = std::get_if<event::VacancyLoaded>(&event); loaded && loaded->id == id_) {
        answered_ = true;
        problem_.reset();
        if (!loaded->problem) {
            vacancy_ = loaded->vacancy;
            occupations_ = loaded->occupations;
            code_ = loaded->code;
        } else if (!vacancy_) {
            problem_ = loaded->problem; // what is shown already stays until its own time is over
        }
    }
    if (std::holds_alternative<event::FactsChanged>(event)) return load();
    return {};
}

} // namespace vakant
