#include "core/envelope/envelope.h"

#include <algorithm>
#include <array>

#include "core/base/random.h"
#include "core/envelope/canonical.h"

namespace vakant {
namespace {

constexpr std::size_t largest_envelope = 1u << 20;
constexpr std::size_t largest_payload = 4u << 20;
constexpr std::size_t padded_to = 256;
constexpr std::size_t most_recipients = 64;
constexpr std::size_t longest_name = 200;
constexpr std::string_view magic = "vakant-envelope/1";

/// Reads what CanonicalBytes writes; after a first failure everything is empty and ok() is false.
class Reader {
public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}
    bool ok() const { return ok_; }
    std::size_t left() const { return rest_.size(); }
    std::int64_t number() {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(8))
            value = value << 8 | byte;
        return static_cast<std::int64_t>(value);
    }
    std::size_t count() {
        std::size_t value = 0;
        for (const std::uint8_t byte : take(4))
            value = value << 8 | byte;
        return value;
    }
    ByteView bytes(std::size_t most) {
        const std::size_t length = count();
        if (length > most) return fail();
        return take(length);
    }
    std::string text(std::size_t most) { return std::string(as_text(bytes(most))); }
    ByteView take(std::size_t length) {
        if (!ok_ || length > rest_.size()) return fail();
        const ByteView taken = rest_.first(length);
        rest_ = rest_.subspan(length);
        return taken;
    }

private:
    ByteView fail() {
        ok_ = false;
        rest_ = {};
        return {};
    }
    ByteView rest_;
    bool ok_ = true;
};

/// Length, compressed text, zeros up to a multiple: the length of a cipher text says little about the person.
Bytes padded(ByteView compressed) {
    CanonicalBytes out("");
    out.bytes(compressed);
    Bytes body = out.take();
    body.erase(body.begin(), body.begin() + 4); // the empty domain
    body.resize((body.size() + padded_to - 1) / padded_to * padded_to);
    return body;
}

Error not_authentic(std::string detail) {
    return {ErrorKind::not_authentic, std::move(detail)};
}

} // namespace

Bytes seal_envelope(std::string_view payload, EnvelopeHeader header, const KeySet& keys,
                    const SigningKey& device_key) {
    const StorageKey item_key = make_storage_key();
    header.recipients.clear();
    std::vector<PublicKey> recipients = keys.opening;
    recipients.push_back(keys.recovery);
    for (const PublicKey& key : recipients)
        header.recipients.push_back({key_id_of(key), seal_to(item_key.view(), key)});
    const Bytes head = canonical::envelope_header(header);
    const Bytes body = padded(compress(as_bytes(payload)));
    const Bytes cipher = stream_encrypt(body, item_key, head);
    const Signature signature = sign(canonical::envelope_signature(head, cipher), device_key);
    Bytes out = head;
    CanonicalBytes rest("");
    rest.bytes(cipher).bytes(signature);
    const Bytes tail = rest.take();
    out.insert(out.end(), tail.begin() + 4, tail.end()); // without the empty domain
    return out;
}

Result<Envelope> parse_envelope(ByteView bytes) {
    if (bytes.size() > largest_envelope) return refused("an envelope larger than 1 MiB");
    Reader reader(bytes);
    if (reader.text(longest_name) != magic) return invalid_input("not a vakant-envelope/1");
    Envelope envelope;
    EnvelopeHeader& header = envelope.header;
    header.id = reader.text(longest_name);
    header.agency = reader.text(longest_name);
    header.device = reader.text(longest_name);
    header.made_at = reader.number();
    header.form_digest = reader.text(longest_name);
    const std::size_t recipients = reader.count();
    if (recipients > most_recipients) return refused("an envelope with too many recipients");
    for (std::size_t i = 0; i < recipients && reader.ok(); ++i) {
        EnvelopeHeader::Recipient recipient;
        recipient.key = reader.text(longest_name);
        const ByteView sealed = reader.bytes(longest_name);
        recipient.sealed_item_key.assign(sealed.begin(), sealed.end());
        header.recipients.push_back(std::move(recipient));
    }
    const ByteView cipher = reader.bytes(largest_envelope);
    envelope.cipher.assign(cipher.begin(), cipher.end());
    const ByteView signature = reader.bytes(longest_name);
    if (!reader.ok() || signature.size() != envelope.signature.size() || reader.left() != 0)
        return invalid_input("an envelope cut short, or with something after its end");
    std::copy(signature.begin(), signature.end(), envelope.signature.begin());
    if (!is_uuid(header.id) || !is_uuid(header.device) || header.agency.empty())
        return invalid_input("an envelope whose header names no item, device or agency");
    return envelope;
}

std::string envelope_digest(ByteView bytes) {
    return to_hex(blake2b(bytes));
}

bool envelope_signed_by(const Envelope& envelope, ByteView bytes, const PublicKey& device) {
    // What is checked are the bytes that arrived; what was parsed from them must be the same.
    const Bytes head = canonical::envelope_header(envelope.header);
    if (bytes.size() < head.size() || !std::equal(head.begin(), head.end(), bytes.begin())) return false;
    return signature_holds(canonical::envelope_signature(head, envelope.cipher), envelope.signature, device);
}

Result<std::string> open_envelope(const Envelope& envelope, const std::vector<SealingKey>& keys) {
    const Bytes head = canonical::envelope_header(envelope.header);
    for (const SealingKey& key : keys) {
        const KeyId id = key_id_of(key.public_key);
        const auto& recipients = envelope.header.recipients;
        const auto mine = std::find_if(recipients.begin(), recipients.end(),
                                       [&](const EnvelopeHeader::Recipient& each) { return each.key == id; });
        if (mine == recipients.end()) continue;
        VAKANT_TRY(item_key_bytes, open_sealed(mine->sealed_item_key, key));
        VAKANT_TRY(item_key, StorageKey::from(item_key_bytes));
        std::fill(item_key_bytes.begin(), item_key_bytes.end(), std::uint8_t{0});
        VAKANT_TRY(body, stream_decrypt(envelope.cipher, item_key, head));
        Reader reader(body);
        const ByteView compressed = reader.bytes(body.size());
        if (!reader.ok()) return not_authentic("an envelope's body whose length does not fit");
        VAKANT_TRY(plain, decompress(compressed, largest_payload));
        return std::string(as_text(plain));
    }
    return not_found("an envelope sealed to none of these keys");
}

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::stored:
        return "stored";
    case Verdict::known:
        return "known";
    case Verdict::erased:
        return "erased";
    case Verdict::conflict:
        return "conflict";
    case Verdict::refused:
        break;
    }
    return "refused";
}

std::optional<Verdict> verdict_named(std::string_view name) {
    for (const Verdict each :
         {Verdict::stored, Verdict::known, Verdict::erased, Verdict::conflict, Verdict::refused}) {
        if (name_of(each) == name) return each;
    }
    return std::nullopt;
}

} // namespace vakant
