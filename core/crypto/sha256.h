// SHA-256 of what is too long for the memory, piece by piece: what `sha256sum` prints. Anybody may use it.
#pragma once

#include <memory>

#include "core/crypto/crypto.h"

namespace vakant {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    void add(ByteView piece);
    Digest digest(); ///< once, at the end

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace vakant
