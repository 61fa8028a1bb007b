#include "core/crypto/crypto.h"

#include <sodium.h>
#include <zstd.h>

#include <algorithm>

namespace vakant {
namespace {

constexpr std::size_t chunk_length = 64u << 10;
constexpr std::size_t chunk_overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t stream_header_length = crypto_secretstream_xchacha20poly1305_HEADERBYTES;

Error not_authentic(std::string detail) {
    return {ErrorKind::not_authentic, std::move(detail)};
}

/// libsodium takes a null pointer badly in places, and an empty span has one.
const std::uint8_t* start_of(ByteView bytes) {
    static constexpr std::uint8_t nothing = 0;
    return bytes.empty() ? &nothing : bytes.data();
}

} // namespace

Outcome start_crypto() {
    if (sodium_init() < 0) return internal_error("libsodium does not start");
    return done();
}

SigningKey make_signing_key() {
    SigningKey key;
    crypto_sign_keypair(key.public_key.data(), key.secret.data());
    return key;
}

SealingKey make_sealing_key() {
    SealingKey key;
    crypto_box_keypair(key.public_key.data(), key.secret.data());
    return key;
}

StorageKey make_storage_key() {
    StorageKey key;
    randombytes_buf(key.data(), StorageKey::length);
    return key;
}

SigningKey signing_key_from_seed(const SecretBytes<32>& seed) {
    SigningKey key;
    crypto_sign_seed_keypair(key.public_key.data(), key.secret.data(), seed.data());
    return key;
}

Signature sign(ByteView message, const SigningKey& key) {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, start_of(message), message.size(), key.secret.data());
    return signature;
}

bool signature_holds(ByteView message, const Signature& signature, const PublicKey& signer) {
    return crypto_sign_verify_detached(signature.data(), start_of(message), message.size(), signer.data()) ==
           0;
}

Bytes seal_to(ByteView plain, const PublicKey& recipient) {
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    if (crypto_box_seal(sealed.data(), start_of(plain), plain.size(), recipient.data()) != 0) return {};
    return sealed;
}

Result<Bytes> open_sealed(ByteView sealed, const SealingKey& key) {
    if (sealed.size() < crypto_box_SEALBYTES) return not_authentic("a sealed box that is too short");
    Bytes plain(sealed.size() - crypto_box_SEALBYTES);
    Bytes room(std::max<std::size_t>(plain.size(), 1));
    if (crypto_box_seal_open(room.data(), sealed.data(), sealed.size(), key.public_key.data(),
                             key.secret.data()) != 0) {
        return not_authentic("a sealed box that this key does not open");
    }
    std::copy_n(room.begin(), plain.size(), plain.begin());
    sodium_memzero(room.data(), room.size());
    return plain;
}

Bytes encrypt(ByteView plain, const StorageKey& key, ByteView associated) {
    constexpr std::size_t nonce_length = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    Bytes cipher(nonce_length + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    randombytes_buf(cipher.data(), nonce_length);
    crypto_aead_xchacha20poly1305_ietf_encrypt(cipher.data() + nonce_length, nullptr, start_of(plain),
                                               plain.size(), start_of(associated), associated.size(), nullptr,
                                               cipher.data(), key.data());
    return cipher;
}

Result<Bytes> decrypt(ByteView cipher, const StorageKey& key, ByteView associated) {
    constexpr std::size_t nonce_length = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t tag_length = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (cipher.size() < nonce_length + tag_length) return not_authentic("a cipher text that is too short");
    const ByteView body = cipher.subspan(nonce_length);
    Bytes plain(std::max<std::size_t>(body.size() - tag_length, 1));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, body.data(), body.size(),
                                                   start_of(associated), associated.size(), cipher.data(),
                                                   key.data()) != 0) {
        return not_authentic("a cipher text that this key does not open");
    }
    plain.resize(body.size() - tag_length);
    return plain;
}

Bytes stream_encrypt(ByteView plain, const StorageKey& key, ByteView associated) {
    crypto_secretstream_xchacha20poly1305_state state;
    Bytes cipher(stream_header_length);
    crypto_secretstream_xchacha20poly1305_init_push(&state, cipher.data(), key.data());
    std::size_t position = 0;
    do {
        const std::size_t length = std::min(chunk_length, plain.size() - position);
        const bool last = position + length == plain.size();
        const std::size_t written = cipher.size();
        cipher.resize(written + length + chunk_overhead);
        crypto_secretstream_xchacha20poly1305_push(
            &state, cipher.data() + written, nullptr, start_of(plain.subspan(position, length)), length,
            start_of(associated), associated.size(),
            last ? static_cast<unsigned char>(crypto_secretstream_xchacha20poly1305_TAG_FINAL)
                 : static_cast<unsigned char>(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE));
        position += length;
    } while (position < plain.size());
    sodium_memzero(&state, sizeof state);
    return cipher;
}

Result<Bytes> stream_decrypt(ByteView cipher, const StorageKey& key, ByteView associated) {
    crypto_secretstream_xchacha20poly1305_state state;
    if (cipher.size() < stream_header_length + chunk_overhead) return not_authentic("a stream cut short");
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state, cipher.data(), key.data()) != 0) {
        return not_authentic("a stream with a bad beginning");
    }
    ByteView rest = cipher.subspan(stream_header_length);
    Bytes plain;
    for (;;) {
        const std::size_t length = std::min(chunk_length + chunk_overhead, rest.size());
        if (length < chunk_overhead) return not_authentic("a stream cut short");
        const std::size_t written = plain.size();
        plain.resize(written + length - chunk_overhead + 1); // one more: never a null pointer
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&state, plain.data() + written, nullptr, &tag,
                                                       rest.data(), length, start_of(associated),
                                                       associated.size()) != 0) {
            return not_authentic("a stream that this key does not open");
        }
        plain.pop_back();
        rest = rest.subspan(length);
        if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) break;
    }
    sodium_memzero(&state, sizeof state);
    if (!rest.empty()) return not_authentic("a stream with something after its end");
    return plain;
}

Digest blake2b(ByteView message) {
    Digest digest{};
    crypto_generichash(digest.data(), digest.size(), start_of(message), message.size(), nullptr, 0);
    return digest;
}

std::string blake2b_hex(std::string_view text) {
    return to_hex(blake2b(as_bytes(text)));
}

Digest sha256(ByteView message) {
    Digest digest{};
    crypto_hash_sha256(digest.data(), start_of(message), message.size());
    return digest;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(start_of(a), start_of(b), a.size()) == 0;
}

Result<StorageKey> key_from_passphrase(std::string_view passphrase, ByteView salt) {
    static_assert(passphrase_salt_length == crypto_pwhash_SALTBYTES);
    if (salt.size() != passphrase_salt_length) return invalid_input("a salt of the wrong length");
    StorageKey key;
    if (crypto_pwhash(key.data(), StorageKey::length, passphrase.data(), passphrase.size(), salt.data(), 3,
                      64u << 20, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return Error{ErrorKind::unavailable, "no memory for the passphrase's key"};
    }
    return key;
}

Bytes compress(ByteView plain, int level) {
    Bytes compressed(ZSTD_compressBound(plain.size()));
    const std::size_t length =
        ZSTD_compress(compressed.data(), compressed.size(), start_of(plain), plain.size(), level);
    compressed.resize(ZSTD_isError(length) != 0 ? 0 : length);
    return compressed;
}

Result<Bytes> decompress(ByteView compressed, std::size_t most) {
    const unsigned long long stated = ZSTD_getFrameContentSize(start_of(compressed), compressed.size());
    if (stated == ZSTD_CONTENTSIZE_ERROR) return invalid_input("not zstd");
    if (stated == ZSTD_CONTENTSIZE_UNKNOWN) return refused("zstd that does not state its length");
    if (stated > most) return refused("zstd that grows past " + std::to_string(most) + " bytes");
    Bytes plain(std::max<std::size_t>(static_cast<std::size_t>(stated), 1));
    const std::size_t length =
        ZSTD_decompress(plain.data(), static_cast<std::size_t>(stated), compressed.data(), compressed.size());
    if (ZSTD_isError(length) != 0 || length != stated) return invalid_input("damaged zstd");
    plain.resize(length);
    return plain;
}

} // namespace vakant
