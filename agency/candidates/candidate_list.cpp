#include "agency/candidates/candidate_list.h"

#include <map>

#include "core/base/clock.h"

namespace vakant {

namespace {

Json parsed(const std::string& text) {
    auto json = parse_json(text);
    return json.ok() ? std::move(*json) : Json();
}

Json time_or_null(const Row& row, int column) {
    return row.is_null(column) ? Json() : Json(to_iso8601(row.integer(column)));
}

struct Listed {
    Json candidate;
    Json registrations = Json::array();
    Json results = Json::array();
    Json flags = Json::array();
};

class Listing {
public:
    Listing(Connection& connection, std::string_view agency) : connection_(&connection), agency_(agency) {}
    Result<Json> all();

private:
    Outcome read_candidates();
    Outcome read_consents();
    Outcome read_registrations();
    Outcome read_results();
    Outcome read_flags();
    Outcome each(std::string_view columns, std::string_view order, const EachRow& take);

    Connection* connection_;
    std::string agency_;
    std::vector<std::string> order_;
    std::map<std::string, Listed> by_id_;
    std::map<std::string, Json> consents_; ///< by device and envelope
};

Outcome Listing::each(std::string_view select, std::string_view order, const EachRow& take) {
    return connection_->query(std::string(select) + " AND (? = '' OR agency_id = ?) " + std::string(order),
                              {agency_, agency_}, take);
}

Outcome Listing::read_candidates() {
    return each(
        "SELECT candidate_id, reference, agency_id, received_at, source, withdrawn_at FROM candidates "
        "WHERE 1 = 1",
        "ORDER BY received_at, candidate_id", [&](const Row& row) {
            order_.push_back(row.text(0));
            by_id_[row.text(0)].candidate = Json::object({{"reference", row.text(1)},
                                                          {"agency", row.text(2)},
                                                          {"received_at", to_iso8601(row.integer(3))},
                                                          {"source", row.text(4)},
                                                          {"withdrawn_at", time_or_null(row, 5)}});
            return done();
        });
}

Outcome Listing::read_consents() {
    return each(
        "SELECT device_id, envelope_id, purpose, recipient, given, language, text_digest, at, form_version, "
        "retention, recipient_kind, text_version FROM consents WHERE 1 = 1",
        "ORDER BY device_id, envelope_id, position", [&](const Row& row) {
            consents_[row.text(0) + row.text(1)].push(Json::object({{"purpose", row.text(2)},
                                                                    {"recipient", row.text(3)},
                                                                    {"recipient_kind", row.text(10)},
                                                                    {"given", row.integer(4) != 0},
                                                                    {"language", row.text(5)},
                                                                    {"text_version", row.text(11)},
                                                                    {"text_digest", row.text(6)},
                                                                    {"at", to_iso8601(row.integer(7))},
                                                                    {"form_version", row.text(8)},
                                                                    {"retention", row.text(9)}}));
            return done();
        });
}

Outcome Listing::read_registrations() {
    return each(
        "SELECT candidate_id, device_id, envelope_id, form, version, language, answers, vacancy_id, "
        "is_application, notice, problems, received_at, digest, retention, source_id FROM registrations "
        "WHERE 1 = 1",
        "ORDER BY received_at, envelope_id", [&](const Row& row) {
            const auto consents = consents_.find(row.text(1) + row.text(2));
            by_id_[row.text(0)].registrations.push(
                Json::object({{"envelope", row.text(2)},
                              {"device", row.text(1)},
                              {"received_at", to_iso8601(row.integer(11))},
                              {"form", row.text(3)},
                              {"version", row.text(4)},
                              {"digest", row.text(12)},
                              {"language", row.text(5)},
                              {"answers", parsed(row.text(6))},
                              {"consents", consents == consents_.end() ? Json::array() : consents->second},
                              {"vacancy", row.is_null(7) ? Json() : Json(row.text(7))},
                              {"application", row.integer(8) != 0},
                              {"notice", parsed(row.text(9))},
                              {"retention", row.text(13)},
                              {"source_id", row.text(14)},
                              {"problems", parsed(row.text(10))}}));
            return done();
        });
}

Outcome Listing::read_results() {
    return each(
        "SELECT candidate_id, device_id, envelope_id, test, version, language, metrics, recomputed, flag, "
        "received_at, digest, body FROM results WHERE 1 = 1",
        "ORDER BY received_at, envelope_id", [&](const Row& row) {
            const Json body = parsed(row.text(11));
            by_id_[row.text(0)].results.push(Json::object({{"envelope", row.text(2)},
                                                           {"device", row.text(1)},
                                                           {"received_at", to_iso8601(row.integer(9))},
                                                           {"test", row.text(3)},
                                                           {"version", row.text(4)},
                                                           {"digest", row.text(10)},
                                                           {"language", row.text(5)},
                                                           {"metrics", parsed(row.text(6))},
                                                           {"recomputed", row.integer(7) != 0},
                                                           {"flag", row.text(8)},
                                                           {"seconds", body["seconds"]},
                                                           {"outage_ms", body["outage_ms"]},
                                                           {"keys", body["keys"].size()}}));
            return done();
        });
}

Outcome Listing::read_flags() {
    return each("SELECT candidate_id, device_id, envelope_id, flag FROM envelopes WHERE flag <> ''",
                "ORDER BY sequence", [&](const Row& row) {
                    by_id_[row.text(0)].flags.push(Json::object(
                        {{"envelope", row.text(2)}, {"device", row.text(1)}, {"flag", row.text(3)}}));
                    return done();
                });
}

Result<Json> Listing::all() {
    VAKANT_CHECK(read_candidates());
    VAKANT_CHECK(read_consents());
    VAKANT_CHECK(read_registrations());
    VAKANT_CHECK(read_results());
    VAKANT_CHECK(read_flags());
    Json list = Json::array();
    for (const std::string& id : order_) {
        Listed& listed = by_id_[id];
        Json candidate = std::move(listed.candidate);
        candidate.set("registrations", std::move(listed.registrations));
        candidate.set("results", std::move(listed.results));
        candidate.set("flags", std::move(listed.flags));
        list.push(std::move(candidate));
    }
    return list;
}

} // namespace

Result<Json> candidate_list(Connection& connection, std::string_view agency) {
    return Listing(connection, agency).all();
}

} // namespace vakant
