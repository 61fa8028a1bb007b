#include "sync/heartbeat.h"

namespace vakant {

Json Heartbeat::report(std::string_view nonce) const {
    const OutboxCounts& counts = talk_.status.outbox;
    const auto known = [this](auto figure) {
        return talk_.counts_known ? Json(static_cast<std::int64_t>(figure)) : Json();
    };
    Json report = Json::object(
        {{"nonce", nonce},
         {"queued", known(counts.queued)},
         {"blocked", known(counts.blocked)},
         {"quarantined", known(counts.quarantined)},
         {"outbox_closed", talk_.counts_known ? 0 : 1},
         {"audit_rows", known(counts.audit_rows)},
         {"audit_head", counts.audit_head},
         {"oldest_age_ms", nullptr},
         {"free_disk_bytes", nullptr},
         {"skew_ms", talk_.wall() - talk_.kiosk_time()},
         {"versions", Json::object({{"program", talk_.settings.program_version}, {"protocol", "1"}})}});
    Json key_sets = Json::object();
    for (const PinnedAgency& agency : talk_.identity.agencies)
        key_sets.set(agency.id, agency.keys.version);
    report.set("key_sets", std::move(key_sets));
    Json aside = Json::object();
    for (const AsideItem& item : counts.aside)
        aside.set(item.reason, aside[item.reason].integer_or(0) + 1);
    report.set("aside", std::move(aside));
    if (counts.salvage) {
        report.set("salvaged", counts.salvage->kept);
        if (counts.salvage->lost) report.set("salvage_lost", *counts.salvage->lost);
    }
    if (audit_known_ && talk_.ports.audit_digest) {
        const auto digest = talk_.ports.audit_digest(*audit_known_);
        if (digest.ok())
            report.set("audit_confirms", Json::object({{"rows", *audit_known_}, {"digest", *digest}}));
    }
    if (counts.oldest_queued_at) report.set("oldest_age_ms", talk_.kiosk_time() - *counts.oldest_queued_at);
    if (talk_.ports.free_disk_bytes) {
        if (const auto free = talk_.ports.free_disk_bytes()) report.set("free_disk_bytes", *free);
    }
    return report;
}

bool Heartbeat::step() {
    constexpr std::size_t nonce_length = 16;
    Bytes bytes(nonce_length);
    talk_.random.fill(bytes);
    const std::string nonce = to_base64url(bytes);
    const auto answer = talk_.post("/v1/heartbeat", report(nonce));
    const auto body = answer.ok() ? parse_json(answer->body) : Result<Json>(answer.error());
    if (!body.ok() || !take(*body, nonce)) {
        talk_.status.online = false;
        if (answer.ok()) talk_.note_problem(ErrorKind::not_authentic);
        talk_.put_off(retry_, answer);
        return false;
    }
    audit_known_.reset();
    if (const Json& rows = (*body)["audit_rows"]; rows.is_number()) audit_known_ = rows.integer_or(0);
    retry_.succeeded(talk_.now() + talk_.settings.heartbeat_every_ms);
    return true;
}

/// Each agency's answer counts for that agency; the first one that holds gives the time.
bool Heartbeat::take(const Json& body, std::string_view nonce) {
    bool heard = false;
    for (const Json& item : body["answers"].items()) {
        const auto answer = heartbeat_from_json_text(item.to_text());
        if (!answer.ok()) continue;
        const PinnedAgency* agency = talk_.agency(answer->agency);
        if (agency == nullptr) continue;
        if (const Outcome genuine = check_heartbeat(*answer, agency->keys, nonce, talk_.identity.device_id);
            !genuine.ok()) {
            if (genuine.error().kind == ErrorKind::not_found) talk_.keys_wanted = true;
            continue;
        }
        if (!heard) talk_.set_time(answer->server_time);
        heard = true;
        talk_.heard();
        talk_.status.server_epoch = answer->epoch;
        talk_.ports.note_heard(answer->agency, talk_.kiosk_time())
            .ignore("the board only shows an older time");
        resend_.heard(answer->agency, answer->epoch);
        const Outcome purged = talk_.ports.purge(answer->agency, answer->epoch, answer->backed_up_through);
        if (!purged.ok()) talk_.note_problem(purged.error().kind);
    }
    return heard;
}

} // namespace vakant
