// Reads what NAV gives: ads as they are, or the stilling-feed, whose lines only say what changed and whose
// pages overlap, repeat and grow. A first pass over the lines learns what each id came to; the entries then
// follow that.
#include <map>

#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/nav_ad.h"
#include "core/vacancies/nav_feed.h"

namespace vakant {
namespace {

/// The last line of one id.
struct LastLine {
    std::size_t index = 0;
    bool active = false;
    std::optional<UtcMs> changed_at;
    bool told = false; ///< an item was given out for it
};
using LastLines = std::map<std::string, LastLine>;

ImportedItem removal(std::size_t index, std::string id, std::optional<UtcMs> at) {
    ImportedItem item;
    item.kind = ImportedItem::Kind::removal;
    item.index = index;
    item.source_id = std::move(id);
    item.removed_at = at;
    return item;
}

ImportedItem item_of(const Json& ad, std::size_t index) {
    ImportedItem item;
    item.index = index;
    if (!ad.is_object()) {
        item.reason = "not an object";
        return item;
    }
    item.source_id = line_in(ad["uuid"]);
    const std::string status = line_in(ad["status"]);
    const std::string privacy = line_in(ad["privacy"]);
    const bool gone = (!status.empty() && status != "ACTIVE") || (!privacy.empty() && privacy != "SHOW_ALL");
    if (gone && !item.source_id.empty()) return removal(index, item.source_id, nav_changed_at(ad));
    auto vacancy = vacancy_from_nav(ad);
    if (vacancy.ok()) {
        item.kind = ImportedItem::Kind::vacancy;
        item.vacancy = std::move(vacancy).value();
    } else {
        item.reason = vacancy.error().detail;
    }
    return item;
}

/// An entry's detail under the names of an ad, with what only the entry says.
Json ad_of_entry(const Json& entry) {
    const Json* content = entry.find("ad_content");
    if (!content) content = entry.find("json"); // as NAV's own description calls it
    if (!content && entry.contains("workLocations")) return entry;
    Json ad = content && content->is_object() ? *content : Json::object();
    ad.set("uuid", entry["uuid"]);
    ad.set("status", content && content->is_object() ? entry["status"] : Json("INACTIVE"));
    if (entry.contains("sistEndret")) ad.set("sistEndret", entry["sistEndret"]);
    return ad;
}

class NavReader {
public:
    NavReader(const ItemSink& sink, Sweep& sweep) : sink_(sink), sweep_(sweep) {}

    /// First pass: the lines of the pages.
    void learn(const Json& element) {
        if (kind_of_json(element) != FileKind::nav_feed) return;
        sweep_.only_changes = true;
        for (NavLine& line : nav_lines(element)) {
            const std::size_t index = lines_++;
            if (line.id.empty()) continue;
            const LastLine told{index, line.active, line.changed_at, false};
            LastLine& last = last_[std::move(line.id)];
            // Lines may stand out of order: the time decides, and the order where the times are equal.
            const bool older = told.changed_at && last.changed_at && *told.changed_at < *last.changed_at;
            if (!older) last = told;
        }
    }

    /// Second pass: what is a vacancy.
    Outcome take(const Json& element) {
        switch (kind_of_json(element)) {
        case FileKind::nav_feed:
            return done();
        case FileKind::nav_page:
            return take_page(element);
        case FileKind::nav_entry:
            sweep_.only_changes = true;
            return take_entry(ad_of_entry(element));
        default:
            return give(item_of(element, next_index_++));
        }
    }

    /// What only a line told of.
    Outcome finish() {
        for (auto& [id, line] : last_) {
            if (line.told) continue;
            ImportedItem item = removal(line.index, id, line.changed_at);
            if (line.active) {
                item.kind = ImportedItem::Kind::refusal;
                item.reason = "its entry is not in the file";
            }
            VAKANT_CHECK(give(std::move(item)));
        }
        return done();
    }

    /// A record, or a whole page, that cannot be read.
    Outcome refuse(const Error& why) { return give(broken_item(next_index_++, why)); }

    void count_entries_from(std::size_t index) { next_index_ = index; }
    std::size_t lines() const { return lines_; }

private:
    Outcome take_page(const Json& page) {
        const Json& total = page["totalElements"];
        if (total.is_integer()) sweep_.promised = total.integer_or(0);
        sweep_.more_pages = !page["last"].bool_or(true);
        for (const Json& ad : page["content"].items())
            VAKANT_CHECK(give(item_of(ad, next_index_++)));
        return done();
    }

    Outcome take_entry(const Json& ad) {
        ImportedItem item = item_of(ad, next_index_++);
        const auto found = last_.find(item.source_id);
        if (found != last_.end()) {
            LastLine& line = found->second;
            const std::optional<UtcMs> changed_at = nav_changed_at(ad);
            const bool line_is_newer = !changed_at || !line.changed_at || *line.changed_at >= *changed_at;
            if (item.kind == ImportedItem::Kind::vacancy && !line.active && line_is_newer) {
                item = removal(item.index, item.source_id, line.changed_at);
            }
            if (line.told) return done(); // fetched twice: the detail is the same
            line.told = true;
        }
        return give(std::move(item));
    }

    Outcome give(ImportedItem item) {
        ++sweep_.given;
        if (item.source_id.empty()) sweep_.unnamed = true;
        return sink_(std::move(item));
    }

    const ItemSink& sink_;
    Sweep& sweep_;
    LastLines last_;
    std::size_t lines_ = 0;
    std::size_t next_index_ = 0;
};

} // namespace

Outcome import_nav(std::string_view text, const ItemSink& sink, Sweep* sweep) {
    VAKANT_CHECK(
        expect_kind(text, "a feed or ads of NAV",
                    {FileKind::nav_feed, FileKind::nav_entry, FileKind::nav_page, FileKind::nav_ad}));
    Sweep unasked;
    NavReader reader(sink, sweep ? *sweep : unasked);
    // A cut-off end shows in both passes; the second one reports it, after what came before it.
    for (JsonElements lines(text);;) {
        const auto next = lines.next_or_broken();
        if (!next.ok() || !next->more) break;
        if (!next->broken) reader.learn(next->element);
    }
    reader.count_entries_from(reader.lines());
    for (JsonElements elements(text);;) {
        auto next = elements.next_or_broken();
        if (!next.ok() || !next->more) {
            VAKANT_CHECK(reader.finish());
            return next.ok() ? done() : Outcome(next.error());
        }
        VAKANT_CHECK(next->broken ? reader.refuse(*next->broken) : reader.take(next->element));
    }
}

} // namespace vakant
