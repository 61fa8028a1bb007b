// What the ways of fetching (one file each) work with. Only agency/vacancies includes it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agency/vacancies/feed_states.h"
#include "agency/vacancies/fetch_feed.h"
#include "core/base/spooled_text.h"

namespace vakant {

/// One answer whose body waits in a spool.
struct Got {
    int status = 0;
    std::string etag, last_modified;
    std::optional<UtcMs> served_at; ///< the source's own clock
    SpooledText body;
    std::string cut_off; ///< why the body is not all of it; "" where it is
};
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One run of one feed: asks, imports, keeps the state.
class Fetching {
public:
    Fetching(const FetchPorts& ports, const FeedSource& source, std::string agency, std::string holder);

    const FeedSource& source() const { return source_; }
    UtcMs now() const { return ports_.clock.wall_ms(); }

    /// 200, 304, 404 and 410 are answers. Anything else is an error, with its Retry-After noted; a 401 is
    /// tried once more with a new token.
    Result<Got> get(const std::string& url, const HttpHeaders& headers = {});

    /// Takes a text into the store and adds to the report. `feed` "" is the source's name.
    Outcome import(SpooledText& text, bool snapshot, const std::string& feed = {});
    Outcome import(std::string_view text, bool snapshot, const std::string& feed = {});
    /// Of the last import: it came to the end of its text, and a snapshot was compared.
    bool came_to_end() const { return came_to_end_; }
    bool was_compared() const { return was_compared_; }
    /// Takes away everything that `feed` brought.
    Outcome remove_all(const std::string& feed);

    Result<FeedState> state(const std::string& part = {});
    Outcome keep(const FeedState& state, const std::string& part = {});
    /// When the source last changed or removed what is held under these ids.
    struct Held {
        std::string state;
        std::optional<UtcMs> source_time;
    };
    Result<std::map<std::string, Held>> held(const std::vector<std::string>& source_ids);
    /// Prolongs the lease; an error where it was lost or the program stops.
    Outcome go_on();
    Result<SpooledText> spool() const { return SpooledText::make(ports_.spool); }
    /// One more thing that people should read in the report.
    void tell(const std::string& detail);

    ImportReport report;
    std::string detail;
    bool anything_new = false;     ///< something else than 304 came
    std::optional<UtcMs> retry_at; ///< as the source asked
    std::string name_of_part(const std::string& part) const;

private:
    Result<Got> ask(const std::string& url, const HttpHeaders& headers);
    Outcome renew_token();
    Result<std::string> key() const;
    void note_retry(const HttpAnswer& answer);
    Outcome import_text(std::string_view text, bool snapshot, const std::string& feed,
                        const SpooledText* from);

    const FetchPorts& ports_;
    const FeedSource& source_;
    std::string agency_, holder_, token_;
    bool came_to_end_ = false, was_compared_ = false;
};

// The ways. Each moves its state only after what it stands for is committed. An error ends the run; what was
// imported before it stays.
Outcome fetch_jobtech(Fetching& run);
Outcome fetch_nav(Fetching& run);
Outcome fetch_tmt(Fetching& run);
Outcome fetch_files(Fetching& run);

/// "Sun, 06 Nov 1994 08:49:37 GMT"; none where it is written otherwise.
std::optional<UtcMs> parse_http_date(std::string_view text);
std::string http_date(UtcMs time);
/// `url` with another query member.
std::string with_query(const std::string& url, std::string_view name, std::string_view value);

} // namespace vakant
