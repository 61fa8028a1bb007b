#include "kiosk/pages/registration/registration_steps.h"

#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

std::vector<std::size_t> visible_pages(const FormSession& answers) {
    std::vector<std::size_t> out;
    const std::vector<FormPage>& pages = answers.form().pages;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (answers.is_visible(pages[i])) out.push_back(i);
    }
    return out;
}

std::size_t step_count(const FormSession& answers) {
    return visible_pages(answers).size() + (answers.form().consents.empty() ? 0 : 1) + 1;
}

void view_progress(Ui& ui, const PageContext& in, const FormSession& answers, std::size_t done) {
    const std::size_t total = step_count(answers);
    ui.progress("progress",
                in.strings.get("registration.step", {{"step", static_cast<std::int64_t>(done)},
                                                     {"total", static_cast<std::int64_t>(total)}}),
                static_cast<int>(done), static_cast<int>(total));
}

std::string answer_in_words(const FormSession& answers, const FormField& field, const PageContext& in) {
    const FormDefinition& form = answers.form();
    const std::string none = in.strings.get("registration.not_answered");
    if (field.widget == Widget::choices || field.widget == Widget::choice) {
        std::string out;
        for (const std::string& value : answers.chosen(field.id)) {
            for (const FormChoice& choice : field.choices) {
                if (choice.value != value) continue;
                if (!out.empty()) out += ", ";
                out += form.text(choice.text_key, in.language);
            }
        }
        return out.empty() ? none : out;
    }
    const std::string_view value = answers.answer(field.id);
    if (value.empty()) return none;
    if (field.widget == Widget::yes_no) return in.strings.get(value == "true" ? "common.yes" : "common.no");
    return isolated(value);
}

std::string names_of(const std::vector<std::string>& agencies, const PageContext& in) {
    std::string out;
    for (const std::string& id : agencies) {
        const std::string name = in.facts.name_of_agency(id);
        if (name.empty()) continue;
        if (!out.empty()) out += ", ";
        out += isolated(name);
    }
    return out;
}

void view_purpose(Ui& ui, const PageContext& in, const Visit& visit) {
    const Strings& s = in.strings;
    const std::string agencies = names_of(visit.agencies, in);
    if (visit.prompt.is_application) {
        ui.text("purpose", s.get("registration.applies_for", {{"title", isolated(visit.prompt.title)}}),
                TextLook::strong);
    } else if (!visit.prompt.vacancy.empty()) {
        ui.text("purpose", s.get("registration.prompted_by", {{"title", isolated(visit.prompt.title)}}),
                TextLook::strong);
    }
    if (!agencies.empty()) {
        ui.text("recipient", s.get("registration.recipient", {{"agency", agencies}}), TextLook::secondary);
    }
}

} // namespace vakant
