#include "kiosk/pages/home/home_page.h"

#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

std::string open_places(const PageContext& in) {
    if (!in.facts.board) return in.strings.get("home.browse.waiting");
    const auto open = static_cast<std::int64_t>(in.facts.board->own + in.facts.board->others);
    return in.strings.get("home.browse.count", {{"count", open}});
}

struct HomeCard {
    CardSpec card;
    PageId page;
};

std::vector<HomeCard> cards_of(const PageContext& in) {
    const Strings& s = in.strings;
    const auto card = [&s](std::string key, Icon icon, std::string line, bool primary = false) {
        CardSpec spec;
        spec.title = s.get("home." + key + ".title");
        spec.key = std::move(key);
        spec.lines = {std::move(line)};
        spec.icon = icon;
        spec.primary = primary;
        return spec;
    };
    std::vector<HomeCard> cards;
    cards.push_back({card("browse", Icon::briefcase, open_places(in), true), PageId::vacancies_list});
    if (!in.facts.forms.empty()) {
        cards.push_back({card("register", Icon::person,
                              s.get(in.facts.day.empty() ? "home.register.line" : "home.register.line_day")),
                         PageId::registration_notice});
    }
    if (!in.facts.tests.empty()) {
        cards.push_back({card("typing", Icon::keyboard, s.get("home.typing.line")), PageId::skills_intro});
    }
    if (in.facts.store_ready && in.facts.enrolment == EnrolmentStep::done)
        cards.push_back({card("slip", Icon::printer, s.get("home.slip.line")), PageId::registration_slip});
    if (!in.facts.profiles.empty()) {
        cards.push_back(
            {card("agency", Icon::speech_bubble, isolated(in.facts.profiles.front().profile->name)),
             PageId::agency});
    }
    cards.push_back({card("about", Icon::lock, s.get("home.about.line")), PageId::about});
    return cards;
}

} // namespace

void HomePage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    ui.heading("title", in.strings.get("home.title"), HeadingLook::welcome);
    ui.text("lead", in.strings.get("home.lead"), TextLook::secondary);
    const std::vector<HomeCard> cards = cards_of(in);
    std::vector<CardSpec> specs;
    for (const HomeCard& card : cards)
        specs.push_back(card.card);
    if (const auto pressed = ui.cards("cards", specs, specs.size() > 4 ? 3 : 2)) // in view without scrolling
        out.push_back(intent::OpenPage{cards[*pressed].page});
}

std::vector<Effect> HomePage::update(const Intent& intent, const PageContext& in) {
    const auto* open = std::get_if<intent::OpenPage>(&intent);
    if (!open) return {};
    if (open->page == PageId::registration_notice) return begin_registration(in);
    return {effect::GoTo{open->page, {}, false}};
}

std::vector<Effect> HomePage::begin_registration(const PageContext& in) {
    const std::string agency = in.facts.agencies.empty() ? "" : in.facts.agencies.front().id;
    const FormFact* fact = in.facts.registration_form_of(agency);
    if (!fact) return {};
    const bool several = in.facts.agencies.size() > 1;
    if (!several) visit_.begin_registration(fact->form, {}, agency);
    return {effect::GoTo{several ? PageId::registration_agencies : PageId::registration_notice, {}, false}};
}

} // namespace vakant
