// Reads a JobTech file element by element and tells at once what is no such file.
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/import.h"
#include "core/vacancies/jobtech.h"

namespace vakant {
namespace {

/// What a text without a JSON value at its start seems to be; "" where it may be JSON.
std::string kind_of_text(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.starts_with("PK\x03\x04")) return "a ZIP archive or an Office document";
    if (text.starts_with("%PDF")) return "a PDF document";
    if (text.starts_with("\x1F\x8B")) return "a gzip archive";
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "a text in UTF-16";
    text = trimmed(text);
    if (text.empty()) return "an empty file";
    if (text.starts_with("<?xml")) return "an XML document";
    if (text.starts_with("<")) return "an HTML page";
    if (text[0] == '[' || text[0] == '{') return "";
    const std::string_view first_line = text.substr(0, text.find('\n'));
    if (first_line.find(',') != text.npos || first_line.find(';') != text.npos) return "a CSV table";
    return "a plain text";
}

/// What an object seems to be that is no JobTech ad; "" where it looks like one.
std::string kind_of_object(const Json& object) {
    struct Mark {
        std::string_view member, kind;
    };
    static constexpr std::array<Mark, 22> marks{{
        {"@type", "schema.org JobPosting"},
        {"@context", "schema.org JobPosting"},
        {"jsonld", "schema.org JobPosting"},
        {"hits", "a JobSearch result page (its \"hits\" hold the ads)"},
        {"postings", "the agency's own postings (--format own)"},
        {"ilmoitukset", "Työmarkkinatori vacancies"},
        {"ilmoituksenID", "Työmarkkinatori vacancies"},
        {"perustiedot", "Työmarkkinatori vacancies"},
        {"feed_url", "a NAV vacancy feed"},
        {"ad_content", "a NAV vacancy"},
        {"adText", "a NAV vacancy"},
        {"adtext", "a NAV vacancy"},
        {"locationList", "a NAV vacancy"},
        {"ads", "a NAV transfer of ads"},
        {"pageable", "a page of NAV vacancies"},
        {"jobVacancy", "EURES vacancies"},
        {"PositionOpening", "EURES vacancies"},
        {"openapi", "an OpenAPI description"},
        {"$schema", "a JSON schema"},
        {"error", "an error message of a server"},
        {"message", "an error message of a server"},
        {"languages", "a form or a set of texts"},
    }};
    if (object.contains("headline") || object.contains("removed")) return "";
    for (const Mark& mark : marks) {
        if (object.contains(mark.member)) return std::string(mark.kind);
    }
    if (object.contains("id")) return "";
    return "JSON of another kind: an object with neither \"id\" nor \"headline\"";
}

ImportedItem item_of(const Json& element, std::size_t index) {
    ImportedItem item;
    item.index = index;
    if (!element.is_object()) {
        item.reason = "not an object";
        return item;
    }
    item.source_id = jobtech_id_of(element);
    if (element["removed"].bool_or(false)) {
        auto removed_at = jobtech_removed_at(element);
        if (item.source_id.empty()) {
            item.reason = "id: missing";
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

/// Gives items to the sink, but holds back what is no ad until the first ad shows that the file is of this
/// kind.
class Gate {
public:
    explicit Gate(const ItemSink& sink) : sink_(sink) {}

    Outcome take(const Json& element) {
        if (!open_) {
            const std::string foreign =
                element.is_object() ? kind_of_object(element) : "JSON of another kind: a list of values";
            if (first_foreign_.empty()) first_foreign_ = foreign;
            if (!foreign.empty()) {
                held_.push_back(item_of(element, next_index_++));
                return held_.size() > most_held ? refusal() : done();
            }
            VAKANT_CHECK(release());
        }
        return sink_(item_of(element, next_index_++));
    }

    /// At the end of the file: were there elements, and none of them an ad?
    Outcome finish() const {
        if (!open_ && !held_.empty()) return refusal();
        return done();
    }

private:
    static constexpr std::size_t most_held = 100;

    Error refusal() const { return invalid_input("not a JobTech feed; it seems to be " + first_foreign_); }
    Outcome release() {
        open_ = true;
        for (ImportedItem& item : held_)
            VAKANT_CHECK(sink_(std::move(item)));
        held_.clear();
        return done();
    }

    const ItemSink& sink_;
    bool open_ = false;
    std::size_t next_index_ = 0;
    std::string first_foreign_;
    std::vector<ImportedItem> held_;
};

} // namespace

Outcome import_jobtech(std::string_view text, const ItemSink& sink) {
    const std::string foreign = kind_of_text(text);
    if (!foreign.empty()) return invalid_input("not a JobTech feed; it seems to be " + foreign);
    JsonElements elements(text);
    Gate gate(sink);
    for (;;) {
        VAKANT_TRY(next, elements.next());
        if (!next.more) return gate.finish();
        VAKANT_CHECK(gate.take(next.element));
    }
}

} // namespace vakant
