// Työmarkkinatori tells no changes and no removals: a sweep is everything that is open, page by page, and
// says how much that should be. Only a sweep that kept its promise may take away what is absent from it.
#include <algorithm>
#include <set>

#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/tmt_ad.h"

namespace vakant {
namespace {

ImportedItem item_of(const Json& ad, std::size_t index, const PlaceNames& names) {
    ImportedItem item;
    item.index = index;
    if (!ad.is_object()) {
        item.reason = "not an object";
        return item;
    }
    item.source_id = line_in(ad["ilmoituksenID"]);
    auto vacancy = ad.contains("basicInfo") ? vacancy_from_tmt_testbed(ad) : vacancy_from_tmt(ad, names);
    if (!vacancy.ok()) {
        item.reason = vacancy.error().detail;
        return item;
    }
    item.kind = ImportedItem::Kind::vacancy;
    item.vacancy = std::move(vacancy).value();
    item.source_id = item.vacancy.source_id;
    return item;
}

/// The list of ads of a page: spelt with a capital in the contract, without one in what is sent.
const Json* ads_of_page(const Json& element) {
    for (const std::string_view name : {"ilmoitukset", "Ilmoitukset", "results"}) {
        const Json* list = element.find(name);
        if (list && list->is_array()) return list;
    }
    return nullptr;
}

} // namespace

Outcome import_tmt(std::string_view text, const PlaceNames& names, const ItemSink& sink, Sweep* sweep) {
    VAKANT_CHECK(expect_kind(text, "vacancies of Työmarkkinatori", {FileKind::tmt}));
    Sweep unasked;
    Sweep& whole = sweep ? *sweep : unasked;
    std::size_t index = 0;
    std::set<std::string>
        seen; // pages of a moving list overlap: only different ads count towards the promise
    const auto give = [&](const Json& ad) -> Outcome {
        ImportedItem item = item_of(ad, index++, names);
        if (item.source_id.empty()) whole.unnamed = true;
        seen.insert(item.source_id);
        whole.given = seen.size();
        return sink(std::move(item));
    };
    whole.only_changes = true; // until a page promises a number
    for (JsonElements elements(text);;) {
        VAKANT_TRY(next, elements.next_or_broken());
        if (!next.more) return done();
        if (next.broken) {
            whole.unnamed = true;
            VAKANT_CHECK(sink(broken_item(index++, *next.broken)));
            continue;
        }
        const Json* ads = ads_of_page(next.element);
        if (!ads) {
            VAKANT_CHECK(give(next.element));
            continue;
        }
        for (const std::string_view name : {"ilmoituksienMaara", "totalCount"}) {
            const Json& promised = next.element[name];
            if (!promised.is_integer()) continue;
            // The list moves while it is read: what was once promised and is now missing may only have moved.
            whole.promised = std::max(whole.promised.value_or(0), promised.integer_or(0));
            whole.only_changes = false;
        }
        for (const Json& ad : ads->items())
            VAKANT_CHECK(give(ad));
    }
}

Result<PlaceNames> read_place_names(std::string_view text, std::string_view language) {
    VAKANT_CHECK(expect_kind(text, "a code list of places", {FileKind::place_codes}));
    PlaceNames names;
    for (JsonElements elements(text);;) {
        VAKANT_TRY(next, elements.next());
        if (!next.more) return names;
        const std::string code = line_in(next.element["Koodi"]);
        std::string name;
        for (const Json& one : next.element["Selitteet"].items()) {
            const bool wanted = line_in(one["Kielikoodi"]) == language;
            if (wanted || name.empty()) name = line_in(one["Teksti"]);
            if (wanted) break;
        }
        if (!code.empty() && !name.empty()) names[code] = std::move(name);
    }
}

} // namespace vakant
