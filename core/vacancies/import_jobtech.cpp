// Reads a JobTech file element by element: JobStream's list or lines of ads and removals, single ads, pages
// of JobSearch.
#include "core/crypto/crypto.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/jobtech.h"

#include <utility>

namespace vakant {
namespace {

ImportedItem item_of(const Json& element, std::size_t index) {
    ImportedItem item;
    item.index = index;
    if (!element.is_object()) {
        item.reason = "not an object";
        return item;
    }
    item.source_id = jobtech_id_of(element);
    if (element["removed"].bool_or(element["removed"].text() == "true")) {
        auto removed_at = jobtech_removed_at(element);
        if (item.source_id.empty()) {
            item.reason = why_no_jobtech_id(element);
        } else if (!removed_at.ok()) {
            item.reason = removed_at.error().detail;
        } else {
            item.kind = ImportedItem::Kind::removal;
            item.removed_at = *removed_at;
        }
        return item;
    }
    auto vacancy = vacancy_from_jobtech(element);
    if (vacancy.ok()) {
        item.kind = ImportedItem::Kind::vacancy;
        item.vacancy = std::move(vacancy).value();
    } else {
        item.reason = vacancy.error().detail;
    }
    return item;
}

/// Raised when the same record is read differently than before (a test holds it to that), so that all are
/// read once more.
constexpr std::string_view reading = "jobtech 2\n";

ImportedItem held_item(std::size_t index, std::string source_id, std::string record) {
    ImportedItem item;
    item.kind = ImportedItem::Kind::held;
    item.index = index;
    item.source_id = std::move(source_id);
    item.record = std::move(record);
    return item;
}

} // namespace

std::string jobtech_record(std::string_view text) {
    return blake2b_hex(std::string(reading).append(text)).substr(0, 32);
}

Outcome import_jobtech(std::string_view text, const ItemSink& sink, Sweep* sweep, const HeldRecords& held) {
    VAKANT_CHECK(expect_kind(text, "a JobTech feed",
                             {FileKind::jobtech, FileKind::jobsearch_page, FileKind::empty_list}));
    Sweep unasked;
    Sweep& whole = sweep ? *sweep : unasked;
    const auto give = [&](const Json& element, std::string record) -> Outcome {
        ImportedItem item = item_of(element, whole.given++);
        item.record = std::move(record);
        if (item.source_id.empty()) whole.unnamed = true;
        // Removals are told only in a list of changes.
        if (item.kind == ImportedItem::Kind::removal) whole.only_changes = true;
        return sink(std::move(item));
    };
    std::string record;
    std::optional<std::string> known;
    const auto is_held = [&](std::string_view element) {
        record = jobtech_record(element);
        known = held ? held(record) : std::nullopt;
        return known.has_value();
    };
    for (JsonElements elements(text);;) {
        VAKANT_TRY(next, elements.next_or_broken(is_held));
        if (!next.more) return done();
        if (next.skipped) {
            VAKANT_CHECK(sink(held_item(whole.given++, std::move(*known), std::exchange(record, {}))));
            continue;
        }
        if (next.broken) {
            whole.unnamed = true;
            VAKANT_CHECK(sink(broken_item(whole.given++, *next.broken)));
            continue;
        }
        const Json& hits = next.element["hits"];
        if (!hits.is_array()) {
            VAKANT_CHECK(give(next.element, std::exchange(record, {})));
            continue;
        }
        const Json& total = next.element["total"];
        whole.promised = total.is_integer() ? total.integer_or(0) : total["value"].integer_or(0);
        for (const Json& ad : hits.items())
            VAKANT_CHECK(give(ad, ""));
    }
}

} // namespace vakant
