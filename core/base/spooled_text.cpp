#include "core/base/spooled_text.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace vakant {

namespace {

Error system_error(std::string_view what) {
    const ErrorKind kind = errno == ENOSPC || errno == EDQUOT ? ErrorKind::disk_full : ErrorKind::internal;
    return {kind, std::string(what) + ": " + std::strerror(errno)};
}

} // namespace

Result<SpooledText> SpooledText::make(const std::filesystem::path& folder) {
    std::string name = (folder / ".spool-XXXXXX").string();
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) return system_error(name);
    ::unlink(name.c_str());
    return SpooledText(file);
}

SpooledText::SpooledText(SpooledText&& other) noexcept
    : file_(std::exchange(other.file_, -1)), size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, nullptr)), mapped_size_(std::exchange(other.mapped_size_, 0)) {}

SpooledText& SpooledText::operator=(SpooledText&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    std::swap(mapped_, other.mapped_);
    std::swap(mapped_size_, other.mapped_size_);
    return *this;
}

SpooledText::~SpooledText() {
    unmap();
    if (file_ >= 0) ::close(file_);
}

void SpooledText::unmap() {
    if (mapped_ != nullptr) ::munmap(mapped_, mapped_size_);
    mapped_ = nullptr;
}

Outcome SpooledText::append(std::string_view piece) {
    unmap();
    while (!piece.empty()) {
        const ssize_t written = ::pwrite(file_, piece.data(), piece.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_error("spooling a feed");
        size_ += static_cast<std::size_t>(written);
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
    return done();
}

Outcome SpooledText::clear() {
    unmap();
    size_ = 0;
    return ::ftruncate(file_, 0) == 0 ? done() : Outcome(system_error("spooling a feed"));
}

Result<std::string_view> SpooledText::text() {
    if (size_ == 0) return std::string_view();
    if (mapped_ == nullptr) {
        void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
        if (at == MAP_FAILED) return system_error("reading a spooled feed");
        mapped_ = at;
        mapped_size_ = size_;
    }
    return std::string_view(static_cast<const char*>(mapped_), size_);
}

void SpooledText::forget() const {
    // The pages stay in the file and come back when they are read.
    if (mapped_ != nullptr) ::madvise(mapped_, mapped_size_, MADV_DONTNEED);
}

} // namespace vakant
