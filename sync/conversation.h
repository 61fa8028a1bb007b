// What the parts of the engine share: identity, time, ports, and one way to ask the backend something.
// Network thread only; sync alone uses it.
#pragma once

#include "core/json/json.h"
#include "sync/retry.h"
#include "sync/sync_engine.h"

namespace vakant {

class Conversation {
public:
    Conversation(SyncSettings settings, DeviceIdentity identity, DeviceKeys keys, HttpClient& http,
                 Clock& clock, Random& random, SyncPorts ports);

    const SyncSettings settings;
    const DeviceKeys keys;
    DeviceIdentity identity;
    Random& random;
    const SyncPorts ports;
    SyncStatus status;
    bool keys_wanted = false;   ///< something was signed by a key that is not in our set
    bool token_refused = false; ///< a 401 came
    bool counts_known = false;  ///< the outbox could be asked; else nobody may take it for empty

    std::int64_t now() const { return clock_.monotonic_ms(); }
    UtcMs wall() const { return clock_.wall_ms(); }
    RetryLimits limits() const { return {settings.retry_first_ms, settings.retry_cap_ms}; }
    /// One that is served, or was.
    PinnedAgency* agency(std::string_view id);

    /// Last signed server time and the monotonic time since; the own clock until one is known.
    UtcMs kiosk_time() const;
    void set_time(UtcMs server_time);

    /// `path` from "/v1/...". The device's headers are added; `with_token` false for enrolment.
    Result<HttpAnswer> ask(std::string_view method, const std::string& path, HttpRequest request = {},
                           bool with_token = true);
    Result<HttpAnswer> post(const std::string& path, const Json& body, bool with_token = true);

    /// Where an exchange had no answer, the line is gone for all parts alike: one of them asks when it is due
    /// again, not each by its own clock. (Three would come back so early that, after an outage, most kiosks
    /// came in its first minute.)
    std::int64_t line_due() const { return line_.at(); }
    void try_the_line() { line_.now_due(now()); }

    /// Moves `retry` after an exchange that brought nothing: by Retry-After where the answer has one.
    void put_off(Retry& retry, const Result<HttpAnswer>& answer);
    void note_problem(ErrorKind kind);
    /// Something arrived that only the backend can have said.
    void heard();
    void tell_status();

private:
    HttpClient& http_;
    Clock& clock_;
    struct TimeFix {
        UtcMs server_time;
        std::int64_t monotonic;
    };
    std::optional<TimeFix> fix_;
    Retry line_;
    std::optional<SyncStatus> told_;
};

std::string percent_encoded(std::string_view text);
/// The word of the protocol in an answer that is an error, "" where there is none. Nobody signed it.
std::string word_of(const HttpAnswer& answer);
/// Retry-After in milliseconds from now: seconds, or an HTTP date against the answer's own Date (else `now`).
/// Never more than an hour.
std::optional<std::int64_t> retry_after_ms(const HttpAnswer& answer, UtcMs now);

} // namespace vakant
