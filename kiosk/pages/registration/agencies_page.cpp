#include <algorithm>

#include "kiosk/pages/agency/openings.h"
#include "kiosk/pages/registration/registration_pages.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {

namespace {

/// What it is, in its own words: the first paragraph of what it tells about itself.
void view_about(Ui& ui, const PageContext& in, const std::string& agency, const AgencyProfile* profile) {
    const LocalText::Found about = profile ? profile->about.in(in.language) : LocalText::Found{};
    const std::vector<std::string> paragraphs = paragraphs_of(about.text);
    if (paragraphs.empty()) {
        ui.text("about." + agency, in.strings.get("agency.none"), TextLook::secondary);
    } else {
        ui.text("about." + agency, paragraphs.front(), TextLook::body, about.language);
    }
}

} // namespace

std::vector<Effect> AgenciesPage::enter(const PageContext& in) {
    if (chosen_.empty()) chosen_ = visit_.agencies();
    asked_ = 0;
    return ask_for_fields(in);
}

/// In which fields an agency has work now. One after the other: a newer search overtakes an older one.
std::vector<Effect> AgenciesPage::ask_for_fields(const PageContext& in) const {
    if (asked_ >= in.facts.agencies.size()) return {};
    return {effect::Search{openings_query(in.facts.agencies[asked_].id, in.language)}};
}

std::vector<Effect> AgenciesPage::receive(const Event& event, const PageContext& in) {
    const std::vector<AgencyFact>& agencies = in.facts.agencies;
    const auto* answer = std::get_if<event::SearchAnswered>(&event);
    const bool failed = std::holds_alternative<event::SearchFailed>(event);
    if (!answer && !failed) return {};
    if (answer) note_fields(answer->results);
    const bool is_awaited =
        asked_ < agencies.size() && (failed || answer->results.query.agency == agencies[asked_].id);
    if (!is_awaited) return {};
    ++asked_;
    return ask_for_fields(in);
}

void AgenciesPage::note_fields(const VacancyResults& results) {
    std::vector<std::string> keys;
    std::size_t counted = 0;
    for (const FacetCount& count : results.counts) {
        if (count.facet != Facet::field || count.count == 0) continue;
        keys.push_back("vacancies.field." + count.value);
        counted += count.count;
    }
    // Those whose field nobody knows are open all the same.
    if (counted < results.own_total) keys.emplace_back("agency.other_field");
    fields_[results.query.agency] = std::move(keys);
}

/// Another form than the first chosen agency's: its own questions come after the common ones.
bool AgenciesPage::has_form_of_its_own(const std::string& agency, const PageContext& in) const {
    if (chosen_.empty() || chosen_.front() == agency) return false;
    const FormFact* form = in.facts.registration_form_of(agency);
    const FormFact* first = in.facts.registration_form_of(chosen_.front());
    return form && first && form->form->digest != first->form->digest;
}

/// Where it is, and in which fields it has work now.
std::vector<Fact> AgenciesPage::facts_of(const std::string& agency, const PageContext& in) const {
    std::vector<Fact> facts;
    if (const AgencyProfile* profile = in.facts.profile_of(agency)) {
        for (const AgencyOffice& office : profile->offices)
            facts.push_back({"office." + std::to_string(facts.size()),
                             std::string(office.name.in(in.language).text), isolated(office.address),
                             Icon::place});
    }
    std::string fields;
    if (const auto known = fields_.find(agency); known != fields_.end()) {
        for (const std::string& key : known->second) {
            if (!fields.empty()) fields += in.strings.get("common.list_separator");
            fields += in.strings.get(key);
        }
    }
    if (!fields.empty())
        facts.push_back(
            {"fields", in.strings.get("registration.agencies.has_work"), std::move(fields), Icon::briefcase});
    return facts;
}

void AgenciesPage::view_agency(Ui& ui, const PageContext& in, const AgencyFact& agency,
                               std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const bool chosen = std::ranges::find(chosen_, agency.id) != chosen_.end();
    std::string gets = s.get("registration.agencies.gets", {{"agency", isolated(agency.name)}});
    if (has_form_of_its_own(agency.id, in)) gets += " " + s.get("registration.agencies.own_form");
    const ChoiceSpec choice{agency.id, agency.name, chosen, std::move(gets)};
    ui.begin_panel("panel." + agency.id, "");
    if (ui.choices("choose." + agency.id, "", {&choice, 1})) out.push_back(intent::ToggleAgency{agency.id});
    constexpr float weights[] = {1, 1.3f}; // addresses stay in one line
    ui.begin_columns("who." + agency.id, weights);
    view_about(ui, in, agency.id, in.facts.profile_of(agency.id));
    ui.next_column();
    if (const std::vector<Fact> facts = facts_of(agency.id, in); !facts.empty())
        ui.facts("facts." + agency.id, facts);
    ui.end_columns();
    ui.end_panel();
}

void AgenciesPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    ui.heading("title", s.get("registration.agencies.title"));
    ui.text("help", s.get("registration.agencies.help"), TextLook::secondary);
    if (nothing_chosen_ && chosen_.empty())
        ui.notice("none", NoticeLook::error, s.get("registration.agencies.none"));
    for (const AgencyFact& agency : in.facts.agencies) {
        if (in.facts.registration_form_of(agency.id)) view_agency(ui, in, agency, out);
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
