// A text too large for memory, in a file without a name: nothing of it outlives the process, whatever
// happens. For feeds on their way into the store. One thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "core/base/result.h"

namespace vakant {

class SpooledText {
public:
    /// An empty one on the disk that holds `folder`, which must exist.
    static Result<SpooledText> make(const std::filesystem::path& folder);
    SpooledText(SpooledText&& other) noexcept;
    SpooledText& operator=(SpooledText&& other) noexcept;
    ~SpooledText();

    Outcome append(std::string_view piece);
    /// From the start again.
    Outcome clear();
    std::size_t size() const { return size_; }

    /// The whole, paged in as it is read. Valid until the next append(), clear() or the end of this.
    Result<std::string_view> text();
    /// Gives the memory of what was read back; reading it again is still right. Call it now and then while
    /// working through a large text.
    void forget() const;

private:
    explicit SpooledText(int file) : file_(file) {}
    void unmap();
    int file_ = -1;
    std::size_t size_ = 0;
    void* mapped_ = nullptr;
    std::size_t mapped_size_ = 0;
};

} // namespace vakant
