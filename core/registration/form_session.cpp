// Answers, entries and what the rules make of them.
#include "core/registration/form_session.h"

#include <algorithm>
#include <charconv>

#include "core/base/utf8.h"
#include "core/registration/form_answers.h"
#include "core/registration/form_graph.h"
#include "core/registration/logic.h"
#include "core/registration/typed_dates.h"

namespace vakant {
namespace {

constexpr std::size_t most_typed_bytes = 256 * 1024; ///< the locked memory is bounded

} // namespace

std::string address_in(std::string_view group, std::uint32_t entry, std::string_view field) {
    return std::string(group) + "." + std::to_string(entry) + "." + std::string(field);
}

FormSession::FormSession(const FormDefinition& form, std::pmr::memory_resource& memory)
    : form_(&form), memory_(&memory), answers_(&memory) {
    begin_groups();
    evaluate_all();
}

void FormSession::begin_groups() {
    for (const FormPage& page : form_->pages) {
        for (const FormField& item : page.fields) {
            if (!item.is_group()) continue;
            Entries& entries = entries_[item.id];
            while (entries.numbers.size() < item.least_entries)
                entries.numbers.push_back(++entries.last);
        }
    }
}

std::optional<FormSession::Place> FormSession::find_place(std::string_view address) const {
    const std::size_t dot = address.find('.');
    const std::string_view first = address.substr(0, dot);
    const std::size_t last_dot = address.rfind('.');
    const std::string_view name = dot == address.npos ? first : address.substr(last_dot + 1);
    const FormGraph::Slot* slot = form_->graph().find(name);
    if (!slot) return std::nullopt;
    Place place;
    place.page = &FormGraph::page_of(*form_, *slot);
    place.field = &FormGraph::field_of(*form_, *slot);
    if (slot->part == FormGraph::Slot::none) return dot == address.npos ? std::optional(place) : std::nullopt;
    if (dot == address.npos || last_dot == dot) return std::nullopt;
    place.group = &FormGraph::item_of(*form_, *slot);
    const std::string_view number = address.substr(dot + 1, last_dot - dot - 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), place.entry);
    const auto& numbers = entries(first);
    const bool known = place.group->id == first && error == std::errc() &&
                       end == number.data() + number.size() &&
                       std::find(numbers.begin(), numbers.end(), place.entry) != numbers.end();
    return known ? std::optional(place) : std::nullopt;
}

std::string_view FormSession::answer(std::string_view address) const {
    const auto found = answers_.find(address);
    return found == answers_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> FormSession::chosen(std::string_view address) const {
    std::vector<std::string> values;
    for (const std::string_view value : lines_of(answer(address)))
        values.emplace_back(value);
    return values;
}

void FormSession::keep(std::string_view address, std::string_view value) {
    const auto found = answers_.find(address);
    const std::size_t before = found == answers_.end() ? 0 : found->second.size();
    if (typed_bytes_ - before + value.size() > most_typed_bytes) return;
    typed_bytes_ = typed_bytes_ - before + value.size();
    if (found != answers_.end()) {
        // A longer text moves to a larger block; the arena overwrites the one it leaves.
        found->second.assign(value);
    } else {
        answers_.emplace(SecretString(address, memory_), SecretString(value, memory_));
    }
}

void FormSession::set_answer(std::string_view address, std::string_view value) {
    const auto place = find_place(address);
    if (!place || place->field->is_group() || place->field->widget == Widget::fact) return;
    // A little more than allowed is kept, so that the person is told instead of losing the end unseen; never
    // so much that the locked memory could run out.
    if (!place->field->takes_several()) value = first_code_points(value, place->field->max_length + 50);
    keep(address, value);
    evaluate_after(place->field->id);
}

void FormSession::toggle_choice(std::string_view address, std::string_view value) {
    const auto place = find_place(address);
    if (!place || !place->field->takes_several()) return set_answer(address, value);
    std::vector<std::string> values = chosen(address);
    const auto there = std::find(values.begin(), values.end(), value);
    if (there != values.end()) {
        values.erase(there);
    } else {
        values.emplace_back(value);
    }
    const FormField& field = *place->field;
    const bool fixed = !field.own_words && field.list.empty();
    const auto rank = [&field](const std::string& one) {
        const auto found = std::find_if(field.choices.begin(), field.choices.end(),
                                        [&one](const FormChoice& choice) { return choice.value == one; });
        return found - field.choices.begin();
    };
    // In the order of the form, so that equal choices give equal answers.
    if (fixed) std::erase_if(values, [&](const auto& one) { return rank(one) == std::ssize(field.choices); });
    std::stable_sort(values.begin(), values.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    SecretString after(memory_);
    for (const std::string& one : values) {
        if (!after.empty()) after += '\n';
        after += one;
    }
    set_answer(address, after);
}

std::optional<std::vector<std::string>> FormSession::offered_values(const Place& place) const {
    const FormField& field = *place.field;
    if (field.depends_on.empty() || field.own_words) return std::nullopt;
    std::vector<std::string> values;
    const std::string address = place.group ? address_in(place.group->id, place.entry, field.id) : field.id;
    for (const FormChoice* choice : offered_choices(address))
        values.push_back(choice->value);
    return values;
}

std::vector<const FormChoice*> FormSession::offered_choices(std::string_view address) const {
    std::vector<const FormChoice*> offered;
    const auto place = find_place(address);
    if (!place) return offered;
    std::vector<std::string> wanted;
    if (!place->field->depends_on.empty()) {
        const std::string beside = place->group
                                       ? address_in(place->group->id, place->entry, place->field->depends_on)
                                       : place->field->depends_on;
        const std::string other = find_place(beside) ? beside : place->field->depends_on;
        if (is_visible(other)) wanted = chosen(other);
    }
    for (const FormChoice& choice : place->field->choices) {
        const bool fits = choice.only_for.empty() ||
                          std::any_of(wanted.begin(), wanted.end(), [&](const std::string& value) {
                              return std::find(choice.only_for.begin(), choice.only_for.end(), value) !=
                                     choice.only_for.end();
                          });
        if (fits) offered.push_back(&choice);
    }
    return offered;
}

const Json& FormSession::computed(std::string_view address) const {
    static const Json none;
    const auto state = states_.find(address);
    return state == states_.end() ? none : state->second.computed;
}

std::string FormSession::answer_for(std::string_view address, std::string_view language) const {
    const auto place = find_place(address);
    const std::string_view typed = answer(address);
    if (place && place->field->widget == Widget::date) {
        if (const auto date = date_from_typed(typed)) return date_for_reader(*date, language);
    }
    if (place && place->field->widget == Widget::month) {
        if (const auto month = month_from_typed(typed)) return month_for_reader(*month, language);
    }
    return std::string(typed);
}

const std::vector<std::uint32_t>& FormSession::entries(std::string_view group) const {
    static const std::vector<std::uint32_t> none;
    const auto found = entries_.find(group);
    return found == entries_.end() ? none : found->second.numbers;
}

std::optional<std::uint32_t> FormSession::add_entry(std::string_view group) {
    const auto place = find_place(group);
    if (!place || !place->field->is_group()) return std::nullopt;
    Entries& kept = entries_[place->field->id];
    if (kept.numbers.size() >= place->field->most_entries) return std::nullopt;
    kept.numbers.push_back(++kept.last);
    for (const FormField& part : place->field->fields)
        evaluate_after(part.id);
    return kept.last;
}

bool FormSession::remove_entry(std::string_view group, std::uint32_t entry) {
    const auto place = find_place(group);
    if (!place || !place->field->is_group()) return false;
    Entries& kept = entries_[place->field->id];
    const auto found = std::find(kept.numbers.begin(), kept.numbers.end(), entry);
    if (found == kept.numbers.end() || kept.numbers.size() <= place->field->least_entries) return false;
    kept.numbers.erase(found);
    forget_below(std::string(group) + "." + std::to_string(entry) + ".");
    for (const FormField& part : place->field->fields)
        evaluate_after(part.id);
    return true;
}

void FormSession::forget_below(std::string_view prefix) {
    for (auto it = answers_.lower_bound(prefix); it != answers_.end();) {
        if (!std::string_view(it->first).starts_with(prefix)) break;
        typed_bytes_ -= it->second.size();
        it = answers_.erase(it); // the arena overwrites what is given back
    }
    for (auto it = states_.lower_bound(prefix); it != states_.end() && it->first.starts_with(prefix);)
        it = states_.erase(it);
}

// What the rules see and say.

void FormSession::evaluate_all() {
    for (std::size_t slot = 0; slot < form_->graph().slots().size(); ++slot)
        evaluate_slot(slot);
}

void FormSession::evaluate_after(std::string_view field_id) {
    const FormGraph::Slot* slot = form_->graph().find(field_id);
    if (!slot) return;
    const auto first = static_cast<std::size_t>(slot - form_->graph().slots().data());
    evaluate_slot(first);
    for (const std::size_t later : slot->after)
        evaluate_slot(later);
}

void FormSession::evaluate_slot(std::size_t index) {
    const FormGraph::Slot& slot = form_->graph().slots()[index];
    Place place;
    place.page = &FormGraph::page_of(*form_, slot);
    place.field = &FormGraph::field_of(*form_, slot);
    if (slot.part == FormGraph::Slot::none) return evaluate(place);
    place.group = &FormGraph::item_of(*form_, slot);
    for (const std::uint32_t entry : entries(place.group->id)) {
        place.entry = entry;
        evaluate(place);
    }
}

void FormSession::evaluate(const Place& place) {
    const FormField& field = *place.field;
    const std::string address = place.group ? address_in(place.group->id, place.entry, field.id) : field.id;
    FieldState state;
    const bool group_shows =
        !place.group || (place.group->need != Need::hidden && holds(place.group->visible_if, place, true));
    state.visible = field.need != Need::hidden && group_shows && holds(place.page->visible_if, place, true) &&
                    holds(field.visible_if, place, true);
    if (state.visible && !field.passport_of.empty()) {
        const Json name = seen_from(place, Json::object({{"var", field.passport_of}}))[field.passport_of];
        state.visible = has_other_script(name.text());
    }
    state.required = field.need == Need::required || holds(field.required_if, place, false);
    if (field.widget == Widget::fact) {
        state.required = false;
        auto value = evaluate_logic(field.computed, seen_from(place, field.computed));
        if (value.ok()) state.computed = std::move(value).value();
    }
    states_.insert_or_assign(address, std::move(state));
}

bool FormSession::holds(const Json& rule, const Place& place, bool otherwise) const {
    if (rule.is_null()) return otherwise;
    const auto value = evaluate_logic(rule, seen_from(place, rule));
    // A rule that cannot be worked out must not hide a question.
    return value.ok() ? is_true(*value) : otherwise;
}

Json FormSession::seen_from(const Place& place, const Json& rule) const {
    Json seen = Json::object();
    for (const std::string& name : names_in_logic(rule)) {
        const FormGraph::Slot* slot = form_->graph().find(name);
        if (!slot) continue;
        const FormField& field = FormGraph::field_of(*form_, *slot);
        const bool beside = slot->part != FormGraph::Slot::none;
        const std::string address = beside ? address_in(place.group->id, place.entry, name) : name;
        Json value = value_of(field, address);
        if (!value.is_null()) seen.set(name, std::move(value));
    }
    return seen;
}

Json FormSession::value_of(const FormField& field, std::string_view address) const {
    const auto state = states_.find(address);
    if (state == states_.end()) return Json();
    if (field.widget == Widget::fact) {
        return state->second.visible || field.need == Need::hidden ? state->second.computed : Json();
    }
    if (!state->second.visible) return Json();
    if (field.is_group()) return group_value(field);
    const std::string_view given = trimmed(answer(address));
    return given.empty() ? Json() : answer_from_typed(field, given);
}

Json FormSession::group_value(const FormField& group) const {
    Json list = Json::array();
    for (const std::uint32_t entry : entries(group.id)) {
        if (!is_blank(group, entry)) list.push(entry_value(group, entry));
    }
    return list;
}

Json FormSession::entry_value(const FormField& group, std::uint32_t entry) const {
    Json value = Json::object();
    for (const FormField& part : group.fields) {
        const std::string address = address_in(group.id, entry, part.id);
        Json answer = is_visible(address) ? value_of(part, address) : Json();
        if (!answer.is_null()) value.set(part.id, std::move(answer));
    }
    return value;
}

bool FormSession::is_blank(const FormField& group, std::uint32_t entry) const {
    return std::all_of(group.fields.begin(), group.fields.end(), [&](const FormField& part) {
        const std::string address = address_in(group.id, entry, part.id);
        return !is_visible(address) || trimmed(answer(address)).empty();
    });
}

bool FormSession::is_asked(const FormField& group, std::uint32_t entry) const {
    if (!is_blank(group, entry)) return true;
    // An entry that was added and left empty is no answer, unless the form asks for more than there are.
    std::size_t answered = 0, blank_before = 0;
    bool is_before = true;
    for (const std::uint32_t other : entries(group.id)) {
        is_before = is_before && other != entry;
        const bool blank = is_blank(group, other);
        answered += blank ? 0 : 1;
        blank_before += blank && is_before ? 1 : 0;
    }
    return answered + blank_before < group.least_entries;
}

bool FormSession::is_visible(std::string_view address) const {
    const auto state = states_.find(address);
    return state != states_.end() && state->second.visible;
}

bool FormSession::is_required(std::string_view address) const {
    const auto state = states_.find(address);
    return state != states_.end() && state->second.required;
}

bool FormSession::is_visible(const FormPage& page) const {
    return std::any_of(page.fields.begin(), page.fields.end(),
                       [this](const FormField& field) { return is_visible(field); });
}

bool FormSession::leaves_contact() const {
    bool asks = false;
    for (const FormPage& page : form_->pages) {
        for (const FormField& field : page.fields) {
            const bool reaches = field.widget == Widget::telephone || field.widget == Widget::email;
            if (!reaches || field.need == Need::hidden) continue;
            asks = true;
            if (!value_of(field, field.id).is_null()) return true;
        }
    }
    return !asks;
}

void FormSession::wipe() {
    answers_.clear(); // the arena overwrites what is given back
    typed_bytes_ = 0;
    states_.clear();
    entries_.clear();
    consents_.clear();
    prompted_by_vacancy.clear();
    is_application = false;
    source = "walk-in";
    source_id.clear();
    notice_language_.clear();
    consents_language_.clear();
    notice_at_ = consents_at_ = 0;
    begin_groups();
    evaluate_all();
}

} // namespace vakant
