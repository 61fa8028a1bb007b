#include "core/sql/sql.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <unordered_map>

namespace vakant {
namespace {

/// One setting: how it is set, and what reading it back must give.
struct Setting {
    const char* name;
    const char* value; ///< as written in the pragma
    const char* read_back;
};
// In this order: the WAL must begin under the exclusive lock, so that no shared memory file is made.
constexpr Setting exclusive{"locking_mode", "EXCLUSIVE", "exclusive"};
constexpr Setting not_exclusive{"locking_mode", "NORMAL", "normal"};
constexpr Setting wal{"journal_mode", "WAL", "wal"};
constexpr Setting every_commit_synced{"synchronous", "FULL", "2"};
constexpr Setting checkpoints_synced{"synchronous", "NORMAL", "1"};
constexpr Setting no_writing{"query_only", "ON", "1"};
constexpr std::array common{
    Setting{"foreign_keys", "ON", "1"},
    Setting{"trusted_schema", "OFF", "0"},
    Setting{"cell_size_check", "ON", "1"},
    Setting{"secure_delete", "ON", "1"},
    Setting{"mmap_size", "0", "0"},
    Setting{"temp_store", "MEMORY", "2"},
    Setting{"journal_size_limit", "4194304", "4194304"},
    Setting{"wal_autocheckpoint", "1000", "1000"},
};

bool may_write(SqlMode mode) {
    return mode != SqlMode::read_only && mode != SqlMode::shared_reader && mode != SqlMode::damaged;
}
bool is_exclusive(SqlMode mode) {
    return mode == SqlMode::durable || mode == SqlMode::damaged;
}

std::vector<Setting> settings_of(SqlMode mode) {
    std::vector<Setting> settings;
    settings.push_back(is_exclusive(mode) ? exclusive : not_exclusive);
    if (may_write(mode)) {
        settings.push_back(wal);
        settings.push_back(mode == SqlMode::cache_writer ? checkpoints_synced : every_commit_synced);
    } else {
        settings.push_back(no_writing);
    }
    settings.insert(settings.end(), common.begin(), common.end());
    return settings;
}

ErrorKind kind_of(int code) {
    // A sector that cannot be read is lost like one that was overwritten.
    if (code == SQLITE_IOERR_READ || code == SQLITE_IOERR_CORRUPTFS) return ErrorKind::damaged;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorKind::disk_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorKind::damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorKind::unavailable;
    case SQLITE_CONSTRAINT:
        return ErrorKind::conflict;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ErrorKind::refused;
    case SQLITE_CANTOPEN:
        return ErrorKind::not_found;
    default:
        return ErrorKind::internal;
    }
}

/// SQLite's messages name tables and columns, never values.
Error error_of(sqlite3* handle, int code) {
    const int system = handle != nullptr ? sqlite3_system_errno(handle) : 0;
    if ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT))
        return {ErrorKind::disk_full, "SQLite: no room"};
    const char* message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return {kind_of(code), std::string("SQLite: ") + message + " (" + std::to_string(code) + ")"};
}

bool leaves_doubt(int code) {
    const int kind = code & 0xff;
    return kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_NOMEM;
}

/// A new file is ours alone, and its name survives a power cut.
Outcome make_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
        if (errno == EEXIST) return done();
        const ErrorKind kind = errno == ENOSPC ? ErrorKind::disk_full : ErrorKind::not_found;
        return Error{kind, path.string() + ": " + std::strerror(errno)};
    }
    ::close(file);
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return internal_error(folder.string() + ": " + std::strerror(errno));
    const bool synced = ::fsync(directory) == 0;
    ::close(directory);
    if (!synced) return internal_error(folder.string() + ": cannot be synced");
    return done();
}

} // namespace

/// Owned from the moment it is prepared: one that leaked (memory may run out before it is filed) would keep
/// the file locked after its connection was closed.
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using OwnedStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct SqlConnection::Inside {
    sqlite3* handle = nullptr;
    std::vector<Setting> wanted;
    bool in_doubt = false;
    std::unordered_map<std::string, OwnedStatement> statements;
    std::vector<OwnedStatement> extra; ///< a second copy of a statement that is in the middle of its rows

    Inside() = default;
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    ~Inside() {
        drop_idle_statements(true);
        sqlite3_close_v2(handle);
    }
    void drop_idle_statements(bool all) {
        for (auto at = statements.begin(); at != statements.end();) {
            if (!all && sqlite3_stmt_busy(at->second.get()) != 0)
                ++at;
            else
                at = statements.erase(at);
        }
        std::erase_if(extra, [all](const OwnedStatement& statement) {
            return all || sqlite3_stmt_busy(statement.get()) == 0;
        });
    }
    Result<OwnedStatement> prepare(std::string_view sql, unsigned flags) {
        sqlite3_stmt* statement = nullptr;
        const char* rest = nullptr;
        const int code =
            sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), flags, &statement, &rest);
        if (code != SQLITE_OK) return failure(code);
        if (statement == nullptr) return internal_error("an empty statement");
        return OwnedStatement(statement);
    }
    /// The pragma's value as text.
    std::string read_setting(const char* name) const {
        const std::string sql = std::string("PRAGMA ") + name;
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) return "";
        const OwnedStatement statement(prepared);
        if (sqlite3_step(prepared) != SQLITE_ROW) return "";
        const unsigned char* text = sqlite3_column_text(prepared, 0);
        return text == nullptr ? "" : reinterpret_cast<const char*>(text);
    }
    Outcome run_text(const std::string& sql) {
        const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) return failure(code);
        return done();
    }
    Error failure(int code) {
        if (leaves_doubt(code)) in_doubt = true;
        return error_of(handle, code);
    }
    Outcome apply_settings(SqlMode mode);
    Outcome check_application(std::int32_t id, SqlMode mode);
    bool defensive() const {
        int on = 0;
        sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
        return on == 1;
    }
};

Outcome SqlConnection::Inside::apply_settings(SqlMode mode) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (!may_write(mode)) sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    // Readers and the writer of one file wait a moment for each other; the exclusive mode has nobody to wait
    // for.
    sqlite3_busy_timeout(handle, is_exclusive(mode) ? 0 : 5000);
    wanted = settings_of(mode);
    for (const Setting& setting : wanted) {
        VAKANT_CHECK(run_text(std::string("PRAGMA ") + setting.name + "=" + setting.value));
    }
    return done();
}

Outcome SqlConnection::Inside::check_application(std::int32_t id, SqlMode mode) {
    if (id == 0) return done();
    const std::string found = read_setting("application_id");
    if (found == std::to_string(id)) return done();
    if (found.empty()) return Error{ErrorKind::damaged, "not a database that can be read"};
    const bool is_new = found == "0" && read_setting("page_count") == "0";
    const bool is_empty = found == "0" && read_setting("schema_version") == "0";
    if ((is_new || is_empty) && may_write(mode))
        return run_text("PRAGMA application_id=" + std::to_string(id));
    return Error{ErrorKind::unsupported, "a file of another program (application_id " + found + ")"};
}

bool SqlRow::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t SqlRow::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}
double SqlRow::real(int column) const {
    return sqlite3_column_double(statement_, column);
}
std::string SqlRow::text(int column) const {
    const unsigned char* text = sqlite3_column_text(statement_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}
Bytes SqlRow::bytes(int column) const {
    const auto* start = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (start == nullptr) return {};
    return {start, start + sqlite3_column_bytes(statement_, column)};
}

SqlConnection::SqlConnection() : inside_(std::make_unique<Inside>()) {}
SqlConnection::SqlConnection(SqlConnection&&) noexcept = default;
SqlConnection& SqlConnection::operator=(SqlConnection&&) noexcept = default;
SqlConnection::~SqlConnection() = default;

Result<SqlConnection> SqlConnection::open(const std::filesystem::path& path, SqlMode mode,
                                          std::int32_t application_id) {
    if (may_write(mode)) VAKANT_CHECK(make_file(path));
    SqlConnection connection;
    Inside& inside = *connection.inside_;
    const int access = may_write(mode) || is_exclusive(mode) ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(path.c_str(), &inside.handle,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) return at(path.string(), error_of(inside.handle, code));
    if (Outcome set = inside.apply_settings(mode); !set.ok()) return at(path.string(), set.error());
    if (Outcome same = connection.check_settings(); !same.ok()) return at(path.string(), same.error());
    if (Outcome ours = inside.check_application(application_id, mode); !ours.ok())
        return at(path.string(), ours.error());
    return connection;
}

Outcome SqlConnection::execute(std::string_view sql) {
    return inside_->run_text(std::string(sql));
}

Result<sqlite3_stmt*> SqlConnection::prepared(std::string_view sql, const std::vector<SqlValue>& values) {
    constexpr std::size_t most_statements = 200;
    const std::string key(sql);
    sqlite3_stmt* statement = nullptr;
    if (const auto known = inside_->statements.find(key); known == inside_->statements.end()) {
        if (inside_->statements.size() >= most_statements) inside_->drop_idle_statements(false);
        VAKANT_TRY(fresh, inside_->prepare(sql, SQLITE_PREPARE_PERSISTENT));
        statement = inside_->statements.emplace(key, std::move(fresh)).first->second.get();
    } else if (sqlite3_stmt_busy(known->second.get()) == 0) {
        statement = known->second.get();
    } else {
        VAKANT_TRY(second, inside_->prepare(sql, 0));
        statement = inside_->extra.emplace_back(std::move(second)).get();
    }
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != values.size())
        return internal_error("a statement with the wrong number of values");
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int place = static_cast<int>(i) + 1;
        const int code = std::visit(
            [&](const auto& value) {
                using Value = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<Value, std::nullptr_t> || std::is_same_v<Value, NeverHeld>)
                    return sqlite3_bind_null(statement, place);
                if constexpr (std::is_same_v<Value, std::int64_t>)
                    return sqlite3_bind_int64(statement, place, value);
                if constexpr (std::is_same_v<Value, double>)
                    return sqlite3_bind_double(statement, place, value);
                if constexpr (std::is_same_v<Value, std::string>)
                    return sqlite3_bind_text64(statement, place, value.data(), value.size(), SQLITE_TRANSIENT,
                                               SQLITE_UTF8);
                if constexpr (std::is_same_v<Value, Bytes>) {
                    if (value.empty()) return sqlite3_bind_zeroblob(statement, place, 0);
                    return sqlite3_bind_blob64(statement, place, value.data(), value.size(),
                                               SQLITE_TRANSIENT);
                }
            },
            values[i]);
        if (code != SQLITE_OK) return error_of(inside_->handle, code);
    }
    return statement;
}

Result<bool> SqlConnection::step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset(statement);
        return false;
    }
    const Error error = inside_->failure(code);
    reset(statement);
    return error;
}

void SqlConnection::reset(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement); // no value outlives its use
    std::erase_if(inside_->extra,
                  [statement](const OwnedStatement& second) { return second.get() == statement; });
}

Result<std::int64_t> SqlConnection::run(std::string_view sql, const std::vector<SqlValue>& values) {
    VAKANT_TRY(statement, prepared(sql, values));
    const bool writes = sqlite3_stmt_readonly(statement) == 0;
    for (;;) {
        VAKANT_TRY(has_row, step(statement));
        if (!has_row) break;
    }
    return writes ? sqlite3_changes64(inside_->handle) : 0;
}

Result<std::optional<std::int64_t>> SqlConnection::query_integer(std::string_view sql,
                                                                 const std::vector<SqlValue>& values) {
    VAKANT_TRY(statement, prepared(sql, values));
    VAKANT_TRY(has_row, step(statement));
    std::optional<std::int64_t> found;
    if (!has_row) return found;
    const SqlRow row(statement);
    if (!row.is_null(0)) found = row.integer(0);
    reset(statement);
    return found;
}

Result<std::optional<std::string>> SqlConnection::query_text(std::string_view sql,
                                                             const std::vector<SqlValue>& values) {
    VAKANT_TRY(statement, prepared(sql, values));
    VAKANT_TRY(has_row, step(statement));
    std::optional<std::string> found;
    if (!has_row) return found;
    const SqlRow row(statement);
    if (!row.is_null(0)) found = row.text(0);
    reset(statement);
    return found;
}

std::int64_t SqlConnection::last_insert_id() const {
    return sqlite3_last_insert_rowid(inside_->handle);
}
bool SqlConnection::is_in_doubt() const {
    return inside_->in_doubt;
}
bool SqlConnection::in_transaction() const {
    return sqlite3_get_autocommit(inside_->handle) == 0;
}
sqlite3* SqlConnection::handle() const {
    return inside_->handle;
}

std::vector<std::pair<std::string, std::string>> SqlConnection::settings() const {
    std::vector<std::pair<std::string, std::string>> found;
    for (const Setting& setting : inside_->wanted)
        found.emplace_back(setting.name, inside_->read_setting(setting.name));
    found.emplace_back("defensive", inside_->defensive() ? "1" : "0");
    return found;
}

Outcome SqlConnection::check_settings() const {
    for (const Setting& setting : inside_->wanted) {
        const std::string found = inside_->read_setting(setting.name);
        if (found != setting.read_back) {
            return internal_error(std::string("SQLite's ") + setting.name + " is \"" + found +
                                  "\" and must be \"" + setting.read_back + "\"");
        }
    }
    if (!inside_->defensive()) return internal_error("SQLite's defensive mode is off");
    return done();
}

Outcome SqlConnection::checkpoint() {
    const int code =
        sqlite3_wal_checkpoint_v2(inside_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return inside_->failure(code);
    return done();
}

Outcome SqlConnection::quick_check() {
    VAKANT_TRY(word, query_text("PRAGMA quick_check(1)"));
    if (word != "ok") return Error{ErrorKind::damaged, "SQLite: " + word.value_or("no answer")};
    return done();
}

Outcome SqlConnection::integrity_check() {
    VAKANT_TRY(word, query_text("PRAGMA integrity_check(1)"));
    if (word != "ok") return Error{ErrorKind::damaged, "SQLite: " + word.value_or("no answer")};
    return done();
}

Outcome SqlConnection::copy_to(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return Error{ErrorKind::conflict, file.string() + ": is there already and is not written over"};
    VAKANT_CHECK(make_file(file));
    SqlConnection copy;
    Inside& to = *copy.inside_;
    int code = sqlite3_open_v2(file.c_str(), &to.handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) return at(file.string(), error_of(to.handle, code));
    sqlite3_backup* backup = sqlite3_backup_init(to.handle, "main", inside_->handle, "main");
    if (backup == nullptr) return at(file.string(), error_of(to.handle, sqlite3_errcode(to.handle)));
    code = sqlite3_backup_step(backup, -1); // all at once: one moment, whoever writes meanwhile
    const int finished = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) return at(file.string(), error_of(to.handle, code));
    if (finished != SQLITE_OK) return at(file.string(), error_of(to.handle, finished));
    return to.run_text("PRAGMA journal_mode=DELETE");
}

Result<SqlTransaction> SqlTransaction::begin(SqlConnection& connection) {
    VAKANT_TRY(rows, connection.run("BEGIN IMMEDIATE"));
    (void)rows;
    return SqlTransaction(connection);
}

Result<SqlTransaction> SqlTransaction::begin_reading(SqlConnection& connection) {
    VAKANT_TRY(rows, connection.run("BEGIN"));
    (void)rows;
    return SqlTransaction(connection);
}

SqlTransaction::SqlTransaction(SqlTransaction&& other) noexcept : connection_(other.connection_) {
    other.connection_ = nullptr;
}

SqlTransaction::~SqlTransaction() {
    if (connection_ == nullptr || !connection_->in_transaction()) return;
    connection_->run("ROLLBACK").ignore("nothing was committed, and nothing more can be done");
}

Outcome SqlTransaction::commit() {
    VAKANT_TRY(rows, connection_->run("COMMIT"));
    (void)rows;
    connection_ = nullptr;
    return done();
}

Outcome migrate(SqlConnection& connection, const std::vector<SqlMigration>& steps) {
    VAKANT_TRY(found, connection.query_integer("PRAGMA user_version"));
    const std::int64_t version = found.value_or(0);
    if (!steps.empty() && version > steps.back().version) {
        return Error{ErrorKind::unsupported, "the file is of version " + std::to_string(version) +
                                                 ", newer than this program's " +
                                                 std::to_string(steps.back().version)};
    }
    for (const SqlMigration& step : steps) {
        if (step.version <= version) continue;
        VAKANT_TRY(transaction, SqlTransaction::begin(connection));
        VAKANT_CHECK(connection.execute(step.sql));
        VAKANT_CHECK(connection.execute("PRAGMA user_version=" + std::to_string(step.version)));
        VAKANT_CHECK(transaction.commit());
    }
    return done();
}

} // namespace vakant
