// Reads the portal's wrapper (a JSON object whose items hold one XML document each) or one such document.
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/position_opening.h"

namespace vakant {
namespace {

void fill_from_opening(const XmlElement& opening, ImportedItem& item) {
    item.source_id = position_opening_id(opening);
    if (opening.name != "PositionOpening") {
        item.reason = "hrxml: the document is no PositionOpening";
        return;
    }
    if (!is_active_opening(opening) && !item.source_id.empty()) {
        item.kind = ImportedItem::Kind::removal;
        return;
    }
    auto vacancy = vacancy_from_position_opening(opening);
    if (vacancy.ok()) {
        item.kind = ImportedItem::Kind::vacancy;
        item.vacancy = std::move(vacancy).value();
    } else {
        item.reason = vacancy.error().detail;
    }
}

/// A time of the wrapper: without an offset and, being a server's, in UTC.
std::optional<UtcMs> audit_time(const Json& audit, std::string_view name) {
    const auto moment = local_moment(audit[name].text(), "UTC");
    return moment.ok() ? std::optional(*moment) : std::nullopt;
}

ImportedItem item_of(const Json& wrapped, std::size_t index) {
    ImportedItem item;
    item.index = index;
    const Json& holder = wrapped["jobVacancy"];
    item.source_id = line_in(holder["header"]["dataSourceJvReference"]);
    const auto opening = parse_xml(holder["hrxml"].text());
    if (!opening.ok()) {
        item.reason = "hrxml: " + opening.error().detail;
        return item;
    }
    fill_from_opening(*opening, item);
    const auto modified = audit_time(wrapped["auditInfo"], "modificationTimestamp");
    if (item.kind == ImportedItem::Kind::removal) item.removed_at = modified;
    if (item.kind != ImportedItem::Kind::vacancy) return item;
    item.vacancy.updated_at = modified;
    item.vacancy.published_at = audit_time(wrapped["auditInfo"], "creationTimestamp");
    if (modified) item.vacancy.revision = std::to_string(*modified);
    item.vacancy.source_url = web_address(wrapped["related"]["urls"][std::size_t{0}]["urlValue"].text());
    item.vacancy.content_hash = content_hash_of(item.vacancy);
    return item;
}

class EuresReader {
public:
    EuresReader(const ItemSink& sink, Sweep& sweep) : sink_(sink), sweep_(sweep) {}

    Outcome take(const Json& element) {
        if (element.contains("jobVacancy")) return give(item_of(element, sweep_.given));
        if (element.contains("hrxml"))
            return give(item_of(Json::object({{"jobVacancy", element}}), sweep_.given));
        const Json& inside = element["data"].is_object() ? element["data"] : element;
        for (const Json& item : inside["items"].items())
            VAKANT_CHECK(give(item_of(item, sweep_.given)));
        return done();
    }
    Outcome refuse(const Error& why) { return give(broken_item(sweep_.given, why)); }
    Outcome give(ImportedItem item) {
        ++sweep_.given;
        if (item.source_id.empty()) sweep_.unnamed = true;
        return sink_(std::move(item));
    }

private:
    const ItemSink& sink_;
    Sweep& sweep_;
};

} // namespace

Outcome import_eures(std::string_view text, const ItemSink& sink, Sweep* sweep) {
    VAKANT_CHECK(expect_kind(text, "vacancies of EURES", {FileKind::eures, FileKind::hr_xml}));
    Sweep unasked;
    EuresReader reader(sink, sweep ? *sweep : unasked);
    if (kind_of_file(text) == FileKind::hr_xml) {
        VAKANT_TRY(opening, parse_xml(without_mark(text)));
        ImportedItem item;
        fill_from_opening(opening, item);
        return reader.give(std::move(item));
    }
    for (JsonElements elements(text);;) {
        VAKANT_TRY(next, elements.next_or_broken());
        if (!next.more) return done();
        VAKANT_CHECK(next.broken ? reader.refuse(*next.broken) : reader.take(next.element));
    }
}

} // namespace vakant
