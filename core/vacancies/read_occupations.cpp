// The files in which classifications of occupations are given out.
#include <algorithm>
#include <map>
#include <optional>

#include "core/base/utf8.h"
#include "core/vacancies/csv_table.h"
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

Result<OccupationTable> esco_json(const Json& json) {
    OccupationTable table;
    table.id = "esco";
    for (const Json& item : json.items()) {
        const std::string_view uri = item["uri"].text();
        const bool is_group = uri.find("/isco/C") != std::string_view::npos;
        if (!is_group && uri.find("/occupation/") == std::string_view::npos)
            return invalid_input("not ESCO's occupations: " + std::string(uri.substr(0, 80)));
        const std::string notation(item["notation"].text());
        if (is_group && !is_code(notation, 4)) continue; // only the groups that occupations belong to
        OccupationEntry entry;
        entry.id = is_group ? "isco:" + notation : "esco:" + after_last(uri, '/');
        entry.isco.push_back(notation.substr(0, 4));
        if (!is_code(entry.isco.front(), 4)) return invalid_input(entry.id + ": notation: " + notation);
        for (const auto& [language, name] : item["prefLabel"].members())
            entry.names.push_back({language, names_of_cell(name.text())});
        for (const auto& [language, names] : item["altLabel"].members()) {
            OccupationNames more{language, {}};
            for (const Json& name : names.items())
                for (std::string& one : names_of_cell(name.text()))
                    more.names.push_back(std::move(one));
            entry.names.push_back(std::move(more));
        }
        table.entries.push_back(std::move(entry));
    }
    return table;
}

/// Where each wanted column stands; none where one is missing.
std::optional<std::vector<std::size_t>> columns_of(const CsvRow& header,
                                                   std::initializer_list<std::string_view> wanted) {
    std::vector<std::size_t> places;
    for (const std::string_view name : wanted) {
        const auto at = std::find(header.fields.begin(), header.fields.end(), name);
        if (at == header.fields.end()) return std::nullopt;
        places.push_back(static_cast<std::size_t>(at - header.fields.begin()));
    }
    return places;
}

Result<OccupationTable> esco_csv(std::string_view text, std::string_view language) {
    if (language.empty()) return invalid_input("a CSV of ESCO: say its language");
    CsvRows rows(text);
    CsvRow row;
    VAKANT_TRY(has_header, rows.next(row));
    const auto columns = columns_of(row, {"conceptUri", "iscoGroup", "preferredLabel", "altLabels"});
    if (!has_header || !columns)
        return invalid_input(
            "not ESCO's occupations: conceptUri, iscoGroup, preferredLabel or altLabels is missing");
    OccupationTable table;
    table.id = "esco";
    for (;;) {
        VAKANT_TRY(more, rows.next(row));
        if (!more) return table;
        if (row.fields.size() <= *std::max_element(columns->begin(), columns->end()))
            return invalid_input("row " + std::to_string(row.number) + ": too few columns");
        OccupationEntry entry;
        entry.id = "esco:" + after_last(row.fields[(*columns)[0]], '/');
        if (is_code(row.fields[(*columns)[1]], 4)) entry.isco.push_back(row.fields[(*columns)[1]]);
        OccupationNames names{std::string(language), names_of_cell(row.fields[(*columns)[2]])};
        for (std::string& name : names_of_cell(row.fields[(*columns)[3]]))
            if (std::find(names.names.begin(), names.names.end(), name) == names.names.end())
                names.names.push_back(std::move(name));
        entry.names.push_back(std::move(names));
        table.entries.push_back(std::move(entry));
    }
}

Result<OccupationTable> ssyk_groups(const Json& list) {
    OccupationTable table;
    table.id = "ssyk";
    for (const Json& group : list.items()) {
        OccupationEntry entry;
        const std::string code(group["ssyk_code_2012"].text());
        if (!is_code(code, 4)) return invalid_input("a group without ssyk_code_2012");
        entry.id = "ssyk:" + code;
        entry.names.push_back({"sv", names_of_cell(group["preferred_label"].text())});
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
Result<OccupationTable> ssyk_occupations(const Json& json) {
    OccupationTable table;
    table.id = "ssyk-names";
    for (const auto& [id, value] : json.members()) {
        if (!value.is_string()) return invalid_input(id + ": neither a name nor a SSYK code");
        if (is_code(value.text(), 4)) {
            table.id = "ssyk-codes";
            table.links.push_back({"AF", id, "SSYK2012 " + std::string(value.text())});
        } else {
            table.entries.push_back({"af:" + id, {}, {{"sv", names_of_cell(value.text())}}});
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
        if (row.fields.size() < 2) return invalid_input("row " + std::to_string(row.number) + ": no title");
        const std::string& code = row.fields[0];
        if (!is_code(code, 4)) continue; // the header, and groups of fewer digits
        if (scheme == "styrk" && code == "0000") continue;
        table.entries.push_back(
            {"isco:" + code, {code}, {{std::string(language), names_of_cell(row.fields[1])}}});
    }
    if (table.entries.empty()) return invalid_input("no row begins with a code of four digits");
    return table;
}

} // namespace

Result<OccupationTable> read_occupations(OccupationFormat format, std::string_view text,
                                         std::string_view language) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool is_json = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
    if (format == OccupationFormat::styrk || format == OccupationFormat::isco) {
        if (is_json) return invalid_input("a CSV was expected and this is JSON");
        const bool styrk = format == OccupationFormat::styrk;
        if (!styrk && language.empty()) return invalid_input("a CSV of ISCO: say its language");
        return code_list(text, styrk ? "nb" : language, styrk ? "styrk" : "isco");
    }
    if (!is_json) {
        if (format == OccupationFormat::ssyk) return invalid_input("JSON was expected");
        return esco_csv(text, language);
    }
    VAKANT_TRY(json, parse_json(text));
    if (format == OccupationFormat::esco) {
        if (!json.is_array() || json.items().empty()) return invalid_input("not ESCO's occupations: no list");
        return esco_json(json);
    }
    if (json["data"]["concepts"].is_array()) return ssyk_groups(json["data"]["concepts"]);
    if (!json.is_object() || json.members().empty()) return invalid_input("not a table of SSYK");
    return ssyk_occupations(json);
}

} // namespace vakant
