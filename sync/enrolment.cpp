#include "sync/enrolment.h"

#include <algorithm>
#include <iterator>

namespace vakant {
namespace {

constexpr std::int64_t slow_down_by_ms = 5'000;
constexpr std::int64_t after_denial_ms = 60'000;

/// A server that names no time, or an odd one, gets a sensible one.
std::int64_t seconds_in(const Json& json, std::string_view name, std::int64_t other, std::int64_t least,
                        std::int64_t most) {
    return std::clamp(json[name].integer_or(other), least, most) * 1000;
}

} // namespace

void Enrolment::words_confirmed(bool same) {
    if (words_.empty()) return;
    said_ =
        same ? Said::same : Said::different; // said at the next poll: an early one would be told to slow down
}

void Enrolment::again() {
    if (!talk_.identity.enrolled() || again_) return;
    again_ = Asked::by_staff;
    begin_again(0);
}

void Enrolment::follow() {
    if (talk_.status.turned_away && !again_) {
        again_ = Asked::by_itself;
        begin_again(0);
    }
    // Once people compare words it is for them to end it.
    if (!talk_.status.turned_away && again_ == Asked::by_itself && words_.empty()) end_again();
}

void Enrolment::say(SyncStatus::Enrolment how_far) {
    if (again_) {
        talk_.status.again = how_far;
    } else {
        talk_.status.enrolment = how_far;
    }
}

void Enrolment::drop_code() {
    device_code_.clear();
    words_.clear();
    said_ = Said::nothing;
    talk_.status.user_code.clear();
    talk_.status.words.clear();
    talk_.status.agency_names.clear();
}

void Enrolment::begin_again(std::int64_t after_ms) {
    drop_code();
    say(SyncStatus::Enrolment::none);
    retry_.succeeded(talk_.now() + after_ms);
}

/// The kiosk serves as before.
void Enrolment::end_again() {
    drop_code();
    again_.reset();
    talk_.status.again.reset();
    for (const PinnedAgency& agency : talk_.identity.agencies)
        talk_.status.agency_names.push_back(agency.name);
}

/// Staff who asked and went away are not waited for. Who has no agency that takes anything goes on asking.
void Enrolment::code_expired() {
    if (again_ == Asked::by_staff) return end_again();
    begin_again(0);
}

void Enrolment::step() {
    if (!device_code_.empty() && talk_.now() >= expires_at_) code_expired();
    if (talk_.identity.enrolled() && !again_) return;
    if (device_code_.empty()) {
        ask_for_code();
    } else {
        poll();
    }
}

void Enrolment::ask_for_code() {
    const Json question = Json::object({{"device_id", talk_.identity.device_id},
                                        {"device_key", to_base64url(talk_.keys.signing.public_key)},
                                        {"program_version", talk_.settings.program_version}});
    const auto answer = talk_.post("/v1/device_authorization", question, false);
    const auto body = answer.ok() && answer->status == 200
                          ? parse_json(answer->body)
                          : Result<Json>(Error{ErrorKind::offline, "no code"});
    if (!body.ok() || (*body)["device_code"].text().empty() || (*body)["user_code"].text().empty()) {
        if (answer.ok()) talk_.note_problem(ErrorKind::unavailable);
        return talk_.put_off(retry_, answer);
    }
    device_code_ = (*body)["device_code"].text();
    interval_ms_ = seconds_in(*body, "interval", 5, 1, 60);
    expires_at_ = talk_.now() + seconds_in(*body, "expires_in", 900, 10, 3600);
    say(SyncStatus::Enrolment::waiting_for_desk);
    talk_.status.user_code = (*body)["user_code"].text();
    if (!again_) talk_.status.online = true;
    talk_.status.last_problem.clear();
    retry_.succeeded(talk_.now() + interval_ms_);
}

void Enrolment::poll() {
    Json question = Json::object({{"device_code", device_code_},
                                  {"device_id", talk_.identity.device_id},
                                  {"words_digest", nullptr},
                                  {"signature", nullptr}});
    if (!talk_.identity.prefix.empty()) question.set("prefix", talk_.identity.prefix);
    if (said_ == Said::different) question.set("refused", true);
    if (said_ == Said::same) {
        std::string line;
        for (const std::string& word : words_)
            line += (line.empty() ? "" : " ") + word;
        const Bytes bytes = token_request_bytes(talk_.identity.device_id, device_code_, words_);
        question.set("words_digest", blake2b_hex(line));
        question.set("signature", to_base64url(sign(bytes, talk_.keys.signing)));
    }
    const auto answer = talk_.post("/v1/token", question, false);
    if (said_ == Said::different && answer.ok()) return begin_again(after_denial_ms);
    const auto body = answer.ok() ? parse_json(answer->body) : Result<Json>(answer.error());
    if (!body.ok()) return talk_.put_off(retry_, answer);
    if (answer->status == 200) return on_granted(*body);
    const std::string_view error = (*body)["error"].text();
    if (error == "authorization_pending") return on_pending(*body);
    if (error == "slow_down") {
        interval_ms_ += slow_down_by_ms;
        return retry_.succeeded(talk_.now() + interval_ms_);
    }
    if (error == "expired_token") return code_expired();
    if (error == "access_denied") return begin_again(after_denial_ms);
    talk_.put_off(retry_, answer);
}

Result<std::vector<PinnedAgency>> Enrolment::agencies_from(const Json& list, std::string_view id_name) const {
    constexpr std::size_t most_agencies = 100;
    if (!list.is_array() || list.size() == 0 || list.size() > most_agencies)
        return invalid_input("no list of agencies");
    std::vector<PinnedAgency> agencies;
    for (const Json& item : list.items()) {
        PinnedAgency agency;
        agency.id = item[id_name].text();
        agency.name = item["name"].text();
        VAKANT_TRY(root, from_base64url(item["root"].text()));
        if (root.size() != agency.root.size()) return invalid_input("a root of the wrong length");
        std::copy(root.begin(), root.end(), agency.root.begin());
        VAKANT_TRY(set, key_set_from_json_text(item["key_set"].to_text()));
        VAKANT_CHECK(check_key_set(set, agency.root));
        if (agency.id.empty() || set.keys.agency != agency.id)
            return invalid_input("the key set of another agency");
        for (const PinnedAgency& other : agencies) {
            if (other.id == agency.id) return invalid_input("an agency twice");
        }
        agency.keys = set.keys;
        agency.keys_signature = set.signature;
        agencies.push_back(std::move(agency));
    }
    return agencies;
}

std::vector<RootToPin> Enrolment::roots_of(const std::vector<PinnedAgency>& agencies) const {
    std::vector<RootToPin> roots;
    for (const PinnedAgency& agency : agencies)
        roots.push_back({agency.id, agency.name, agency.root});
    return roots;
}

void Enrolment::on_pending(const Json& body) {
    retry_.succeeded(talk_.now() + interval_ms_);
    if (!body.contains("roots")) return;
    const auto agencies = agencies_from(body["roots"], "agency");
    if (!agencies.ok()) return talk_.note_problem(agencies.error().kind);
    const std::vector<std::string> words =
        enrolment_words(talk_.identity.device_id, talk_.keys.signing.public_key, roots_of(*agencies));
    if (words == words_) return;
    // Other roots than those that were looked at: a "same" said before counts no longer.
    words_ = words;
    said_ = Said::nothing;
    say(SyncStatus::Enrolment::comparing_words);
    talk_.status.words = words_;
    talk_.status.agency_names.clear();
    for (const PinnedAgency& agency : *agencies)
        talk_.status.agency_names.push_back(agency.name);
}

void Enrolment::on_granted(const Json& body) {
    const auto agencies = agencies_from(body["agencies"], "id");
    const std::string_view token = body["token"].text();
    const std::string_view prefix = body["prefix"].text();
    const bool complete = agencies.ok() && !token.empty() && prefix.size() == 3;
    // Nothing is pinned but what a person at this kiosk saw the words of.
    const bool as_confirmed = complete && said_ == Said::same &&
                              enrolment_words(talk_.identity.device_id, talk_.keys.signing.public_key,
                                              roots_of(*agencies)) == words_;
    if (!as_confirmed) {
        talk_.note_problem(ErrorKind::not_authentic);
        return begin_again(after_denial_ms);
    }
    DeviceIdentity identity = with_agencies(*agencies);
    identity.token = token;
    identity.prefix = prefix;
    if (const Outcome saved = talk_.ports.save_identity(identity); !saved.ok()) {
        talk_.note_problem(saved.error().kind);
        return retry_.failed(talk_.now(), talk_.limits(),
                             talk_.random); // the same code gives the same answer again
    }
    talk_.identity = std::move(identity);
    talk_.status.enrolment = SyncStatus::Enrolment::done;
    talk_.heard();
    end_again();
}

/// A key set never goes back, also where the agency's store did; and what waits for an agency that is no
/// longer served still has to be answered by it.
DeviceIdentity Enrolment::with_agencies(std::vector<PinnedAgency> granted) const {
    DeviceIdentity identity = talk_.identity;
    std::vector<PinnedAgency> former = std::move(identity.former);
    std::ranges::move(identity.agencies, std::back_inserter(former));
    identity.agencies = std::move(granted);
    identity.former.clear();
    for (PinnedAgency& before : former) {
        const auto now = std::ranges::find(identity.agencies, before.id, &PinnedAgency::id);
        if (now == identity.agencies.end()) {
            identity.former.push_back(std::move(before));
        } else if (now->root == before.root && now->keys.version < before.keys.version) {
            now->keys = std::move(before.keys);
            now->keys_signature = before.keys_signature;
        }
    }
    return identity;
}

} // namespace vakant
