// The agency's store: one read-write connection on one writer thread with group commit, and a few read-only
// ones; on PostgreSQL the writers of several processes take turns. Every capability of the agency keeps its
// rows here, in SQL that SQLite and PostgreSQL both take; what differs between the two stands in dialect.h
// alone. Any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/never_held.h"
#include "core/base/result.h"

namespace vakant {

using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, Bytes, NeverHeld>;
using Values = std::vector<Value>;

/// One row of an answer. Columns count from 0.
class Row {
public:
    virtual ~Row() = default;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string text(int column) const = 0;
    virtual Bytes bytes(int column) const = 0;
    std::optional<std::int64_t> integer_if_any(int column) const {
        if (is_null(column)) return std::nullopt;
        return integer(column);
    }
};
using EachRow = std::function<Outcome(const Row&)>;

/// What a job on the store may do. Lives only as long as the job.
class Connection {
public:
    virtual ~Connection() = default;
    /// One statement with `?` for values, in order. Returns the number of rows changed.
    virtual Result<std::int64_t> run(std::string_view sql, const Values& values = {}) = 0;
    virtual Outcome query(std::string_view sql, const Values& values, const EachRow& each) = 0;
    Result<std::optional<std::int64_t>> find_integer(std::string_view sql, const Values& values = {});
    Result<std::optional<std::string>> find_text(std::string_view sql, const Values& values = {});
};
using Job = std::function<Outcome(Connection&)>;

/// Some ids, as what follows "column IN". The statement is the same whatever their number, so that a store
/// prepares it once: the last id stands there several times.
class Among {
public:
    static constexpr std::size_t most = 16;
    /// One id at least, and no more than `most`.
    explicit Among(std::span<const std::string> ids);
    static const std::string& sql();
    const Values& values() const { return values_; }

private:
    Values values_;
};

struct DatabaseSettings {
    std::filesystem::path file;
    /// Not empty: PostgreSQL instead of the file, as libpq takes it ("host=.. dbname=.." or postgresql://..).
    std::string postgres;
    std::size_t most_in_group = 256; ///< 1: one commit for each job
    std::size_t readers = 4;
};

class Database {
public:
    /// Applies the migrations, checks the file, reads the settings back.
    static Result<std::unique_ptr<Database>> open(const DatabaseSettings& settings);
    virtual ~Database() = default; ///< does what is queued, then closes

    /// Runs `job` on the writer's thread. When the future is done, the job's rows are durable; where it
    /// failed, nothing of it is kept. Jobs that wait at the same time share one commit, each in its own
    /// savepoint.
    virtual std::future<Outcome> submit(Job job) = 0;
    Outcome write(Job job) { return submit(std::move(job)).get(); }
    /// The same with a value.
    template <typename T>
    Result<T> write_for(std::function<Result<T>(Connection&)> job);

    /// Runs `job` here on one of the read-only connections, in one snapshot.
    virtual Outcome read(const Job& job) = 0;
    template <typename T>
    Result<T> read_for(const std::function<Result<T>(Connection&)>& job);

    virtual std::vector<std::pair<std::string, std::string>> settings() const = 0;
    /// The whole store as it is at one moment, in one new file, while jobs go on. unsupported: PostgreSQL,
    /// which has its own means.
    virtual Outcome copy_to(const std::filesystem::path& file) = 0;
    /// Jobs and commits so far, for tests and the bench.
    struct Counts {
        std::uint64_t jobs = 0, commits = 0;
    };
    virtual Counts counts() const = 0;
};

template <typename T>
Result<T> Database::write_for(std::function<Result<T>(Connection&)> job) {
    std::optional<T> value;
    VAKANT_CHECK(write([&](Connection& connection) -> Outcome {
        VAKANT_TRY(made, job(connection));
        value.emplace(std::move(made));
        return done();
    }));
    return std::move(*value);
}

template <typename T>
Result<T> Database::read_for(const std::function<Result<T>(Connection&)>& job) {
    std::optional<T> value;
    VAKANT_CHECK(read([&](Connection& connection) -> Outcome {
        VAKANT_TRY(made, job(connection));
        value.emplace(std::move(made));
        return done();
    }));
    return std::move(*value);
}

/// The next number of a counter, from 1. Never given twice, also after a restart.
Result<std::int64_t> next_number(Connection& connection, std::string_view counter);

/// A setting of the whole installation, e.g. "epoch".
Result<std::optional<std::string>> find_setting(Connection& connection, std::string_view name);
Outcome keep_setting(Connection& connection, std::string_view name, std::string_view value);

} // namespace vakant
