#include "agency/vacancies/fetch_feed.h"

#include <algorithm>

#include "agency/store/leases.h"
#include "agency/vacancies/fetching.h"

namespace vakant {

namespace {

constexpr UtcMs lease_ms = 15 * 60'000;

Outcome run_way(Fetching& run) {
    switch (run.source().format) {
    case FeedFormat::jobtech:
        return fetch_jobtech(run);
    case FeedFormat::nav:
        return fetch_nav(run);
    case FeedFormat::tmt:
        return fetch_tmt(run);
    default:
        return fetch_files(run);
    }
}

/// One minute after the first failure, twice as long after each further one, an hour at the most; never
/// earlier than the source asked.
UtcMs next_after_failure(const Fetching& run, int failures) {
    constexpr UtcMs first = 60'000, most = 3'600'000;
    const UtcMs pause = std::min(most, first << std::min(failures - 1, 10));
    return std::max(run.now() + pause, run.retry_at.value_or(0));
}

std::string counts_of(const ImportReport& report) {
    return "read " + std::to_string(report.read) + ", added " + std::to_string(report.added) + ", updated " +
           std::to_string(report.updated) + ", removed " +
           std::to_string(report.removed + report.absent.value_or(0)) + ", refused " +
           std::to_string(report.refused.size());
}

/// Under the lease: fetches, and keeps when it is due again.
Result<FetchReport> fetch_now(Fetching& run) {
    FetchReport report;
    report.name = run.source().name;
    const Outcome ended = run_way(run);
    VAKANT_TRY(state, run.state());
    if (ended.ok()) {
        state.failures = 0;
        state.fetched_at = run.now();
        state.not_before = std::max(run.now() + run.source().every_ms, run.retry_at.value_or(0));
        report.outcome = run.anything_new ? "imported" : "unchanged";
        report.detail = run.detail;
    } else {
        run.tell(ended.error().detail);
        state.failures = std::min(state.failures + 1, 1000);
        state.not_before = next_after_failure(run, state.failures);
        report.outcome = "failed";
        report.detail = run.detail;
    }
    report.import = std::move(run.report);
    report.next_at = state.not_before;
    state.outcome = report.outcome + ": " + (ended.ok() ? counts_of(report.import) : report.detail);
    // The program may be ending, or the lease may be another's now: then this run says nothing of the next.
    const bool interrupted = !ended.ok() && (ended.error().kind == ErrorKind::conflict || !run.go_on().ok());
    if (!interrupted) VAKANT_CHECK(run.keep(state));
    return report;
}

} // namespace

Json to_json(const FetchReport& report) {
    Json json = Json::object({{"name", report.name}, {"outcome", report.outcome}});
    if (!report.detail.empty()) json.set("detail", report.detail);
    json.set("import", to_json(report.import));
    if (report.next_at > 0) json.set("next_at", to_iso8601(report.next_at));
    return json;
}

Result<FetchReport> fetch_feed(const FetchPorts& ports, const FeedSource& source, const std::string& agency,
                               bool due_only) {
    const std::string holder = make_uuid(ports.random);
    const std::string lease = "fetch " + source.name;
    Fetching run(ports, source, agency, holder);
    VAKANT_TRY(before, run.state());
    FetchReport idle{source.name, "not_due", "", {}, before.not_before};
    if (due_only && before.not_before > run.now()) return idle;
    const UtcMs now = run.now();
    VAKANT_TRY(has_it, ports.database.write_for<bool>([&](Connection& connection) {
        return take_lease(connection, agency, lease, holder, now, now + lease_ms);
    }));
    idle.outcome = "busy";
    if (!has_it) return idle;
    auto report = fetch_now(run);
    VAKANT_CHECK(ports.database.write(
        [&](Connection& connection) { return end_lease(connection, agency, lease, holder); }));
    return report;
}

} // namespace vakant
