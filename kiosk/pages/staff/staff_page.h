// For the people who look after the kiosk: what waits to be sent, when the agency was last heard, whether the
// stores keep what they promise. Behind a code where the settings name one. Shows nobody's data.
#pragma once

#include "kiosk/pages/page.h"

namespace vakant {

class StaffPage final : public Page {
public:
    PageId id() const override { return PageId::staff; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    bool is_open(const PageContext& in) const { return let_in_ || !in.facts.asks_staff_code; }
    void view_door(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_state(Ui& ui, const PageContext& in) const;
    void view_storage(Ui& ui, const PageContext& in) const;
    void view_aside(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_stick(Ui& ui, const PageContext& in) const;
    void view_stores(Ui& ui, const PageContext& in) const;
    void view_enrolment(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    std::string code_;
    bool let_in_ = false, wrong_ = false, locked_ = false, asked_to_send_ = false;
    std::optional<event::TriedAgain> tried_again_;
    std::optional<event::TryAgainFailed> try_again_failed_;
    std::optional<event::StickExchanged> exchanged_;
    std::optional<event::StickFailed> stick_failed_;
};

} // namespace vakant
