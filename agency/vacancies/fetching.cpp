#include "agency/vacancies/fetching.h"

#include <charconv>

#include "agency/store/leases.h"
#include "agency/vacancies/vacancy_rows.h"
#include "core/base/bytes.h"
#include "core/base/utf8.h"

namespace vakant {

namespace {

constexpr UtcMs lease_ms = 15 * 60'000;
constexpr std::size_t largest_answer = std::size_t{2} << 30;
/// A feed that suddenly lacks more than this part of what it had is broken more likely than empty.
constexpr double most_absent = 0.5;

/// The token among the words that a token endpoint says around it: JSON, or a text that ends with it.
std::string token_in(std::string_view text) {
    const auto json = parse_json(text);
    if (json.ok()) {
        for (const char* name : {"access_token", "token"}) {
            if (!(*json)[name].text().empty()) return std::string((*json)[name].text());
        }
        if (json->is_string()) text = json->text();
    }
    text = trimmed(text);
    const std::size_t blank = text.find_last_of(" \t\r\n");
    return std::string(blank == text.npos ? text : text.substr(blank + 1));
}

std::string host_of(std::string_view url) {
    const std::size_t start = url.find("://");
    const std::string_view rest = start == url.npos ? url : url.substr(start + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

void add(ImportReport& sum, ImportReport part) {
    sum.read += part.read;
    sum.added += part.added;
    sum.updated += part.updated;
    sum.unchanged += part.unchanged;
    sum.removed += part.removed;
    for (ImportRefusal& refusal : part.refused)
        sum.refused.push_back(std::move(refusal));
    if (part.absent) sum.absent = sum.absent.value_or(0) + *part.absent;
}

} // namespace

Fetching::Fetching(const FetchPorts& ports, const FeedSource& source, std::string agency, std::string holder)
    : ports_(ports), source_(source), agency_(std::move(agency)), holder_(std::move(holder)) {}

Outcome Fetching::go_on() {
    if (ports_.stopping) return Error{ErrorKind::unavailable, "stopped"};
    const UtcMs at = now();
    VAKANT_TRY(has_it, ports_.database.write_for<bool>([&](Connection& connection) {
        return take_lease(connection, agency_, "fetch " + source_.name, holder_, at, at + lease_ms);
    }));
    return has_it ? done() : Outcome(Error{ErrorKind::conflict, "another process has taken this feed over"});
}

void Fetching::tell(const std::string& more) {
    if (!more.empty()) detail += (detail.empty() ? "" : "; ") + more;
}

Result<std::string> Fetching::key() const {
    VAKANT_TRY(text, read_file(source_.key_file, 64u << 10));
    return std::string(trimmed(text));
}

Outcome Fetching::renew_token() {
    HttpRequest request;
    request.url = source_.token_url;
    if (!source_.key_header.empty()) {
        VAKANT_TRY(secret, key());
        request.headers.emplace_back(source_.key_header, std::move(secret));
    }
    VAKANT_TRY(answer, ports_.http.perform(request));
    note_retry(answer);
    if (answer.status != 200)
        return Error{ErrorKind::unavailable, "the token's address answers " + std::to_string(answer.status)};
    token_ = token_in(answer.body);
    return token_.empty() ? Outcome(Error{ErrorKind::unavailable, "the token's address gives no token"})
                          : done();
}

void Fetching::note_retry(const HttpAnswer& answer) {
    const std::string_view given = trimmed(answer.header("retry-after"));
    if (given.empty()) return;
    constexpr std::int64_t most_s = 7 * 86'400;
    std::int64_t seconds = 0;
    const auto [end, failed] = std::from_chars(given.data(), given.data() + given.size(), seconds);
    if (failed == std::errc() && end == given.data() + given.size()) {
        retry_at = now() + std::clamp<std::int64_t>(seconds, 0, most_s) * 1000;
    } else if (const auto moment = parse_http_date(given)) {
        // A date is by the source's clock, which stands in the same answer.
        const UtcMs source_now = parse_http_date(answer.header("date")).value_or(now());
        retry_at = now() + std::clamp<std::int64_t>(*moment - source_now, 0, most_s * 1000);
    }
}

Result<Got> Fetching::ask(const std::string& url, const HttpHeaders& headers) {
    VAKANT_CHECK(go_on());
    VAKANT_TRY(body, spool());
    Got got{0, "", "", std::nullopt, std::move(body), ""};
    HttpRequest request;
    request.url = url;
    request.headers = headers;
    if (!source_.key_header.empty()) {
        VAKANT_TRY(secret, key());
        request.headers.emplace_back(source_.key_header, std::move(secret));
    }
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    request.stall_timeout_ms = 60'000;
    request.total_timeout_ms = 2 * 3'600'000; // a snapshot was seen to come at 15 KB a second
    request.largest_answer = largest_answer;
    request.sink = [&](std::string_view piece) -> Outcome {
        if (ports_.stopping) return Error{ErrorKind::unavailable, "stopped"};
        return got.body.append(piece);
    };
    auto answer = ports_.http.perform(request);
    if (!answer.ok()) {
        // What came before the connection broke is as good as ever.
        if (answer.error().kind != ErrorKind::offline || got.body.size() == 0) return answer.error();
        got.status = 200;
        got.cut_off = "the answer was cut off: " + answer.error().detail;
        return got;
    }
    note_retry(*answer);
    got.status = answer->status;
    got.etag = std::string(answer->header("etag"));
    got.last_modified = std::string(answer->header("last-modified"));
    got.served_at = parse_http_date(answer->header("date"));
    return got;
}

Result<Got> Fetching::get(const std::string& url, const HttpHeaders& headers) {
    if (token_.empty() && !source_.token_url.empty()) VAKANT_CHECK(renew_token());
    auto got = ask(url, headers);
    if (got.ok() && got->status == 401 && !source_.token_url.empty()) {
        VAKANT_CHECK(renew_token()); // they change without notice
        got = ask(url, headers);
    }
    if (!got.ok()) return got.error();
    if (got->status != 304) anything_new = true;
    for (const int known : {200, 304, 404, 410}) {
        if (got->status == known) return got;
    }
    return Error{ErrorKind::unavailable, host_of(url) + " answers " + std::to_string(got->status)};
}

std::string Fetching::name_of_part(const std::string& part) const {
    return part.empty() ? source_.name : source_.name + " " + part;
}

Outcome Fetching::import_text(std::string_view text, bool snapshot, const std::string& feed,
                              const SpooledText* from) {
    came_to_end_ = was_compared_ = false;
    ImportChoices choices;
    choices.snapshot = snapshot;
    choices.feed = feed.empty() ? source_.name : feed;
    choices.most_absent = most_absent;
    choices.after_chunk = [&]() -> Outcome {
        if (from) from->forget();
        return go_on();
    };
    if (!source_.places.empty()) {
        VAKANT_TRY(codes, read_file(source_.places));
        VAKANT_TRY(names, read_place_names(codes));
        choices.place_names = std::move(names);
    }
    VAKANT_TRY(part, import_vacancies(ports_.database, agency_, source_.format, text, now(), choices));
    came_to_end_ = !part.ended_early;
    was_compared_ = snapshot && part.not_compared.empty();
    if (part.ended_early) tell(part.ended_early->detail);
    if (snapshot && came_to_end_ && !was_compared_)
        tell("nothing absent was taken away: " + part.not_compared);
    add(report, std::move(part));
    return done();
}

Outcome Fetching::import(SpooledText& text, bool snapshot, const std::string& feed) {
    VAKANT_TRY(whole, text.text());
    return import_text(whole, snapshot, feed, &text);
}

Outcome Fetching::import(std::string_view text, bool snapshot, const std::string& feed) {
    return import_text(text, snapshot, feed, nullptr);
}

Outcome Fetching::remove_all(const std::string& feed) {
    std::size_t removed = 0;
    VAKANT_CHECK(ports_.database.write([&](Connection& connection) -> Outcome {
        removed = 0;
        VAKANT_TRY(held, held_vacancies(connection, agency_, source_of(source_.format), feed));
        for (const HeldVacancy& one : held)
            VAKANT_CHECK(keep_absence(connection, one.id));
        removed = held.size();
        return done();
    }));
    report.absent = report.absent.value_or(0) + removed;
    return done();
}

Result<FeedState> Fetching::state(const std::string& part) {
    return ports_.database.read_for<FeedState>(
        [&](Connection& connection) { return feed_state(connection, agency_, name_of_part(part)); });
}

Outcome Fetching::keep(const FeedState& state, const std::string& part) {
    return ports_.database.write([&](Connection& connection) {
        return keep_feed_state(connection, agency_, name_of_part(part), state);
    });
}

Result<std::map<std::string, Fetching::Held>> Fetching::held(const std::vector<std::string>& source_ids) {
    std::map<std::string, Held> all;
    VAKANT_CHECK(ports_.database.read([&](Connection& connection) -> Outcome {
        for (const std::string& id : source_ids) {
            VAKANT_TRY(row,
                       find_vacancy_row(connection, vacancy_id_of(agency_, source_of(source_.format), id)));
            if (row) all[id] = {row->state, row->source_time};
        }
        return done();
    }));
    return all;
}

} // namespace vakant
