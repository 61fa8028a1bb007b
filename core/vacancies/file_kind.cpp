#include "core/vacancies/file_kind.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/import_formats.h"

namespace vakant {
namespace {

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

struct Words {
    FileKind kind;
    std::string_view words;
};
constexpr std::array<Words, 34> all_words{{
    {FileKind::empty, "an empty file"},
    {FileKind::zip, "a ZIP archive or an Office document"},
    {FileKind::pdf, "a PDF document"},
    {FileKind::gzip, "a gzip archive"},
    {FileKind::utf16, "a text in UTF-16"},
    {FileKind::image, "a picture"},
    {FileKind::html, "an HTML page without a JobPosting"},
    {FileKind::html_with_postings, "an HTML page with a schema.org JobPosting"},
    {FileKind::xml, "an XML document"},
    {FileKind::hr_xml, "an EURES vacancy (HR-XML PositionOpening)"},
    {FileKind::csv_own, "a table of the agency's own postings"},
    {FileKind::csv_occupations, "a table of occupation codes"},
    {FileKind::csv, "a table (CSV)"},
    {FileKind::plain_text, "a plain text"},
    {FileKind::jobtech, "JobTech ads"},
    {FileKind::jobsearch_page, "a page of JobSearch results"},
    {FileKind::nav_feed, "pages of NAV's vacancy feed"},
    {FileKind::nav_entry, "entries of NAV's vacancy feed"},
    {FileKind::nav_page, "a page of NAV ads"},
    {FileKind::nav_ad, "NAV ads"},
    {FileKind::nav_import_api, "messages to NAV's import API"},
    {FileKind::tmt, "Työmarkkinatori vacancies"},
    {FileKind::job_posting, "schema.org JobPosting"},
    {FileKind::eures, "EURES vacancies"},
    {FileKind::eures_code_lists, "EURES code lists"},
    {FileKind::place_codes, "a code list of municipalities"},
    {FileKind::occupations, "a list of occupations or skills"},
    {FileKind::own, "the agency's own postings"},
    {FileKind::openapi, "an API contract (OpenAPI)"},
    {FileKind::json_schema, "a JSON schema"},
    {FileKind::server_error, "an error message of a server"},
    {FileKind::empty_list, "an empty list"},
    {FileKind::broken_json, "JSON that cannot be read"},
    {FileKind::other_json, "JSON of another kind"},
}};

FileKind kind_of_table(std::string_view text) {
    if (text.starts_with("sep="))
        text.remove_prefix(std::min(text.find('\n') + 1, text.size())); // see csv_table.cpp
    const std::string_view header = text.substr(0, text.find('\n'));
    if (!holds(header, ",") && !holds(header, ";") && !holds(header, "\t")) return FileKind::plain_text;
    std::string lower(header); // columns may be written in any case
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (holds(lower, "title") && holds(lower, "id")) return FileKind::csv_own;
    for (const std::string_view word :
         {"Styrk", "STYRK", "SSYK", "ISCO", "ESCO", "conceptUri", "occupation"}) {
        if (holds(header, word)) return FileKind::csv_occupations;
    }
    return FileKind::csv;
}

FileKind kind_of_markup(std::string_view text) {
    if (holds(text.substr(0, 4096), "PositionOpening")) return FileKind::hr_xml;
    const std::string_view start = text.substr(0, 256);
    if (start.starts_with("<?xml") && !holds(start, "html")) return FileKind::xml;
    return holds(text, "JobPosting") ? FileKind::html_with_postings : FileKind::html;
}

/// How a name and a value of a member give a kind away.
struct Mark {
    std::string_view member;
    FileKind kind;
};
constexpr std::array<Mark, 31> marks{{
    {"openapi", FileKind::openapi},
    {"swagger", FileKind::openapi},
    {"$schema", FileKind::json_schema},
    {"postings", FileKind::own},
    {"_feed_entry", FileKind::nav_feed},
    {"ad_content", FileKind::nav_entry},
    {"ilmoitukset", FileKind::tmt},
    {"Ilmoitukset", FileKind::tmt},
    {"ilmoituksenID", FileKind::tmt},
    {"perustiedot", FileKind::tmt},
    {"basicInfo", FileKind::tmt},
    {"virheviesti", FileKind::server_error},
    {"jobVacancy", FileKind::eures},
    {"hrxml", FileKind::eures},
    {"codelists", FileKind::eures_code_lists},
    {"hits", FileKind::jobsearch_page},
    {"headline", FileKind::jobtech},
    {"removed_date", FileKind::jobtech},
    {"Selitteet", FileKind::place_codes},
    {"conceptUri", FileKind::occupations},
    {"preferredLabel", FileKind::occupations},
    {"concept_id", FileKind::occupations},
    {"occupation_name", FileKind::occupations},
    {"@graph", FileKind::job_posting},
    {"jsonld", FileKind::job_posting},
    {"hiringOrganization", FileKind::job_posting},
    {"@type", FileKind::job_posting},
    {"pageable", FileKind::nav_page},
    {"error", FileKind::server_error},
    {"errors", FileKind::server_error},
    {"stacktrace", FileKind::server_error},
}};

/// The kinds that take more than one member to tell.
FileKind kind_by_shape(const Json& object) {
    const Json& items = object["items"];
    if (items.is_array() && (object.contains("feed_url") || items[std::size_t{0}].contains("_feed_entry"))) {
        return FileKind::nav_feed;
    }
    if (object["data"].is_object()) return kind_of_json(object["data"]);
    if (items[std::size_t{0}].contains("jobVacancy")) return FileKind::eures;
    if (object["results"][std::size_t{0}].contains("basicInfo")) return FileKind::tmt;
    if (object.contains("provider") && object.contains("ads")) return FileKind::nav_import_api;
    const bool is_nav = object.contains("adText") || object["properties"].contains("adtext") ||
                        (object["properties"].is_object() && object.contains("locationList"));
    if (is_nav) {
        // On its way in, an ad has no number of its own, or nothing that NAV itself adds to it.
        const bool is_message = !object.contains("uuid") || !object.contains("locationList");
        return is_message ? FileKind::nav_import_api : FileKind::nav_ad;
    }
    if (object.contains("uuid") && (object.contains("sistEndret") || object.contains("workLocations"))) {
        return FileKind::nav_entry;
    }
    if (object.contains("id") && object["removed"].is_bool()) return FileKind::jobtech;
    return FileKind::other_json;
}

} // namespace

std::string_view without_mark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return text;
}

std::string_view words_for(FileKind kind) {
    for (const Words& one : all_words) {
        if (one.kind == kind) return one.words;
    }
    return "a file of another kind";
}

FileKind kind_of_json(const Json& value) {
    if (!value.is_object()) return FileKind::other_json;
    const FileKind by_shape = kind_by_shape(value);
    if (by_shape != FileKind::other_json) return by_shape;
    for (const Mark& mark : marks) {
        if (value.contains(mark.member)) return mark.kind;
    }
    return FileKind::other_json;
}

FileKind kind_of_file(std::string_view text) {
    if (text.starts_with("PK\x03\x04")) return FileKind::zip;
    if (text.starts_with("%PDF")) return FileKind::pdf;
    if (text.starts_with("\x1F\x8B")) return FileKind::gzip;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return FileKind::utf16;
    if (text.starts_with("\x89PNG") || text.starts_with("\xFF\xD8\xFF") || text.starts_with("GIF8")) {
        return FileKind::image;
    }
    text = trimmed(without_mark(text));
    if (text.empty()) return FileKind::empty;
    if (text[0] == '<') return kind_of_markup(text);
    if (text[0] != '[' && text[0] != '{') return kind_of_table(text);

    constexpr int most_looked_at = 100;
    JsonElements elements(text);
    for (int i = 0; i < most_looked_at; ++i) {
        const auto next = elements.next();
        if (!next.ok()) return FileKind::broken_json;
        if (!next->more) return i == 0 ? FileKind::empty_list : FileKind::other_json;
        const FileKind kind = kind_of_json(next->element);
        if (kind != FileKind::other_json) return kind;
    }
    return FileKind::other_json;
}

Outcome expect_kind(std::string_view text, std::string_view wanted, std::initializer_list<FileKind> kinds) {
    const FileKind kind = kind_of_file(text);
    if (kind == FileKind::broken_json || std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
        return done();
    return invalid_input("not " + std::string(wanted) + "; it seems to be " + std::string(words_for(kind)));
}

std::string seems_to_be(std::string_view text) {
    return std::string(words_for(kind_of_file(text)));
}

} // namespace vakant
