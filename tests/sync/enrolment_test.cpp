#include <sys/stat.h>

#include <utility>

#include "tests/sync/kiosk_under_test.h"

using namespace vakant;

namespace {

using State = SyncStatus::Enrolment;

std::vector<RootToPin> roots_of(const KioskUnderTest& kiosk) {
    std::vector<RootToPin> roots;
    for (const auto& [id, agency] : kiosk.backend.agencies)
        roots.push_back({id, "Agency " + id, agency.root.public_key});
    return roots;
}

} // namespace

TEST_CASE("a kiosk is enrolled when desk and kiosk both said that the six words are the same") {
    KioskUnderTest kiosk({"aalto", "bergen"}, false);
    kiosk.run_for(1'000);
    CHECK(kiosk.engine->status().enrolment == State::waiting_for_desk);
    CHECK(kiosk.engine->status().user_code == "BCDF-GHJK");
    kiosk.backend.chosen = {"bergen", "aalto"};
    kiosk.run_for(6'000);
    CHECK(kiosk.engine->status().enrolment == State::comparing_words);
    CHECK(kiosk.engine->status().agency_names == std::vector<std::string>{"Agency bergen", "Agency aalto"});
    CHECK(kiosk.engine->status().words ==
          enrolment_words(kiosk.identity.device_id, kiosk.keys.signing.public_key, roots_of(kiosk)));
    kiosk.backend.desk_said_yes = true;
    kiosk.run_for(60'000);
    CHECK_FALSE(kiosk.engine->identity().enrolled()); // nobody at the kiosk has confirmed
    kiosk.engine->words_confirmed(true);
    kiosk.run_for(6'000);
    CHECK(kiosk.engine->status().enrolment == State::done);
    const DeviceIdentity saved = load_identity(kiosk.folder.path(), kiosk.random).value();
    CHECK(saved.enrolled());
    CHECK(saved.prefix == "KTR");
    CHECK(saved.token == "token-1");
    REQUIRE(saved.agencies.size() == 2);
    CHECK(saved.agencies[0].id == "bergen");
    CHECK(saved.agencies[0].root == kiosk.backend.agencies.at("bergen").root.public_key);
    CHECK(kiosk.backend.count_of("/v1/heartbeat") > 0); // and goes to work
}

TEST_CASE("words that differ pin nothing") {
    KioskUnderTest kiosk({"aalto"}, false);
    kiosk.backend.chosen = {"aalto"};
    kiosk.backend.desk_said_yes = true;
    kiosk.run_for(10'000);
    REQUIRE(kiosk.engine->status().enrolment == State::comparing_words);
    kiosk.engine->words_confirmed(false);
    kiosk.run_for(10'000);
    CHECK(kiosk.engine->status().enrolment == State::none);
    CHECK_FALSE(kiosk.engine->identity().enrolled());
    const Json last = parse_json(kiosk.backend.http.requests.back().body).value();
    CHECK(last["refused"].bool_or(false));
    CHECK(last["signature"].is_null());
    kiosk.run_for(120'000);
    CHECK(kiosk.engine->status().enrolment == State::comparing_words); // a new code, from the beginning
}

TEST_CASE("other roots after the confirmation must be confirmed again") {
    KioskUnderTest kiosk({"aalto", "bergen"}, false);
    kiosk.backend.chosen = {"aalto"};
    kiosk.run_for(10'000);
    const auto first_words = kiosk.engine->status().words;
    kiosk.engine->words_confirmed(true);
    kiosk.backend.chosen = {"aalto", "bergen"};
    kiosk.backend.desk_said_yes = true;
    kiosk.run_for(60'000);
    CHECK_FALSE(kiosk.engine->identity().enrolled());
    CHECK(kiosk.engine->status().enrolment == State::comparing_words);
    CHECK(kiosk.engine->status().words != first_words);
    kiosk.engine->words_confirmed(true);
    kiosk.run_for(6'000);
    CHECK(kiosk.engine->identity().enrolled());
}

TEST_CASE("a grant for another agency than the one confirmed pins nothing") {
    KioskUnderTest kiosk({"aalto", "bergen"}, false);
    kiosk.backend.chosen = {"aalto"};
    kiosk.run_for(10'000);
    kiosk.engine->words_confirmed(true);
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/token") return std::nullopt;
        const AgencyKeys& bergen = kiosk.backend.agencies.at("bergen");
        Json agencies = Json::array();
        agencies.push(Json::object({{"id", "bergen"},
                                    {"name", "Agency bergen"},
                                    {"root", to_base64url(bergen.root.public_key)},
                                    {"key_set", parse_json(to_json_text(bergen.signed_key_set())).value()}}));
        return http_answer(
            200, Json::object({{"token", "t"}, {"prefix", "KTR"}, {"agencies", agencies}}).to_text());
    };
    kiosk.run_for(6'000);
    CHECK_FALSE(kiosk.engine->identity().enrolled());
    CHECK(kiosk.engine->status().last_problem == "not_authentic");
}

TEST_CASE("a key set that its root did not sign is never shown for comparing") {
    KioskUnderTest kiosk({"aalto"}, false);
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/token") return std::nullopt;
        const AgencyKeys& aalto = kiosk.backend.agencies.at("aalto");
        Json roots = Json::array();
        roots.push(Json::object({{"agency", "aalto"},
                                 {"name", "Agency aalto"},
                                 {"root", to_base64url(make_signing_key().public_key)},
                                 {"key_set", parse_json(to_json_text(aalto.signed_key_set())).value()}}));
        return http_answer(400,
                           Json::object({{"error", "authorization_pending"}, {"roots", roots}}).to_text());
    };
    kiosk.run_for(30'000);
    CHECK(kiosk.engine->status().enrolment == State::waiting_for_desk);
    CHECK(kiosk.engine->status().words.empty());
}

TEST_CASE("an expired code is replaced by a new one, and a slow-down slows the polling down") {
    KioskUnderTest kiosk({"aalto"}, false);
    bool expire = false;
    bool slow = true;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/token") return std::nullopt;
        if (expire) return http_answer(400, R"({"error":"expired_token"})");
        if (std::exchange(slow, false)) return http_answer(400, R"({"error":"slow_down"})");
        return std::nullopt;
    };
    kiosk.run_for(5'000); // code at 0, first poll at 5 s: slow down
    const std::size_t polls = kiosk.backend.count_of("/v1/token");
    CHECK(polls == 1);
    kiosk.run_for(9'000);
    CHECK(kiosk.backend.count_of("/v1/token") == polls);
    kiosk.run_for(2'000);
    CHECK(kiosk.backend.count_of("/v1/token") == polls + 1);
    CHECK(kiosk.backend.count_of("/v1/device_authorization") == 1);
    expire = true;
    kiosk.run_for(11'000);
    CHECK(kiosk.backend.count_of("/v1/device_authorization") == 2);
}

TEST_CASE("without a network the kiosk goes on asking to be enrolled") {
    KioskUnderTest kiosk({"aalto"}, false);
    kiosk.backend.reachable = false;
    kiosk.run_for(3'600'000);
    CHECK(kiosk.engine->status().enrolment == State::none);
    kiosk.backend.reachable = true;
    kiosk.run_for(240'000);
    CHECK(kiosk.engine->status().enrolment != State::none);
}

TEST_CASE("a kiosk keeps its id and keys from its first start on, readable by nobody else") {
    REQUIRE(start_crypto().ok());
    const ScratchFolder folder;
    SeededRandom random(5);
    const DeviceIdentity first = load_identity(folder / "data", random).value();
    CHECK(is_uuid(first.device_id));
    CHECK_FALSE(first.enrolled());
    CHECK(load_identity(folder / "data", random).value().device_id == first.device_id);
    CHECK(load_device_keys(folder / "data").value().signing.public_key ==
          load_device_keys(folder / "data").value().signing.public_key);
    for (const char* name : {"device.json", "device-signing.key", "device-storage.key"}) {
        struct stat found {};
        REQUIRE(::stat((folder / "data" / name).c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
    }
}

TEST_CASE("a device file that was tampered with is refused") {
    KioskUnderTest kiosk;
    REQUIRE(save_identity(kiosk.folder.path(), kiosk.identity).ok());
    REQUIRE(load_identity(kiosk.folder.path(), kiosk.random)->agencies.size() == 1);
    DeviceIdentity changed = kiosk.identity;
    changed.agencies[0].keys.opening = {make_sealing_key().public_key};
    REQUIRE(save_identity(kiosk.folder.path(), changed).ok());
    const auto loaded = load_identity(kiosk.folder.path(), kiosk.random);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().kind == ErrorKind::damaged);
    REQUIRE(write_file_durably(kiosk.folder / "device-storage.key", "AAAA\n").ok());
    CHECK_FALSE(load_device_keys(kiosk.folder.path()).ok());
}

TEST_CASE("a desk that says no ends that code, pins nothing, and the kiosk begins with a new one") {
    KioskUnderTest kiosk({"aalto"}, false);
    kiosk.backend.chosen = {"aalto"};
    kiosk.run_for(10'000);
    REQUIRE(kiosk.engine->status().enrolment == State::comparing_words);
    kiosk.engine->words_confirmed(true);
    kiosk.backend.instead = [](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/token") return std::nullopt;
        return http_answer(400, R"({"error":"access_denied"})");
    };
    kiosk.run_for(10'000);
    CHECK(kiosk.engine->status().enrolment == State::none);
    CHECK(kiosk.engine->status().words.empty());
    CHECK_FALSE(kiosk.engine->identity().enrolled());
    kiosk.backend.instead = nullptr;
    kiosk.backend.desk_said_yes = true;
    kiosk.run_for(120'000);
    CHECK(kiosk.backend.count_of("/v1/device_authorization") == 2);
    // The yes of before belongs to the code of before.
    CHECK(kiosk.engine->status().enrolment == State::comparing_words);
    CHECK_FALSE(kiosk.engine->identity().enrolled());
}
