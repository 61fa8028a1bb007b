#include "tests/faults/whole_house.h"

#include <algorithm>
#include <map>

#include "agency/devices/key_life.h"
#include "agency/devices/published_keys.h"
#include "agency/registration/forms.h"
#include "agency/store/backup.h"

namespace vakant::faults {
namespace {

constexpr std::int64_t minute_ms = 60'000;

std::string form_text(std::string_view id, int version) {
    return R"({"format":"vakant-form/1","id":")" + std::string(id) + R"(","version":")" +
           std::to_string(version) +
           R"(","default_language":"en","languages":["en"],"notice_key":"t",
        "data":{"type":"object","properties":{"a":{"type":"boolean"}}},
        "pages":[{"id":"p","title_key":"t","items":[{"field":"a","widget":"yes_no","label_key":"t"}]}],
        "i18n":{"en":{"t":"Text"}}})";
}

/// A form and a test that are short: what ships would take two thirds of a run's time, for every run alike.
const std::filesystem::path& short_assets() {
    static const ScratchFolder folder;
    static const bool written = [] {
        for (const char* room : {"forms", "skills"})
            std::filesystem::create_directory(folder / room);
        require_done(write_file_durably(folder / "forms" / "short.json", form_text("short", 1)));
        std::filesystem::copy(source_dir() + "/assets/skills/typing-en.json",
                              folder / "skills" / "typing-en.json");
        return true;
    }();
    (void)written;
    return folder.path();
}

std::string own_digest(const auto& forms) {
    for (const auto& form : forms)
        if (form.id == "own") return form.digest;
    return "";
}

} // namespace

HouseKiosk::HouseKiosk(AgencyFixture& agency, std::uint64_t seed, bool frail)
    : clock(agency.clock.wall_ms()), line(clock, seed), random_(seed) {
    if (frail) disk.emplace(folder_.path(), "outbox.db");
    identity_ = require(load_identity(folder_.path(), random_));
    keys_ = require(load_device_keys(folder_.path()));
    PlayedKiosk played(random_);
    played.id = identity_.device_id;
    played.key = keys_.signing;
    played.enrol(agency, {"a"});
    identity_.token = played.token;
    identity_.prefix = played.prefix;
    const auto made = require(agency.services->database->read_for<std::optional<Agency>>(
        [](Connection& connection) { return find_agency(connection, "a"); }));
    identity_.agencies = {{"a", made->name, made->root, made->key_set.keys, made->key_set.signature}};
    require_done(save_identity(folder_.path(), identity_));
    start();
}

void HouseKiosk::start() {
    stores_.emplace(folder_.path(), clock, random_, room_);
    stores_->look_after();
    identity_ = stores_->identity();
    cache_ = require(CacheWriter::open(folder_ / "cache.db"));
    SyncSettings settings;
    settings.backend_url = "https://agency.example";
    settings.program_version = "0.1.0";
    // Seldom, so that a hundred thousand runs take minutes: what is owed goes at once all the same.
    settings.mirror_every_ms = settings.heartbeat_every_ms = 15 * minute_ms;
    engine_ = std::make_unique<SyncEngine>(settings, identity_, keys_, line, clock, random_, ports());
}

void HouseKiosk::stop() {
    if (!outbox().ok())
        for (const Saved& refused : refused_)
            unsure_.push_back(refused.id);
    engine_.reset();
    cache_.reset();
    stores_.reset();
}

/// As the kiosk's store thread does before each piece of work.
Result<Outbox*> HouseKiosk::outbox() {
    stores_->look_after();
    return stores_->outbox();
}

SyncPorts HouseKiosk::ports() {
    SyncPorts ports;
    ports.waiting = [this](std::size_t most) -> Result<std::vector<OutboxItem>> {
        VAKANT_TRY(open, outbox());
        return open->waiting(most);
    };
    ports.settle = [this](const Answer& answer) -> Outcome {
        VAKANT_TRY(open, outbox());
        return open->settle(answer);
    };
    ports.counts = [this]() -> Result<OutboxCounts> {
        VAKANT_TRY(open, outbox());
        return open->counts();
    };
    ports.audit_digest = [this](std::int64_t row) -> Result<std::string> {
        VAKANT_TRY(open, outbox());
        return open->audit_digest(row);
    };
    ports.earlier_epochs = [this](std::string_view agency,
                                  std::string_view epoch) -> Result<std::vector<std::string>> {
        VAKANT_TRY(open, outbox());
        return open->earlier_epochs(agency, epoch);
    };
    ports.resend = [this](const ResendAnswer& said) -> Outcome {
        VAKANT_TRY(open, outbox());
        VAKANT_TRY(items, open->resend(said));
        (void)items;
        return done();
    };
    ports.purge = [this](std::string_view agency, std::string_view epoch, std::int64_t through) -> Outcome {
        constexpr std::int64_t held_ms = 5 * minute_ms; // for three days, nothing would be purged in a run
        VAKANT_TRY(open, outbox());
        VAKANT_TRY(purged, open->purge(engine_->kiosk_time() - held_ms, agency, epoch, through));
        (void)purged;
        return done();
    };
    ports.save_identity = [this](const DeviceIdentity& changed) { return stores_->save(changed); };
    ports.status_changed = [](const SyncStatus&) {};
    add_cache_ports(ports);
    return ports;
}

void HouseKiosk::add_cache_ports(SyncPorts& ports) {
    ports.apply_vacancies = [this](std::string_view agency, const VacancyPage& page) {
        return cache_->apply(agency, page);
    };
    ports.start_over = [this](std::string_view agency) { return cache_->start_over(agency); };
    ports.cursor = [this](std::string_view agency) { return cache_->cursor(agency); };
    ports.put_document = [this](const CachedDocument& document) { return cache_->put_document(document); };
    ports.keep_only_documents = [this](std::string_view agency, std::string_view kind,
                                       const std::vector<std::string>& ids) {
        return cache_->keep_only_documents(agency, kind, ids);
    };
    ports.note_heard = [this](std::string_view agency, UtcMs at) { return cache_->note_heard(agency, at); };
}

bool HouseKiosk::save(std::size_t payload_size) {
    if (!running()) return false;
    Bytes payload(payload_size);
    random_.fill(payload);
    return save_text(to_hex(payload));
}

bool HouseKiosk::save_text(std::string_view payload) {
    if (!running()) return false;
    Saved saved;
    const auto open = outbox();
    if (!open.ok()) return false;
    const auto finalised = (*open)->finalise([&](std::int64_t) -> Result<std::vector<SealedItem>> {
        EnvelopeHeader header;
        header.id = make_uuid(random_);
        header.agency = "a";
        header.device = identity_.device_id;
        header.made_at = clock.wall_ms();
        Bytes envelope =
            seal_envelope(payload, header, engine_->identity().agencies.front().keys, keys_.signing);
        saved = {header.id, envelope_digest(envelope)};
        return std::vector<SealedItem>{{header.id, "a", header.made_at, std::move(envelope)}};
    });
    if (!finalised.ok()) {
        refused_.push_back(saved);
        return false;
    }
    saved_.push_back(saved);
    engine_->send_now();
    return true;
}

void HouseKiosk::run_for(std::int64_t milliseconds) {
    const std::int64_t end = clock.monotonic_ms() + milliseconds;
    for (int steps = 0; clock.monotonic_ms() < end; ++steps) {
        if (steps > 100'000) FAIL("the engine does not come to rest");
        const std::int64_t sleep = running() ? engine_->step() : milliseconds;
        clock.pass(std::clamp<std::int64_t>(sleep, 0, std::max<std::int64_t>(end - clock.monotonic_ms(), 0)));
    }
}

std::optional<std::vector<OutboxItem>> HouseKiosk::items() {
    const auto open = outbox();
    if (!open.ok()) return std::nullopt;
    auto items = (*open)->all_items();
    return items.ok() ? std::optional(std::move(*items)) : std::nullopt;
}

std::size_t HouseKiosk::queued() {
    std::size_t waiting = 0;
    for (const OutboxItem& item : items().value_or(std::vector<OutboxItem>()))
        if (item.state == ItemState::queued) ++waiting;
    return waiting;
}

std::string HouseKiosk::form_digest() const {
    const auto reader = require(CacheReader::open(folder_ / "cache.db"));
    return own_digest(require(reader->documents("form")));
}

WholeHouse::WholeHouse(std::size_t count, std::uint64_t seed, bool frail) : agency(short_assets()) {
    start_agency();
    for (std::size_t number = 0; number < count; ++number) {
        kiosks.push_back(std::make_unique<HouseKiosk>(agency, seed * 31 + number, frail && number == 0));
        kiosks.back()->line.connect(&*router_);
    }
}

void WholeHouse::stop_agency() {
    for (const auto& kiosk : kiosks)
        kiosk->line.connect(nullptr);
    router_.reset();
    agency.services.reset();
}

void WholeHouse::start_agency() {
    if (router_) return;
    if (!agency.services) agency.open();
    router_ = device_api(*agency.services);
    for (const auto& kiosk : kiosks)
        kiosk->line.connect(&*router_);
}

void WholeHouse::back_up() {
    if (!router_) return;
    const std::filesystem::path file = backups_ / std::to_string(++backups_made_);
    require_done(agency.services->database->copy_to(file));
    const StorePosition position = require(read_backup(file));
    require_done(agency.services->database->write(
        [&](Connection& connection) { return note_backup(connection, position, agency.clock.wall_ms()); }));
}

void WholeHouse::restore() {
    if (backups_made_ == 0) return;
    const bool was_up = router_.has_value();
    stop_agency();
    require(restore_store(agency.folder / "agency.db", backups_ / std::to_string(backups_made_),
                          agency.clock.wall_ms(), agency.random));
    if (was_up) start_agency();
}

void WholeHouse::rotate() {
    if (!router_) return;
    static const SigningKey root = require(read_root_file(made_keys().a.root_file, "correct horse"));
    const std::filesystem::path& data = agency.folder.path();
    KeySet keys = agency.keys_of("a");
    const PublicKey answers = require(make_key_file(data, "a", KeyUse::answer));
    keys.opening = {require(make_key_file(data, "a", KeyUse::opening))};
    keys.answers.push_back(answers);
    keys.version += 1;
    keys.made_at = agency.clock.wall_ms();
    const Agency next{"a", "Apu Oy", made_keys().a.root, sign_key_set(keys, root)};
    require_done(agency.services->database->write(
        [&](Connection& connection) { return keep_agency(connection, next, agency.clock.wall_ms()); }));
    require_done(agree_on_published_keys(*agency.services->database, data, agency.clock.wall_ms()));
    require_done(take_into_use(data, "a", KeyUse::answer, answers));
    agency.services->keys.forget("a");
}

void WholeHouse::update_form() {
    if (!router_) return;
    const SigningKey key = require(agency.services->keys.secrets("a"))->content.value();
    require_done(agency.services->database->write([&](Connection& connection) -> Outcome {
        VAKANT_TRY(form, signed_form(form_text("own", ++forms_made_), "a", key));
        const UtcMs now = agency.clock.wall_ms();
        VAKANT_CHECK(keep_own_form(connection, "a", std::move(form.document), now));
        return offer_forms(connection, "a", {}, key, now);
    }));
}

void WholeHouse::revoke(const HouseKiosk& kiosk) {
    if (!router_) return;
    agency.services->database
        ->write([&](Connection& connection) {
            return revoke_device(connection, kiosk.device(), agency.clock.wall_ms());
        })
        .ignore("it may be revoked already, or unknown to a store that was put back");
}

void WholeHouse::desk_approves() {
    if (!router_) return;
    for (const auto& kiosk : kiosks) {
        if (!kiosk->running() || !kiosk->status().again) continue;
        const SyncStatus shown = kiosk->status();
        require_done(agency.services->database->write([&](Connection& connection) -> Outcome {
            const UtcMs now = agency.clock.wall_ms();
            const auto start = begin_approval(connection, shown.user_code, {"a"}, now);
            if (!start.ok() || start->words != shown.words)
                return done(); // not shown yet, or of another store
            return finish_approval(connection, shown.user_code, start->words, true, now);
        }));
        kiosk->words_confirmed();
    }
}

void WholeHouse::pass(std::int64_t milliseconds) {
    agency.clock.move(milliseconds);
    for (const auto& kiosk : kiosks)
        kiosk->run_for(milliseconds);
}

void WholeHouse::heal() {
    start_agency();
    for (const auto& kiosk : kiosks) {
        kiosk->line.mishap = [](const HttpRequest&) { return Mishap::none; };
        if (kiosk->disk) kiosk->disk->heal();
        if (!kiosk->running()) kiosk->start();
    }
    // The longest wait is the hour that an overloaded backend may ask for.
    for (int minute = 0; minute < 75; ++minute) {
        desk_approves();
        pass(minute_ms);
    }
}

std::vector<Saved> WholeHouse::at_the_agency(const std::string& device) {
    std::vector<Saved> found;
    require_done(agency.services->database->read([&](Connection& connection) {
        return connection.query(
            "SELECT envelope_id, digest FROM envelopes WHERE device_id = ? ORDER BY sequence", {device},
            [&](const Row& row) {
                found.push_back({row.text(0), row.text(1)});
                return done();
            });
    }));
    return found;
}

std::string WholeHouse::violation_now() {
    if (!router_) return "";
    for (const auto& kiosk : kiosks) {
        if (!kiosk->running()) continue;
        std::map<std::string, std::string> held;
        for (const Saved& saved : at_the_agency(kiosk->device()))
            held[saved.id] = saved.digest;
        for (const OutboxItem& item : kiosk->items().value_or(std::vector<OutboxItem>())) {
            // What was delivered before the store was put back goes again as soon as the kiosk hears of it.
            const bool in_this_epoch = item.epoch == agency.services->epoch;
            if (item.state == ItemState::delivered && in_this_epoch && held[item.id] != item.digest)
                return "delivered, but the agency does not hold it: " + item.id;
            if (item.state == ItemState::blocked || item.state == ItemState::quarantined)
                return "put aside without a fault of its own: " + item.id + " " + item.reason;
        }
    }
    return "";
}

std::string WholeHouse::violation_at_the_end(Order order) {
    if (std::string now = violation_now(); !now.empty()) return now;
    for (const auto& kiosk : kiosks) {
        const auto items = kiosk->items();
        if (!items) return "the outbox cannot be opened";
        const std::string offered =
            own_digest(require(agency.services->database->read_for<std::vector<Document>>(
                [](Connection& connection) { return offered_documents(connection, "a", "form"); })));
        if (kiosk->form_digest() != offered)
            return "a kiosk has form " + kiosk->form_digest() + " where " + offered + " is offered";
        for (const OutboxItem& item : *items)
            if (item.epoch != agency.services->epoch) return "still delivered to a store that is no more";
        if (kiosk->queued() != 0) return std::to_string(kiosk->queued()) + " are still waiting";
        std::vector<Saved> held = at_the_agency(kiosk->device());
        std::vector<Saved> saved = kiosk->saved();
        std::erase_if(held, [&](const Saved& each) {
            return std::find(kiosk->unsure().begin(), kiosk->unsure().end(), each.id) !=
                   kiosk->unsure().end();
        });
        if (order == Order::any) {
            const auto by_id = [](const Saved& a, const Saved& b) { return a.id < b.id; };
            std::sort(held.begin(), held.end(), by_id);
            std::sort(saved.begin(), saved.end(), by_id);
        }
        if (held.size() != saved.size())
            return std::to_string(saved.size()) + " were saved, the agency holds " +
                   std::to_string(held.size());
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (held[i].id != saved[i].id) return "another order than they were saved in";
            if (held[i].digest != saved[i].digest) return "other bytes than were saved";
        }
    }
    return "";
}

} // namespace vakant::faults
