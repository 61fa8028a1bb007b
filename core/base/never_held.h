#pragma once

// A last alternative for variants of numbers, texts and byte strings whose copy may run out of memory, for
// whoever declares such a variant. Without it libstdc++ 12 takes the variant for one that always has a value,
// and where a copy throws it destroys a value that was never made.

namespace vakant {

struct NeverHeld {
    NeverHeld() = delete;
    // Written out: the variant's traits must not find a trivial copy.
    NeverHeld(const NeverHeld&) noexcept {}
    NeverHeld& operator=(const NeverHeld&) noexcept { return *this; }
};

} // namespace vakant
