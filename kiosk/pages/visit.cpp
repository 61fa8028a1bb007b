#include "kiosk/pages/visit.h"

namespace vakant {

void Visit::begin_registration(std::shared_ptr<const FormDefinition> new_form, Prompt new_prompt,
                               std::string agency) {
    const bool same_form = form && new_form && form->digest == new_form->digest;
    prompt = std::move(new_prompt);
    agencies.clear();
    if (!agency.empty()) agencies.push_back(std::move(agency));
    if (!same_form || !answers_) {
        forget_answers();
        form = std::move(new_form);
        answers_ = std::make_unique<FormSession>(*form, arena_);
    }
    answers_->prompted_by_vacancy = prompt.vacancy;
    answers_->is_application = prompt.is_application;
}

void Visit::forget_answers() {
    if (answers_) answers_->wipe();
    answers_.reset();
    arena_.wipe();
}

void Visit::wipe() {
    forget_answers();
    form.reset();
    prompt = {};
    agencies.clear();
    secret.clear();
    reference.clear();
    reference_code = {};
    reference_agencies.clear();
    registered = false;
    test.reset();
    test_session.clear();
    test_agency.clear();
    test_resumed = false;
}

} // namespace vakant
