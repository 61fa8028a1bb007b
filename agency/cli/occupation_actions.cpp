#include "agency/cli/occupation_actions.h"

#include <map>
#include <optional>

#include "agency/api/publish_occupations.h"
#include "agency/cli/board_actions.h"
#include "agency/vacancies/occupation_documents.h"

namespace vakant {

namespace {

/// What a person wants to know of a table: how many occupations, and how many names in which language.
Json summary_of(const OccupationTable& table) {
    std::map<std::string, std::int64_t> counts;
    for (const OccupationEntry& entry : table.entries)
        for (const OccupationNames& names : entry.names)
            counts[names.language] += static_cast<std::int64_t>(names.names.size());
    Json names = Json::object();
    for (const auto& [language, count] : counts)
        names.set(language, count);
    return Json::object({{"id", table.id},
                         {"occupations", table.entries.size()},
                         {"links", table.links.size()},
                         {"names", std::move(names)}});
}

std::optional<OccupationFormat> format_named(std::string_view name) {
    if (name == "esco") return OccupationFormat::esco;
    if (name == "ssyk") return OccupationFormat::ssyk;
    if (name == "styrk") return OccupationFormat::styrk;
    if (name == "isco") return OccupationFormat::isco;
    return std::nullopt;
}

} // namespace

Result<Json> occupations_import_text(Services& services, const Json& arguments, std::string_view text) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    const auto format = format_named(arguments["format"].text());
    if (!format) return invalid_input("format " + std::string(arguments["format"].text()) + ": not known");
    VAKANT_TRY(table, read_occupations(*format, text, arguments["language"].text()));
    VAKANT_CHECK(publish_occupations(services, agency, table));
    Json answer = summary_of(table);
    answer.set("agency", agency);
    return answer;
}

Result<Json> occupations_import_action(Services& services, const Json& arguments) {
    return occupations_import_text(services, arguments, arguments["text"].text());
}

Result<Json> occupations_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_TRY(offered, services.database->read_for<std::vector<Document>>(
                            [&](Connection& connection) { return offered_occupations(connection, agency); }));
    Json list = Json::array();
    for (const Document& document : offered) {
        VAKANT_TRY(json, parse_json(document.body));
        VAKANT_TRY(table, occupations_from_json(json));
        list.push(summary_of(table));
    }
    return list;
}

Result<Json> occupations_remove_action(Services& services, const Json& arguments) {
    VAKANT_TRY(agency, named_agency(services, arguments["agency"].text()));
    VAKANT_CHECK(services.database->write([&](Connection& connection) {
        return withdraw_occupations(connection, agency, arguments["id"].text(), services.clock.wall_ms());
    }));
    return Json::object({{"agency", agency}, {"removed", arguments["id"]}});
}

} // namespace vakant
