#include <catch2/catch.hpp>

#include "core/sql/sql.h"
#include "sync/kiosk_stores.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

constexpr std::int64_t longest_pause_ms = 240'000;

struct Kiosk {
    ScratchFolder folder;
    FakeClock clock;
    SeededRandom random{3};
    DiskRoom room{folder.path()};
    KioskStores stores{folder.path(), clock, random, room};

    Kiosk() { REQUIRE(start_crypto().ok()); }
    void set_version(int version) const {
        SqlConnection connection = SqlConnection::open(folder / "outbox.db", SqlMode::durable).value();
        REQUIRE(connection.execute("PRAGMA user_version=" + std::to_string(version)).ok());
    }
    std::string problem() const { return stores.problem() ? stores.problem()->file : ""; }
};

/// A kiosk that was in use and was switched off; its token is "token".
void use(const std::filesystem::path& folder) {
    FakeClock clock;
    SeededRandom random{5};
    const DiskRoom room(folder);
    KioskStores stores(folder, clock, random, room);
    REQUIRE(stores.look_after());
    REQUIRE_FALSE(stores.problem().has_value());
    DeviceIdentity identity = stores.identity();
    identity.token = "token";
    REQUIRE(stores.save(identity).ok());
}

} // namespace

TEST_CASE("stores that could not be opened are tried again by the clock, until they can be") {
    Kiosk kiosk;
    use(kiosk.folder.path());
    kiosk.set_version(99); // somebody began an upgrade
    CHECK(kiosk.stores.look_after());
    CHECK(kiosk.stores.problem() == StoreProblem{ErrorKind::unsupported, "outbox.db"});
    CHECK(kiosk.stores.outbox().error().kind == ErrorKind::unsupported);
    CHECK(kiosk.stores.knows_itself());
    kiosk.clock.pass(longest_pause_ms);
    CHECK_FALSE(kiosk.stores.look_after()); // the same again is no news
    kiosk.set_version(2);
    kiosk.clock.pass(longest_pause_ms);
    CHECK(kiosk.stores.look_after());
    CHECK_FALSE(kiosk.stores.problem().has_value());
    CHECK(kiosk.stores.outbox().ok());
    CHECK_FALSE(kiosk.stores.look_after());
}

TEST_CASE("a kiosk whose device.json is damaged goes on with its copy, and the damaged one is kept") {
    Kiosk kiosk;
    use(kiosk.folder.path());
    REQUIRE(write_file_durably(kiosk.folder / "device.json", "{\"device_id\":").ok());
    CHECK(kiosk.stores.look_after());
    CHECK(kiosk.problem().empty());
    CHECK(kiosk.stores.identity().token == "token");
    CHECK(read_file(kiosk.folder / "device.json.damaged").value() == "{\"device_id\":");
    CHECK(load_identity(kiosk.folder.path(), kiosk.random).value().token == "token");
}

TEST_CASE("a kiosk that no longer knows who it is says which file it is, and loses nothing that waits") {
    Kiosk kiosk;
    use(kiosk.folder.path());
    const std::string outbox = read_file(kiosk.folder / "outbox.db").value();
    const auto [damaged, named] = GENERATE(table<const char*, const char*>(
        {{"device.json", "device.json"}, {"device-signing.key", "device-signing.key, device-storage.key"}}));
    const std::string before = read_file(kiosk.folder / damaged).value();
    REQUIRE(write_file_durably(kiosk.folder / damaged, "?").ok());
    if (std::string(damaged) == "device.json")
        REQUIRE(write_file_durably(kiosk.folder / "device.json.copy", "?").ok());
    CHECK(kiosk.stores.look_after());
    CHECK(kiosk.stores.problem() == StoreProblem{ErrorKind::damaged, named});
    CHECK(read_file(kiosk.folder / damaged).value() == "?");
    CHECK(read_file(kiosk.folder / "outbox.db").value() == outbox);
    REQUIRE(write_file_durably(kiosk.folder / damaged, before).ok()); // out of somebody's backup
    kiosk.clock.pass(longest_pause_ms);
    CHECK(kiosk.stores.look_after());
    CHECK(kiosk.problem().empty());
    CHECK(kiosk.stores.identity().token == "token");
}
