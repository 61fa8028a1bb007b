#include <array>
#include <utility>

#include "core/vacancies/file_kind.h"
#include "core/vacancies/import_formats.h"

namespace vakant {
namespace {

constexpr std::array<std::pair<std::string_view, FeedFormat>, 7> names{
    {{"jobtech", FeedFormat::jobtech},
     {"nav", FeedFormat::nav},
     {"tmt", FeedFormat::tmt},
     {"jobposting", FeedFormat::jobposting},
     {"eures", FeedFormat::eures},
     {"csv", FeedFormat::csv},
     {"own", FeedFormat::own}}};

/// Counts what import_own gives out, which knows no sweeps.
ItemSink counting(const ItemSink& sink, Sweep& sweep) {
    return [&sink, &sweep](ImportedItem item) -> Outcome {
        ++sweep.given;
        if (item.source_id.empty()) sweep.unnamed = true;
        return sink(std::move(item));
    };
}

} // namespace

std::string Sweep::why_incomplete() const {
    if (given == 0) return "there is nothing in the file";
    if (only_changes) return "the file is a list of changes or of single ads";
    if (promised && static_cast<std::int64_t>(given) < *promised) {
        return "the file holds " + std::to_string(given) + " of " + std::to_string(*promised);
    }
    if (more_pages) return "the file says that more pages follow";
    if (unnamed) return "a record was refused whose id cannot be told";
    return "";
}

std::optional<FeedFormat> feed_format_named(std::string_view wanted) {
    for (const auto& [name, format] : names) {
        if (name == wanted) return format;
    }
    return std::nullopt;
}

std::string_view source_of(FeedFormat format) {
    if (format == FeedFormat::csv) format = FeedFormat::own;
    return names[static_cast<std::size_t>(format)].first;
}

Outcome import_feed(FeedFormat format, std::string_view text, const ImportSettings& settings,
                    const ItemSink& sink, Sweep& sweep) {
    switch (format) {
    case FeedFormat::jobtech:
        return import_jobtech(text, sink, &sweep, settings.held);
    case FeedFormat::nav:
        return import_nav(text, sink, &sweep);
    case FeedFormat::tmt:
        return import_tmt(text, settings.place_names, sink, &sweep);
    case FeedFormat::jobposting:
        return import_jobposting(text, sink, &sweep);
    case FeedFormat::eures:
        return import_eures(text, sink, &sweep);
    case FeedFormat::csv:
        return import_csv(text, settings.started_at, sink, &sweep);
    case FeedFormat::own:
        VAKANT_CHECK(expect_kind(text, "a file of own postings", {FileKind::own, FileKind::other_json}));
        return import_own(text, settings.started_at, counting(sink, sweep));
    }
    return internal_error("no such format");
}

} // namespace vakant
