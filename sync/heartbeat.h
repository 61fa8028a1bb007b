// Telling the backend how the kiosk is, and hearing the time and what is backed up: the only word that may
// move time or purge. The engine alone uses it.
#pragma once

#include "sync/conversation.h"
#include "sync/resend.h"

namespace vakant {

class Heartbeat {
public:
    Heartbeat(Conversation& conversation, Resend& resend) : talk_(conversation), resend_(resend) {}

    std::int64_t due() const { return retry_.at(); }
    /// True: the backend was heard.
    bool step();
    void now_due() { retry_.now_due(talk_.now()); }

private:
    Json report(std::string_view nonce) const;
    bool take(const Json& body, std::string_view nonce);

    Conversation& talk_;
    Resend& resend_;
    Retry retry_;
    std::optional<std::int64_t> audit_known_; ///< how many rows of our audit the agency knows the digest of
};

} // namespace vakant
