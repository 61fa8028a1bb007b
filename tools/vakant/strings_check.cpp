#include "tools/vakant/strings_check.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/json/json.h"
#include "core/text/message_shape.h"
#include "tools/vakant/strings_writing.h"

namespace vakant::tool {
namespace {

constexpr std::size_t longest_of_all = 400;
constexpr std::string_view spoken_suffix = ".spoken";

Result<Json> read_json(const std::filesystem::path& path) {
    auto text = read_file(path);
    if (!text.ok()) return text.error();
    auto json = parse_json(*text);
    if (!json.ok()) return at(path.string(), json.error());
    return json;
}

bool is_spoken(std::string_view key) {
    return key.ends_with(spoken_suffix);
}

std::string joined(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "none" : text;
}

std::set<std::string> less(const std::set<std::string>& these, const std::set<std::string>& those) {
    std::set<std::string> rest;
    std::set_difference(these.begin(), these.end(), those.begin(), those.end(),
                        std::inserter(rest, rest.begin()));
    return rest;
}

std::size_t budget_of(std::string_view key, const StringsRules& rules) {
    std::size_t budget = longest_of_all, longest_name = 0;
    for (const auto& [pattern, letters] : rules.lengths) {
        if (fits(pattern, key) && pattern.size() >= longest_name) {
            budget = letters;
            longest_name = pattern.size();
        }
    }
    return budget;
}

/// One text of one language against the rules.
class TextCheck {
public:
    TextCheck(const LanguageTexts& language, const std::string& key, const std::string& pattern,
              std::vector<StringsFinding>& findings)
        : language_(language), key_(key), pattern_(pattern), findings_(findings) {}

    void run(const std::string* first_pattern, const StringsRules& rules) {
        const auto shape = shape_of(pattern_);
        if (!shape.ok()) return found("format", shape.error().detail);
        if (pattern_.empty()) found("missing", "the text is empty");
        check_arguments(*shape, first_pattern);
        check_choices(*shape);
        const std::size_t budget = budget_of(key_, rules);
        if (!is_spoken(key_) && shape->longest > budget) {
            found("long",
                  std::to_string(shape->longest) + " letters where " + std::to_string(budget) + " have room");
        }
        if (key_ != "common.list_separator" && (pattern_.starts_with(' ') || pattern_.ends_with(' ')))
            found("format", "a space at the edge");
        for (const std::string& fault : faults_of_writing(shape->literals, language_.language.code))
            found("format", fault);
    }

private:
    void found(const std::string& kind, const std::string& what) {
        findings_.push_back({kind, language_.language.code + ".json", key_, what});
    }

    void check_arguments(const MessageShape& shape, const std::string* first_pattern) {
        if (first_pattern == nullptr) return;
        const auto first = shape_of(*first_pattern);
        if (!first.ok() || first->arguments == shape.arguments) return;
        found("format", "asks for the values " + joined(shape.arguments) + ", the first language for " +
                            joined(first->arguments));
    }

    void check_choices(const MessageShape& shape) {
        for (const MessageShape::Choice& choice : shape.choices) {
            if (choice.kind != MessageShape::Choice::Kind::plural) continue;
            std::set<std::string> given;
            for (const std::string& selector : choice.selectors) {
                if (!selector.starts_with('=')) given.insert(selector);
            }
            const std::set<std::string> needed = plural_categories(language_.language.code);
            if (const auto lacking = less(needed, given); !lacking.empty())
                found("format", "plural of {" + choice.argument + "} lacks " + joined(lacking));
            if (const auto idle = less(given, needed); !idle.empty())
                found("format", "plural of {" + choice.argument + "} has " + joined(idle) +
                                    ", which the language never uses");
        }
    }

    const LanguageTexts& language_;
    const std::string& key_;
    const std::string& pattern_;
    std::vector<StringsFinding>& findings_;
};

} // namespace

bool fits(std::string_view pattern, std::string_view key) {
    if (!pattern.ends_with('*')) return pattern == key;
    return key.starts_with(pattern.substr(0, pattern.size() - 1));
}

Result<StringsRules> read_rules(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "rules.json";
    VAKANT_TRY(json, read_json(path));
    StringsRules rules;
    for (const auto& [pattern, letters] : json["lengths"].members()) {
        if (letters.integer_or(0) <= 0)
            return invalid_input(path.string() + ": lengths: " + pattern + ": is no number above 0");
        rules.lengths.emplace(pattern, static_cast<std::size_t>(letters.integer_or(0)));
    }
    for (const auto& [pattern, why] : json["built"].members()) {
        if (why.text().empty())
            return invalid_input(path.string() + ": built: " + pattern + ": does not say by what");
        rules.built.insert(pattern);
    }
    return rules;
}

const std::string* LanguageTexts::find(std::string_view key) const {
    const auto found =
        std::ranges::find(texts, key, [](const auto& text) { return std::string_view(text.first); });
    return found == texts.end() ? nullptr : &found->second;
}

Result<std::vector<LanguageTexts>> read_texts(const std::filesystem::path& folder) {
    VAKANT_TRY(languages, load_languages(folder));
    if (languages.empty()) return invalid_input((folder / "languages.json").string() + ": no language ships");
    std::vector<LanguageTexts> all;
    for (LanguageChoice& language : languages) {
        const std::filesystem::path path = folder / (language.code + ".json");
        VAKANT_TRY(json, read_json(path));
        LanguageTexts texts{std::move(language), {}};
        for (const auto& [key, text] : json.members()) {
            if (!text.is_string()) return invalid_input(path.string() + ": " + key + ": is not a text");
            texts.texts.emplace_back(key, std::string(text.text()));
        }
        all.push_back(std::move(texts));
    }
    return all;
}

void check_texts(const std::vector<LanguageTexts>& all, const StringsRules& rules,
                 std::vector<StringsFinding>& findings) {
    std::set<std::string> keys;
    for (const LanguageTexts& language : all) {
        for (const auto& [key, text] : language.texts) {
            if (!is_spoken(key)) keys.insert(key);
        }
    }
    for (const LanguageTexts& language : all) {
        for (const std::string& key : keys) {
            if (language.find(key) == nullptr)
                findings.push_back({"missing", language.language.code + ".json", key, "has no text"});
        }
        for (const auto& [key, text] : language.texts)
            TextCheck(language, key, text, findings).run(all.front().find(key), rules);
    }
}

void check_usage(const std::vector<LanguageTexts>& all, const StringsRules& rules, const Quoted& quoted,
                 std::vector<StringsFinding>& findings) {
    const LanguageTexts& first = all.front();
    const auto is_asked_for = [&](std::string_view key) {
        if (is_spoken(key)) key.remove_suffix(spoken_suffix.size());
        return quoted.texts.contains(key) ||
               std::ranges::any_of(rules.built,
                                   [&](const std::string& pattern) { return fits(pattern, key); });
    };
    std::set<std::string> reported;
    for (const LanguageTexts& language : all) {
        for (const auto& [key, text] : language.texts) {
            if (!is_asked_for(key) && reported.insert(key).second)
                findings.push_back({"unused", language.language.code + ".json", key, "nothing asks for it"});
        }
    }
    for (const std::string& pattern : rules.built) {
        const bool is_needed =
            std::ranges::any_of(first.texts, [&](const auto& text) { return fits(pattern, text.first); });
        if (!is_needed) findings.push_back({"unused", "rules.json", pattern, "fits no text"});
    }
    for (const auto& [key, where] : quoted.asked) {
        if (first.find(key) == nullptr)
            findings.push_back({"missing", first.language.code + ".json", key, "is asked for in " + where});
    }
}

void check_forms(const std::filesystem::path& forms, const std::vector<LanguageTexts>& all,
                 std::vector<StringsFinding>& findings) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(forms, none)) {
        if (entry.path().extension() != ".json") continue;
        const std::string name = "forms/" + entry.path().filename().string();
        const auto json = read_json(entry.path());
        if (!json.ok()) {
            findings.push_back({"format", name, "", json.error().detail});
            continue;
        }
        for (const LanguageTexts& language : all) {
            const auto& offered = (*json)["languages"].items();
            const bool has = std::ranges::any_of(
                offered, [&](const Json& code) { return code.text() == language.language.code; });
            for (const auto& [key, text] : (*json)["i18n"][language.language.code].members()) {
                for (const std::string& fault :
                     faults_of_writing({std::string(text.text())}, language.language.code))
                    findings.push_back({"format", name, language.language.code + " " + key, fault});
            }
            if (!has)
                findings.push_back({"missing", name, "", "is not offered in " + language.language.code});
        }
    }
}

} // namespace vakant::tool
