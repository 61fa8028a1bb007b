#include "kiosk/pages/registration/suggestions.h"

#include <algorithm>

namespace vakant {
namespace {

constexpr std::size_t most_suggestions = 6;

const ChoiceLists* list_for(const FormField& field, const PageContext& in) {
    if (field.list.empty() || !in.facts.lists || !in.facts.lists->has(field.list)) return nullptr;
    return in.facts.lists.get();
}

} // namespace

std::string choice_in_words(const FormDefinition& form, const FormField& field, std::string_view value,
                            const PageContext& in) {
    if (const ChoiceLists* lists = list_for(field, in)) {
        std::string text = lists->text(field.list, value, in.language);
        return text.empty() ? std::string(value) : text;
    }
    const auto choice = std::ranges::find(field.choices, value, &FormChoice::value);
    return std::string(choice == field.choices.end() ? value : form.text(choice->text_key, in.language));
}

bool is_choice(const FormDefinition&, const FormField& field, std::string_view value, const PageContext& in) {
    if (const ChoiceLists* lists = list_for(field, in))
        return !lists->text(field.list, value, in.language).empty();
    return std::ranges::find(field.choices, value, &FormChoice::value) != field.choices.end();
}

std::vector<Suggestion> suggestions_for(const FormSession& answers, const FormField& field,
                                        std::string_view address, std::string_view typed,
                                        const PageContext& in) {
    if (const ChoiceLists* lists = list_for(field, in))
        return lists->find(field.list, typed, in.language, most_suggestions);
    std::vector<Suggestion> out;
    const std::string wanted = folded(typed, true);
    for (const FormChoice* choice : answers.offered_choices(address)) {
        std::string text(answers.form().text(choice->text_key, in.language));
        if (!wanted.empty() && out.size() < most_suggestions &&
            folded(text, true).find(wanted) != std::string::npos)
            out.push_back({choice->value, std::move(text)});
    }
    return out;
}

std::optional<std::string> value_named(const FormSession& answers, const FormField& field,
                                       std::string_view address, std::string_view words,
                                       const PageContext& in) {
    const std::string wanted = folded(words, true);
    if (wanted.empty()) return std::nullopt;
    for (const Suggestion& one : suggestions_for(answers, field, address, words, in)) {
        if (folded(one.text, true) == wanted) return one.value;
    }
    return std::nullopt;
}

} // namespace vakant
