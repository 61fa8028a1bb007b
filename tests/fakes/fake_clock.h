// A clock that stands still until a test moves it.
#pragma once

#include <atomic>

#include "core/base/clock.h"

namespace vakant {

class FakeClock final : public Clock {
public:
    explicit FakeClock(UtcMs wall = 1'763'900'000'000, std::int64_t monotonic = 1'000'000)
        : wall_(wall), monotonic_(monotonic) {}

    UtcMs wall_ms() const override { return wall_; }
    std::int64_t monotonic_ms() const override { return monotonic_; }

    /// Time passes.
    void pass(std::int64_t milliseconds) {
        wall_ += milliseconds;
        monotonic_ += milliseconds;
    }
    /// Somebody sets the wall clock; no time passes.
    void set_wall(UtcMs wall) { wall_ = wall; }

private:
    std::atomic<UtcMs> wall_;
    std::atomic<std::int64_t> monotonic_;
};

} // namespace vakant
