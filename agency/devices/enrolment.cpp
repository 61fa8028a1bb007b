#include "agency/devices/enrolment.h"

#include "agency/store/audit.h"
#include <algorithm>

#include "agency/devices/device_codes.h"
#include "agency/devices/rate_limits.h"
#include "core/crypto/crypto.h"

namespace vakant {

namespace {

constexpr UtcMs code_life_ms = 15LL * 60 * 1000;
constexpr std::int64_t first_interval_ms = 5'000;
constexpr RateLimit codes_of_a_peer{"device_codes_peer", 20, code_life_ms};
constexpr RateLimit codes_of_all{"device_codes", 200, code_life_ms};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

/// The chosen agencies and those that the device serves already, sorted.
Result<std::vector<Agency>> agencies_to_pin(Connection& connection, const CodeRow& code) {
    std::vector<std::string> ids = *code.agencies;
    VAKANT_TRY(device, find_device(connection, code.device_id));
    if (device && !device->revoked_at)
        ids.insert(ids.end(), device->agencies.begin(), device->agencies.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Agency> agencies;
    for (const std::string& id : ids) {
        VAKANT_TRY(agency, find_agency(connection, id));
        if (!agency) return not_found("agency " + id);
        agencies.push_back(std::move(*agency));
    }
    return agencies;
}

std::vector<std::string> words_for(const CodeRow& code, const std::vector<Agency>& agencies) {
    std::vector<RootToPin> roots;
    for (const Agency& agency : agencies)
        roots.push_back({agency.id, agency.name, agency.root});
    return enrolment_words(code.device_id, code.device_key, std::move(roots));
}

bool kiosk_confirms(const TokenPoll& poll, const CodeRow& code, const std::vector<std::string>& words) {
    if (!poll.signature || *poll.words_digest != blake2b_hex(joined(words))) return false;
    return signature_holds(token_request_bytes(poll.device_id, poll.device_code, words), *poll.signature,
                           code.device_key);
}

/// Both said yes: the device is enrolled (again the same where the answer was lost) and gets a token.
Result<PollAnswer> enrolled(Connection& connection, const CodeRow& code, std::vector<Agency> agencies,
                            std::string_view former_prefix, UtcMs now, Random& random) {
    std::vector<std::string> ids;
    for (const Agency& agency : agencies)
        ids.push_back(agency.id);
    VAKANT_CHECK(enrol_device(connection, code.device_id, code.device_key, ids, now, random, former_prefix));
    VAKANT_TRY(device, find_device(connection, code.device_id));
    PollAnswer answer;
    answer.kind = PollAnswer::Kind::enrolled;
    VAKANT_TRY(token, make_token(connection, *device, now, random));
    answer.token = std::move(token);
    answer.prefix = device->prefix;
    answer.agencies = std::move(agencies);
    return answer;
}

Result<PollAnswer> answer_of(PollAnswer::Kind kind) {
    PollAnswer answer;
    answer.kind = kind;
    return answer;
}

Result<PollAnswer> denied(Connection& connection, CodeRow& code) {
    code.dead = true;
    VAKANT_CHECK(update_code(connection, code));
    return answer_of(PollAnswer::Kind::denied);
}

/// The desk chose; what the kiosk says decides how it goes on.
Result<PollAnswer> poll_with_agencies(Connection& connection, const TokenPoll& poll, CodeRow& code, UtcMs now,
                                      Random& random) {
    VAKANT_TRY(agencies, agencies_to_pin(connection, code));
    if (poll.words_digest) {
        if (!kiosk_confirms(poll, code, words_for(code, agencies))) return denied(connection, code);
        code.kiosk_agreed = true;
        VAKANT_CHECK(update_code(connection, code));
    }
    if (code.desk_agreed && code.kiosk_agreed && poll.words_digest)
        return enrolled(connection, code, std::move(agencies), poll.prefix, now, random);
    PollAnswer answer;
    answer.agencies = std::move(agencies);
    return answer;
}

} // namespace

Result<DeviceCode> request_code(Connection& connection, const CodeRequest& request, UtcMs now,
                                Random& random) {
    if (!is_uuid(request.device_id)) return invalid_input("device_id: not a UUID");
    VAKANT_TRY(known, find_device(connection, request.device_id));
    if (known && known->key != request.device_key) return invalid_input("device_id: known with another key");
    DeviceCode answer;
    VAKANT_TRY(wait_peer, take_allowance(connection, codes_of_a_peer, request.peer, now));
    VAKANT_TRY(wait_all, take_allowance(connection, codes_of_all, "", now));
    answer.retry_after_ms = std::max(wait_peer, wait_all);
    if (answer.retry_after_ms > 0) return answer;

    CodeRow code;
    code.device_id = request.device_id;
    code.device_key = request.device_key;
    code.program_version = request.program_version.substr(0, 40);
    code.made_at = now;
    code.expires_at = now + code_life_ms;
    code.interval_ms = first_interval_ms;
    VAKANT_TRY(device_code, add_code(connection, code, now, random));
    answer.device_code = std::move(device_code);
    answer.user_code = code.user_code.substr(0, 4) + "-" + code.user_code.substr(4);
    answer.interval_s = first_interval_ms / 1000;
    answer.expires_in_s = code_life_ms / 1000;
    return answer;
}

Result<PollAnswer> poll_token(Connection& connection, const TokenPoll& poll, UtcMs now, Random& random) {
    VAKANT_TRY(found, find_code(connection, poll.device_code));
    if (!found || found->device_id != poll.device_id || found->expires_at <= now)
        return answer_of(PollAnswer::Kind::expired);
    CodeRow code = std::move(*found);
    if (code.dead) return answer_of(PollAnswer::Kind::denied);
    if (poll.refused) return denied(connection, code);
    // A little slack: the kiosk's timer and the way here are not exact.
    const bool too_soon = code.polled_at && now - *code.polled_at < code.interval_ms - 1'000;
    code.polled_at = now;
    if (too_soon) code.interval_ms += 5'000;
    VAKANT_CHECK(update_code(connection, code));
    if (too_soon) return answer_of(PollAnswer::Kind::slow_down);
    if (!code.agencies) return answer_of(PollAnswer::Kind::pending);
    return poll_with_agencies(connection, poll, code, now, random);
}

Result<ApprovalStart> begin_approval(Connection& connection, std::string_view user_code,
                                     const std::vector<std::string>& agencies, UtcMs now) {
    VAKANT_TRY(code, living_code(connection, user_code, now));
    if (agencies.empty()) return invalid_input("no agency was named");
    // Another choice is another set of words: what was agreed before does not count for it.
    if (!code.agencies || *code.agencies != agencies) code.kiosk_agreed = code.desk_agreed = false;
    code.agencies = agencies;
    VAKANT_TRY(to_pin, agencies_to_pin(connection, code));
    VAKANT_CHECK(update_code(connection, code));
    ApprovalStart start;
    start.device_id = code.device_id;
    for (const Agency& agency : to_pin)
        start.agencies.push_back(agency.id);
    start.words = words_for(code, to_pin);
    return start;
}

Outcome finish_approval(Connection& connection, std::string_view user_code,
                        const std::vector<std::string>& words, bool same, UtcMs now) {
    VAKANT_TRY(code, living_code(connection, user_code, now));
    if (!code.agencies) return refused("code " + std::string(user_code) + ": no agency was chosen for it");
    VAKANT_TRY(agencies, agencies_to_pin(connection, code));
    const bool still = words == words_for(code, agencies);
    if (!same) {
        code.dead = true;
    } else if (still) {
        code.desk_agreed = true;
    } else {
        return refused("code " + std::string(user_code) + ": the words have changed, compare them again");
    }
    VAKANT_CHECK(update_code(connection, code));
    return keep_audit(
        connection,
        {"", now, "cli", same ? AuditEvent::device_approved : AuditEvent::device_denied, code.device_id});
}

} // namespace vakant
