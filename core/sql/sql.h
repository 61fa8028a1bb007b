// The door to SQLite: connections opened with settings that are read back, statements with bound values, one
// transaction type. This folder is the only user of SQLite and of libstemmer (stems.h). A connection belongs
// to one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/never_held.h"
#include "core/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vakant {

enum class SqlMode {
    durable,        ///< the one connection of outbox.db and sessions.db: EXCLUSIVE, WAL, synchronous=FULL
    durable_shared, ///< as durable but not EXCLUSIVE: the backend's one read-write connection, shared_readers
                    ///< beside it
    cache_writer,   ///< the one read-write connection of cache.db: WAL, synchronous=NORMAL
    read_only,      ///< beside a cache_writer: query_only, never checkpoints
    damaged, ///< what is left of a durable store: EXCLUSIVE, query_only, its file and log stay as they are
    shared_reader ///< read-only beside a durable store that is not EXCLUSIVE (the backend's readers)
};

using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string, Bytes, NeverHeld>;

class SqlConnection;

/// One row while a statement steps. Columns count from 0.
class SqlRow {
public:
    explicit SqlRow(sqlite3_stmt* statement) : statement_(statement) {}
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    Bytes bytes(int column) const;

private:
    sqlite3_stmt* statement_;
};

class SqlConnection {
public:
    /// Opens or creates. The settings of `mode` are set and read back; a difference is refused. A new file's
    /// folder is synced. `application_id` is written to a new file and checked in an old one (0: not
    /// checked).
    static Result<SqlConnection> open(const std::filesystem::path& path, SqlMode mode,
                                      std::int32_t application_id = 0);
    SqlConnection(SqlConnection&&) noexcept;
    SqlConnection& operator=(SqlConnection&&) noexcept;
    ~SqlConnection();

    /// Runs statements without values: schema changes, pragmas.
    Outcome execute(std::string_view sql);
    /// One statement, prepared once and kept; `?` values in order. Returns the number of rows changed.
    Result<std::int64_t> run(std::string_view sql, const std::vector<SqlValue>& values = {});
    /// Calls `each` for every row until it returns an error.
    template <typename Each>
    Outcome query(std::string_view sql, const std::vector<SqlValue>& values, Each each) {
        VAKANT_TRY(statement, prepared(sql, values));
        for (;;) {
            VAKANT_TRY(has_row, step(statement));
            if (!has_row) return done();
            if (Outcome outcome = each(SqlRow(statement)); !outcome.ok()) {
                reset(statement);
                return outcome;
            }
        }
    }
    /// The first column of the first row, or none.
    Result<std::optional<std::int64_t>> query_integer(std::string_view sql,
                                                      const std::vector<SqlValue>& values = {});
    Result<std::optional<std::string>> query_text(std::string_view sql,
                                                  const std::vector<SqlValue>& values = {});

    std::int64_t last_insert_id() const;
    bool in_transaction() const;
    /// Every setting that was read back at open: {"journal_mode","wal"}, ... for start-up checks, tests and
    /// the staff page.
    std::vector<std::pair<std::string, std::string>> settings() const;
    /// Reads them again: internal where one is no longer what its mode wants.
    Outcome check_settings() const;
    /// Something failed after which nobody knows what the file holds and what the kernel has thrown away (a
    /// sync, a damaged page): trusted again only when it was closed and opened.
    bool is_in_doubt() const;
    Outcome checkpoint(); ///< TRUNCATE
    Outcome quick_check();
    Outcome integrity_check(); ///< reads every page and every index
    /// The whole database as it is at one moment, in one plain file (0600, no log beside it, synced), while
    /// others go on writing. conflict: the file is there already.
    Outcome copy_to(const std::filesystem::path& file);
    sqlite3* handle() const; ///< for core/sql itself and its tests

private:
    SqlConnection();
    Result<sqlite3_stmt*> prepared(std::string_view sql, const std::vector<SqlValue>& values);
    Result<bool> step(sqlite3_stmt* statement);
    void reset(sqlite3_stmt* statement);
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// BEGIN IMMEDIATE; rolls back at the end of its scope unless commit() was done.
class SqlTransaction {
public:
    static Result<SqlTransaction> begin(SqlConnection& connection);
    /// One unchanging picture for several queries; also on a read-only connection.
    static Result<SqlTransaction> begin_reading(SqlConnection& connection);
    SqlTransaction(SqlTransaction&& other) noexcept;
    SqlTransaction& operator=(SqlTransaction&&) = delete;
    ~SqlTransaction();
    Outcome commit();

private:
    explicit SqlTransaction(SqlConnection& connection) : connection_(&connection) {}
    SqlConnection* connection_;
};

/// Applies the numbered steps above `user_version`, each in its own transaction. A file newer than the last
/// step is refused as unsupported.
struct SqlMigration {
    int version;
    std::string_view sql;
};
Outcome migrate(SqlConnection& connection, const std::vector<SqlMigration>& steps);

} // namespace vakant
