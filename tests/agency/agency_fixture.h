// An agency in a folder of its own with a clock that a test moves, and a kiosk that the test plays.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "agency/api/device_api.h"
#include "agency/devices/agencies.h"
#include "agency/devices/enrolment.h"
#include "agency/server/server.h"
#include "core/crypto/crypto.h"
#include "core/http/http.h"
#include "core/json/json.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/test_store.h"
#include "tests/places.h"

namespace vakant {

/// The wall may be set; both readings may be taken from the server's threads.
class MovedTime final : public Clock {
public:
    UtcMs wall_ms() const override { return now_; }
    std::int64_t monotonic_ms() const override { return now_; }
    void move(std::int64_t by_ms) { now_ += by_ms; }

private:
    std::atomic<UtcMs> now_ = 1'795'420'800'000; // 2026-11-23T08:00:00Z
};

inline void require_done(const Outcome& outcome) {
    if (!outcome.ok()) FAIL(outcome.error().detail);
}
template <typename T>
T require(Result<T> result) {
    if (!result.ok()) FAIL(result.error().detail);
    return std::move(*result);
}

/// Keys of the agencies "a" and "b", made once: a passphrase costs a quarter of a second each time.
struct MadeKeys {
    ScratchFolder folder;
    NewAgencyKeys a, b;
    MadeKeys() {
        SystemRandom random;
        require_done(start_crypto());
        a = require(make_agency_keys(folder.path(), "a", "correct horse", folder / "offline", 1, random));
        b = require(make_agency_keys(folder.path(), "b", "correct horse", folder / "offline", 1, random));
    }
};
inline const MadeKeys& made_keys() {
    static const MadeKeys made;
    return made;
}

/// A store with the agencies "a" and "b", open, with a test of typing and a form to answer.
struct AgencyFixture {
    ScratchFolder folder;
    MovedTime clock;
    SystemRandom random;
    std::unique_ptr<Services> services;
    std::filesystem::path assets;

    struct Empty {};
    explicit AgencyFixture(Empty) : assets(source_dir() + "/assets") {
        require_done(start_crypto());
    } ///< the test fills `folder`, then open()s
    explicit AgencyFixture(std::filesystem::path offered = source_dir() + "/assets")
        : assets(std::move(offered)) {
        std::filesystem::copy(made_keys().folder.path(), folder.path(),
                              std::filesystem::copy_options::recursive);
        open();
        add_agency({"a", "Apu Oy", made_keys().a.root, made_keys().a.key_set});
        add_agency({"b", "Bemanning Ab", made_keys().b.root, made_keys().b.key_set});
    }
    void open() {
        services.reset();
        services =
            require(open_services({folder.path(), assets, postgres_for(folder.path())}, clock, random));
    }
    void add_agency(const Agency& agency) {
        require_done(services->database->write(
            [&](Connection& connection) { return keep_agency(connection, agency, clock.wall_ms()); }));
        require_done(publish_documents(*services, agency.id));
    }
    KeySet keys_of(const std::string& id) {
        const auto agency = require(services->database->read_for<std::optional<Agency>>(
            [&](Connection& connection) { return find_agency(connection, id); }));
        REQUIRE(agency.has_value());
        return agency->key_set.keys;
    }
    std::int64_t count(const std::string& sql) {
        const auto found = require(services->database->read_for<std::optional<std::int64_t>>(
            [&](Connection& connection) { return connection.find_integer(sql); }));
        return found.value_or(-1);
    }
};

/// A kiosk as the agency sees it: an id, a key, and later a token.
struct PlayedKiosk {
    std::string id, token, prefix;
    SigningKey key = make_signing_key();

    explicit PlayedKiosk(Random& random) : id(make_uuid(random)) {}

    /// Enrolled without the conversation, for tests of what comes after it.
    void enrol(AgencyFixture& agency, const std::vector<std::string>& agencies) {
        require_done(agency.services->database->write([&](Connection& connection) -> Outcome {
            const UtcMs now = agency.clock.wall_ms();
            VAKANT_CHECK(enrol_device(connection, id, key.public_key, agencies, now, agency.random));
            VAKANT_TRY(device, find_device(connection, id));
            prefix = device->prefix;
            VAKANT_TRY(made, make_token(connection, *device, now, agency.random));
            token = made.text;
            return done();
        }));
    }
    HeaderLines headers() const {
        return {{"vakant-protocol", "1"}, {"vakant-device", id}, {"authorization", "Bearer " + token}};
    }
    /// A sealed envelope under a fresh id, or under `envelope_id`.
    Bytes seal(AgencyFixture& agency, const std::string& agency_id, const std::string& payload,
               const std::string& envelope_id = "") const {
        EnvelopeHeader header;
        header.id = envelope_id.empty() ? make_uuid(agency.random) : envelope_id;
        header.agency = agency_id;
        header.device = id;
        header.made_at = agency.clock.wall_ms();
        return seal_envelope(payload, header, agency.keys_of(agency_id), key);
    }
};

inline std::string submission_line(ByteView envelope, const std::string& agency) {
    const auto parsed = parse_envelope(envelope);
    return Json::object({{"envelope", to_base64url(envelope)},
                         {"agency", agency},
                         {"id", parsed.ok() ? parsed->header.id : ""}})
               .to_text() +
           "\n";
}

/// The handlers without a socket.
inline Response call(AgencyFixture& agency, const std::string& method, const std::string& target,
                     HeaderLines headers, std::string body = "") {
    const Router router = device_api(*agency.services);
    Request request;
    request.method = method;
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string::npos) request.query = target.substr(question + 1);
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.peer = "192.0.2.7";
    const auto match = router.find(method, request.path);
    REQUIRE(match.handler != nullptr);
    request.parts = match.parts;
    return (*match.handler)(request);
}

inline Json json_of(const Response& response) {
    return require(parse_json(response.body));
}

} // namespace vakant
