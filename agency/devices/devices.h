// Enrolled kiosks: which there are, what they serve, their tokens and heartbeats. Used by agency/api (every
// request is authenticated here) and by the command `devices`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/store/database.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/envelope/envelope.h"
#include "core/json/json.h"

namespace vakant {

struct Device {
    std::string id, prefix;
    PublicKey key{};
    UtcMs enrolled_at = 0;
    std::optional<UtcMs> revoked_at, last_heard_at;
    std::vector<std::string> agencies; ///< sorted
    std::string heartbeat;             ///< JSON of the last one, or ""
    bool serves(std::string_view agency) const;
};
Result<std::optional<Device>> find_device(Connection& connection, std::string_view id);
Result<std::vector<Device>> all_devices(Connection& connection);
Json to_json(const Device& device);

/// Three consonants that no other device had before: those that it asks for where they are, else others.
/// Refused where all 8,000 are used.
Result<std::string> take_prefix(Connection& connection, std::string_view agency, std::string_view device,
                                std::string_view wanted, Random& random);

/// Enrols the device, or adds agencies to an enrolled or revoked one. It keeps its prefix; one that this
/// store knows nothing of any more gets `former_prefix` back, which what it still has to send goes by.
Outcome enrol_device(Connection& connection, std::string_view id, const PublicKey& key,
                     const std::vector<std::string>& agencies, UtcMs now, Random& random,
                     std::string_view former_prefix = "");
/// Nothing of it is taken any more, at once. not_found: no such device.
Outcome revoke_device(Connection& connection, std::string_view id, UtcMs now);
/// Keeps the figures and says how many rows of the kiosk's audit are known here; its next heartbeat has to
/// name the digest of the last of these (`confirms`). What does not go on from there is an event and an
/// alarm.
Result<std::int64_t> keep_heartbeat(Connection& connection, std::string_view device, Json figures,
                                    const Json& confirms, UtcMs now);

struct Token {
    std::string text;
    UtcMs expires_at = 0;
};
/// The store keeps only its hash.
Result<Token> make_token(Connection& connection, const Device& device, UtcMs now, Random& random);

enum class TokenProblem { expired, revoked };
/// The device whose token this is. Where not: expired (unknown, another device's or too old) or revoked.
struct Authentication {
    std::optional<Device> device;
    TokenProblem problem = TokenProblem::expired;
};
Result<Authentication> authenticate(Connection& connection, std::string_view device_id,
                                    std::string_view token, UtcMs now);

/// A fresh token for a signature over a nonce that was never used. The kiosk's time is not compared with the
/// clock. not_found: unknown device; not_authentic: wrong signature or used nonce; refused: revoked.
struct Renewal {
    std::string device_id, nonce;
    UtcMs time = 0;
    Signature signature{};
};
/// By the key that the device of that id has; false also where there is no such device.
Result<bool> is_signed_by_its_device(Connection& connection, const Renewal& renewal);
Result<Token> renew_token(Connection& connection, const Renewal& renewal, UtcMs now, Random& random);

} // namespace vakant
