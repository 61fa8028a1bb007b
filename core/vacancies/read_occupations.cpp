// The files in which classifications of occupations are given out.
#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/csv_table.h"
#include "core/vacancies/file_kind.h"
#include "core/vacancies/occupations.h"

namespace vakant {
namespace {

std::string after_last(std::string_view text, char part) {
    return std::string(text.substr(text.rfind(part) + 1));
}

bool is_code(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A file that is not what was asked for, with what it seems to be where that can be told.
Error not_this(std::string_view text, const std::string& wanted) {
    const FileKind kind = kind_of_file(text);
    const bool says_nothing = kind == FileKind::other_json || kind == FileKind::broken_json ||
                              kind == FileKind::csv || kind == FileKind::csv_occupations;
    if (says_nothing) return invalid_input("not " + wanted);
    return invalid_input("not " + wanted + "; it seems to be " + std::string(words_for(kind)));
}

/// As a person counts: the first is 1.
std::string entry_at(std::size_t index) {
    return "entry " + std::to_string(index + 1) + ": ";
}

std::string cell_at(const CsvRow& row, std::string_view column) {
    return "row " + std::to_string(row.number) + ", column " + std::string(column) + ": ";
}

/// Names of one cell: a line each, or "one / the other"; ';' parts names in our own files.
std::vector<std::string> names_of_cell(std::string_view cell) {
    std::vector<std::string> names;
    std::string text(cell);
    std::replace(text.begin(), text.end(), ';', ',');
    for (std::size_t at = text.find(" / "); at != std::string::npos; at = text.find(" / ", at))
        text.replace(at, 3, "\n");
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\n|", from), text.size());
        const std::string name(trimmed(std::string_view(text).substr(from, end - from)));
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
        from = end + 1;
    }
    return names;
}

std::vector<OccupationNames> esco_names(const Json& item) {
    std::vector<OccupationNames> names;
    for (const auto& [language, name] : item["prefLabel"].members())
        names.push_back({language, names_of_cell(name.text())});
    for (const auto& [language, others] : item["altLabel"].members()) {
        auto same = std::find_if(names.begin(), names.end(),
                                 [&](const OccupationNames& one) { return one.language == language; });
        if (same == names.end()) same = names.insert(names.end(), {language, {}});
        for (const Json& name : others.items())
            for (std::string& one : names_of_cell(name.text()))
                if (std::find(same->names.begin(), same->names.end(), one) == same->names.end())
                    same->names.push_back(std::move(one));
    }
    std::erase_if(names, [](const OccupationNames& one) { return one.names.empty(); });
    return names;
}

Result<OccupationTable> esco_json(const Json& json, std::string_view text) {
    OccupationTable table;
    table.id = "esco";
    for (std::size_t at = 0; at < json.size(); ++at) {
        const Json& item = json[at];
        const std::string_view uri = item["uri"].text();
        const bool is_group = uri.find("/isco/C") != std::string_view::npos;
        if (!is_group && uri.find("/occupation/") == std::string_view::npos) {
            if (at == 0) return not_this(text, "ESCO's occupations");
            return invalid_input(entry_at(at) + "uri: neither an occupation nor a group of ISCO-08");
        }
        const std::string notation(item["notation"].text());
        if (is_group && !is_code(notation, 4)) continue; // only the groups that occupations belong to
        OccupationEntry entry;
        entry.id = is_group ? "isco:" + notation : "esco:" + after_last(uri, '/');
        entry.isco.push_back(notation.substr(0, 4));
        if (!is_code(entry.isco.front(), 4))
            return invalid_input(entry_at(at) + "notation: does not begin with a code of four digits");
        entry.names = esco_names(item);
        if (entry.names.empty()) return invalid_input(entry_at(at) + "prefLabel: missing");
        table.entries.push_back(std::move(entry));
    }
    return table;
}

constexpr std::size_t uri_column = 0, group_column = 1, name_column = 2, others_column = 3;
constexpr std::array<std::string_view, 4> esco_columns{"conceptUri", "iscoGroup", "preferredLabel",
                                                       "altLabels"};

Result<OccupationEntry> esco_row(const CsvRow& row, const std::vector<std::size_t>& columns,
                                 std::string_view language) {
    for (std::size_t wanted = 0; wanted < columns.size(); ++wanted)
        if (row.fields.size() <= columns[wanted])
            return invalid_input(cell_at(row, esco_columns[wanted]) + "missing, the row is too short");
    const std::string& uri = row.fields[columns[uri_column]];
    if (uri.find("/occupation/") == std::string::npos)
        return invalid_input(cell_at(row, esco_columns[uri_column]) + "not the address of an occupation");
    OccupationEntry entry;
    entry.id = "esco:" + after_last(uri, '/');
    const std::string& group = row.fields[columns[group_column]];
    if (!is_code(group, 4))
        return invalid_input(cell_at(row, esco_columns[group_column]) + "not a code of four digits");
    entry.isco.push_back(group);
    OccupationNames names{std::string(language), names_of_cell(row.fields[columns[name_column]])};
    if (names.names.empty()) return invalid_input(cell_at(row, esco_columns[name_column]) + "empty");
    for (std::string& name : names_of_cell(row.fields[columns[others_column]]))
        if (std::find(names.names.begin(), names.names.end(), name) == names.names.end())
            names.names.push_back(std::move(name));
    entry.names.push_back(std::move(names));
    return entry;
}

Result<OccupationTable> esco_csv(std::string_view text, std::string_view language) {
    CsvRows rows(text);
    CsvRow row;
    VAKANT_TRY(has_header, rows.next(row));
    if (!has_header) return not_this(text, "ESCO's occupations");
    std::vector<std::size_t> columns;
    for (const std::string_view name : esco_columns) {
        const auto at = std::find(row.fields.begin(), row.fields.end(), name);
        if (at != row.fields.end()) columns.push_back(static_cast<std::size_t>(at - row.fields.begin()));
        if (columns.empty()) return not_this(text, "ESCO's occupations");
        if (at == row.fields.end()) return invalid_input(cell_at(row, name) + "missing");
    }
    if (language.empty()) return invalid_input("a CSV of ESCO does not say its language: name it");
    OccupationTable table;
    table.id = "esco-" + std::string(language);
    for (;;) {
        VAKANT_TRY(more, rows.next(row));
        if (!more) break;
        VAKANT_TRY(entry, esco_row(row, columns, language));
        table.entries.push_back(std::move(entry));
    }
    if (table.entries.empty()) return invalid_input("no row beside the header");
    return table;
}

Result<OccupationTable> ssyk_groups(const Json& list, std::string_view text) {
    OccupationTable table;
    table.id = "ssyk";
    for (std::size_t at = 0; at < list.size(); ++at) {
        const Json& group = list[at];
        OccupationEntry entry;
        const std::string code(group["ssyk_code_2012"].text());
        if (!is_code(code, 4)) {
            if (at == 0) return not_this(text, "groups of SSYK");
            return invalid_input(entry_at(at) + "ssyk_code_2012: not a code of four digits");
        }
        entry.id = "ssyk:" + code;
        entry.names.push_back({"sv", names_of_cell(group["preferred_label"].text())});
        if (entry.names.front().names.empty())
            return invalid_input(entry_at(at) + "preferred_label: missing");
        for (const Json& related : group["related"].items()) {
            const std::string isco(related["isco_code_08"].text());
            if (!is_code(isco, 4)) continue;
            entry.isco.push_back(isco);
            table.links.push_back({"SSYK2012", code, isco});
        }
        table.entries.push_back(std::move(entry));
    }
    return table;
}

/// {"1843": "Ytkemist"} and {"1000": "8161"}.
Result<OccupationTable> ssyk_occupations(const Json& json, std::string_view text) {
    OccupationTable table;
    table.id = "ssyk-names";
    for (const auto& [id, value] : json.members()) {
        const bool is_number = std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!is_number) return not_this(text, "a table of SSYK");
        if (!value.is_string()) return invalid_input(id + ": neither a name nor a SSYK code");
        if (is_code(value.text(), 4)) {
            table.id = "ssyk-codes";
            table.links.push_back({"AF", id, "SSYK2012 " + std::string(value.text())});
        } else {
            std::vector<std::string> names = names_of_cell(value.text());
            if (names.empty()) return invalid_input(id + ": an empty name");
            table.entries.push_back({"af:" + id, {}, {{"sv", std::move(names)}}});
        }
    }
    return table;
}

/// Rows of a code and a title.
Result<OccupationTable> code_list(std::string_view text, std::string_view language, std::string_view scheme) {
    CsvRows rows(text);
    CsvRow row;
    OccupationTable table;
    table.id = scheme;
    for (;;) {
        VAKANT_TRY(more, rows.next(row));
        if (!more) break;
        const std::string& code = row.fields[0];
        if (!is_code(code, 4)) continue; // the header, and groups of fewer digits
        std::vector<std::string> names;
        if (row.fields.size() > 1) names = names_of_cell(row.fields[1]);
        if (names.empty()) return invalid_input(cell_at(row, "2") + "no title");
        if (scheme == "styrk" && code == "0000") continue; // NAV's "not converted"
        table.entries.push_back({"isco:" + code, {code}, {{std::string(language), std::move(names)}}});
    }
    if (table.entries.empty()) return not_this(text, "rows that begin with a code of four digits");
    return table;
}

Result<OccupationTable> table_of_json(OccupationFormat format, std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    if (format == OccupationFormat::esco) {
        if (!json.is_array() || json.items().empty()) return not_this(text, "ESCO's occupations");
        return esco_json(json, text);
    }
    if (json["data"]["concepts"].is_array() && json["data"]["concepts"].size() > 0)
        return ssyk_groups(json["data"]["concepts"], text);
    if (!json.is_object() || json.members().empty()) return not_this(text, "a table of SSYK");
    return ssyk_occupations(json, text);
}

} // namespace

Result<OccupationTable> read_occupations(OccupationFormat format, std::string_view text,
                                         std::string_view language) {
    text = without_mark(text);
    const std::string_view start = trimmed(text.substr(0, 256));
    if (start.empty()) return invalid_input("an empty file");
    const bool is_json = start[0] == '{' || start[0] == '[';
    switch (format) {
    case OccupationFormat::esco:
        return is_json ? table_of_json(format, text) : esco_csv(text, language);
    case OccupationFormat::ssyk:
        if (!is_json) return not_this(text, "a table of SSYK (JSON)");
        return table_of_json(format, text);
    case OccupationFormat::styrk:
        if (is_json) return not_this(text, "a table of STYRK (CSV)");
        return code_list(text, "nb", "styrk");
    case OccupationFormat::isco:
        if (is_json) return not_this(text, "a table of ISCO (CSV)");
        if (language.empty()) return invalid_input("a CSV of ISCO does not say its language: name it");
        return code_list(text, language, "isco-" + std::string(language));
    }
    return invalid_input("no such format");
}

} // namespace vakant
