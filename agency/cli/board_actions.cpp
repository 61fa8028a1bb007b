#include "agency/cli/board_actions.h"

#include <algorithm>

#include "agency/candidates/reports.h"
#include "agency/devices/agencies.h"
#include "agency/devices/devices.h"
#include "agency/profile/profile_document.h"
#include "agency/vacancies/device_selection.h"

namespace vakant {

namespace {

/// By its id, or by the three consonants that its reference numbers begin with.
Result<std::string> named_device(Connection& connection, std::string_view named) {
    VAKANT_TRY(devices, all_devices(connection));
    for (const Device& device : devices)
        if (device.id == named || device.prefix == named) return device.id;
    return not_found("device " + std::string(named));
}

} // namespace

Result<std::string> named_agency(Services& services, std::string_view named) {
    VAKANT_TRY(agencies, services.database->read_for<std::vector<Agency>>(
                             [](Connection& connection) { return all_agencies(connection); }));
    if (agencies.empty()) return refused("no agency yet: begin with `vakant-agency keys init`");
    if (named.empty() && agencies.size() == 1) return agencies.front().id;
    if (named.empty()) return refused("several agencies: say which with --agency");
    const bool known =
        std::any_of(agencies.begin(), agencies.end(), [&](const Agency& a) { return a.id == named; });
    if (!known) return not_found("agency " + std::string(named));
    return std::string(named);
}

Result<Json> config_set_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_CHECK(publish_profile(services, agency, arguments["text"].text()));
    VAKANT_TRY(profile, agency_profile_from_text(arguments["text"].text()));
    return Json::object({{"agency", agency}, {"name", profile.name}, {"version", profile.version}});
}

Result<Json> config_show_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_TRY(text, services.database->read_for<std::optional<std::string>>(
                         [&](Connection& connection) { return offered_profile(connection, agency); }));
    if (!text) return not_found("agency " + agency + ": no profile yet: `vakant-agency config set FILE`");
    return parse_json(*text);
}

Result<Json> reports_action(Services& services, const Json& arguments) {
    return services.database->read_for<Json>(
        [&](Connection& connection) { return report_list(connection, arguments["agency"].text()); });
}

Result<Json> device_select_action(Services& services, const Json& arguments) {
    std::optional<VacancySelection> selection;
    if (arguments["selection"].is_object()) {
        VAKANT_TRY(given, selection_from_json(arguments["selection"]));
        selection = std::move(given);
    }
    VAKANT_TRY(device,
               services.database->write_for<std::string>([&](Connection& connection) -> Result<std::string> {
                   VAKANT_TRY(id, named_device(connection, arguments["device"].text()));
                   VAKANT_CHECK(select_for_device(connection, id, selection, services.clock.wall_ms()));
                   return id;
               }));
    return Json::object({{"device", device}, {"selection", selection ? to_json(*selection) : Json()}});
}

} // namespace vakant
