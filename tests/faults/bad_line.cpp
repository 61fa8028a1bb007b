#include "tests/faults/bad_line.h"

#include <utility>

namespace vakant::faults {
namespace {

constexpr std::int64_t half_a_minute_ms = 30'000;

constexpr std::pair<Mishap, std::string_view> names[] = {
    {Mishap::no_route, "no route"},
    {Mishap::request_lost, "request lost"},
    {Mishap::request_cut, "request cut"},
    {Mishap::answer_lost, "answer lost"},
    {Mishap::answer_cut, "answer cut"},
    {Mishap::sent_twice, "sent twice"},
    {Mishap::slow, "slow"},
    {Mishap::captive_portal, "captive portal"},
    {Mishap::portal_redirect, "portal redirect"},
    {Mishap::empty_ok, "empty OK"},
    {Mishap::not_json, "not JSON"},
    {Mishap::unsigned_answer, "unsigned answer"},
    {Mishap::wrong_answer, "wrong answer"},
    {Mishap::stale_answer, "stale answer"},
    {Mishap::too_large, "too large"},
    {Mishap::bomb, "bomb"},
    {Mishap::overload_seconds, "overload, seconds"},
    {Mishap::overload_date, "overload, date"},
    {Mishap::token_expired, "token expired"},
    {Mishap::gateway_error, "gateway error"},
};

Error offline() {
    return {ErrorKind::offline, "the line"};
}

std::string path_of(const HttpRequest& request) {
    const std::size_t at = request.url.find("/v1/");
    return at == std::string::npos ? "" : request.url.substr(at);
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// `"signature":"..."` everywhere without its value.
void drop_signatures(std::string& body) {
    constexpr std::string_view member = "\"signature\":\"";
    for (std::size_t at = body.find(member); at != std::string::npos; at = body.find(member, at + 1)) {
        const std::size_t begin = at + member.size();
        body.erase(begin, body.find('"', begin) - begin);
    }
}

} // namespace

std::string_view name_of(Mishap mishap) {
    for (const auto& [known, name] : names) {
        if (known == mishap) return name;
    }
    return "none";
}

const std::vector<Mishap>& all_mishaps() {
    static const std::vector<Mishap> all = [] {
        std::vector<Mishap> list;
        for (const auto& [mishap, name] : names)
            list.push_back(mishap);
        return list;
    }();
    return all;
}

std::size_t BadLine::cut_of(std::size_t size) {
    answer_size = size;
    if (size == 0) return 0;
    return cut_at >= 0 ? std::min(static_cast<std::size_t>(cut_at), size)
                       : static_cast<std::size_t>(random_.number(size));
}

Result<HttpAnswer> BadLine::handled(const HttpRequest& request) const {
    if (backend_ == nullptr) return offline();
    if (over_the_wire) return over_the_wire(request);
    Request plain;
    plain.method = request.method;
    const std::string target = path_of(request);
    const std::size_t question = target.find('?');
    plain.path = target.substr(0, question);
    if (question != std::string::npos) plain.query = target.substr(question + 1);
    for (const auto& [name, value] : request.headers)
        plain.headers.emplace_back(lower(name), value);
    plain.body = request.body;
    plain.peer = "192.0.2.7";
    const Router::Match match = backend_->find(plain.method, plain.path);
    if (match.handler == nullptr) return HttpAnswer{404, {}, ""};
    plain.parts = match.parts;
    const Response response = (*match.handler)(plain);
    return HttpAnswer{response.status, response.headers, response.body};
}

Result<HttpAnswer> BadLine::instead_of_the_backend(Mishap mishap) {
    switch (mishap) {
    case Mishap::captive_portal:
        return HttpAnswer{200, {{"content-type", "text/html"}}, "<html>Welcome. Your room number?</html>"};
    case Mishap::portal_redirect:
        return HttpAnswer{302, {{"location", "http://login.example/"}}, ""};
    case Mishap::empty_ok:
        return HttpAnswer{200, {}, ""};
    case Mishap::not_json:
        return HttpAnswer{200, {{"content-type", "application/json"}}, std::string("\x1f\x8b\0garbage", 10)};
    case Mishap::too_large:
        return HttpAnswer{413, {}, ""};
    case Mishap::overload_seconds:
        return HttpAnswer{429, {{"retry-after", "7"}}, R"({"error":"slow"})"};
    case Mishap::overload_date:
        return HttpAnswer{503, {{"retry-after", "Wed, 25 Nov 2026 08:00:00 GMT"}}, ""};
    case Mishap::token_expired:
        return HttpAnswer{401, {}, R"({"error":"token_expired"})"};
    case Mishap::gateway_error:
        return HttpAnswer{502, {{"content-type", "text/html"}}, "<h1>502 Bad Gateway</h1>"};
    case Mishap::bomb:
        return Error{ErrorKind::refused, "an answer that is too large"};
    default:
        return offline();
    }
}

void BadLine::spoil(Mishap mishap, const std::string& path, HttpAnswer& answer) {
    if (mishap == Mishap::answer_cut) answer.body.resize(cut_of(answer.body.size()));
    if (mishap == Mishap::unsigned_answer) drop_signatures(answer.body);
    if (mishap == Mishap::stale_answer && last_answers_.contains(path)) answer.body = last_answers_[path];
    if (mishap == Mishap::wrong_answer && !answer.body.empty()) {
        const auto at = static_cast<std::size_t>(random_.number(answer.body.size()));
        answer.body[at] = static_cast<char>(answer.body[at] ^ 1);
    }
}

Result<HttpAnswer> BadLine::perform(const HttpRequest& request) {
    ++exchanges_;
    const Mishap now = mishap(request);
    const std::string path = path_of(request);
    switch (now) {
    case Mishap::no_route:
        return offline();
    case Mishap::request_lost:
        clock_.pass(half_a_minute_ms);
        return offline();
    case Mishap::request_cut: {
        HttpRequest cut = request;
        cut.body.resize(cut_of(cut.body.size()));
        handled(cut).ignore("nobody hears the answer");
        return offline();
    }
    case Mishap::answer_lost:
        handled(request).ignore("nobody hears the answer");
        return offline();
    case Mishap::sent_twice:
        handled(request).ignore("the second answer arrives");
        break;
    case Mishap::slow:
        clock_.pass(half_a_minute_ms);
        break;
    case Mishap::none:
    case Mishap::answer_cut:
    case Mishap::unsigned_answer:
    case Mishap::wrong_answer:
    case Mishap::stale_answer:
        break;
    default:
        return instead_of_the_backend(now);
    }
    Result<HttpAnswer> answer = handled(request);
    if (!answer.ok()) return answer;
    const std::string honest = answer->body;
    spoil(now, path, *answer);
    last_answers_[path] = honest;
    return answer;
}

} // namespace vakant::faults
