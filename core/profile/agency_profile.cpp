#include "core/profile/agency_profile.h"

#include <algorithm>
#include <initializer_list>

#include "core/base/utf8.h"
#include "core/brand/brand.h"

namespace vakant {
namespace {

constexpr std::string_view format_name = "vakant-agency-profile/1";
constexpr std::size_t longest_line = 200, longest_text = 4000; ///< code points
constexpr std::size_t most_items = 200;

std::string path_to(std::string_view path, std::string_view name) {
    return path.empty() ? std::string(name) : std::string(path) + "." + std::string(name);
}
std::string path_to(std::string_view path, std::size_t index) {
    return std::string(path) + "[" + std::to_string(index) + "]";
}
Error wrong(std::string_view path, std::string_view what) {
    return invalid_input(std::string(path) + ": " + std::string(what));
}

Outcome check_members(const Json& json, std::string_view path,
                      std::initializer_list<std::string_view> known) {
    if (!json.is_object()) return wrong(path.empty() ? "profile" : path, "must be an object");
    for (const auto& [name, value] : json.members()) {
        if (std::find(known.begin(), known.end(), name) == known.end())
            return wrong(path_to(path, name), "no such member");
    }
    return done();
}

Result<std::string> read_line(const Json& json, std::string_view path, std::size_t longest = longest_line) {
    if (json.is_null()) return std::string();
    if (!json.is_string()) return wrong(path, "must be a text");
    const std::string text(trimmed(json.text()));
    if (code_point_count(text) > longest)
        return wrong(path, "longer than " + std::to_string(longest) + " characters");
    return text;
}

bool is_language(std::string_view text) {
    const std::size_t main = std::min(text.find('-'), text.size());
    return (main == 2 || main == 3) &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

Result<LocalText> read_local(const Json& json, std::string_view path) {
    LocalText out;
    if (json.is_null()) return out;
    if (!json.is_object())
        return wrong(path, "must be an object of texts by language, such as {\"fi\": \"...\"}");
    for (const auto& [language, value] : json.members()) {
        const std::string member = path_to(path, language);
        if (!is_language(language)) return wrong(member, "not a language");
        VAKANT_TRY(text, read_line(value, member, longest_text));
        if (text.empty()) return wrong(member, "is empty");
        out.texts.emplace_back(language, std::move(text));
    }
    return out;
}

template <typename T, typename Read>
Result<std::vector<T>> read_list(const Json& json, std::string_view path, const Read& read) {
    std::vector<T> out;
    if (json.is_null()) return out;
    if (!json.is_array()) return wrong(path, "must be a list");
    if (json.size() > most_items) return wrong(path, "longer than " + std::to_string(most_items) + " items");
    for (std::size_t i = 0; i < json.size(); ++i) {
        VAKANT_TRY(item, read(json[i], path_to(path, i)));
        out.push_back(std::move(item));
    }
    return out;
}

Result<std::string> read_name(const Json& json, const std::string& path) {
    VAKANT_TRY(name, read_line(json, path));
    if (name.empty()) return wrong(path, "is needed");
    return name;
}

Result<AgencyOffice> read_office(const Json& json, const std::string& path) {
    VAKANT_CHECK(check_members(json, path, {"name", "address", "hours", "phone"}));
    VAKANT_TRY(name, read_local(json["name"], path_to(path, "name")));
    VAKANT_TRY(hours, read_local(json["hours"], path_to(path, "hours")));
    VAKANT_TRY(address, read_name(json["address"], path_to(path, "address")));
    VAKANT_TRY(phone, read_line(json["phone"], path_to(path, "phone")));
    if (name.empty()) return wrong(path_to(path, "name"), "is needed");
    return AgencyOffice{std::move(name), std::move(hours), std::move(address), std::move(phone)};
}

Result<OtherAgency> read_other(const Json& json, const std::string& path) {
    VAKANT_CHECK(check_members(json, path, {"name", "phone", "homepage", "note"}));
    VAKANT_TRY(name, read_name(json["name"], path_to(path, "name")));
    VAKANT_TRY(phone, read_line(json["phone"], path_to(path, "phone")));
    VAKANT_TRY(homepage, read_line(json["homepage"], path_to(path, "homepage")));
    VAKANT_TRY(note, read_local(json["note"], path_to(path, "note")));
    const bool is_address =
        homepage.empty() || homepage.starts_with("https://") || homepage.starts_with("http://");
    if (!is_address) return wrong(path_to(path, "homepage"), "must begin with https:// or http://");
    return OtherAgency{std::move(name), std::move(phone), std::move(homepage), std::move(note)};
}

Result<FollowUp> read_follow_up(const Json& json, const std::string& path) {
    FollowUp out;
    if (json.is_null()) return out;
    VAKANT_CHECK(check_members(json, path, {"who", "within_working_days"}));
    VAKANT_TRY(who, read_local(json["who"], path_to(path, "who")));
    out.who = std::move(who);
    if (const Json* days = json.find("within_working_days")) {
        constexpr std::int64_t most_days = 60;
        if (!days->is_integer() || days->integer_or(0) < 1 || days->integer_or(0) > most_days)
            return wrong(path_to(path, "within_working_days"), "must be a whole number from 1 to 60");
        out.within_working_days = static_cast<int>(days->integer_or(0));
    }
    return out;
}

Result<Json> read_brand(const Json& json, const std::string& path) {
    if (json.is_null()) return Json();
    VAKANT_CHECK(check_members(json, path, {"name", "greeting", "colours", "logo"}));
    return json;
}

/// The name and the greeting stand once in the file; who draws the brand finds all of it in one place.
/// Refused where its colours miss the contrast.
Result<Json> whole_brand(Json brand, const Json& profile) {
    if (brand.is_null()) return brand;
    for (const std::string_view member : {"name", "greeting"}) {
        if (!brand.contains(member) && profile.contains(member)) brand.set(member, profile[member]);
    }
    if (const auto drawn = parse_brand(brand); !drawn.ok()) return at("brand", drawn.error());
    return brand;
}

Result<VacancySelection> read_selection(const Json& json, const std::string& path) {
    VacancySelection out;
    if (json.is_null()) return out;
    VAKANT_CHECK(check_members(json, path, {"places", "fields", "own_only"}));
    VAKANT_TRY(places, read_list<std::string>(json["places"], path_to(path, "places"), read_name));
    VAKANT_TRY(fields, read_list<std::string>(json["fields"], path_to(path, "fields"), read_name));
    if (json.contains("own_only") && !json["own_only"].is_bool())
        return wrong(path_to(path, "own_only"), "must be true or false");
    return VacancySelection{std::move(places), std::move(fields), json["own_only"].bool_or(false)};
}

} // namespace

LocalText::Found LocalText::in(std::string_view language) const {
    const auto find = [&](std::string_view wanted) {
        return std::find_if(texts.begin(), texts.end(), [&](const auto& it) { return it.first == wanted; });
    };
    for (const std::string_view wanted :
         {language, language.substr(0, language.find('-')), std::string_view("en")}) {
        if (const auto found = find(wanted); found != texts.end()) return {found->first, found->second};
    }
    if (texts.empty()) return {};
    return {texts.front().first, texts.front().second};
}

Json to_json(const VacancySelection& selection) {
    const auto list = [](const std::vector<std::string>& texts) {
        Json out = Json::array();
        for (const std::string& text : texts)
            out.push(text);
        return out;
    };
    return Json::object({{"places", list(selection.places)},
                         {"fields", list(selection.fields)},
                         {"own_only", selection.own_only}});
}

Result<VacancySelection> selection_from_json(const Json& json) {
    return read_selection(json, "selection");
}

Result<AgencyProfile> agency_profile_from_json(const Json& json) {
    VAKANT_CHECK(check_members(json, "",
                               {"profile", "version", "name", "greeting", "about", "registering", "offices",
                                "employers", "other_agencies", "follow_up", "brand", "mirror"}));
    if (json["profile"].text() != format_name)
        return wrong("profile", "must be \"" + std::string(format_name) + "\"");
    AgencyProfile out;
    VAKANT_TRY(version, read_line(json["version"], "version"));
    VAKANT_TRY(name, read_name(json["name"], "name"));
    VAKANT_TRY(greeting, read_local(json["greeting"], "greeting"));
    VAKANT_TRY(about, read_local(json["about"], "about"));
    VAKANT_TRY(registering, read_local(json["registering"], "registering"));
    VAKANT_TRY(offices, read_list<AgencyOffice>(json["offices"], "offices", read_office));
    VAKANT_TRY(employers, read_list<std::string>(json["employers"], "employers", read_name));
    VAKANT_TRY(others, read_list<OtherAgency>(json["other_agencies"], "other_agencies", read_other));
    VAKANT_TRY(follow_up, read_follow_up(json["follow_up"], "follow_up"));
    VAKANT_TRY(own_brand, read_brand(json["brand"], "brand"));
    VAKANT_TRY(brand, whole_brand(std::move(own_brand), json));
    VAKANT_TRY(mirror, read_selection(json["mirror"], "mirror"));
    return AgencyProfile{std::move(version),     std::move(name),    std::move(greeting),  std::move(about),
                         std::move(registering), std::move(offices), std::move(employers), std::move(others),
                         std::move(follow_up),   std::move(brand),   std::move(mirror)};
}

Result<AgencyProfile> agency_profile_from_text(std::string_view text) {
    VAKANT_TRY(json, parse_json(text));
    return agency_profile_from_json(json);
}

} // namespace vakant
