#include "agency/cli/fetch_action.h"

#include "agency/cli/board_actions.h"
#include "agency/vacancies/feed_states.h"
#include "agency/vacancies/vacancy_feed.h"

namespace vakant {

namespace {

Result<std::vector<FeedSource>> sources_in(const Json& arguments) {
    std::vector<FeedSource> sources;
    for (const Json& one : arguments["sources"].items()) {
        VAKANT_TRY(source, feed_source_from_json(one));
        sources.push_back(std::move(source));
    }
    return sources;
}

} // namespace

Result<FetchReport> fetch_source(Services& services, const FeedSource& source, bool due_only,
                                 const std::function<void(HttpClient*)>& with_client) {
    VAKANT_TRY(agency, named_agency(services, source.agency));
    const auto client = make_curl_client({source.authority, false});
    if (with_client) with_client(client.get());
    const FetchPorts ports{*services.database, *client,       services.clock,
                           services.random,    services.data, services.stopping};
    auto report = fetch_feed(ports, source, agency, due_only);
    if (with_client) with_client(nullptr);
    if (!report.ok()) return report.error();
    if (report->import.read > 0) {
        VAKANT_TRY(swept, sweep_vacancies(*services.database, services.clock.wall_ms()));
        (void)swept;
    }
    return report;
}

Result<Json> fetch_action(Services& services, const Json& arguments) {
    VAKANT_TRY(sources, sources_in(arguments));
    Json reports = Json::array();
    for (const FeedSource& source : sources) {
        VAKANT_TRY(report, fetch_source(services, source, arguments["due_only"].bool_or(false)));
        reports.push(to_json(report));
    }
    return reports;
}

Result<Json> feeds_action(Services& services, const Json& arguments) {
    VAKANT_TRY(sources, sources_in(arguments));
    Json list = Json::array();
    for (const FeedSource& source : sources) {
        VAKANT_TRY(agency, named_agency(services, source.agency));
        VAKANT_TRY(state, services.database->read_for<FeedState>([&](Connection& connection) {
            return feed_state(connection, agency, source.name);
        }));
        const auto time = [](const std::optional<UtcMs>& moment) {
            return moment ? Json(to_iso8601(*moment)) : Json();
        };
        list.push(Json::object({{"name", source.name},
                                {"agency", agency},
                                {"fetched_at", time(state.fetched_at)},
                                {"swept_at", time(state.swept_at)},
                                {"next_at", time(state.not_before)},
                                {"failures", state.failures},
                                {"outcome", state.outcome}}));
    }
    return list;
}

} // namespace vakant
