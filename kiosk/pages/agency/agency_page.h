// What an agency tells about itself: who it is, how registering works, where it sits, for whom it finds
// people, how many openings it has in each field, and with whom one may register as well. From its signed
// profile.
#pragma once

#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

class AgencyPage final : public Page {
public:
    explicit AgencyPage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::agency; }
    std::string part() const override { return std::to_string(shown_); }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> enter(const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    const ProfileFact* shown_profile(const PageContext& in) const;
    void view_profile(Ui& ui, const PageContext& in, const AgencyProfile& profile) const;
    void view_openings(Ui& ui, const PageContext& in) const;
    std::vector<Effect> begin_registration(const PageContext& in);
    Visit& visit_;
    std::size_t shown_ = 0;            ///< of the kiosk's profiles
    std::vector<FacetCount> openings_; ///< of that agency's own orders, by field
    std::string asked_for_;            ///< whose openings were asked for last
    std::size_t own_total_ = 0;
};

} // namespace vakant
