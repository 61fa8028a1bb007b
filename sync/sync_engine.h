// The conversation with the agency, vakant-sync/1: enrolment, mirror,
// delivery, heartbeat, retries. The engine decides; it holds no thread and no database: `step` is called on
// the network thread with the time, performs at most one exchange, and talks to the store and cache threads
// through SyncPorts.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/envelope/envelope.h"
#include "core/http/http.h"
#include "sync/cache.h"
#include "sync/outbox.h"

namespace vakant {

/// An agency that this kiosk serves, pinned at enrolment.
struct PinnedAgency {
    std::string id, name;
    PublicKey root{};
    KeySet keys;                ///< newest one that was checked against the root
    Signature keys_signature{}; ///< the root's, so that the file on disk is checked again at every start
};
/// device.json in the data directory: everything that survives enrolment. Keys stand in key files beside it.
struct DeviceIdentity {
    std::string device_id; ///< UUID
    std::string prefix;    ///< three consonants
    std::string token;
    std::vector<PinnedAgency> agencies;
    std::vector<PinnedAgency> former; ///< no longer served: what they sign about what they were sent counts
    bool enrolled() const { return !token.empty() && !agencies.empty(); }
};
struct DeviceKeys {
    SigningKey signing;
    StorageKey storage;
    bool bound =
        false; ///< neither lies on the disk in clear: systemd keeps them, by a TPM where there is one
};
/// Reads the folder, or makes device id and keys on the first start (files 0600).
Result<DeviceIdentity> load_identity(const std::filesystem::path& folder, Random& random);
Result<DeviceKeys> load_device_keys(const std::filesystem::path& folder);
Outcome save_identity(const std::filesystem::path& folder, const DeviceIdentity& identity);

/// What the pages and the staff page may know. Sent as a value whenever it changes.
struct SyncStatus {
    enum class Enrolment { none, waiting_for_desk, comparing_words, done } enrolment = Enrolment::none;
    std::optional<Enrolment> again; ///< a kiosk that serves already is being enrolled again: how far that is
    bool turned_away = false;       ///< the agency said that it does not know this kiosk, or no longer
    std::string user_code;          ///< while waiting for the desk
    std::vector<std::string> words; ///< while comparing
    std::vector<std::string> agency_names;
    bool online = false;
    std::optional<UtcMs> last_heard_at; ///< kiosk time
    OutboxCounts outbox;
    std::string last_problem; ///< an ErrorKind's name, "" where there is none
    bool skew_warned = false;
    std::string server_epoch;
    bool operator==(const SyncStatus&) const;
};

/// The engine's ways to the other threads; each call posts or asks and returns plain values. In tests: direct
/// calls. earlier_epochs with resend, audit_digest, keep_only_documents, rebuild_cache and free_disk_bytes
/// may be left empty.
struct SyncPorts {
    std::function<Result<std::vector<OutboxItem>>(std::size_t most)> waiting;
    std::function<Outcome(const Answer&)> settle;
    std::function<Result<OutboxCounts>()> counts;
    std::function<Result<std::string>(std::int64_t row)> audit_digest; ///< hex, "" where there is none
    std::function<Outcome(std::string_view agency, std::string_view epoch, std::int64_t backed_up_through)>
        purge;
    /// The epochs, other than this one, that items held here were delivered in.
    std::function<Result<std::vector<std::string>>(std::string_view agency, std::string_view epoch)>
        earlier_epochs;
    /// What the store that was put back has not got waits again; the rest counts for the present epoch.
    std::function<Outcome(const ResendAnswer&)> resend;
    std::function<Outcome(std::string_view agency, const VacancyPage&)> apply_vacancies;
    std::function<Outcome(std::string_view agency)> start_over;
    std::function<Result<std::string>(std::string_view agency)> cursor;
    std::function<Outcome(const CachedDocument&)> put_document;
    std::function<Outcome(std::string_view agency, std::string_view kind,
                          const std::vector<std::string>& ids)>
        keep_only_documents;
    std::function<Outcome()> rebuild_cache; ///< where a cache call failed with ErrorKind::damaged
    std::function<std::optional<std::int64_t>()> free_disk_bytes;
    std::function<Outcome(std::string_view agency, UtcMs)> note_heard;
    std::function<Outcome(const DeviceIdentity&)> save_identity;
    std::function<void(const SyncStatus&)> status_changed;
};

struct SyncSettings {
    std::string backend_url;
    std::int64_t mirror_every_ms = 60'000;
    std::int64_t heartbeat_every_ms = 60'000;
    std::int64_t retry_first_ms = 2'000;
    std::int64_t retry_cap_ms = 240'000;
    std::size_t batch = 100;
    std::string program_version;
};

class SyncEngine {
public:
    SyncEngine(SyncSettings settings, DeviceIdentity identity, DeviceKeys keys, HttpClient& http,
               Clock& clock, Random& random, SyncPorts ports);
    ~SyncEngine();

    /// Does the most urgent thing that is due, if any, and returns how long to sleep until the next (ms).
    std::int64_t step();
    /// A new item waits, the link came up, or staff pressed "send now": no waiting.
    void send_now();
    /// Staff want this kiosk enrolled again, or for one more agency: with the same id and keys, while it goes
    /// on taking, keeping and sending. Nothing changes until desk and kiosk have compared the words.
    void enrol_again();
    /// A person said at the kiosk that the six words are the same (or not).
    void words_confirmed(bool same);
    /// Whoever reads the cache found it so: it is made anew and everything is fetched again.
    void cache_is_damaged();
    const SyncStatus& status() const;
    const DeviceIdentity& identity() const;
    /// Kiosk time: the last signed server time + monotonic time since; the own clock until one is known.
    UtcMs kiosk_time() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace vakant
