// The pages around slips: a form that was parked, and what a slip is good for: going on with a form, and
// taking back what was sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

/// The code of the form that was just parked, to be printed or written down.
class ParkedPage final : public Page {
public:
    explicit ParkedPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_parked; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    Visit& visit_;
    bool failed_ = false;
    bool printing_ = false;
    std::optional<bool> printed_;
};

/// Which of the two a person wants to do with a slip.
class SlipPage final : public Page {
public:
    PageId id() const override { return PageId::registration_slip; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
};

/// Opening a parked form by its code.
class TakeUpPage final : public Page {
public:
    explicit TakeUpPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::registration_take_up; }
    std::string_view first_focus() const override { return "code"; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;
    std::optional<std::int64_t> wake_at(const PageContext& in) const override;

private:
    std::vector<Effect> open(const PageContext& in);
    std::vector<Effect> take_up(const Json& draft, const PageContext& in);
    bool waits(const PageContext& in) const { return in.monotonic_ms < opens_at_ms_; }
    Visit& visit_;
    std::string code_;
    std::string error_;       ///< key of its text
    std::int64_t number_ = 0; ///< in that text
    bool opening_ = false;
    std::int64_t opens_at_ms_ = 0; ///< monotonic; before it no try counts
};

/// Taking back what was sent, with the number and the secret of its slip. The page never learns whether they
/// belong to anybody.
class WithdrawPage final : public Page {
public:
    PageId id() const override { return PageId::registration_withdraw; }
    std::string part() const override { return done_ ? "done" : ""; }
    std::string_view first_focus() const override { return "reference"; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_done(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_agencies(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void set_text(const intent::SetSlipText& what);
    std::vector<Effect> withdraw(const PageContext& in);
    std::string reference_, code_;
    std::vector<std::string> from_;
    std::string reference_error_, code_error_, from_error_; ///< keys of their texts
    std::int64_t wrong_group_ = 0;
    std::optional<ErrorKind> problem_;
    bool sending_ = false, done_ = false;
};

} // namespace vakant
