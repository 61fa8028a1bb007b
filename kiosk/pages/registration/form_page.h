// One page of the agency's form on one screen; errors stand under their fields after Next.
#pragma once

#include "core/registration/form_session.h"
#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

class RegistrationFormPage final : public Page {
public:
    RegistrationFormPage(std::size_t step, bool from_review, Visit& visit)
        : step_(step), from_review_(from_review), visit_(visit) {}
    PageId id() const override { return PageId::registration_form; }
    std::string part() const override;
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    const FormPage& shown() const;
    void view_field(Ui& ui, const PageContext& in, const FormField& field, const std::string& error,
                    std::vector<Intent>& out) const;
    void view_choices(Ui& ui, const PageContext& in, const FormField& field, const std::string& error,
                      std::vector<Intent>& out) const;
    std::string label_of(const FormField& field, const PageContext& in) const;
    std::vector<Effect> next();
    std::vector<Effect> back();

    std::size_t step_; ///< index into the form's pages
    bool from_review_;
    bool shows_problems_ = false;
    Visit& visit_;
};

} // namespace vakant
