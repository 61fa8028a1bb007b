// Pages and files at addresses of their own: a JobPosting page, a table, a file of own postings or of EURES.
// Each address is asked whether it has changed, and holds what came from it and nothing else.
#include "agency/vacancies/fetching.h"
#include "core/crypto/crypto.h"

namespace vakant {

namespace {

Outcome fetch_one(Fetching& run, const std::string& url) {
    const std::string part = blake2b_hex(url).substr(0, 12);
    VAKANT_TRY(state, run.state(part));
    HttpHeaders validators;
    if (!state.etag.empty()) validators.emplace_back("If-None-Match", state.etag);
    if (!state.last_modified.empty()) validators.emplace_back("If-Modified-Since", state.last_modified);
    VAKANT_TRY(got, run.get(url, validators));
    if (got.status == 304) return done();
    if (got.status == 404 || got.status == 410) {
        // A page of an ad that is over is taken away; a file that is not there is a fault.
        if (run.source().format != FeedFormat::jobposting)
            return Error{ErrorKind::unavailable, url + " answers " + std::to_string(got.status)};
        state.etag.clear();
        state.last_modified.clear();
        VAKANT_CHECK(run.remove_all(run.name_of_part(part)));
        return run.keep(state, part);
    }
    const bool whole = got.cut_off.empty() && run.source().whole;
    VAKANT_CHECK(run.import(got.body, whole, run.name_of_part(part)));
    if (!got.cut_off.empty()) return Error{ErrorKind::offline, got.cut_off};
    if (!run.came_to_end()) return Error{ErrorKind::unavailable, url + " cannot be read to its end"};
    state.etag = got.etag;
    state.last_modified = got.last_modified;
    state.fetched_at = run.now();
    return run.keep(state, part);
}

} // namespace

Outcome fetch_files(Fetching& run) {
    std::optional<Error> first_error;
    for (const std::string& url : run.source().urls) {
        const Outcome one = fetch_one(run, url);
        if (one.ok()) continue;
        // One address that fails does not keep the others waiting, unless the whole run must end.
        if (one.error().kind == ErrorKind::conflict || one.error().detail == "stopped") return one.error();
        if (!first_error)
            first_error = one.error();
        else
            run.tell(one.error().detail);
    }
    return first_error ? Outcome(*first_error) : done();
}

} // namespace vakant
