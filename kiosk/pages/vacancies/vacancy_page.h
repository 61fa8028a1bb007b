// One vacancy: its facts in the reader's language, its own words with their language named, and what can be
// done: apply here (own orders), or see whose it is and how to reach them; take it along; report it.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

class VacancyPageView final : public Page {
public:
    VacancyPageView(std::string id, Visit& visit) : id_(std::move(id)), visit_(visit) {}
    PageId id() const override { return PageId::vacancies_page; }
    std::string part() const override { return id_; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext&) override { return load(); }
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_vacancy(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_facts(Ui& ui, const PageContext& in) const;
    void view_words(Ui& ui, const PageContext& in) const;
    void view_elsewhere(Ui& ui, const PageContext& in) const;
    std::vector<Effect> register_for(bool is_application, const PageContext& in);
    /// Who is behind the ad, as far as it may be named.
    std::string advertiser(const PageContext& in) const;
    std::vector<Effect> load() const;
    bool is_gone(const PageContext& in) const;
    std::string id_;
    Visit& visit_;
    bool answered_ = false;
    std::optional<ErrorKind> problem_; ///< it could not be read
    std::optional<Vacancy> vacancy_;   ///< none after answered_ without a problem: gone
    std::vector<OccupationEntry> occupations_;
    QrPicture code_;
};

} // namespace vakant
