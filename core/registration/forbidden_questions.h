// What a registration must not ask, or only with a reason that the person can read. Law: GDPR articles 9 and
// 87; the Finnish act on privacy in working life (759/2004), sections 3 and 4. Only for this folder.
#pragma once

#include "core/registration/form.h"

namespace vakant {

/// Refuses a question that by its name, its label, a choice or its page's title asks for a national identity
/// number or the number of an identity document, and one that looks like a special category of personal data
/// and has no purpose_key.
Outcome check_forbidden_questions(const FormDefinition& form);

} // namespace vakant
