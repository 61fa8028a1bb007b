#include <algorithm>

#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/facet_words.h"
#include "kiosk/pages/vacancies/vacancy_list_page.h"

namespace vakant {
namespace {

constexpr std::size_t cards_a_page = 8;
/// After the last letter: then bodies are looked through too, where they were left out to be quick.
constexpr std::int64_t deepens_after_ms = 400;

} // namespace

std::size_t VacancyListPage::total() const {
    if (!state_.results) return 0;
    return state_.query.board == Board::own ? state_.results->own_total : state_.results->others_total;
}

std::string VacancyListPage::name_of_choice(const FacetChoice& choice, const PageContext& in) const {
    const auto known = std::find_if(state_.place_names.begin(), state_.place_names.end(),
                                    [&](const auto& it) { return it.first == choice.value; });
    return facet_value_text(choice, known == state_.place_names.end() ? "" : std::string_view(known->second),
                            in);
}

std::vector<Effect> VacancyListPage::search(const PageContext& in, Depth depth) {
    state_.query.language = in.language;
    state_.query.limit = cards_a_page;
    state_.query.depth = depth;
    state_.query.wants_counts = state_.narrowing;
    state_.query.near = in.facts.stands_at;
    state_.deepens_at_ms.reset();
    return {effect::Search{state_.query}};
}

std::vector<Effect> VacancyListPage::enter(const PageContext& in) {
    return search(in);
}

std::vector<Effect> VacancyListPage::narrow(const intent::ToggleFacet& it, const PageContext& in) {
    std::vector<FacetChoice>& choices = state_.query.choices;
    if (const auto chosen = std::find(choices.begin(), choices.end(), it.choice); chosen != choices.end()) {
        choices.erase(chosen);
    } else {
        choices.push_back(it.choice);
        if (!it.place_name.empty()) state_.place_names.emplace_back(it.choice.value, it.place_name);
    }
    state_.query.offset = 0;
    return search(in);
}

std::vector<Effect> VacancyListPage::update(const Intent& intent, const PageContext& in) {
    VacancyQuery& query = state_.query;
    return std::visit(
        Overload{[&](const intent::SetWords& it) {
                     query.words = it.words;
                     query.offset = 0;
                     return search(in, Depth::as_typed);
                 },
                 [&](const intent::LookDeeper&) { return search(in); },
                 [&](const intent::TryAgain&) { return search(in); },
                 [&](const intent::ShowBoard& it) {
                     query.board = it.board;
                     query.offset = 0;
                     return search(in);
                 },
                 [&](const intent::ShowFrom& it) {
                     query.offset = it.offset;
                     return search(in);
                 },
                 [&](const intent::NarrowDown& it) {
                     state_.narrowing = it.open;
                     return search(in);
                 },
                 [&](const intent::ToggleFacet& it) { return narrow(it, in); },
                 [&](const intent::DropFacets&) {
                     query.choices.clear();
                     query.offset = 0;
                     return search(in);
                 },
                 [&](const intent::ShowAllPlaces&) {
                     state_.all_places = true;
                     return std::vector<Effect>{};
                 },
                 [&](const intent::SortBoard& it) {
                     query.sort = it.sort;
                     query.offset = 0;
                     return search(in);
                 },
                 [&](const intent::OpenVacancy& it) {
                     return std::vector<Effect>{effect::GoTo{
                         PageId::vacancies_page, {.vacancy = it.id, .step = 0, .from_review = false}, false}};
                 },
                 [&](const intent::GoBack&) {
                     if (!state_.narrowing) return std::vector<Effect>{effect::GoBack{}};
                     state_.narrowing = false;
                     return search(in);
                 },
                 [&](const auto&) { return std::vector<Effect>{}; }},
        intent);
}

std::vector<Effect> VacancyListPage::answered(const VacancyResults& results, const PageContext& in) {
    if (results.query != state_.query) return {}; // of an earlier question
    state_.results = results;
    state_.problem.reset();
    if (state_.query.offset > 0 && state_.query.offset >= total()) {
        state_.query.offset = 0; // the last page emptied while it was open
        return search(in);
    }
    if (!results.complete && state_.query.depth == Depth::as_typed)
        state_.deepens_at_ms = in.monotonic_ms + deepens_after_ms;
    return {};
}

std::vector<Effect> VacancyListPage::receive(const Event& event, const PageContext& in) {
    if (const auto* answer = std::get_if<event::SearchAnswered>(&event)) return answered(answer->results, in);
    if (const auto* failed = std::get_if<event::SearchFailed>(&event)) state_.problem = failed->kind;
    if (std::holds_alternative<event::FactsChanged>(event)) return search(in, state_.query.depth);
    return {};
}

} // namespace vakant
