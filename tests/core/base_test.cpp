#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <set>
#include <thread>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/message_queue.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret_arena.h"
#include "core/base/utf8.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

Result<int> half_of(int number) {
    if (number % 2 != 0) return invalid_input("odd");
    return number / 2;
}
Result<int> quarter_of(int number) {
    VAKANT_TRY(half, half_of(number));
    VAKANT_TRY(quarter, half_of(half));
    return quarter;
}

} // namespace

TEST_CASE("a result is a value or the reason why there is none") {
    CHECK(quarter_of(8).value() == 2);
    const Result<int> failed = quarter_of(6);
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().kind == ErrorKind::invalid_input);
    CHECK(failed.error().detail == "odd");
    CHECK(failed.value_or(7) == 7);
    CHECK(at("form.json", failed.error()).detail == "form.json: odd");
    CHECK(name_of(ErrorKind::disk_full) == "disk_full");
}

TEST_CASE("bytes have a hexadecimal and a base64url form and come back from them") {
    for (std::size_t length = 0; length < 9; ++length) {
        Bytes bytes(length);
        for (std::size_t i = 0; i < length; ++i)
            bytes[i] = static_cast<std::uint8_t>(250 + i * 37);
        CHECK(from_hex(to_hex(bytes)).value() == bytes);
        CHECK(from_base64url(to_base64url(bytes)).value() == bytes);
    }
    CHECK(to_base64url(Bytes{0xfb, 0xff, 0xfe}) == "-__-");
    CHECK(to_base64url(as_bytes("f")) == "Zg");
    CHECK_FALSE(from_hex("abc").ok());
    CHECK_FALSE(from_hex("zz").ok());
    CHECK_FALSE(from_base64url("Zg==").ok());
    CHECK_FALSE(from_base64url("Z+/g").ok());
    CHECK_FALSE(from_base64url("Z").ok());
}

TEST_CASE("a file is written whole, with its permissions, and read back") {
    const ScratchFolder folder;
    const auto file = folder / "device.key";
    REQUIRE(write_file_durably(file, "first", 0600).ok());
    REQUIRE(write_file_durably(file, std::string("sec\0ond", 7), 0600).ok());
    CHECK(read_file(file).value() == std::string("sec\0ond", 7));
    struct stat found {};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1); // nothing left beside
    CHECK_FALSE(read_file(file, 3).ok());
    CHECK(read_file(folder / "none").error().kind == ErrorKind::not_found);
    CHECK_FALSE(write_file_durably(folder / "no-folder" / "x", "x").ok());
}

TEST_CASE("the names in a folder come sorted, and a folder that is not there is said to be none") {
    const ScratchFolder folder;
    for (const char* name : {"b", ".hidden", "a"})
        REQUIRE(write_file_durably(folder / name, "").ok());
    CHECK(names_in(folder.path()).value() == std::vector<std::string>{".hidden", "a", "b"});
    const auto none = names_in(folder / "none");
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().kind == ErrorKind::not_found);
    CHECK(none.error().detail == (folder / "none").string() + ": No such file or directory");
    CHECK_FALSE(names_in(folder / "a").ok()); // a file
}

TEST_CASE("times are read with their offset and written in UTC") {
    CHECK(to_iso8601(0) == "1970-01-01T00:00:00Z");
    CHECK(to_iso8601(1'763'882'100'123) == "2025-11-23T07:15:00.123Z");
    CHECK(parse_iso8601("2025-11-23T07:15:00Z").value() == 1'763'882'100'000);
    CHECK(parse_iso8601("2025-11-23T09:15:00+02:00").value() == 1'763'882'100'000);
    CHECK(parse_iso8601("2025-11-23T07:15").value() == 1'763'882'100'000);
    CHECK(parse_iso8601("2025-11-23T09:15", 120).value() == 1'763'882'100'000);
    CHECK(parse_iso8601("2025-11-23", 120).value() == parse_iso8601("2025-11-22T22:00:00Z").value());
    CHECK(to_iso8601(parse_iso8601("1969-12-31T23:59:59.500Z").value()) == "1969-12-31T23:59:59.500Z");
    for (const char* wrong :
         {"", "2025", "2025-13-01", "2025-02-30", "2025-11-23T25:00Z", "yesterday", "2025-11-23x"})
        CHECK_FALSE(parse_iso8601(wrong).ok());
}

TEST_CASE("summer time begins and ends with Europe's law") {
    const UtcMs winter = parse_iso8601("2026-03-29T00:59:59Z").value();
    const UtcMs summer = parse_iso8601("2026-03-29T01:00:00Z").value();
    CHECK(offset_minutes_at("Europe/Helsinki", winter) == 120);
    CHECK(offset_minutes_at("Europe/Helsinki", summer) == 180);
    CHECK(offset_minutes_at("Europe/Oslo", winter) == 60);
    CHECK(offset_minutes_at("Europe/Stockholm", parse_iso8601("2026-10-25T00:59:59Z").value()) == 120);
    CHECK(offset_minutes_at("Europe/Stockholm", parse_iso8601("2026-10-25T01:00:00Z").value()) == 60);
    CHECK(offset_minutes_at("Mars/Olympus", summer) == 0);
    const CivilDate date = civil_date(winter, 180);
    CHECK(date == CivilDate{2026, 3, 29});
    CHECK(midnight_of(date, 120) == parse_iso8601("2026-03-28T22:00:00Z").value());
}

TEST_CASE("ids are version 4 UUIDs, different each time and the same for the same seed") {
    SeededRandom random(1), same(1);
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = make_uuid(random);
        CHECK(id == make_uuid(same));
        CHECK(is_uuid(id));
        CHECK(id[14] == '4');
        CHECK(std::string("89ab").find(id[19]) != std::string::npos);
        ids.insert(id);
    }
    CHECK(ids.size() == 1000);
    SystemRandom system;
    CHECK(make_uuid(system) != make_uuid(system));
    for (const char* wrong : {"", "0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a0",
                              "0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a0g", "0d9b6f4e99d53-4c0f-9a51-2f2f9d1f0a01"})
        CHECK_FALSE(is_uuid(wrong));
}

TEST_CASE("random numbers stay below their bound and reach every value") {
    SeededRandom random(3);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 500; ++i)
        seen.insert(random.number(7));
    CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
    CHECK(random.number(1) == 0);
}

TEST_CASE("a queue gives values in their order across threads and ends when it is closed") {
    MessageQueue<int> queue;
    std::thread producer([&queue] {
        for (int i = 0; i < 1000; ++i)
            queue.push(i);
        queue.close();
    });
    int expected = 0;
    while (const auto value = queue.pop())
        CHECK(*value == expected++);
    producer.join();
    CHECK(expected == 1000);
    CHECK(queue.closed());
    CHECK_FALSE(queue.try_pop().has_value());
    CHECK_FALSE(queue.pop_for(std::chrono::milliseconds(1)).has_value());
}

TEST_CASE("UTF-8 is read by code point, and what is not UTF-8 becomes one replacement a byte") {
    CHECK(is_valid_utf8("työ Київ مرحبا 🙂"));
    for (const char* wrong : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"})
        CHECK_FALSE(is_valid_utf8(wrong));
    CHECK(code_point_count("työ🙂") == 4);
    CHECK(to_utf8(to_utf32("työ🙂")) == "työ🙂");
    CHECK(first_code_points("työpaikka", 3) == "työ");
    CHECK(first_code_points("ty", 3) == "ty");
    CHECK(trimmed("\xc2\xa0 a b\t\n") == "a b");
    CHECK(to_utf32("a\xff"
                   "b") == std::u32string(U"a\xfffd"
                                          U"b"));
}

namespace {

/// The kernel's words on the mapping that holds this address: "rd wr mr mw me lo dd ...".
std::string flags_of_memory(const void* place) {
    const auto wanted = reinterpret_cast<std::uintptr_t>(place);
    std::ifstream maps("/proc/self/smaps");
    bool here = false;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0, to = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) here = from <= wanted && wanted < to;
        if (here && line.starts_with("VmFlags:")) return line + " ";
    }
    return "";
}

} // namespace

TEST_CASE("what a person types is neither swapped nor dumped") {
    SecretArena arena(1u << 16);
    const SecretString text("Kanarialintu-7261 with a tail that is too long for the short string", &arena);
    const std::string flags = flags_of_memory(text.data());
    CHECK(flags.find(" dd ") != std::string::npos);
    if (arena.locked()) {
        CHECK(flags.find(" lo ") != std::string::npos);
    } else {
        WARN("no memory may be locked here");
    }
    const std::string elsewhere(4096, 'x'); // the control
    CHECK(flags_of_memory(elsewhere.data()).find(" dd ") == std::string::npos);
}

TEST_CASE("what a person typed is overwritten when it is given back and when all is wiped") {
    SecretArena arena(4096);
    const char* place = nullptr;
    {
        SecretString text("Kanarialintu-7261 with a tail that is too long for the short string", &arena);
        place = text.data();
        CHECK(arena.used() > 0);
    }
    CHECK(arena.used() == 0);
    CHECK(std::string_view(place, 12) == std::string_view(std::string(12, '\0')));
    SecretString again("Kanarialintu-7261 with a tail that is too long for the short string", &arena);
    place = again.data();
    wipe_all_secret_arenas();
    CHECK(std::string_view(place, 12) == std::string_view(std::string(12, '\0')));
    CHECK_THROWS_AS(arena.allocate(10'000), std::bad_alloc);
}
