#include <catch2/catch.hpp>

#include <future>

#include "agency/store/database.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

std::unique_ptr<Database> open_store(const ScratchFolder& folder, std::size_t most_in_group = 256) {
    auto opened = Database::open({folder / "agency.db", most_in_group, 2});
    if (!opened.ok()) FAIL(opened.error().detail);
    return std::move(*opened);
}

Outcome keep(Connection& connection, const std::string& name) {
    return keep_setting(connection, name, "kept");
}

bool has(Database& database, const std::string& name) {
    std::optional<std::string> found;
    const Outcome read = database.read([&](Connection& connection) -> Outcome {
        auto setting = find_setting(connection, name);
        if (!setting.ok()) return setting.error();
        found = std::move(*setting);
        return done();
    });
    REQUIRE(read.ok());
    return found == "kept";
}

/// A job that holds the writer until it is let go, so that what is submitted meanwhile waits together.
class HeldWriter {
public:
    explicit HeldWriter(Database& database) {
        held_ = database.submit([this](Connection&) {
            started_.set_value();
            let_go_.get_future().wait();
            return done();
        });
        started_.get_future().wait();
    }
    bool let_go() {
        let_go_.set_value();
        return held_.get().ok();
    }

private:
    std::promise<void> started_, let_go_;
    std::future<Outcome> held_;
};

std::string setting(const Database& database, const std::string& name) {
    for (const auto& [key, value] : database.settings())
        if (key == name) return value;
    return "(none)";
}

} // namespace

TEST_CASE("the agency's store is opened with settings that lose no commit") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    CHECK(setting(*database, "journal_mode") == "wal");
    CHECK(setting(*database, "synchronous") == "2");
    CHECK(setting(*database, "secure_delete") == "1");
    CHECK(setting(*database, "trusted_schema") == "0");
}

TEST_CASE("jobs that wait at the same time share one commit") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    HeldWriter writer(*database);
    std::vector<std::future<Outcome>> waiting;
    for (int i = 0; i < 64; ++i)
        waiting.push_back(database->submit(
            [i](Connection& connection) { return keep(connection, "job" + std::to_string(i)); }));
    CHECK(writer.let_go());
    for (auto& one : waiting)
        CHECK(one.get().ok());
    CHECK(database->counts().jobs == 65);
    CHECK(database->counts().commits == 2);
    CHECK(has(*database, "job63"));
}

TEST_CASE("a group of one means one commit for each job") {
    const ScratchFolder folder;
    const auto database = open_store(folder, 1);
    HeldWriter writer(*database);
    std::vector<std::future<Outcome>> waiting;
    for (int i = 0; i < 8; ++i)
        waiting.push_back(database->submit(
            [i](Connection& connection) { return keep(connection, "job" + std::to_string(i)); }));
    CHECK(writer.let_go());
    for (auto& one : waiting)
        CHECK(one.get().ok());
    CHECK(database->counts().commits == 9);
}

TEST_CASE("a job that fails loses its own rows and nobody else's") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    HeldWriter writer(*database);
    auto before = database->submit([](Connection& connection) { return keep(connection, "before"); });
    auto failing = database->submit([](Connection& connection) -> Outcome {
        VAKANT_CHECK(keep(connection, "failing"));
        return refused("on purpose");
    });
    auto after = database->submit([](Connection& connection) { return keep(connection, "after"); });
    CHECK(writer.let_go());
    CHECK(before.get().ok());
    const Outcome failed = failing.get();
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().detail == "on purpose");
    CHECK(after.get().ok());
    CHECK(has(*database, "before"));
    CHECK(has(*database, "after"));
    CHECK_FALSE(has(*database, "failing"));
}

TEST_CASE("a job alone in its group that fails leaves nothing") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    const Outcome failed = database->write([](Connection& connection) -> Outcome {
        VAKANT_CHECK(keep(connection, "failing"));
        return refused("on purpose");
    });
    REQUIRE_FALSE(failed.ok());
    CHECK_FALSE(has(*database, "failing"));
}

TEST_CASE("what was committed is there when the store is opened again, and numbers go on") {
    const ScratchFolder folder;
    const auto next = [](Database& database) {
        return database.write_for<std::int64_t>([](Connection& c) { return next_number(c, "test"); })
            .value_or(-1);
    };
    {
        const auto database = open_store(folder);
        REQUIRE(database->write([](Connection& connection) { return keep(connection, "kept"); }).ok());
        CHECK(next(*database) == 1);
        CHECK(next(*database) == 2);
    }
    const auto database = open_store(folder);
    CHECK(has(*database, "kept"));
    CHECK(next(*database) == 3);
}

TEST_CASE("a reading connection cannot write") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    const Outcome written =
        database->read([](Connection& connection) { return keep(connection, "sneaked"); });
    REQUIRE_FALSE(written.ok());
    CHECK_FALSE(has(*database, "sneaked"));
}

TEST_CASE("every table of the store has the agency's id") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    std::vector<std::string> without;
    const Outcome read = database->read([&](Connection& connection) {
        return connection.query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND "
            "name NOT IN (SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
            "WHERE c.name = 'agency_id')",
            {}, [&](const Row& row) {
                without.push_back(row.text(0));
                return done();
            });
    });
    REQUIRE(read.ok());
    CHECK(without == std::vector<std::string>{});
}
