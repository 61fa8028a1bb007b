#include "kiosk/pages/agency/agency_page.h"

#include "kiosk/pages/agency/openings.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_facts.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

void view_text(Ui& ui, const PageContext& in, const std::string& key, const LocalText& text) {
    const LocalText::Found found = text.in(in.language);
    int number = 0;
    for (const std::string& paragraph : paragraphs_of(found.text))
        ui.text(key + "." + std::to_string(number++), paragraph, TextLook::body, found.language);
}

void view_offices(Ui& ui, const PageContext& in, const std::vector<AgencyOffice>& offices) {
    const Strings& s = in.strings;
    for (std::size_t i = 0; i < offices.size(); ++i) {
        const AgencyOffice& office = offices[i];
        std::vector<Fact> facts{{"address", s.get("agency.address"), isolated(office.address), Icon::place}};
        const std::string hours(office.hours.in(in.language).text);
        if (!hours.empty()) facts.push_back({"hours", s.get("agency.hours"), isolated(hours), Icon::clock});
        if (!office.phone.empty())
            facts.push_back({"phone", s.get("agency.phone"), isolated(office.phone), Icon::phone});
        const std::string key = "office." + std::to_string(i);
        ui.begin_panel(key + ".panel", office.name.in(in.language).text);
        ui.facts(key, facts);
        ui.end_panel();
    }
}

void view_others(Ui& ui, const PageContext& in, const std::vector<OtherAgency>& others) {
    if (others.empty()) return;
    std::vector<Fact> facts;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const OtherAgency& other = others[i];
        std::string value;
        for (const std::string_view part : {other.note.in(in.language).text, std::string_view(other.phone),
                                            std::string_view(other.homepage)}) {
            if (part.empty()) continue;
            if (!value.empty()) value += in.strings.get("common.list_separator");
            value += isolated(part);
        }
        facts.push_back({std::to_string(i), isolated(other.name), std::move(value), Icon::none});
    }
    ui.begin_panel("others.panel", in.strings.get("agency.others"));
    ui.facts("others", facts);
    ui.end_panel();
}

} // namespace

const ProfileFact* AgencyPage::shown_profile(const PageContext& in) const {
    return shown_ < in.facts.profiles.size() ? &in.facts.profiles[shown_] : nullptr;
}

void AgencyPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const ProfileFact* shown = shown_profile(in);
    ui.heading("title", shown ? shown->profile->name : s.get("home.agency.title"));
    if (in.facts.profiles.size() > 1) {
        std::vector<ChoiceSpec> tabs;
        for (std::size_t i = 0; i < in.facts.profiles.size(); ++i)
            tabs.push_back(
                {in.facts.profiles[i].agency, in.facts.profiles[i].profile->name, i == shown_, ""});
        if (const auto tab = ui.tabs("agencies", tabs)) out.push_back(intent::ChooseAgency{*tab});
    }
    if (shown) {
        view_profile(ui, in, *shown->profile);
    } else {
        ui.notice("none", NoticeLook::hint, s.get("agency.none"));
    }
    std::vector<ActionSpec> actions = {back_action(in)};
    std::vector<Intent> intents = {intent::GoBack{}};
    if (shown && in.facts.registration_form_of(shown->agency)) {
        actions.push_back(
            {"register", s.get("home.register.title"), ButtonLook::primary, Icon::person, true, true});
        intents.push_back(intent::OpenPage{PageId::registration_notice});
    }
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

void AgencyPage::view_profile(Ui& ui, const PageContext& in, const AgencyProfile& profile) const {
    const Strings& s = in.strings;
    const LocalText::Found greeting = profile.greeting.in(in.language);
    if (!greeting.text.empty()) ui.text("greeting", greeting.text, TextLook::large, greeting.language);
    view_text(ui, in, "about", profile.about);
    if (!profile.registering.empty()) {
        ui.subheading("registering.title", s.get("agency.registering"));
        view_text(ui, in, "registering", profile.registering);
    }
    view_openings(ui, in);
    view_offices(ui, in, profile.offices);
    if (!profile.employers.empty()) {
        std::string names;
        for (const std::string& employer : profile.employers) {
            if (!names.empty()) names += s.get("common.list_separator");
            names += isolated(employer);
        }
        ui.subheading("employers.title", s.get("agency.employers"));
        ui.text("employers", names);
    }
    view_others(ui, in, profile.other_agencies);
    ui.text("heard", heard_text(in), TextLook::small);
}

void AgencyPage::view_openings(Ui& ui, const PageContext& in) const {
    const Strings& s = in.strings;
    std::vector<Fact> facts;
    std::size_t counted = 0;
    const auto add = [&](std::string key, std::string name, std::size_t count) {
        facts.push_back({std::move(key), std::move(name),
                         s.get("agency.opening_count", {{"count", static_cast<std::int64_t>(count)}}),
                         Icon::none});
    };
    for (const FacetCount& count : openings_) {
        if (count.facet != Facet::field || count.count == 0) continue;
        add(count.value, s.get("vacancies.field." + count.value), count.count);
        counted += count.count;
    }
    // Those whose field nobody knows are open all the same.
    if (counted < own_total_) add("other", s.get("agency.other_field"), own_total_ - counted);
    if (facts.empty()) return;
    ui.begin_panel("openings.panel", s.get("agency.openings"));
    ui.facts("openings", facts);
    ui.end_panel();
}

std::vector<Effect> AgencyPage::enter(const PageContext& in) {
    const ProfileFact* shown = shown_profile(in);
    VacancyQuery query = openings_query(shown ? shown->agency : "", in.language);
    asked_for_ = query.agency;
    return {effect::Search{std::move(query)}};
}

std::vector<Effect> AgencyPage::update(const Intent& intent, const PageContext& in) {
    if (std::holds_alternative<intent::GoBack>(intent)) return {effect::GoBack{}};
    if (const auto* chosen = std::get_if<intent::ChooseAgency>(&intent)) {
        shown_ = chosen->index;
        openings_.clear(); // another agency's
        own_total_ = 0;
        return enter(in);
    }
    if (std::holds_alternative<intent::OpenPage>(intent)) return begin_registration(in);
    return {};
}

std::vector<Effect> AgencyPage::begin_registration(const PageContext& in) {
    const ProfileFact* shown = shown_profile(in);
    const FormFact* form = shown ? in.facts.registration_form_of(shown->agency) : nullptr;
    if (!form) return {};
    visit_.begin_registration(form->form, {}, shown->agency);
    return {effect::GoTo{PageId::registration_notice, {}, false}};
}

std::vector<Effect> AgencyPage::receive(const Event& event, const PageContext& in) {
    const auto* answer = std::get_if<event::SearchAnswered>(&event);
    if (answer && answer->results.query.agency == asked_for_) {
        openings_ = answer->results.counts;
        own_total_ = answer->results.own_total;
    }
    if (std::holds_alternative<event::FactsChanged>(event)) return enter(in);
    return {};
}

} // namespace vakant
