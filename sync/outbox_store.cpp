#include "sync/outbox_store.h"

#include "core/sql/store_salvage.h"
#include "sync/audit_chain.h"
#include "sync/outbox_salvager.h"

namespace vakant {
namespace {

constexpr std::int32_t application_id = 0x566b4f42; ///< "VkOB"

constexpr std::string_view items_schema = R"sql(
    CREATE TABLE items(
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, agency TEXT NOT NULL, digest TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued','delivered','blocked','quarantined')),
        reason TEXT NOT NULL DEFAULT '', made_at INTEGER NOT NULL, reference INTEGER NOT NULL,
        epoch TEXT NOT NULL DEFAULT '', sequence INTEGER NOT NULL DEFAULT 0,
        received_at INTEGER NOT NULL DEFAULT 0, envelope BLOB NOT NULL, UNIQUE(agency, id)) STRICT;
    CREATE INDEX items_by_state ON items(state, number);
    CREATE TABLE answers(
        number INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES items(number) ON DELETE CASCADE,
        answer TEXT NOT NULL, UNIQUE(item, answer)) STRICT;
    CREATE TABLE reference_counter(one INTEGER PRIMARY KEY CHECK (one = 1), value INTEGER NOT NULL) STRICT;
    INSERT INTO reference_counter VALUES (1, 0);
)sql";

/// Each damaged file, by its name in the same folder; lost: NULL where nobody can know.
constexpr std::string_view salvages_schema = R"sql(
    CREATE TABLE salvages(
        number INTEGER PRIMARY KEY, at INTEGER NOT NULL, file TEXT NOT NULL UNIQUE,
        kept INTEGER NOT NULL, lost INTEGER) STRICT;
)sql";

Result<SqlConnection> open_store(const std::filesystem::path& file) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::durable, application_id));
    const std::string schema = std::string(items_schema) + std::string(audit_schema());
    VAKANT_CHECK(migrate(connection, {{1, schema}, {2, salvages_schema}}));
    return connection;
}

/// Everything that can be checked without a key: pages, each envelope against its digest, the audit chain.
Outcome check_store(SqlConnection& connection) {
    VAKANT_CHECK(connection.quick_check());
    VAKANT_CHECK(connection.query(
        "SELECT digest, envelope FROM items ORDER BY number", {}, [](const SqlRow& row) -> Outcome {
            if (row.text(0) == envelope_digest(row.bytes(1))) return done();
            return Error{ErrorKind::damaged, "an envelope that is not as it was kept"};
        }));
    VAKANT_TRY(counters, connection.query_integer("SELECT count(*) FROM reference_counter"));
    if (counters != 1) return Error{ErrorKind::damaged, "the reference counter is gone"};
    return check_audit(connection);
}

Result<SqlConnection> open_whole(const std::filesystem::path& file) {
    VAKANT_TRY(connection, open_store(file));
    VAKANT_CHECK(check_store(connection));
    return connection;
}

Outcome salvage(const std::filesystem::path& file, UtcMs now) {
    return replace_damaged(file, now,
                           [now](SqlConnection* damaged, const std::filesystem::path& fresh,
                                 const std::filesystem::path& aside) -> Outcome {
                               VAKANT_TRY(store, open_store(fresh));
                               VAKANT_CHECK(
                                   OutboxSalvager(damaged, store, now).all(aside.filename().string()));
                               return store.checkpoint();
                           });
}

/// A disk that could not be read then may be read now.
Outcome look_again(SqlConnection& store, const std::filesystem::path& file, UtcMs now) {
    std::vector<std::string> names;
    VAKANT_CHECK(store.query("SELECT file FROM salvages WHERE lost IS NULL OR lost>0 ORDER BY number", {},
                             [&names](const SqlRow& row) {
                                 names.push_back(row.text(0));
                                 return done();
                             }));
    for (const std::string& name : names) {
        auto damaged = SqlConnection::open(file.parent_path() / name, SqlMode::damaged);
        if (!damaged.ok()) continue; // taken away, or as it was
        const Outcome more = OutboxSalvager(&*damaged, store, now).what_was_lost(name);
        if (!more.ok() && more.error().kind != ErrorKind::disk_full) return more;
    }
    return done();
}

} // namespace

Result<SqlConnection> open_outbox_store(const std::filesystem::path& file, UtcMs now) {
    VAKANT_CHECK(finish_replacing(file));
    Result<SqlConnection> store = open_whole(file);
    // Once more: a reading that fails only once is no damage.
    if (!store.ok() && store.error().kind == ErrorKind::damaged) store = open_whole(file);
    if (!store.ok() && store.error().kind == ErrorKind::damaged) {
        VAKANT_CHECK(salvage(file, now));
        store = open_store(file);
    }
    if (store.ok()) VAKANT_CHECK(look_again(*store, file, now));
    return store;
}

Result<std::optional<OutboxSalvage>> salvage_of(SqlConnection& store, const std::filesystem::path& file) {
    std::optional<OutboxSalvage> found;
    VAKANT_CHECK(
        store.query("SELECT file, kept, lost FROM salvages ORDER BY number", {}, [&](const SqlRow& row) {
            std::error_code code;
            const std::filesystem::path aside = file.parent_path() / row.text(0);
            if (!std::filesystem::exists(aside, code)) return done();
            if (!found) found = OutboxSalvage{{}, 0, 0};
            found->moved_to = aside;
            found->kept += static_cast<std::size_t>(row.integer(1));
            if (row.is_null(2))
                found->lost.reset();
            else if (found->lost)
                *found->lost += static_cast<std::size_t>(row.integer(2));
            return done();
        }));
    return found;
}

} // namespace vakant
