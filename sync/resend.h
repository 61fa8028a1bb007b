// After the agency's store was put back from a backup: what was delivered and is missing there goes again. A
// signed heartbeat tells of the new epoch; the backend's signed word says how far the old one is kept. The
// engine alone uses it.
#pragma once

#include <map>

#include "sync/conversation.h"

namespace vakant {

class Resend {
public:
    explicit Resend(Conversation& conversation) : talk_(conversation) {}

    /// From a heartbeat that holds: items delivered in another epoch are asked about.
    void heard(std::string_view agency, std::string_view epoch);
    std::int64_t due() const;
    /// One exchange about one earlier epoch. True: items wait again.
    bool step();
    void now_due() { retry_.now_due(talk_.now()); }

private:
    bool take(const Json& body, const std::string& agency, const std::string& earlier);

    struct Question {
        std::string epoch;                ///< the present one
        std::vector<std::string> earlier; ///< those that something here was delivered in
    };
    Conversation& talk_;
    Retry retry_;
    std::map<std::string, Question> questions_; ///< by agency
};

} // namespace vakant
