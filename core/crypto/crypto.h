// The door to cryptography and compression: libsodium and zstd, nothing else anywhere. Keys of different uses
// are different types. Any thread after start_crypto().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace vakant {

Outcome start_crypto(); ///< once, before anything else here; idempotent

/// A secret that is overwritten when it goes.
template <std::size_t size>
class SecretBytes {
public:
    SecretBytes() = default;
    SecretBytes(const SecretBytes&) = default;
    SecretBytes& operator=(const SecretBytes&) = default;
    ~SecretBytes() {
        __builtin_memset(bytes_.data(), 0, size);
        asm volatile("" : : "r"(bytes_.data()) : "memory");
    }
    static constexpr std::size_t length = size;
    std::uint8_t* data() { return bytes_.data(); }
    const std::uint8_t* data() const { return bytes_.data(); }
    ByteView view() const { return bytes_; }
    static Result<SecretBytes> from(ByteView bytes) {
        if (bytes.size() != size) return invalid_input("a key of the wrong length");
        SecretBytes out;
        for (std::size_t i = 0; i < size; ++i)
            out.bytes_[i] = bytes[i];
        return out;
    }

private:
    std::array<std::uint8_t, size> bytes_{};
};

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using Digest = std::array<std::uint8_t, 32>;

struct SigningKey {
    SecretBytes<64> secret; ///< Ed25519 as libsodium holds it
    PublicKey public_key{};
};
struct SealingKey {
    SecretBytes<32> secret; ///< X25519
    PublicKey public_key{};
};
using StorageKey = SecretBytes<32>;

SigningKey make_signing_key();
SealingKey make_sealing_key();
StorageKey make_storage_key();
SigningKey signing_key_from_seed(const SecretBytes<32>& seed);

Signature sign(ByteView message, const SigningKey& key);
bool signature_holds(ByteView message, const Signature& signature, const PublicKey& signer);

/// crypto_box_seal: only the holder of the secret half can open it.
Bytes seal_to(ByteView plain, const PublicKey& recipient);
Result<Bytes> open_sealed(ByteView sealed, const SealingKey& key);

/// XChaCha20-Poly1305 with a random nonce in front.
Bytes encrypt(ByteView plain, const StorageKey& key, ByteView associated);
Result<Bytes> decrypt(ByteView cipher, const StorageKey& key, ByteView associated);

/// crypto_secretstream_xchacha20poly1305 in chunks of 64 KiB, the last one marked: truncation shows.
Bytes stream_encrypt(ByteView plain, const StorageKey& key, ByteView associated);
Result<Bytes> stream_decrypt(ByteView cipher, const StorageKey& key, ByteView associated);

Digest blake2b(ByteView message);
std::string blake2b_hex(std::string_view text);
Digest sha256(ByteView message);
bool equal_in_constant_time(ByteView a, ByteView b);

/// Argon2id, 64 MiB, t=3.
Result<StorageKey> key_from_passphrase(std::string_view passphrase, ByteView salt);
constexpr std::size_t passphrase_salt_length = 16;

/// zstd; a higher level is smaller and slower.
Bytes compress(ByteView plain, int level = 3);
/// Refused where it would grow past `most` bytes, before the memory is taken.
Result<Bytes> decompress(ByteView compressed, std::size_t most);

} // namespace vakant
