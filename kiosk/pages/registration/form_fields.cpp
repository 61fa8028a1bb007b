#include <algorithm>

#include "kiosk/pages/registration/form_page.h"
#include "kiosk/pages/registration/registration_steps.h"
#include "kiosk/pages/registration/suggestions.h"
#include "kiosk/pages/shown.h"

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
    default:
        return FieldSpec::Kind::text;
    }
}

} // namespace

/// Where nothing says that it must be answered, the name says that it need not be.
std::string RegistrationFormPage::name_of(const Asked& asked, const PageContext& in) const {
    std::string name = text(asked.field.label_key, in);
    if (answers().is_required(asked.address)) return name;
    return in.strings.get("registration.optional", {{"label", name}});
}

void RegistrationFormPage::view_item(Ui& ui, const PageContext& in, const FormField& item,
                                     const std::vector<FormProblem>& problems,
                                     std::vector<Intent>& out) const {
    if (item.is_group()) {
        view_group(ui, in, item, problems, out);
    } else {
        view_field(ui, in, {item, item.id, problem_of(problems, item.id, in)}, out);
    }
}

void RegistrationFormPage::view_field(Ui& ui, const PageContext& in, const Asked& asked,
                                      std::vector<Intent>& out) const {
    if (!asked.field.purpose_key.empty())
        ui.text("why." + asked.address, text(asked.field.purpose_key, in), look_of_help(ui));
    switch (asked.field.widget) {
    case Widget::choice:
    case Widget::choices:
    case Widget::yes_no:
        return view_choices(ui, in, asked, out);
    case Widget::suggest:
        return view_suggest(ui, in, asked, out);
    case Widget::suggest_many:
        return view_suggest_many(ui, in, asked, out);
    case Widget::fact: {
        const Fact fact{"fact." + asked.address, text(asked.field.label_key, in),
                        answer_in_words(answers(), asked.field, asked.address, in), Icon::none};
        return ui.facts("facts." + asked.address, {&fact, 1});
    }
    default:
        return view_text(ui, in, asked, out);
    }
}

void RegistrationFormPage::view_text(Ui& ui, const PageContext& in, const Asked& asked,
                                     std::vector<Intent>& out) const {
    const FieldSpec spec = spec_of(ui, asked, in);
    const std::string shown = answers().answer_for(asked.address, in.language);
    if (const auto value = ui.field("field." + asked.address, spec, shown))
        out.push_back(intent::SetAnswer{asked.address, *value});
}

void RegistrationFormPage::view_choices(Ui& ui, const PageContext& in, const Asked& asked,
                                        std::vector<Intent>& out) const {
    const std::string key = "field." + asked.address;
    const std::string name = name_of(asked, in);
    std::vector<ChoiceSpec> specs;
    if (asked.field.widget == Widget::yes_no) {
        const std::string_view value = answers().answer(asked.address);
        specs = {{key + ".true", in.strings.get("common.yes"), value == "true", ""},
                 {key + ".false", in.strings.get("common.no"), value == "false", ""}};
    } else {
        const std::vector<std::string> chosen = answers().chosen(asked.address);
        for (const FormChoice* choice : answers().offered_choices(asked.address)) {
            const bool selected = std::ranges::find(chosen, choice->value) != chosen.end();
            specs.push_back({key + "." + choice->value, text(choice->text_key, in), selected, ""});
        }
    }
    const bool several = asked.field.takes_several();
    const auto pressed =
        several ? ui.choices(key, name, specs, asked.error) : ui.choice(key, name, specs, asked.error);
    if (!pressed) return;
    std::string value = specs[*pressed].key.substr(key.size() + 1);
    if (several) {
        out.push_back(intent::ToggleAnswer{asked.address, std::move(value)});
    } else {
        out.push_back(intent::SetAnswer{asked.address, std::move(value)});
    }
}

FieldSpec RegistrationFormPage::spec_of(const Ui& ui, const Asked& asked, const PageContext& in) const {
    FieldSpec spec;
    spec.kind = kind_of(asked.field.widget);
    spec.name = text(asked.field.label_key, in);
    if (!asked.field.help_key.empty()) spec.help = text(asked.field.help_key, in);
    spec.error = asked.error;
    spec.max_length = asked.field.max_length;
    spec.required = answers().is_required(asked.address);
    spec.is_hidden = ui.settings().hides_answers && is_written(asked.field.widget);
    return spec;
}

/// The field shows what was chosen in the reader's words; while other words stand in it, it offers choices.
void RegistrationFormPage::view_suggest(Ui& ui, const PageContext& in, const Asked& asked,
                                        std::vector<Intent>& out) const {
    FieldSpec spec = spec_of(ui, asked, in);
    const std::string answer(answers().answer(asked.address));
    if (!answer.empty() && !is_choice(answers().form(), asked.field, answer, in)) {
        for (Suggestion& suggestion : suggestions_for(answers(), asked.field, asked.address, answer, in))
            spec.suggestions.push_back(std::move(suggestion.text));
    }
    const std::string shown = choice_in_words(answers().form(), asked.field, answer, in);
    if (const auto value = ui.field("field." + asked.address, spec, shown))
        out.push_back(intent::SetAnswer{asked.address, *value});
}

/// The field finds one after the other; what was chosen stands below, each with its way out.
void RegistrationFormPage::view_suggest_many(Ui& ui, const PageContext& in, const Asked& asked,
                                             std::vector<Intent>& out) const {
    const auto found = typed_.find(asked.address);
    const std::string typed = found == typed_.end() ? std::string() : found->second;
    const std::vector<std::string> chosen = answers().chosen(asked.address);
    FieldSpec spec = spec_of(ui, asked, in);
    std::vector<std::string> values;
    for (Suggestion& suggestion : suggestions_for(answers(), asked.field, asked.address, typed, in)) {
        if (std::ranges::find(chosen, suggestion.value) != chosen.end()) continue;
        spec.suggestions.push_back(std::move(suggestion.text));
        values.push_back(std::move(suggestion.value));
    }
    if (const auto value = ui.field("field." + asked.address, spec, typed)) {
        const auto at = std::ranges::find(spec.suggestions, *value);
        // A pressed choice comes as a whole, what is typed letter by letter.
        const bool is_pressed = at != spec.suggestions.end() && value->size() > typed.size() + 4;
        if (is_pressed) {
            out.push_back(intent::ToggleAnswer{
                asked.address, values[static_cast<std::size_t>(at - spec.suggestions.begin())]});
        } else {
            out.push_back(intent::SetTyped{asked.address, *value});
        }
    }
    if (!typed.empty()) {
        const auto named = value_named(answers(), asked.field, asked.address, typed, in);
        if ((named || asked.field.own_words) &&
            ui.button("take." + asked.address,
                      in.strings.get("registration.suggest.own", {{"words", isolated(typed)}})))
            out.push_back(intent::ToggleAnswer{asked.address, named.value_or(typed)});
    }
    if (chosen.empty()) return;
    std::vector<ChoiceSpec> kept;
    for (const std::string& value : chosen)
        kept.push_back({"chosen." + asked.address + "." + value,
                        choice_in_words(answers().form(), asked.field, value, in), true, ""});
    if (const auto pressed =
            ui.choices("chosen." + asked.address, in.strings.get("registration.suggest.chosen"), kept))
        out.push_back(intent::ToggleAnswer{asked.address, chosen[*pressed]});
}

} // namespace vakant
