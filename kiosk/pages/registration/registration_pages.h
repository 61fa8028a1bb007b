// The pages before and after the form itself: agencies, notice, consents, review, thanks. They share a Visit.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;
class RegistrationPart;

/// Where the kiosk serves several agencies: with which ones to register, who each is and what it gets.
class AgenciesPage final : public Page {
public:
    explicit AgenciesPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_agencies; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    bool has_form_of_its_own(const std::string& agency, const PageContext& in) const;
    void view_agency(Ui& ui, const PageContext& in, const AgencyFact& agency, std::vector<Intent>& out) const;
    std::vector<Fact> facts_of(const std::string& agency, const PageContext& in) const;
    std::vector<Effect> ask_for_fields(const PageContext& in) const;
    void note_fields(const VacancyResults& results);
    Visit& visit_;
    std::vector<std::string> chosen_;
    std::map<std::string, std::vector<std::string>> fields_; ///< with open work, as keys of texts, by agency
    std::size_t asked_ = 0;                                  ///< the agency whose fields are searched for
    bool nothing_chosen_ = false;
};

/// What happens with the answers, before the first field.
class NoticePage final : public Page {
public:
    NoticePage(std::size_t part, Visit& visit) : part_(part), visit_(visit) {}
    PageId id() const override { return PageId::registration_notice; }
    std::string part() const override { return part_ == 0 ? "" : std::to_string(part_); }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    std::size_t part_;
    Visit& visit_;
};

/// Settings that protect, which are on, and separate boxes, none of them ticked beforehand; for each agency.
class ConsentsPage final : public Page {
public:
    ConsentsPage(const PageArguments& arguments, Visit& visit)
        : part_(arguments.part), from_review_(arguments.from_review), visit_(visit) {}
    PageId id() const override { return PageId::registration_consents; }
    std::string part() const override { return part_ == 0 ? "" : std::to_string(part_); }
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    void view_of_agency(Ui& ui, const PageContext& in, std::size_t agency, std::vector<Intent>& out) const;
    std::size_t part_;
    bool from_review_;
    Visit& visit_;
};

/// Every answer once more, each with its way back; then Send.
class ReviewPage final : public Page {
public:
    explicit ReviewPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_review; }
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_answers(Ui& ui, const PageContext& in, std::size_t part, std::vector<Intent>& out) const;
    void view_consents(Ui& ui, const PageContext& in, std::size_t part, std::vector<Intent>& out) const;
    std::vector<Effect> send(const PageContext& in);
    Visit& visit_;
    bool sending_ = false;
    bool incomplete_ = false;
    std::optional<ErrorKind> problem_;
};

/// Kept: the number, the code, and what happens next.
class ThanksPage final : public Page {
public:
    explicit ThanksPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_thanks; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_number(Ui& ui, const PageContext& in) const;
    void view_code(Ui& ui, const PageContext& in) const;
    Visit& visit_;
    bool printing_ = false;
    std::optional<bool> printed_;
};

} // namespace vakant
