#include "agency/api/handling.h"

#include <algorithm>

#include "agency/api/device_api.h"

namespace vakant {

namespace {

constexpr std::string_view bearer = "Bearer ";

std::optional<Response> wrong_protocol(const Request& request) {
    if (request.header("vakant-protocol") == "1") return std::nullopt;
    return Response::error(426, "protocol");
}

template <typename Array>
std::optional<Array> array_from(std::string_view base64) {
    auto bytes = from_base64url(base64);
    Array out{};
    if (!bytes.ok() || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

/// Vacancies are a quarter of their size on the wire. What kiosks send is compressed before it is sealed, so
/// only answers are.
Response compressed_for(const Request& request, Response response) {
    constexpr std::size_t worth_it = 1024;
    constexpr int level = 9;
    const bool asked = request.header("accept-encoding").find("zstd") != std::string_view::npos;
    if (!asked || response.body.size() < worth_it) return response;
    const Bytes smaller = compress(as_bytes(response.body), level);
    if (smaller.empty() || smaller.size() >= response.body.size()) return response;
    response.body = as_text(smaller);
    return std::move(response).with("content-encoding", "zstd").with("vary", "accept-encoding");
}

/// Why this request is from nobody that is enrolled here; else `device` is who sent it.
std::optional<Response> stranger(Services& services, const Request& request, std::optional<Device>& device) {
    if (auto wrong = wrong_protocol(request)) return wrong;
    const std::string_view authorization = request.header("authorization");
    if (!authorization.starts_with(bearer)) return Response::error(401, "token_expired");
    const std::string token(authorization.substr(bearer.size()));
    const std::string id(request.header("vakant-device"));
    const UtcMs now = services.clock.wall_ms();
    auto found = services.database->read_for<Authentication>(
        [&](Connection& connection) { return authenticate(connection, id, token, now); });
    if (!found.ok()) return failure(found.error());
    if (!found->device)
        return found->problem == TokenProblem::revoked ? Response::error(403, "device_revoked")
                                                       : Response::error(401, "token_expired");
    device = std::move(found->device);
    return std::nullopt;
}

} // namespace

Handler open_to_all(Services& services, PlainHandler handler) {
    return [&services, handler = std::move(handler)](const Request& request) {
        if (auto wrong = wrong_protocol(request)) return std::move(*wrong);
        return handler(services, request);
    };
}

Handler for_devices(Services& services, DeviceHandler handler) {
    return [&services, handler = std::move(handler)](const Request& request) {
        std::optional<Device> device;
        if (auto refusal = stranger(services, request, device)) return std::move(*refusal);
        return compressed_for(request, handler(services, request, *device));
    };
}

Gate gate_for_devices(Services& services) {
    return [&services](const Request& head) {
        std::optional<Device> device;
        return stranger(services, head, device);
    };
}

Response failure(const Error& error) {
    const bool temporary = error.kind == ErrorKind::unavailable || error.kind == ErrorKind::disk_full;
    if (temporary) return Response::error(503, "unavailable").with("retry-after", "10");
    return Response::error(500, name_of(error.kind));
}

Response too_often(std::int64_t retry_after_ms) {
    return Response::error(429, "too_often")
        .with("retry-after", std::to_string((retry_after_ms + 999) / 1000));
}

std::optional<Json> body_object(const Request& request) {
    auto json = parse_json(request.body);
    if (!json.ok() || !json->is_object()) return std::nullopt;
    return std::move(*json);
}

Response with_etag(const Request& request, const std::string& etag,
                   const std::function<std::string()>& body) {
    if (request.header("if-none-match") == etag) {
        Response unchanged;
        unchanged.status = 304;
        unchanged.with("etag", etag);
        return unchanged;
    }
    return Response::json(200, body()).with("etag", etag);
}

std::optional<PublicKey> public_key_from(std::string_view base64) {
    return array_from<PublicKey>(base64);
}
std::optional<Signature> signature_from(std::string_view base64) {
    return array_from<Signature>(base64);
}

Router device_api(Services& services) {
    Router router;
    add_enrolment_routes(router, services);
    add_mirror_routes(router, services);
    add_delivery_routes(router, services);
    return router;
}

} // namespace vakant
