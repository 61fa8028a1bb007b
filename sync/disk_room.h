// Room on the kiosk's disk: below a limit new registrations are declined before anybody begins one, and a
// reserve lets what was taken on still be kept, sent and let go of. Any thread; kiosk/app uses it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/result.h"

namespace vakant {

class DiskRoom {
public:
    using FreeBytes = std::function<std::optional<std::int64_t>()>; ///< none: the disk does not say
    explicit DiskRoom(std::filesystem::path folder);
    DiskRoom(std::filesystem::path folder, FreeBytes free_bytes);

    std::optional<std::int64_t> free_bytes() const { return free_bytes_(); }
    /// Less than 200 MiB are free.
    bool declines_registrations() const;
    /// Makes the reserve where there is none and room enough for it. disk_full: not now.
    Outcome keep_reserve() const;
    /// After something found the disk full: true where the reserve was there and has made room.
    bool give_up_reserve() const;

private:
    std::filesystem::path reserve() const { return folder_ / "reserve"; }
    std::filesystem::path folder_;
    FreeBytes free_bytes_;
};

/// The reserve is for what was taken on already: `ask` is asked once more where it found the disk full and
/// giving up the reserve made room.
template <typename MakeRoom, typename Ask>
auto with_reserve(const MakeRoom& make_room, const Ask& ask) {
    auto answer = ask();
    if (answer.ok() || answer.error().kind != ErrorKind::disk_full || !make_room()) return answer;
    return ask();
}

} // namespace vakant
