// The board: a search field, the agency's own orders apart from everybody else's, cards, pages of cards.
#pragma once

#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

struct VacancyListState {
    VacancyQuery query;
    std::optional<VacancyResults> results; ///< none: still looking
    std::optional<ErrorKind> problem;
};

class VacancyListPage final : public Page {
public:
    PageId id() const override { return PageId::vacancies_list; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;
    const VacancyListState& state() const { return state_; }

private:
    std::vector<Effect> search(const PageContext& in);
    std::size_t total() const;
    void view_search(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_boards(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_results(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_actions(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    VacancyListState state_;
};

} // namespace vakant
