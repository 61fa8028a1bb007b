// One person's visit, from the first touch to the end: what the pages of a registration or a test share.
// Owned by App, which wipes it when the person finishes or walks away. Used by kiosk/pages and kiosk/app.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/secret_arena.h"
#include "core/registration/form_session.h"
#include "core/skills/typing.h"
#include "core/vacancies/vacancy.h"
#include "kiosk/pages/event.h"

namespace vakant {

/// The advertisement that led to a registration.
struct Prompt {
    std::string vacancy, agency, title, employer;
    bool is_application = false;
    std::optional<UtcMs> closes_at; ///< the vacancy's last moment, where it has one
    bool closed = false;            ///< it closed while the person was writing
};

/// One form and the agencies that get its answers. The answers are typed once; each agency has consents of
/// its own.
class RegistrationPart {
public:
    RegistrationPart(std::shared_ptr<const FormDefinition> form, std::vector<std::string> agencies,
                     SecretArena& arena);

    const FormDefinition& form() const { return *form_; }
    const std::shared_ptr<const FormDefinition>& shared_form() const { return form_; }
    const std::vector<std::string>& agencies() const { return agencies_; }
    FormSession& answers() { return *answers_; }
    const FormSession& answers() const { return *answers_; }

    /// Whose it is, where that was not known when the form was opened.
    void adopt(std::string agency) { agencies_.push_back(std::move(agency)); }

    /// Given, or how it starts: a box off, a protecting rule on.
    bool consent(std::size_t agency, const FormConsent& consent) const;
    void set_consent(std::size_t agency, std::string_view purpose, bool given);
    /// What this agency gets. Only where answers().problems() is empty.
    Result<Json> submission(std::size_t agency, std::string_view language);

    /// Answers of another form to questions of the same name and kind, where nothing is answered here yet.
    void take_over(const RegistrationPart& other);

    /// `language`: in which the consents were read.
    Json draft(std::string_view language) const;
    /// Into a fresh part. False: nothing of the draft fits this form.
    bool resume(const Json& draft);

private:
    bool has_same_text(const FormConsent& asked, const Json& draft) const;
    std::shared_ptr<const FormDefinition> form_;
    std::vector<std::string> agencies_;
    std::unique_ptr<FormSession> answers_;                           ///< its text lies in the visit's arena
    std::vector<std::map<std::string, bool, std::less<>>> consents_; ///< of each agency
};

struct AgencyForm {
    std::string agency;
    std::shared_ptr<const FormDefinition> form;
};

/// What an agency was sent: its form's words of thanks and its promise, and whether there is a way to keep
/// it.
struct SentForm {
    std::string agency;
    std::shared_ptr<const FormDefinition> form;
    bool leaves_contact = true; ///< else the person comes back
};

class Visit {
public:
    /// Opens a form for one agency: answers to another form than the one before are forgotten. A newer
    /// version of the form that was begun leaves the person with that one.
    void begin_registration(std::shared_ptr<const FormDefinition> form, Prompt prompt, std::string agency);
    /// Of several agencies: one part for each form, in the order of the agencies.
    void begin_registrations(const std::vector<AgencyForm>& forms, Prompt prompt);
    /// The vacancy that led here is gone: the answers stay, and what is sent is a general registration.
    void close_prompt();
    /// Overwrites every word of the person; references and test are gone too.
    void wipe();
    /// After sending: the answers go, the reference stays until the visit ends.
    void forget_answers();

    std::vector<RegistrationPart>& parts() { return parts_; }
    const std::vector<RegistrationPart>& parts() const { return parts_; }
    /// The part, or null where there is none (any more).
    RegistrationPart* part(std::size_t index) { return index < parts_.size() ? &parts_[index] : nullptr; }
    const RegistrationPart* part(std::size_t index) const {
        return index < parts_.size() ? &parts_[index] : nullptr;
    }
    /// Of the first part; null where no form is open.
    FormSession* answers() { return parts_.empty() ? nullptr : &parts_.front().answers(); }
    const FormSession* answers() const { return parts_.empty() ? nullptr : &parts_.front().answers(); }
    const SecretArena& arena() const { return arena_; }
    std::vector<std::string> agencies() const; ///< of all parts
    /// Of all parts, before the answers are forgotten.
    std::vector<SentForm> as_sent() const;

    /// What is parked: every part with everything typed, and the advertisement.
    Json draft(std::string_view language) const;
    /// Of a parked form. `form_of` finds what an agency asks today, or nothing. False: no part could be
    /// opened.
    template <typename FormOf>
    bool resume(const Json& draft, FormOf form_of);

    std::string
        day; ///< the recruitment day that every registration names as its source; "": none. Never wiped
    Prompt prompt;

    std::string secret;    ///< 128 bits in hex, made with the first thing that is sent
    std::string reference; ///< of what was sent in this visit, "" before
    QrPicture reference_code;
    std::vector<std::string> reference_agencies;
    std::vector<SentForm> sent_forms; ///< to each of them
    bool registered = false;          ///< the reference belongs to a registration

    std::string parked_code; ///< of the form that was parked in this visit, "" before
    QrPicture parked_picture;
    UtcMs parked_until = 0;

    std::optional<TypingSession> test;
    std::string test_session, test_agency;
    bool test_resumed = false;

private:
    void resume_prompt(const Json& json);
    std::vector<AgencyForm> as_begun(const std::vector<AgencyForm>& forms) const;
    void note_prompt();
    SecretArena arena_;
    std::vector<RegistrationPart> parts_;
};

template <typename FormOf>
bool Visit::resume(const Json& draft, FormOf form_of) {
    forget_answers();
    resume_prompt(draft["prompt"]);
    for (const Json& kept : draft["parts"].items()) {
        std::vector<std::string> agencies;
        for (const Json& agency : kept["agencies"].items())
            agencies.emplace_back(agency.text());
        if (agencies.empty()) continue;
        std::shared_ptr<const FormDefinition> form = form_of(agencies.front(), kept["form"].text());
        if (!form) continue;
        RegistrationPart part(std::move(form), std::move(agencies), arena_);
        if (part.resume(kept)) parts_.push_back(std::move(part));
    }
    note_prompt();
    return !parts_.empty();
}

} // namespace vakant
