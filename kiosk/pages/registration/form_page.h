// One page of the agency's form on one screen; errors stand under their fields after Next. form_page.cpp
// holds the way through the pages, form_fields.cpp draws the questions, form_groups.cpp those that repeat.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/registration/form_session.h"
#include "kiosk/pages/page.h"

namespace vakant {

class Visit;

class RegistrationFormPage final : public Page {
public:
    RegistrationFormPage(const PageArguments& arguments, Visit& visit)
        : part_(arguments.part), step_(arguments.step), from_review_(arguments.from_review), visit_(visit) {}
    PageId id() const override { return PageId::registration_form; }
    std::string part() const override;
    bool holds_answers() const override { return true; }
    void view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const override;
    std::vector<Effect> update(const Intent& intent, const PageContext& in) override;

private:
    /// A question where it stands: its address, and what is wrong with its answer.
    struct Asked {
        const FormField& field;
        std::string address;
        std::string error;
    };
    const FormSession& answers() const;
    FormSession& answers();
    const FormPage& shown() const;
    bool is_there() const; ///< the form is still open
    bool asks_for_words() const;
    std::string text(std::string_view key, const PageContext& in) const;
    std::string name_of(const Asked& asked, const PageContext& in) const;
    FieldSpec spec_of(const Ui& ui, const Asked& asked, const PageContext& in) const;
    std::string problem_of(const std::vector<FormProblem>& problems, std::string_view address,
                           const PageContext& in) const;
    // form_fields.cpp
    void view_item(Ui& ui, const PageContext& in, const FormField& item,
                   const std::vector<FormProblem>& problems, std::vector<Intent>& out) const;
    void view_field(Ui& ui, const PageContext& in, const Asked& asked, std::vector<Intent>& out) const;
    void view_text(Ui& ui, const PageContext& in, const Asked& asked, std::vector<Intent>& out) const;
    void view_choices(Ui& ui, const PageContext& in, const Asked& asked, std::vector<Intent>& out) const;
    void view_suggest(Ui& ui, const PageContext& in, const Asked& asked, std::vector<Intent>& out) const;
    void view_suggest_many(Ui& ui, const PageContext& in, const Asked& asked, std::vector<Intent>& out) const;
    // form_groups.cpp
    void view_group(Ui& ui, const PageContext& in, const FormField& group,
                    const std::vector<FormProblem>& problems, std::vector<Intent>& out) const;
    void view_entry(Ui& ui, const PageContext& in, const FormField& group, std::uint32_t entry,
                    const std::vector<FormProblem>& problems, std::vector<Intent>& out) const;
    std::uint32_t open_entry(const FormField& group) const; ///< 0: none
    void open_what_is_wrong(const std::vector<FormProblem>& problems);
    void add_entry(const std::string& group);
    void remove_entry(const intent::RemoveEntry& what);

    void set_answer(const intent::SetAnswer& what, const PageContext& in);
    std::vector<Effect> next();
    std::vector<Effect> back();

    std::size_t part_; ///< which form of the visit
    std::size_t step_; ///< index into the form's pages
    bool from_review_;
    bool shows_problems_ = false;
    std::map<std::string, std::uint32_t> open_; ///< entry that is being filled in, by group
    std::map<std::string, std::string> typed_;  ///< what is typed to find choices, by address
    Visit& visit_;
};

} // namespace vakant
