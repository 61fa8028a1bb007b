#include "core/registration/form_graph.h"

#include <algorithm>

#include "core/registration/form_reader.h"
#include "core/registration/logic.h"

namespace vakant {
namespace {

using Names = std::set<std::string, std::less<>>;
using Slot = FormGraph::Slot;

std::string path_of(const Slot& slot) {
    std::string path = item_path(item_path("pages", slot.page) + ".items", slot.item);
    if (slot.part != Slot::none) path = item_path(path + ".items", slot.part);
    return path;
}

/// Every name in `rule` must be a field that a rule standing in `group` (null: in no group) can see.
Outcome check_names(const FormDefinition& form, const FormField* group, const Json& rule,
                    const std::string& path) {
    for (const std::string& name : names_in_logic(rule)) {
        bool seen = false;
        std::string elsewhere;
        for (const FormPage& page : form.pages) {
            for (const FormField& item : page.fields) {
                seen = seen || item.id == name;
                const bool inside = std::any_of(item.fields.begin(), item.fields.end(),
                                                [&](const FormField& field) { return field.id == name; });
                if (inside && group && item.id == group->id) seen = true;
                if (inside) elsewhere = item.id;
            }
        }
        if (seen) continue;
        if (elsewhere.empty()) return invalid_input(path + ": there is no field \"" + name + "\"");
        return invalid_input(path + ": \"" + name + "\" is in the group \"" + elsewhere +
                             "\" and has no one value here");
    }
    return done();
}

Outcome check_rules(const FormDefinition& form, const Slot& slot) {
    const FormField& field = FormGraph::field_of(form, slot);
    const FormField* group = slot.part == Slot::none ? nullptr : &FormGraph::item_of(form, slot);
    const std::string path = path_of(slot);
    VAKANT_CHECK(check_names(form, group, field.visible_if, path + ".visible_if"));
    VAKANT_CHECK(check_names(form, group, field.required_if, path + ".required_if"));
    VAKANT_CHECK(check_names(form, group, field.computed, path + ".computed"));
    for (std::size_t i = 0; i < field.constraints.size(); ++i) {
        VAKANT_CHECK(check_names(form, group, field.constraints[i].rule,
                                 item_path(path + ".constraints", i) + ".rule"));
    }
    const auto sees = [&](const std::string& name, std::string_view member,
                          bool right_kind(const FormField&)) {
        const auto& near = group ? group->fields : std::vector<FormField>();
        const bool beside =
            std::any_of(near.begin(), near.end(), [&](const FormField& f) { return f.id == name; });
        const FormField* other = form.find_field(name);
        if (!beside && check_names(form, group, Json::object({{"var", name}}), "").ok() == false)
            other = nullptr;
        if (other && other->id != field.id && right_kind(*other)) return done();
        return Outcome(
            invalid_input(path + "." + std::string(member) + ": \"" + name + "\" is no such field"));
    };
    if (!field.passport_of.empty()) {
        VAKANT_CHECK(sees(field.passport_of, "passport_of",
                          [](const FormField& other) { return other.widget == Widget::name; }));
    }
    if (!field.depends_on.empty()) {
        VAKANT_CHECK(
            sees(field.depends_on, "depends_on", [](const FormField& other) { return other.is_choosing(); }));
    }
    return done();
}

Names names_of(const FormDefinition& form, const Slot& slot) {
    const FormField& field = FormGraph::field_of(form, slot);
    Names names = names_in_logic(FormGraph::page_of(form, slot).visible_if);
    for (const Json* rule : {&field.visible_if, &field.required_if, &field.computed})
        names.merge(names_in_logic(*rule));
    if (!field.passport_of.empty()) names.insert(field.passport_of);
    if (slot.part != Slot::none) names.merge(names_in_logic(FormGraph::item_of(form, slot).visible_if));
    for (const FormField& part : field.fields)
        names.insert(part.id); // a group's value is made of its fields
    return names;
}

/// Depth first: a slot is put into `order` after all that it looks at.
Outcome put_in_order(const FormDefinition& form, const std::vector<Slot>& slots,
                     const std::map<std::string, std::size_t, std::less<>>& by_field, std::size_t index,
                     std::vector<char>& marks, std::vector<std::size_t>& order) {
    constexpr char open = 1, fine = 2;
    if (marks[index] == fine) return done();
    const Slot& slot = slots[index];
    if (marks[index] == open) {
        return invalid_input(path_of(slot) + ": field \"" + FormGraph::field_of(form, slot).id +
                             "\" depends on itself");
    }
    marks[index] = open;
    for (const std::string& name : slot.names) {
        const auto other = by_field.find(name);
        if (other != by_field.end()) {
            VAKANT_CHECK(put_in_order(form, slots, by_field, other->second, marks, order));
        }
    }
    marks[index] = fine;
    order.push_back(index);
    return done();
}

} // namespace

Result<FormGraph> FormGraph::of(const FormDefinition& form) {
    std::vector<Slot> slots;
    std::map<std::string, std::size_t, std::less<>> by_field;
    const auto add = [&](Slot slot) {
        by_field.emplace(field_of(form, slot).id, slots.size());
        slots.push_back(std::move(slot));
    };
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        VAKANT_CHECK(
            check_names(form, nullptr, form.pages[p].visible_if, item_path("pages", p) + ".visible_if"));
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i) {
            add({p, i, Slot::none, {}, {}});
            for (std::size_t part = 0; part < form.pages[p].fields[i].fields.size(); ++part)
                add({p, i, part, {}, {}});
        }
    }
    for (Slot& slot : slots) {
        VAKANT_CHECK(check_rules(form, slot));
        slot.names = names_of(form, slot);
    }
    std::vector<char> marks(slots.size(), 0);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < slots.size(); ++i)
        VAKANT_CHECK(put_in_order(form, slots, by_field, i, marks, order));

    FormGraph graph;
    for (const std::size_t index : order) {
        graph.by_field_.emplace(field_of(form, slots[index]).id, graph.slots_.size());
        graph.slots_.push_back(std::move(slots[index]));
    }
    // Later slots may depend on this one through others: one pass over the order finds them all.
    for (std::size_t first = 0; first < graph.slots_.size(); ++first) {
        Names changed{field_of(form, graph.slots_[first]).id};
        for (std::size_t later = first + 1; later < graph.slots_.size(); ++later) {
            const Names& names = graph.slots_[later].names;
            const bool touched = std::any_of(names.begin(), names.end(),
                                             [&](const std::string& name) { return changed.contains(name); });
            if (!touched) continue;
            changed.insert(field_of(form, graph.slots_[later]).id);
            graph.slots_[first].after.push_back(later);
        }
    }
    return graph;
}

const FormGraph::Slot* FormGraph::find(std::string_view field) const {
    const auto found = by_field_.find(field);
    return found == by_field_.end() ? nullptr : &slots_[found->second];
}

} // namespace vakant
