// vakant-envelope/1: a submission sealed to an agency's keys and signed by the device; the signed answers of
// the backend; the key sets that name which keys count. Canonical bytes of everything that is signed are made
// by canonical.h and nowhere else. Kiosk and agency both use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/crypto/crypto.h"

namespace vakant {

/// Names a key: the first 16 hex digits of BLAKE2b of its public half.
using KeyId = std::string;
KeyId key_id_of(const PublicKey& key);

/// What a kiosk pins (root) and follows: which keys of an agency count. Signed by the agency's root.
struct KeySet {
    std::string agency;
    std::int64_t version = 0; ///< never goes back
    UtcMs made_at = 0;
    std::vector<PublicKey> opening; ///< one or more backend processes
    PublicKey recovery{};
    std::vector<PublicKey> answers; ///< answer-signing keys
    std::vector<PublicKey> content; ///< sign config, forms, tests
};
struct SignedKeySet {
    KeySet keys;
    Signature signature{};
};
SignedKeySet sign_key_set(KeySet keys, const SigningKey& root);
Outcome check_key_set(const SignedKeySet& set, const PublicKey& pinned_root);
std::string to_json_text(const SignedKeySet& set);
Result<SignedKeySet> key_set_from_json_text(std::string_view text);

/// A root hands over to the next one: signed by both, so that who pinned the former may follow, and nobody
/// hands over to a key that is not there.
struct RootSuccession {
    std::string agency;
    PublicKey previous{}, next{};
    UtcMs made_at = 0;
    Signature by_previous{}, by_next{};
};
RootSuccession sign_root_succession(std::string agency, const SigningKey& previous, const SigningKey& next,
                                    UtcMs made_at);
Outcome check_root_succession(const RootSuccession& succession);
std::string to_json_text(const RootSuccession& succession);
Result<RootSuccession> root_succession_from_json_text(std::string_view text);

/// The outside of an envelope: readable by anybody who holds it, so nothing about the person stands in it.
struct EnvelopeHeader {
    std::string id; ///< UUID, one for each submission to one agency
    std::string agency;
    std::string device; ///< UUID of the enrolled kiosk
    UtcMs made_at = 0;
    std::string form_digest; ///< of the form or test, hex; "" where there is none
    struct Recipient {
        KeyId key;
        Bytes sealed_item_key;
    };
    std::vector<Recipient> recipients; ///< opening keys and the recovery key
};

struct Envelope {
    EnvelopeHeader header;
    Bytes cipher;
    Signature signature{};
};

/// Compresses, pads to a multiple of 256 bytes, seals to every opening key and the recovery key, signs.
/// Returns the envelope's bytes, which never change afterwards.
Bytes seal_envelope(std::string_view payload, EnvelopeHeader header_without_recipients, const KeySet& keys,
                    const SigningKey& device_key);

/// Reads the parts. Refused where the bytes are not an envelope (length, version, limits: 1 MiB in all).
Result<Envelope> parse_envelope(ByteView bytes);
/// BLAKE2b of all its bytes, hex: "the digest of an envelope".
std::string envelope_digest(ByteView bytes);
bool envelope_signed_by(const Envelope& envelope, ByteView bytes, const PublicKey& device);
/// not_found: sealed to none of these keys (a temporary failure for the caller); not_authentic: does not
/// open.
Result<std::string> open_envelope(const Envelope& envelope, const std::vector<SealingKey>& keys);

enum class Verdict { stored, known, erased, conflict, refused };
std::string_view name_of(Verdict verdict);
std::optional<Verdict> verdict_named(std::string_view name);

/// The backend's signed word on one envelope. Nothing unsigned moves an item.
struct Answer {
    Verdict verdict = Verdict::refused;
    std::string reason; ///< of refused: "unknown_device", "agency_not_served", "not_an_envelope", ...
    std::string agency, device, envelope_id, digest;
    std::string epoch; ///< of the backend's store; changes when a backup is restored
    std::int64_t sequence = 0;
    UtcMs received_at = 0;
    KeyId signer;
    Signature signature{};
};
Answer sign_answer(Answer answer, const SigningKey& answer_key);
/// Checks that one of the key set's answer keys signed exactly this.
Outcome check_answer(const Answer& answer, const KeySet& keys);
std::string to_json_text(const Answer& answer); ///< one line
Result<Answer> answer_from_json_text(std::string_view text);

/// The heartbeat's answer, signed over the device's nonce.
struct HeartbeatAnswer {
    std::string agency, device, nonce;
    UtcMs server_time = 0;
    std::string epoch;
    std::int64_t backed_up_through = 0;
    KeyId signer;
    Signature signature{};
};
HeartbeatAnswer sign_heartbeat(HeartbeatAnswer answer, const SigningKey& answer_key);
Outcome check_heartbeat(const HeartbeatAnswer& answer, const KeySet& keys, std::string_view nonce,
                        std::string_view device);
std::string to_json_text(const HeartbeatAnswer& answer);
Result<HeartbeatAnswer> heartbeat_from_json_text(std::string_view text);

/// What a store that was put back from a backup still has of an earlier epoch: everything up to
/// `kept_through`. For one pair of epochs it is the same for ever, so that it needs no nonce.
struct ResendAnswer {
    std::string agency, device;
    std::string epoch;         ///< the present one
    std::string earlier_epoch; ///< the one asked about
    std::int64_t kept_through = 0;
    KeyId signer;
    Signature signature{};
};
ResendAnswer sign_resend(ResendAnswer answer, const SigningKey& answer_key);
Outcome check_resend(const ResendAnswer& answer, const KeySet& keys, std::string_view device);
std::string to_json_text(const ResendAnswer& answer);
Result<ResendAnswer> resend_from_json_text(std::string_view text);

/// Content (a form, a test, config) signed by the agency's content key: `body` is signed as its bytes, with
/// what it is.
struct SignedContent {
    std::string agency, kind, id, body; ///< kind: "form", "skill", "config"
    KeyId signer;
    Signature signature{};
};
SignedContent sign_content(std::string agency, std::string kind, std::string id, std::string body,
                           const SigningKey& content_key);
Outcome check_content(const SignedContent& content, const KeySet& keys);

/// The six words that people compare at enrolment: from the device's two public facts and every root to be
/// pinned (sorted by agency). English words of 4 to 6 letters from a list of 2,048 in words.cpp; 66 bits.
struct RootToPin {
    std::string agency;
    std::string name;
    PublicKey root{};
};
std::vector<std::string> enrolment_words(std::string_view device_id, const PublicKey& device_key,
                                         std::vector<RootToPin> roots);

/// What a device signs to prove itself when it asks for a token: over purpose, device, code or nonce, and
/// time.
Bytes token_request_bytes(std::string_view device_id, std::string_view device_code,
                          const std::vector<std::string>& words);
Bytes token_renewal_bytes(std::string_view device_id, std::string_view nonce, UtcMs time);

/// Reference numbers for people: three consonants of the device, a counter, a check character: "KTR-0427-M".
std::string reference_number(std::string_view device_prefix, std::int64_t counter);
bool is_reference_number(std::string_view text);

} // namespace vakant
