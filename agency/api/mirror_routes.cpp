// GET /v1/keys, /v1/vacancies, /v1/forms, /v1/skills, /v1/config, /v1/occupations.
#include <algorithm>
#include <charconv>

#include "agency/api/handling.h"
#include "agency/devices/agencies.h"
#include "agency/store/documents.h"
#include "agency/vacancies/device_selection.h"
#include "agency/vacancies/vacancy_feed.h"

namespace vakant {

namespace {

constexpr std::size_t most_in_page = 200;

std::string etag_over(const std::string& body) {
    return "\"" + blake2b_hex(body).substr(0, 32) + "\"";
}

Response keys(Services& services, const Request& request, const Device& device) {
    Json sets = Json::array(), successions = Json::array();
    const Outcome read = services.database->read([&](Connection& connection) -> Outcome {
        for (const std::string& id : device.agencies) {
            VAKANT_TRY(agency, find_agency(connection, id));
            if (!agency) continue;
            VAKANT_TRY(set, parse_json(to_json_text(agency->key_set)));
            sets.push(std::move(set));
            VAKANT_TRY(handed_over, root_successions(connection, id));
            for (const RootSuccession& each : handed_over) {
                VAKANT_TRY(succession, parse_json(to_json_text(each)));
                successions.push(std::move(succession));
            }
        }
        return done();
    });
    if (!read.ok()) return failure(read.error());
    std::string body =
        Json::object({{"key_sets", std::move(sets)}, {"root_successions", std::move(successions)}}).to_text();
    const std::string etag = etag_over(body);
    return with_etag(request, etag, [&body] { return std::move(body); });
}

std::size_t limit_of(const Request& request) {
    const std::string text = request.parameter("limit");
    std::size_t limit = most_in_page;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return most_in_page;
    return std::clamp<std::size_t>(limit, 1, most_in_page);
}

Result<FeedPage> page_for(Connection& connection, const Device& device, const std::string& agency,
                          std::string_view epoch, const Request& request, UtcMs now) {
    const std::string cursor = request.parameter("cursor");
    VAKANT_TRY(selection, selection_for(connection, device.id, agency));
    return vacancy_page(connection, {agency, epoch, cursor, std::move(selection), limit_of(request), now});
}

Response vacancies(Services& services, const Request& request, const Device& device) {
    const std::string agency = request.parameter("agency");
    if (!device.serves(agency)) return Response::error(403, "agency_not_served");
    const UtcMs now = services.clock.wall_ms();
    const auto page = services.database->read_for<FeedPage>([&](Connection& connection) {
        return page_for(connection, device, agency, services.epoch, request, now);
    });
    if (!page.ok() && page.error().kind == ErrorKind::not_found) return Response::error(410, "cursor_gone");
    if (!page.ok()) return failure(page.error());
    return with_etag(request, etag_of(*page), [&] { return to_json_text(*page, now); });
}

Response documents(Services& services, const Request& request, const Device& device, std::string_view kind) {
    const std::string agency = request.parameter("agency");
    if (!device.serves(agency)) return Response::error(403, "agency_not_served");
    const auto offered = services.database->read_for<std::vector<Document>>(
        [&](Connection& connection) { return offered_documents(connection, agency, kind); });
    if (!offered.ok()) return failure(offered.error());
    Json list = Json::array();
    for (const Document& document : *offered)
        list.push(Json::object({{"id", document.id},
                                {"digest", document.digest},
                                {"body", document.body},
                                {"signer", document.signer},
                                {"signature", to_base64url(document.signature)}}));
    std::string body = list.to_text();
    const std::string etag = etag_over(body);
    return with_etag(request, etag, [&body] { return std::move(body); });
}

Response forms(Services& services, const Request& request, const Device& device) {
    return documents(services, request, device, "form");
}

Response skills(Services& services, const Request& request, const Device& device) {
    return documents(services, request, device, "skill");
}

Response config(Services& services, const Request& request, const Device& device) {
    return documents(services, request, device, "config");
}

Response occupations(Services& services, const Request& request, const Device& device) {
    return documents(services, request, device, "occupations");
}

} // namespace

void add_mirror_routes(Router& router, Services& services) {
    router.add("GET", "/v1/keys", 0, for_devices(services, keys));
    router.add("GET", "/v1/vacancies", 0, for_devices(services, vacancies));
    router.add("GET", "/v1/forms", 0, for_devices(services, forms));
    router.add("GET", "/v1/skills", 0, for_devices(services, skills));
    router.add("GET", "/v1/config", 0, for_devices(services, config));
    router.add("GET", "/v1/occupations", 0, for_devices(services, occupations));
}

} // namespace vakant
