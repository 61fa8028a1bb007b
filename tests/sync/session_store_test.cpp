#include <catch2/catch.hpp>

#include <fstream>

#include "sync/session_store.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

const std::string id = "0d9b6f4e-9d53-4c0f-9a51-2f2f9d1f0a01";
const std::string test_json = R"({"id":"typing-en","passage":"Canary-7261 sings"})";

std::unique_ptr<SessionStore> open(const ScratchFolder& folder, const StorageKey& key) {
    auto store = SessionStore::open(folder / "sessions.db", key, 1'763'900'000'000);
    if (!store.ok()) FAIL(store.error().detail);
    return std::move(store).value();
}

std::string raw(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("each key of a typing test is durable when append returns") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    const StorageKey key = make_storage_key();
    auto store = open(folder, key);
    CHECK_FALSE(store->unfinished().value().has_value());
    REQUIRE(store->begin(id, test_json).ok());
    const std::vector<TypedKey> typed{{U'C', 0}, {U'ä', 130}, {0, 260}, {U'а', 1'000'000}};
    for (std::size_t number = 0; number < typed.size(); ++number) {
        REQUIRE(store->append(id, typed[number]).ok());
        const ScratchFolder copy;
        for (const char* name : {"sessions.db", "sessions.db-wal"})
            std::filesystem::copy_file(folder / name, copy / name);
        const auto after = open(copy, key)->unfinished().value();
        REQUIRE(after.has_value());
        CHECK(after->id == id);
        CHECK(after->test_json == test_json);
        REQUIRE(after->keys.size() == number + 1);
        CHECK(after->keys[number].code_point == typed[number].code_point);
        CHECK(after->keys[number].at_ms == typed[number].at_ms);
    }
}

TEST_CASE("a session that is forgotten is gone from the files") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    const StorageKey key = make_storage_key();
    auto store = open(folder, key);
    REQUIRE(store->begin(id, test_json).ok());
    REQUIRE(store->append(id, {U'x', 1}).ok());
    CHECK(raw(folder / "sessions.db-wal").find(id) != std::string::npos);
    REQUIRE(store->forget(id).ok());
    CHECK_FALSE(store->unfinished().value().has_value());
    for (const char* name : {"sessions.db", "sessions.db-wal"})
        CHECK(raw(folder / name).find(id) == std::string::npos);
    CHECK_FALSE(store->append(id, {U'y', 2}).ok());
    CHECK(store->forget(id).ok());
}

TEST_CASE("neither the test nor a key stands in the session files in clear") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    auto store = open(folder, make_storage_key());
    REQUIRE(store->begin(id, test_json).ok());
    for (const char letter : std::string("Canary-7261")) {
        REQUIRE(store->append(id, {static_cast<char32_t>(letter), 5}).ok());
    }
    for (const char* name : {"sessions.db", "sessions.db-wal"})
        CHECK(raw(folder / name).find("Canary") == std::string::npos);
}

TEST_CASE("another kiosk's key opens no session") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    {
        auto store = open(folder, make_storage_key());
        REQUIRE(store->begin(id, test_json).ok());
    }
    const auto unfinished = open(folder, make_storage_key())->unfinished();
    REQUIRE_FALSE(unfinished.ok());
    CHECK(unfinished.error().kind == ErrorKind::not_authentic);
}

TEST_CASE("a damaged session file is begun anew") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    const StorageKey key = make_storage_key();
    REQUIRE(write_file_durably(folder / "sessions.db", std::string(8192, 'x')).ok());
    auto store = open(folder, key);
    REQUIRE(store->begin(id, test_json).ok());
    CHECK(store->unfinished().value().has_value());
}
