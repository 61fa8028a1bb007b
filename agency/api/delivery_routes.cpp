// POST /v1/submissions, /v1/heartbeat; GET /v1/resend.
#include <algorithm>

#include "agency/api/handling.h"
#include "agency/candidates/submissions.h"
#include "agency/store/epochs.h"

namespace vakant {

namespace {

constexpr std::size_t longest_batch = 8u << 20;
constexpr std::size_t longest_heartbeat = 64 * 1024;
constexpr std::size_t shortest_nonce = 16;
constexpr std::size_t longest_nonce = 200;

Response submissions(Services& services, const Request& request, const Device& device) {
    const SubmissionDesk desk{*services.database, services.keys, services.clock, services.random,
                              services.epoch};
    auto answers = receive_submissions(desk, device, request.body);
    if (!answers.ok() && answers.error().kind == ErrorKind::refused) return Response::error(413, "too_many");
    if (!answers.ok()) return failure(answers.error());
    Response response;
    response.with("content-type", "application/x-ndjson");
    response.body = std::move(*answers);
    return response;
}

/// Reasons are words of the protocol; anything else is not kept.
Json reasons_in(const Json& aside) {
    constexpr std::size_t longest_word = 40, most_words = 10;
    Json kept = Json::object();
    for (const auto& [reason, count] : aside.members()) {
        const bool is_word = !reason.empty() && reason.size() <= longest_word &&
                             std::all_of(reason.begin(), reason.end(),
                                         [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
        if (is_word && kept.size() < most_words) kept.set(reason, count.integer_or(0));
    }
    return kept;
}

/// What is kept of a heartbeat: its figures, nothing else that somebody might put there.
Json figures_of(const Json& body, const Device& device) {
    Json kept = Json::object();
    for (const char* name : {"queued", "blocked", "quarantined", "oldest_age_ms", "free_disk_bytes",
                             "skew_ms", "audit_rows", "outbox_closed", "salvaged", "salvage_lost"})
        kept.set(name, body[name].is_number() ? body[name] : Json());
    Json key_sets = Json::object();
    for (const std::string& agency : device.agencies)
        key_sets.set(agency, body["key_sets"][agency].integer_or(0));
    kept.set("key_sets", std::move(key_sets));
    kept.set("aside", reasons_in(body["aside"]));
    kept.set("audit_head", body["audit_head"].text().substr(0, 64));
    kept.set("program", body["versions"]["program"].text().substr(0, 40));
    return kept;
}

Response heartbeat(Services& services, const Request& request, const Device& device) {
    const auto body = body_object(request);
    const std::string nonce(body ? (*body)["nonce"].text() : "");
    if (nonce.size() < shortest_nonce || nonce.size() > longest_nonce)
        return Response::error(400, "invalid_request");
    const UtcMs now = services.clock.wall_ms();
    std::int64_t backed_up = 0, audit_rows = 0;
    const Outcome kept = services.database->write([&](Connection& connection) -> Outcome {
        VAKANT_TRY(through, backed_up_through(connection));
        backed_up = through;
        VAKANT_TRY(known, keep_heartbeat(connection, device.id, figures_of(*body, device),
                                         (*body)["audit_confirms"], now));
        audit_rows = known;
        return done();
    });
    if (!kept.ok()) return failure(kept.error());
    std::string answers;
    for (const std::string& agency : device.agencies) {
        const auto secrets = services.keys.secrets(agency);
        if (!secrets.ok() || !(*secrets)->answers) continue; // unsigned words count for nothing
        HeartbeatAnswer answer;
        answer.agency = agency;
        answer.device = device.id;
        answer.nonce = nonce;
        answer.server_time = now;
        answer.epoch = services.epoch;
        answer.backed_up_through = backed_up;
        answers += (answers.empty() ? "" : ",") +
                   to_json_text(sign_heartbeat(std::move(answer), *(*secrets)->answers));
    }
    return Response::json(200, "{\"audit_rows\":" + std::to_string(audit_rows) + ",\"answers\":[" + answers +
                                   "]}");
}

/// After an older state of the store was put back: what it still has of the epoch that the kiosk's items were
/// delivered in. The kiosk sends the others again.
Response resend(Services& services, const Request& request, const Device& device) {
    constexpr std::size_t longest_epoch = 64;
    const std::string earlier = request.parameter("epoch");
    if (earlier.empty() || earlier.size() > longest_epoch) return Response::error(400, "invalid_request");
    const auto through = services.database->read_for<std::int64_t>(
        [&](Connection& connection) { return kept_through(connection, earlier); });
    if (!through.ok()) return failure(through.error());
    std::string answers;
    for (const std::string& agency : device.agencies) {
        const auto secrets = services.keys.secrets(agency);
        if (!secrets.ok() || !(*secrets)->answers) continue; // unsigned words count for nothing
        ResendAnswer answer;
        answer.agency = agency;
        answer.device = device.id;
        answer.epoch = services.epoch;
        answer.earlier_epoch = earlier;
        answer.kept_through = *through;
        answers +=
            (answers.empty() ? "" : ",") + to_json_text(sign_resend(std::move(answer), *(*secrets)->answers));
    }
    return Response::json(200, "{\"answers\":[" + answers + "]}");
}

} // namespace

void add_delivery_routes(Router& router, Services& services) {
    router.add("POST", "/v1/submissions", longest_batch, for_devices(services, submissions),
               gate_for_devices(services));
    router.add("POST", "/v1/heartbeat", longest_heartbeat, for_devices(services, heartbeat));
    router.add("GET", "/v1/resend", 0, for_devices(services, resend));
}

} // namespace vakant
