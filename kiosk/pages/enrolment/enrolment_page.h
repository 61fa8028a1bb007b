// How a kiosk comes to serve an agency: a code for the desk, six words to compare. No step can be left out.
// Staff come here again from their page.
#pragma once

#include <optional>

#include "kiosk/pages/page.h"

namespace vakant {

class EnrolmentPage final : public Page {
public:
    PageId id() const override { return PageId::enrolment; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;
    std::vector<Effect> receive(const Event& event, const PageContext& in) override;

private:
    void view_code(Ui& ui, const PageContext& in) const;
    void view_words(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    void view_back(Ui& ui, const PageContext& in, std::vector<Intent>& out) const;
    std::vector<std::string> answered_words_; ///< the words that a person already spoke about
    bool said_same_ = false;
};

} // namespace vakant
