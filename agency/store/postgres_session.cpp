#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

#include "agency/store/dialect.h"
#include "agency/store/migrations.h"
#include "agency/store/session.h"

namespace vakant {

namespace {

/// The one lock under which migrations run and the writers of all processes take turns.
constexpr std::string_view store_lock = "622113841";

// Type numbers of PostgreSQL's catalogue (pg_type.dat), fixed since its beginnings.
constexpr Oid unknown_type = 0, bytes_type = 17, integer_type = 20, text_type = 25, real_type = 701;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answered = std::unique_ptr<PGresult, ClearResult>;

struct FinishConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

ErrorKind kind_of(std::string_view state) {
    if (state.starts_with("23")) return ErrorKind::conflict;
    if (state.starts_with("53")) return ErrorKind::disk_full;
    // 08: the connection; 40: serialisation, deadlock; 55, 57: locks, shutting down.
    if (state.empty() || state.starts_with("08") || state.starts_with("40") || state.starts_with("55") ||
        state.starts_with("57"))
        return ErrorKind::unavailable;
    if (state == "25006" || state.starts_with("42501")) return ErrorKind::refused;
    return ErrorKind::internal;
}

/// SQLSTATE and the first line only: what follows may repeat values.
Error error_of(const PGresult* result, const PGconn* connection) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    std::string detail = "PostgreSQL: ";
    detail += words != nullptr ? words : PQerrorMessage(connection);
    while (!detail.empty() && detail.back() == '\n')
        detail.pop_back();
    return {kind_of(state == nullptr ? "" : state),
            detail + (state == nullptr ? "" : std::string(" (") + state + ")")};
}

class PostgresRow final : public Row {
public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) == 1; }
    std::int64_t integer(int column) const override { return std::strtoll(value(column), nullptr, 10); }
    double real(int column) const override { return std::strtod(value(column), nullptr); }
    std::string text(int column) const override {
        return {value(column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    Bytes bytes(int column) const override {
        const std::string hex = text(column); // "\x0a1b"
        if (!hex.starts_with("\\x")) return {};
        return from_hex(std::string_view(hex).substr(2)).value_or({});
    }

private:
    const char* value(int column) const { return PQgetvalue(result_, row_, column); }
    const PGresult* result_;
    int row_;
};

/// The values of one statement as libpq takes them. Numbers and texts go as text, bytes as they are.
class Parameters {
public:
    explicit Parameters(const Values& values) {
        texts_.reserve(values.size());
        for (const Value& value : values)
            std::visit([this](const auto& each) { add(each); }, value);
        for (std::size_t i = 0; i < texts_.size(); ++i)
            pointers_.push_back(types_[i] == unknown_type ? nullptr : texts_[i].data());
    }
    int count() const { return static_cast<int>(texts_.size()); }
    const Oid* types() const { return types_.data(); }
    const char* const* values() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }
    /// Statements are prepared for one list of types.
    std::string signature() const {
        std::string text;
        for (const Oid type : types_)
            text += std::to_string(type) + ",";
        return text;
    }

private:
    void add(std::nullptr_t) { add_text({}, unknown_type, 0); }
    void add(const NeverHeld&) { add(nullptr); }
    void add(std::int64_t number) { add_text(std::to_string(number), integer_type, 0); }
    void add(double number) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.17g", number);
        add_text(text.data(), real_type, 0);
    }
    void add(const std::string& text) { add_text(text, text_type, 0); }
    void add(const Bytes& bytes) { add_text(std::string(as_text(bytes)), bytes_type, 1); }
    void add_text(std::string text, Oid type, int format) {
        lengths_.push_back(static_cast<int>(text.size()));
        texts_.push_back(std::move(text));
        types_.push_back(type);
        formats_.push_back(format);
    }

    std::vector<std::string> texts_;
    std::vector<const char*> pointers_;
    std::vector<Oid> types_;
    std::vector<int> lengths_, formats_;
};

class PostgresSession final : public StoreSession, private Connection {
public:
    static Result<std::unique_ptr<PostgresSession>> open(const std::string& address) {
        auto session = std::unique_ptr<PostgresSession>(new PostgresSession(address));
        VAKANT_CHECK(session->connect());
        return session;
    }

    Connection& connection() override { return *this; }
    Outcome begin_writing() override {
        VAKANT_CHECK(begin("BEGIN"));
        return execute("SELECT pg_advisory_xact_lock(" + std::string(store_lock) + ")");
    }
    Outcome begin_reading() override { return begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
    Outcome commit() override {
        const Answered answered(PQexec(handle_.get(), "COMMIT"));
        if (PQresultStatus(answered.get()) != PGRES_COMMAND_OK)
            return error_of(answered.get(), handle_.get());
        // A transaction in which a statement failed answers COMMIT with ROLLBACK.
        if (std::string_view(PQcmdStatus(answered.get())) != "COMMIT")
            return internal_error("the store rolled the group back");
        return done();
    }
    void roll_back() override {
        if (in_transaction()) execute("ROLLBACK").ignore("nothing more can be done");
    }
    bool in_transaction() const override {
        const PGTransactionStatusType status = PQtransactionStatus(handle_.get());
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
    }
    std::vector<std::pair<std::string, std::string>> settings() const override { return settings_; }

    Outcome execute(const std::string& sql) {
        const Answered answered(PQexec(handle_.get(), sql.c_str()));
        const ExecStatusType status = PQresultStatus(answered.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return done();
        return error_of(answered.get(), handle_.get());
    }
    Result<std::int64_t> run(std::string_view sql, const Values& values) override {
        VAKANT_TRY(answered, answer(sql, values));
        const std::string_view changed = PQcmdTuples(answered.get());
        return changed.empty() ? 0 : std::strtoll(changed.data(), nullptr, 10);
    }
    Outcome query(std::string_view sql, const Values& values, const EachRow& each) override {
        VAKANT_TRY(answered, answer(sql, values));
        for (int row = 0; row < PQntuples(answered.get()); ++row)
            VAKANT_CHECK(each(PostgresRow(answered.get(), row)));
        return done();
    }

private:
    explicit PostgresSession(std::string address) : address_(std::move(address)) {}

    Outcome begin(const std::string& sql) {
        if (PQstatus(handle_.get()) != CONNECTION_OK) VAKANT_CHECK(connect());
        Outcome begun = execute(sql);
        // The server may have gone away while nobody asked it anything: once more on a new connection.
        if (!begun.ok() && PQstatus(handle_.get()) != CONNECTION_OK) {
            VAKANT_CHECK(connect());
            begun = execute(sql);
        }
        return begun;
    }
    Outcome connect();
    Outcome read_settings();
    Result<Answered> answer(std::string_view sql, const Values& values);
    Result<std::string> prepared(std::string_view sql, const Parameters& parameters);

    std::string address_;
    std::unique_ptr<PGconn, FinishConnection> handle_;
    std::map<std::string, std::string> statements_; ///< text and types: the name it was prepared under
    std::vector<std::pair<std::string, std::string>> settings_;
};

Outcome PostgresSession::connect() {
    statements_.clear();
    handle_.reset(PQconnectdb(address_.c_str()));
    if (PQstatus(handle_.get()) != CONNECTION_OK) {
        std::string why = PQerrorMessage(handle_.get());
        why = why.substr(0, why.find('\n'));
        return Error{ErrorKind::unavailable, "PostgreSQL: " + why};
    }
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    // What a commit must mean does not depend on the server's file of settings.
    VAKANT_CHECK(execute("SET synchronous_commit = on"));
    VAKANT_CHECK(execute("SET client_encoding = 'UTF8'"));
    VAKANT_CHECK(execute("SET standard_conforming_strings = on"));
    VAKANT_CHECK(execute("SET bytea_output = 'hex'"));
    VAKANT_CHECK(execute("SET client_min_messages = warning"));
    return read_settings();
}

Outcome PostgresSession::read_settings() {
    settings_.clear();
    for (const std::string name : {"server_version", "synchronous_commit", "fsync", "full_page_writes"}) {
        VAKANT_TRY(value, find_text("SELECT current_setting(?)", {name}));
        settings_.emplace_back(name, value.value_or(""));
    }
    return done();
}

Result<std::string> PostgresSession::prepared(std::string_view sql, const Parameters& parameters) {
    const std::string key = parameters.signature() + std::string(sql);
    const auto known = statements_.find(key);
    if (known != statements_.end()) return known->second;
    const std::string name = "s" + std::to_string(statements_.size());
    const Answered answered(PQprepare(handle_.get(), name.c_str(), with_numbered_values(sql).c_str(),
                                      parameters.count(), parameters.types()));
    if (PQresultStatus(answered.get()) != PGRES_COMMAND_OK) return error_of(answered.get(), handle_.get());
    statements_.emplace(key, name);
    return name;
}

Result<Answered> PostgresSession::answer(std::string_view sql, const Values& values) {
    const Parameters parameters(values);
    VAKANT_TRY(name, prepared(sql, parameters));
    Answered answered(PQexecPrepared(handle_.get(), name.c_str(), parameters.count(), parameters.values(),
                                     parameters.lengths(), parameters.formats(), 0));
    const ExecStatusType status = PQresultStatus(answered.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return error_of(answered.get(), handle_.get());
    return answered;
}

/// Each step once, in order, under the lock: several processes may start at the same moment.
Outcome apply_migrations(PostgresSession& session) {
    VAKANT_CHECK(session.begin_writing());
    VAKANT_CHECK(session.execute("CREATE TABLE IF NOT EXISTS applied_migrations (agency_id TEXT NOT NULL, "
                                 "version BIGINT NOT NULL PRIMARY KEY)"));
    std::set<std::int64_t> applied;
    VAKANT_CHECK(session.query("SELECT version FROM applied_migrations", {}, [&applied](const Row& row) {
        applied.insert(row.integer(0));
        return done();
    }));
    const std::int64_t newest = agency_migrations().back().version;
    if (!applied.empty() && *applied.rbegin() > newest)
        return Error{ErrorKind::unsupported, "the store is of version " + std::to_string(*applied.rbegin()) +
                                                 ", newer than this program's " + std::to_string(newest)};
    for (const Migration& step : agency_migrations()) {
        if (applied.contains(step.version)) continue;
        VAKANT_CHECK(session.execute(in_dialect(step.text, postgres_dialect)));
        VAKANT_TRY(kept, session.run("INSERT INTO applied_migrations (agency_id, version) VALUES ('', ?)",
                                     {std::int64_t{step.version}}));
        (void)kept;
    }
    return session.commit();
}

} // namespace

Result<StoreSessions> open_postgres(const DatabaseSettings& settings) {
    VAKANT_TRY(writer, PostgresSession::open(settings.postgres));
    const Outcome migrated = apply_migrations(*writer);
    if (!migrated.ok()) {
        writer->roll_back();
        return migrated.error();
    }
    StoreSessions sessions;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.readers); ++i) {
        VAKANT_TRY(reader, PostgresSession::open(settings.postgres));
        sessions.readers.push_back(std::move(reader));
    }
    sessions.writer = std::move(writer);
    return sessions;
}

} // namespace vakant
