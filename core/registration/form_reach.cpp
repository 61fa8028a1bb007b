// Tries the answers that the rules can tell apart: every value that a rule names, one that none names, and no
// answer; of questions with few answers all of them, so that it does not matter how a rule calculates. A
// session follows the rules, so that what is hidden decides nothing here either.
#include "core/registration/form_reach.h"

#include <algorithm>
#include <memory_resource>

#include "core/base/random.h"
#include "core/registration/form_session.h"

namespace vakant {
namespace {

constexpr std::size_t most_tries = 4000;
constexpr std::size_t most_named_choices = 5;
constexpr std::size_t most_few_choices = 30;
constexpr double most_number = 1e15;

/// What the rules behind a question look at, and say.
struct Behind {
    std::set<std::string, std::less<>> fields;
    std::vector<std::string> texts; ///< constants in the rules
    std::vector<double> numbers;
    std::vector<std::string> compared; ///< fields that are held against a constant
    bool calculates = false;           ///< operators whose results constants do not foretell
    bool has_group = false;
};

/// {"<": [{"var": "hours"}, 20]}, also the other way round or between two constants: the constants foretell
/// it.
bool is_held_against_constants(const Json& arguments, Behind& behind) {
    std::vector<std::string> names;
    for (const Json& item : arguments.items()) {
        if (item.is_number()) continue;
        if (!item["var"].is_string()) return false;
        names.emplace_back(item["var"].text());
    }
    if (names.size() != 1) return false;
    behind.compared.push_back(std::move(names.front()));
    return true;
}

void read_rule(const Json& rule, Behind& behind) {
    static constexpr std::string_view plain[] = {"var", "==",  "!=", "===", "!==", "!",
                                                 "!!",  "and", "or", "in",  "if",  "?:"};
    if (rule.is_string()) behind.texts.emplace_back(rule.text());
    if (rule.is_number()) behind.numbers.push_back(rule.number_or(0));
    for (const Json& item : rule.items())
        read_rule(item, behind);
    for (const auto& [name, arguments] : rule.members()) {
        const bool compares = name == "<" || name == "<=" || name == ">" || name == ">=";
        const bool is_plain = std::find(std::begin(plain), std::end(plain), name) != std::end(plain) ||
                              (compares && is_held_against_constants(arguments, behind));
        behind.calculates = behind.calculates || !is_plain;
        read_rule(arguments, behind);
    }
}

void collect(const FormDefinition& form, const FormGraph::Slot& slot, Behind& behind) {
    const FormField& field = FormGraph::field_of(form, slot);
    const FormField& item = FormGraph::item_of(form, slot);
    read_rule(FormGraph::page_of(form, slot).visible_if, behind);
    read_rule(item.visible_if, behind);
    for (const Json* rule : {&field.visible_if, &field.required_if, &field.computed})
        read_rule(*rule, behind);
    for (const std::string& name : slot.names) {
        const FormGraph::Slot* other = form.graph().find(name);
        if (!other || !behind.fields.insert(name).second) continue;
        behind.has_group = behind.has_group || FormGraph::field_of(form, *other).is_group();
        collect(form, *other, behind);
    }
}

/// Whether all its answers can be tried, and not only those that a rule names.
bool has_few_answers(const FormField& field) {
    if (field.widget == Widget::yes_no || field.widget == Widget::fact) return true;
    if (!field.is_choosing() || field.own_words || !field.list.empty()) return false;
    return field.choices.size() <= (field.takes_several() ? most_named_choices : most_few_choices);
}

std::vector<std::string> choices_to_try(const FormField& field, const Behind& behind, bool& all) {
    std::vector<std::string> named;
    std::string other;
    for (const FormChoice& choice : field.choices) {
        const bool is_named =
            (behind.calculates && has_few_answers(field)) ||
            std::find(behind.texts.begin(), behind.texts.end(), choice.value) != behind.texts.end();
        if (is_named) {
            named.push_back(choice.value);
        } else {
            other = choice.value;
        }
    }
    if (!field.list.empty()) named = behind.texts;
    if (!field.takes_several()) {
        if (!other.empty()) named.push_back(other);
        return named;
    }
    if (named.size() > most_named_choices) {
        all = false;
        named.resize(most_named_choices);
    }
    std::vector<std::string> subsets;
    for (std::size_t bits = 1; bits < (1u << named.size()); ++bits) {
        std::string joined;
        for (std::size_t i = 0; i < named.size(); ++i) {
            if ((bits >> i & 1) == 0) continue;
            joined += (joined.empty() ? "" : "\n") + named[i];
        }
        subsets.push_back(std::move(joined));
    }
    if (!other.empty()) subsets.push_back(other);
    return subsets;
}

/// Those that can be sent, about every constant and at the ends.
std::vector<std::string> numbers_to_try(const FormField& field, const Behind& behind) {
    std::vector<double> numbers = {0};
    for (const double number : behind.numbers)
        numbers.insert(numbers.end(), {number, number - 1, number + 1});
    const double least = field.schema["minimum"].number_or(-most_number);
    const double most = field.schema["maximum"].number_or(most_number);
    if (field.schema.contains("minimum")) numbers.push_back(least);
    if (field.schema.contains("maximum")) numbers.push_back(most);
    std::vector<std::string> answers{""};
    for (const double number : numbers) {
        if (number >= least && number <= most) answers.push_back(Json(number).to_text());
    }
    return answers;
}

/// Typed answers that the rules may tell apart; "" is no answer.
std::vector<std::string> answers_to_try(const FormField& field, const Behind& behind, bool& all) {
    std::vector<std::string> answers;
    switch (field.widget) {
    case Widget::yes_no:
        answers = {"true", "false"};
        break;
    case Widget::number:
        return numbers_to_try(field, behind);
    case Widget::date:
        answers = {"2000-01-01", "2030-12-31"};
        break;
    case Widget::month:
        answers = {"2000-01", "2030-12"};
        break;
    case Widget::name:
        answers = {"Ä", "Ы"};
        break;
    default:
        if (field.is_choosing()) {
            answers = choices_to_try(field, behind, all);
        } else {
            answers = behind.texts;
            answers.emplace_back("0401234567");
        }
    }
    answers.emplace_back();
    return answers;
}

struct Input {
    std::string address;
    std::vector<std::string> answers;
};

std::vector<Input> inputs_of(const FormDefinition& form, const Behind& behind, bool& all) {
    std::vector<Input> inputs;
    for (const std::string& name : behind.fields) {
        const FormGraph::Slot& slot = *form.graph().find(name);
        const FormField& field = FormGraph::field_of(form, slot);
        if (field.is_group() || field.widget == Widget::fact) continue;
        const FormField& item = FormGraph::item_of(form, slot);
        inputs.push_back(
            {item.is_group() ? address_in(item.id, 1, name) : name, answers_to_try(field, behind, all)});
    }
    return inputs;
}

/// Whether trying decides, and not only finds.
bool can_try_all(const FormDefinition& form, const Behind& behind) {
    if (behind.has_group) return false;
    const auto field = [&](const std::string& name) -> const FormField& {
        return FormGraph::field_of(form, *form.graph().find(name));
    };
    const bool only_numbers_compared =
        std::all_of(behind.compared.begin(), behind.compared.end(), [&](const std::string& name) {
            return form.graph().find(name) != nullptr && field(name).widget == Widget::number;
        });
    if (!behind.calculates && only_numbers_compared) return true;
    return std::all_of(behind.fields.begin(), behind.fields.end(),
                       [&](const std::string& name) { return has_few_answers(field(name)); });
}

} // namespace

Reach reach_of(const FormDefinition& form, const FormGraph::Slot& slot) {
    Behind behind;
    collect(form, slot, behind);
    bool all = can_try_all(form, behind);
    const std::vector<Input> inputs = inputs_of(form, behind, all);
    FormSession session(form, *std::pmr::new_delete_resource());
    for (const FormPage& page : form.pages) {
        for (const FormField& item : page.fields) {
            if (item.is_group() && session.entries(item.id).empty()) session.add_entry(item.id);
        }
    }
    const FormField& item = FormGraph::item_of(form, slot);
    const std::string& id = FormGraph::field_of(form, slot).id;
    const std::string target = slot.part == FormGraph::Slot::none ? id : address_in(item.id, 1, id);
    if (session.is_visible(target)) return Reach::shows;

    std::size_t combinations = 1;
    for (const Input& input : inputs)
        combinations = std::min(combinations * input.answers.size(), most_tries + 1);
    all = all && combinations <= most_tries;
    SeededRandom random(1);
    for (std::size_t trial = 0; trial < std::min(combinations, most_tries); ++trial) {
        std::size_t rest = trial;
        for (const Input& input : inputs) {
            const std::size_t count = input.answers.size();
            const std::size_t pick = combinations <= most_tries ? rest % count : random.number(count);
            rest /= count;
            if (session.answer(input.address) != input.answers[pick]) {
                session.set_answer(input.address, input.answers[pick]);
            }
        }
        if (session.is_visible(target)) return Reach::shows;
    }
    return all ? Reach::never : Reach::not_found;
}

} // namespace vakant
