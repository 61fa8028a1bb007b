// What stands on the screen while nobody is there: the agency's question in one language after the other,
// open places from its board, one button. Between the fades nothing is drawn and nothing wakes up; the first
// touch anywhere opens the home page.
#pragma once

#include "kiosk/pages/page.h"

namespace vakant {

class AttractPage final : public Page {
public:
    PageId id() const override { return PageId::attract; }
    bool stands_alone() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;
    std::optional<std::int64_t> wake_at(const PageContext& in) const override;

private:
    void view_greeting(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_vacancies(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    std::vector<VacancyCard> cards_;
};

} // namespace vakant
