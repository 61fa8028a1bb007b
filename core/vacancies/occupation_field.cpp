#include "core/vacancies/occupation_field.h"

#include <algorithm>

namespace vakant {
namespace {

struct Group {
    std::string_view digits, field;
};
/// Sub-major groups, and before them the smaller groups that belong elsewhere. The longest match counts.
/// ISCO-08 and SSYK2012 agree at these digits except where a line names a group of one of them only.
constexpr std::array<Group, 73> groups{{
    {"0", "security"},
    {"1", "management"},
    {"21", "engineering"},
    {"22", "care"},
    {"23", "teaching"},
    {"24", "office"},
    {"25", "it"},
    {"261", "office"},
    {"262", "culture"},
    {"263", "culture"},
    {"2634", "care"},
    {"2635", "care"},
    {"264", "culture"},
    {"265", "culture"},
    {"266", "care"}, // SSYK2012: social workers, clergy
    {"31", "engineering"},
    {"315", "transport"},
    {"32", "care"},
    {"33", "office"},
    {"332", "sales"},
    {"34", "culture"},
    {"3411", "office"},
    {"3412", "care"},
    {"3434", "kitchen"}, // ISCO-08: chefs
    {"345", "kitchen"},  // SSYK2012: chefs
    {"35", "it"},
    {"41", "office"},
    {"42", "office"},
    {"43", "office"},
    {"432", "transport"},
    {"44", "office"},
    {"4412", "transport"},
    {"511", "transport"},
    {"512", "kitchen"},
    {"513", "kitchen"},
    {"514", "services"},
    {"515", "cleaning"},
    {"516", "services"},
    {"5165", "teaching"}, // ISCO-08: driving instructors
    {"52", "sales"},
    {"5246", "kitchen"}, // ISCO-08: food service counter attendants
    {"531", "teaching"},
    {"532", "care"},
    {"533", "care"}, // SSYK2012: care assistants
    {"534", "care"}, // SSYK2012: personal assistants
    {"54", "security"},
    {"61", "farming"},
    {"62", "farming"},
    {"63", "farming"},
    {"71", "construction"},
    {"72", "industry"},
    {"73", "industry"},
    {"74", "industry"},
    {"741", "construction"},
    {"75", "industry"},
    {"76", "industry"}, // SSYK2012: food, wood and textile trades
    {"81", "industry"},
    {"82", "industry"},
    {"83", "transport"},
    {"91", "cleaning"},
    {"92", "farming"},
    {"93", "industry"},
    {"931", "construction"},
    {"933", "transport"},
    {"94", "kitchen"},
    {"95", "sales"},
    {"9510", "services"},
    {"961", "cleaning"},
    {"962", "services"},
    {"9621", "transport"}, // messengers, deliverers
    {"9622", "services"},  // odd job persons
    {"9623", "services"},
    {"9629", "services"},
}};

/// The code's digits: "5321.01" of STYRK08 as NAV writes it, "http://data.europa.eu/esco/isco/C5321".
std::string_view digits_of(const Occupation& occupation) {
    std::string_view code = occupation.code;
    constexpr std::string_view esco_group = "/esco/isco/C";
    const bool known_scheme = occupation.scheme == "ISCO08" || occupation.scheme == "STYRK08" ||
                              occupation.scheme == "SSYK2012" || occupation.scheme == "ISCO2008";
    if (const std::size_t at = code.find(esco_group); at != code.npos) {
        code.remove_prefix(at + esco_group.size());
    } else if (!known_scheme) {
        return "";
    }
    const auto end = std::find_if(code.begin(), code.end(), [](char c) { return c < '0' || c > '9'; });
    return code.substr(0, std::min<std::size_t>(4, static_cast<std::size_t>(end - code.begin())));
}

} // namespace

std::string_view field_of(const std::vector<Occupation>& occupations) {
    for (const Occupation& occupation : occupations) {
        const std::string_view digits = digits_of(occupation);
        const Group* best = nullptr;
        for (const Group& group : groups) {
            const bool better = !best || group.digits.size() > best->digits.size();
            if (digits.starts_with(group.digits) && better) best = &group;
        }
        if (best) return best->field;
    }
    return "";
}

bool is_elementary(const Occupation& occupation) {
    return digits_of(occupation).starts_with('9');
}

} // namespace vakant
