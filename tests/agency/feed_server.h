// A feed's server on the loopback: answers by path, keeps what it was asked. And a feed of it, to be fetched
// into an agency's store.
#pragma once

#include <deque>
#include <map>

#include "agency/cli/fetch_action.h"
#include "agency/vacancies/fetching.h"
#include "tests/agency/agency_fixture.h"
#include "tests/fakes/loopback_server.h"

namespace vakant {

struct FeedAnswer {
    int status = 200;
    std::string body;
    HttpHeaders headers;
    bool cut_off = false; ///< says that more bytes follow, and closes
};

class FeedServer {
public:
    /// Answers for a path ("/stream", without the query), used up in order; the last one stays.
    void answer(const std::string& path, FeedAnswer with) {
        const std::lock_guard lock(mutex_);
        answers_[path].push_back(std::move(with));
    }
    void forget_answers() {
        const std::lock_guard lock(mutex_);
        answers_.clear();
    }
    std::vector<std::string> requests() {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    /// The request lines since the last call, "GET /stream?date=..." each.
    std::vector<std::string> asked() {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> lines;
        for (; told_ < requests_.size(); ++told_)
            lines.push_back(requests_[told_].substr(0, requests_[told_].find(" HTTP")));
        return lines;
    }
    std::string last_request() {
        const std::lock_guard lock(mutex_);
        return requests_.empty() ? "" : requests_.back();
    }
    std::string url(const std::string& path) const { return server_.url(path); }

private:
    std::string reply(const std::string& request) {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        const std::size_t start = request.find(' ') + 1;
        const std::string path = request.substr(start, request.find_first_of(" ?", start) - start);
        const auto found = answers_.find(path);
        if (found == answers_.end() || found->second.empty())
            return text_of({404, "nothing here", {}, false});
        const FeedAnswer answer = found->second.front();
        if (found->second.size() > 1) found->second.pop_front();
        return text_of(answer);
    }
    static std::string text_of(const FeedAnswer& answer) {
        std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " Said\r\nConnection: close\r\n";
        if (answer.status != 304)
            text +=
                "Content-Length: " + std::to_string(answer.body.size() + (answer.cut_off ? 100 : 0)) + "\r\n";
        for (const auto& [name, value] : answer.headers)
            text += name + ": " + value + "\r\n";
        return text + "\r\n" + (answer.status == 304 ? "" : answer.body);
    }

    std::mutex mutex_;
    std::map<std::string, std::deque<FeedAnswer>> answers_;
    std::vector<std::string> requests_;
    std::size_t told_ = 0;
    LoopbackServer server_{
        [this](const std::string& request) { return reply(request); }}; // last: it calls in
};

/// An agency with one feed.
struct FetchStage {
    AgencyFixture agency;
    FeedServer server;
    FeedSource source;

    explicit FetchStage(FeedFormat format, const std::string& path) {
        source.name = "feed";
        source.format = format;
        source.agency = "a";
        source.urls = {server.url(path)};
    }
    FetchReport fetch(bool due_only = false) {
        return require(fetch_source(*agency.services, source, due_only));
    }
    std::string counts(const FetchReport& report) const { return to_json(report.import).to_text(); }
    FeedState state(const std::string& name = "feed") {
        return require(agency.services->database->read_for<FeedState>(
            [&](Connection& connection) { return feed_state(connection, "a", name); }));
    }
    std::int64_t open_ads() { return agency.count("SELECT COUNT(*) FROM vacancies WHERE state = 'active'"); }
};

} // namespace vakant
