// When to try again: full jitter under a cap, for ever. The parts of the engine use it.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/random.h"

namespace vakant {

struct RetryLimits {
    std::int64_t first_ms = 2'000;
    std::int64_t cap_ms = 240'000;
};

/// A moment on the monotonic clock from which something may be done, moved by what happened.
class Retry {
public:
    bool due(std::int64_t now) const { return now >= at_; }
    std::int64_t at() const { return at_; }
    unsigned failures() const { return failures_; }

    void now_due(std::int64_t now) {
        failures_ = 0;
        at_ = now;
    }
    void succeeded(std::int64_t next) {
        failures_ = 0;
        at_ = next;
    }
    /// rand(0, min(cap, first * 2^n)): many kiosks that lost the link together do not come back together.
    void failed(std::int64_t now, const RetryLimits& limits, Random& random) {
        constexpr unsigned most_doublings = 30;
        const unsigned doublings = std::min(failures_, most_doublings);
        const std::int64_t longest = std::min(limits.cap_ms, limits.first_ms << doublings);
        ++failures_;
        at_ = now + static_cast<std::int64_t>(random.number(static_cast<std::uint64_t>(longest) + 1));
    }
    /// The other side named the time.
    void wait_until(std::int64_t at) {
        ++failures_;
        at_ = at;
    }

private:
    std::int64_t at_ = 0;
    unsigned failures_ = 0;
};

} // namespace vakant
