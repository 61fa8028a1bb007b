#include "agency/cli/admin_actions.h"

#include <algorithm>
#include <array>

#include "agency/candidates/candidate_list.h"
#include "agency/cli/board_actions.h"
#include "agency/cli/fetch_action.h"
#include "agency/cli/occupation_actions.h"
#include "agency/devices/agencies.h"
#include "agency/devices/enrolment.h"
#include "agency/vacancies/import_vacancies.h"
#include "agency/vacancies/vacancy_feed.h"

namespace vakant {

namespace {

std::vector<std::string> texts_of(const Json& list) {
    std::vector<std::string> texts;
    for (const Json& item : list.items())
        texts.emplace_back(item.text());
    return texts;
}

Json json_list(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

Result<Json> import_text(Services& services, const Json& arguments, std::string_view text,
                         const SpooledText* spool) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    const auto format = feed_format_named(arguments["format"].text());
    if (!format) return invalid_input("format " + std::string(arguments["format"].text()) + ": not known");
    ImportChoices choices;
    choices.snapshot = arguments["snapshot"].bool_or(false);
    choices.after_chunk = [spool]() -> Outcome {
        if (spool) spool->forget();
        return done();
    };
    if (const std::string_view codes = arguments["places"].text(); !codes.empty()) {
        VAKANT_TRY(names, read_place_names(codes));
        choices.place_names = std::move(names);
    }
    const UtcMs now = services.clock.wall_ms();
    VAKANT_TRY(report, import_vacancies(*services.database, agency, *format, text, now, choices));
    VAKANT_TRY(swept, sweep_vacancies(*services.database, now));
    (void)swept;
    Json answer = Json::object({{"report", to_json(report)}});
    if (report.ended_early)
        answer.set("ended_early", Json::object({{"error", name_of(report.ended_early->kind)},
                                                {"detail", report.ended_early->detail}}));
    if (!report.not_compared.empty()) answer.set("not_compared", report.not_compared);
    return answer;
}

Result<Json> import_action(Services& services, const Json& arguments) {
    return import_text(services, arguments, arguments["text"].text(), nullptr);
}

Result<Json> vacancies_action(Services& services, const Json& arguments) {
    return services.database->read_for<Json>([&](Connection& connection) {
        return open_vacancies(connection, arguments["agency"].text(), services.clock.wall_ms());
    });
}

Result<Json> agency_add_action(Services& services, const Json& arguments) {
    Agency agency;
    agency.id = std::string(arguments["id"].text());
    agency.name = std::string(arguments["name"].text());
    VAKANT_TRY(root, from_base64url(arguments["root"].text()));
    if (root.size() != agency.root.size()) return invalid_input("root: a key of the wrong length");
    std::copy(root.begin(), root.end(), agency.root.begin());
    VAKANT_TRY(key_set, key_set_from_json_text(arguments["key_set"].text()));
    agency.key_set = std::move(key_set);
    VAKANT_CHECK(services.database->write(
        [&](Connection& connection) { return keep_agency(connection, agency, services.clock.wall_ms()); }));
    const Outcome published = publish_documents(services, agency.id);
    // Without assets or the content key there is nothing to offer yet: `serve` tries again when it starts.
    if (!published.ok() && published.error().kind != ErrorKind::not_found) return published.error();
    return Json::object({{"agency", agency.id}});
}

Result<Json> agencies_action(Services& services, const Json&) {
    VAKANT_TRY(agencies, services.database->read_for<std::vector<Agency>>(
                             [](Connection& connection) { return all_agencies(connection); }));
    Json list = Json::array();
    for (const Agency& agency : agencies)
        list.push(Json::object({{"agency", agency.id},
                                {"name", agency.name},
                                {"root_key", to_base64url(agency.root)},
                                {"key_set_version", agency.key_set.keys.version}}));
    return list;
}

Result<Json> devices_action(Services& services, const Json&) {
    VAKANT_TRY(devices, services.database->read_for<std::vector<Device>>(
                            [](Connection& connection) { return all_devices(connection); }));
    Json list = Json::array();
    for (const Device& device : devices)
        list.push(to_json(device));
    return list;
}

Result<Json> begin_approval_action(Services& services, const Json& arguments) {
    VAKANT_TRY(start, services.database->write_for<ApprovalStart>([&](Connection& connection) {
        return begin_approval(connection, arguments["code"].text(), texts_of(arguments["agencies"]),
                              services.clock.wall_ms());
    }));
    return Json::object({{"device", start.device_id},
                         {"agencies", json_list(start.agencies)},
                         {"words", json_list(start.words)}});
}

Result<Json> finish_approval_action(Services& services, const Json& arguments) {
    const bool same = arguments["same"].bool_or(false);
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return finish_approval(connection, arguments["code"].text(), texts_of(arguments["words"]), same,
                               services.clock.wall_ms());
    }));
    return Json::object({{"approved", same}});
}

Result<Json> revoke_action(Services& services, const Json& arguments) {
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return revoke_device(connection, arguments["device"].text(), services.clock.wall_ms());
    }));
    return Json::object({{"revoked", arguments["device"]}});
}

Result<Json> candidates_action(Services& services, const Json& arguments) {
    return services.database->read_for<Json>(
        [&](Connection& connection) { return candidate_list(connection, arguments["agency"].text()); });
}

struct Action {
    std::string_view name;
    Result<Json> (*run)(Services&, const Json&);
};
constexpr std::array actions{Action{"import", import_action},
                             Action{"fetch", fetch_action},
                             Action{"feeds", feeds_action},
                             Action{"vacancies", vacancies_action},
                             Action{"agency_add", agency_add_action},
                             Action{"agencies", agencies_action},
                             Action{"devices", devices_action},
                             Action{"device_begin_approval", begin_approval_action},
                             Action{"device_finish_approval", finish_approval_action},
                             Action{"device_revoke", revoke_action},
                             Action{"candidates", candidates_action},
                             Action{"config_set", config_set_action},
                             Action{"config_show", config_show_action},
                             Action{"device_select", device_select_action},
                             Action{"occupations_import", occupations_import_action},
                             Action{"occupations", occupations_action},
                             Action{"occupations_remove", occupations_remove_action},
                             Action{"reports", reports_action}};

} // namespace

Result<Json> run_admin_action(Services& services, std::string_view action, const Json& arguments,
                              SpooledText* attached) {
    if (attached && action == "import") {
        VAKANT_TRY(text, attached->text());
        return import_text(services, arguments, text, attached);
    }
    if (attached && action == "occupations_import") {
        VAKANT_TRY(text, attached->text());
        return occupations_import_text(services, arguments, text);
    }
    for (const Action& each : actions)
        if (each.name == action) return each.run(services, arguments);
    return Error{ErrorKind::unsupported, "action " + std::string(action) + ": none of that name"};
}

} // namespace vakant
