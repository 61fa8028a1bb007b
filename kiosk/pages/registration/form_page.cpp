#include "kiosk/pages/registration/form_page.h"

#include <algorithm>

#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {
namespace {

FieldSpec::Kind kind_of(Widget widget) {
    switch (widget) {
    case Widget::telephone:
        return FieldSpec::Kind::telephone;
    case Widget::email:
        return FieldSpec::Kind::email;
    case Widget::number:
        return FieldSpec::Kind::number;
    case Widget::long_text:
        return FieldSpec::Kind::long_text;
    case Widget::text:
    case Widget::name:
    case Widget::date:
    case Widget::month:
    case Widget::choice:
    case Widget::choices:
    case Widget::suggest:
    case Widget::suggest_many:
    case Widget::yes_no:
    case Widget::fact:
    case Widget::group:
        break;
    }
    return FieldSpec::Kind::text;
}

std::string problem_text(const std::vector<FormProblem>& problems, const FormField& field,
                         const PageContext& in) {
    const auto problem = std::ranges::find(problems, field.id, &FormProblem::field);
    if (problem == problems.end()) return {};
    const std::string key = "validation." + problem->keyword;
    if (!in.strings.has(key)) return in.strings.get("validation.other");
    return in.strings.get(key, {{"limit", problem->limit}});
}

} // namespace

std::string RegistrationFormPage::part() const {
    return shown().id;
}

const FormPage& RegistrationFormPage::shown() const {
    return visit_.answers()->form().pages[step_];
}

std::string RegistrationFormPage::label_of(const FormField& field, const PageContext& in) const {
    return std::string(visit_.answers()->form().text(field.label_key, in.language));
}

void RegistrationFormPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    const FormSession& answers = *visit_.answers();
    const FormDefinition& form = answers.form();
    const FormPage& page = shown();
    const std::vector<std::size_t> steps = visible_pages(answers);
    const auto here = std::ranges::find(steps, step_);
    view_progress(ui, in, answers, static_cast<std::size_t>(here - steps.begin()) + 1);
    ui.heading("title", form.text(page.title_key, in.language));
    if (!page.help_key.empty()) ui.text("help", form.text(page.help_key, in.language), TextLook::secondary);
    std::vector<FormProblem> problems;
    if (shows_problems_) problems = answers.problems_on(page);
    if (!problems.empty()) {
        ui.notice(
            "problems", NoticeLook::error,
            in.strings.get("registration.problems", {{"count", static_cast<std::int64_t>(problems.size())}}));
    }
    for (const FormField& field : page.fields) {
        if (answers.is_visible(field)) view_field(ui, in, field, problem_text(problems, field, in), out);
    }
    ActionSpec next{"next",
                    in.strings.get(from_review_ ? "registration.back_to_review" : "common.next"),
                    ButtonLook::primary,
                    Icon::forward,
                    true,
                    true};
    const std::vector<ActionSpec> actions =
        from_review_ ? std::vector<ActionSpec>{next} : std::vector<ActionSpec>{back_action(in), next};
    if (const auto pressed = ui.actions(actions)) {
        if (*pressed + 1 == actions.size()) {
            out.push_back(intent::NextStep{});
        } else {
            out.push_back(intent::GoBack{});
        }
    }
}

void RegistrationFormPage::view_field(Ui& ui, const PageContext& in, const FormField& field,
                                      const std::string& error, std::vector<Intent>& out) const {
    const FormSession& answers = *visit_.answers();
    if (field.widget == Widget::choice || field.widget == Widget::choices || field.widget == Widget::yes_no) {
        view_choices(ui, in, field, error, out);
        return;
    }
    FieldSpec spec;
    spec.kind = kind_of(field.widget);
    spec.name = label_of(field, in);
    if (!field.help_key.empty()) spec.help = answers.form().text(field.help_key, in.language);
    spec.error = error;
    spec.max_length = field.max_length;
    spec.required = answers.is_required(field);
    if (const auto value = ui.field("field." + field.id, spec, answers.answer(field.id))) {
        out.push_back(intent::SetAnswer{field.id, *value});
    }
}

void RegistrationFormPage::view_choices(Ui& ui, const PageContext& in, const FormField& field,
                                        const std::string& error, std::vector<Intent>& out) const {
    const FormSession& answers = *visit_.answers();
    const FormDefinition& form = answers.form();
    std::string name = label_of(field, in);
    if (!answers.is_required(field)) name = in.strings.get("registration.optional", {{"label", name}});
    const std::string key = "field." + field.id;
    if (!field.help_key.empty())
        ui.text(key + ".help", form.text(field.help_key, in.language), TextLook::secondary);
    if (field.widget == Widget::yes_no) {
        const std::string_view value = answers.answer(field.id);
        const std::vector<ChoiceSpec> choices = {
            {key + ".true", in.strings.get("common.yes"), value == "true", ""},
            {key + ".false", in.strings.get("common.no"), value == "false", ""}};
        if (const auto pressed = ui.choice(key, name, choices, error)) {
            out.push_back(intent::SetAnswer{field.id, *pressed == 0 ? "true" : "false"});
        }
        return;
    }
    const std::vector<std::string> chosen = answers.chosen(field.id);
    std::vector<ChoiceSpec> choices;
    for (const FormChoice& choice : field.choices) {
        choices.push_back({key + "." + choice.value, std::string(form.text(choice.text_key, in.language)),
                           std::ranges::find(chosen, choice.value) != chosen.end(), ""});
    }
    if (field.widget == Widget::choice) {
        if (const auto pressed = ui.choice(key, name, choices, error)) {
            out.push_back(intent::SetAnswer{field.id, field.choices[*pressed].value});
        }
    } else if (const auto pressed = ui.choices(key, name, choices, error)) {
        out.push_back(intent::ToggleAnswer{field.id, field.choices[*pressed].value});
    }
}

std::vector<Effect> RegistrationFormPage::update(const Intent& intent, const PageContext&) {
    FormSession* answers = visit_.answers();
    if (!answers) return {};
    return std::visit(Overload{[&](const intent::SetAnswer& it) {
                                   answers->set_answer(it.field, it.value);
                                   return std::vector<Effect>{};
                               },
                               [&](const intent::ToggleAnswer& it) {
                                   answers->toggle_choice(it.field, it.value);
                                   return std::vector<Effect>{};
                               },
                               [&](const intent::NextStep&) { return next(); },
                               [&](const intent::GoBack&) { return back(); },
                               [&](const auto&) { return std::vector<Effect>{}; }},
                      intent);
}

std::vector<Effect> RegistrationFormPage::next() {
    const FormSession& answers = *visit_.answers();
    shows_problems_ = !answers.problems_on(shown()).empty();
    if (shows_problems_) return {};
    if (from_review_) return {effect::GoBack{}};
    const std::vector<std::size_t> steps = visible_pages(answers);
    const auto after = std::ranges::upper_bound(steps, step_);
    if (after != steps.end()) {
        step_ = *after;
        return {};
    }
    const bool asks_consent = !answers.form().consents.empty();
    return {
        effect::GoTo{asks_consent ? PageId::registration_consents : PageId::registration_review, {}, false}};
}

std::vector<Effect> RegistrationFormPage::back() {
    shows_problems_ = false;
    const std::vector<std::size_t> steps = visible_pages(*visit_.answers());
    const auto here = std::ranges::lower_bound(steps, step_);
    if (from_review_ || here == steps.begin()) return {effect::GoBack{}};
    step_ = *std::prev(here);
    return {};
}

} // namespace vakant
