#include "sync/session_store.h"

#include <algorithm>

#include "core/json/json.h"
#include "core/sql/sql.h"
#include "core/sql/store_files.h"
#include "core/sql/store_salvage.h"

namespace vakant {
namespace {

constexpr std::int32_t application_id = 0x566b5353; ///< "VkSS"

constexpr std::string_view schema = R"sql(
    CREATE TABLE sessions(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, test BLOB NOT NULL) STRICT;
    CREATE TABLE keys(
        session INTEGER NOT NULL REFERENCES sessions(number) ON DELETE CASCADE, place INTEGER NOT NULL,
        key BLOB NOT NULL, PRIMARY KEY(session, place)) STRICT, WITHOUT ROWID;
)sql";

/// What a row is, bound to its cipher text: rows cannot be exchanged.
std::string bound_to(std::string_view id, std::int64_t place) {
    return "vakant-session/1;" + std::string(id) + ";" + std::to_string(place);
}
constexpr std::int64_t place_of_test = -1;

class SqlSessionStore final : public SessionStore {
public:
    SqlSessionStore(SqlConnection connection, const StorageKey& key, std::filesystem::path file)
        : connection_(std::move(connection)), key_(key), file_(std::move(file)), parked_(connection_) {}

    Outcome begin(std::string_view id, std::string_view test_json) override {
        const Bytes cipher = encrypt(as_bytes(test_json), key_, as_bytes(bound_to(id, place_of_test)));
        VAKANT_TRY(rows,
                   connection_.run("INSERT INTO sessions(id, test) VALUES (?,?)", {std::string(id), cipher}));
        if (rows != 1) return internal_error("a session that was not kept");
        return done();
    }

    Outcome append(std::string_view id, const TypedKey& key) override {
        VAKANT_TRY(place,
                   connection_.query_integer(
                       "SELECT (SELECT count(*) FROM keys WHERE session=s.number) FROM sessions s WHERE id=?",
                       {std::string(id)}));
        if (!place) return not_found("no such session");
        // One length for every key, so that the length tells nothing.
        Json entry = Json::array({Json(static_cast<std::int64_t>(key.code_point)), Json(key.at_ms)});
        std::string text = entry.to_text();
        text.resize(std::max<std::size_t>(text.size(), 40), ' ');
        const Bytes cipher = encrypt(as_bytes(text), key_, as_bytes(bound_to(id, *place)));
        VAKANT_TRY(rows, connection_.run("INSERT INTO keys(session, place, key) "
                                         "SELECT number, ?, ? FROM sessions WHERE id=?",
                                         {*place, cipher, std::string(id)}));
        if (rows != 1) return internal_error("a key that was not kept");
        return done();
    }

    Outcome forget(std::string_view id) override {
        VAKANT_TRY(rows, connection_.run("DELETE FROM sessions WHERE id=?", {std::string(id)}));
        if (rows == 0) return done();
        return connection_.checkpoint(); // the log keeps no copy
    }

    Result<std::optional<StoredSession>> unfinished() override {
        std::optional<StoredSession> found;
        Bytes test;
        std::int64_t number = 0;
        VAKANT_CHECK(connection_.query("SELECT number, id, test FROM sessions ORDER BY number DESC LIMIT 1",
                                       {}, [&](const SqlRow& row) {
                                           number = row.integer(0);
                                           found = StoredSession{row.text(1), "", {}};
                                           test = row.bytes(2);
                                           return done();
                                       }));
        if (!found) return found;
        VAKANT_TRY(plain, decrypt(test, key_, as_bytes(bound_to(found->id, place_of_test))));
        found->test_json = std::string(as_text(plain));
        VAKANT_CHECK(connection_.query("SELECT place, key FROM keys WHERE session=? ORDER BY place", {number},
                                       [&](const SqlRow& row) { return read_key(row, *found); }));
        return found;
    }

    ParkedForms& parked() override { return parked_; }

    void sweep_aside(UtcMs now) override {
        const std::string ours = file_.filename().string() + ".damaged-";
        const auto latest = name_aside(file_, "damaged", now - parked_for_ms);
        const auto names = names_in(file_.parent_path());
        std::error_code code;
        for (const std::string& name : names.ok() ? *names : std::vector<std::string>())
            if (name.starts_with(ours) && name < latest.filename().string())
                std::filesystem::remove(file_.parent_path() / name, code);
    }
    bool usable() const override { return !connection_.is_in_doubt(); }

private:
    Outcome read_key(const SqlRow& row, StoredSession& session) const {
        if (row.integer(0) != static_cast<std::int64_t>(session.keys.size()))
            return Error{ErrorKind::damaged, "a session with a key missing"};
        VAKANT_TRY(text, decrypt(row.bytes(1), key_, as_bytes(bound_to(session.id, row.integer(0)))));
        VAKANT_TRY(entry, parse_json(as_text(text)));
        session.keys.push_back({static_cast<char32_t>(entry[0].integer_or(0)), entry[1].integer_or(0)});
        return done();
    }

    SqlConnection connection_;
    StorageKey key_;
    std::filesystem::path file_;
    ParkedForms parked_;
};

Result<SqlConnection> open_store(const std::filesystem::path& file) {
    VAKANT_TRY(connection, SqlConnection::open(file, SqlMode::durable, application_id));
    VAKANT_CHECK(migrate(connection, {{1, schema}, {2, parked_forms_schema()}}));
    VAKANT_CHECK(connection.quick_check());
    return connection;
}

/// Rows that cannot be read are left out.
Outcome keep_parked(SqlConnection& from, SqlConnection& to) {
    Outcome outcome = done();
    const auto keep = [&outcome](const Result<std::int64_t>& rows) {
        const bool fits = rows.ok() || rows.error().kind == ErrorKind::conflict;
        if (!fits && outcome.ok()) outcome = rows.error();
        return fits ? done() : outcome;
    };
    from.query("SELECT salt FROM parking", {},
               [&](const SqlRow& row) {
                   return keep(to.run("INSERT INTO parking VALUES (1, ?)", {row.bytes(0)}));
               })
        .ignore("without it no form can be opened");
    const auto last = from.query_integer("SELECT max(rowid) FROM parked");
    constexpr std::int64_t where_nobody_knows = 10'000;
    const std::int64_t most = last.ok() ? last->value_or(0) : where_nobody_knows;
    for (std::int64_t number = 1; number <= most; ++number) {
        from.query("SELECT place, parked_at, draft FROM parked NOT INDEXED WHERE rowid=?", {number},
                   [&](const SqlRow& row) {
                       return keep(to.run("INSERT INTO parked(place, parked_at, draft) VALUES (?,?,?)",
                                          {row.text(0), row.integer(1), row.bytes(2)}));
                   })
            .ignore("this form is lost; the next ones may not be");
        VAKANT_CHECK(outcome);
    }
    return outcome;
}

/// The newest test, with its keys as far as they can be read: the person goes on from there.
Outcome keep_test(SqlConnection& from, SqlConnection& to) {
    std::vector<std::vector<SqlValue>> keys;
    std::vector<SqlValue> test;
    from.query("SELECT id, test, number FROM sessions ORDER BY number DESC LIMIT 1", {},
               [&](const SqlRow& row) {
                   test = {std::int64_t{1}, row.text(0), row.bytes(1)};
                   return from.query("SELECT place, key FROM keys WHERE session=? ORDER BY place",
                                     {row.integer(2)}, [&](const SqlRow& key) {
                                         const auto place = static_cast<std::int64_t>(keys.size());
                                         if (key.integer(0) == place)
                                             keys.push_back({std::int64_t{1}, place, key.bytes(1)});
                                         return done();
                                     });
               })
        .ignore("what was read is kept");
    if (test.empty()) return done();
    VAKANT_TRY(begun, to.run("INSERT INTO sessions(number, id, test) VALUES (?,?,?)", test));
    (void)begun;
    for (const auto& key : keys) {
        VAKANT_TRY(rows, to.run("INSERT INTO keys(session, place, key) VALUES (?,?,?)", key));
        (void)rows;
    }
    return done();
}

Outcome salvage(const std::filesystem::path& file, UtcMs now) {
    return replace_damaged(file, now,
                           [](SqlConnection* damaged, const std::filesystem::path& fresh,
                              const std::filesystem::path&) -> Outcome {
                               VAKANT_TRY(store, open_store(fresh));
                               if (damaged == nullptr) return store.checkpoint();
                               VAKANT_TRY(transaction, SqlTransaction::begin(store));
                               VAKANT_CHECK(keep_parked(*damaged, store));
                               VAKANT_CHECK(keep_test(*damaged, store));
                               VAKANT_CHECK(transaction.commit());
                               return store.checkpoint();
                           });
}

} // namespace

Result<std::unique_ptr<SessionStore>> SessionStore::open(const std::filesystem::path& file,
                                                         const StorageKey& key, UtcMs now) {
    VAKANT_CHECK(finish_replacing(file));
    auto connection = open_store(file);
    // Once more: a reading that fails only once is no damage.
    if (!connection.ok() && connection.error().kind == ErrorKind::damaged) connection = open_store(file);
    if (!connection.ok() && connection.error().kind == ErrorKind::damaged) {
        VAKANT_CHECK(salvage(file, now));
        connection = open_store(file);
    }
    if (!connection.ok()) return connection.error();
    return std::unique_ptr<SessionStore>(
        std::make_unique<SqlSessionStore>(std::move(connection).value(), key, file));
}

} // namespace vakant
