// Randomness as a value, and the ids made of it.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
    /// Even over 0 .. below-1; below > 0.
    std::uint64_t number(std::uint64_t below);
};

/// The kernel's generator. Any thread.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

/// Repeatable numbers from a seed, for tests and simulations: never for keys.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::uint64_t state_;
};

/// A version 4 UUID as lower-case text of 36 characters.
std::string make_uuid(Random& random);
bool is_uuid(std::string_view text);

} // namespace vakant
