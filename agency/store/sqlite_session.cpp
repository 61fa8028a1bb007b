#include <algorithm>

#include "agency/store/backup.h"
#include "agency/store/dialect.h"
#include "agency/store/migrations.h"
#include "agency/store/session.h"
#include "core/sql/sql.h"

namespace vakant {

namespace {

class SqliteRow final : public Row {
public:
    explicit SqliteRow(const SqlRow& row) : row_(&row) {}
    bool is_null(int column) const override { return row_->is_null(column); }
    std::int64_t integer(int column) const override { return row_->integer(column); }
    double real(int column) const override { return row_->real(column); }
    std::string text(int column) const override { return row_->text(column); }
    Bytes bytes(int column) const override { return row_->bytes(column); }

private:
    const SqlRow* row_;
};

class SqliteSession final : public StoreSession, private Connection {
public:
    explicit SqliteSession(SqlConnection sql) : sql_(std::move(sql)) {}

    Connection& connection() override { return *this; }
    Outcome begin_writing() override { return execute("BEGIN IMMEDIATE"); }
    Outcome begin_reading() override { return execute("BEGIN"); }
    Outcome commit() override { return execute("COMMIT"); }
    void roll_back() override {
        if (sql_.in_transaction()) execute("ROLLBACK").ignore("nothing more can be done");
    }
    bool in_transaction() const override { return sql_.in_transaction(); }
    std::vector<std::pair<std::string, std::string>> settings() const override { return sql_.settings(); }

private:
    Outcome execute(std::string_view sql) {
        VAKANT_TRY(rows, sql_.run(sql));
        (void)rows;
        return done();
    }
    Result<std::int64_t> run(std::string_view sql, const Values& values) override {
        return sql_.run(sql, values);
    }
    Outcome query(std::string_view sql, const Values& values, const EachRow& each) override {
        return sql_.query(sql, values, [&](const SqlRow& row) { return each(SqliteRow(row)); });
    }

    SqlConnection sql_;
};

Outcome apply_migrations(SqlConnection& connection) {
    std::vector<std::string> texts;
    std::vector<SqlMigration> steps;
    for (const Migration& step : agency_migrations())
        texts.push_back(in_dialect(step.text, sqlite_dialect));
    for (std::size_t i = 0; i < texts.size(); ++i)
        steps.push_back({agency_migrations()[i].version, texts[i]});
    return migrate(connection, steps);
}

} // namespace

Result<StoreSessions> open_sqlite(const DatabaseSettings& settings) {
    if (std::error_code ignored; std::filesystem::exists(half_restored(settings.file), ignored))
        return refused(half_restored(settings.file).string() +
                       ": a restore was cut off; run it again before anything else");
    VAKANT_TRY(writer, SqlConnection::open(settings.file, SqlMode::durable_shared, agency_application_id));
    VAKANT_CHECK(writer.quick_check());
    VAKANT_CHECK(apply_migrations(writer));
    StoreSessions sessions;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.readers); ++i) {
        VAKANT_TRY(reader, SqlConnection::open(settings.file, SqlMode::shared_reader, agency_application_id));
        sessions.readers.push_back(std::make_unique<SqliteSession>(std::move(reader)));
    }
    sessions.writer = std::make_unique<SqliteSession>(std::move(writer));
    sessions.copy_to = [from = settings.file](const std::filesystem::path& to) -> Outcome {
        VAKANT_TRY(reader, SqlConnection::open(from, SqlMode::shared_reader, agency_application_id));
        return reader.copy_to(to);
    };
    return sessions;
}

} // namespace vakant
