#include "core/vacancies/occupations.h"

#include <algorithm>
#include <map>

#include "core/base/bytes.h"
#include "core/base/utf8.h"

namespace vakant {
namespace {

constexpr std::string_view format_name = "vakant-occupations/1";

std::string joined_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : "; ") + name;
    return text;
}

std::vector<std::string> parted_names(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        const std::string_view name = trimmed(text.substr(0, end));
        if (!name.empty()) names.emplace_back(name);
        text = end == std::string_view::npos ? "" : text.substr(end + 1);
    }
    return names;
}

Result<OccupationEntry> entry_from_json(const Json& json) {
    OccupationEntry entry;
    entry.id = json["id"].text();
    if (entry.id.empty()) return invalid_input("an entry without id");
    for (const Json& code : json["isco"].items()) {
        if (code.text().size() != 4) return invalid_input(entry.id + ": isco: not four digits");
        entry.isco.emplace_back(code.text());
    }
    if (!json["names"].is_object()) return invalid_input(entry.id + ": names: missing");
    for (const auto& [language, names] : json["names"].members()) {
        if (!names.is_string()) return invalid_input(entry.id + ": names." + language + ": not a text");
        entry.names.push_back({language, parted_names(names.text())});
    }
    return entry;
}

void add_names(OccupationEntry& entry, const OccupationNames& more) {
    auto known = std::find_if(entry.names.begin(), entry.names.end(),
                              [&more](const OccupationNames& one) { return one.language == more.language; });
    if (known == entry.names.end()) known = entry.names.insert(entry.names.end(), {more.language, {}});
    for (const std::string& name : more.names)
        if (std::find(known->names.begin(), known->names.end(), name) == known->names.end())
            known->names.push_back(name);
}

} // namespace

std::string_view OccupationEntry::name_in(std::string_view language) const {
    const OccupationNames* fallback = nullptr;
    for (const OccupationNames& one : names) {
        if (one.names.empty()) continue;
        if (one.language == language) return one.names.front();
        if (fallback == nullptr || one.language == "en") fallback = &one;
    }
    return fallback == nullptr ? std::string_view() : std::string_view(fallback->names.front());
}

Json to_json(const OccupationTable& table) {
    Json entries = Json::array();
    for (const OccupationEntry& entry : table.entries) {
        Json codes = Json::array(), names = Json::object();
        for (const std::string& code : entry.isco)
            codes.push(code);
        for (const OccupationNames& one : entry.names)
            names.set(one.language, joined_names(one.names));
        entries.push(Json::object({{"id", entry.id}, {"isco", codes}, {"names", names}}));
    }
    Json links = Json::array();
    for (const OccupationLink& link : table.links)
        links.push(Json::array({link.scheme, link.code, link.isco}));
    return Json::object({{"format", format_name}, {"id", table.id}, {"entries", entries}, {"links", links}});
}

Result<OccupationTable> occupations_from_json(const Json& json) {
    if (json["format"].text() != format_name) return invalid_input("format: not " + std::string(format_name));
    OccupationTable table;
    table.id = json["id"].text();
    if (table.id.empty()) return invalid_input("id: missing");
    for (const Json& item : json["entries"].items()) {
        VAKANT_TRY(entry, entry_from_json(item));
        table.entries.push_back(std::move(entry));
    }
    for (const Json& link : json["links"].items()) {
        if (link.size() != 3) return invalid_input("links: not scheme, code and ISCO-08 code");
        table.links.push_back(
            {std::string(link[0].text()), std::string(link[1].text()), std::string(link[2].text())});
    }
    return table;
}

Result<std::vector<OccupationTable>> read_occupation_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    if (problem) return not_found(folder.string() + ": " + problem.message());
    std::sort(files.begin(), files.end());
    std::vector<OccupationTable> tables;
    for (const std::filesystem::path& file : files) {
        VAKANT_TRY(text, read_file(file));
        auto json = parse_json(text);
        if (!json.ok()) return at(file.string(), json.error());
        auto table = occupations_from_json(*json);
        if (!table.ok()) return at(file.string(), table.error());
        tables.push_back(std::move(*table));
    }
    return tables;
}

OccupationTable joined(std::vector<OccupationTable> tables) {
    std::map<std::string, OccupationEntry> by_id;
    std::map<std::pair<std::string, std::string>, std::string> links;
    for (OccupationTable& table : tables) {
        for (OccupationEntry& entry : table.entries) {
            OccupationEntry& known = by_id[entry.id];
            known.id = entry.id;
            for (const std::string& code : entry.isco)
                if (std::find(known.isco.begin(), known.isco.end(), code) == known.isco.end())
                    known.isco.push_back(code);
            for (const OccupationNames& names : entry.names)
                add_names(known, names);
        }
        for (const OccupationLink& link : table.links)
            links.emplace(std::pair{link.scheme, link.code}, link.isco);
    }
    OccupationTable all;
    for (auto& [names, code] : links) {
        // A finer list of another classification says only which of its groups a word is of.
        if (code.starts_with("SSYK2012 ")) {
            const auto group = links.find({"SSYK2012", code.substr(9)});
            if (group == links.end()) continue;
            code = group->second;
        }
        const std::string id = (names.first == "AF" ? "af:" : "") + names.second;
        if (const auto entry = by_id.find(id); entry != by_id.end() && entry->second.isco.empty())
            entry->second.isco.push_back(code);
        all.links.push_back({names.first, names.second, code});
    }
    for (auto& [id, entry] : by_id)
        all.entries.push_back(std::move(entry));
    return all;
}

} // namespace vakant
