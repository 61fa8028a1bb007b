// For those who write forms and those who read them with other systems: what only shows when a form is looked
// at as a whole, and the form as plain JSON Schema. Used by `vakant form` and by agency/registration.
#pragma once

#include <string>
#include <vector>

#include "core/registration/form.h"

namespace vakant {

/// Refuses a page that cannot be reached, a required question that can never show, and a notice or consent
/// that promises other months than are kept; returns what is not wrong but should be looked at
/// ("pages[2].items[0].label_key: the same text in fi and sv").
Result<std::vector<std::string>> check_as_author(const FormDefinition& form);

/// The form as JSON Schema 2020-12 for other systems: what each answer must be, and what is required under
/// which condition as far as schemas can say it. Constraints, computed values and rules that they cannot say
/// are named in "$comment" and left out, so that it never refuses what the form takes.
Json schema_for_others(const FormDefinition& form);

} // namespace vakant
