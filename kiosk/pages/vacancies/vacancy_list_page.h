// The board: a search field, the agency's own orders apart from everybody else's, cards that say why they are
// there, pages of cards; and, as a part of its own, everything by which the board can be narrowed down.
#pragma once

#include <optional>
#include <utility>

#include "kiosk/pages/page.h"

namespace vakant {

struct VacancyListState {
    VacancyQuery query;
    std::optional<VacancyResults> results; ///< none: still looking
    std::optional<ErrorKind> problem;
    bool narrowing = false;  ///< the part with the filters is shown
    bool all_places = false; ///< every municipality, not only those with most vacancies
    std::vector<std::pair<std::string, std::string>> place_names; ///< of chosen places: value, name
    std::optional<std::int64_t> deepens_at_ms; ///< monotonic: when nobody has typed for a while
};

class VacancyListPage final : public Page {
public:
    PageId id() const override { return PageId::vacancies_list; }
    std::string part() const override { return state_.narrowing ? "filters" : ""; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;
    std::optional<std::int64_t> wake_at(const PageContext&) const override { return state_.deepens_at_ms; }
    const VacancyListState& state() const { return state_; }

private:
    std::vector<Effect> search(const PageContext& in, Depth depth = Depth::complete);
    std::vector<Effect> narrow(const intent::ToggleFacet& it, const PageContext& in);
    std::vector<Effect> answered(const VacancyResults& results, const PageContext& in);
    std::size_t total() const;
    std::string name_of_choice(const FacetChoice& choice, const PageContext& in) const;
    // vacancy_list_view.cpp
    void view_search(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_boards(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_active(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_results(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_nothing(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_actions(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    // vacancy_filters_view.cpp
    void view_filters(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_order(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_facet(Ui& ui, const PageContext& in, Facet facet, std::vector<Intent>& out) const;
    void view_yes_facets(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    ChoiceSpec spec_for(const FacetCount& count, std::string key, const PageContext& in) const;
    VacancyListState state_;
};

} // namespace vakant
