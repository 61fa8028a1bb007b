#include <catch2/catch.hpp>

#include "sync/disk_room.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;

} // namespace

TEST_CASE("below 200 MiB new registrations are declined, and where the disk does not say they are not") {
    const ScratchFolder folder;
    const auto declines = [&](std::optional<std::int64_t> free) {
        return DiskRoom(folder.path(), [free] { return free; }).declines_registrations();
    };
    CHECK_FALSE(declines(200 * mebibyte));
    CHECK(declines(200 * mebibyte - 1));
    CHECK(declines(0));
    CHECK_FALSE(declines(std::nullopt));
}

TEST_CASE("the reserve takes 64 MiB of the disk while there is room, and gives them back once") {
    const ScratchFolder folder;
    std::int64_t free = 264 * mebibyte - 1;
    const DiskRoom room(folder.path(), [&free]() -> std::optional<std::int64_t> { return free; });
    const auto file = folder / "reserve";
    CHECK(room.keep_reserve().error().kind == ErrorKind::disk_full);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK_FALSE(room.give_up_reserve());
    free = 264 * mebibyte;
    CHECK(room.keep_reserve().ok());
    CHECK(std::filesystem::file_size(file) == static_cast<std::uintmax_t>(64 * mebibyte));
    free = 0;
    CHECK(room.keep_reserve().ok()); // it is there already
    CHECK(room.give_up_reserve());
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK_FALSE(room.give_up_reserve());
    CHECK(room.keep_reserve().error().kind == ErrorKind::disk_full);
}

TEST_CASE("the real disk of a folder says how much is free") {
    const ScratchFolder folder;
    const auto free = DiskRoom(folder.path()).free_bytes();
    REQUIRE(free.has_value());
    CHECK(*free > 0);
    CHECK_FALSE(DiskRoom(folder / "none").free_bytes().has_value());
}
