#include "agency/cli/admin_actions.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "agency/candidates/candidate_list.h"
#include "agency/candidates/submissions.h"
#include "agency/cli/backup_actions.h"
#include "agency/cli/board_actions.h"
#include "agency/cli/fetch_action.h"
#include "agency/cli/form_actions.h"
#include "agency/cli/key_actions.h"
#include "agency/cli/occupation_actions.h"
#include "agency/devices/agencies.h"
#include "agency/devices/enrolment.h"
#include "agency/devices/published_keys.h"
#include "agency/store/audit.h"
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
    VAKANT_CHECK(agree_on_published_keys(*services.database, services.data, services.clock.wall_ms()));
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
    const std::string agency(arguments["agency"].text());
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return keep_audit(connection, {agency, services.clock.wall_ms(), "cli", AuditEvent::candidates_read,
                                       agency.empty() ? "all" : agency});
    }));
    return services.database->read_for<Json>(
        [&](Connection& connection) { return candidate_list(connection, arguments["agency"].text()); });
}

Result<Json> audit_action(Services& services, const Json& arguments) {
    Json answer = Json::object();
    VAKANT_CHECK(services.database->read([&](Connection& connection) -> Outcome {
        if (arguments["verify"].bool_or(false)) {
            VAKANT_TRY(state, check_audit(connection));
            answer = Json::object(
                {{"rows", state.rows}, {"before_chain", state.before_chain}, {"head", state.head}});
            return done();
        }
        Json rows = Json::array();
        VAKANT_CHECK(each_audit_row(connection, arguments["agency"].text(), [&](const AuditRow& row) {
            rows.push(Json::object({{"number", row.number},
                                    {"at", to_iso8601(row.at)},
                                    {"agency", row.agency},
                                    {"actor", row.actor},
                                    {"event", row.event},
                                    {"subject", row.subject}}));
            return done();
        }));
        answer = std::move(rows);
        return done();
    }));
    return answer;
}

/// Envelopes that came by hand, as if that device had sent them: one signed answer each, "" where there is
/// none now.
Result<Json> import_envelopes_action(Services& services, const Json& arguments) {
    const std::string id(arguments["device"].text());
    VAKANT_TRY(device, services.database->read_for<std::optional<Device>>(
                           [&](Connection& connection) { return find_device(connection, id); }));
    if (!device) return not_found("device " + id + ": none that was enrolled here");
    std::string lines;
    for (const Json& envelope : arguments["envelopes"].items())
        lines += Json::object({{"envelope", envelope}}).to_text() + "\n";
    const SubmissionDesk desk{*services.database, services.keys, services.clock, services.random,
                              services.epoch};
    auto answers = receive_submissions(desk, *device, lines);
    Json list = Json::array();
    if (!answers.ok() && answers.error().kind == ErrorKind::unavailable) {
        for (std::size_t i = 0; i < arguments["envelopes"].size(); ++i)
            list.push("");
        return list;
    }
    if (!answers.ok()) return answers.error();
    std::int64_t answered = 0;
    std::istringstream each(*answers);
    for (std::string line; std::getline(each, line);) {
        const bool is_signed = answer_from_json_text(line).ok();
        answered += is_signed ? 1 : 0;
        list.push(is_signed ? line : "");
    }
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return keep_audit(connection, {"", services.clock.wall_ms(), "cli", AuditEvent::envelopes_imported,
                                       id + ":" + std::to_string(answered)});
    }));
    return list;
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
                             Action{"form_set", form_set_action},
                             Action{"forms", forms_action},
                             Action{"form_show", form_show_action},
                             Action{"form_remove", form_remove_action},
                             Action{"reports", reports_action},
                             Action{"import_envelopes", import_envelopes_action},
                             Action{"keys", keys_action},
                             Action{"keys_changed", keys_changed_action},
                             Action{"key_holders", key_holders_action},
                             Action{"key_retired", key_retired_action},
                             Action{"root_renew", root_renew_action},
                             Action{"audit", audit_action},
                             Action{"backup", backup_action},
                             Action{"backup_position", backup_position_action},
                             Action{"backup_noted", backup_noted_action}};

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
