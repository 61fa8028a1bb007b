#include "core/crypto/sha256.h"

#include <sodium.h>

namespace vakant {

struct Sha256::Inside {
    crypto_hash_sha256_state state{};
};
Sha256::Sha256() : inside_(std::make_unique<Inside>()) {
    crypto_hash_sha256_init(&inside_->state);
}
Sha256::~Sha256() = default;
void Sha256::add(ByteView piece) {
    crypto_hash_sha256_update(&inside_->state, piece.data(), piece.size());
}
Digest Sha256::digest() {
    Digest digest{};
    crypto_hash_sha256_final(&inside_->state, digest.data());
    return digest;
}

} // namespace vakant
