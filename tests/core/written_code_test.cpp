#include <catch2/catch.hpp>

#include <set>

#include "core/base/random.h"
#include "core/base/written_code.h"

using namespace vakant;

namespace {

Bytes some_secret(std::size_t size, std::uint64_t seed = 3) {
    SeededRandom random(seed);
    Bytes secret(size);
    random.fill(secret);
    return secret;
}

} // namespace

TEST_CASE("80 bits are written as four groups of five and 128 bits as seven") {
    CHECK(written_code(some_secret(10)).size() == 4 * 5 + 3);
    CHECK(written_code(some_secret(16)).size() == 7 * 5 + 6);
    CHECK(written_code(Bytes(10)) != written_code(some_secret(10)));
}

TEST_CASE("a written code is read back, however it was typed") {
    for (const std::size_t size : {10u, 16u}) {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const Bytes secret = some_secret(size, seed);
            std::string typed = written_code(secret);
            CHECK(read_written_code(typed, size).secret == secret);
            for (char& c : typed)
                c = c == '-' ? ' ' : c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
            CHECK(read_written_code(typed, size).secret == secret);
        }
    }
}

TEST_CASE("every single wrong character is found in its group") {
    const std::string right = written_code(some_secret(10));
    for (std::size_t at = 0; at < right.size(); ++at) {
        if (right[at] == '-') continue;
        for (const char other : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
            if (other == right[at]) continue;
            std::string wrong = right;
            wrong[at] = other;
            const ReadCode read = read_written_code(wrong, 10);
            CHECK_FALSE(read.ok());
            CHECK(read.wrong_group == at / 6 + 1);
        }
    }
}

TEST_CASE("two exchanged neighbours and two exchanged groups are found") {
    const std::string right = written_code(some_secret(10, 11));
    for (std::size_t at = 0; at + 1 < right.size(); ++at) {
        if (right[at] == '-' || right[at + 1] == '-' || right[at] == right[at + 1]) continue;
        std::string wrong = right;
        std::swap(wrong[at], wrong[at + 1]);
        CHECK_FALSE(read_written_code(wrong, 10).ok());
    }
    const std::string groups = right.substr(6, 6) + right.substr(0, 6) + right.substr(12);
    CHECK_FALSE(read_written_code(groups, 10).ok());
}

TEST_CASE("a code that is not all there is said to be too short, one too long names its last group") {
    const std::string right = written_code(some_secret(10));
    const ReadCode part = read_written_code(right.substr(0, 14), 10);
    CHECK(part.is_too_short);
    CHECK(part.wrong_group == 0);
    CHECK(read_written_code(right + "7", 10).wrong_group == 4);
    CHECK(read_written_code("", 10).is_too_short);
    CHECK(read_written_code("7K4D\xc3\xa4", 10).wrong_group == 1);
}
