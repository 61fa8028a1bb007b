#include <csignal>
#include <ctime>
#include <ostream>

#include "agency/cli/commands.h"

namespace vakant {

namespace {

Result<Json> sources_of(const Invocation& invocation, const std::string& name) {
    Json sources = Json::array();
    for (const FeedSource& source : invocation.settings.feeds) {
        if (name.empty() || name == source.name) sources.push(to_json(source));
    }
    if (sources.size() > 0) return sources;
    if (!name.empty()) return not_found("fetch " + name + ": no feed of that name in the settings file");
    return not_found("the settings file has no [[fetch]] table");
}

std::string line_of(const Json& report) {
    const Json& counts = report["import"];
    std::string line = std::string(report["name"].text()) + ": " + std::string(report["outcome"].text());
    if (counts["read"].integer_or(0) > 0) {
        for (const char* name : {"read", "added", "updated", "unchanged", "removed"})
            line += std::string(", ") + name + " " + std::to_string(counts[name].integer_or(0));
        line += ", refused " + std::to_string(counts["refused"].size());
    }
    if (const std::string_view detail = report["detail"].text(); !detail.empty())
        line += " (" + std::string(detail) + ")";
    return line;
}

/// One round; how many of its feeds failed.
Result<std::size_t> fetch_round(const Invocation& invocation, const Json& sources, bool due_only) {
    VAKANT_TRY(reports,
               run_action(invocation, "fetch", Json::object({{"sources", sources}, {"due_only", due_only}})));
    std::size_t failed = 0;
    for (const Json& report : reports.items()) {
        const std::string_view outcome = report["outcome"].text();
        failed += outcome == "failed";
        if (due_only && (outcome == "not_due" || outcome == "busy")) continue;
        invocation.out << (invocation.json ? report.to_text() : line_of(report)) << std::endl;
    }
    return failed;
}

Outcome show_status(const Invocation& invocation, const Json& sources) {
    VAKANT_TRY(feeds, run_action(invocation, "feeds", Json::object({{"sources", sources}})));
    for (const Json& feed : feeds.items()) {
        if (invocation.json) {
            invocation.out << feed.to_text() << "\n";
            continue;
        }
        invocation.out << feed["name"].text() << "  last " << feed["fetched_at"].text_or("never") << "  next "
                       << feed["next_at"].text() << "  " << feed["outcome"].text() << "\n";
    }
    return done();
}

/// Waits for a signal to end, or for the next look.
bool told_to_end(const sigset_t& signals) {
    constexpr timespec look_every{5, 0};
    return sigtimedwait(&signals, nullptr, &look_every) >= 0;
}

} // namespace

Outcome fetch_command(const Invocation& invocation, const FetchOptions& options) {
    VAKANT_TRY(sources, sources_of(invocation, options.name));
    if (options.status) return show_status(invocation, sources);
    if (options.once) {
        VAKANT_TRY(failed, fetch_round(invocation, sources, false));
        return failed == 0 ? done() : Outcome(refused(std::to_string(failed) + " of the feeds failed"));
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    do {
        VAKANT_TRY(failed, fetch_round(invocation, sources, true));
        (void)failed; // told in its line; the next round tries again
    } while (!told_to_end(signals));
    return done();
}

} // namespace vakant
