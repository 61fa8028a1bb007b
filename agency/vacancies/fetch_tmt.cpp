// Työmarkkinatori tells neither changes nor removals: every poll is a sweep over all pages. Only a sweep that
// came to its end and holds as many ads as were promised takes away what it lacks. Rules:
// ../shared/reference/vacancy-feeds.md section 3a.
#include "agency/vacancies/fetching.h"

namespace vakant {

namespace {

constexpr int usual_page_size = 500;
constexpr int most_pages = 2000;

struct Page {
    std::int64_t promised = -1;
    std::size_t ads = 0;
};

Result<Page> read_page(std::string_view text) {
    auto json = parse_json(text);
    if (!json.ok())
        return Error{ErrorKind::unavailable, "a page cannot be read (" + json.error().detail + ")"};
    Page page;
    for (const char* name : {"ilmoitukset", "Ilmoitukset"}) {
        if ((*json)[name].is_array()) page.ads = (*json)[name].size();
    }
    page.promised = (*json)["ilmoituksienMaara"].integer_or(-1);
    const bool is_page = json->contains("ilmoitukset") || json->contains("Ilmoitukset");
    if (!is_page)
        return Error{ErrorKind::unavailable,
                     "not a page of Työmarkkinatori; it seems to be " + seems_to_be(text)};
    return page;
}

/// All pages into `sweep`, one after the other.
Outcome collect(Fetching& run, SpooledText& sweep) {
    const FeedSource& source = run.source();
    const int size = source.page_size > 0 ? source.page_size : usual_page_size;
    std::int64_t promised = 0, given = 0;
    for (int number = 0; number < most_pages; ++number) {
        const std::string url = with_query(with_query(source.urls.front(), "sivu", std::to_string(number)),
                                           "maara", std::to_string(size));
        VAKANT_TRY(got, run.get(url));
        if (got.status != 200)
            return Error{ErrorKind::unavailable,
                         "page " + std::to_string(number) + " answers " + std::to_string(got.status)};
        if (!got.cut_off.empty()) return Error{ErrorKind::offline, got.cut_off};
        VAKANT_TRY(text, got.body.text());
        VAKANT_TRY(page, read_page(text));
        VAKANT_CHECK(sweep.append(text));
        VAKANT_CHECK(sweep.append("\n"));
        promised = std::max(promised, page.promised);
        given += static_cast<std::int64_t>(page.ads);
        if (page.ads == 0 || given >= promised) return done();
    }
    return Error{ErrorKind::unavailable, "more pages than a sweep may have"};
}

} // namespace

Outcome fetch_tmt(Fetching& run) {
    const UtcMs started_at = run.now();
    VAKANT_TRY(sweep, run.spool());
    const Outcome collected = collect(run, sweep);
    if (sweep.size() > 0) VAKANT_CHECK(run.import(sweep, collected.ok()));
    VAKANT_CHECK(collected);
    if (!run.was_compared()) return done();
    VAKANT_TRY(state, run.state());
    state.swept_at = started_at;
    return run.keep(state);
}

} // namespace vakant
