// POST /v1/submissions, /v1/heartbeat.
#include <algorithm>
#include <charconv>

#include "agency/api/handling.h"
#include "agency/candidates/submissions.h"

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

/// What is kept of a heartbeat: its figures, nothing else that somebody might put there.
std::string figures_of(const Json& body) {
    Json kept = Json::object();
    for (const char* name :
         {"queued", "blocked", "quarantined", "oldest_age_ms", "free_disk_bytes", "skew_ms"})
        kept.set(name, body[name].is_number() ? body[name] : Json());
    kept.set("program", body["versions"]["program"].text().substr(0, 40));
    return kept.to_text();
}

std::int64_t backed_up_through(Connection& connection) {
    const auto text = find_setting(connection, "backed_up_through");
    std::int64_t sequence = 0;
    if (text.ok() && *text) std::from_chars((*text)->data(), (*text)->data() + (*text)->size(), sequence);
    return sequence;
}

Response heartbeat(Services& services, const Request& request, const Device& device) {
    const auto body = body_object(request);
    const std::string nonce(body ? (*body)["nonce"].text() : "");
    if (nonce.size() < shortest_nonce || nonce.size() > longest_nonce)
        return Response::error(400, "invalid_request");
    const UtcMs now = services.clock.wall_ms();
    std::int64_t backed_up = 0;
    const Outcome kept = services.database->write([&](Connection& connection) {
        backed_up = backed_up_through(connection);
        return keep_heartbeat(connection, device.id, figures_of(*body), now);
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
    return Response::json(200, "{\"answers\":[" + answers + "]}");
}

} // namespace

void add_delivery_routes(Router& router, Services& services) {
    router.add("POST", "/v1/submissions", longest_batch, for_devices(services, submissions),
               gate_for_devices(services));
    router.add("POST", "/v1/heartbeat", longest_heartbeat, for_devices(services, heartbeat));
}

} // namespace vakant
