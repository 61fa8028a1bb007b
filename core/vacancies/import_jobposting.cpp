// Finds JobPosting objects wherever a site put them: alone, in lists, in "@graph", wrapped in other objects,
// one or several to a script block of a page.
#include <algorithm>

#include "core/vacancies/feed_fields.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/job_posting.h"
#include "core/vacancies/western_text.h"
#include "core/xml/html.h"

namespace vakant {
namespace {

constexpr std::string_view wanted = "a schema.org JobPosting";

/// "schema:title" and "https://schema.org/title" as "title", at every depth.
Json without_prefixes(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value.items())
            list.push(without_prefixes(item));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const Json::Member& member : value.members()) {
        std::string_view name = member.first;
        for (const std::string_view prefix : {"schema:", "http://schema.org/", "https://schema.org/"})
            if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
        object.set(name, without_prefixes(member.second));
    }
    return object;
}

bool has_prefixes(const Json& posting) {
    const auto& members = posting.members();
    return std::any_of(members.begin(), members.end(), [](const Json::Member& member) {
        return member.first.starts_with("schema:") || member.first.find("://schema.org/") < 6;
    });
}

class PostingReader {
public:
    PostingReader(const ItemSink& sink, Sweep& sweep) : sink_(sink), sweep_(sweep) {}

    /// Everything of the type in `value`, at any depth (Json itself is bounded).
    Outcome find_in(const Json& value) {
        if (has_type(value, "JobPosting")) return give(has_prefixes(value) ? without_prefixes(value) : value);
        for (const Json& item : value.items())
            VAKANT_CHECK(find_in(item));
        for (const Json::Member& member : value.members())
            VAKANT_CHECK(find_in(member.second));
        return done();
    }

    /// Something that cannot be read, in the place of a record.
    Outcome refuse(std::string reason) {
        ImportedItem item;
        item.index = sweep_.given++;
        item.reason = std::move(reason);
        sweep_.unnamed = true;
        return sink_(std::move(item));
    }

    std::size_t found() const { return found_; }

private:
    Outcome give(const Json& posting) {
        ImportedItem item;
        item.index = sweep_.given++;
        item.source_id = job_posting_id(posting);
        ++found_;
        auto vacancy = vacancy_from_job_posting(posting);
        if (vacancy.ok()) {
            item.kind = ImportedItem::Kind::vacancy;
            item.vacancy = std::move(vacancy).value();
        } else {
            item.reason = vacancy.error().detail;
        }
        return sink_(std::move(item));
    }

    const ItemSink& sink_;
    Sweep& sweep_;
    std::size_t found_ = 0;
};

void find_scripts(const HtmlNode& node, std::vector<std::string>& scripts) {
    if (node.name == "script" && lowered(node.attribute("type")).starts_with("application/ld+json")) {
        scripts.push_back(node.all_text());
    }
    for (const HtmlNode& child : node.children)
        find_scripts(child, scripts);
}

/// Line ends and tabs inside texts, which JSON forbids and sites write; blanks say the same.
std::string without_raw_controls(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text;
}

/// The JSON of a script block, without what templates put around it: CDATA marks, comments, "var x = ...;".
std::string_view json_in(std::string_view script) {
    constexpr std::string_view opening = "<![CDATA[", closing = "]]>";
    const std::size_t open = script.substr(0, 40).find(opening);
    if (open != script.npos) script = script.substr(open + opening.size());
    if (open != script.npos) script = script.substr(0, script.rfind(closing));
    const std::size_t first = script.find_first_of("{["), last = script.find_last_of("}]");
    return first == script.npos || last == script.npos || last < first
               ? script
               : script.substr(first, last - first + 1);
}

Result<Json> block_of(const std::string& script) {
    const std::string text = without_raw_controls(std::string(json_in(script)));
    auto block = parse_json(text);
    if (block.ok() || text.find("&quot;") == text.npos) return block;
    auto decoded = parse_json(entities_decoded(text)); // a site that escapes the whole block
    return decoded.ok() ? std::move(decoded) : std::move(block);
}

Outcome read_page(std::string_view given, PostingReader& reader) {
    VAKANT_TRY(text, page_as_utf8(given));
    VAKANT_TRY(page, parse_html(text));
    std::vector<std::string> scripts;
    find_scripts(page, scripts);
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        const auto block = block_of(scripts[i]);
        if (block.ok()) {
            VAKANT_CHECK(reader.find_in(*block));
        } else if (scripts[i].find("JobPosting") != std::string::npos) {
            VAKANT_CHECK(
                reader.refuse("script block " + std::to_string(i + 1) + ": " + block.error().detail));
        }
    }
    return done();
}

Outcome read_json(std::string_view text, PostingReader& reader) {
    for (JsonElements elements(text);;) {
        VAKANT_TRY(next, elements.next_or_broken());
        if (!next.more) return done();
        VAKANT_CHECK(next.broken ? reader.refuse(next.broken->detail) : reader.find_in(next.element));
    }
}

} // namespace

Outcome import_jobposting(std::string_view text, const ItemSink& sink, Sweep* sweep) {
    VAKANT_CHECK(expect_kind(text, wanted, {FileKind::job_posting, FileKind::html_with_postings}));
    Sweep unasked;
    Sweep& whole = sweep ? *sweep : unasked;
    PostingReader reader(sink, whole);
    const bool is_page = kind_of_file(text) == FileKind::html_with_postings;
    VAKANT_CHECK(is_page ? read_page(text, reader) : read_json(text, reader));
    if (reader.found() == 0 && whole.given == 0) {
        return invalid_input("not " + std::string(wanted) + ": there is none in it");
    }
    return done();
}

} // namespace vakant
