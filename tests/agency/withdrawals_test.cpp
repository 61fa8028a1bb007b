#include "agency/candidates/candidate_list.h"
#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

constexpr std::string_view secret = "00112233445566778899aabbccddeeff";
constexpr std::string_view other_secret = "ffeeddccbbaa99887766554433221100";

struct Desk {
    AgencyFixture agency;
    PlayedKiosk kiosk{agency.random};
    PlayedKiosk other_kiosk{agency.random};

    Desk() {
        kiosk.enrol(agency, {"a", "b"});
        other_kiosk.enrol(agency, {"a"});
    }
    std::string reference(int number = 1) const { return reference_number(kiosk.prefix, number); }
    std::string registration(int number = 1) const {
        return Json::object({{"kind", "registration"},
                             {"form", "registration"},
                             {"version", "1"},
                             {"digest", "not-a-form"},
                             {"language", "uk"},
                             {"answers", Json::object({{"name", "Canary-9024"}})},
                             {"consents", Json::array({Json::object({{"purpose", "talent_pool"},
                                                                     {"recipient", ""},
                                                                     {"recipient_kind", "agency"},
                                                                     {"text_version", "2"},
                                                                     {"given", true},
                                                                     {"language", "uk"},
                                                                     {"text_digest", "ab"},
                                                                     {"at", 1},
                                                                     {"form_version", "1"},
                                                                     {"retention", "pool-24-months"}})})},
                             {"notice", Json::object({{"language", "uk"}})},
                             {"source", Json::object({{"kind", "walk-in"}})},
                             {"vacancy", "v-7"},
                             {"application", true},
                             {"reference", reference(number)},
                             {"secret", secret}})
            .to_text();
    }
    std::string result() const {
        return Json::object({{"kind", "skill-result"},
                             {"test", "typing-fi"},
                             {"version", "1"},
                             {"digest", "d"},
                             {"language", "uk"},
                             {"metrics", Json::object({{"note", "Canary-9024"}})},
                             {"reference", reference()},
                             {"secret", secret}})
            .to_text();
    }
    std::string withdrawal(std::string_view with, int number = 1) const {
        return Json::object({{"kind", "withdrawal"},
                             {"language", "uk"},
                             {"reference", reference(number)},
                             {"secret", with}})
            .to_text();
    }
    std::string send(const PlayedKiosk& from, const std::string& payload, const std::string& to = "a") {
        HeaderLines headers = from.headers();
        headers.emplace_back("content-type", "application/x-ndjson");
        const Bytes envelope = from.seal(agency, to, payload);
        const Response response =
            call(agency, "POST", "/v1/submissions", headers, submission_line(envelope, to));
        REQUIRE(response.status == 200);
        agency.clock.move(1000);
        const Answer answer =
            require(answer_from_json_text(response.body.substr(0, response.body.find('\n'))));
        return std::string(name_of(answer.verdict)) + answer.reason;
    }
    Json candidates(std::string_view of = "a") {
        return require(agency.services->database->read_for<Json>(
            [&](Connection& connection) { return candidate_list(connection, of); }));
    }
    /// How many rows anywhere still hold the person's words or what could be opened to read them.
    std::int64_t traces(const std::string& of = "a") {
        return agency.count(
            "SELECT (SELECT COUNT(*) FROM registrations WHERE agency_id = '" + of +
            "' AND answers LIKE '%Canary%') + (SELECT COUNT(*) FROM results WHERE agency_id = '" + of +
            "') + (SELECT COUNT(*) FROM envelopes WHERE agency_id = '" + of + "' AND LENGTH(bytes) > 0)");
    }
};

} // namespace

TEST_CASE("a withdrawal erases registration and results and keeps the consents as evidence") {
    Desk desk;
    CHECK(desk.send(desk.kiosk, desk.registration()) == "stored");
    CHECK(desk.send(desk.kiosk, desk.result()) == "stored");
    REQUIRE(desk.traces() == 4); // the control: two envelopes, the answers, the result
    CHECK(desk.send(desk.kiosk, desk.withdrawal(secret)) == "stored");
    CHECK(desk.traces() == 0);
    const Json list = desk.candidates();
    REQUIRE(list.size() == 1);
    CHECK(list[0]["reference"].text() == desk.reference());
    CHECK(list[0]["withdrawn_at"].text() == "2026-11-23T08:00:02Z");
    CHECK(list[0]["results"].size() == 0);
    const Json& registration = list[0]["registrations"][0];
    CHECK(registration["answers"].size() == 0);
    CHECK(registration["vacancy"].is_null());
    CHECK(registration["consents"][0]["purpose"].text() == "talent_pool");
    CHECK(registration["consents"][0]["given"].bool_or(false));
    CHECK(registration["consents"][0]["text_digest"].text() == "ab");
    CHECK(registration["consents"][0]["text_version"].text() == "2");
    CHECK(registration["consents"][0]["retention"].text() == "pool-24-months");
}

TEST_CASE("a wrong secret changes nothing and is answered like a right one and like a number nobody has") {
    Desk desk;
    desk.send(desk.kiosk, desk.registration());
    CHECK(desk.send(desk.kiosk, desk.withdrawal(other_secret)) == "stored");
    CHECK(desk.send(desk.kiosk, desk.withdrawal(secret, 77)) == "stored");
    CHECK(desk.candidates().size() == 1);
    CHECK(desk.candidates()[0]["withdrawn_at"].is_null());
    CHECK(desk.candidates()[0]["registrations"][0]["answers"]["name"].text() == "Canary-9024");
}

TEST_CASE("a withdrawal entered on another kiosk before the registration arrived takes effect when it does") {
    Desk desk;
    desk.agency.clock.move(10'000);
    CHECK(desk.send(desk.other_kiosk, desk.withdrawal(secret)) == "stored");
    CHECK(desk.candidates().size() == 0);
    desk.agency.clock.move(-9'000); // made before, on a kiosk that was offline
    CHECK(desk.send(desk.kiosk, desk.registration()) == "stored");
    REQUIRE(desk.candidates().size() == 1);
    CHECK(desk.candidates()[0]["withdrawn_at"].is_string());
    CHECK(desk.traces() == 0);
}

TEST_CASE("what the same slip sends after its withdrawal stays") {
    Desk desk;
    desk.send(desk.kiosk, desk.withdrawal(secret));
    desk.agency.clock.move(60'000);
    desk.send(desk.kiosk, desk.registration());
    CHECK(desk.candidates()[0]["withdrawn_at"].is_null());
}

TEST_CASE("a withdrawal from one agency leaves what another agency has") {
    Desk desk;
    desk.send(desk.kiosk, desk.registration(), "a");
    desk.send(desk.kiosk, desk.registration(), "b");
    desk.send(desk.kiosk, desk.withdrawal(secret), "a");
    CHECK(desk.traces("a") == 0);
    CHECK(desk.candidates("b")[0]["withdrawn_at"].is_null());
    CHECK(desk.candidates("b")[0]["registrations"][0]["answers"]["name"].text() == "Canary-9024");
}

TEST_CASE("a repeated withdrawal gets the answer of its first time") {
    Desk desk;
    desk.send(desk.kiosk, desk.registration());
    const Bytes envelope = desk.kiosk.seal(desk.agency, "a", desk.withdrawal(secret));
    HeaderLines headers = desk.kiosk.headers();
    headers.emplace_back("content-type", "application/x-ndjson");
    const std::string line = submission_line(envelope, "a");
    const Response first = call(desk.agency, "POST", "/v1/submissions", headers, line);
    CHECK(call(desk.agency, "POST", "/v1/submissions", headers, line).body == first.body);
}

TEST_CASE("a withdrawal without a secret is kept as unreadable and flagged") {
    Desk desk;
    desk.send(desk.kiosk, desk.registration());
    CHECK(desk.send(desk.kiosk, desk.withdrawal("")) == "stored");
    CHECK(desk.candidates()[0]["flags"].size() == 1);
    CHECK(desk.candidates()[0]["withdrawn_at"].is_null());
}
