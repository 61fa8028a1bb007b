#include "tests/fuzz/edges.h"

#include <bitset>
#include <cstdint>

namespace vakant::fuzz {
namespace {

// Two edges in one place hide one another now and then; that costs an input, not a find.
constexpr std::size_t places = std::size_t{1} << 18;
// Plain arrays: an accessor would be traced itself.
std::uint8_t gone_along[places];
std::uint32_t touched[places];
std::size_t touched_count = 0;
std::uintptr_t came_from = 0;
std::bitset<places> known;

} // namespace

std::size_t take_new_edges() {
    std::size_t fresh = 0;
    for (std::size_t i = 0; i < touched_count; ++i) {
        gone_along[touched[i]] = 0;
        fresh += known[touched[i]] ? 0 : 1;
        known[touched[i]] = true;
    }
    touched_count = 0;
    came_from = 0;
    return fresh;
}

void forget_edges() {
    take_new_edges();
    known.reset();
}

} // namespace vakant::fuzz

// Called by every basic block of what is built with it (the name is GCC's). It must not be traced itself.
extern "C" {
#ifndef __clang__ // the linter has another word for it
__attribute__((no_sanitize_coverage))
#endif
__attribute__((no_sanitize("address", "undefined"))) void
__sanitizer_cov_trace_pc() { // NOLINT(bugprone-reserved-identifier)
    using namespace vakant::fuzz;
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
    const std::size_t place = (here ^ came_from) % places;
    came_from = here >> 1;
    if (gone_along[place] != 0) return;
    gone_along[place] = 1;
    touched[touched_count++] = static_cast<std::uint32_t>(place);
}
}
