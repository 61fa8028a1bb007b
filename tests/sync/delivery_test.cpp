#include <algorithm>

#include "tests/sync/kiosk_under_test.h"

using namespace vakant;

namespace {

constexpr std::int64_t minute = 60'000;

/// Every submission meets this answer; everything else is honest.
void answer_submissions_with(KioskUnderTest& kiosk, const HttpAnswer& answer) {
    kiosk.backend.instead = [answer](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/submissions") return std::nullopt;
        return answer;
    };
}

/// The moments on the clock at which submissions were tried.
std::vector<std::int64_t> moments_of_submissions(KioskUnderTest& kiosk, std::int64_t during) {
    std::vector<std::int64_t> moments;
    auto before = kiosk.backend.instead;
    kiosk.backend.instead = [&, before](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) == "/v1/submissions") moments.push_back(kiosk.clock.monotonic_ms());
        return before ? before(request) : std::nullopt;
    };
    kiosk.run_for(during);
    kiosk.backend.instead = before;
    return moments;
}

} // namespace

TEST_CASE("a registration made offline is delivered once the cable is in again") {
    KioskUnderTest kiosk;
    kiosk.backend.reachable = false;
    const std::string id = kiosk.finalise("Aino");
    kiosk.engine->send_now();
    kiosk.run_for(60 * minute);
    CHECK(kiosk.state_of(id) == ItemState::queued);
    CHECK_FALSE(kiosk.engine->status().online);
    CHECK(kiosk.engine->status().last_problem == "offline");
    kiosk.backend.reachable = true;
    kiosk.run_for(5 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.backend.kept.at(id).payload == "Aino");
    CHECK(kiosk.backend.kept.at(id).times_sent == 1);
    CHECK(kiosk.engine->status().online);
    CHECK(kiosk.engine->status().outbox.queued == 0);
    CHECK(kiosk.engine->status().outbox.delivered == 1);
}

TEST_CASE("every request names device, token and protocol") {
    KioskUnderTest kiosk;
    kiosk.finalise("Aino");
    kiosk.run_for(minute);
    REQUIRE(kiosk.backend.count_of("/v1/submissions") == 1);
    for (const HttpRequest& request : kiosk.backend.http.requests) {
        CHECK(FakeBackend::header_of(request, "Vakant-Protocol") == "1");
        CHECK(FakeBackend::header_of(request, "Vakant-Device") == kiosk.identity.device_id);
        CHECK(FakeBackend::header_of(request, "Authorization") == "Bearer token-1");
        CHECK(request.url.starts_with("https://backend.example/v1/"));
    }
}

TEST_CASE("delivery goes before everything else") {
    KioskUnderTest kiosk;
    kiosk.finalise("Aino");
    kiosk.engine->step();
    REQUIRE(kiosk.backend.http.requests.size() == 1);
    CHECK(FakeBackend::path_of(kiosk.backend.http.requests[0]) == "/v1/submissions");
    CHECK(FakeBackend::header_of(kiosk.backend.http.requests[0], "Content-Type") == "application/x-ndjson");
}

TEST_CASE("an answer that nobody signed delivers nothing, whatever its status") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    const auto answer =
        GENERATE(http_answer(200, "OK"), http_answer(200, ""), http_answer(201, R"({"verdict":"stored"})"),
                 http_answer(200, "<html>Please log in to the hotel network</html>"),
                 http_answer(302, "", {{"location", "https://portal.example"}}),
                 http_answer(400, R"({"error":"refused"})"), http_answer(409, R"({"error":"conflict"})"),
                 http_answer(410, R"({"error":"erased"})"), http_answer(500, "x"));
    answer_submissions_with(kiosk, answer);
    kiosk.run_for(60 * minute);
    CHECK(kiosk.backend.count_of("/v1/submissions") > 5);
    CHECK(kiosk.state_of(id) == ItemState::queued);
    kiosk.backend.instead = nullptr;
    kiosk.run_for(10 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
}

TEST_CASE("an answer moves nothing unless it is this agency's signed word on these bytes from this device") {
    KioskUnderTest kiosk({"aalto", "bergen"});
    const std::string id = kiosk.finalise("Aino");
    const AgencyKeys& aalto = kiosk.backend.agencies.at("aalto");
    const AgencyKeys& bergen = kiosk.backend.agencies.at("bergen");
    const SigningKey stranger = make_signing_key();
    const int odd = GENERATE(0, 1, 2, 3, 4, 5, 6);
    kiosk.backend.change_line = [&, odd](const std::string&, const OutboxItem& item) {
        Answer answer = aalto.answer_to(item.envelope, Verdict::stored);
        switch (odd) {
        case 0:
            answer.digest = envelope_digest(as_bytes("other bytes"));
            return to_json_text(sign_answer(answer, aalto.answers));
        case 1:
            answer.device = make_uuid(kiosk.random);
            return to_json_text(sign_answer(answer, aalto.answers));
        case 2:
            answer.envelope_id = make_uuid(kiosk.random);
            return to_json_text(sign_answer(answer, aalto.answers));
        case 3:
            answer.verdict = Verdict::erased;
            return to_json_text(answer); // the signature was for "stored"
        case 4:
            return to_json_text(sign_answer(answer, stranger));
        case 5:
            return to_json_text(sign_answer(answer, bergen.answers));
        default:
            return to_json_text(sign_answer(answer, aalto.content)); // a key of the set, but for another use
        }
    };
    kiosk.run_for(30 * minute);
    CHECK(kiosk.backend.count_of("/v1/submissions") > 3);
    CHECK(kiosk.state_of(id) == ItemState::queued);
    kiosk.backend.change_line = nullptr;
    kiosk.run_for(10 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
}

TEST_CASE("a signed word counts even where a proxy spoiled the status code") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/submissions") return std::nullopt;
        const OutboxItem item = kiosk.outbox->waiting(1).value().at(0);
        const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
        return http_answer(502, to_json_text(agency.answer_to(item.envelope, Verdict::stored)) + "\n");
    };
    kiosk.engine->step();
    CHECK(kiosk.state_of(id) == ItemState::delivered);
}

TEST_CASE("a lost answer makes the same bytes go again, and the second answer delivers them") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    int lost = 3;
    kiosk.backend.change_line = [&lost](const std::string& line, const OutboxItem&) {
        return lost-- > 0 ? std::string("{") : line;
    };
    kiosk.run_for(30 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.backend.kept.at(id).times_sent == 4);
    CHECK(kiosk.backend.kept.size() == 1);
}

TEST_CASE("64 registrations made offline arrive all, once, oldest first") {
    KioskUnderTest kiosk;
    kiosk.backend.reachable = false;
    std::vector<std::string> ids;
    for (int number = 0; number < 64; ++number) {
        ids.push_back(kiosk.finalise("person " + std::to_string(number)));
        kiosk.run_for(minute / 2);
    }
    CHECK(kiosk.queued() == 64);
    kiosk.backend.reachable = true;
    kiosk.run_for(5 * minute);
    CHECK(kiosk.queued() == 0);
    CHECK(kiosk.backend.order.at("aalto") == ids);
    for (int number = 0; number < 64; ++number) {
        const FakeBackend::Kept& kept = kiosk.backend.kept.at(ids[static_cast<std::size_t>(number)]);
        CHECK(kept.payload == "person " + std::to_string(number));
        CHECK(kept.times_sent == 1);
    }
    CHECK(kiosk.backend.batch_sizes.front() == 1); // after so many transport errors one item goes first
}

TEST_CASE("one refused or conflicting item is put aside and the others arrive") {
    KioskUnderTest kiosk;
    std::vector<std::string> ids;
    for (int number = 0; number < 5; ++number)
        ids.push_back(kiosk.finalise("person " + std::to_string(number)));
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    kiosk.backend.change_line = [&](const std::string& line, const OutboxItem& item) {
        if (item.id == ids[0]) {
            Answer answer = agency.answer_to(item.envelope, Verdict::refused);
            answer.reason = "not_readable";
            return to_json_text(sign_answer(answer, agency.answers));
        }
        if (item.id == ids[1]) return to_json_text(agency.answer_to(item.envelope, Verdict::conflict));
        return line;
    };
    kiosk.run_for(minute);
    CHECK(kiosk.state_of(ids[0]) == ItemState::blocked);
    CHECK(kiosk.outbox->all_items().value().at(0).reason == "not_readable");
    CHECK(kiosk.state_of(ids[1]) == ItemState::quarantined);
    for (std::size_t number = 2; number < 5; ++number)
        CHECK(kiosk.state_of(ids[number]) == ItemState::delivered);
    CHECK(kiosk.engine->status().outbox.blocked == 1);
}

TEST_CASE("an agency that cannot open anything now does not hold up the other agency") {
    KioskUnderTest kiosk({"aalto", "bergen"});
    kiosk.backend.unavailable_agencies = {"aalto"};
    for (int number = 0; number < 150; ++number)
        kiosk.finalise("a", "aalto");
    const std::string other = kiosk.finalise("b", "bergen");
    kiosk.run_for(10 * minute);
    CHECK(kiosk.state_of(other) == ItemState::delivered);
    CHECK(kiosk.queued() == 150);
    kiosk.backend.unavailable_agencies.clear();
    kiosk.engine->send_now();
    kiosk.run_for(10 * minute);
    CHECK(kiosk.queued() == 0);
}

TEST_CASE("an item on which the backend falls over is found out and passed") {
    KioskUnderTest kiosk;
    std::vector<std::string> ids;
    for (int number = 0; number < 20; ++number)
        ids.push_back(kiosk.finalise("person " + std::to_string(number)));
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (request.body.find(ids[7]) == std::string::npos) return std::nullopt;
        return http_answer(500, "stack overflow");
    };
    kiosk.run_for(60 * minute);
    CHECK(kiosk.queued() == 1);
    CHECK(kiosk.state_of(ids[7]) == ItemState::queued);
    kiosk.backend.instead = nullptr;
    kiosk.run_for(10 * minute);
    CHECK(kiosk.queued() == 0);
}

TEST_CASE("retries spread under a growing limit, never past four minutes, and never end") {
    KioskUnderTest kiosk;
    kiosk.finalise("Aino");
    std::vector<std::int64_t> tried;
    kiosk.backend.instead = [&](const HttpRequest&) -> std::optional<Result<HttpAnswer>> {
        tried.push_back(kiosk.clock.monotonic_ms());
        return Result<HttpAnswer>(Error{ErrorKind::offline, "reset"});
    };
    kiosk.run_for(24 * 60 * minute);
    REQUIRE(tried.size() > 360); // a day in steps of at most four minutes
    std::int64_t longest = 0;
    for (std::size_t i = 1; i < tried.size(); ++i)
        longest = std::max(longest, tried[i] - tried[i - 1]);
    CHECK(longest <= 4 * minute);
    CHECK(longest > 3 * minute);
    CHECK(tried[1] - tried[0] <= 2'000);
    CHECK(tried[2] - tried[1] <= 4'000);
}

TEST_CASE(
    "while nobody answers one exchange asks for all, and the first that is answered sets off the others") {
    KioskUnderTest kiosk;
    kiosk.run_for(5 * minute);
    kiosk.finalise("Aino");
    kiosk.backend.reachable = false;
    kiosk.run_for(60 * minute);
    kiosk.backend.http.requests.clear();
    kiosk.run_for(48 * 60 * minute);
    // On average every other minute; each part by its own clock asked three times as often.
    CHECK(kiosk.backend.http.requests.size() > 1'100);
    CHECK(kiosk.backend.http.requests.size() < 1'800);
    std::optional<std::int64_t> answered_at;
    kiosk.backend.instead = [&](const HttpRequest&) -> std::optional<Result<HttpAnswer>> {
        if (!answered_at) answered_at = kiosk.clock.monotonic_ms();
        return std::nullopt;
    };
    kiosk.backend.reachable = true;
    const std::int64_t again_at = kiosk.clock.monotonic_ms();
    while (kiosk.queued() > 0 && kiosk.clock.monotonic_ms() < again_at + 5 * minute)
        kiosk.clock.pass(std::max<std::int64_t>(1, kiosk.engine->step()));
    REQUIRE(kiosk.queued() == 0);
    CHECK(answered_at.value() - again_at <= 4 * minute);
    CHECK(kiosk.clock.monotonic_ms() - answered_at.value() < minute);
}

TEST_CASE("\"send now\" waits for nothing") {
    KioskUnderTest kiosk;
    kiosk.backend.reachable = false;
    kiosk.finalise("Aino");
    kiosk.run_for(120 * minute);
    const std::size_t before = kiosk.backend.count_of("/v1/submissions");
    kiosk.engine->send_now();
    kiosk.engine->step();
    CHECK(kiosk.backend.count_of("/v1/submissions") == before + 1);
}

TEST_CASE("after three transport errors one item probes the line before the rest follows") {
    KioskUnderTest kiosk;
    for (int number = 0; number < 30; ++number)
        kiosk.finalise("x");
    int errors = 3;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/submissions" || errors-- <= 0) return std::nullopt;
        return Result<HttpAnswer>(Error{ErrorKind::offline, "reset"});
    };
    kiosk.run_for(10 * minute);
    REQUIRE(kiosk.backend.batch_sizes.size() >= 3);
    CHECK(kiosk.backend.batch_sizes[0] == 1);
    CHECK(kiosk.backend.batch_sizes[1] == 2);
    CHECK(kiosk.backend.batch_sizes[2] == 4);
    CHECK(kiosk.queued() == 0);
}

TEST_CASE("a batch is what the line carries in a quarter of a minute, once that was measured") {
    KioskUnderTest kiosk;
    for (int number = 0; number < 120; ++number) {
        Bytes text(5'000);
        kiosk.random.fill(text);
        kiosk.finalise(to_hex(text));
    }
    std::int64_t bytes_a_ms = 8; // 64 kbit/s
    std::vector<std::int64_t> took;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/submissions") return std::nullopt;
        took.push_back(static_cast<std::int64_t>(request.body.size()) / bytes_a_ms);
        kiosk.clock.pass(took.back());
        return std::nullopt;
    };
    kiosk.run_for(10 * minute);
    CHECK(kiosk.queued() == 0);
    REQUIRE(took.size() > 4);
    for (std::size_t each = 1; each < took.size(); ++each)
        CHECK(took[each] <= 16'000);
    CHECK(took[1] >= 12'000);

    bytes_a_ms = 10'000;
    kiosk.backend.batch_sizes.clear();
    for (int number = 0; number < 120; ++number) {
        Bytes text(5'000);
        kiosk.random.fill(text);
        kiosk.finalise(to_hex(text));
    }
    kiosk.run_for(10 * minute);
    CHECK(kiosk.backend.batch_sizes.back() <= 100);
    CHECK(std::ranges::max(kiosk.backend.batch_sizes) == 100);
    CHECK(kiosk.queued() == 0);
}

TEST_CASE("an overloaded backend names the time, in seconds or as a date") {
    KioskUnderTest kiosk;
    kiosk.run_for(1000);
    kiosk.finalise("Aino");
    const auto header = GENERATE(std::string("600"), std::string("Sun, 23 Nov 2025 12:24:00 GMT"));
    const int status = GENERATE(429, 503);
    answer_submissions_with(
        kiosk, http_answer(status, "", {{"retry-after", header}, {"date", "Sun, 23 Nov 2025 12:14:00 GMT"}}));
    kiosk.engine->send_now();
    const auto tried = moments_of_submissions(kiosk, 15 * minute);
    REQUIRE(tried.size() == 2);
    CHECK(tried[1] - tried[0] >= 600'000);
    CHECK(tried[1] - tried[0] <= 602'000);
}

TEST_CASE("an answer signed by a new key makes the kiosk fetch the key set, and counts then") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    kiosk.backend.agencies.at("aalto").answers = make_signing_key();
    kiosk.backend.key_versions["aalto"] = 2;
    kiosk.run_for(5'000);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.identity.agencies.at(0).keys.version == 2);
    CHECK(load_identity(kiosk.folder.path(), kiosk.random)->agencies.at(0).keys.version == 2);
}

TEST_CASE("a key set that the pinned root did not sign, or an older one, is not taken") {
    KioskUnderTest kiosk;
    const bool forged = GENERATE(true, false);
    AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    const SigningKey old_answers = agency.answers;
    agency.answers = make_signing_key();
    kiosk.backend.key_versions["aalto"] = forged ? 2 : 0;
    if (forged) agency.root = make_signing_key();
    const std::string id = kiosk.finalise("Aino");
    kiosk.run_for(10 * minute);
    CHECK(kiosk.backend.count_of("/v1/keys") > 1);
    CHECK(kiosk.identity.agencies.at(0).keys.version == 1);
    CHECK(kiosk.state_of(id) == ItemState::queued);
    agency.answers = old_answers;
    kiosk.run_for(10 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
}

TEST_CASE("an expired token is renewed by a signature and nothing is lost") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    kiosk.backend.token = "token-2";
    kiosk.run_for(10'000);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.identity.token == "token-2");
    CHECK(kiosk.backend.count_of("/v1/token/renew") == 1);
}

TEST_CASE("a kiosk that is cut off between sending and hearing finds its answer after a restart") {
    KioskUnderTest kiosk;
    const std::string id = kiosk.finalise("Aino");
    kiosk.backend.change_line = [](const std::string&, const OutboxItem&) { return std::string(); };
    kiosk.engine->step();
    CHECK(kiosk.backend.kept.size() == 1);
    // The program is killed and started again on the same files.
    kiosk.engine.reset();
    kiosk.outbox.reset();
    kiosk.outbox = kiosk.open_outbox();
    kiosk.backend.change_line = nullptr;
    kiosk.start();
    kiosk.run_for(minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.backend.kept.size() == 1);
    CHECK(kiosk.backend.kept.at(id).times_sent == 2);
}

TEST_CASE("where only delivering fails, the rest of the conversation does not set it off without a pause") {
    KioskUnderTest kiosk;
    kiosk.run_for(60'000);
    kiosk.finalise("first");
    kiosk.backend.instead = [](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/submissions") return std::nullopt;
        return Result<HttpAnswer>(Error{ErrorKind::offline, "too large for this line"});
    };
    const std::size_t before = kiosk.backend.http.requests.size();
    kiosk.engine->send_now();
    kiosk.run_for(600'000);
    CHECK(kiosk.backend.http.requests.size() - before < 300);
    kiosk.backend.instead = nullptr;
    kiosk.run_for(240'000);
    CHECK(kiosk.queued() == 0);
}

TEST_CASE(
    "an outbox that cannot be read just now is looked at again once a minute, whatever went alone before") {
    KioskUnderTest kiosk;
    kiosk.run_for(60'000);
    kiosk.finalise("first");
    kiosk.finalise("second");
    const std::string second = kiosk.outbox->all_items().value().back().id;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (request.body.find(second) == std::string::npos) return std::nullopt;
        return http_answer(500, "stack overflow");
    };
    kiosk.engine->send_now();
    kiosk.run_for(10'000);
    REQUIRE(kiosk.queued() == 1); // the second is held back until its time comes
    kiosk.outbox_closed = true;
    const std::int64_t looked = kiosk.looked_for_waiting;
    kiosk.run_for(600'000);
    CHECK(kiosk.looked_for_waiting - looked <= 21);
    kiosk.outbox_closed = false;
    kiosk.backend.instead = nullptr;
    kiosk.run_for(240'000);
    CHECK(kiosk.queued() == 0);
}

namespace {

/// `first` under the tag that the list has by now; from then on the list of `now`, or "not modified".
void answer_keys_with(KioskUnderTest& kiosk, std::string first, std::string now) {
    kiosk.backend.instead = [first = std::move(first), now = std::move(now), asked = 0](
                                const HttpRequest& request) mutable -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/keys") return std::nullopt;
        if (FakeBackend::header_of(request, "If-None-Match") == "2") return http_answer(304, "");
        return http_answer(200, asked++ == 0 ? first : now, {{"etag", "2"}});
    };
}

std::string key_list(const AgencyKeys& agency, std::int64_t version) {
    Json list = Json::array();
    list.push(parse_json(to_json_text(agency.signed_key_set(version))).value());
    return Json::object({{"key_sets", std::move(list)}}).to_text();
}

} // namespace

TEST_CASE("a key set that arrived spoiled is asked for again, though its tag is the same") {
    KioskUnderTest kiosk;
    AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    agency.content = make_signing_key(); // nothing that is delivered is signed by it
    const std::string now = key_list(agency, 2);
    std::string spoiled = now;
    spoiled.replace(spoiled.find("\"version\":2"), 11, "\"version\":3");
    answer_keys_with(kiosk, spoiled, now);
    kiosk.run_for(10 * minute);
    CHECK(kiosk.engine->identity().agencies.at(0).keys.version == 2);
}

TEST_CASE("an older list of key sets under the newer one's tag does not keep the kiosk from the newer one") {
    KioskUnderTest kiosk;
    AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    const std::string before = key_list(agency, 1);
    agency.answers = make_signing_key();
    answer_keys_with(kiosk, before, key_list(agency, 2));
    const std::string id = kiosk.finalise("Aino");
    kiosk.run_for(10 * minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.engine->identity().agencies.at(0).keys.version == 2);
}

TEST_CASE("what the agency refused is delivered, once, when staff let it try again after the cause is gone") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    kiosk.backend.change_line = [&](const std::string&, const OutboxItem& item) {
        kiosk.backend.kept.erase(item.id); // it is not served: nothing is taken
        return to_json_text(agency.answer_to(item.envelope, Verdict::refused, 0));
    };
    const std::string id = kiosk.finalise("Aino");
    kiosk.run_for(5 * minute);
    REQUIRE(kiosk.state_of(id) == ItemState::blocked);
    kiosk.backend.change_line = {};
    kiosk.run_for(60 * minute);
    CHECK(kiosk.state_of(id) == ItemState::blocked); // nothing but staff moves it
    CHECK(kiosk.outbox->try_again().value() == 1);
    CHECK(kiosk.outbox->try_again().value() == 0);
    kiosk.engine->send_now();
    kiosk.run_for(minute);
    CHECK(kiosk.state_of(id) == ItemState::delivered);
    CHECK(kiosk.backend.kept.at(id).payload == "Aino");
    CHECK(kiosk.backend.kept.at(id).times_sent == 1);
    CHECK(kiosk.engine->status().outbox.blocked == 0);
}
