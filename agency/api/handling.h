// What every handler of the device API shares. Only agency/api includes it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "agency/api/services.h"
#include "agency/devices/devices.h"
#include "agency/server/request.h"
#include "agency/server/router.h"
#include "core/json/json.h"

namespace vakant {

using PlainHandler = std::function<Response(Services&, const Request&)>;
using DeviceHandler = std::function<Response(Services&, const Request&, const Device&)>;

/// Checks the protocol's version.
Handler open_to_all(Services& services, PlainHandler handler);
/// Checks the protocol's version, token and device.
Handler for_devices(Services& services, DeviceHandler handler);
/// For routes of devices that take long bodies: the same checks, before the body.
Gate gate_for_devices(Services& services);

/// 503, or 500 where trying again would not help.
Response failure(const Error& error);
Response too_often(std::int64_t retry_after_ms);
/// The object in the body, or none.
std::optional<Json> body_object(const Request& request);
/// 304 where the kiosk has it already.
Response with_etag(const Request& request, const std::string& etag, const std::function<std::string()>& body);
std::optional<PublicKey> public_key_from(std::string_view base64);
std::optional<Signature> signature_from(std::string_view base64);

// One function for each part of the protocol adds its routes.
void add_enrolment_routes(Router& router, Services& services);
void add_mirror_routes(Router& router, Services& services);
void add_delivery_routes(Router& router, Services& services);

} // namespace vakant
