// The keys of one made-up agency, and what it signs and opens with them.
#pragma once

#include <string>

#include "core/envelope/envelope.h"

namespace vakant {

struct AgencyKeys {
    std::string id;
    SigningKey root = make_signing_key();
    SealingKey opening = make_sealing_key();
    SealingKey recovery = make_sealing_key();
    SigningKey answers = make_signing_key();
    SigningKey content = make_signing_key();

    explicit AgencyKeys(std::string agency_id) : id(std::move(agency_id)) {}

    KeySet key_set(std::int64_t version = 1) const {
        return {id,
                version,
                1'763'000'000'000,
                {opening.public_key},
                recovery.public_key,
                {answers.public_key},
                {content.public_key}};
    }
    SignedKeySet signed_key_set(std::int64_t version = 1) const {
        return sign_key_set(key_set(version), root);
    }

    Answer answer_to(ByteView envelope_bytes, Verdict verdict, std::int64_t sequence = 1) const {
        const Envelope envelope = parse_envelope(envelope_bytes).value();
        Answer answer;
        answer.verdict = verdict;
        answer.agency = id;
        answer.device = envelope.header.device;
        answer.envelope_id = envelope.header.id;
        answer.digest = envelope_digest(envelope_bytes);
        answer.epoch = "epoch-1";
        answer.sequence = sequence;
        answer.received_at = 1'763'900'000'500;
        return sign_answer(answer, answers);
    }
};

} // namespace vakant
