#include "sync/conversation.h"

#include <array>
#include <charconv>

namespace vakant {
namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<UtcMs> http_date(std::string_view text) {
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::size_t length = 29;
    if (text.size() != length || !text.ends_with(" GMT")) return std::nullopt;
    const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
    if (month == months.end()) return std::nullopt;
    const std::string number = std::to_string(month - months.begin() + 1);
    const std::string iso = std::string(text.substr(12, 4)) + "-" + (number.size() == 1 ? "0" : "") + number +
                            "-" + std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) +
                            "Z";
    const auto time = parse_iso8601(iso);
    if (!time.ok()) return std::nullopt;
    return *time;
}

bool same(const OutboxCounts& a, const OutboxCounts& b) {
    return a.queued == b.queued && a.delivered == b.delivered && a.blocked == b.blocked &&
           a.quarantined == b.quarantined && a.oldest_queued_at == b.oldest_queued_at;
}

} // namespace

bool SyncStatus::operator==(const SyncStatus& other) const {
    return enrolment == other.enrolment && again == other.again && turned_away == other.turned_away &&
           user_code == other.user_code && words == other.words && agency_names == other.agency_names &&
           online == other.online && last_heard_at == other.last_heard_at && same(outbox, other.outbox) &&
           last_problem == other.last_problem && skew_warned == other.skew_warned &&
           server_epoch == other.server_epoch;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '.' ||
                           byte == '~';
        if (plain) {
            out += c;
        } else {
            out += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return out;
}

std::string word_of(const HttpAnswer& answer) {
    const auto body = parse_json(answer.body);
    return body.ok() ? std::string((*body)["error"].text()) : "";
}

std::optional<std::int64_t> retry_after_ms(const HttpAnswer& answer, UtcMs now) {
    constexpr std::int64_t longest = 3'600'000;
    const std::string_view text = answer.header("retry-after");
    if (const auto seconds = number_of(text)) {
        if (*seconds < 0) return std::nullopt;
        return std::min(*seconds, longest / 1000) * 1000;
    }
    const std::optional<UtcMs> until = http_date(text);
    if (!until) return std::nullopt;
    const UtcMs from = http_date(answer.header("date")).value_or(now);
    return std::clamp<std::int64_t>(*until - from, 0, longest);
}

Conversation::Conversation(SyncSettings settings_in, DeviceIdentity identity_in, DeviceKeys keys_in,
                           HttpClient& http, Clock& clock, Random& random_in, SyncPorts ports_in)
    : settings(std::move(settings_in)), keys(std::move(keys_in)), identity(std::move(identity_in)),
      random(random_in), ports(std::move(ports_in)), http_(http), clock_(clock) {
    if (!identity.enrolled()) return;
    status.enrolment = SyncStatus::Enrolment::done;
    for (const PinnedAgency& each : identity.agencies)
        status.agency_names.push_back(each.name);
}

PinnedAgency* Conversation::agency(std::string_view id) {
    for (PinnedAgency& each : identity.agencies) {
        if (each.id == id) return &each;
    }
    for (PinnedAgency& each : identity.former) {
        if (each.id == id) return &each;
    }
    return nullptr;
}

UtcMs Conversation::kiosk_time() const {
    if (!fix_) return clock_.wall_ms();
    return fix_->server_time + (clock_.monotonic_ms() - fix_->monotonic);
}

void Conversation::set_time(UtcMs server_time) {
    constexpr std::int64_t tolerated_skew_ms = 120'000;
    fix_ = TimeFix{server_time, clock_.monotonic_ms()};
    const std::int64_t skew = clock_.wall_ms() - server_time;
    status.skew_warned = skew > tolerated_skew_ms || skew < -tolerated_skew_ms;
}

Result<HttpAnswer> Conversation::ask(std::string_view method, const std::string& path, HttpRequest request,
                                     bool with_token) {
    request.method = method;
    std::string_view base = settings.backend_url;
    while (base.ends_with('/'))
        base.remove_suffix(1);
    request.url = std::string(base) + path;
    request.headers.emplace_back("Vakant-Protocol", "1");
    if (with_token) {
        request.headers.emplace_back("Authorization", "Bearer " + identity.token);
        request.headers.emplace_back("Vakant-Device", identity.device_id);
    }
    Result<HttpAnswer> answer = http_.perform(request);
    if (answer.ok()) line_.succeeded(now());
    if (!answer.ok()) {
        line_.failed(now(), limits(), random);
        status.online = false;
        note_problem(answer.error().kind);
    } else if (answer->status == 401 && with_token) {
        token_refused = true;
    } else if (answer->status == 403 && with_token && word_of(*answer) == "device_revoked") {
        status.turned_away = true;
    }
    return answer;
}

Result<HttpAnswer> Conversation::post(const std::string& path, const Json& body, bool with_token) {
    HttpRequest request;
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = body.to_text();
    return ask("POST", path, std::move(request), with_token);
}

void Conversation::put_off(Retry& retry, const Result<HttpAnswer>& answer) {
    if (answer.ok() && (answer->status == 429 || answer->status == 503)) {
        if (const auto wait = retry_after_ms(*answer, kiosk_time())) {
            // A little jitter on top: others were told the same second.
            retry.wait_until(now() + *wait +
                             static_cast<std::int64_t>(
                                 random.number(static_cast<std::uint64_t>(settings.retry_first_ms) + 1)));
            return;
        }
    }
    retry.failed(now(), limits(), random);
}

void Conversation::note_problem(ErrorKind kind) {
    status.last_problem = name_of(kind);
}

void Conversation::heard() {
    status.online = true;
    status.turned_away = false;
    status.last_problem.clear();
    status.last_heard_at = kiosk_time();
}

void Conversation::tell_status() {
    if (told_ && *told_ == status) return;
    told_ = status;
    if (ports.status_changed) ports.status_changed(status);
}

} // namespace vakant
