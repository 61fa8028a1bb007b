// The way through a registration, shared by its pages: which pages of the form are visible, how far somebody
// is, and how an answer reads in words.
#pragma once

#include <string>
#include <vector>

#include "core/registration/form_session.h"
#include "kiosk/pages/page.h"

namespace vakant {

class Visit;
class RegistrationPart;

/// Indexes into form().pages of those that are visible now.
std::vector<std::size_t> visible_pages(const FormSession& answers);
/// "Step 2 of 6" and the bar: form pages, consents (if there are any), review. `done` counts in its part.
void view_progress(Ui& ui, const PageContext& in, const Visit& visit, std::size_t part, std::size_t done);
/// The same, and beside it the switch that turns what was written into dots, and back.
void view_progress_and_hiding(Ui& ui, const PageContext& in, const Visit& visit, std::size_t part,
                              std::size_t done, std::vector<Intent>& out);
/// Of what explains a question: smaller where it would leave the answers no room.
TextLook look_of_help(const Ui& ui);
std::size_t step_count(const Visit& visit);
/// Steps of one part: its pages and its consents.
std::size_t step_count_of(const RegistrationPart& part);
/// The answer as a person reads it; "not answered" where it is empty.
std::string answer_in_words(const FormSession& answers, const FormField& field, std::string_view address,
                            const PageContext& in);
/// The same for one entry of a group, in one line; "" where nothing is answered.
std::string entry_in_words(const FormSession& answers, const FormField& group, std::uint32_t entry,
                           const PageContext& in);
/// Who else gets the data, and what that is: "Recipient: Opintie (training provider)"; "" where nobody does.
std::string recipient_in_words(const FormConsent& consent, const PageContext& in);
/// "jobs.3.employer"
std::string address_in(const FormField& group, std::uint32_t entry, const FormField& field);
/// Its answer is written letter by letter: what others could read over a shoulder.
bool is_written(Widget widget);
/// Whose form it is: "You apply for: Cleaner", or which agency registers.
void view_purpose(Ui& ui, const PageContext& in, const Visit& visit,
                  const std::vector<std::string>& agencies);
/// On the pages between notice and review: that the vacancy closed while the person was writing.
void view_closed(Ui& ui, const PageContext& in, const Visit& visit);
/// Why a registration that a vacancy led to is no application for it; "" where it is one or none led to it.
std::string why_no_application(const Visit& visit, const PageContext& in);
std::string names_of(const std::vector<std::string>& agencies, const PageContext& in);

} // namespace vakant
