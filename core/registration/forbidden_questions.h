// What a registration must not ask, or only with a reason that the person can read. Law: GDPR articles 9 and
// 87; the Finnish act on privacy in working life (759/2004), sections 3 and 4. Only for this folder.
#pragma once

#include "core/registration/form.h"

namespace vakant {

/// Refuses a question that is named or labelled as a national identity number, and one that looks like a
/// special category of personal data and has no purpose_key.
Outcome check_forbidden_questions(const FormDefinition& form);

} // namespace vakant
