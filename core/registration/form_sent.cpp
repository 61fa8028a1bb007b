// The check of answers that somebody sent: nothing in them is taken for granted.
#include <algorithm>
#include <memory_resource>

#include "core/registration/form_answers.h"
#include "core/registration/form_session.h"

namespace vakant {
namespace {

constexpr std::string_view anything_wrong = "type";

struct Sent {
    const FormField* field;
    std::string address; ///< in the session
    std::string told_as; ///< with the entry's index from 0
    const Json* answer;
};

void add_sent(const FormField& item, const Json& answer, FormSession& session, std::vector<Sent>& sent,
              std::vector<FormProblem>& problems) {
    if (!item.is_group()) return sent.push_back({&item, item.id, item.id, &answer});
    if (!answer.is_array()) return problems.push_back({item.id, std::string(anything_wrong), 0, ""});
    if (answer.size() > item.most_entries) {
        return problems.push_back({item.id, "maxItems", static_cast<std::int64_t>(item.most_entries), ""});
    }
    if (answer.size() == 0 || answer.size() < item.least_entries) {
        return problems.push_back({item.id, "minItems",
                                   static_cast<std::int64_t>(std::max<std::size_t>(item.least_entries, 1)),
                                   ""});
    }
    while (session.entries(item.id).size() < answer.size())
        session.add_entry(item.id);
    for (std::size_t i = 0; i < answer.size(); ++i) {
        const std::string begin = item.id + "." + std::to_string(i);
        if (!answer[i].is_object() || answer[i].size() == 0) {
            problems.push_back({begin, std::string(anything_wrong), 0, ""});
            continue;
        }
        for (const auto& [name, part] : answer[i].members()) {
            const auto field = std::find_if(item.fields.begin(), item.fields.end(),
                                            [&name = name](const FormField& one) { return one.id == name; });
            if (field == item.fields.end()) {
                problems.push_back({begin + "." + name, "unknown", 0, ""});
            } else {
                sent.push_back({&*field, address_in(item.id, session.entries(item.id)[i], name),
                                begin + "." + name, &part});
            }
        }
    }
}

/// An address of the session ("jobs.1.employer" in the first entry) as the sender counts.
std::string told_as(const FormDefinition& form, const FormSession& session, const std::string& address) {
    for (const FormPage& page : form.pages) {
        for (const FormField& group : page.fields) {
            if (!group.is_group() || !address.starts_with(group.id + ".")) continue;
            const auto entries = session.entries(group.id);
            for (std::size_t i = 0; i < entries.size(); ++i) {
                const std::string begin = address_in(group.id, entries[i], "");
                if (address.starts_with(begin))
                    return address_in(group.id, static_cast<std::uint32_t>(i), address.substr(begin.size()));
            }
        }
    }
    return address;
}

} // namespace

std::vector<FormProblem> problems_of(const FormDefinition& form, const Json& answers) {
    std::vector<FormProblem> problems;
    FormSession session(form, *std::pmr::new_delete_resource());
    std::vector<Sent> sent;
    for (const auto& [name, answer] : answers.members()) {
        const auto place = session.find_place(name);
        if (place && !place->group) {
            add_sent(*place->field, answer, session, sent, problems);
        } else {
            problems.push_back({name, "unknown", 0, ""});
        }
    }
    for (const Sent& one : sent) {
        const auto typed = typed_from_answer(*one.field, *one.answer);
        if (typed) session.set_answer(one.address, *typed);
    }
    std::vector<std::string> judged; // whatever the session itself would say of them
    for (const Sent& one : sent) {
        judged.push_back(one.address);
        const FormField& field = *one.field;
        if (!session.is_visible(one.address)) {
            problems.push_back({one.told_as, "hidden", 0, ""});
        } else if (field.widget == Widget::fact) {
            if (!(session.computed(one.address) == *one.answer))
                problems.push_back({one.told_as, "computed", 0, ""});
        } else {
            const auto offered = session.offered_values(*session.find_place(one.address));
            check_answer(form, field, one.told_as, *one.answer, offered ? &*offered : nullptr, false,
                         problems);
        }
    }
    for (FormProblem& problem : session.problems()) {
        const bool is_judged = std::find(judged.begin(), judged.end(), problem.field) != judged.end();
        problem.field = told_as(form, session, problem.field);
        const bool is_known = std::any_of(problems.begin(), problems.end(), [&](const FormProblem& other) {
            return other.field == problem.field;
        });
        const bool counts = problem.keyword == "required" || problem.keyword == "constraint" || !is_judged;
        if (!is_known && counts) problems.push_back(std::move(problem));
    }
    return problems;
}

} // namespace vakant
