#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "agency/store/database.h"
#include "agency/store/dialect.h"
#include "agency/store/migrations.h"
#include "core/sql/sql.h"

namespace vakant {

namespace {

constexpr std::int32_t application_id = 0x564b4147; // "VKAG"

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

class SqliteConnection final : public Connection {
public:
    explicit SqliteConnection(SqlConnection& sql) : sql_(&sql) {}
    Result<std::int64_t> run(std::string_view sql, const Values& values) override {
        return sql_->run(sql, values);
    }
    Outcome query(std::string_view sql, const Values& values, const EachRow& each) override {
        return sql_->query(sql, values, [&](const SqlRow& row) { return each(SqliteRow(row)); });
    }

private:
    SqlConnection* sql_;
};

struct Task {
    Job job;
    std::promise<Outcome> promise;
    std::optional<Outcome> outcome;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(SqlConnection writer, std::vector<std::unique_ptr<SqlConnection>> readers,
                   std::size_t most_in_group)
        : writer_(std::move(writer)), readers_(std::move(readers)),
          most_in_group_(std::max<std::size_t>(1, most_in_group)), settings_(writer_.settings()) {
        for (const auto& reader : readers_)
            idle_.push_back(reader.get());
        thread_ = std::thread([this] { write_groups(); });
    }
    ~SqliteDatabase() override {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        arrived_.notify_all();
        thread_.join();
        idle_.clear();
        readers_.clear(); // before the writer, so that the writer alone makes the last checkpoint
    }

    std::future<Outcome> submit(Job job) override {
        Task task{std::move(job), {}, std::nullopt};
        auto future = task.promise.get_future();
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        arrived_.notify_one();
        return future;
    }
    Outcome read(const Job& job) override;
    std::vector<std::pair<std::string, std::string>> settings() const override { return settings_; }
    Counts counts() const override {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

private:
    void write_groups();
    std::vector<Task> next_group();
    Outcome run_group(std::vector<Task>& group);
    Outcome run_in_savepoint(Task& task);

    SqlConnection writer_; ///< writer thread only, once that runs
    std::vector<std::unique_ptr<SqlConnection>> readers_;
    const std::size_t most_in_group_;
    const std::vector<std::pair<std::string, std::string>> settings_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Task> tasks_;
    bool closing_ = false;
    Counts counts_;
    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<SqlConnection*> idle_;
    std::thread thread_;
};

std::vector<Task> SqliteDatabase::next_group() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !tasks_.empty() || closing_; });
    std::vector<Task> group;
    while (!tasks_.empty() && group.size() < most_in_group_) {
        group.push_back(std::move(tasks_.front()));
        tasks_.pop_front();
    }
    return group;
}

void SqliteDatabase::write_groups() {
    for (;;) {
        std::vector<Task> group = next_group();
        if (group.empty()) return;
        const Outcome committed = run_group(group);
        const bool kept = committed.ok();
        {
            const std::lock_guard lock(mutex_);
            counts_.jobs += group.size();
            counts_.commits += kept ? 1 : 0;
        }
        for (Task& task : group) {
            const bool failed_itself = task.outcome && !task.outcome->ok();
            task.promise.set_value(kept || failed_itself ? *task.outcome : committed);
        }
    }
}

Outcome SqliteDatabase::run_group(std::vector<Task>& group) {
    VAKANT_TRY(transaction, SqlTransaction::begin(writer_));
    if (group.size() == 1) {
        SqliteConnection connection(writer_);
        group.front().outcome = group.front().job(connection);
        if (!group.front().outcome->ok()) return *group.front().outcome; // rolled back on leaving
        return transaction.commit();
    }
    for (Task& task : group)
        VAKANT_CHECK(run_in_savepoint(task));
    return transaction.commit();
}

/// Fails only where the whole group must: what a job itself answers is kept in its task.
Outcome SqliteDatabase::run_in_savepoint(Task& task) {
    SqliteConnection connection(writer_);
    VAKANT_TRY(opened, writer_.run("SAVEPOINT job"));
    (void)opened;
    task.outcome = task.job(connection);
    if (!writer_.in_transaction())
        return internal_error("the store rolled the group back"); // disk full, mostly
    if (!task.outcome->ok()) {
        VAKANT_TRY(undone, writer_.run("ROLLBACK TO job"));
        (void)undone;
    }
    VAKANT_TRY(released, writer_.run("RELEASE job"));
    (void)released;
    return done();
}

Outcome SqliteDatabase::read(const Job& job) {
    SqlConnection* reader = nullptr;
    {
        std::unique_lock lock(readers_mutex_);
        reader_free_.wait(lock, [this] { return !idle_.empty(); });
        reader = idle_.back();
        idle_.pop_back();
    }
    const Outcome outcome = [&]() -> Outcome {
        VAKANT_TRY(begun, reader->run("BEGIN"));
        (void)begun;
        SqliteConnection connection(*reader);
        return job(connection);
    }();
    if (reader->in_transaction()) reader->run("ROLLBACK").ignore("nothing was written");
    {
        const std::lock_guard lock(readers_mutex_);
        idle_.push_back(reader);
    }
    reader_free_.notify_one();
    return outcome;
}

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

Result<std::unique_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    VAKANT_TRY(writer, SqlConnection::open(settings.file, SqlMode::durable_shared, application_id));
    VAKANT_CHECK(writer.quick_check());
    VAKANT_CHECK(apply_migrations(writer));
    std::vector<std::unique_ptr<SqlConnection>> readers;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.readers); ++i) {
        VAKANT_TRY(reader, SqlConnection::open(settings.file, SqlMode::shared_reader, application_id));
        readers.push_back(std::make_unique<SqlConnection>(std::move(reader)));
    }
    return std::unique_ptr<Database>(
        std::make_unique<SqliteDatabase>(std::move(writer), std::move(readers), settings.most_in_group));
}

} // namespace vakant
