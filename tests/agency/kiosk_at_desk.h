// A kiosk with its real outbox and engine on a scratch folder, talking to the real handlers of an
// AgencyFixture without a socket: what both sides do to each other, in one process and under one clock.
#pragma once

#include "sync/cache.h"
#include "sync/outbox.h"
#include "sync/sync_engine.h"
#include "tests/agency/agency_fixture.h"
#include "tests/fakes/fake_http.h"

namespace vakant {

class KioskAtDesk {
public:
    explicit KioskAtDesk(AgencyFixture& desk_in) : desk(desk_in) {
        http.play = [this](const HttpRequest& request) { return answer(request); };
    }

    /// Makes keys, enrols at the desk without the conversation, opens the outbox.
    void enrol(const std::vector<std::string>& agencies) {
        identity = require(load_identity(folder.path(), desk.random));
        keys = require(load_device_keys(folder.path()));
        require_done(desk.services->database->write([&](Connection& connection) -> Outcome {
            const UtcMs now = desk.clock.wall_ms();
            VAKANT_CHECK(enrol_device(connection, identity.device_id, keys.signing.public_key, agencies, now,
                                      desk.random));
            VAKANT_TRY(device, find_device(connection, identity.device_id));
            identity.prefix = device->prefix;
            VAKANT_TRY(token, make_token(connection, *device, now, desk.random));
            identity.token = token.text;
            for (const std::string& id : agencies) {
                VAKANT_TRY(agency, find_agency(connection, id));
                identity.agencies.push_back(
                    {id, agency->name, agency->root, agency->key_set.keys, agency->key_set.signature});
            }
            return done();
        }));
        require_done(save_identity(folder.path(), identity));
        open();
    }
    /// From the files of `folder`, as after a restart.
    void open() {
        outbox.reset();
        identity = require(load_identity(folder.path(), desk.random));
        keys = require(load_device_keys(folder.path()));
        outbox = require(Outbox::open(folder / "outbox.db", desk.clock));
        start();
    }
    void start() {
        SyncSettings settings;
        settings.backend_url = "https://desk.example";
        settings.program_version = "0.1.0";
        engine =
            std::make_unique<SyncEngine>(settings, identity, keys, http, desk.clock, desk.random, ports());
    }

    std::string finalise(const std::string& text, const std::string& agency = "a") {
        EnvelopeHeader header;
        header.id = make_uuid(desk.random);
        header.agency = agency;
        header.device = identity.device_id;
        header.made_at = desk.clock.wall_ms();
        const PinnedAgency& pinned = *std::ranges::find(identity.agencies, agency, &PinnedAgency::id);
        const Bytes bytes = seal_envelope(text, header, pinned.keys, keys.signing);
        require(outbox->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
            return std::vector<SealedItem>{{header.id, agency, header.made_at, bytes}};
        }));
        return header.id;
    }
    /// A registration as the form makes it, under the next number of this kiosk.
    std::string registration(const std::string& name) {
        return Json::object({{"kind", "registration"},
                             {"form", "registration"},
                             {"version", "1"},
                             {"digest", "not-a-form"},
                             {"language", "en"},
                             {"answers", Json::object({{"name", name}})},
                             {"consents", Json::array()},
                             {"notice", Json::object({{"language", "en"}})},
                             {"source", Json::object({{"kind", "walk-in"}})},
                             {"vacancy", nullptr},
                             {"application", false},
                             {"reference", reference_number(identity.prefix, ++numbers)},
                             {"secret", "s"}})
            .to_text();
    }
    OutboxItem item(const std::string& id) {
        for (OutboxItem& each : require(outbox->all_items()))
            if (each.id == id) return each;
        FAIL("no such item");
        return {};
    }
    /// Steps until nothing is due at once.
    void exchange() {
        for (int steps = 0; steps < 1'000; ++steps)
            if (engine->step() > 0) return;
        FAIL("the engine does not come to rest");
    }
    void run_for(std::int64_t milliseconds) {
        for (std::int64_t left = milliseconds; left > 0;) {
            const std::int64_t pause = std::min(left, engine->step());
            desk.clock.move(pause);
            left -= pause;
        }
        exchange();
    }

    AgencyFixture& desk;
    ScratchFolder folder;
    FakeHttp http;
    DeviceIdentity identity;
    DeviceKeys keys;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<CacheWriter> cache; ///< where a test opens one, what is mirrored is kept in it
    std::unique_ptr<SyncEngine> engine;
    std::vector<SyncStatus> statuses;
    bool cable_out = false;
    std::int64_t numbers = 0;

private:
    Result<HttpAnswer> answer(const HttpRequest& request) {
        if (cable_out) return Error{ErrorKind::offline, "cable out"};
        HeaderLines headers;
        for (const auto& [name, value] : request.headers) {
            std::string lower = name;
            std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
            headers.emplace_back(lower, value);
        }
        const std::string target = request.url.substr(request.url.find("/v1/"));
        const Response response = call(desk, request.method, target, headers, request.body);
        HttpAnswer out{response.status, {}, response.body};
        for (const auto& [name, value] : response.headers)
            out.headers.emplace_back(name, value);
        return out;
    }
    SyncPorts ports() {
        SyncPorts ports;
        ports.waiting = [this](std::size_t most) { return outbox->waiting(most); };
        ports.settle = [this](const Answer& said) { return outbox->settle(said); };
        ports.counts = [this] { return outbox->counts(); };
        ports.audit_digest = [this](std::int64_t row) { return outbox->audit_digest(row); };
        ports.earlier_epochs = [this](std::string_view agency, std::string_view epoch) {
            return outbox->earlier_epochs(agency, epoch);
        };
        ports.resend = [this](const ResendAnswer& said) -> Outcome {
            VAKANT_TRY(items, outbox->resend(said));
            (void)items;
            return done();
        };
        ports.purge = [this](std::string_view agency, std::string_view epoch,
                             std::int64_t through) -> Outcome {
            constexpr std::int64_t held_ms = std::int64_t{72} * 3'600'000;
            auto purged = outbox->purge(engine->kiosk_time() - held_ms, agency, epoch, through);
            if (!purged.ok()) return purged.error();
            return done();
        };
        ports.apply_vacancies = [this](std::string_view agency, const VacancyPage& page) {
            return cache ? cache->apply(agency, page) : done();
        };
        ports.start_over = [this](std::string_view agency) {
            return cache ? cache->start_over(agency) : done();
        };
        ports.cursor = [this](std::string_view agency) -> Result<std::string> {
            if (cache) return cache->cursor(agency);
            return std::string();
        };
        ports.put_document = [this](const CachedDocument& document) {
            return cache ? cache->put_document(document) : done();
        };
        ports.keep_only_documents = [this](std::string_view agency, std::string_view kind,
                                           const std::vector<std::string>& ids) {
            return cache ? cache->keep_only_documents(agency, kind, ids) : done();
        };
        ports.note_heard = [](std::string_view, UtcMs) { return done(); };
        ports.save_identity = [this](const DeviceIdentity& changed) {
            identity = changed;
            return save_identity(folder.path(), changed);
        };
        ports.status_changed = [this](const SyncStatus& status) { statuses.push_back(status); };
        return ports;
    }
};

} // namespace vakant
