#include "kiosk/pages/home/attract_page.h"

#include <algorithm>

#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

constexpr std::int64_t turn_ms = 8000; ///< from one greeting to the next
constexpr std::int64_t fade_ms = 320;  ///< out, and in again
constexpr std::int64_t step_ms = 32;   ///< between two frames of a fade
constexpr std::size_t shown_at_once = 3, looked_up = 12;

/// Where the rotation stands: a matter of the clock alone, so that no frame has to be remembered.
struct Turn {
    std::size_t number = 0;
    float opacity = 1;
};

/// Not under the hands of somebody who goes by keys or by ear: what they heard would be another thing by the
/// time they choose it.
bool goes_round(const Ui& ui) {
    return !ui.settings().less_motion && !ui.settings().show_focus;
}

Turn turn_at(std::int64_t now_ms, bool fades) {
    Turn turn{static_cast<std::size_t>(now_ms / turn_ms), 1};
    const std::int64_t into = now_ms % turn_ms, left = turn_ms - into;
    if (fades) turn.opacity = static_cast<float>(std::min({into, left, fade_ms})) / fade_ms;
    return turn;
}

CardSpec card_for(const VacancyCard& vacancy, const PageContext& in) {
    CardSpec card;
    card.key = "vacancy." + vacancy.id;
    card.title = vacancy.title;
    card.title_language = vacancy.language == in.language ? "" : vacancy.language;
    if (std::string who = who_and_where(vacancy, in); !who.empty()) card.lines.push_back(std::move(who));
    card.badge = deadline_text(in, vacancy.deadline, vacancy.deadline_at);
    return card;
}

} // namespace

void AttractPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (ui.settings().is_portrait() || cards_.empty()) {
        view_greeting(ui, in, out);
        view_vacancies(ui, in, out);
        return;
    }
    const float weights[] = {1.05f, 1.0f};
    ui.begin_columns("columns", weights);
    view_greeting(ui, in, out);
    ui.next_column();
    view_vacancies(ui, in, out);
    ui.end_columns();
}

void AttractPage::view_greeting(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const bool moves = goes_round(ui);
    const Turn turn = turn_at(in.monotonic_ms, moves && !ui.is_touched());
    std::vector<Ui::Greeting> all;
    std::size_t own = 0;
    for (const GreetingFact& greeting : in.facts.greetings) {
        if (greeting.language == in.language) own = all.size();
        all.push_back({greeting.text, greeting.language});
    }
    std::string start = s.get("attract.start");
    if (all.empty()) {
        ui.heading("title", s.get("attract.title"), HeadingLook::welcome);
    } else {
        const std::size_t shown = moves ? turn.number % all.size() : own;
        ui.greeting("title", all, shown, turn.opacity);
        if (!in.facts.greetings[shown].start.empty()) start = in.facts.greetings[shown].start;
    }
    ui.text("what", s.get("attract.what"), TextLook::large);
    ui.space(6);
    if (ui.button("start", start, ButtonLook::primary, Icon::forward))
        out.push_back(intent::OpenPage{PageId::home});
    ui.text("touch", s.get("attract.touch"), TextLook::secondary);
}

void AttractPage::view_vacancies(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const Strings& s = in.strings;
    const std::int64_t open =
        in.facts.board ? static_cast<std::int64_t>(in.facts.board->own + in.facts.board->others) : 0;
    if (open > 0) ui.text("count", s.get("attract.count", {{"count", open}}), TextLook::strong);
    if (cards_.empty()) return;
    const bool moves = goes_round(ui);
    const Turn turn = turn_at(in.monotonic_ms, moves && !ui.is_touched());
    std::vector<CardSpec> cards;
    std::vector<std::string> ids;
    const std::size_t pages = (cards_.size() + shown_at_once - 1) / shown_at_once;
    const std::size_t first = moves ? turn.number % pages * shown_at_once : 0;
    for (std::size_t i = first; i < std::min(first + shown_at_once, cards_.size()); ++i) {
        cards.push_back(card_for(cards_[i], in));
        ids.push_back(cards_[i].id);
    }
    ui.begin_fade(pages > 1 ? turn.opacity : 1);
    const auto pressed = ui.cards("open", cards, 1);
    ui.end_fade();
    if (pressed) out.push_back(intent::OpenVacancy{ids[*pressed]});
}

std::optional<std::int64_t> AttractPage::wake_at(const PageContext& in) const {
    if (in.facts.greetings.size() < 2 && cards_.size() <= shown_at_once) return std::nullopt;
    const std::int64_t into = in.monotonic_ms % turn_ms;
    if (into < fade_ms || into >= turn_ms - fade_ms) return in.monotonic_ms + step_ms;
    return in.monotonic_ms - into + turn_ms - fade_ms;
}

std::vector<Effect> AttractPage::enter(const PageContext& in) {
    VacancyQuery query;
    query.language = in.language;
    query.limit = looked_up;
    return {effect::Search{query}};
}

std::vector<Effect> AttractPage::update(const Intent& intent, const PageContext&) {
    if (std::holds_alternative<intent::OpenPage>(intent)) return {effect::StartOver{PageId::home}};
    if (const auto* open = std::get_if<intent::OpenVacancy>(&intent))
        return {effect::StartOver{PageId::vacancies_list}, // where Back leads to the others
                effect::GoTo{
                    PageId::vacancies_page, {.vacancy = open->id, .step = 0, .from_review = false}, false}};
    return {};
}

std::vector<Effect> AttractPage::receive(const Event& event, const PageContext& in) {
    if (const auto* answer = std::get_if<event::SearchAnswered>(&event)) cards_ = answer->results.cards;
    if (std::holds_alternative<event::FactsChanged>(event)) return enter(in);
    return {};
}

} // namespace vakant
