// One kiosk with its real outbox and cache on a scratch folder, its engine, and the backend that it talks to.
#pragma once

#include <catch2/catch.hpp>

#include "core/sql/sql.h"
#include "sync/cache.h"
#include "sync/outbox.h"
#include "sync/sync_engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/sync/fake_backend.h"

namespace vakant {

class KioskUnderTest {
public:
    explicit KioskUnderTest(const std::vector<std::string>& agencies = {"aalto"}, bool enrolled = true) {
        REQUIRE(start_crypto().ok());
        for (const std::string& id : agencies)
            backend.add_agency(id);
        identity = load_identity(folder.path(), random).value();
        keys = load_device_keys(folder.path()).value();
        backend.device_key = keys.signing.public_key;
        if (enrolled) {
            identity.token = backend.token;
            identity.prefix = "KTR";
            for (const auto& [id, agency] : backend.agencies) {
                const SignedKeySet set = agency.signed_key_set();
                identity.agencies.push_back(
                    {id, "Agency " + id, agency.root.public_key, set.keys, set.signature});
            }
        }
        outbox = open_outbox();
        cache = CacheWriter::open(folder / "cache.db").value();
        settings.backend_url = "https://backend.example";
        settings.program_version = "0.1.0";
        start();
    }

    /// As after a restart of the program: memory is lost, files are not.
    void start() {
        engine = std::make_unique<SyncEngine>(settings, identity, keys, backend.http, clock, random, ports());
    }
    std::unique_ptr<Outbox> open_outbox() { return Outbox::open(folder / "outbox.db", clock).value(); }

    /// A finished registration for one agency; returns its id.
    std::string finalise(const std::string& text, const std::string& agency = "aalto") {
        EnvelopeHeader header;
        header.id = make_uuid(random);
        header.agency = agency;
        header.device = identity.device_id;
        header.made_at = clock.wall_ms();
        const Bytes bytes = seal_envelope(text, header, backend.agencies.at(agency).key_set(), keys.signing);
        auto finalised = outbox->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
            return std::vector<SealedItem>{{header.id, agency, header.made_at, bytes}};
        });
        REQUIRE(finalised.ok());
        return header.id;
    }
    ItemState state_of(const std::string& id) {
        const std::vector<OutboxItem> items = outbox->all_items().value();
        for (const OutboxItem& item : items) {
            if (item.id == id) return item.state;
        }
        FAIL("no such item");
        return ItemState::queued;
    }
    std::size_t queued() { return outbox->counts().value().queued; }

    /// Steps through `milliseconds` of the clock, never sleeping.
    void run_for(std::int64_t milliseconds) {
        const std::int64_t end = clock.monotonic_ms() + milliseconds;
        for (int steps = 0; steps < 100'000; ++steps) {
            const std::int64_t sleep = engine->step();
            const std::int64_t left = end - clock.monotonic_ms();
            if (sleep > left) {
                clock.pass(left);
                return;
            }
            clock.pass(sleep);
        }
        FAIL("the engine does not come to rest");
    }

    SyncPorts ports() {
        SyncPorts ports;
        ports.waiting = [this](std::size_t most) -> Result<std::vector<OutboxItem>> {
            ++looked_for_waiting;
            if (outbox_closed) return Error{ErrorKind::damaged, "closed"};
            return outbox->waiting(most);
        };
        ports.settle = [this](const Answer& answer) { return outbox->settle(answer); };
        ports.counts = [this]() -> Result<OutboxCounts> {
            if (outbox_closed) return Error{ErrorKind::damaged, "closed"};
            return outbox->counts();
        };
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
            purges.push_back(std::string(agency) + " " + std::string(epoch) + " " + std::to_string(through));
            return done();
        };
        ports.apply_vacancies = [this](std::string_view agency, const VacancyPage& page) {
            return damage_next_apply
                       ? (damage_next_apply = false, Outcome(Error{ErrorKind::damaged, "bad page"}))
                       : cache->apply(agency, page);
        };
        ports.start_over = [this](std::string_view agency) { return cache->start_over(agency); };
        ports.cursor = [this](std::string_view agency) { return cache->cursor(agency); };
        ports.put_document = [this](const CachedDocument& document) { return cache->put_document(document); };
        ports.keep_only_documents = [this](std::string_view agency, std::string_view kind,
                                           const std::vector<std::string>& ids) {
            return cache->keep_only_documents(agency, kind, ids);
        };
        ports.rebuild_cache = [this] { return cache->rebuild(); };
        ports.note_heard = [this](std::string_view agency, UtcMs at) {
            return cache->note_heard(agency, at);
        };
        ports.save_identity = [this](const DeviceIdentity& changed) {
            identity = changed;
            return save_identity(folder.path(), changed);
        };
        ports.status_changed = [this](const SyncStatus& status) { statuses.push_back(status); };
        return ports;
    }

    ScratchFolder folder;
    FakeClock clock;
    SeededRandom random{11};
    FakeBackend backend{clock};
    DeviceIdentity identity;
    DeviceKeys keys;
    SyncSettings settings;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<CacheWriter> cache;
    std::unique_ptr<SyncEngine> engine;
    std::vector<std::string> purges;
    std::vector<SyncStatus> statuses;
    bool damage_next_apply = false;
    std::int64_t looked_for_waiting = 0;
    bool outbox_closed = false; ///< it can be neither read nor counted
};

} // namespace vakant
