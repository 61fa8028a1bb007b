// NAV's stilling-feed: pages of lines, each saying that one ad has changed; the ad itself is asked for by its
// id. Pages overlap by a line, the last one grows, lines may be out of order and an ad has many of them.
// Rules:
// ../shared/reference/vacancy-feeds.md section 2a.
#include <map>

#include "agency/vacancies/fetching.h"
#include "core/vacancies/nav_feed.h"

namespace vakant {

namespace {

constexpr UtcMs ms_per_day = 86'400'000;
constexpr int usual_first_days = 183; ///< an ad is active for six months at the most
constexpr int usual_page_size = 1000;
constexpr std::size_t lines_at_once = 2000;
constexpr std::size_t entries_at_once = 100;

class NavRun {
public:
    explicit NavRun(Fetching& run) : run_(run) {}

    Outcome go() {
        VAKANT_TRY(kept, run_.state());
        state_ = std::move(kept);
        VAKANT_TRY(page, first_page());
        while (page) {
            VAKANT_CHECK(learn(*page));
            const std::string next = nav_next_page(*page);
            if (next.empty() || lines_.size() >= lines_at_once) VAKANT_CHECK(flush());
            if (next.empty()) return finish(nav_page_id(*page));
            if (next == nav_page_id(*page))
                return Error{ErrorKind::unavailable, "page " + next + " names itself as the next one"};
            if (lines_.empty()) { // everything up to here is in the store
                state_.cursor = next;
                state_.etag.clear();
                VAKANT_CHECK(run_.keep(state_));
            }
            VAKANT_TRY(following, page_at(next, {}));
            if (!following) return Error{ErrorKind::unavailable, "page " + next + " is not there"};
            page = std::move(following);
        }
        return done();
    }

private:
    std::string entry_address(const std::string& id) const {
        const FeedSource& source = run_.source();
        std::string base = source.entry_url;
        if (base.empty()) {
            base = source.urls.front();
            base = base.substr(0, base.find('?'));
            if (base.ends_with("/feed")) base += "entry";
        }
        return base + "/" + id;
    }

    /// None where there is nothing new; where the page is unknown, nothing either.
    Result<std::optional<Json>> page_of(const std::string& url, const HttpHeaders& headers) {
        VAKANT_TRY(got, run_.get(url, headers));
        status_ = got.status;
        if (got.status != 200) return std::optional<Json>();
        if (!got.cut_off.empty()) return Error{ErrorKind::offline, got.cut_off};
        etag_ = got.etag;
        last_modified_ = got.last_modified;
        VAKANT_TRY(text, got.body.text());
        VAKANT_TRY(page, parse_json(text));
        if (!page["items"].is_array())
            return Error{ErrorKind::unavailable,
                         "not a page of NAV's feed; it seems to be " + seems_to_be(text)};
        return std::optional(std::move(page));
    }

    Result<std::optional<Json>> page_at(const std::string& id, const HttpHeaders& headers) {
        const int size = run_.source().page_size > 0 ? run_.source().page_size : usual_page_size;
        return page_of(with_query(run_.source().urls.front() + "/" + id, "pageSize", std::to_string(size)),
                       headers);
    }

    /// The page to begin with: where the last run ended, or the first one of the last six months.
    Result<std::optional<Json>> first_page() {
        if (!state_.cursor.empty()) {
            const bool sweep_due =
                !state_.swept_at || run_.now() - *state_.swept_at >= run_.source().snapshot_every_ms;
            HttpHeaders validators;
            // Once a day without: by If-Modified-Since the source also leaves out lines that were late.
            if (!sweep_due && !state_.etag.empty()) {
                validators.emplace_back("If-None-Match", state_.etag);
                if (!state_.last_modified.empty())
                    validators.emplace_back("If-Modified-Since", state_.last_modified);
            }
            if (sweep_due) state_.swept_at = run_.now();
            VAKANT_TRY(page, page_at(state_.cursor, validators));
            if (page || status_ == 304) return page;
            run_.tell("page " + state_.cursor + " is no longer there: begun again by date");
        }
        const int days = run_.source().first_days > 0 ? run_.source().first_days : usual_first_days;
        UtcMs since = run_.now() - days * ms_per_day;
        if (state_.fetched_at)
            since = std::min(run_.now(), *state_.fetched_at) - std::max(ms_per_day, run_.source().overlap_ms);
        state_.swept_at = run_.now();
        // A date that the source cannot read would be answered with its very first page.
        return page_of(run_.source().urls.front(), {{"If-Modified-Since", http_date(since)}});
    }

    Outcome learn(const Json& page) {
        std::map<std::string, NavLine> fresh;
        std::vector<std::string> ids;
        for (NavLine& line : nav_lines(page)) {
            ids.push_back(line.id);
            NavLine& last = fresh[line.id];
            const bool older = line.changed_at && last.changed_at && *line.changed_at < *last.changed_at;
            if (!older) last = std::move(line);
        }
        VAKANT_TRY(held, run_.held(ids));
        for (auto& [id, line] : fresh) {
            const auto known = held.find(id);
            const bool never_had = known == held.end();
            if (never_had && !line.active) {
                lines_.erase(id); // came and went before we saw it
                continue;
            }
            const bool gone = !never_had && known->second.state == "removed";
            const bool as_new = !never_had && line.changed_at && known->second.source_time &&
                                *known->second.source_time >= *line.changed_at;
            if (as_new && (line.active || gone)) continue;
            NavLine& last = lines_[id];
            const bool older = line.changed_at && last.changed_at && *line.changed_at < *last.changed_at;
            if (!older) last = std::move(line);
        }
        return done();
    }

    /// Asks for every active ad once and takes all into the store.
    Outcome flush() {
        while (!lines_.empty()) {
            Json items = Json::array();
            std::string entries;
            std::size_t count = 0;
            while (!lines_.empty() && count++ < entries_at_once) {
                const NavLine line = std::move(lines_.begin()->second);
                lines_.erase(lines_.begin());
                items.push(nav_line_json(line));
                if (!line.active) continue;
                VAKANT_TRY(entry, entry_of(line));
                entries += entry + "\n";
            }
            const std::string text = Json::object({{"items", std::move(items)}}).to_text() + "\n" + entries;
            VAKANT_CHECK(run_.import(text, false));
            if (!run_.came_to_end()) return Error{ErrorKind::unavailable, "an entry cannot be read"};
        }
        return done();
    }

    /// As one line of JSON; what is not there (any more) is an entry without an ad.
    Result<std::string> entry_of(const NavLine& line) {
        VAKANT_TRY(got, run_.get(entry_address(line.id)));
        if (got.status == 404 || got.status == 410) return nav_missing_entry(line).to_text();
        if (got.status != 200 || !got.cut_off.empty())
            return Error{ErrorKind::offline,
                         "entry " + line.id + ": " +
                             (got.cut_off.empty() ? std::to_string(got.status) : got.cut_off)};
        VAKANT_TRY(text, got.body.text());
        auto entry = parse_json(text);
        if (!entry.ok()) return at("entry " + line.id, entry.error());
        return entry->to_text();
    }

    /// The end of the feed: the same page is asked for again, and has grown by then.
    Outcome finish(const std::string& page) {
        if (!page.empty()) state_.cursor = page;
        state_.etag = etag_;
        state_.last_modified = last_modified_;
        return run_.keep(state_);
    }

    Fetching& run_;
    FeedState state_;
    int status_ = 0;
    std::string etag_, last_modified_;
    std::map<std::string, NavLine> lines_; ///< by id: what is not in the store yet
};

} // namespace

Outcome fetch_nav(Fetching& run) {
    return NavRun(run).go();
}

} // namespace vakant
