// POST /v1/device_authorization, /v1/token, /v1/token/renew.
#include "agency/api/handling.h"
#include "agency/devices/enrolment.h"
#include "agency/devices/rate_limits.h"

namespace vakant {

namespace {

constexpr std::size_t longest_body = 64 * 1024;
/// Many kiosks stand behind one address: who proves by a signature which one it is counts for itself, and
/// only the others count together.
constexpr RateLimit renewals_of_a_device{"token_renewals_device", 30, 60'000};
constexpr RateLimit renewals_of_strangers{"token_renewals", 30, 60'000};

Json agencies_json(const std::vector<Agency>& agencies, std::string_view id_member) {
    Json list = Json::array();
    for (const Agency& agency : agencies) {
        auto key_set = parse_json(to_json_text(agency.key_set));
        list.push(Json::object({{std::string(id_member), agency.id},
                                {"name", agency.name},
                                {"root", to_base64url(agency.root)},
                                {"key_set", key_set.ok() ? std::move(*key_set) : Json()}}));
    }
    return list;
}

Response device_authorization(Services& services, const Request& request) {
    const auto body = body_object(request);
    const auto key = body ? public_key_from((*body)["device_key"].text()) : std::nullopt;
    if (!key) return Response::error(400, "invalid_request");
    CodeRequest wanted;
    wanted.device_id = std::string((*body)["device_id"].text());
    wanted.program_version = std::string((*body)["program_version"].text());
    wanted.device_key = *key;
    wanted.peer = request.peer;
    const auto code = services.database->write_for<DeviceCode>([&](Connection& connection) {
        return request_code(connection, wanted, services.clock.wall_ms(), services.random);
    });
    if (!code.ok() && code.error().kind == ErrorKind::invalid_input)
        return Response::error(400, "invalid_request");
    if (!code.ok()) return failure(code.error());
    if (code->retry_after_ms > 0) return too_often(code->retry_after_ms);
    return Response::json(200, Json::object({{"device_code", code->device_code},
                                             {"user_code", code->user_code},
                                             {"interval", code->interval_s},
                                             {"expires_in", code->expires_in_s}})
                                   .to_text());
}

Response poll_response(const PollAnswer& answer) {
    switch (answer.kind) {
    case PollAnswer::Kind::slow_down:
        return Response::error(400, "slow_down");
    case PollAnswer::Kind::expired:
        return Response::error(400, "expired_token");
    case PollAnswer::Kind::denied:
        return Response::error(400, "access_denied");
    case PollAnswer::Kind::pending: {
        Json body = Json::object({{"error", "authorization_pending"}});
        if (!answer.agencies.empty()) body.set("roots", agencies_json(answer.agencies, "agency"));
        return Response::json(400, body.to_text());
    }
    case PollAnswer::Kind::enrolled:
        break;
    }
    return Response::json(200, Json::object({{"token", answer.token.text},
                                             {"prefix", answer.prefix},
                                             {"expires_at", answer.token.expires_at},
                                             {"agencies", agencies_json(answer.agencies, "id")}})
                                   .to_text());
}

Response token(Services& services, const Request& request) {
    const auto body = body_object(request);
    if (!body) return Response::error(400, "invalid_request");
    TokenPoll poll;
    poll.device_code = std::string((*body)["device_code"].text());
    poll.device_id = std::string((*body)["device_id"].text());
    poll.refused = (*body)["refused"].bool_or(false);
    if ((*body)["words_digest"].is_string()) poll.words_digest = std::string((*body)["words_digest"].text());
    poll.signature = signature_from((*body)["signature"].text());
    poll.prefix = std::string((*body)["prefix"].text());
    const auto answer = services.database->write_for<PollAnswer>([&](Connection& connection) {
        return poll_token(connection, poll, services.clock.wall_ms(), services.random);
    });
    return answer.ok() ? poll_response(*answer) : failure(answer.error());
}

Result<std::int64_t> renewal_wait(Connection& connection, const Renewal& renewal, const std::string& peer,
                                  UtcMs now) {
    VAKANT_TRY(genuine, is_signed_by_its_device(connection, renewal));
    return genuine ? take_allowance(connection, renewals_of_a_device, renewal.device_id, now)
                   : take_allowance(connection, renewals_of_strangers, peer, now);
}

Response renew(Services& services, const Request& request) {
    const auto body = body_object(request);
    const auto signature = body ? signature_from((*body)["signature"].text()) : std::nullopt;
    if (!signature) return Response::error(401, "not_authentic");
    Renewal renewal;
    renewal.device_id = std::string((*body)["device_id"].text());
    renewal.nonce = std::string((*body)["nonce"].text());
    renewal.time = (*body)["time"].integer_or(0);
    renewal.signature = *signature;
    const UtcMs now = services.clock.wall_ms();
    const auto wait = services.database->write_for<std::int64_t>(
        [&](Connection& connection) { return renewal_wait(connection, renewal, request.peer, now); });
    if (!wait.ok()) return failure(wait.error());
    if (*wait > 0) return too_often(*wait);
    const auto token = services.database->write_for<Token>(
        [&](Connection& connection) { return renew_token(connection, renewal, now, services.random); });
    if (token.ok())
        return Response::json(
            200, Json::object({{"token", token->text}, {"expires_at", token->expires_at}}).to_text());
    if (token.error().kind == ErrorKind::not_found) return Response::error(401, "unknown_device");
    if (token.error().kind == ErrorKind::not_authentic) return Response::error(401, "not_authentic");
    if (token.error().kind == ErrorKind::refused) return Response::error(403, "device_revoked");
    return failure(token.error());
}

} // namespace

void add_enrolment_routes(Router& router, Services& services) {
    router.add("POST", "/v1/device_authorization", longest_body, open_to_all(services, device_authorization));
    router.add("POST", "/v1/token", longest_body, open_to_all(services, token));
    router.add("POST", "/v1/token/renew", longest_body, open_to_all(services, renew));
}

} // namespace vakant
