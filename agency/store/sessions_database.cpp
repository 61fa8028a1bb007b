#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "agency/store/database.h"
#include "agency/store/session.h"

namespace vakant {

namespace {

struct Task {
    Job job;
    std::promise<Outcome> promise;
    std::optional<Outcome> outcome;
};

/// Group commit and a pool of readers, over whichever store.
class SessionsDatabase final : public Database {
public:
    SessionsDatabase(StoreSessions sessions, std::size_t most_in_group)
        : writer_(std::move(sessions.writer)), readers_(std::move(sessions.readers)),
          copy_to_(std::move(sessions.copy_to)), most_in_group_(std::max<std::size_t>(1, most_in_group)),
          settings_(writer_->settings()) {
        for (const auto& reader : readers_)
            idle_.push_back(reader.get());
        thread_ = std::thread([this] { write_groups(); });
    }
    ~SessionsDatabase() override {
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
    Outcome copy_to(const std::filesystem::path& file) override {
        if (copy_to_) return copy_to_(file);
        return Error{ErrorKind::unsupported,
                     "the store is in PostgreSQL: back it up by PostgreSQL's own means (pg_dump), between "
                     "`backup --position` and `backup --noted`"};
    }
    Counts counts() const override {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

private:
    void write_groups();
    std::vector<Task> next_group();
    Outcome run_group(std::vector<Task>& group);
    Outcome run_in_savepoint(Task& task);

    std::unique_ptr<StoreSession> writer_; ///< writer thread only, once that runs
    std::vector<std::unique_ptr<StoreSession>> readers_;
    const std::function<Outcome(const std::filesystem::path&)> copy_to_;
    const std::size_t most_in_group_;
    const std::vector<std::pair<std::string, std::string>> settings_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Task> tasks_;
    bool closing_ = false;
    Counts counts_;
    std::mutex readers_mutex_;
    std::condition_variable reader_free_;
    std::vector<StoreSession*> idle_;
    std::thread thread_;
};

std::vector<Task> SessionsDatabase::next_group() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !tasks_.empty() || closing_; });
    std::vector<Task> group;
    while (!tasks_.empty() && group.size() < most_in_group_) {
        group.push_back(std::move(tasks_.front()));
        tasks_.pop_front();
    }
    return group;
}

void SessionsDatabase::write_groups() {
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

Outcome SessionsDatabase::run_group(std::vector<Task>& group) {
    VAKANT_CHECK(writer_->begin_writing());
    Outcome outcome = done();
    if (group.size() == 1) outcome = *(group.front().outcome = group.front().job(writer_->connection()));
    for (Task& task : group) {
        if (group.size() > 1 && outcome.ok()) outcome = run_in_savepoint(task);
    }
    if (outcome.ok()) outcome = writer_->commit();
    if (!outcome.ok()) writer_->roll_back();
    return outcome;
}

/// Fails only where the whole group must: what a job itself answers is kept in its task.
Outcome SessionsDatabase::run_in_savepoint(Task& task) {
    Connection& connection = writer_->connection();
    const auto execute = [&connection](std::string_view sql) -> Outcome {
        VAKANT_TRY(rows, connection.run(sql));
        (void)rows;
        return done();
    };
    VAKANT_CHECK(execute("SAVEPOINT job"));
    task.outcome = task.job(connection);
    if (!writer_->in_transaction())
        return internal_error("the store rolled the group back"); // disk full or connection lost, mostly
    if (!task.outcome->ok()) VAKANT_CHECK(execute("ROLLBACK TO SAVEPOINT job"));
    return execute("RELEASE SAVEPOINT job");
}

Outcome SessionsDatabase::read(const Job& job) {
    StoreSession* reader = nullptr;
    {
        std::unique_lock lock(readers_mutex_);
        reader_free_.wait(lock, [this] { return !idle_.empty(); });
        reader = idle_.back();
        idle_.pop_back();
    }
    Outcome outcome = reader->begin_reading();
    if (outcome.ok()) outcome = job(reader->connection());
    reader->roll_back();
    {
        const std::lock_guard lock(readers_mutex_);
        idle_.push_back(reader);
    }
    reader_free_.notify_one();
    return outcome;
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const DatabaseSettings& settings) {
    VAKANT_TRY(sessions, settings.postgres.empty() ? open_sqlite(settings) : open_postgres(settings));
    return std::unique_ptr<Database>(
        std::make_unique<SessionsDatabase>(std::move(sessions), settings.most_in_group));
}

} // namespace vakant
