#include <catch2/catch.hpp>

#include <fstream>

#include "core/base/random.h"
#include "core/sql/sql.h"
#include "sync/session_store.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

constexpr UtcMs now = 1'795'420'800'000; // 2026-11-23T08:00:00Z
const std::string draft = R"({"form":"registration","answers":{"given_names":"Canary-4417"}})";

Bytes code(std::uint64_t seed) {
    SeededRandom random(seed);
    Bytes bytes(parking_code_bytes);
    random.fill(bytes);
    return bytes;
}

struct Parking {
    ScratchFolder folder;
    StorageKey key = make_storage_key();
    std::unique_ptr<SessionStore> store;
    Parking() { open(); }
    void open() {
        store.reset();
        auto opened = SessionStore::open(folder / "sessions.db", key, now);
        if (!opened.ok()) FAIL(opened.error().detail);
        store = std::move(opened).value();
    }
    ParkedForms& forms() { return store->parked(); }
    void park(ByteView under, UtcMs at = now) {
        const Outcome parked = forms().park(under, draft, at);
        if (!parked.ok()) FAIL(parked.error().detail);
    }
    std::size_t count(UtcMs at = now) { return forms().count(at).value_or(99); }
    /// Every byte of the store's files.
    std::string raw() const {
        std::string all;
        for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
            std::ifstream in(file.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    }
    /// The sealed draft of the one parked form, as it stands in the file.
    std::string sealed() {
        auto connection = SqlConnection::open(folder / "sessions.db", SqlMode::durable);
        REQUIRE(connection.ok());
        std::string found;
        REQUIRE(connection
                    ->query("SELECT draft FROM parked", {},
                            [&](const SqlRow& row) {
                                found = std::string(as_text(row.bytes(0)));
                                return done();
                            })
                    .ok());
        return found;
    }
};

} // namespace

TEST_CASE("a parked form is opened by its code, once") {
    Parking parking;
    parking.park(code(1));
    CHECK(parking.count() == 1);
    const auto taken = parking.forms().take_up(code(1), now + 60'000);
    REQUIRE(taken.ok());
    CHECK(*taken == draft);
    CHECK(parking.count() == 0);
    const auto again = parking.forms().take_up(code(1), now + 60'000);
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().kind == ErrorKind::not_found);
}

TEST_CASE("a parked form outlives a restart and is still opened by its code alone") {
    Parking parking;
    parking.park(code(1));
    parking.open();
    const auto wrong = parking.forms().take_up(code(2), now);
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().kind == ErrorKind::not_found);
    CHECK(parking.count() == 1);
    CHECK(parking.forms().take_up(code(1), now).value_or("") == draft);
}

TEST_CASE("the kiosk's files and its storage key do not open a parked form") {
    Parking parking;
    parking.park(code(1));
    CHECK(parking.raw().find("Canary-4417") == std::string::npos);
    parking.store.reset();
    const std::string sealed = parking.sealed();
    REQUIRE(sealed.size() > 4096);
    CHECK(sealed.find("Canary-4417") == std::string::npos);
    const auto opened = decrypt(as_bytes(sealed), parking.key, {});
    CHECK_FALSE(opened.ok());
}

TEST_CASE("the same code on another kiosk opens nothing, though the row is copied there") {
    Parking here, there;
    here.park(code(1));
    there.park(code(2)); // it has a salt of its own
    here.store.reset();
    there.store.reset();
    const std::string sealed = here.sealed();
    {
        auto connection = SqlConnection::open(there.folder / "sessions.db", SqlMode::durable);
        REQUIRE(connection.ok());
        REQUIRE(connection->run("UPDATE parked SET draft=?", {to_bytes(sealed)}).ok());
    }
    there.open();
    CHECK_FALSE(there.forms().take_up(code(1), now).ok());
    const auto moved = there.forms().take_up(code(2), now);
    REQUIRE_FALSE(moved.ok());
    CHECK(moved.error().kind == ErrorKind::not_authentic);
}

TEST_CASE("after a day a parked form is gone, from the raw files too") {
    Parking parking;
    parking.park(code(1));
    const std::string sealed = [&] {
        parking.store.reset();
        std::string found = parking.sealed();
        parking.open();
        return found;
    }();
    REQUIRE(parking.raw().find(sealed.substr(0, 64)) != std::string::npos); // the control: it can be found
    CHECK(parking.forms().take_up(code(1), now + parked_for_ms).error().kind == ErrorKind::not_found);
    CHECK(parking.forms().sweep(now + parked_for_ms - 1).value_or(9) == 0);
    CHECK(parking.forms().sweep(now + parked_for_ms).value_or(9) == 1);
    CHECK(parking.raw().find(sealed.substr(0, 64)) == std::string::npos);
    CHECK(parking.raw().find(sealed.substr(2048, 64)) == std::string::npos);
}

TEST_CASE("a used-up form is gone from the raw files") {
    Parking parking;
    parking.park(code(1));
    parking.store.reset();
    const std::string sealed = parking.sealed();
    parking.open();
    REQUIRE(parking.forms().take_up(code(1), now).ok());
    CHECK(parking.raw().find(sealed.substr(0, 64)) == std::string::npos);
}

TEST_CASE("a clock that starts years too early costs nobody their form") {
    Parking parking;
    parking.park(code(1));
    constexpr UtcMs without_battery = 1'000'000;
    CHECK(parking.forms().sweep(without_battery).value_or(9) == 0);
    CHECK(parking.forms().take_up(code(1), without_battery).value_or("") == draft);
}

TEST_CASE("a draft that is too long is refused and nothing is kept") {
    Parking parking;
    const auto parked = parking.forms().park(code(1), std::string(300'000, 'x'), now);
    REQUIRE_FALSE(parked.ok());
    CHECK(parked.error().kind == ErrorKind::refused);
    CHECK(parking.count() == 0);
}

TEST_CASE("of a damaged session file every form that can be read is still opened by its code") {
    Parking parking;
    const std::string long_draft(9'000, 'x'); // over several pages
    for (std::uint64_t number = 1; number <= 6; ++number)
        REQUIRE(parking.forms().park(code(number), long_draft, now).ok());
    REQUIRE(parking.store->begin("0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a01", "{}").ok());
    REQUIRE(parking.store->append("0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a01", {U'a', 0}).ok());
    parking.store.reset();
    const std::string third = [&] {
        auto connection = SqlConnection::open(parking.folder / "sessions.db", SqlMode::durable).value();
        std::string found;
        REQUIRE(connection
                    .query("SELECT draft FROM parked WHERE rowid=3", {},
                           [&](const SqlRow& row) {
                               found = std::string(as_text(row.bytes(0)));
                               return done();
                           })
                    .ok());
        return found;
    }();
    std::string bytes = read_file(parking.folder / "sessions.db").value();
    // The page on which the third form goes on is overwritten, with what tells where the next one is.
    const std::size_t at = bytes.find(third.substr(6'000, 64)) / 4096 * 4096;
    bytes.replace(at, 4096, 4096, '\xff');
    REQUIRE(write_file_durably(parking.folder / "sessions.db", bytes).ok());
    parking.open();
    CHECK(parking.count() == 5);
    for (const std::uint64_t number : {1, 2, 4, 5, 6})
        CHECK(parking.forms().take_up(code(number), now).value_or("") == long_draft);
    CHECK(parking.forms().take_up(code(3), now).error().kind == ErrorKind::not_found);
    CHECK(parking.store->unfinished().value().value().keys.size() == 1);
    const auto lies_aside = [&] {
        for (const auto& file : std::filesystem::directory_iterator(parking.folder.path()))
            if (file.path().filename().string().starts_with("sessions.db.damaged-")) return true;
        return false;
    };
    parking.store->sweep_aside(now + parked_for_ms - 1000);
    CHECK(lies_aside());
    parking.store->sweep_aside(now + parked_for_ms + 1000); // nobody could take up a form in it any more
    CHECK_FALSE(lies_aside());
}
