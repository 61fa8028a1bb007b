// How a kiosk is enrolled: RFC 8628 with six words that people compare at both ends. Nothing is approved
// unless the desk and the kiosk both said yes to the same words. Used by agency/api (the kiosk's side) and by
// the command `devices approve` (the desk's side).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/devices/agencies.h"
#include "agency/devices/devices.h"

namespace vakant {

struct CodeRequest {
    std::string device_id, program_version;
    PublicKey device_key{};
    std::string peer; ///< for the rate limit
};
struct DeviceCode {
    std::string device_code, user_code; ///< the latter as shown: "BCDF-GHJK"
    std::int64_t interval_s = 5, expires_in_s = 900;
    std::int64_t retry_after_ms = 0; ///< not 0: rate-limited, nothing else is set
};
/// invalid_input: not a device id, or one that is known with another key.
Result<DeviceCode> request_code(Connection& connection, const CodeRequest& request, UtcMs now,
                                Random& random);

struct TokenPoll {
    std::string device_code, device_id;
    std::optional<std::string> words_digest;
    std::optional<Signature> signature;
    bool refused = false; ///< a person at the kiosk said that the words differ
    std::string prefix;   ///< that it had when it was enrolled before, or ""
};
struct PollAnswer {
    enum class Kind { pending, slow_down, expired, denied, enrolled } kind = Kind::pending;
    std::vector<Agency> agencies; ///< pending: those to be pinned once the desk chose; enrolled: those served
    Token token;                  ///< enrolled
    std::string prefix;
};
Result<PollAnswer> poll_token(Connection& connection, const TokenPoll& poll, UtcMs now, Random& random);

/// The desk's side: chooses the agencies and gives the words to compare.
struct ApprovalStart {
    std::string device_id;
    std::vector<std::string> agencies; ///< what will be served: also those served already
    std::vector<std::string> words;
};
/// not_found: no living code, or no such agency.
Result<ApprovalStart> begin_approval(Connection& connection, std::string_view user_code,
                                     const std::vector<std::string>& agencies, UtcMs now);
/// A person at the desk compared `words`. Refused where they are no longer the words of this code.
Outcome finish_approval(Connection& connection, std::string_view user_code,
                        const std::vector<std::string>& words, bool same, UtcMs now);

} // namespace vakant
