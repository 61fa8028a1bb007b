#include "core/base/secret_arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <new>

namespace vakant {
namespace {

struct Region {
    std::atomic<std::byte*> start{nullptr};
    std::atomic<std::size_t> size{0};
};
/// What the crash handler overwrites: plain atomics, because a handler may take no lock.
std::array<Region, 16> living_regions;

constexpr std::size_t grain = alignof(std::max_align_t);

std::size_t rounded(std::size_t bytes) {
    return (bytes + grain - 1) / grain * grain;
}

} // namespace

SecretArena::SecretArena(std::size_t bytes) : size_(rounded(bytes)) {
    void* region = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (region == MAP_FAILED) throw std::bad_alloc();
    region_ = static_cast<std::byte*>(region);
    // Each page as it is first written to: a kiosk on which nobody types keeps none.
    locked_ = mlock2(region_, size_, MLOCK_ONFAULT) == 0 || mlock(region_, size_) == 0;
    madvise(region_, size_, MADV_DONTDUMP);
    free_.push_back({0, size_});
    for (Region& slot : living_regions) {
        std::byte* none = nullptr;
        if (slot.start.compare_exchange_strong(none, region_)) {
            slot.size = size_;
            break;
        }
    }
}

SecretArena::~SecretArena() {
    wipe();
    for (Region& slot : living_regions) {
        if (slot.start == region_) {
            slot.size = 0;
            slot.start = nullptr;
        }
    }
    munmap(region_, size_);
}

void SecretArena::wipe() {
    explicit_bzero(region_, written_);
    used_ = written_ = 0;
    free_.assign(1, {0, size_});
}

void* SecretArena::do_allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t wanted = rounded(std::max<std::size_t>(bytes, 1));
    if (alignment > grain) throw std::bad_alloc();
    for (auto block = free_.begin(); block != free_.end(); ++block) {
        if (block->size < wanted) continue;
        std::byte* piece = region_ + block->offset;
        block->offset += wanted;
        block->size -= wanted;
        if (block->size == 0) free_.erase(block);
        used_ += wanted;
        written_ = std::max(written_, static_cast<std::size_t>(piece - region_) + wanted);
        return piece;
    }
    throw std::bad_alloc();
}

void SecretArena::do_deallocate(void* pointer, std::size_t bytes, std::size_t) {
    const std::size_t size = rounded(std::max<std::size_t>(bytes, 1));
    auto* piece = static_cast<std::byte*>(pointer);
    explicit_bzero(piece, size);
    used_ -= size;
    const std::size_t offset = static_cast<std::size_t>(piece - region_);
    auto next =
        std::find_if(free_.begin(), free_.end(), [&](const FreeBlock& b) { return b.offset > offset; });
    next = free_.insert(next, {offset, size});
    if (const auto after = next + 1; after != free_.end() && next->offset + next->size == after->offset) {
        next->size += after->size;
        free_.erase(after);
    }
    if (next != free_.begin()) {
        const auto before = next - 1;
        if (before->offset + before->size == next->offset) {
            before->size += next->size;
            free_.erase(next);
        }
    }
}

void wipe_all_secret_arenas() noexcept {
    for (Region& slot : living_regions) {
        std::byte* start = slot.start;
        if (start != nullptr) explicit_bzero(start, slot.size);
    }
}

} // namespace vakant
