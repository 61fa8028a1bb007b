// What the definition, the session and the check of sent answers share: which fields count, and what is wrong
// with a value. Only for this folder.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/form.h"

namespace vakant {

/// Names of the fields that a rule looks at.
std::set<std::string, std::less<>> fields_in_rule(const Json& rule);

/// The answer to a field as JSON, null where there is none.
using AnswerOf = std::function<Json(const FormField&)>;

/// Decides over the answers of the visible fields alone: what is hidden now decides nothing. The definition's
/// check made sure that no field depends on itself.
class Visibility {
public:
    Visibility(const FormDefinition& form, AnswerOf answer_of)
        : form_(form), answer_of_(std::move(answer_of)) {}
    bool shows(const FormField& field) const;
    bool shows(const FormPage& page) const;
    bool requires_answer(const FormField& field) const;

private:
    bool holds(const Json& rule, bool otherwise) const;
    const FormDefinition& form_;
    AnswerOf answer_of_;
};

bool holds_one_text(Widget widget); ///< every widget but choices

/// Problems of one given answer, not empty. `texts`: the chosen values of choices, else the one text.
void check_value(const FormField& field, const std::vector<std::string_view>& texts,
                 std::vector<FormProblem>& problems);

/// The same for an answer as it was sent, which may be anything.
void check_sent(const FormField& field, const Json& answer, bool required,
                std::vector<FormProblem>& problems);

/// Fails with RE2's reason where it is no pattern.
Outcome check_pattern(std::string_view pattern);

} // namespace vakant
