#include <algorithm>

#include "tests/sync/kiosk_under_test.h"

using namespace vakant;

namespace {

constexpr std::int64_t minute = 60'000;

Vacancy vacancy(const std::string& id, const std::string& agency = "aalto") {
    Vacancy out;
    out.id = id;
    out.agency = agency;
    out.source = "own";
    out.source_id = id;
    out.apply_at_kiosk = true;
    out.published_at = 1'763'000'000'000;
    out.texts.push_back({"fi", "Siivooja " + id, "", "", ""});
    return out;
}

HttpAnswer page(const std::vector<Vacancy>& upserts, const std::string& next, bool more,
                const std::vector<std::string>& tombstones = {}, const std::string& tag = "") {
    Json list = Json::array();
    for (const Vacancy& each : upserts)
        list.push(to_json(each));
    Json gone = Json::array();
    for (const std::string& id : tombstones)
        gone.push(id);
    HttpAnswer answer = http_answer(200, Json::object({{"upserts", list},
                                                       {"tombstones", gone},
                                                       {"next_cursor", next},
                                                       {"more", more},
                                                       {"generated_at", 1'763'900'000'000}})
                                             .to_text());
    if (!tag.empty()) answer.headers.emplace_back("etag", tag);
    return answer;
}

std::string shown(KioskUnderTest& kiosk) {
    auto reader = CacheReader::open(kiosk.folder / "cache.db").value();
    const VacancyResults results = reader->search({}, kiosk.clock.wall_ms()).value();
    std::vector<std::string> ids;
    for (const VacancyCard& card : results.cards)
        ids.push_back(card.id);
    std::sort(ids.begin(), ids.end());
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : " ") + id;
    return text;
}

Json signed_document(const AgencyKeys& agency, const std::string& kind, const std::string& id,
                     const std::string& body) {
    const SignedContent content = sign_content(agency.id, kind, id, body, agency.content);
    return Json::object({{"id", id},
                         {"digest", blake2b_hex(body)},
                         {"body", body},
                         {"signer", content.signer},
                         {"signature", to_base64url(content.signature)}});
}

std::string documents(KioskUnderTest& kiosk, const std::string& kind) {
    auto reader = CacheReader::open(kiosk.folder / "cache.db").value();
    std::string text;
    const std::vector<CachedDocument> found = reader->documents(kind).value();
    for (const CachedDocument& document : found)
        text += document.agency + "/" + document.id + "=" + document.body + " ";
    return text;
}

} // namespace

TEST_CASE("the board is mirrored page after page and then only what changed") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a"), vacancy("b")}, "c1", true);
    kiosk.backend.vacancy_pages["c1"] = page({vacancy("c")}, "c2", false);
    kiosk.run_for(10'000);
    CHECK(shown(kiosk) == "a b c");
    CHECK(kiosk.cache->cursor("aalto").value() == "c2");
    kiosk.backend.vacancy_pages["c2"] = page({vacancy("d")}, "c3", false, {"a"});
    kiosk.run_for(2 * minute);
    CHECK(shown(kiosk) == "b c d");
    // A restart goes on where the cache stands.
    kiosk.start();
    kiosk.backend.http.requests.clear();
    kiosk.run_for(10'000);
    for (const HttpRequest& request : kiosk.backend.http.requests) {
        if (FakeBackend::path_of(request).starts_with("/v1/vacancies"))
            CHECK(FakeBackend::path_of(request) == "/v1/vacancies?agency=aalto&limit=200&cursor=c3");
    }
}

TEST_CASE("nothing new is asked for by its tag and answered without a body") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "c1", false);
    kiosk.backend.vacancy_pages["c1"] = page({}, "c1", false, {}, "\"t1\"");
    kiosk.run_for(3 * minute);
    std::size_t by_tag = 0;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::header_of(request, "If-None-Match") != "\"t1\"") return std::nullopt;
        ++by_tag;
        return http_answer(304, "");
    };
    kiosk.run_for(5 * minute);
    CHECK(by_tag >= 4);
    CHECK(shown(kiosk) == "a");
}

TEST_CASE("a line that breaks in the middle of the first load goes on where it was, also after a restart") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "c1", true);
    kiosk.backend.vacancy_pages["c1"] = page({vacancy("b")}, "c2", true);
    kiosk.backend.vacancy_pages["c2"] = page({vacancy("c")}, "c3", false);
    bool broken = true;
    kiosk.backend.instead = [&](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (broken && request.url.ends_with("cursor=c2")) return Error{ErrorKind::offline, "cut off"};
        return std::nullopt;
    };
    kiosk.run_for(10'000);
    CHECK(shown(kiosk) == "a b");
    kiosk.start();
    broken = false;
    kiosk.run_for(minute);
    CHECK(shown(kiosk) == "a b c");
    std::size_t from_the_beginning = 0;
    for (const HttpRequest& request : kiosk.backend.http.requests)
        from_the_beginning += request.url.ends_with("cursor=") ? 1 : 0;
    CHECK(from_the_beginning == 1);
}

TEST_CASE("a cursor that is gone makes the kiosk load everything again without an empty board in between") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a"), vacancy("b")}, "c1", false);
    kiosk.run_for(10'000);
    kiosk.backend.vacancy_pages["c1"] = http_answer(410, R"({"error":"cursor_gone"})");
    kiosk.backend.vacancy_pages[""] = page({vacancy("b")}, "n1", true);
    kiosk.backend.vacancy_pages["n1"] = page({vacancy("z")}, "n2", false);
    kiosk.run_for(2 * minute);
    CHECK(shown(kiosk) == "b z");
    CHECK(kiosk.cache->cursor("aalto").value() == "n2");
}

TEST_CASE("a vacancy that cannot be read is left out and the others are shown") {
    KioskUnderTest kiosk;
    Json body =
        parse_json(page({vacancy("a"), vacancy("x", "bergen"), vacancy("b")}, "c1", false).body).value();
    Json list = body["upserts"];
    list.push("not a vacancy").push(Json::object({{"id", "half"}}));
    body.set("upserts", list);
    kiosk.backend.vacancy_pages[""] = http_answer(200, body.to_text());
    kiosk.run_for(10'000);
    CHECK(shown(kiosk) == "a b");
}

TEST_CASE("a page that would be fetched for ever is not") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "", true);
    kiosk.run_for(10 * minute);
    CHECK(kiosk.backend.count_of("/v1/vacancies") < 40);
}

TEST_CASE("pages that are no pages change nothing") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "c1", false);
    kiosk.run_for(10'000);
    const auto odd =
        GENERATE(http_answer(200, "<html>log in</html>"), http_answer(200, "{}"), http_answer(200, "[]"),
                 http_answer(500, ""), http_answer(200, R"({"upserts":[],"next_cursor":7})"));
    kiosk.backend.vacancy_pages["c1"] = odd;
    kiosk.run_for(10 * minute);
    CHECK(shown(kiosk) == "a");
    CHECK(kiosk.cache->cursor("aalto").value() == "c1");
}

TEST_CASE("a cache that turns out damaged is made anew and filled again") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "c1", false);
    kiosk.run_for(10'000);
    kiosk.damage_next_apply = true;
    kiosk.run_for(5 * minute);
    CHECK(kiosk.cache->rebuilt());
    CHECK(shown(kiosk) == "a");
}

TEST_CASE("a cache that its reader finds damaged is made anew and filled again, documents too") {
    KioskUnderTest kiosk;
    kiosk.backend.vacancy_pages[""] = page({vacancy("a")}, "c1", false);
    Json forms = Json::array();
    forms.push(signed_document(kiosk.backend.agencies.at("aalto"), "form", "registration", "{}"));
    kiosk.backend.documents["/v1/forms?agency=aalto"] = http_answer(200, forms.to_text());
    kiosk.run_for(10'000);
    REQUIRE(shown(kiosk) == "a");
    kiosk.engine->cache_is_damaged();
    CHECK(kiosk.cache->rebuilt());
    CHECK(shown(kiosk).empty());
    kiosk.run_for(10'000);
    CHECK(shown(kiosk) == "a");
    CHECK(documents(kiosk, "form") == "aalto/registration={} ");
}

TEST_CASE("forms, tests and the profile are taken when the agency's content key signed them, and go when "
          "they are no "
          "longer listed") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    Json forms = Json::array();
    forms.push(signed_document(agency, "form", "registration", "{\"v\":1}"))
        .push(signed_document(agency, "form", "short", "{}"));
    kiosk.backend.documents["/v1/forms?agency=aalto"] = http_answer(200, forms.to_text());
    Json skills = Json::array();
    skills.push(signed_document(agency, "skill", "typing-fi", "{\"s\":1}"));
    kiosk.backend.documents["/v1/skills?agency=aalto"] = http_answer(200, skills.to_text());
    Json config = Json::array();
    config.push(signed_document(agency, "config", "profile", "{\"name\":\"Aalto\"}"));
    kiosk.backend.documents["/v1/config?agency=aalto"] = http_answer(200, config.to_text());
    kiosk.run_for(10'000);
    CHECK(documents(kiosk, "form") == "aalto/registration={\"v\":1} aalto/short={} ");
    CHECK(documents(kiosk, "skill") == "aalto/typing-fi={\"s\":1} ");
    CHECK(documents(kiosk, "config") == "aalto/profile={\"name\":\"Aalto\"} ");
    Json fewer = Json::array();
    fewer.push(signed_document(agency, "form", "registration", "{\"v\":2}"));
    kiosk.backend.documents["/v1/forms?agency=aalto"] = http_answer(200, fewer.to_text());
    kiosk.run_for(2 * minute);
    CHECK(documents(kiosk, "form") == "aalto/registration={\"v\":2} ");
}

TEST_CASE("an older list of forms under the newer one's tag is believed for an hour and no longer") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    const auto list = [&](const std::string& body) {
        return Json::array().push(signed_document(agency, "form", "registration", body)).to_text();
    };
    kiosk.backend.instead =
        [&, asked = 0](const HttpRequest& request) mutable -> std::optional<Result<HttpAnswer>> {
        if (request.url.find("/v1/forms") == std::string::npos) return std::nullopt;
        if (FakeBackend::header_of(request, "If-None-Match") == "2") return http_answer(304, "");
        return http_answer(200, list(asked++ == 0 ? "{\"v\":1}" : "{\"v\":2}"), {{"etag", "2"}});
    };
    kiosk.run_for(50 * minute);
    CHECK(documents(kiosk, "form") == "aalto/registration={\"v\":1} ");
    kiosk.run_for(12 * minute);
    CHECK(documents(kiosk, "form") == "aalto/registration={\"v\":2} ");
}

TEST_CASE("an ill-signed document is left out, and what is held of it stays") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    Json forms = Json::array();
    forms.push(signed_document(agency, "form", "registration", "{\"v\":1}"));
    kiosk.backend.documents["/v1/forms?agency=aalto"] = http_answer(200, forms.to_text());
    kiosk.run_for(10'000);
    const int odd = GENERATE(0, 1, 2, 3);
    Json bad = signed_document(agency, odd == 0 ? "skill" : "form", "registration", "{\"v\":666}");
    if (odd == 1) bad.set("body", "{\"v\":667}").set("digest", blake2b_hex("{\"v\":667}"));
    if (odd == 2) bad.set("digest", blake2b_hex("other"));
    if (odd == 3) bad.set("signature", "AAAA");
    Json list = Json::array();
    list.push(bad).push(signed_document(agency, "form", "short", "{}"));
    kiosk.backend.documents["/v1/forms?agency=aalto"] = http_answer(200, list.to_text());
    kiosk.run_for(3 * minute);
    CHECK(documents(kiosk, "form") == "aalto/registration={\"v\":1} aalto/short={} ");
}

TEST_CASE(
    "the heartbeat tells how the kiosk is, and its signed answer gives time, epoch and what may be purged") {
    KioskUnderTest kiosk;
    kiosk.backend.reachable = false;
    kiosk.finalise("Aino");
    kiosk.run_for(5 * minute);
    kiosk.backend.reachable = true;
    kiosk.backend.unavailable_agencies = {"aalto"};
    kiosk.backend.server_time = kiosk.clock.wall_ms() + 3 * 365 * 24 * 60 * minute;
    kiosk.backend.backed_up_through = 17;
    kiosk.run_for(5 * minute);
    CHECK(kiosk.engine->status().server_epoch == "epoch-1");
    CHECK(kiosk.engine->status().skew_warned);
    CHECK(kiosk.purges.at(0) == "aalto epoch-1 17");
    CHECK(CacheReader::open(kiosk.folder / "cache.db").value()->last_heard().value() >
          kiosk.clock.wall_ms() + minute);
    Json report;
    for (const HttpRequest& request : kiosk.backend.http.requests) {
        if (FakeBackend::path_of(request) == "/v1/heartbeat") report = parse_json(request.body).value();
    }
    CHECK(report["queued"].integer_or(0) == 1);
    CHECK(report["versions"]["program"].text() == "0.1.0");
    CHECK(report["oldest_age_ms"].integer_or(0) > 4 * minute);
}

TEST_CASE("the kiosk's time runs on from the last signed time, whatever its own clock does") {
    KioskUnderTest kiosk;
    CHECK(kiosk.engine->kiosk_time() == kiosk.clock.wall_ms());
    const UtcMs server = kiosk.clock.wall_ms() + 500 * minute;
    kiosk.backend.server_time = server;
    kiosk.engine->step();
    CHECK(kiosk.engine->kiosk_time() == server);
    kiosk.clock.pass(minute / 2);
    CHECK(kiosk.engine->kiosk_time() == server + minute / 2);
    kiosk.clock.set_wall(0);
    CHECK(kiosk.engine->kiosk_time() == server + minute / 2);
}

TEST_CASE(
    "a heartbeat's answer that is replayed, unsigned or for another kiosk moves neither time nor purge") {
    KioskUnderTest kiosk;
    const AgencyKeys& agency = kiosk.backend.agencies.at("aalto");
    const int odd = GENERATE(0, 1, 2);
    kiosk.backend.instead = [&, odd](const HttpRequest& request) -> std::optional<Result<HttpAnswer>> {
        if (FakeBackend::path_of(request) != "/v1/heartbeat") return std::nullopt;
        const std::string nonce(parse_json(request.body).value()["nonce"].text());
        HeartbeatAnswer answer{
            "aalto", kiosk.identity.device_id, odd == 0 ? "an old nonce" : nonce, 5, "e", 99, "", {}};
        if (odd == 1) answer.device = make_uuid(kiosk.random);
        answer = sign_heartbeat(answer, agency.answers);
        if (odd == 2) answer.server_time = 6;
        Json list = Json::array();
        list.push(parse_json(to_json_text(answer)).value());
        return http_answer(200, Json::object({{"answers", list}}).to_text());
    };
    kiosk.run_for(5 * minute);
    CHECK(kiosk.backend.count_of("/v1/heartbeat") > 2);
    CHECK(kiosk.engine->kiosk_time() == kiosk.clock.wall_ms());
    CHECK(kiosk.purges.empty());
    CHECK(kiosk.engine->status().server_epoch.empty());
}
