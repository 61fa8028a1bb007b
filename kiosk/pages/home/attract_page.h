// What stands on the screen while nobody is there: greetings, the number of open places, one button.
#pragma once

#include "kiosk/pages/page.h"

namespace vakant {

class AttractPage final : public Page {
public:
    PageId id() const override { return PageId::attract; }
    bool stands_alone() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
};

} // namespace vakant
