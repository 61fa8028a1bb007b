// Durable writes, measured in one run on one disk: the disk itself, the kiosk's single insert, and the
// backend's group commit against one commit each. Rounds are interleaved, so that a busy minute hits all four
// alike.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <thread>

#include "agency/store/database.h"
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/json/json.h"
#include "core/sql/sql.h"

namespace vakant {
namespace {

constexpr std::size_t body_bytes = 1536;  ///< what a registration or a typing test is, once sealed
constexpr std::size_t block_bytes = 4096; ///< the least that a disk writes
constexpr std::size_t disk_blocks = 1024;
constexpr int producers = 64;
constexpr std::string_view table =
    "CREATE TABLE IF NOT EXISTS measured "
    "(id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, body BLOB NOT NULL) STRICT";
constexpr std::string_view insert = "INSERT INTO measured (uid, body) VALUES (?, ?)";

using Seconds = std::chrono::duration<double>;
using Work =
    std::function<Result<std::int64_t>(Seconds)>; ///< works for so long, says how often it was durable

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    SystemRandom().fill(bytes);
    return bytes;
}

bool before(std::chrono::steady_clock::time_point start, Seconds length) {
    return std::chrono::steady_clock::now() - start < length;
}

/// What the disk gives at the most: a block in place and fdatasync.
Result<std::int64_t> overwrite_blocks(int file, const Bytes& block, Seconds length) {
    std::int64_t written = 0;
    for (const auto start = std::chrono::steady_clock::now(); before(start, length); ++written) {
        const auto offset = static_cast<off_t>(static_cast<std::size_t>(written) % disk_blocks * block_bytes);
        if (pwrite(file, block.data(), block.size(), offset) != static_cast<ssize_t>(block.size()))
            return internal_error("pwrite failed");
        if (fdatasync(file) != 0) return internal_error("fdatasync failed");
    }
    return written;
}

/// As the kiosk's outbox does it: one row, one commit.
Result<std::int64_t> insert_singly(SqlConnection& connection, const Bytes& body, Seconds length) {
    SystemRandom random;
    std::int64_t written = 0;
    for (const auto start = std::chrono::steady_clock::now(); before(start, length); ++written)
        VAKANT_CHECK(connection.run(insert, {make_uuid(random), body}));
    return written;
}

/// As the backend does it: many requests wait for their rows at the same time.
Result<std::int64_t> insert_from_producers(Database& database, const Bytes& body, Seconds length) {
    std::vector<std::thread> threads;
    std::vector<std::int64_t> written(producers, 0);
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t& mine : written)
        threads.emplace_back([&database, &body, &mine, start, length] {
            SystemRandom random;
            while (before(start, length)) {
                const std::string uid = make_uuid(random);
                const Outcome kept = database.write([&](Connection& connection) -> Outcome {
                    VAKANT_CHECK(connection.run(insert, {uid, body}));
                    return done();
                });
                if (!kept.ok()) return;
                ++mine;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    std::int64_t sum = 0;
    for (const std::int64_t mine : written) {
        if (mine == 0) return internal_error("a producer got nothing written");
        sum += mine;
    }
    return sum;
}

Result<std::unique_ptr<Database>> open_database(const std::filesystem::path& file,
                                                std::size_t most_in_group) {
    VAKANT_TRY(database,
               Database::open({.file = file, .postgres = {}, .most_in_group = most_in_group, .readers = 1}));
    VAKANT_CHECK(database->write([](Connection& connection) -> Outcome {
        VAKANT_CHECK(connection.run(table));
        return done();
    }));
    return database;
}

Result<int> open_blocks(const std::filesystem::path& path, const Bytes& block) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return internal_error(path.string() + ": cannot be created");
    for (std::size_t i = 0; i < disk_blocks; ++i)
        if (write(file, block.data(), block.size()) != static_cast<ssize_t>(block.size()))
            return internal_error(path.string() + ": cannot be filled");
    if (fsync(file) != 0) return internal_error(path.string() + ": fsync failed");
    return file;
}

struct Measured {
    std::string name;
    Work work;
    Json rates = Json::array();
};

Outcome measure(std::vector<Measured>& all, int rounds, Seconds length) {
    for (int round = -1; round < rounds; ++round)
        for (Measured& one : all) {
            sync(); // what the one before left to be written shall not be this one's burden
            const auto start = std::chrono::steady_clock::now();
            VAKANT_TRY(count, one.work(round < 0 ? length / 4 : length));
            const Seconds took = std::chrono::steady_clock::now() - start;
            if (round >= 0)
                one.rates.push(static_cast<double>(count) / took.count()); // the first one warms up
        }
    return done();
}

Outcome run(const std::filesystem::path& folder, int rounds, Seconds length) {
    std::filesystem::create_directories(folder);
    const Bytes block = random_bytes(block_bytes), body = random_bytes(body_bytes);
    VAKANT_TRY(blocks, open_blocks(folder / "blocks", block));
    VAKANT_TRY(kiosk, SqlConnection::open(folder / "kiosk.db", SqlMode::durable));
    VAKANT_CHECK(kiosk.execute(table));
    VAKANT_TRY(grouped, open_database(folder / "grouped.db", 256));
    VAKANT_TRY(one_each, open_database(folder / "one-each.db", 1));
    std::vector<Measured> all;
    all.push_back({"raw_fdatasync", [&](Seconds s) { return overwrite_blocks(blocks, block, s); }});
    all.push_back({"single_insert", [&](Seconds s) { return insert_singly(kiosk, body, s); }});
    all.push_back({"one_commit_each", [&](Seconds s) { return insert_from_producers(*one_each, body, s); }});
    all.push_back({"group_commit", [&](Seconds s) { return insert_from_producers(*grouped, body, s); }});
    VAKANT_CHECK(measure(all, rounds, length));
    close(blocks);
    Json out = Json::object();
    for (const Measured& one : all)
        out.set(one.name, one.rates);
    std::cout << out.to_text() << '\n';
    return done();
}

} // namespace
} // namespace vakant

int main(int argc, char** argv) {
    CLI::App app("Measures durable writes; prints rates per second as JSON.");
    std::string folder;
    int rounds = 5;
    double seconds = 1;
    app.add_option("--folder", folder, "an empty folder on the disk to measure")->required();
    app.add_option("--rounds", rounds, "rounds of each")->check(CLI::Range(1, 100));
    app.add_option("--seconds", seconds, "length of a round")->check(CLI::Range(0.05, 60.0));
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return 2;
    }
    const vakant::Outcome outcome = vakant::run(folder, rounds, vakant::Seconds(seconds));
    if (outcome.ok()) return 0;
    std::cerr << "bench_store: " << outcome.error().detail << '\n';
    return 1;
}
