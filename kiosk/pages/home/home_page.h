// The first question: what are you looking for? One card for everything that this kiosk can do now.
#pragma once

#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

class HomePage final : public Page {
public:
    explicit HomePage(Visit& visit) : visit_(visit) {}
    PageId id() const override { return PageId::home; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    std::vector<Effect> begin_registration(const PageContext& in);
    Visit& visit_;
};

} // namespace vakant
