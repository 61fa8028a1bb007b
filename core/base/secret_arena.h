// Memory for what a person types: one region, locked against swapping, left out of core dumps, and
// overwritten when a piece is given back, when wiped, and when the program crashes. The kiosk holds one.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <string>
#include <vector>

namespace vakant {

/// Strings and vectors take it as their std::pmr resource. One thread. A request that does not fit throws
/// std::bad_alloc: callers bound what they keep (form fields have maximum lengths).
class SecretArena final : public std::pmr::memory_resource {
public:
    explicit SecretArena(std::size_t bytes = 1u << 20);
    ~SecretArena() override;
    SecretArena(const SecretArena&) = delete;
    SecretArena& operator=(const SecretArena&) = delete;

    /// Overwrites everything and starts afresh. Nothing that still points into the arena may be used
    /// afterwards.
    void wipe();
    bool locked() const { return locked_; } ///< false where the system allows no locked memory
    std::size_t used() const { return used_; }

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* pointer, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }

    /// Kept outside the region, so that the region holds nothing but text.
    struct FreeBlock {
        std::size_t offset;
        std::size_t size;
    };

    std::byte* region_ = nullptr;
    std::size_t size_ = 0;
    std::size_t used_ = 0;
    std::size_t written_ = 0; ///< bytes from the beginning that were ever given out since the last wipe
    bool locked_ = false;
    std::vector<FreeBlock> free_; ///< by offset, never adjacent
};

using SecretString = std::pmr::string;

/// Overwrites every living arena; safe to call from a signal handler.
void wipe_all_secret_arenas() noexcept;

} // namespace vakant
