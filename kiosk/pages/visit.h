// One person's visit, from the first touch to the end: what the pages of a registration or a test share.
// Owned by App, which wipes it when the person finishes or walks away. Used by kiosk/pages and kiosk/app.
#pragma once

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
};

class Visit {
public:
    /// Opens a form: answers to another form than the one before are forgotten.
    void begin_registration(std::shared_ptr<const FormDefinition> form, Prompt prompt, std::string agency);
    /// Overwrites every word of the person; references and test are gone too.
    void wipe();
    /// After sending: the answers go, the reference stays until the visit ends.
    void forget_answers();

    FormSession* answers() { return answers_.get(); }
    const FormSession* answers() const { return answers_.get(); }
    const SecretArena& arena() const { return arena_; }

    std::shared_ptr<const FormDefinition> form;
    Prompt prompt;
    std::vector<std::string> agencies; ///< chosen to register with

    std::string secret;    ///< 128 bits in hex, made with the first thing that is sent
    std::string reference; ///< of what was sent in this visit, "" before
    QrPicture reference_code;
    std::vector<std::string> reference_agencies;
    bool registered = false; ///< the reference belongs to a registration

    std::optional<TypingSession> test;
    std::string test_session, test_agency;
    bool test_resumed = false;

private:
    SecretArena arena_;
    std::unique_ptr<FormSession> answers_; ///< its text lies in arena_
};

} // namespace vakant
