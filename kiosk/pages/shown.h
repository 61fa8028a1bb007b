// How facts are put into the reader's words: shared by the pages that show them. No state.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/vacancies/search.h"
#include "kiosk/pages/page.h"

namespace vakant {

ActionSpec back_action(const PageContext& in);
/// To read anew what could not be read.
ActionSpec again_action(const PageContext& in);
/// That the vacancies cannot be read, and what one can do.
void view_unreadable(Ui& ui, const PageContext& in);
/// "Updated 23.11.2026 at 9.15", or that nothing was heard yet.
std::string heard_text(const PageContext& in);
std::string employment_text(const Strings& strings, Employment employment); ///< "" where unknown
std::string hours_text(const Strings& strings, Hours hours);
/// "closes today", "closes in 3 days", "apply by 1.12.2026", "open continuously"; "" where nothing is said.
std::string deadline_text(const PageContext& in, DeadlineKind kind, const std::optional<UtcMs>& at);
/// "Employer · Place": the agency stands for an employer that its own order does not name, once its name is
/// known; what is not known is left out.
std::string who_and_where(const VacancyCard& vacancy, const PageContext& in);
/// The text for an expected failure, "error.<kind>".
std::string error_text(const Strings& strings, ErrorKind kind);

/// visit(value, Overload{...}) in one expression.
template <class... Ts>
struct Overload : Ts... {
    using Ts::operator()...;
};

} // namespace vakant
