#include "kiosk/pages/registration/form_page.h"

#include <algorithm>

#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/registration/suggestions.h"
#include "kiosk/pages/shown.h"
#include "kiosk/pages/visit.h"

namespace vakant {

bool RegistrationFormPage::is_there() const {
    return visit_.part(part_) != nullptr;
}

const FormSession& RegistrationFormPage::answers() const {
    return visit_.parts()[part_].answers();
}

FormSession& RegistrationFormPage::answers() {
    return visit_.parts()[part_].answers();
}

std::string RegistrationFormPage::part() const {
    if (!is_there()) return {};
    return (part_ == 0 ? "" : std::to_string(part_) + ".") + shown().id;
}

const FormPage& RegistrationFormPage::shown() const {
    return answers().form().pages[std::min(step_, answers().form().pages.size() - 1)];
}

std::string RegistrationFormPage::text(std::string_view key, const PageContext& in) const {
    return std::string(answers().form().text(key, in.language));
}

std::string RegistrationFormPage::problem_of(const std::vector<FormProblem>& problems,
                                             std::string_view address, const PageContext& in) const {
    const auto problem = std::ranges::find(problems, address, &FormProblem::field);
    if (problem == problems.end()) return {};
    if (std::string own = answers().form().problem_text(*problem, in.language); !own.empty()) return own;
    const std::string key = "validation." + problem->keyword;
    if (!in.strings.has(key)) return in.strings.get("validation.other");
    return in.strings.get(key, {{"limit", problem->limit}});
}

void RegistrationFormPage::view(Ui& ui, const PageContext& in, std::vector<Intent>& out) const {
    if (!is_there()) return;
    const FormPage& page = shown();
    const std::vector<std::size_t> steps = visible_pages(answers());
    const auto here = std::ranges::find(steps, step_);
    const auto number = static_cast<std::size_t>(here - steps.begin()) + 1;
    if (asks_for_words()) {
        view_progress_and_hiding(ui, in, visit_, part_, number, out);
    } else {
        view_progress(ui, in, visit_, part_, number);
    }
    ui.heading("title", text(page.title_key, in));
    view_closed(ui, in, visit_);
    std::vector<FormProblem> problems;
    if (shows_problems_) problems = answers().problems_on(page);
    const auto say_help = [&] {
        if (!page.help_key.empty()) ui.text("help", text(page.help_key, in), look_of_help(ui));
    };
    // It was read already when there is something to put right, and may then stand in the way of that.
    const bool help_below = ui.shows_little() && !problems.empty();
    if (!help_below) say_help();
    if (!problems.empty()) {
        ui.notice(
            "problems", NoticeLook::error,
            in.strings.get("registration.problems", {{"count", static_cast<std::int64_t>(problems.size())}}));
    }
    for (const FormField& item : page.fields) {
        if (answers().is_visible(item)) view_item(ui, in, item, problems, out);
    }
    if (help_below) say_help();
    std::vector<ActionSpec> actions;
    std::vector<Intent> intents;
    if (!from_review_) {
        actions.push_back(back_action(in));
        intents.push_back(intent::GoBack{});
        actions.push_back(
            {"park", in.strings.get("registration.park"), ButtonLook::quiet, Icon::none, true, false});
        intents.push_back(intent::Park{});
    }
    actions.push_back({"next", in.strings.get(from_review_ ? "registration.back_to_review" : "common.next"),
                       ButtonLook::primary, Icon::forward, true, true});
    intents.push_back(intent::NextStep{});
    if (const auto pressed = ui.actions(actions)) out.push_back(intents[*pressed]);
}

/// Something is written on this page, not only chosen.
bool RegistrationFormPage::asks_for_words() const {
    return std::ranges::any_of(shown().fields, [this](const FormField& item) {
        return answers().is_visible(item) && (item.is_group() || is_written(item.widget));
    });
}

/// Words that are the name of a choice are that choice: who types it to the end need not press it too.
void RegistrationFormPage::set_answer(const intent::SetAnswer& what, const PageContext& in) {
    const FormField* field = answers().form().find_field(what.field);
    if (field && field->widget == Widget::suggest) {
        if (const auto value = value_named(answers(), *field, what.field, what.value, in)) {
            answers().set_answer(what.field, *value);
            return;
        }
    }
    answers().set_answer(what.field, what.value);
}

std::vector<Effect> RegistrationFormPage::update(const Intent& intent, const PageContext& in) {
    if (!is_there()) return {};
    using Effects = std::vector<Effect>;
    return std::visit(
        Overload{
            [&](const intent::SetAnswer& it) { return set_answer(it, in), Effects{}; },
            [&](const intent::ToggleAnswer& it) {
                answers().toggle_choice(it.field, it.value);
                typed_.erase(it.field);
                return Effects{};
            },
            [&](const intent::SetTyped& it) { return typed_[it.field] = it.text, Effects{}; },
            [&](const intent::AddEntry& it) { return add_entry(it.group), Effects{}; },
            [&](const intent::RemoveEntry& it) { return remove_entry(it), Effects{}; },
            [&](const intent::OpenEntry& it) { return open_[it.group] = it.entry, Effects{}; },
            [&](const intent::ChangeEase&) { return Effects{effect::ChangeEase{.hides_answers = true}}; },
            [&](const intent::Park&) { return Effects{effect::ParkForm{}}; },
            [&](const intent::NextStep&) { return next(); }, [&](const intent::GoBack&) { return back(); },
            [&](const auto&) { return Effects{}; }},
        intent);
}

std::vector<Effect> RegistrationFormPage::next() {
    const std::vector<FormProblem> problems = answers().problems_on(shown());
    shows_problems_ = !problems.empty();
    open_what_is_wrong(problems);
    if (shows_problems_) return {};
    typed_.clear();
    if (from_review_) return {effect::GoBack{}};
    const std::vector<std::size_t> steps = visible_pages(answers());
    const auto after = std::ranges::upper_bound(steps, step_);
    if (after != steps.end()) {
        step_ = *after;
        return {};
    }
    if (!answers().form().consents.empty())
        return {effect::GoTo{PageId::registration_consents, {.vacancy = "", .part = part_}, false}};
    if (part_ + 1 < visit_.parts().size())
        return {effect::GoTo{PageId::registration_notice, {.vacancy = "", .part = part_ + 1}, false}};
    return {effect::GoTo{PageId::registration_review, {}, false}};
}

std::vector<Effect> RegistrationFormPage::back() {
    shows_problems_ = false;
    typed_.clear();
    const std::vector<std::size_t> steps = visible_pages(answers());
    const auto here = std::ranges::lower_bound(steps, step_);
    if (from_review_ || here == steps.begin()) return {effect::GoBack{}};
    step_ = *std::prev(here);
    return {};
}

} // namespace vakant
