#include <cstdlib>
#include <set>

#include "agency/candidates/candidate_list.h"
#include "agency/store/documents.h"
#include "core/envelope/canonical.h"
#include "core/skills/typing.h"
#include "tests/agency/agency_fixture.h"
#include "tests/faults/fault_report.h"

using namespace vakant;

namespace {

/// A served agency with an enrolled kiosk.
struct Desk {
    AgencyFixture agency;
    PlayedKiosk kiosk{agency.random};

    Desk() { kiosk.enrol(agency, {"a"}); }
    std::string reference(int number = 1) { return reference_number(kiosk.prefix, number); }
    std::string registration(const std::string& name) {
        return Json::object({{"kind", "registration"},
                             {"form", "registration"},
                             {"version", "1"},
                             {"digest", "not-a-form"},
                             {"language", "en"},
                             {"answers", Json::object({{"name", name}})},
                             {"consents", Json::array({Json::object({{"purpose", "talent_pool"},
                                                                     {"recipient", ""},
                                                                     {"recipient_kind", "agency"},
                                                                     {"text_version", "2"},
                                                                     {"given", true},
                                                                     {"language", "en"},
                                                                     {"text_digest", "ab"},
                                                                     {"at", 1},
                                                                     {"form_version", "1"},
                                                                     {"retention", "pool-24-months"}})})},
                             {"notice", Json::object({{"language", "en"}})},
                             {"retention", "job-12-months"},
                             {"source", Json::object({{"kind", "day"}, {"id", "autumn-fair"}})},
                             {"vacancy", nullptr},
                             {"application", false},
                             {"reference", reference()},
                             {"secret", "s"}})
            .to_text();
    }
    Response post(const std::string& lines) {
        HeaderLines headers = kiosk.headers();
        headers.emplace_back("content-type", "application/x-ndjson");
        return call(agency, "POST", "/v1/submissions", headers, lines);
    }
    Answer send(ByteView envelope) {
        const Response response = post(submission_line(envelope, "a"));
        REQUIRE(response.status == 200);
        const Answer answer =
            require(answer_from_json_text(response.body.substr(0, response.body.find('\n'))));
        require_done(check_answer(answer, agency.keys_of("a")));
        return answer;
    }
    Json candidates() {
        return require(agency.services->database->read_for<Json>(
            [](Connection& connection) { return candidate_list(connection, ""); }));
    }
    std::int64_t envelopes() { return agency.count("SELECT COUNT(*) FROM envelopes"); }
};

std::string verdict(const Answer& answer) {
    return std::string(name_of(answer.verdict)) + (answer.reason.empty() ? "" : " " + answer.reason);
}

/// What a kiosk sends of a typing test in which somebody typed the first 40 characters of the passage.
Json typing_result(AgencyFixture& agency, const std::string& reference) {
    const auto offered = require(agency.services->database->read_for<std::vector<Document>>(
        [](Connection& connection) { return offered_documents(connection, "a", "skill"); }));
    REQUIRE_FALSE(offered.empty());
    TypingTest test = require(typing_test_from_json(require(parse_json(offered.front().body))));
    test.digest = offered.front().digest;
    TypingSession session(test);
    std::int64_t at = 0;
    for (const TypedKey& key : keys_from_text(test.passage.substr(0, 20)))
        session.press(key.code_point, at += 200);
    Json result = typing_result_to_json(session);
    result.set("reference", reference);
    return result;
}

} // namespace

TEST_CASE("an envelope is checked, opened and kept, and the candidate is there with the exact answers") {
    Desk desk;
    const Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("Aino Virtanen-Ö"));
    const Answer answer = desk.send(envelope);
    CHECK(verdict(answer) == "stored");
    CHECK(answer.digest == envelope_digest(envelope));
    CHECK(answer.epoch == desk.agency.services->epoch);
    CHECK(answer.sequence == 1);
    const Json list = desk.candidates();
    REQUIRE(list.size() == 1);
    CHECK(list[0]["reference"].text() == desk.reference());
    CHECK(list[0]["agency"].text() == "a");
    CHECK(list[0]["source"].text() == "day");
    REQUIRE(list[0]["registrations"].size() == 1);
    const Json& registration = list[0]["registrations"][0];
    CHECK(registration["answers"]["name"].text() == "Aino Virtanen-Ö");
    CHECK(registration["language"].text() == "en");
    CHECK(
        registration["consents"].to_text() ==
        R"([{"purpose":"talent_pool","recipient":"","recipient_kind":"agency","given":true,"language":"en",)"
        R"("text_version":"2","text_digest":"ab","at":"1970-01-01T00:00:00.001Z","form_version":"1",)"
        R"("retention":"pool-24-months"}])");
    CHECK(registration["retention"].text() == "job-12-months");
    CHECK(registration["source_id"].text() == "autumn-fair");
    CHECK(registration["vacancy"].is_null());
    CHECK(list[0]["flags"].size() == 0);
}

TEST_CASE("a replay gets the very bytes of the first answer") {
    Desk desk;
    const std::string line = submission_line(desk.kiosk.seal(desk.agency, "a", desk.registration("A")), "a");
    const Response first = desk.post(line);
    desk.agency.clock.move(5000);
    CHECK(desk.post(line).body == first.body);
    CHECK(desk.envelopes() == 1);
}

TEST_CASE("a replay after a restored backup is known, with its first sequence and time") {
    Desk desk;
    const Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
    const Answer first = desk.send(envelope);
    require_done(desk.agency.services->database->write(
        [](Connection& connection) { return keep_setting(connection, "epoch", "restored"); }));
    desk.agency.open();
    desk.agency.clock.move(5000);
    const Answer again = desk.send(envelope);
    CHECK(verdict(again) == "known");
    CHECK(again.epoch == "restored");
    CHECK(again.sequence == first.sequence);
    CHECK(again.received_at == first.received_at);
    CHECK(desk.envelopes() == 1);
}

TEST_CASE("another content under a known id is a conflict, and the first stays") {
    Desk desk;
    const Bytes first = desk.kiosk.seal(desk.agency, "a", desk.registration("First"));
    desk.send(first);
    const std::string id = require(parse_envelope(first)).header.id;
    const Bytes second = desk.kiosk.seal(desk.agency, "a", desk.registration("Second"), id);
    const Answer answer = desk.send(second);
    CHECK(verdict(answer) == "conflict");
    CHECK(answer.digest == envelope_digest(second));
    CHECK(desk.candidates()[0]["registrations"][0]["answers"]["name"].text() == "First");
}

TEST_CASE("another device cannot send somebody's envelope as its own") {
    Desk desk;
    PlayedKiosk thief(desk.agency.random);
    thief.enrol(desk.agency, {"a"});
    const Bytes stolen = desk.kiosk.seal(desk.agency, "a", desk.registration("Victim"));
    std::swap(desk.kiosk, thief); // the thief is the one who sends now
    SECTION("as it is") {
        CHECK(verdict(desk.send(stolen)) == "refused unknown_device");
    }
    SECTION("with its own signature under the victim's header") {
        Envelope envelope = require(parse_envelope(stolen));
        Bytes forged(stolen.begin(), stolen.end() - 64);
        const Signature own = sign(as_bytes("anything"), desk.kiosk.key);
        forged.insert(forged.end(), own.begin(), own.end());
        CHECK(verdict(desk.send(forged)) == "refused unknown_device");
    }
    SECTION("with the device in the header changed") {
        Bytes forged = stolen;
        const auto at = std::search(forged.begin(), forged.end(), thief.id.begin(), thief.id.end());
        REQUIRE(at != forged.end());
        std::copy(desk.kiosk.id.begin(), desk.kiosk.id.end(), at);
        CHECK(verdict(desk.send(forged)) == "refused bad_signature");
    }
    CHECK(desk.envelopes() == 0);
}

TEST_CASE("what can never succeed is refused with the reason, under the agency's signature") {
    Desk desk;
    SECTION("an agency that the device does not serve") {
        const Bytes envelope = desk.kiosk.seal(desk.agency, "b", desk.registration("A"));
        const Response response = desk.post(submission_line(envelope, "b"));
        const Answer answer =
            require(answer_from_json_text(response.body.substr(0, response.body.size() - 1)));
        CHECK(verdict(answer) == "refused agency_not_served");
        require_done(check_answer(answer, desk.agency.keys_of("b")));
    }
    SECTION("a signature that does not hold") {
        Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
        envelope.back() ^= 1;
        CHECK(verdict(desk.send(envelope)) == "refused bad_signature");
    }
    SECTION("bytes that are no envelope") {
        CHECK(verdict(desk.send(to_bytes("hello"))) == "refused not_an_envelope");
    }
    SECTION("no JSON at all: nothing to sign an answer over") {
        CHECK(desk.post("hello\n").body == "{\"error\":\"not_an_envelope\"}\n");
    }
    CHECK(desk.envelopes() == 0);
}

TEST_CASE("an envelope for one agency is taken by no other, and kept nowhere") {
    Desk desk;
    desk.kiosk.enrol(desk.agency, {"a", "b"});
    Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
    const auto answer_of = [](const Response& response) {
        REQUIRE(response.status == 200);
        return require(answer_from_json_text(response.body.substr(0, response.body.find('\n'))));
    };
    SECTION("named as another's on the way") {
        const Answer answer = answer_of(desk.post(submission_line(envelope, "b")));
        CHECK(verdict(answer) == "refused wrong_agency");
        CHECK(answer.agency == "b");
        CHECK(answer.digest == envelope_digest(envelope));
        require_done(check_answer(answer, desk.agency.keys_of("b")));
    }
    SECTION("named as that of one that is not there: nobody can sign") {
        CHECK(desk.post(submission_line(envelope, "c")).body == "{\"error\":\"wrong_agency\"}\n");
    }
    SECTION("with another agency in its header") {
        const auto device =
            std::search(envelope.begin(), envelope.end(), desk.kiosk.id.begin(), desk.kiosk.id.end());
        const auto agency = std::find(std::make_reverse_iterator(device), envelope.rend(), std::uint8_t{'a'});
        REQUIRE(agency != envelope.rend());
        *agency = 'b';
        REQUIRE(require(parse_envelope(envelope)).header.agency == "b");
        const Answer answer = answer_of(desk.post(submission_line(envelope, "b")));
        CHECK(verdict(answer) == "refused bad_signature");
        require_done(check_answer(answer, desk.agency.keys_of("b")));
    }
    SECTION("with another agency in its header, signed anew: it does not open") {
        Envelope parsed = require(parse_envelope(envelope));
        parsed.header.agency = "b";
        const Bytes header = canonical::envelope_header(parsed.header);
        const auto cipher =
            std::search(envelope.begin(), envelope.end(), parsed.cipher.begin(), parsed.cipher.end());
        const Bytes before(envelope.begin(), cipher);
        const Bytes former = canonical::envelope_header(require(parse_envelope(envelope)).header);
        const auto at = std::search(before.begin(), before.end(), former.begin(), former.end());
        REQUIRE(at != before.end());
        const auto begin = static_cast<std::size_t>(at - before.begin());
        std::copy(header.begin(), header.end(), envelope.begin() + static_cast<std::ptrdiff_t>(begin));
        const Signature own = sign(canonical::envelope_signature(header, parsed.cipher), desk.kiosk.key);
        std::copy(own.begin(), own.end(), envelope.end() - static_cast<std::ptrdiff_t>(own.size()));
        // Sealed to the keys of a, and b has none of them: it waits for a key that never comes.
        const Response response = desk.post(submission_line(envelope, "b"));
        CHECK(response.status == 503);
        CHECK(json_of(response)["error"].text() == "unavailable");
    }
    CHECK(desk.envelopes() == 0);
    CHECK(desk.candidates().size() == 0);
}

TEST_CASE("an envelope for one installation is taken by no other, though the agency has the same id there") {
    Desk desk;
    const Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
    AgencyFixture elsewhere{AgencyFixture::Empty{}};
    const NewAgencyKeys keys = require(make_agency_keys(elsewhere.folder.path(), "a", "correct horse",
                                                        elsewhere.folder / "offline", 1, elsewhere.random));
    elsewhere.open();
    elsewhere.add_agency({"a", "Apu Oy", keys.root, keys.key_set});
    HeaderLines headers = desk.kiosk.headers();
    const std::string line = submission_line(envelope, "a");
    SECTION("where the kiosk is unknown it is not even read") {
        const Response response = call(elsewhere, "POST", "/v1/submissions", headers, line);
        CHECK(response.status == 401);
        CHECK(json_of(response)["error"].text() == "token_expired");
    }
    SECTION("where the kiosk is known too it does not open") {
        PlayedKiosk there = desk.kiosk;
        there.enrol(elsewhere, {"a"});
        const Response response = call(elsewhere, "POST", "/v1/submissions", there.headers(), line);
        CHECK(response.status == 503);
        CHECK(json_of(response)["error"].text() == "unavailable");
    }
    SECTION("where another kiosk sends it, it is refused") {
        PlayedKiosk another(elsewhere.random);
        another.enrol(elsewhere, {"a"});
        const Response response = call(elsewhere, "POST", "/v1/submissions", another.headers(), line);
        REQUIRE(response.status == 200);
        const Answer answer =
            require(answer_from_json_text(response.body.substr(0, response.body.find('\n'))));
        CHECK(verdict(answer) == "refused unknown_device");
        require_done(check_answer(answer, elsewhere.keys_of("a")));
        CHECK_FALSE(check_answer(answer, desk.agency.keys_of("a"))
                        .ok()); // no kiosk of the first takes it for an answer
    }
    CHECK(elsewhere.count("SELECT COUNT(*) FROM envelopes") == 0);
    CHECK(elsewhere.count("SELECT COUNT(*) FROM candidates") == 0);
}

TEST_CASE("a missing opening key is temporary: 503, and the same envelope is stored when the key is back") {
    Desk desk;
    const auto key = desk.agency.folder / "keys/a/opening.json";
    const auto away = desk.agency.folder / "away.json";
    const Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
    std::filesystem::rename(key, away);
    desk.agency.open();
    const Response answer = desk.post(submission_line(envelope, "a"));
    CHECK(answer.status == 503);
    CHECK(desk.envelopes() == 0);
    std::filesystem::rename(away, key);
    CHECK(verdict(desk.send(envelope)) == "stored");
}

TEST_CASE("a payload that cannot be read is kept all the same, and flagged") {
    Desk desk;
    CHECK(verdict(desk.send(desk.kiosk.seal(desk.agency, "a", "not json"))) == "stored");
    CHECK(verdict(desk.send(desk.kiosk.seal(desk.agency, "a", R"({"kind":"poem"})"))) == "stored");
    const Json list = desk.candidates();
    REQUIRE(list.size() == 2);
    std::vector<std::string> flags{std::string(list[0]["flags"][0]["flag"].text()),
                                   std::string(list[1]["flags"][0]["flag"].text())};
    std::sort(flags.begin(), flags.end());
    CHECK(flags == std::vector<std::string>{"not_json", "unknown_kind"});
    CHECK(desk.agency.count("SELECT COUNT(*) FROM envelopes WHERE unread_payload = 'not json'") == 1);
}

TEST_CASE("a test's result joins its candidate by the reference number, its score computed again") {
    Desk desk;
    desk.send(desk.kiosk.seal(desk.agency, "a", desk.registration("A")));
    const Json result = typing_result(desk.agency, desk.reference());
    desk.send(desk.kiosk.seal(desk.agency, "a", result.to_text()));
    const Json list = desk.candidates();
    REQUIRE(list.size() == 1);
    CHECK(list[0]["registrations"].size() == 1);
    REQUIRE(list[0]["results"].size() == 1);
    CHECK(list[0]["results"][0]["recomputed"].bool_or(false));
    CHECK(list[0]["results"][0]["metrics"] == result["metrics"]);
    CHECK(list[0]["results"][0]["flag"].text() == "");
}

TEST_CASE("a score that does not follow from its key log is kept and flagged") {
    Desk desk;
    Json result = typing_result(desk.agency, desk.reference());
    Json metrics = result["metrics"];
    const std::string first = metrics.members().back().first;
    metrics.set(first, 999.0);
    result.set("metrics", metrics);
    CHECK(verdict(desk.send(desk.kiosk.seal(desk.agency, "a", result.to_text()))) == "stored");
    const Json list = desk.candidates();
    REQUIRE(list.size() == 1);
    CHECK_FALSE(list[0]["results"][0]["recomputed"].bool_or(true));
    CHECK(list[0]["results"][0]["flag"].text() == "metrics_differ");
}

TEST_CASE("a reference number of another device leads to nobody else's candidate") {
    Desk desk;
    desk.send(desk.kiosk.seal(desk.agency, "a", desk.registration("Victim")));
    const std::string victims = desk.reference();
    PlayedKiosk other(desk.agency.random);
    other.enrol(desk.agency, {"a"});
    std::swap(desk.kiosk, other);
    desk.send(desk.kiosk.seal(desk.agency, "a", typing_result(desk.agency, victims).to_text()));
    const Json list = desk.candidates();
    REQUIRE(list.size() == 2);
    for (const Json& candidate : list.items()) {
        const bool is_victim = candidate["reference"].text() == victims;
        CHECK(candidate["results"].size() == (is_victim ? 0 : 1));
        if (!is_victim) CHECK(candidate["flags"][0]["flag"].text() == "reference");
    }
}

TEST_CASE("a batch is answered line by line in its order, and one bad line harms no other") {
    Desk desk;
    const Bytes first = desk.kiosk.seal(desk.agency, "a", desk.registration("A"));
    const Bytes last = desk.kiosk.seal(desk.agency, "a", desk.registration("B"));
    const Response response =
        desk.post(submission_line(first, "a") + "rubbish\n" + submission_line(last, "a"));
    const std::string& body = response.body;
    CHECK(std::count(body.begin(), body.end(), '\n') == 3);
    const std::size_t one = body.find('\n'), two = body.find('\n', one + 1);
    CHECK(require(answer_from_json_text(body.substr(0, one))).digest == envelope_digest(first));
    CHECK(body.substr(one + 1, two - one - 1) == "{\"error\":\"not_an_envelope\"}");
    CHECK(require(answer_from_json_text(body.substr(two + 1, body.size() - two - 2))).digest ==
          envelope_digest(last));
    std::string many;
    for (int i = 0; i < 101; ++i)
        many += "{}\n";
    CHECK(desk.post(many).status == 413);
}

TEST_CASE("sixty-four parallel sends of one envelope make one row and sixty-four equal answers") {
    Desk desk;
    ServerSettings settings;
    auto server = require(Server::start(settings, device_api(*desk.agency.services)));
    const std::string line = submission_line(desk.kiosk.seal(desk.agency, "a", desk.registration("A")), "a");
    std::vector<std::future<std::string>> sends;
    for (int i = 0; i < 64; ++i)
        sends.push_back(std::async(std::launch::async, [&]() -> std::string {
            const auto client = make_curl_client({});
            HttpRequest request;
            request.method = "POST";
            request.url = server->url() + "/v1/submissions";
            request.headers = desk.kiosk.headers();
            request.body = line;
            const auto answer = client->perform(request);
            return answer.ok() ? std::to_string(answer->status) + answer->body : answer.error().detail;
        }));
    std::vector<std::string> answers;
    for (auto& one : sends)
        answers.push_back(one.get());
    faults::FaultReport report("races", 0);
    for (const std::string& answer : answers) {
        report.cell();
        if (answer != answers.front()) report.violation("another answer: " + answer);
    }
    if (desk.envelopes() != 1) report.violation("rows: " + std::to_string(desk.envelopes()));
    report.write();
    CHECK(report.first_violation() == "");
    CHECK(answers.front().starts_with("200{\"protocol\":\"vakant-sync/1\",\"verdict\":\"stored\""));
    CHECK(desk.agency.count("SELECT COUNT(*) FROM registrations") == 1);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM candidates") == 1);
}

TEST_CASE(
    "two backends on one PostgreSQL make one row of what both are sent at the same time, and say the same") {
    if (std::getenv("VAKANT_TEST_POSTGRES") == nullptr) {
        WARN("skipped: SQLite has one backend; tests/agency/with_postgres.py runs this");
        return;
    }
    Desk desk;
    const auto other = require(open_services(
        {desk.agency.folder.path(), desk.agency.assets, postgres_for(desk.agency.folder.path())},
        desk.agency.clock, desk.agency.random));
    std::vector<std::unique_ptr<Server>> servers;
    servers.push_back(require(Server::start({}, device_api(*desk.agency.services))));
    servers.push_back(require(Server::start({}, device_api(*other))));
    const std::string same_id = make_uuid(desk.agency.random);
    const std::string lines[] = {
        submission_line(desk.kiosk.seal(desk.agency, "a", desk.registration("A"), same_id), "a"),
        submission_line(desk.kiosk.seal(desk.agency, "a", desk.registration("B"), same_id), "a")};
    std::vector<std::future<std::pair<std::size_t, std::string>>> sends;
    for (std::size_t i = 0; i < 64; ++i)
        sends.push_back(std::async(std::launch::async, [&, i] {
            const std::size_t which = i / 2 % 2;
            HttpRequest request;
            request.method = "POST";
            request.url = servers[i % 2]->url() + "/v1/submissions";
            request.headers = desk.kiosk.headers();
            request.body = lines[which];
            const auto answer = make_curl_client({})->perform(request);
            return std::pair(which, answer.ok() ? answer->body : answer.error().detail);
        }));
    std::set<std::string> answers[2];
    for (auto& one : sends) {
        const auto [which, answer] = one.get();
        answers[which].insert(answer);
    }
    REQUIRE(answers[0].size() == 1);
    REQUIRE(answers[1].size() == 1);
    const std::string verdicts[] = {std::string(require(parse_json(*answers[0].begin()))["verdict"].text()),
                                    std::string(require(parse_json(*answers[1].begin()))["verdict"].text())};
    CHECK(std::set<std::string>(std::begin(verdicts), std::end(verdicts)) ==
          std::set<std::string>{"conflict", "stored"});
    CHECK(desk.envelopes() == 1);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM registrations") == 1);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM candidates") == 1);
}

TEST_CASE("a heartbeat is answered under each agency's signature over the kiosk's nonce") {
    Desk desk;
    const std::string nonce = "0123456789abcdefghijkl";
    const Response response =
        call(desk.agency, "POST", "/v1/heartbeat", desk.kiosk.headers(),
             Json::object({{"nonce", nonce}, {"queued", 3}, {"name", "Canary"}, {"versions", Json::object()}})
                 .to_text());
    REQUIRE(response.status == 200);
    const Json answers = json_of(response)["answers"];
    REQUIRE(answers.size() == 1);
    const auto answer = require(heartbeat_from_json_text(answers[0].to_text()));
    require_done(check_heartbeat(answer, desk.agency.keys_of("a"), nonce, desk.kiosk.id));
    CHECK(answer.server_time == desk.agency.clock.wall_ms());
    CHECK(answer.backed_up_through == 0);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM devices WHERE heartbeat LIKE '%\"queued\":3%'") == 1);
    CHECK(desk.agency.count("SELECT COUNT(*) FROM devices WHERE heartbeat LIKE '%Canary%'") == 0);
}

TEST_CASE("devices list says what somebody should look at, and why items stand aside") {
    Desk desk;
    const auto alarms_after = [&](Json heartbeat) {
        heartbeat.set("nonce", "0123456789abcdefghijkl");
        const Response response =
            call(desk.agency, "POST", "/v1/heartbeat", desk.kiosk.headers(), heartbeat.to_text());
        REQUIRE(response.status == 200);
        const Json listed = to_json(require(desk.agency.services->database->read_for<std::vector<Device>>(
            [](Connection& connection) { return all_devices(connection); }))[0]);
        return listed["alarms"].to_text() + listed["heartbeat"]["aside"].to_text();
    };
    constexpr std::int64_t day = 86'400'000, mebibyte = 1 << 20;
    CHECK(alarms_after(Json::object(
              {{"oldest_age_ms", 90 * day}, {"free_disk_bytes", 200 * mebibyte}, {"skew_ms", -120'000}})) ==
          "[]{}");
    CHECK(alarms_after(Json::object({{"queued", nullptr}, {"outbox_closed", 1}})) == "[\"outbox_closed\"]{}");
    CHECK(alarms_after(Json::object({{"salvaged", 30}, {"salvage_lost", 2}})) == "[\"outbox_damaged\"]{}");
    CHECK(alarms_after(Json::object({{"salvaged", 0}})) == "[\"outbox_damaged\"]{}"); // nobody knows how many
    CHECK(alarms_after(Json::object({{"oldest_age_ms", 90 * day + 1}})) == "[\"undelivered_for_90_days\"]{}");
    CHECK(alarms_after(Json::object({{"free_disk_bytes", 200 * mebibyte - 1}, {"skew_ms", -120'001}})) ==
          "[\"disk_low\",\"clock\"]{}");
    CHECK(alarms_after(Json::object(
              {{"blocked", 2},
               {"quarantined", 1},
               {"aside", Json::object({{"agency_not_served", 2}, {"conflict", 1}, {"Aino Canary", 1}})}})) ==
          "[\"conflict\",\"refused\"]{\"agency_not_served\":2,\"conflict\":1}");
}

TEST_CASE("forms and tests are offered with digests and signatures that hold") {
    Desk desk;
    for (const std::string kind : {"form", "skill"}) {
        const Response response =
            call(desk.agency, "GET", "/v1/" + kind + "s?agency=a", desk.kiosk.headers());
        REQUIRE(response.status == 200);
        const Json list = json_of(response);
        REQUIRE(list.size() > 0);
        for (const Json& document : list.items()) {
            SignedContent content{"a",
                                  kind,
                                  std::string(document["id"].text()),
                                  std::string(document["body"].text()),
                                  std::string(document["signer"].text()),
                                  {}};
            const Bytes signature = require(from_base64url(document["signature"].text()));
            std::copy(signature.begin(), signature.end(), content.signature.begin());
            require_done(check_content(content, desk.agency.keys_of("a")));
            CHECK(document["digest"].text() == blake2b_hex(content.body));
        }
        HeaderLines conditional = desk.kiosk.headers();
        conditional.emplace_back("if-none-match", response.headers.back().second);
        CHECK(call(desk.agency, "GET", "/v1/" + kind + "s?agency=a", conditional).status == 304);
    }
}
