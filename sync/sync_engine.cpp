#include "sync/sync_engine.h"

#include <algorithm>
#include <utility>

#include "sync/delivery.h"
#include "sync/enrolment.h"
#include "sync/heartbeat.h"
#include "sync/mirror.h"
#include "sync/resend.h"

namespace vakant {
namespace {

constexpr std::int64_t longest_sleep_ms = 60'000;
/// Keys and tokens are asked for at most so often out of turn: what is ill-signed must not make us ask for
/// ever.
constexpr std::int64_t least_between_ms = 30'000;

/// What a renewal is told where the store knows nothing of this kiosk, or takes nothing more from it (a token
/// that it does not know itself keeps it from saying so elsewhere).
bool turns_away(const HttpAnswer& answer) {
    const std::string word = word_of(answer);
    return (answer.status == 401 && word == "unknown_device") ||
           (answer.status == 403 && word == "device_revoked");
}

} // namespace

struct SyncEngine::Inside {
    Inside(SyncSettings settings, DeviceIdentity identity, DeviceKeys keys, HttpClient& http, Clock& clock,
           Random& random, SyncPorts ports)
        : talk(std::move(settings), std::move(identity), std::move(keys), http, clock, random,
               std::move(ports)),
          enrolment(talk), delivery(talk), resend(talk), heartbeat(talk, resend), mirror(talk) {}

    void step();
    void step_enrolled();
    bool enrol_again();
    void go_to_work();
    bool set_right();
    void renew_token();
    void read_counts();
    void link_is_up(bool was_online);
    std::int64_t until_next() const;

    Conversation talk;
    Enrolment enrolment;
    Delivery delivery;
    Resend resend;
    Heartbeat heartbeat;
    Mirror mirror;
    std::optional<std::int64_t> keys_asked_at;
    std::optional<std::int64_t> token_asked_at;
    std::optional<std::int64_t> link_up_at;
};

void SyncEngine::Inside::step() {
    if (talk.identity.enrolled()) {
        step_enrolled();
        return;
    }
    if (talk.now() < enrolment.due()) return;
    enrolment.step();
    if (talk.identity.enrolled()) go_to_work();
}

/// Everything is to be tried now: who asks has another token, or other agencies.
void SyncEngine::Inside::go_to_work() {
    talk.try_the_line();
    delivery.now_due();
    heartbeat.now_due();
    mirror.now_due();
}

/// Delivery goes first; each call does one exchange at the most.
void SyncEngine::Inside::step_enrolled() {
    if (enrol_again() || talk.now() < talk.line_due() || set_right()) return;
    const bool was_online = talk.status.online;
    if (talk.now() >= delivery.due() && delivery.step()) {
        read_counts();
        return link_is_up(was_online);
    }
    if (talk.now() >= heartbeat.due()) {
        read_counts();
        heartbeat.step();
        return link_is_up(was_online);
    }
    if (talk.now() >= resend.due()) {
        if (resend.step()) {
            read_counts();
            delivery.now_due();
        }
        return link_is_up(was_online);
    }
    if (talk.now() < mirror.due()) return;
    mirror.step();
    link_is_up(was_online);
}

/// Staff asked for it, or the agency said that it does not know this kiosk. True: it took this step's
/// exchange.
bool SyncEngine::Inside::enrol_again() {
    enrolment.follow();
    if (!enrolment.is_again() || talk.now() < enrolment.due()) return false;
    enrolment.step();
    if (!enrolment.is_again() && !talk.status.turned_away) go_to_work();
    return true;
}

/// What must be in order before anything else makes sense. True: it took this step's exchange.
bool SyncEngine::Inside::set_right() {
    const auto may_ask = [this](std::optional<std::int64_t>& asked_at) {
        if (asked_at && talk.now() - *asked_at < least_between_ms) return false;
        asked_at = talk.now();
        return true;
    };
    if (std::exchange(talk.token_refused, false) && may_ask(token_asked_at)) {
        renew_token();
        return true;
    }
    if (std::exchange(talk.keys_wanted, false) && may_ask(keys_asked_at)) {
        if (mirror.fetch_keys()) {
            delivery.keys_are_new();
            heartbeat.now_due();
            mirror.now_due();
        }
        return true;
    }
    return false;
}

void SyncEngine::Inside::renew_token() {
    Bytes bytes(16);
    talk.random.fill(bytes);
    const std::string nonce = to_base64url(bytes);
    const UtcMs time = talk.kiosk_time();
    const Signature signature =
        sign(token_renewal_bytes(talk.identity.device_id, nonce, time), talk.keys.signing);
    const auto answer = talk.post("/v1/token/renew",
                                  Json::object({{"device_id", talk.identity.device_id},
                                                {"nonce", nonce},
                                                {"time", time},
                                                {"signature", to_base64url(signature)}}),
                                  false);
    const auto body = answer.ok() && answer->status == 200
                          ? parse_json(answer->body)
                          : Result<Json>(Error{ErrorKind::refused, "no token"});
    if (!body.ok() || (*body)["token"].text().empty()) {
        if (answer.ok()) talk.note_problem(ErrorKind::refused);
        if (answer.ok() && turns_away(*answer)) talk.status.turned_away = true;
        return;
    }
    talk.identity.token = (*body)["token"].text();
    const Outcome saved = talk.ports.save_identity(talk.identity);
    if (!saved.ok()) talk.note_problem(saved.error().kind);
    go_to_work();
}

void SyncEngine::Inside::read_counts() {
    const auto counts = talk.ports.counts();
    talk.counts_known = counts.ok();
    if (counts.ok()) {
        talk.status.outbox = *counts;
    } else {
        talk.note_problem(counts.error().kind);
    }
}

/// The first word after a silence: what was put off for minutes is tried now. A line that comes and goes with
/// every exchange does so once in a while only, or the two would chase each other without a pause.
void SyncEngine::Inside::link_is_up(bool was_online) {
    if (was_online || !talk.status.online) return;
    if (link_up_at && talk.now() - *link_up_at < least_between_ms) return;
    link_up_at = talk.now();
    delivery.now_due();
    mirror.now_due();
    if (heartbeat.due() > talk.now() + talk.settings.heartbeat_every_ms) heartbeat.now_due();
}

std::int64_t SyncEngine::Inside::until_next() const {
    std::int64_t next = talk.now() + longest_sleep_ms;
    if (talk.identity.enrolled())
        next =
            std::min(next, std::max(talk.line_due(),
                                    std::min({delivery.due(), heartbeat.due(), resend.due(), mirror.due()})));
    if (!talk.identity.enrolled() || enrolment.is_again()) next = std::min(next, enrolment.due());
    return std::max<std::int64_t>(0, next - talk.now());
}

SyncEngine::SyncEngine(SyncSettings settings, DeviceIdentity identity, DeviceKeys keys, HttpClient& http,
                       Clock& clock, Random& random, SyncPorts ports)
    : inside_(std::make_unique<Inside>(std::move(settings), std::move(identity), std::move(keys), http, clock,
                                       random, std::move(ports))) {
    inside_->read_counts();
}

SyncEngine::~SyncEngine() = default;

std::int64_t SyncEngine::step() {
    inside_->step();
    inside_->talk.tell_status();
    return inside_->until_next();
}

void SyncEngine::send_now() {
    inside_->talk.try_the_line();
    inside_->delivery.now_due();
    inside_->heartbeat.now_due();
    inside_->resend.now_due();
    inside_->enrolment.now_due();
    inside_->read_counts();
    inside_->talk.tell_status();
}

void SyncEngine::enrol_again() {
    inside_->enrolment.again();
    inside_->talk.tell_status();
}
void SyncEngine::words_confirmed(bool same) {
    inside_->enrolment.words_confirmed(same);
}
void SyncEngine::cache_is_damaged() {
    inside_->mirror.rebuild_cache();
}
const SyncStatus& SyncEngine::status() const {
    return inside_->talk.status;
}
const DeviceIdentity& SyncEngine::identity() const {
    return inside_->talk.identity;
}
UtcMs SyncEngine::kiosk_time() const {
    return inside_->talk.kiosk_time();
}

} // namespace vakant
