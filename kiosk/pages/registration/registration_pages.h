// The pages before and after the form itself: agencies, notice, consents, review, thanks. They share a Visit.
#pragma once

#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

/// Where the kiosk serves several agencies: with which ones to register.
class AgenciesPage final : public Page {
public:
    explicit AgenciesPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_agencies; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    bool can_join(const std::string& agency, const PageContext& in) const;
    Visit& visit_;
    bool nothing_chosen_ = false;
};

/// What happens with the answers, before the first field.
class NoticePage final : public Page {
public:
    explicit NoticePage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_notice; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    Visit& visit_;
};

/// Separate boxes, none of them ticked beforehand.
class ConsentsPage final : public Page {
public:
    explicit ConsentsPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_consents; }
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
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
    void view_answers(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
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

private:
    Visit& visit_;
};

} // namespace vakant
