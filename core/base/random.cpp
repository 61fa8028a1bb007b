#include "core/base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace vakant {

std::uint64_t Random::number(std::uint64_t below) {
    // Draws above the last whole multiple of `below` are thrown away, so that no remainder is favoured.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % below;
    for (;;) {
        std::uint8_t bytes[8];
        fill(bytes);
        std::uint64_t drawn = 0;
        for (const std::uint8_t byte : bytes)
            drawn = drawn << 8 | byte;
        if (drawn < limit) return drawn % below;
    }
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            std::abort(); // no randomness, no keys: nothing sensible can go on
        }
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    // SplitMix64 (Steele, Lea, Flood 2014).
    for (std::size_t i = 0; i < bytes.size();) {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        mixed ^= mixed >> 31;
        for (int b = 0; b < 8 && i < bytes.size(); ++b, ++i) {
            bytes[i] = static_cast<std::uint8_t>(mixed >> (8 * b));
        }
    }
}

std::string make_uuid(Random& random) {
    std::uint8_t bytes[16];
    random.fill(bytes);
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

} // namespace vakant
