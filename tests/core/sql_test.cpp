#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/sql/sql.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

std::map<std::string, std::string> settings_of(const SqlConnection& connection) {
    std::map<std::string, std::string> settings;
    for (auto& [name, value] : connection.settings())
        settings[name] = value;
    return settings;
}

/// The rows of the index that a query finds, in order.
} // namespace

TEST_CASE("a durable file has exactly the settings under which no commit is lost") {
    const ScratchFolder folder;
    auto connection = SqlConnection::open(folder / "outbox.db", SqlMode::durable, 0x56414b31);
    REQUIRE(connection.ok());
    const std::map<std::string, std::string> expected{{"locking_mode", "exclusive"},
                                                      {"journal_mode", "wal"},
                                                      {"synchronous", "2"},
                                                      {"foreign_keys", "1"},
                                                      {"trusted_schema", "0"},
                                                      {"cell_size_check", "1"},
                                                      {"secure_delete", "1"},
                                                      {"mmap_size", "0"},
                                                      {"temp_store", "2"},
                                                      {"journal_size_limit", "4194304"},
                                                      {"wal_autocheckpoint", "1000"},
                                                      {"defensive", "1"}};
    CHECK(settings_of(*connection) == expected);
    CHECK(connection->query_integer("PRAGMA application_id").value() == 0x56414b31);
}

TEST_CASE("each mode keeps its own settings") {
    const ScratchFolder folder;
    {
        auto shared = SqlConnection::open(folder / "agency.db", SqlMode::durable_shared);
        REQUIRE(shared.ok());
        CHECK(settings_of(*shared)["locking_mode"] == "normal");
        CHECK(settings_of(*shared)["synchronous"] == "2");
        REQUIRE(shared->execute("CREATE TABLE t(x) STRICT; ").ok() == false); // STRICT wants a type
        REQUIRE(shared->execute("CREATE TABLE t(x INTEGER) STRICT").ok());
        auto reader = SqlConnection::open(folder / "agency.db", SqlMode::shared_reader);
        REQUIRE(reader.ok());
        CHECK(settings_of(*reader)["query_only"] == "1");
        REQUIRE(shared->run("INSERT INTO t VALUES (5)").ok());
        CHECK(reader->query_integer("SELECT x FROM t").value() == 5);
        CHECK_FALSE(reader->run("INSERT INTO t VALUES (6)").ok());
    }
    auto cache = SqlConnection::open(folder / "cache.db", SqlMode::cache_writer);
    REQUIRE(cache.ok());
    CHECK(settings_of(*cache)["synchronous"] == "1");
    CHECK(settings_of(*cache)["journal_mode"] == "wal");
}

TEST_CASE("a setting that is no longer as it must be is noticed") {
    const ScratchFolder folder;
    const auto [setting, value] = GENERATE(table<std::string, std::string>({{"synchronous", "NORMAL"},
                                                                            {"foreign_keys", "OFF"},
                                                                            {"secure_delete", "OFF"},
                                                                            {"temp_store", "DEFAULT"},
                                                                            {"wal_autocheckpoint", "0"}}));
    auto connection = SqlConnection::open(folder / "outbox.db", SqlMode::durable);
    REQUIRE(connection.ok());
    REQUIRE(connection->check_settings().ok());
    REQUIRE(connection->execute("PRAGMA " + setting + "=" + value).ok());
    const Outcome outcome = connection->check_settings();
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.error().detail.find(setting) != std::string::npos);
}

TEST_CASE("an exclusive file has no second connection") {
    const ScratchFolder folder;
    auto first = SqlConnection::open(folder / "outbox.db", SqlMode::durable);
    REQUIRE(first.ok());
    REQUIRE(first->execute("CREATE TABLE t(x INTEGER) STRICT").ok());
    auto second = SqlConnection::open(folder / "outbox.db", SqlMode::durable);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().kind == ErrorKind::unavailable);
}

TEST_CASE("a file of another program, or no database at all, is refused") {
    const ScratchFolder folder;
    {
        auto first = SqlConnection::open(folder / "a.db", SqlMode::durable, 11);
        REQUIRE(first.ok());
        REQUIRE(first->execute("CREATE TABLE t(x INTEGER) STRICT").ok());
    }
    auto second = SqlConnection::open(folder / "a.db", SqlMode::durable, 12);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().kind == ErrorKind::unsupported);

    REQUIRE(write_file_durably(folder / "b.db", std::string(5000, 'x')).ok());
    auto garbage = SqlConnection::open(folder / "b.db", SqlMode::durable, 11);
    REQUIRE_FALSE(garbage.ok());
    CHECK(garbage.error().kind == ErrorKind::damaged);
}

TEST_CASE("values come back as they were bound, and a transaction not committed leaves nothing") {
    const ScratchFolder folder;
    SqlConnection connection = SqlConnection::open(folder / "a.db", SqlMode::durable).value();
    REQUIRE(connection.execute("CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB) STRICT").ok());
    {
        SqlTransaction transaction = SqlTransaction::begin(connection).value();
        REQUIRE(connection.run("INSERT INTO t VALUES (1, 2.5, 'x', x'00')").ok());
    }
    CHECK(connection.query_integer("SELECT count(*) FROM t").value() == 0);
    {
        SqlTransaction transaction = SqlTransaction::begin(connection).value();
        const std::string with_zero("a\0b", 3);
        CHECK(connection
                  .run("INSERT INTO t VALUES (?,?,?,?)",
                       {std::int64_t{1} << 60, 2.5, with_zero, Bytes{0, 1, 255}})
                  .value() == 1);
        CHECK(connection.run("INSERT INTO t VALUES (?,?,?,?)", {nullptr, nullptr, "", Bytes{}}).value() == 1);
        REQUIRE(transaction.commit().ok());
    }
    std::size_t rows = 0;
    REQUIRE(connection
                .query("SELECT a,b,c,d FROM t ORDER BY rowid", {},
                       [&](const SqlRow& row) {
                           if (rows++ == 0) {
                               CHECK(row.integer(0) == std::int64_t{1} << 60);
                               CHECK(row.real(1) == 2.5);
                               CHECK(row.text(2) == std::string("a\0b", 3));
                               CHECK(row.bytes(3) == Bytes{0, 1, 255});
                           } else {
                               CHECK(row.is_null(0));
                               CHECK(row.text(2).empty());
                               CHECK_FALSE(row.is_null(3));
                           }
                           return done();
                       })
                .ok());
    CHECK(rows == 2);
    CHECK_FALSE(connection.run("INSERT INTO t VALUES (?,?,?,?)", {nullptr}).ok());
    CHECK(connection.query_text("SELECT c FROM t WHERE a=7").value() == std::nullopt);
}

TEST_CASE("the same statement may run inside its own rows") {
    const ScratchFolder folder;
    SqlConnection connection = SqlConnection::open(folder / "a.db", SqlMode::durable).value();
    REQUIRE(connection.execute("CREATE TABLE t(a INTEGER) STRICT; INSERT INTO t VALUES (1),(2)").ok());
    std::string order;
    const std::string sql = "SELECT a FROM t ORDER BY a";
    REQUIRE(connection
                .query(sql, {},
                       [&](const SqlRow& outer) {
                           return connection.query(sql, {}, [&](const SqlRow& inner) {
                               order +=
                                   std::to_string(outer.integer(0)) + std::to_string(inner.integer(0)) + " ";
                               return done();
                           });
                       })
                .ok());
    CHECK(order == "11 12 21 22 ");
}

TEST_CASE("migrations run once each, and a newer file is refused") {
    const ScratchFolder folder;
    SqlConnection connection = SqlConnection::open(folder / "a.db", SqlMode::durable).value();
    const std::vector<SqlMigration> first{{1, "CREATE TABLE t(a INTEGER) STRICT"}};
    std::vector<SqlMigration> both = first;
    both.push_back({2, "ALTER TABLE t ADD COLUMN b TEXT; INSERT INTO t VALUES (1,'x')"});
    REQUIRE(migrate(connection, first).ok());
    REQUIRE(migrate(connection, both).ok());
    REQUIRE(migrate(connection, both).ok());
    CHECK(connection.query_integer("SELECT count(*) FROM t").value() == 1);
    auto older = migrate(connection, first);
    REQUIRE_FALSE(older.ok());
    CHECK(older.error().kind == ErrorKind::unsupported);
    // A step that fails leaves the version and the schema as they were.
    std::vector<SqlMigration> broken = both;
    broken.push_back({3, "CREATE TABLE u(a INTEGER) STRICT; nonsense"});
    CHECK_FALSE(migrate(connection, broken).ok());
    CHECK(connection.query_integer("PRAGMA user_version").value() == 2);
    CHECK_FALSE(connection.query_integer("SELECT count(*) FROM u").ok());
}

TEST_CASE("a program killed right after a commit has lost nothing") {
    const ScratchFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        auto connection = SqlConnection::open(folder / "a.db", SqlMode::durable);
        const bool kept = connection.ok() && connection->execute("CREATE TABLE t(a INTEGER) STRICT").ok() &&
                          connection->run("INSERT INTO t VALUES (42)").ok();
        if (kept) ::kill(::getpid(), SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    SqlConnection connection = SqlConnection::open(folder / "a.db", SqlMode::durable).value();
    CHECK(connection.query_integer("SELECT a FROM t").value() == 42);
    CHECK(connection.quick_check().ok());
    CHECK(connection.checkpoint().ok());
    CHECK(std::filesystem::file_size(folder / "a.db-wal") == 0);
}

TEST_CASE("a copy is one plain file of one moment, while the store goes on") {
    const ScratchFolder folder;
    auto store = SqlConnection::open(folder / "agency.db", SqlMode::durable_shared, 77).value();
    REQUIRE(store.execute("CREATE TABLE t(x INTEGER) STRICT").ok());
    for (std::int64_t x = 0; x < 500; ++x)
        REQUIRE(store.run("INSERT INTO t VALUES (?)", {x}).ok());
    auto reader = SqlConnection::open(folder / "agency.db", SqlMode::shared_reader, 77).value();
    REQUIRE(reader.copy_to(folder / "copy").ok());
    REQUIRE(store.run("INSERT INTO t VALUES (500)").ok());
    CHECK_FALSE(std::filesystem::exists(folder / "copy-wal"));
    CHECK_FALSE(std::filesystem::exists(folder / "copy-journal"));
    auto copy = SqlConnection::open(folder / "copy", SqlMode::shared_reader, 77).value();
    CHECK(copy.integrity_check().ok());
    CHECK(copy.query_integer("SELECT count(*) FROM t").value() == 500);
    CHECK(reader.copy_to(folder / "copy").error().kind == ErrorKind::conflict);
}
