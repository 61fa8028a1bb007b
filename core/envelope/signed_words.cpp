// Everything that is signed but the envelope itself: key sets, answers, heartbeats, content; and their JSON.
#include <algorithm>

#include "core/envelope/canonical.h"
#include "core/envelope/envelope.h"
#include "core/json/json.h"

namespace vakant {
namespace {

Error not_authentic(std::string detail) {
    return {ErrorKind::not_authentic, std::move(detail)};
}

template <std::size_t length>
Result<std::array<std::uint8_t, length>> fixed_bytes(const Json& json, std::string_view name) {
    VAKANT_TRY(text, json.require_text(name));
    auto bytes = from_base64url(text);
    if (!bytes.ok() || bytes->size() != length)
        return invalid_input(std::string(name) + " is not " + std::to_string(length) + " bytes in base64url");
    std::array<std::uint8_t, length> out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

Result<PublicKey> key_of(const Json& json, std::string_view name) {
    return fixed_bytes<32>(json, name);
}
Result<Signature> signature_of(const Json& json, std::string_view name = "signature") {
    return fixed_bytes<64>(json, name);
}

Json to_json(const std::vector<PublicKey>& keys) {
    Json list = Json::array();
    for (const PublicKey& key : keys)
        list.push(to_base64url(key));
    return list;
}

Result<std::vector<PublicKey>> keys_of(const Json& json, std::string_view name) {
    constexpr std::size_t most_keys = 64;
    const Json& list = json[name];
    if (!list.is_array() || list.size() > most_keys)
        return invalid_input(std::string(name) + " is not a list of keys");
    std::vector<PublicKey> keys;
    for (const Json& item : list.items()) {
        Json holder;
        holder.set(name, item);
        VAKANT_TRY(key, key_of(holder, name));
        keys.push_back(key);
    }
    return keys;
}

/// The key of that name among those that count.
Result<PublicKey> key_named(const KeyId& id, const std::vector<PublicKey>& keys) {
    for (const PublicKey& key : keys) {
        if (key_id_of(key) == id) return key;
    }
    return Error{ErrorKind::not_found, "signed by a key that is not in the key set"};
}

} // namespace

KeyId key_id_of(const PublicKey& key) {
    return to_hex(blake2b(key)).substr(0, 16);
}

SignedKeySet sign_key_set(KeySet keys, const SigningKey& root) {
    const Signature signature = sign(canonical::key_set(keys), root);
    return {std::move(keys), signature};
}

Outcome check_key_set(const SignedKeySet& set, const PublicKey& pinned_root) {
    if (!signature_holds(canonical::key_set(set.keys), set.signature, pinned_root))
        return not_authentic("a key set that the pinned root did not sign");
    return done();
}

std::string to_json_text(const SignedKeySet& set) {
    return Json::object({{"protocol", "vakant-keys/1"},
                         {"agency", set.keys.agency},
                         {"version", set.keys.version},
                         {"made_at", set.keys.made_at},
                         {"opening", to_json(set.keys.opening)},
                         {"recovery", to_base64url(set.keys.recovery)},
                         {"answers", to_json(set.keys.answers)},
                         {"content", to_json(set.keys.content)},
                         {"signature", to_base64url(set.signature)}})
        .to_text();
}

Result<SignedKeySet> key_set_from_json_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    if (json["protocol"].text() != "vakant-keys/1")
        return Error{ErrorKind::unsupported, "not a vakant-keys/1 key set"};
    SignedKeySet set;
    VAKANT_TRY(agency, json.require_text("agency"));
    VAKANT_TRY(version, json.require_integer("version"));
    VAKANT_TRY(made_at, json.require_integer("made_at"));
    VAKANT_TRY(opening, keys_of(json, "opening"));
    VAKANT_TRY(recovery, key_of(json, "recovery"));
    VAKANT_TRY(answers, keys_of(json, "answers"));
    VAKANT_TRY(content, keys_of(json, "content"));
    VAKANT_TRY(signature, signature_of(json));
    set.keys = {agency, version, made_at, opening, recovery, answers, content};
    set.signature = signature;
    return set;
}

RootSuccession sign_root_succession(std::string agency, const SigningKey& previous, const SigningKey& next,
                                    UtcMs made_at) {
    RootSuccession succession{std::move(agency), previous.public_key, next.public_key, made_at, {}, {}};
    const Bytes bytes = canonical::root_succession(succession);
    succession.by_previous = sign(bytes, previous);
    succession.by_next = sign(bytes, next);
    return succession;
}

Outcome check_root_succession(const RootSuccession& succession) {
    const Bytes bytes = canonical::root_succession(succession);
    if (!signature_holds(bytes, succession.by_previous, succession.previous) ||
        !signature_holds(bytes, succession.by_next, succession.next))
        return not_authentic("a root that hands over without both signatures");
    return done();
}

std::string to_json_text(const RootSuccession& succession) {
    return Json::object({{"agency", succession.agency},
                         {"previous", to_base64url(succession.previous)},
                         {"next", to_base64url(succession.next)},
                         {"made_at", succession.made_at},
                         {"by_previous", to_base64url(succession.by_previous)},
                         {"by_next", to_base64url(succession.by_next)}})
        .to_text();
}

Result<RootSuccession> root_succession_from_json_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    VAKANT_TRY(agency, json.require_text("agency"));
    VAKANT_TRY(previous, key_of(json, "previous"));
    VAKANT_TRY(next, key_of(json, "next"));
    VAKANT_TRY(made_at, json.require_integer("made_at"));
    VAKANT_TRY(by_previous, signature_of(json, "by_previous"));
    VAKANT_TRY(by_next, signature_of(json, "by_next"));
    return RootSuccession{agency, previous, next, made_at, by_previous, by_next};
}

Answer sign_answer(Answer answer, const SigningKey& answer_key) {
    answer.signer = key_id_of(answer_key.public_key);
    answer.signature = sign(canonical::answer(answer), answer_key);
    return answer;
}

Outcome check_answer(const Answer& answer, const KeySet& keys) {
    if (answer.agency != keys.agency) return not_authentic("an answer of another agency");
    VAKANT_TRY(key, key_named(answer.signer, keys.answers));
    if (!signature_holds(canonical::answer(answer), answer.signature, key))
        return not_authentic("an answer whose signature does not hold");
    return done();
}

std::string to_json_text(const Answer& answer) {
    return Json::object({{"protocol", "vakant-sync/1"},
                         {"verdict", name_of(answer.verdict)},
                         {"reason", answer.reason},
                         {"agency", answer.agency},
                         {"device", answer.device},
                         {"id", answer.envelope_id},
                         {"digest", answer.digest},
                         {"epoch", answer.epoch},
                         {"sequence", answer.sequence},
                         {"received_at", answer.received_at},
                         {"signer", answer.signer},
                         {"signature", to_base64url(answer.signature)}})
        .to_text();
}

Result<Answer> answer_from_json_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    if (json["protocol"].text() != "vakant-sync/1")
        return Error{ErrorKind::unsupported, "not a vakant-sync/1 answer"};
    VAKANT_TRY(verdict_name, json.require_text("verdict"));
    const std::optional<Verdict> verdict = verdict_named(verdict_name);
    if (!verdict) return Error{ErrorKind::unsupported, "an unknown verdict"};
    Answer answer;
    answer.verdict = *verdict;
    VAKANT_TRY(reason, json.require_text("reason"));
    VAKANT_TRY(agency, json.require_text("agency"));
    VAKANT_TRY(device, json.require_text("device"));
    VAKANT_TRY(id, json.require_text("id"));
    VAKANT_TRY(digest, json.require_text("digest"));
    VAKANT_TRY(epoch, json.require_text("epoch"));
    VAKANT_TRY(sequence, json.require_integer("sequence"));
    VAKANT_TRY(received_at, json.require_integer("received_at"));
    VAKANT_TRY(signer, json.require_text("signer"));
    VAKANT_TRY(signature, signature_of(json));
    answer.reason = reason;
    answer.agency = agency;
    answer.device = device;
    answer.envelope_id = id;
    answer.digest = digest;
    answer.epoch = epoch;
    answer.sequence = sequence;
    answer.received_at = received_at;
    answer.signer = signer;
    answer.signature = signature;
    return answer;
}

HeartbeatAnswer sign_heartbeat(HeartbeatAnswer answer, const SigningKey& answer_key) {
    answer.signer = key_id_of(answer_key.public_key);
    answer.signature = sign(canonical::heartbeat(answer), answer_key);
    return answer;
}

Outcome check_heartbeat(const HeartbeatAnswer& answer, const KeySet& keys, std::string_view nonce,
                        std::string_view device) {
    if (answer.agency != keys.agency) return not_authentic("a heartbeat's answer of another agency");
    if (answer.nonce != nonce || answer.device != device)
        return not_authentic("a heartbeat's answer to another question");
    VAKANT_TRY(key, key_named(answer.signer, keys.answers));
    if (!signature_holds(canonical::heartbeat(answer), answer.signature, key))
        return not_authentic("a heartbeat's answer whose signature does not hold");
    return done();
}

std::string to_json_text(const HeartbeatAnswer& answer) {
    return Json::object({{"agency", answer.agency},
                         {"device", answer.device},
                         {"nonce", answer.nonce},
                         {"server_time", answer.server_time},
                         {"epoch", answer.epoch},
                         {"backed_up_through", answer.backed_up_through},
                         {"signer", answer.signer},
                         {"signature", to_base64url(answer.signature)}})
        .to_text();
}

Result<HeartbeatAnswer> heartbeat_from_json_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    VAKANT_TRY(agency, json.require_text("agency"));
    VAKANT_TRY(device, json.require_text("device"));
    VAKANT_TRY(nonce, json.require_text("nonce"));
    VAKANT_TRY(server_time, json.require_integer("server_time"));
    VAKANT_TRY(epoch, json.require_text("epoch"));
    VAKANT_TRY(backed_up_through, json.require_integer("backed_up_through"));
    VAKANT_TRY(signer, json.require_text("signer"));
    VAKANT_TRY(signature, signature_of(json));
    return HeartbeatAnswer{agency, device, nonce, server_time, epoch, backed_up_through, signer, signature};
}

ResendAnswer sign_resend(ResendAnswer answer, const SigningKey& answer_key) {
    answer.signer = key_id_of(answer_key.public_key);
    answer.signature = sign(canonical::resend(answer), answer_key);
    return answer;
}

Outcome check_resend(const ResendAnswer& answer, const KeySet& keys, std::string_view device) {
    if (answer.agency != keys.agency) return not_authentic("a word on resending of another agency");
    if (answer.device != device) return not_authentic("a word on resending to another device");
    VAKANT_TRY(key, key_named(answer.signer, keys.answers));
    if (!signature_holds(canonical::resend(answer), answer.signature, key))
        return not_authentic("a word on resending whose signature does not hold");
    return done();
}

std::string to_json_text(const ResendAnswer& answer) {
    return Json::object({{"agency", answer.agency},
                         {"device", answer.device},
                         {"epoch", answer.epoch},
                         {"earlier_epoch", answer.earlier_epoch},
                         {"kept_through", answer.kept_through},
                         {"signer", answer.signer},
                         {"signature", to_base64url(answer.signature)}})
        .to_text();
}

Result<ResendAnswer> resend_from_json_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    VAKANT_TRY(agency, json.require_text("agency"));
    VAKANT_TRY(device, json.require_text("device"));
    VAKANT_TRY(epoch, json.require_text("epoch"));
    VAKANT_TRY(earlier_epoch, json.require_text("earlier_epoch"));
    VAKANT_TRY(kept_through, json.require_integer("kept_through"));
    VAKANT_TRY(signer, json.require_text("signer"));
    VAKANT_TRY(signature, signature_of(json));
    return ResendAnswer{agency, device, epoch, earlier_epoch, kept_through, signer, signature};
}

SignedContent sign_content(std::string agency, std::string kind, std::string id, std::string body,
                           const SigningKey& content_key) {
    SignedContent content{std::move(agency),
                          std::move(kind),
                          std::move(id),
                          std::move(body),
                          key_id_of(content_key.public_key),
                          {}};
    content.signature = sign(canonical::content(content), content_key);
    return content;
}

Outcome check_content(const SignedContent& content, const KeySet& keys) {
    if (content.agency != keys.agency) return not_authentic("content of another agency");
    VAKANT_TRY(key, key_named(content.signer, keys.content));
    if (!signature_holds(canonical::content(content), content.signature, key))
        return not_authentic("content whose signature does not hold");
    return done();
}

} // namespace vakant
