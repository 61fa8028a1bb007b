// Canonical bytes: the single place that says which bytes are signed, sealed to, digested or compared by
// words. A domain string first, then every field with its length in front, so that no two different things
// have the same bytes. Changing anything here makes a new protocol. core/envelope alone uses it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/envelope/envelope.h"

namespace vakant {

/// Numbers are big-endian; texts and byte strings have 4 bytes of length in front; lists have 4 bytes of
/// count.
class CanonicalBytes {
public:
    explicit CanonicalBytes(std::string_view domain) { text(domain); }

    CanonicalBytes& number(std::int64_t value) {
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
        return *this;
    }
    CanonicalBytes& count(std::size_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
        return *this;
    }
    CanonicalBytes& bytes(ByteView value) {
        count(value.size());
        bytes_.insert(bytes_.end(), value.begin(), value.end());
        return *this;
    }
    CanonicalBytes& text(std::string_view value) { return bytes(as_bytes(value)); }
    CanonicalBytes& keys(const std::vector<PublicKey>& values) {
        count(values.size());
        for (const PublicKey& key : values)
            bytes(key);
        return *this;
    }
    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

namespace canonical {

inline Bytes key_set(const KeySet& set) {
    return CanonicalBytes("vakant-keys/1")
        .text(set.agency)
        .number(set.version)
        .number(set.made_at)
        .keys(set.opening)
        .bytes(set.recovery)
        .keys(set.answers)
        .keys(set.content)
        .take();
}

inline Bytes root_succession(const RootSuccession& succession) {
    return CanonicalBytes("vakant-root-succession/1")
        .text(succession.agency)
        .bytes(succession.previous)
        .bytes(succession.next)
        .number(succession.made_at)
        .take();
}

/// The header as it stands in the envelope's bytes; it is the cipher text's associated data.
inline Bytes envelope_header(const EnvelopeHeader& header) {
    CanonicalBytes out("vakant-envelope/1");
    out.text(header.id)
        .text(header.agency)
        .text(header.device)
        .number(header.made_at)
        .text(header.form_digest);
    out.count(header.recipients.size());
    for (const EnvelopeHeader::Recipient& recipient : header.recipients)
        out.text(recipient.key).bytes(recipient.sealed_item_key);
    return out.take();
}

/// What the device signs: no digest of the plain text stands anywhere.
inline Bytes envelope_signature(ByteView header_bytes, ByteView cipher) {
    return CanonicalBytes("vakant-envelope-signature/1").bytes(header_bytes).bytes(blake2b(cipher)).take();
}

inline Bytes answer(const Answer& answer) {
    return CanonicalBytes("vakant-sync/1 answer")
        .text(name_of(answer.verdict))
        .text(answer.reason)
        .text(answer.agency)
        .text(answer.device)
        .text(answer.envelope_id)
        .text(answer.digest)
        .text(answer.epoch)
        .number(answer.sequence)
        .number(answer.received_at)
        .text(answer.signer)
        .take();
}

inline Bytes heartbeat(const HeartbeatAnswer& answer) {
    return CanonicalBytes("vakant-sync/1 heartbeat")
        .text(answer.agency)
        .text(answer.device)
        .text(answer.nonce)
        .number(answer.server_time)
        .text(answer.epoch)
        .number(answer.backed_up_through)
        .text(answer.signer)
        .take();
}

inline Bytes resend(const ResendAnswer& answer) {
    return CanonicalBytes("vakant-sync/1 resend")
        .text(answer.agency)
        .text(answer.device)
        .text(answer.epoch)
        .text(answer.earlier_epoch)
        .number(answer.kept_through)
        .text(answer.signer)
        .take();
}

inline Bytes content(const SignedContent& content) {
    return CanonicalBytes("vakant-content/1")
        .text(content.agency)
        .text(content.kind)
        .text(content.id)
        .text(content.signer)
        .text(content.body)
        .take();
}

/// `roots` sorted by agency. The name is part of it, so that nobody is shown one agency and pins another.
inline Bytes enrolment(std::string_view device_id, const PublicKey& device_key,
                       const std::vector<RootToPin>& roots) {
    CanonicalBytes out("vakant-enrolment/1");
    out.text(device_id).bytes(device_key).count(roots.size());
    for (const RootToPin& root : roots)
        out.text(root.agency).text(root.name).bytes(root.root);
    return out.take();
}

inline Bytes token_request(std::string_view device_id, std::string_view device_code,
                           const std::vector<std::string>& words) {
    CanonicalBytes out("vakant-token-request/1");
    out.text(device_id).text(device_code).count(words.size());
    for (const std::string& word : words)
        out.text(word);
    return out.take();
}

inline Bytes token_renewal(std::string_view device_id, std::string_view nonce, UtcMs time) {
    return CanonicalBytes("vakant-token-renewal/1").text(device_id).text(nonce).number(time).take();
}

} // namespace canonical
} // namespace vakant
