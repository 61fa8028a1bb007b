#include "core/strings/strings.h"

#include <fstream>
#include <iterator>

#include "core/json/json.h"
#include "core/strings/pseudo.h"

namespace vakant {
namespace {

Result<Json> read_json(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return not_found(path.string() + ": cannot be read");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto json = parse_json(text);
    if (!json.ok()) return at(path.string(), json.error());
    return json;
}

} // namespace

Result<Strings> Strings::load(const std::filesystem::path& folder, std::string_view language) {
    const bool is_pseudo = language == pseudo_language;
    const std::filesystem::path path = folder / (std::string(is_pseudo ? "en" : language) + ".json");
    VAKANT_TRY(json, read_json(path));
    if (!json.is_object()) return invalid_input(path.string() + ": is not an object of key and text");
    Strings strings;
    strings.language_ = language;
    for (const auto& [key, pattern] : json.members()) {
        const std::string where = path.string() + ": " + key;
        if (!pattern.is_string()) return invalid_input(where + ": is not a text");
        if (const Outcome checked = check_message(pattern.text(), language); !checked.ok()) {
            return at(where, checked.error());
        }
        std::string text(pattern.text());
        if (is_pseudo) {
            VAKANT_TRY(changed, pseudo_message(text));
            text = std::move(changed);
        }
        strings.patterns_.insert_or_assign(key, std::move(text));
    }
    return strings;
}

std::string Strings::get(std::string_view key, const MessageArguments& arguments) const {
    const auto found = patterns_.find(key);
    if (found != patterns_.end()) {
        auto text = format_message(found->second, language_, arguments);
        if (text.ok()) return std::move(text).value();
    }
    return "[" + std::string(key) + "]";
}

bool Strings::has(std::string_view key) const {
    return patterns_.contains(key);
}

std::vector<std::string> Strings::keys() const {
    std::vector<std::string> keys;
    keys.reserve(patterns_.size());
    for (const auto& [key, pattern] : patterns_)
        keys.push_back(key);
    return keys;
}

Result<std::vector<LanguageChoice>> load_languages(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "languages.json";
    VAKANT_TRY(json, read_json(path));
    if (!json.is_array()) return invalid_input(path.string() + ": is not an array");
    std::vector<LanguageChoice> choices;
    for (const Json& item : json.items()) {
        auto code = item.require_text("code");
        if (!code.ok()) return at(path.string(), code.error());
        auto name = item.require_text("name");
        if (!name.ok()) return at(path.string(), name.error());
        if (!item["shipped"].bool_or(true)) continue;
        choices.push_back({std::move(code).value(), std::move(name).value(),
                           std::string(item["greeting"].text()), std::string(item["start"].text())});
    }
    return choices;
}

} // namespace vakant
