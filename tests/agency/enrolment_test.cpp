#include "tests/agency/agency_fixture.h"

using namespace vakant;

namespace {

const HeaderLines protocol{{"vakant-protocol", "1"}};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// A kiosk that has asked for a code.
struct Asking {
    AgencyFixture agency;
    PlayedKiosk kiosk{agency.random};
    std::string device_code, user_code;

    Asking() { ask(); }
    void ask() {
        const Response answer = request_code();
        REQUIRE(answer.status == 200);
        const Json body = json_of(answer);
        device_code = std::string(body["device_code"].text());
        user_code = std::string(body["user_code"].text());
        CHECK(body["interval"].integer_or(0) == 5);
        CHECK(body["expires_in"].integer_or(0) == 900);
    }
    Response request_code() {
        return call(agency, "POST", "/v1/device_authorization", protocol,
                    Json::object({{"device_id", kiosk.id},
                                  {"device_key", to_base64url(kiosk.key.public_key)},
                                  {"program_version", "0.1.0"}})
                        .to_text());
    }
    Response poll(const Json& more = Json::object()) {
        agency.clock.move(20'000);
        Json body = Json::object({{"device_code", device_code},
                                  {"device_id", kiosk.id},
                                  {"words_digest", nullptr},
                                  {"signature", nullptr}});
        for (const auto& [name, value] : more.members())
            body.set(name, value);
        return call(agency, "POST", "/v1/token", protocol, body.to_text());
    }
    /// The words that the kiosk computes from what the backend says is to be pinned.
    std::vector<std::string> words_at_kiosk(const Json& answer) {
        std::vector<RootToPin> roots;
        for (const Json& root : answer["roots"].items()) {
            RootToPin pin{std::string(root["agency"].text()), std::string(root["name"].text()), {}};
            const Bytes bytes = require(from_base64url(root["root"].text()));
            std::copy(bytes.begin(), bytes.end(), pin.root.begin());
            roots.push_back(pin);
        }
        return enrolment_words(kiosk.id, kiosk.key.public_key, roots);
    }
    Json agreement(const std::vector<std::string>& words) {
        return Json::object(
            {{"words_digest", blake2b_hex(joined(words))},
             {"signature",
              to_base64url(sign(token_request_bytes(kiosk.id, device_code, words), kiosk.key))}});
    }
    ApprovalStart begin(const std::vector<std::string>& agencies) {
        return require(agency.services->database->write_for<ApprovalStart>([&](Connection& connection) {
            return begin_approval(connection, user_code, agencies, agency.clock.wall_ms());
        }));
    }
    Outcome finish(const std::vector<std::string>& words, bool same) {
        return agency.services->database->write([&](Connection& connection) {
            return finish_approval(connection, user_code, words, same, agency.clock.wall_ms());
        });
    }
};

std::string error_of(const Response& response) {
    return std::to_string(response.status) + " " + std::string(json_of(response)["error"].text());
}

} // namespace

TEST_CASE("a kiosk is enrolled when desk and kiosk both said yes to the same six words") {
    Asking asking;
    CHECK(error_of(asking.poll()) == "400 authorization_pending");
    const ApprovalStart desk = asking.begin({"a", "b"});
    const Response offered = asking.poll();
    CHECK(error_of(offered) == "400 authorization_pending");
    const auto at_kiosk = asking.words_at_kiosk(json_of(offered));
    CHECK(at_kiosk.size() == 6);
    CHECK(at_kiosk == desk.words);

    CHECK(error_of(asking.poll(asking.agreement(at_kiosk))) == "400 authorization_pending");
    CHECK(asking.agency.count("SELECT COUNT(*) FROM devices") == 0);
    require_done(asking.finish(desk.words, true));
    const Response enrolled = asking.poll(asking.agreement(at_kiosk));
    REQUIRE(enrolled.status == 200);
    const Json body = json_of(enrolled);
    CHECK(body["agencies"].size() == 2);
    CHECK(body["agencies"][0]["id"].text() == "a");
    CHECK(body["agencies"][1]["name"].text() == "Bemanning Ab");
    CHECK(body["prefix"].text().size() == 3);
    asking.kiosk.token = std::string(body["token"].text());
    CHECK(call(asking.agency, "GET", "/v1/keys", asking.kiosk.headers()).status == 200);
}

TEST_CASE("the desk's yes alone enrols nobody") {
    Asking asking;
    const ApprovalStart desk = asking.begin({"a"});
    require_done(asking.finish(desk.words, true));
    CHECK(error_of(asking.poll()) == "400 authorization_pending");
    CHECK(asking.agency.count("SELECT COUNT(*) FROM devices") == 0);
}

TEST_CASE("an answer that was lost comes again with the same prefix") {
    Asking asking;
    const ApprovalStart desk = asking.begin({"a"});
    require_done(asking.finish(desk.words, true));
    const Json first = json_of(asking.poll(asking.agreement(desk.words)));
    const Json second = json_of(asking.poll(asking.agreement(desk.words)));
    CHECK(first["prefix"].text() == second["prefix"].text());
    CHECK_FALSE(second["token"].text().empty());
    CHECK(asking.agency.count("SELECT COUNT(*) FROM devices") == 1);
}

TEST_CASE("other words, or words signed by another key, kill the code") {
    Asking asking;
    const ApprovalStart desk = asking.begin({"a"});
    SECTION("other words") {
        const std::vector<std::string> other{"one", "two", "three", "four", "five", "six"};
        CHECK(error_of(asking.poll(asking.agreement(other))) == "400 access_denied");
    }
    SECTION("another key") {
        asking.kiosk.key = make_signing_key();
        CHECK(error_of(asking.poll(asking.agreement(desk.words))) == "400 access_denied");
    }
    SECTION("a person at the kiosk says that they differ") {
        CHECK(error_of(asking.poll(Json::object({{"refused", true}}))) == "400 access_denied");
    }
    SECTION("a person at the desk says that they differ") {
        require_done(asking.finish(desk.words, false));
    }
    CHECK(error_of(asking.poll()) == "400 access_denied");
    const Outcome late = asking.finish(desk.words, true);
    CHECK_FALSE(late.ok());
}

TEST_CASE("choosing other agencies asks both sides again") {
    Asking asking;
    const ApprovalStart one = asking.begin({"a"});
    require_done(asking.finish(one.words, true));
    const ApprovalStart two = asking.begin({"a", "b"});
    CHECK(one.words != two.words);
    CHECK_FALSE(asking.finish(one.words, true).ok());
    CHECK(error_of(asking.poll(asking.agreement(two.words))) == "400 authorization_pending");
}

TEST_CASE("a later agency is compared together with those served already") {
    Asking asking;
    const ApprovalStart first = asking.begin({"a"});
    require_done(asking.finish(first.words, true));
    const Json before = json_of(asking.poll(asking.agreement(first.words)));
    asking.ask();
    const ApprovalStart later = asking.begin({"b"});
    CHECK(later.agencies == std::vector<std::string>{"a", "b"});
    require_done(asking.finish(later.words, true));
    const Json after = json_of(asking.poll(asking.agreement(later.words)));
    CHECK(after["agencies"].size() == 2);
    CHECK(after["prefix"].text() == before["prefix"].text());
}

TEST_CASE("a code lives for fifteen minutes") {
    Asking asking;
    asking.agency.clock.move(15 * 60 * 1000);
    CHECK(error_of(asking.poll()) == "400 expired_token");
    const auto late = asking.agency.services->database->write_for<ApprovalStart>([&](Connection& connection) {
        return begin_approval(connection, asking.user_code, {"a"}, asking.agency.clock.wall_ms());
    });
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().kind == ErrorKind::not_found);
}

TEST_CASE("polling too fast is told to slow down, five seconds more each time") {
    Asking asking;
    CHECK(error_of(asking.poll()) == "400 authorization_pending");
    asking.agency.clock.move(-19'000);
    CHECK(error_of(asking.poll()) == "400 slow_down");
    asking.agency.clock.move(-14'000);
    CHECK(error_of(asking.poll()) == "400 slow_down");
    CHECK(error_of(asking.poll()) == "400 authorization_pending");
}

TEST_CASE("the desk may type the code in any case and without the hyphen") {
    Asking asking;
    std::string typed;
    for (const char c : asking.user_code)
        if (c != '-') typed.push_back(static_cast<char>(c - 'A' + 'a'));
    asking.user_code = typed;
    CHECK(asking.begin({"a"}).words.size() == 6);
}

TEST_CASE("one address gets twenty codes in a quarter of an hour") {
    Asking asking;
    for (int i = 1; i < 20; ++i)
        REQUIRE(asking.request_code().status == 200);
    const Response refused_one = asking.request_code();
    CHECK(refused_one.status == 429);
    CHECK(refused_one.headers.back() == std::pair<std::string, std::string>("retry-after", "900"));
    asking.agency.clock.move(15 * 60 * 1000);
    CHECK(asking.request_code().status == 200);
}

TEST_CASE("two hundred codes in a quarter of an hour are given in all, from however many addresses") {
    AgencyFixture agency;
    const auto ask_from = [&](int number) {
        const PlayedKiosk kiosk(agency.random);
        return require(agency.services->database->write_for<DeviceCode>([&](Connection& connection) {
            return request_code(
                connection, {kiosk.id, "0.1.0", kiosk.key.public_key, "198.51.100." + std::to_string(number)},
                agency.clock.wall_ms(), agency.random);
        }));
    };
    for (int number = 0; number < 200; ++number)
        REQUIRE(ask_from(number).retry_after_ms == 0);
    agency.clock.move(60'000);
    const DeviceCode refused_one = ask_from(200);
    CHECK(refused_one.retry_after_ms == 14 * 60'000);
    CHECK(refused_one.device_code.empty());
    CHECK(refused_one.user_code.empty());
    agency.clock.move(14 * 60'000);
    CHECK(ask_from(201).retry_after_ms == 0);
}

TEST_CASE("a device id that is known with another key gets no code") {
    Asking asking;
    const ApprovalStart desk = asking.begin({"a"});
    require_done(asking.finish(desk.words, true));
    REQUIRE(asking.poll(asking.agreement(desk.words)).status == 200);
    asking.kiosk.key = make_signing_key();
    CHECK(error_of(asking.request_code()) == "400 invalid_request");
}

TEST_CASE("prefixes of reference numbers are never given twice") {
    AgencyFixture agency;
    std::vector<std::string> prefixes;
    for (int i = 0; i < 40; ++i) {
        PlayedKiosk kiosk(agency.random);
        kiosk.enrol(agency, {"a"});
        require_done(agency.services->database->write([&](Connection& connection) {
            return revoke_device(connection, kiosk.id, agency.clock.wall_ms());
        }));
        prefixes.push_back(kiosk.prefix);
    }
    std::sort(prefixes.begin(), prefixes.end());
    CHECK(std::unique(prefixes.begin(), prefixes.end()) == prefixes.end());
}

TEST_CASE("a token is taken only with its own device, until it expires or the device is revoked") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    PlayedKiosk other(agency.random);
    other.enrol(agency, {"a"});
    CHECK(call(agency, "GET", "/v1/keys", kiosk.headers()).status == 200);
    HeaderLines mixed = kiosk.headers();
    mixed[1].second = other.id;
    CHECK(error_of(call(agency, "GET", "/v1/keys", mixed)) == "401 token_expired");
    HeaderLines old_protocol = kiosk.headers();
    old_protocol[0].second = "2";
    CHECK(error_of(call(agency, "GET", "/v1/keys", old_protocol)) == "426 protocol");
    SECTION("expired") {
        agency.clock.move(8LL * 24 * 3600 * 1000);
        CHECK(error_of(call(agency, "GET", "/v1/keys", kiosk.headers())) == "401 token_expired");
    }
    SECTION("revoked") {
        require_done(agency.services->database->write([&](Connection& connection) {
            return revoke_device(connection, kiosk.id, agency.clock.wall_ms());
        }));
        CHECK(error_of(call(agency, "GET", "/v1/keys", kiosk.headers())) == "403 device_revoked");
    }
}

TEST_CASE("a token is renewed by a signature, whatever the kiosk's clock says, and a nonce counts once") {
    AgencyFixture agency;
    PlayedKiosk kiosk(agency.random);
    kiosk.enrol(agency, {"a"});
    const auto renew = [&](const std::string& nonce, const SigningKey& key) {
        const UtcMs years_off = 12'345;
        const Signature signature = sign(token_renewal_bytes(kiosk.id, nonce, years_off), key);
        return call(agency, "POST", "/v1/token/renew", protocol,
                    Json::object({{"device_id", kiosk.id},
                                  {"nonce", nonce},
                                  {"time", years_off},
                                  {"signature", to_base64url(signature)}})
                        .to_text());
    };
    const Response renewed = renew("0123456789abcdef", kiosk.key);
    REQUIRE(renewed.status == 200);
    kiosk.token = std::string(json_of(renewed)["token"].text());
    CHECK(call(agency, "GET", "/v1/keys", kiosk.headers()).status == 200);
    CHECK(error_of(renew("0123456789abcdef", kiosk.key)) == "401 not_authentic");
    CHECK(error_of(renew("another-nonce-16", make_signing_key())) == "401 not_authentic");
    require_done(agency.services->database->write(
        [&](Connection& connection) { return revoke_device(connection, kiosk.id, agency.clock.wall_ms()); }));
    CHECK(error_of(renew("third-nonce-of-16", kiosk.key)) == "403 device_revoked");
}

namespace {

/// Token renewals, all from one address.
struct Renewing {
    AgencyFixture agency;
    int nonces = 0;

    Response renew(const PlayedKiosk& kiosk, const SigningKey& key) {
        const std::string nonce = "nonce-of-16-bytes-" + std::to_string(++nonces);
        const Signature signature = sign(token_renewal_bytes(kiosk.id, nonce, 1), key);
        return call(agency, "POST", "/v1/token/renew", protocol,
                    Json::object({{"device_id", kiosk.id},
                                  {"nonce", nonce},
                                  {"time", 1},
                                  {"signature", to_base64url(signature)}})
                        .to_text());
    }
    PlayedKiosk enrolled() {
        PlayedKiosk kiosk(agency.random);
        kiosk.enrol(agency, {"a"});
        return kiosk;
    }
};

} // namespace

TEST_CASE("however many kiosks stand behind one address, each may renew its token") {
    Renewing office;
    for (int number = 0; number < 40; ++number) {
        const PlayedKiosk kiosk = office.enrolled();
        REQUIRE(office.renew(kiosk, kiosk.key).status == 200);
    }
}

TEST_CASE("one kiosk renews its token thirty times a minute, and keeps no other from it") {
    Renewing office;
    const PlayedKiosk eager = office.enrolled(), other = office.enrolled();
    for (int times = 0; times < 30; ++times)
        REQUIRE(office.renew(eager, eager.key).status == 200);
    const Response refused_one = office.renew(eager, eager.key);
    CHECK(error_of(refused_one) == "429 too_often");
    CHECK(refused_one.headers.back() == std::pair<std::string, std::string>("retry-after", "60"));
    CHECK(office.renew(other, other.key).status == 200);
    office.agency.clock.move(60'000);
    CHECK(office.renew(eager, eager.key).status == 200);
}

TEST_CASE(
    "who cannot prove which kiosk it is guesses thirty times a minute, and keeps no kiosk from its token") {
    Renewing office;
    const PlayedKiosk kiosk = office.enrolled(), unknown(office.agency.random);
    const SigningKey guessed = make_signing_key();
    for (int times = 0; times < 15; ++times) {
        REQUIRE(error_of(office.renew(kiosk, guessed)) == "401 not_authentic");
        REQUIRE(error_of(office.renew(unknown, unknown.key)) == "401 unknown_device");
    }
    CHECK(error_of(office.renew(kiosk, guessed)) == "429 too_often");
    CHECK(error_of(office.renew(unknown, unknown.key)) == "429 too_often");
    CHECK(office.renew(kiosk, kiosk.key).status == 200);
    office.agency.clock.move(60'000);
    CHECK(error_of(office.renew(kiosk, guessed)) == "401 not_authentic");
}

TEST_CASE("the root key opens with its passphrase only, and its file does not show it") {
    AgencyFixture agency;
    const auto file = agency.folder / "offline/a-root.json";
    const auto root = require(read_root_file(file, "correct horse"));
    CHECK(agency.keys_of("a").agency == "a");
    const auto wrong = read_root_file(file, "incorrect horse");
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().kind == ErrorKind::not_authentic);
    const std::string text = require(read_file(file));
    CHECK(text.find(to_base64url(root.secret.view())) == std::string::npos);
    const auto again = make_agency_keys(agency.folder.path(), "a", "correct horse", agency.folder / "offline",
                                        0, agency.random);
    REQUIRE_FALSE(again.ok());
    CHECK(again.error().kind == ErrorKind::conflict);
}

TEST_CASE(
    "a kiosk that was wiped is enrolled anew as another device, and no number of the first comes again") {
    Asking asking;
    const auto enrol = [&] {
        const ApprovalStart desk = asking.begin({"a"});
        require_done(asking.finish(desk.words, true));
        const Response enrolled = asking.poll(asking.agreement(desk.words));
        REQUIRE(enrolled.status == 200);
        return json_of(enrolled);
    };
    const std::string first_prefix(enrol()["prefix"].text());
    const std::string first_device = asking.kiosk.id;
    // Its disk is gone, and with it id and key. The old id with a new key is nobody's.
    asking.kiosk.key = make_signing_key();
    CHECK(error_of(asking.request_code()) == "400 invalid_request");
    asking.kiosk.id = make_uuid(asking.agency.random);
    asking.ask();
    const Json second = enrol();
    CHECK(second["prefix"].text() != first_prefix);
    asking.kiosk.token = std::string(second["token"].text());
    CHECK(call(asking.agency, "GET", "/v1/keys", asking.kiosk.headers()).status == 200);
    CHECK(asking.agency.count("SELECT COUNT(*) FROM devices WHERE revoked_at IS NULL") == 2);
    require_done(asking.agency.services->database->write([&](Connection& connection) {
        return revoke_device(connection, first_device, asking.agency.clock.wall_ms());
    }));
    CHECK(asking.agency.count("SELECT COUNT(*) FROM devices WHERE revoked_at IS NULL") == 1);
    CHECK(asking.agency.count("SELECT COUNT(*) FROM used_prefixes") == 2);
}

TEST_CASE(
    "a revoked kiosk is enrolled again with its own id, key and letters, after the words were compared") {
    Asking asking;
    const auto enrol = [&] {
        const ApprovalStart desk = asking.begin({"a"});
        require_done(asking.finish(desk.words, true));
        return json_of(asking.poll(asking.agreement(desk.words)));
    };
    const std::string prefix(enrol()["prefix"].text());
    require_done(asking.agency.services->database->write([&](Connection& connection) {
        return revoke_device(connection, asking.kiosk.id, asking.agency.clock.wall_ms());
    }));
    asking.ask();
    const Json again = enrol();
    CHECK(again["prefix"].text() == prefix);
    asking.kiosk.token = std::string(again["token"].text());
    CHECK(call(asking.agency, "GET", "/v1/keys", asking.kiosk.headers()).status == 200);
}
