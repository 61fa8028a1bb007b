#include "sync/disk_room.h"

#include <fcntl.h>
#include <unistd.h>

namespace vakant {

namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t declined_below = 200 * mebibyte;
constexpr std::int64_t reserved = 64 * mebibyte;

DiskRoom::FreeBytes free_bytes_of(std::filesystem::path folder) {
    return [folder = std::move(folder)]() -> std::optional<std::int64_t> {
        std::error_code problem;
        const auto space = std::filesystem::space(folder, problem);
        if (problem) return std::nullopt;
        return static_cast<std::int64_t>(space.available);
    };
}

} // namespace

DiskRoom::DiskRoom(std::filesystem::path folder) : DiskRoom(folder, free_bytes_of(folder)) {}
DiskRoom::DiskRoom(std::filesystem::path folder, FreeBytes free_bytes)
    : folder_(std::move(folder)), free_bytes_(std::move(free_bytes)) {}

bool DiskRoom::declines_registrations() const {
    const std::optional<std::int64_t> free = free_bytes_();
    return free && *free < declined_below;
}

Outcome DiskRoom::keep_reserve() const {
    std::error_code ignored;
    if (std::filesystem::exists(reserve(), ignored)) return done();
    const std::optional<std::int64_t> free = free_bytes_();
    const Error no_room{ErrorKind::disk_full, reserve().string() + ": no room for it"};
    if (!free || *free < declined_below + reserved) return no_room;
    const int file = ::open(reserve().c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return no_room;
    const bool made = ::posix_fallocate(file, 0, reserved) == 0;
    ::close(file);
    if (made) return done();
    std::filesystem::remove(reserve(), ignored);
    return no_room;
}

bool DiskRoom::give_up_reserve() const {
    std::error_code failed;
    return std::filesystem::remove(reserve(), failed) && !failed;
}

} // namespace vakant
