#include <catch2/catch.hpp>

#include <cstdint>
#include <future>
#include <mutex>
#include <set>

#include "agency/store/database.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/test_store.h"

using namespace vakant;

namespace {

std::unique_ptr<Database> open_store(const ScratchFolder& folder, std::size_t most_in_group = 256) {
    auto opened = Database::open({folder / "agency.db", postgres_for(folder.path()), most_in_group, 2});
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

TEST_CASE("the agency's store is opened with settings that lose no commit", "[sqlite]") {
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

TEST_CASE("every table of the store has the agency's id", "[sqlite]") {
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

TEST_CASE("every kind of value comes back as it went in, on either store") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    const Bytes bytes{0, 1, 39, 63, 92, 255};
    const std::string text = "it's a ? \\x41 \xc3\xa4\xd8\xb9";
    REQUIRE(database
                ->write([&](Connection& connection) -> Outcome {
                    VAKANT_TRY(
                        made,
                        connection.run(
                            "INSERT INTO device_codes (device_code_hash, agency_id, user_code, device_id, "
                            "device_key, program_version, made_at, expires_at, interval_ms, polled_at, "
                            "agencies, desk_agreed, kiosk_agreed, dead) "
                            "VALUES (?,'?',?,'d',?,'1',?,?,0,?,NULL,0,1,0)",
                            {bytes, text, Bytes{}, std::int64_t{-7}, INT64_MAX, nullptr}));
                    CHECK(made == 1);
                    return done();
                })
                .ok());
    std::size_t rows = 0;
    REQUIRE(database
                ->read([&](Connection& connection) {
                    return connection.query(
                        "SELECT device_code_hash, agency_id, user_code, device_key, made_at, expires_at, "
                        "polled_at, "
                        "made_at * 0.5 FROM device_codes WHERE user_code = ? AND device_code_hash = ?",
                        {text, bytes}, [&](const Row& row) {
                            ++rows;
                            CHECK(row.bytes(0) == bytes);
                            CHECK(row.text(1) == "?");
                            CHECK(row.text(2) == text);
                            CHECK(row.bytes(3).empty());
                            CHECK(row.integer(4) == -7);
                            CHECK(row.integer(5) == INT64_MAX);
                            CHECK(row.is_null(6));
                            CHECK(row.real(7) == -3.5);
                            return done();
                        });
                })
                .ok());
    CHECK(rows == 1);
}

TEST_CASE("a row that is there already is a conflict, and the job's other rows go with it") {
    const ScratchFolder folder;
    const auto database = open_store(folder);
    const auto insert = [](Connection& connection) -> Outcome {
        VAKANT_TRY(rows, connection.run(
                             "INSERT INTO settings (agency_id, name, value) VALUES ('', 'one', 'kept')", {}));
        (void)rows;
        return done();
    };
    REQUIRE(database->write(insert).ok());
    const Outcome again = database->write([&](Connection& connection) -> Outcome {
        VAKANT_CHECK(keep(connection, "beside"));
        return insert(connection);
    });
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().kind == ErrorKind::conflict);
    CHECK(has(*database, "one"));
    CHECK_FALSE(has(*database, "beside"));
}

TEST_CASE("two processes on one PostgreSQL take turns and give no number twice", "[postgres]") {
    const ScratchFolder folder;
    if (postgres_for(folder.path()).empty()) {
        WARN("skipped: VAKANT_TEST_POSTGRES names no server");
        return;
    }
    const auto first = open_store(folder), second = open_store(folder);
    std::vector<std::future<Outcome>> jobs;
    std::mutex lock;
    std::multiset<std::int64_t> numbers;
    for (int i = 0; i < 200; ++i) {
        Database& database = i % 2 == 0 ? *first : *second;
        jobs.push_back(database.submit([&](Connection& connection) -> Outcome {
            VAKANT_TRY(number, next_number(connection, "shared"));
            const std::lock_guard guard(lock);
            numbers.insert(number);
            return done();
        }));
    }
    for (auto& job : jobs)
        CHECK(job.get().ok());
    CHECK(std::set<std::int64_t>(numbers.begin(), numbers.end()).size() == 200);
    CHECK(*numbers.rbegin() == 200);
}
