#include "agency/cli/key_actions.h"

#include "agency/devices/agencies.h"
#include "agency/devices/key_life.h"
#include "agency/devices/published_keys.h"
#include "agency/store/audit.h"

namespace vakant {

Result<Json> keys_action(Services& services, const Json& arguments) {
    const std::string id(arguments["agency"].text());
    VAKANT_TRY(agency, services.database->read_for<std::optional<Agency>>(
                           [&](Connection& connection) { return find_agency(connection, id); }));
    if (!agency) return not_found("agency " + id + ": none of that id");
    VAKANT_TRY(set, parse_json(to_json_text(agency->key_set)));
    return Json::object(
        {{"name", agency->name}, {"root", to_base64url(agency->root)}, {"key_set", std::move(set)}});
}

Result<Json> keys_changed_action(Services& services, const Json& arguments) {
    const std::string agency(arguments["agency"].text());
    services.keys.forget(agency);
    VAKANT_CHECK(publish_documents(services, agency));
    return Json::object({{"agency", agency}});
}

Result<Json> key_holders_action(Services& services, const Json& arguments) {
    VAKANT_TRY(devices, services.database->read_for<std::vector<std::string>>([&](Connection& connection) {
        return devices_holding(connection, arguments["agency"].text(), std::string(arguments["key"].text()));
    }));
    Json list = Json::array();
    for (const std::string& device : devices)
        list.push(device);
    return list;
}

Result<Json> key_retired_action(Services& services, const Json& arguments) {
    const std::string agency(arguments["agency"].text());
    services.keys.forget(agency);
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return keep_audit(connection, {agency, services.clock.wall_ms(), "cli", AuditEvent::key_retired,
                                       std::string(arguments["key"].text())});
    }));
    return Json::object({{"retired", arguments["key"]}});
}

Result<Json> root_renew_action(Services& services, const Json& arguments) {
    VAKANT_TRY(succession, root_succession_from_json_text(arguments["succession"].text()));
    VAKANT_TRY(key_set, key_set_from_json_text(arguments["key_set"].text()));
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return renew_root(connection, succession, key_set, services.clock.wall_ms());
    }));
    VAKANT_CHECK(agree_on_published_keys(*services.database, services.data, services.clock.wall_ms()));
    return Json::object({{"agency", succession.agency}});
}

} // namespace vakant
