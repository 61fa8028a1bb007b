#include "kiosk/pages/shown.h"
#include "kiosk/pages/vacancies/vacancy_list_page.h"

namespace vakant {
namespace {
constexpr std::size_t cards_a_page = 8;
}

std::size_t VacancyListPage::total() const {
    if (!state_.results) return 0;
    return state_.query.board == Board::own ? state_.results->own_total : state_.results->others_total;
}

std::vector<Effect> VacancyListPage::search(const PageContext& in) {
    state_.query.language = in.language;
    state_.query.limit = cards_a_page;
    return {effect::Search{state_.query}};
}

std::vector<Effect> VacancyListPage::enter(const PageContext& in) {
    return search(in);
}

std::vector<Effect> VacancyListPage::update(const Intent& intent, const PageContext& in) {
    return std::visit(
        Overload{[&](const intent::SetWords& it) {
                     state_.query.words = it.words;
                     state_.query.offset = 0;
                     return search(in);
                 },
                 [&](const intent::ShowBoard& it) {
                     state_.query.board = it.board;
                     state_.query.offset = 0;
                     state_.results.reset();
                     return search(in);
                 },
                 [&](const intent::ShowFrom& it) {
                     state_.query.offset = it.offset;
                     return search(in);
                 },
                 [&](const intent::OpenVacancy& it) {
                     return std::vector<Effect>{effect::GoTo{
                         PageId::vacancies_page, {.vacancy = it.id, .step = 0, .from_review = false}, false}};
                 },
                 [&](const intent::GoBack&) { return std::vector<Effect>{effect::GoBack{}}; },
                 [&](const auto&) { return std::vector<Effect>{}; }},
        intent);
}

std::vector<Effect> VacancyListPage::receive(const Event& event, const PageContext& in) {
    if (const auto* answer = std::get_if<event::SearchAnswered>(&event)) {
        const VacancyQuery& asked = answer->results.query;
        const bool is_latest = asked.words == state_.query.words && asked.board == state_.query.board &&
                               asked.offset == state_.query.offset;
        if (!is_latest) return {};
        state_.results = answer->results;
        state_.problem.reset();
        if (state_.query.offset > 0 && state_.query.offset >= total()) {
            state_.query.offset = 0; // the last page emptied while it was open
            return search(in);
        }
        return {};
    }
    if (const auto* failed = std::get_if<event::SearchFailed>(&event)) state_.problem = failed->kind;
    if (std::holds_alternative<event::FactsChanged>(event)) return search(in);
    return {};
}

} // namespace vakant
