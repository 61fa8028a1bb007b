// Who depends on whom among the fields of a form. Made once at load; only for this folder.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/form.h"

namespace vakant {

class FormGraph {
public:
    /// A question, a group, or a question of a group, by its place (copies of a form share one graph).
    struct Slot {
        static constexpr std::size_t none = static_cast<std::size_t>(-1);
        std::size_t page = 0;
        std::size_t item = 0;
        std::size_t part = none;                  ///< index into the group's fields
        std::set<std::string, std::less<>> names; ///< fields that its rules look at
        std::vector<std::size_t> after;           ///< slots to evaluate anew when this one's value changed
    };

    /// Refused where rules name fields that are not there, or form a circle.
    static Result<FormGraph> of(const FormDefinition& form);

    /// In an order in which none comes before what it depends on.
    const std::vector<Slot>& slots() const { return slots_; }
    const Slot* find(std::string_view field) const;
    static const FormPage& page_of(const FormDefinition& form, const Slot& slot) {
        return form.pages[slot.page];
    }
    static const FormField& item_of(const FormDefinition& form, const Slot& slot) {
        return form.pages[slot.page].fields[slot.item];
    }
    static const FormField& field_of(const FormDefinition& form, const Slot& slot) {
        const FormField& item = item_of(form, slot);
        return slot.part == Slot::none ? item : item.fields[slot.part];
    }

private:
    std::vector<Slot> slots_;
    std::map<std::string, std::size_t, std::less<>> by_field_;
};

} // namespace vakant
