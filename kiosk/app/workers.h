// What App asks of the other threads, and what they report. App knows only this; ThreadedWorkers is the real
// thing, tests may put their own. Plain values both ways.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/http/http.h"
#include "kiosk/pages/effect.h"
#include "kiosk/pages/event.h"
#include "kiosk/print/printer.h"
#include "sync/kiosk_stores.h"
#include "sync/session_store.h"
#include "sync/sync_engine.h"

namespace vakant {

namespace job {
struct Search {
    VacancyQuery query;
    UtcMs now = 0;
};
struct LoadVacancy {
    std::string id;
    std::string agency; ///< "": not known
    UtcMs now = 0;
};
struct ReadBoard { ///< counts, and when the agency was last heard
    UtcMs now = 0;
};
struct ReadDocuments {}; ///< forms, tests, profiles
struct Sweep {           ///< what has expired goes from the disk
    UtcMs now = 0;
};
struct Finalise {
    effect::Finalise what;
    std::string secret;
    UtcMs now = 0;
};
struct BeginTest {
    std::string session;
    std::string test_json;
};
struct KeepKey {
    effect::KeepKey what;
};
struct ForgetTest {
    std::string session;
};
struct SendNow {
    bool interrupts = false; ///< also ends an exchange that hangs
};
struct TryAgain {}; ///< what the agency refused waits again
struct EnrolAgain {};
struct ExchangeStick {}; ///< what waits goes on the stick, answers on it are taken
struct ConfirmWords {
    bool same = false;
};
/// A draft of a form, sealed under a code that is made here and told once.
struct ParkForm {
    std::string draft;
    UtcMs now = 0;
    std::uint64_t visit = 0;
};
struct TakeUpForm {
    Bytes code;
    UtcMs now = 0;
    std::uint64_t visit = 0;
};
struct Print {
    PrintedSlip slip;
};
struct Look {}; ///< the clock has moved on: what is due? Stores that could not be opened are tried again
} // namespace job
using Job = std::variant<job::Search, job::LoadVacancy, job::ReadBoard, job::ReadDocuments, job::Sweep,
                         job::Finalise, job::BeginTest, job::KeepKey, job::ForgetTest, job::SendNow,
                         job::TryAgain, job::EnrolAgain, job::ExchangeStick, job::ConfirmWords, job::ParkForm,
                         job::TakeUpForm, job::Print, job::Look>;

namespace report {
/// For the page on top.
struct Answered {
    Event event;
};
struct BoardRead {
    std::optional<BoardFacts> board; ///< none: the cache could not be read
    std::optional<UtcMs> last_heard_at;
};
struct DocumentsRead {
    std::vector<FormFact> forms;
    std::vector<TestFact> tests;
    std::vector<ProfileFact> profiles;
    std::shared_ptr<const ChoiceLists> lists = {};
};
/// Envelopes that a Finalise made; each is Delivered once the agency's signed answer says that it is kept
/// there.
struct Sealed {
    std::vector<std::string> envelopes;
};
struct Delivered {
    std::string envelope;
};
struct CacheChanged {
    bool documents = false;
};
struct StatusChanged {
    SyncStatus status;
    std::optional<std::int64_t>
        kiosk_offset_ms; ///< kiosk time minus monotonic time; none: the own clock serves
};
struct IdentityChanged {
    std::vector<AgencyFact> agencies;
    std::string prefix;
    bool enrolled = false;
};
struct DiskSeen {
    bool is_low = false; ///< new registrations are declined
};
/// How many forms wait for their owners.
struct ParkedCounted {
    std::size_t forms = 0;
};
/// At the start, and whenever it changes: stores that fail are dropped, and opened again by the clock.
struct StoreOpened {
    std::vector<std::pair<std::string, std::string>> settings;
    std::optional<StoreProblem> problem;
    std::optional<StoredSession> unfinished; ///< a test that a power cut broke off; at the start only
    std::optional<OutboxSalvage> salvage;
    bool keys_bound = false; ///< the device's keys are not on the disk in clear
};
} // namespace report
using Report = std::variant<report::Answered, report::BoardRead, report::DocumentsRead, report::CacheChanged,
                            report::Sealed, report::Delivered, report::StatusChanged, report::IdentityChanged,
                            report::StoreOpened, report::DiskSeen, report::ParkedCounted>;

class Workers {
public:
    virtual ~Workers() = default;
    virtual void post(Job job) = 0;
    virtual std::optional<Report> next_report() = 0;
    /// Nothing was asked that is not answered, and no report waits.
    virtual bool idle() const = 0;
};

struct WorkerSettings {
    std::filesystem::path data, assets;
    SyncSettings sync; ///< backend_url "": never a network
    PrinterSettings printer;
    std::filesystem::path stick; ///< where a memory stick is mounted; "": nowhere
};
struct WorkerParts {
    Clock& clock;
    Random& random; ///< any thread
    /// Called on the network's thread, after the first frame.
    std::function<std::unique_ptr<HttpClient>()> make_http;
    /// Called on any thread when a report waits; must not block.
    std::function<void()> wake;
    /// One line for the log; no personal data. Any thread.
    std::function<void(std::string_view)> log;
};
/// Starts five threads (store, network, search, cache writer, printer) and returns at once; their stores are
/// opened on them.
std::unique_ptr<Workers> start_workers(WorkerSettings settings, WorkerParts parts);

/// The forms and tests that ship with the program: for a kiosk whose agency has sent none.
report::DocumentsRead shipped_documents(const std::filesystem::path& assets);

} // namespace vakant
