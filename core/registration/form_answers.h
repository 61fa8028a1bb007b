// What is wrong with one answer, whether it was typed here or sent by somebody. Only for this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/form.h"

namespace vakant {

/// A typed answer, not empty, as it stands in "answers". What cannot be read as its kind (a number, a date)
/// stays a text, so that the check says so.
Json answer_from_typed(const FormField& field, std::string_view typed);
/// The reverse, for answers that come as JSON; none where it is not the widget's JSON type.
std::optional<std::string> typed_from_answer(const FormField& field, const Json& answer);

/// The parts of an answer of several values, joined by '\n'.
std::vector<std::string_view> lines_of(std::string_view answer);

/// Adds at most one problem. `offered` are the values that `depends_on` leaves, null where it narrows
/// nothing. `is_typed`: what a person can do wrong has more telling keywords than what a program can.
void check_answer(const FormDefinition& form, const FormField& field, std::string_view address,
                  const Json& answer, const std::vector<std::string>* offered, bool is_typed,
                  std::vector<FormProblem>& problems);

/// With the field's own text for it.
FormProblem problem_with(const FormField& field, std::string_view address, std::string keyword,
                         std::int64_t limit = 0);

/// Letters that are of no Latin script: then a passport spelling is asked.
bool has_other_script(std::string_view name);

} // namespace vakant
