#include <atomic>
#include <malloc.h>
#include <thread>
#include <utility>

#include "kiosk/app/cache_ports.h"
#include "kiosk/app/documents.h"
#include "kiosk/app/finalise.h"
#include "kiosk/app/outbox_ports.h"
#include "kiosk/app/parking.h"
#include "kiosk/app/slips.h"
#include "kiosk/app/stick.h"
#include "kiosk/app/worker_room.h"
#include "kiosk/app/workers.h"
#include "sync/disk_room.h"

namespace vakant {
namespace {

struct StoreState {
    KioskStores stores;
    bool told_test = false; ///< of one that a power cut broke off
};
struct CacheState {
    std::unique_ptr<CacheWriter> writer;
    Error problem{ErrorKind::unavailable, "the cache is not open"};
};
struct SearchState {
    std::unique_ptr<CacheReader> reader;
};
/// The printer's thread: shaping for paper, and waiting for CUPS.
struct PrintState {
    std::unique_ptr<TextEngine> text;
};

/// What the network's thread is told: what to begin with, then what its engine is to do. Nothing: look what
/// is due.
struct NetworkNews {
    std::function<void(SyncEngine&)> act;
    std::optional<std::pair<DeviceIdentity, DeviceKeys>> begin_with;
};

class ThreadedWorkers final : public Workers {
public:
    ThreadedWorkers(WorkerSettings settings, WorkerParts parts)
        : settings_(std::move(settings)), parts_(std::move(parts)), room_(settings_.data),
          store_(StoreState{KioskStores(settings_.data, parts_.clock, parts_.random, room_)}),
          cache_(CacheState{}), search_(SearchState{}), print_(PrintState{}) {
        store_.start();
        cache_.start();
        search_.start();
        print_.start();
        in_store([](StoreState&) {});
        in<CacheState>(cache_, [this](CacheState& state) { open_cache(state); });
        network_ = std::thread([this] { run_network(); });
    }
    ~ThreadedWorkers() override {
        stopping_ = true;
        news_.close();
        interrupt();
        network_.join(); // it asks the store and the cache, so they go after it
        search_.stop();
        print_.stop();
        cache_.stop();
        store_.stop();
    }
    void post(Job job) override {
        std::visit([this](auto& it) { run(std::move(it)); }, job);
    }
    std::optional<Report> next_report() override {
        auto report = reports_.try_pop();
        if (report) --waiting_reports_;
        return report;
    }
    bool idle() const override { return outstanding_ == 0 && waiting_reports_ == 0; }

private:
    void tell(Report report) {
        ++waiting_reports_;
        reports_.push(std::move(report));
        parts_.wake();
    }
    void answer(Event event) { tell(report::Answered{std::move(event)}); }
    /// Counts one thing that was asked until `done` is called.
    template <typename Post>
    void count(Post post) {
        ++outstanding_;
        post([this] {
            --outstanding_;
            parts_.wake();
        });
    }
    template <typename State>
    void in(WorkerRoom<State>& room, std::function<void(State&)> task) {
        count([&](auto done) {
            room.post([task = std::move(task), done](State& state) {
                task(state);
                done();
            });
        });
    }
    /// Where the stores stand open as far as they can.
    void in_store(std::function<void(StoreState&)> task) {
        in<StoreState>(store_, [this, task = std::move(task)](StoreState& state) {
            look_after(state);
            task(state);
            look_after(state);
        });
    }
    void log(const Error& error) const { parts_.log(std::string(name_of(error.kind)) + ": " + error.detail); }

    // ---- store
    void look_after(StoreState& state);
    void tell_stores(StoreState& state);
    void tell_identity(const DeviceIdentity& identity);
    Result<Kept> keep(StoreState& state, const job::Finalise& what);
    void run(job::Finalise what);
    void run(job::BeginTest what);
    void run(job::KeepKey what);
    void run(job::ForgetTest what);
    void run(job::ParkForm what);
    void run(job::TakeUpForm what);
    void run(job::TryAgain);
    void run(job::ExchangeStick);
    void look_at_disk();
    void count_parked(StoreState& state, UtcMs now);
    // ---- printer
    void run(job::Print what);
    // ---- cache and search
    std::vector<OccupationTable> shipped_occupations();
    void open_cache(CacheState& state);
    CacheReader* reader(SearchState& state);
    void reading_failed(const Error& error);
    void run(job::Search what);
    void run(job::LoadVacancy what);
    void run(job::ReadBoard what);
    void run(job::ReadDocuments what);
    void run(job::Sweep what);
    void purge(UtcMs now);
    // ---- network
    void tell_network(std::function<void(SyncEngine&)> act) { news_.push({std::move(act), std::nullopt}); }
    void send_now() {
        tell_network([](SyncEngine& engine) { engine.send_now(); });
    }
    void run(job::SendNow what);
    void run(job::EnrolAgain);
    void run(job::ConfirmWords what);
    void run(job::Look);
    void run_network();
    void interrupt();
    SyncPorts ports();
    OutboxDoor outbox_door();
    CacheDoor cache_door();
    Outcome change_cache(bool documents, std::function<Outcome(CacheWriter&)> change);
    void tell_status(const SyncStatus& status);

    WorkerSettings settings_;
    WorkerParts parts_;
    const DiskRoom room_;
    MessageQueue<Report> reports_;
    std::atomic<int> outstanding_{0};
    std::atomic<int> waiting_reports_{0};
    std::atomic<std::uint64_t> newest_search_{0};
    std::atomic<bool> stopping_{false};
    MessageQueue<NetworkNews> news_;
    std::mutex http_door_; ///< the client may be made and interrupted at the same moment
    std::unique_ptr<HttpClient> http_;
    SyncEngine* engine_ = nullptr; ///< network thread only
    WorkerRoom<StoreState> store_;
    WorkerRoom<CacheState> cache_;
    WorkerRoom<SearchState> search_;
    WorkerRoom<PrintState> print_;
    std::thread network_;
};

// ---- store

void ThreadedWorkers::look_after(StoreState& state) {
    const bool knew = state.stores.knows_itself();
    if (!state.stores.look_after()) return;
    if (!knew && state.stores.knows_itself()) {
        tell_identity(state.stores.identity());
        look_at_disk();
        news_.push({{}, std::pair(state.stores.identity(), state.stores.keys())});
    }
    tell_stores(state);
}

void ThreadedWorkers::tell_stores(StoreState& state) {
    report::StoreOpened opened;
    opened.problem = state.stores.problem();
    opened.keys_bound = state.stores.keys().bound;
    if (opened.problem) log(at(opened.problem->file, state.stores.error()));
    if (const auto outbox = state.stores.outbox(); outbox.ok()) {
        opened.settings = (*outbox)->settings();
        opened.salvage = (*outbox)->salvage();
    }
    if (const auto sessions = state.stores.sessions();
        sessions.ok() && !std::exchange(state.told_test, true)) {
        if (auto unfinished = (*sessions)->unfinished(); unfinished.ok())
            opened.unfinished = std::move(*unfinished);
        else
            log(unfinished.error());
    }
    tell(std::move(opened));
}

void ThreadedWorkers::tell_identity(const DeviceIdentity& identity) {
    report::IdentityChanged changed;
    for (const PinnedAgency& agency : identity.agencies)
        changed.agencies.push_back({agency.id, agency.name});
    changed.prefix = identity.prefix;
    changed.enrolled = identity.enrolled();
    tell(std::move(changed));
}

Result<Kept> ThreadedWorkers::keep(StoreState& state, const job::Finalise& what) {
    VAKANT_TRY(outbox, state.stores.outbox());
    return finalise(*outbox, {state.stores.identity(), state.stores.keys(), parts_.random}, room_, what);
}

void ThreadedWorkers::run(job::Finalise what) {
    in_store([this, what = std::move(what)](StoreState& state) {
        Result<Kept> kept = keep(state, what);
        if (!kept.ok()) {
            log(kept.error());
            answer(event::FinaliseFailed{kept.error().kind});
            return;
        }
        if (const auto sessions = state.stores.sessions(); sessions.ok() && !what.what.ends_session.empty())
            (*sessions)
                ->forget(what.what.ends_session)
                .ignore("the result is kept; the rows go at the next start");
        tell(report::Sealed{kept->envelopes});
        answer(
            event::Finalised{kept->reference, picture_of(reference_code_text(kept->reference, what.secret))});
        send_now();
    });
}

void ThreadedWorkers::run(job::BeginTest what) {
    in_store([this, what = std::move(what)](StoreState& state) {
        const auto sessions = state.stores.sessions();
        const Outcome outcome =
            sessions.ok() ? (*sessions)->begin(what.session, what.test_json) : sessions.error();
        if (outcome.ok()) {
            answer(event::TestBegun{what.session});
        } else {
            log(outcome.error());
            answer(event::KeyLost{what.session, outcome.error().kind});
        }
    });
}

void ThreadedWorkers::run(job::KeepKey what) {
    in_store([this, what = std::move(what)](StoreState& state) {
        const effect::KeepKey& key = what.what;
        const auto sessions = state.stores.sessions();
        const Outcome outcome = sessions.ok() ? (*sessions)->append(key.session, key.key) : sessions.error();
        if (outcome.ok()) {
            answer(event::KeyKept{key.session, key.key, key.pressed_at_ms});
        } else {
            log(outcome.error());
            answer(event::KeyLost{key.session, outcome.error().kind});
        }
    });
}

void ThreadedWorkers::run(job::ForgetTest what) {
    in_store([this, session = std::move(what.session)](StoreState& state) {
        const auto sessions = state.stores.sessions();
        if (!sessions.ok() || session.empty()) return;
        if (const Outcome outcome = (*sessions)->forget(session); !outcome.ok()) log(outcome.error());
    });
}

void ThreadedWorkers::count_parked(StoreState& state, UtcMs now) {
    const auto sessions = state.stores.sessions();
    if (!sessions.ok()) return;
    (*sessions)->sweep_aside(now);
    if (const auto swept = (*sessions)->parked().sweep(now); !swept.ok()) log(swept.error());
    if (const auto count = (*sessions)->parked().count(now); count.ok()) tell(report::ParkedCounted{*count});
}

void ThreadedWorkers::run(job::ParkForm what) {
    in_store([this, what = std::move(what)](StoreState& state) mutable {
        const auto sessions = state.stores.sessions();
        auto parked = sessions.ok() ? park_form((*sessions)->parked(), parts_.random, what)
                                    : Result<event::Parked>(sessions.error());
        if (!parked.ok()) {
            log(parked.error());
            answer(event::ParkFailed{parked.error().kind});
            return;
        }
        answer(std::move(*parked));
        count_parked(state, what.now);
    });
}

void ThreadedWorkers::run(job::TakeUpForm what) {
    in_store([this, what = std::move(what)](StoreState& state) mutable {
        const auto sessions = state.stores.sessions();
        auto taken = sessions.ok() ? take_up_form((*sessions)->parked(), what)
                                   : Result<event::TakenUp>(sessions.error());
        if (!taken.ok()) {
            if (taken.error().kind != ErrorKind::not_found) log(taken.error());
            answer(event::TakeUpFailed{taken.error().kind, 0});
            return;
        }
        answer(std::move(*taken));
        count_parked(state, what.now);
    });
}

void ThreadedWorkers::run(job::TryAgain) {
    in_store([this](StoreState& state) {
        const auto outbox = state.stores.outbox();
        const auto items = outbox.ok() ? (*outbox)->try_again() : Result<std::size_t>(outbox.error());
        if (!items.ok()) {
            log(items.error());
            return answer(event::TryAgainFailed{items.error().kind});
        }
        answer(event::TriedAgain{*items});
        send_now();
    });
}

void ThreadedWorkers::run(job::ExchangeStick) {
    in_store([this](StoreState& state) {
        const auto outbox = state.stores.outbox();
        if (!outbox.ok()) return answer(event::StickFailed{outbox.error().kind});
        answer(exchange_with_stick_for_staff(**outbox, state.stores.identity(), settings_.stick));
        send_now(); // counts the queue anew
    });
}

void ThreadedWorkers::look_at_disk() {
    room_.keep_reserve().ignore("made as soon as there is room");
    tell(report::DiskSeen{room_.declines_registrations()});
}

// ---- printer

void ThreadedWorkers::run(job::Print what) {
    in<PrintState>(print_, [this, what = std::move(what)](PrintState& state) {
        if (!state.text) {
            auto opened = TextEngine::open(FontFiles::installed());
            if (!opened.ok()) {
                log(opened.error());
                answer(event::PrintEnded{false});
                return;
            }
            state.text = std::move(*opened);
        }
        const Outcome printed = print_slip(what.slip, settings_.printer, *state.text);
        state.text->forget();
        if (!printed.ok()) log(printed.error());
        answer(event::PrintEnded{printed.ok()});
    });
}

// ---- cache and search

/// Without them the board is searched by its own words alone.
std::vector<OccupationTable> ThreadedWorkers::shipped_occupations() {
    Result<std::vector<OccupationTable>> tables = read_occupation_folder(settings_.assets / "occupations");
    if (!tables.ok()) log(tables.error());
    return tables.ok() ? std::move(*tables) : std::vector<OccupationTable>{};
}

void ThreadedWorkers::open_cache(CacheState& state) {
    Result<std::unique_ptr<CacheWriter>> writer =
        CacheWriter::open(settings_.data / "cache.db", shipped_occupations());
    if (writer.ok()) {
        state.writer = std::move(*writer);
    } else {
        state.problem = writer.error();
        log(state.problem);
    }
    tell(report::CacheChanged{true});
}

/// What is damaged is made anew by whoever fetches: everything has to come again.
void ThreadedWorkers::reading_failed(const Error& error) {
    log(error);
    if (error.kind == ErrorKind::damaged) tell_network([](SyncEngine& engine) { engine.cache_is_damaged(); });
}

CacheReader* ThreadedWorkers::reader(SearchState& state) {
    if (!state.reader) {
        Result<std::unique_ptr<CacheReader>> opened =
            CacheReader::open(settings_.data / "cache.db", shipped_occupations());
        if (!opened.ok()) return nullptr; // not made yet, or being made anew
        state.reader = std::move(*opened);
    }
    return state.reader.get();
}

void ThreadedWorkers::run(job::Search what) {
    const std::uint64_t number = ++newest_search_;
    in<SearchState>(search_, [this, number, what = std::move(what)](SearchState& state) {
        if (number != newest_search_)
            return; // somebody types faster than the disk reads: only the last counts
        CacheReader* cache = reader(state);
        if (!cache) return answer(event::SearchFailed{ErrorKind::unavailable});
        Result<VacancyResults> results = cache->search(what.query, what.now);
        if (results.ok()) {
            answer(event::SearchAnswered{std::move(*results)});
        } else {
            reading_failed(results.error());
            answer(event::SearchFailed{results.error().kind});
        }
    });
}

void ThreadedWorkers::run(job::LoadVacancy what) {
    in<SearchState>(search_, [this, what = std::move(what)](SearchState& state) {
        event::VacancyLoaded loaded;
        loaded.id = what.id;
        loaded.problem = ErrorKind::unavailable;
        if (CacheReader* cache = reader(state)) {
            if (auto vacancy = cache->vacancy(what.id, what.now, what.agency); vacancy.ok()) {
                loaded.vacancy = std::move(*vacancy);
                loaded.problem.reset();
            } else {
                loaded.problem = vacancy.error().kind;
                reading_failed(vacancy.error());
            }
            if (loaded.vacancy) // without them the page has the ad's own words
                loaded.occupations = cache->occupations_of(*loaded.vacancy).value_or({});
        }
        if (loaded.vacancy) loaded.code = picture_of(address_to_take(*loaded.vacancy));
        answer(std::move(loaded));
    });
}

void ThreadedWorkers::run(job::ReadBoard what) {
    in<SearchState>(search_, [this, what](SearchState& state) {
        report::BoardRead read;
        if (CacheReader* cache = reader(state)) {
            VacancyQuery everything;
            everything.limit = 1;
            const Result<VacancyResults> results = cache->search(everything, what.now);
            const Result<std::optional<UtcMs>> heard = cache->last_heard();
            if (results.ok()) read.board = {results->own_total, results->others_total};
            if (heard.ok()) read.last_heard_at = *heard;
            if (!results.ok()) reading_failed(results.error());
        }
        tell(read);
    });
}

void ThreadedWorkers::run(job::ReadDocuments) {
    in<SearchState>(search_, [this](SearchState& state) {
        tell(read_documents(reader(state), settings_.assets, [this](const Error& error) { log(error); }));
        malloc_trim(0); // what reading took: the machine is a small one
    });
}

void ThreadedWorkers::run(job::Sweep what) {
    in<CacheState>(cache_, [this, what](CacheState& state) {
        if (!state.writer) return;
        if (auto swept = state.writer->sweep(what.now); !swept.ok()) log(swept.error());
    });
    purge(what.now);
    in_store([this, what](StoreState& state) {
        count_parked(state, what.now);
        look_at_disk();
    });
}

/// Step by step, so that what the network brings gets in between.
void ThreadedWorkers::purge(UtcMs now) {
    in<CacheState>(cache_, [this, now](CacheState& state) {
        if (!state.writer || stopping_) return;
        const Result<bool> more = state.writer->purge(now);
        if (!more.ok()) reading_failed(more.error());
        if (more.value_or(false)) purge(now);
    });
}

// ---- network

void ThreadedWorkers::run(job::SendNow what) {
    send_now();
    if (what.interrupts) interrupt();
}

void ThreadedWorkers::run(job::EnrolAgain) {
    tell_network([](SyncEngine& engine) { engine.enrol_again(); });
    interrupt(); // somebody stands there and waits for a code
}

void ThreadedWorkers::run(job::ConfirmWords what) {
    tell_network([same = what.same](SyncEngine& engine) { engine.words_confirmed(same); });
}

void ThreadedWorkers::run(job::Look) {
    in_store([](StoreState&) {});
    tell_network({});
}

void ThreadedWorkers::interrupt() {
    const std::lock_guard lock(http_door_);
    if (http_) http_->interrupt();
}

void ThreadedWorkers::tell_status(const SyncStatus& status) {
    report::StatusChanged changed{status, std::nullopt};
    if (engine_ && status.last_heard_at)
        changed.kiosk_offset_ms = engine_->kiosk_time() - parts_.clock.monotonic_ms();
    tell(std::move(changed));
}

Outcome ThreadedWorkers::change_cache(bool documents, std::function<Outcome(CacheWriter&)> change) {
    const Outcome outcome = cache_.ask<Outcome>([change = std::move(change)](CacheState& state) -> Outcome {
        if (!state.writer) return state.problem;
        return change(*state.writer);
    });
    if (outcome.ok()) tell(report::CacheChanged{documents});
    return outcome;
}

OutboxDoor ThreadedWorkers::outbox_door() {
    OutboxDoor door;
    door.within = [this](const std::function<void(const Result<Outbox*>&)>& task) {
        store_.ask<bool>([this, &task](StoreState& state) {
            look_after(state);
            task(state.stores.outbox());
            look_after(state);
            return true;
        });
    };
    door.make_room = [this] { return room_.give_up_reserve(); };
    door.kiosk_time = [this] { return engine_ ? engine_->kiosk_time() : parts_.clock.wall_ms(); };
    door.delivered = [this](const std::string& envelope) { tell(report::Delivered{envelope}); };
    return door;
}

CacheDoor ThreadedWorkers::cache_door() {
    CacheDoor door;
    door.change = [this](bool documents, const std::function<Outcome(CacheWriter&)>& change) {
        return change_cache(documents, change);
    };
    door.cursor = [this](std::string_view agency) {
        return cache_.ask<Result<std::string>>([&](CacheState& state) -> Result<std::string> {
            if (!state.writer) return state.problem;
            return state.writer->cursor(agency);
        });
    };
    return door;
}

SyncPorts ThreadedWorkers::ports() {
    SyncPorts ports;
    add_outbox_ports(ports, outbox_door());
    add_cache_ports(ports, cache_door());
    ports.free_disk_bytes = [this] { return room_.free_bytes(); };
    ports.save_identity = [this](const DeviceIdentity& identity) {
        return store_.ask<Outcome>([&](StoreState& state) {
            Outcome saved = state.stores.save(identity);
            if (saved.ok()) tell_identity(identity);
            return saved;
        });
    };
    ports.status_changed = [this](const SyncStatus& status) { tell_status(status); };
    return ports;
}

void ThreadedWorkers::run_network() {
    std::optional<NetworkNews> first = news_.pop();
    while (first && !first->begin_with)
        first = news_.pop();
    if (!first || settings_.sync.backend_url.empty()) return;
    {
        std::unique_ptr<HttpClient> http = parts_.make_http();
        const std::lock_guard lock(http_door_);
        http_ = std::move(http);
    }
    SyncEngine engine(settings_.sync, first->begin_with->first, first->begin_with->second, *http_,
                      parts_.clock, parts_.random, ports());
    engine_ = &engine;
    while (!stopping_) {
        const std::int64_t pause_ms = engine.step();
        std::optional<NetworkNews> news =
            news_.pop_for(std::chrono::milliseconds(std::max<std::int64_t>(0, pause_ms)));
        for (; news; news = news_.try_pop())
            if (news->act) news->act(engine);
    }
    engine_ = nullptr;
}

} // namespace

std::unique_ptr<Workers> start_workers(WorkerSettings settings, WorkerParts parts) {
    return std::make_unique<ThreadedWorkers>(std::move(settings), std::move(parts));
}

} // namespace vakant
