// Choices of a question in words, and finding them by typing. Shared by the pages of registration.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/choice_lists.h"
#include "core/registration/form_session.h"
#include "kiosk/pages/page.h"

namespace vakant {

using Suggestion = ListedChoice;

/// True where `value` is one of the question's choices, and not own words.
bool is_choice(const FormDefinition& form, const FormField& field, std::string_view value,
               const PageContext& in);
/// Own words stay as they are.
std::string choice_in_words(const FormDefinition& form, const FormField& field, std::string_view value,
                            const PageContext& in);
/// At most six, best first.
std::vector<Suggestion> suggestions_for(const FormSession& answers, const FormField& field,
                                        std::string_view address, std::string_view typed,
                                        const PageContext& in);
/// The choice whose whole name this is.
std::optional<std::string> value_named(const FormSession& answers, const FormField& field,
                                       std::string_view address, std::string_view words,
                                       const PageContext& in);

} // namespace vakant
