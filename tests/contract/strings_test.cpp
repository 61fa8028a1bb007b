#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "core/base/bytes.h"
#include "core/json/json.h"
#include "core/strings/strings.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path folder = source_dir() + "/assets/strings";

Json texts_of(const std::string& language) {
    const Result<std::string> file = read_file(folder / (language + ".json"));
    REQUIRE(file.ok());
    Result<Json> json = parse_json(*file);
    REQUIRE(json.ok());
    return *json;
}

/// The names of a pattern's values: "{count, plural, one {# place} other {{n} places}}" gives "count" and
/// "n". Values and the branches of plurals alternate as the braces go deeper.
std::set<std::string> placeholders_of(std::string_view pattern) {
    std::set<std::string> names;
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '}') --depth;
        if (pattern[at] != '{' || depth++ % 2 != 0) continue;
        names.emplace(pattern.substr(at + 1, pattern.find_first_of(",}", at) - at - 1));
    }
    return names;
}

/// Keys that stand as literals in calls of get() and has() in one file.
std::set<std::string> keys_used_in(const std::filesystem::path& file) {
    const Result<std::string> text = read_file(file);
    REQUIRE(text.ok());
    std::set<std::string> keys;
    for (std::size_t at = text->find("get(\""); at != std::string::npos; at = text->find("get(\"", at + 1)) {
        const std::size_t first = at + 5, last = text->find('"', first);
        const std::string key = text->substr(first, last - first);
        if (!key.ends_with('.')) keys.insert(key);
    }
    return keys;
}

} // namespace

TEST_CASE("every language has every text, with the same placeholders") {
    constexpr std::string_view suffix = ".spoken";
    const Json finnish = texts_of("fi");
    std::size_t written_texts = 0;
    for (const auto& [key, pattern] : finnish.members())
        written_texts += key.ends_with(suffix) ? 0 : 1;
    const Result<std::vector<LanguageChoice>> languages = load_languages(folder);
    REQUIRE(languages.ok());
    for (const LanguageChoice& choice : *languages) {
        const std::string& language = choice.code;
        const Json other = texts_of(language);
        for (const auto& [key, pattern] : finnish.members()) {
            INFO(language << " " << key);
            if (key.ends_with(suffix)) continue; // each language has its own
            REQUIRE(other.contains(key));
            CHECK_FALSE(other[key].text().empty());
            CHECK(placeholders_of(other[key].text()) == placeholders_of(pattern.text()));
        }
        // Beside them only spoken texts, each of a text that can be found by what it says.
        std::size_t spoken = 0;
        for (const auto& [key, pattern] : other.members()) {
            if (!key.ends_with(suffix)) continue;
            ++spoken;
            const std::string written = key.substr(0, key.size() - suffix.size());
            INFO(language << " " << key);
            REQUIRE(other.contains(written));
            CHECK(placeholders_of(other[written].text()).empty());
        }
        CHECK(other.size() - spoken == written_texts);
    }
}

TEST_CASE("every pattern of every language can be read") {
    const Result<std::vector<LanguageChoice>> languages = load_languages(folder);
    REQUIRE(languages.ok());
    REQUIRE(languages->size() == 8);
    for (const LanguageChoice& language : *languages) {
        const Result<Strings> strings = Strings::load(folder, language.code);
        INFO(language.code << (strings.ok() ? "" : ": " + strings.error().detail));
        CHECK(strings.ok());
    }
}

TEST_CASE("every text that a page asks for by name is there") {
    const Json finnish = texts_of("fi");
    std::size_t asked = 0;
    for (const std::string room : {"kiosk/pages", "kiosk/app"}) {
        const std::filesystem::path root = std::filesystem::path(source_dir()) / room;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            if (entry.path().extension() != ".cpp") continue;
            for (const std::string& key : keys_used_in(entry.path())) {
                INFO(entry.path().filename() << " asks for " << key);
                CHECK(finnish.contains(key));
                ++asked;
            }
        }
    }
    CHECK(asked > 150);
}
