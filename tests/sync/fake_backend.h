// A backend of the protocol in memory, as honest or as odd as a test wants it. It keeps what it was given
// under (agency, device, id), signs with the agencies' keys, and can be cut off. Tests of sync use it.
#pragma once

#include <map>
#include <set>

#include "core/json/json.h"
#include "core/vacancies/vacancy.h"
#include "sync/sync_engine.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_http.h"

namespace vakant {

class FakeBackend {
public:
    explicit FakeBackend(FakeClock& clock_in) : clock(clock_in) {
        http.play = [this](const HttpRequest& request) { return answer(request); };
    }

    AgencyKeys& add_agency(const std::string& id) {
        return agencies.emplace(id, AgencyKeys(id)).first->second;
    }

    FakeClock& clock;
    FakeHttp http;
    std::map<std::string, AgencyKeys> agencies;
    std::map<std::string, std::int64_t> key_versions; ///< 1 where not named
    PublicKey device_key{};
    std::string token = "token-1";

    // What may be odd.
    bool reachable = true;
    std::function<std::optional<Result<HttpAnswer>>(const HttpRequest&)> instead; ///< answers in its place
    std::function<std::string(const std::string& line, const OutboxItem& item)> change_line;
    std::set<std::string> unavailable_agencies;

    // What it holds.
    struct Kept {
        std::string digest, payload;
        std::int64_t sequence = 0;
        int times_sent = 0;
    };
    std::map<std::string, Kept> kept; ///< by envelope id
    std::vector<std::size_t> batch_sizes;
    std::map<std::string, std::vector<std::string>>
        order; ///< ids in the order of their first arrival, by agency
    std::string epoch = "epoch-1";
    std::int64_t backed_up_through = 0;
    std::optional<UtcMs> server_time;

    // Enrolment.
    std::vector<std::string> chosen; ///< agencies that the desk chose
    bool desk_said_yes = false;

    // Mirror: what each feed answers, by path without its query; and vacancies by cursor.
    std::map<std::string, HttpAnswer> documents;
    std::map<std::string, HttpAnswer> vacancy_pages;

    std::size_t count_of(const std::string& path) const {
        std::size_t count = 0;
        for (const HttpRequest& request : http.requests)
            count += path_of(request).starts_with(path) ? 1 : 0;
        return count;
    }
    static std::string path_of(const HttpRequest& request) {
        return request.url.substr(request.url.find("/v1/"));
    }
    static std::string header_of(const HttpRequest& request, const std::string& name) {
        for (const auto& [key, value] : request.headers) {
            if (key == name) return value;
        }
        return {};
    }

private:
    Result<HttpAnswer> answer(const HttpRequest& request) {
        if (!reachable) return Error{ErrorKind::offline, "cable out"};
        if (instead) {
            if (auto odd = instead(request)) return *odd;
        }
        const std::string path = path_of(request);
        if (path == "/v1/device_authorization")
            return http_answer(
                200, R"({"device_code":"code-1","user_code":"BCDF-GHJK","interval":5,"expires_in":900})");
        if (path == "/v1/token") return on_token(parse_json(request.body).value());
        if (path == "/v1/token/renew") return on_renew(parse_json(request.body).value());
        if (header_of(request, "Authorization") != "Bearer " + token)
            return http_answer(401, R"({"error":"token_expired"})");
        if (path == "/v1/submissions") return on_submissions(request);
        if (path == "/v1/heartbeat") return on_heartbeat(request);
        if (path == "/v1/keys") return http_answer(200, Json::object({{"key_sets", key_sets()}}).to_text());
        if (path.starts_with("/v1/vacancies")) return on_vacancies(path);
        const auto found = documents.find(path);
        return found == documents.end() ? http_answer(200, "[]") : found->second;
    }

    std::int64_t version_of(const std::string& id) const {
        const auto found = key_versions.find(id);
        return found == key_versions.end() ? 1 : found->second;
    }
    Json key_set_of(const AgencyKeys& agency) const {
        return parse_json(to_json_text(agency.signed_key_set(version_of(agency.id)))).value();
    }
    Json key_sets() const {
        Json list = Json::array();
        for (const auto& [id, agency] : agencies)
            list.push(key_set_of(agency));
        return list;
    }

    Result<HttpAnswer> on_token(const Json& body) {
        if (body["refused"].bool_or(false)) return http_answer(400, R"({"error":"access_denied"})");
        Json error = Json::object({{"error", "authorization_pending"}});
        if (chosen.empty()) return http_answer(400, error.to_text());
        Json roots = Json::array();
        Json pinned = Json::array();
        std::vector<RootToPin> to_pin;
        for (const std::string& id : chosen) {
            const AgencyKeys& agency = agencies.at(id);
            to_pin.push_back({id, "Agency " + id, agency.root.public_key});
            const Json root = to_base64url(agency.root.public_key);
            roots.push(Json::object(
                {{"agency", id}, {"name", "Agency " + id}, {"root", root}, {"key_set", key_set_of(agency)}}));
            pinned.push(Json::object(
                {{"id", id}, {"name", "Agency " + id}, {"root", root}, {"key_set", key_set_of(agency)}}));
        }
        error.set("roots", roots);
        const std::string device = std::string(body["device_id"].text());
        const auto words = enrolment_words(device, device_key, to_pin);
        const auto signature_bytes = from_base64url(body["signature"].text_or(""));
        Signature signature{};
        if (signature_bytes.ok() && signature_bytes->size() == signature.size())
            std::copy(signature_bytes->begin(), signature_bytes->end(), signature.begin());
        const bool kiosk_said_yes =
            signature_holds(token_request_bytes(device, "code-1", words), signature, device_key);
        if (!kiosk_said_yes || !desk_said_yes) return http_answer(400, error.to_text());
        return http_answer(
            200, Json::object({{"token", token}, {"prefix", "KTR"}, {"expires_at", 0}, {"agencies", pinned}})
                     .to_text());
    }

    Result<HttpAnswer> on_renew(const Json& body) {
        const auto bytes = from_base64url(body["signature"].text());
        Signature signature{};
        if (bytes.ok() && bytes->size() == signature.size())
            std::copy(bytes->begin(), bytes->end(), signature.begin());
        const Bytes signed_bytes =
            token_renewal_bytes(body["device_id"].text(), body["nonce"].text(), body["time"].integer_or(0));
        if (!signature_holds(signed_bytes, signature, device_key))
            return http_answer(401, R"({"error":"not_authentic"})");
        return http_answer(200, Json::object({{"token", token}, {"expires_at", 0}}).to_text());
    }

    std::string answer_line(const Json& line) {
        const Bytes bytes = from_base64url(line["envelope"].text()).value();
        const Envelope envelope = parse_envelope(bytes).value();
        const std::string id = envelope.header.id;
        const AgencyKeys& agency = agencies.at(envelope.header.agency);
        if (unavailable_agencies.contains(agency.id)) return R"({"error":"unavailable"})";
        auto [at, is_new] = kept.try_emplace(id);
        ++at->second.times_sent;
        Verdict verdict = Verdict::known;
        if (is_new) {
            verdict = Verdict::stored;
            at->second.digest = envelope_digest(bytes);
            at->second.payload = open_envelope(envelope, {agency.opening}).value();
            at->second.sequence = static_cast<std::int64_t>(kept.size());
            order[agency.id].push_back(id);
        } else if (at->second.digest != envelope_digest(bytes)) {
            verdict = Verdict::conflict;
        }
        std::string text = to_json_text(agency.answer_to(bytes, verdict, at->second.sequence));
        OutboxItem item;
        item.id = id;
        item.agency = agency.id;
        item.envelope = bytes;
        return change_line ? change_line(text, item) : text;
    }

    Result<HttpAnswer> on_submissions(const HttpRequest& request) {
        std::string out;
        std::size_t lines = 0;
        JsonElements elements(request.body);
        for (;;) {
            const auto next = elements.next();
            if (!next.ok() || !next->more) break;
            ++lines;
            out += answer_line(next->element) + "\n";
        }
        batch_sizes.push_back(lines);
        return http_answer(200, out);
    }

    Result<HttpAnswer> on_heartbeat(const HttpRequest& request) {
        const Json body = parse_json(request.body).value();
        Json answers = Json::array();
        for (const auto& [id, agency] : agencies) {
            const HeartbeatAnswer plain{id,
                                        header_of(request, "Vakant-Device"),
                                        std::string(body["nonce"].text()),
                                        server_time.value_or(clock.wall_ms()),
                                        epoch,
                                        backed_up_through,
                                        "",
                                        {}};
            answers.push(parse_json(to_json_text(sign_heartbeat(plain, agency.answers))).value());
        }
        return http_answer(200, Json::object({{"answers", answers}}).to_text());
    }

    Result<HttpAnswer> on_vacancies(const std::string& path) {
        const std::string cursor = path.substr(path.find("&cursor=") + 8);
        const auto found = vacancy_pages.find(cursor);
        if (found != vacancy_pages.end()) return found->second;
        return http_answer(200, Json::object({{"upserts", Json::array()},
                                              {"tombstones", Json::array()},
                                              {"next_cursor", cursor},
                                              {"more", false},
                                              {"generated_at", 0}})
                                    .to_text());
    }
};

} // namespace vakant
