// "Report this ad": what is wrong with it, in one press. Goes to the agency sealed like everything else, with
// nothing about the person in it.
#pragma once

#include <array>
#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

/// As they stand in the submission and in assets/strings under vacancies.report.reason.
constexpr std::array<std::string_view, 5> report_reasons{"closed", "wrong", "money", "unfair", "other"};

class ReportPage final : public Page {
public:
    explicit ReportPage(std::string vacancy) : id_(std::move(vacancy)) {}
    PageId id() const override { return PageId::vacancies_report; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext&) override { return {effect::LoadVacancy{id_}}; }
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    std::vector<Effect> send(const PageContext& in);
    std::string id_;
    std::optional<Vacancy> vacancy_;
    std::optional<std::size_t> reason_;
    bool sending_ = false, sent_ = false;
    std::optional<ErrorKind> problem_;
};

} // namespace vakant
