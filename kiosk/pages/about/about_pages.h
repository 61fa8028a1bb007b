// What the kiosk is, what it keeps and who gets it; and help with using it. Plain text in the reader's
// language.
#pragma once

#include "kiosk/pages/page.h"

namespace vakant {

class AboutPage final : public Page {
public:
    PageId id() const override { return PageId::about; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
};

class HelpPage final : public Page {
public:
    PageId id() const override { return PageId::help; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
};

} // namespace vakant
