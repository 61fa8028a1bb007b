// Holds a folder of texts (assets/strings) against its own rules and against the sources that ask for the
// texts. Used by `vakant strings check`.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/strings/strings.h"

namespace vakant::tool {

struct StringsFinding {
    std::string kind; ///< "missing", "unused", "long", "format"
    std::string file; ///< "uk.json"
    std::string key;  ///< "" where the file as a whole is meant
    std::string what;
};

/// rules.json beside the texts: {"lengths": {"ui.*": 24}, "built": {"role.*": "why"}}. A length is letters of
/// the longest text that a pattern can become; the longest pattern of a name that fits counts, "*" fits all.
/// "built" names the keys that code puts together from parts, and so never quotes whole.
struct StringsRules {
    std::map<std::string, std::size_t> lengths;
    std::set<std::string> built;
};
Result<StringsRules> read_rules(const std::filesystem::path& folder);

/// "ui.*" fits "ui.home"; without the star only itself.
bool fits(std::string_view pattern, std::string_view key);

struct LanguageTexts {
    LanguageChoice language;
    std::vector<std::pair<std::string, std::string>> texts; ///< key and pattern, in the order of the file
    const std::string* find(std::string_view key) const;
};
/// Every language that languages.json ships, in its order.
Result<std::vector<LanguageTexts>> read_texts(const std::filesystem::path& folder);

/// What the texts themselves break: keys that a language lacks, budgets, and every rule of writing.
void check_texts(const std::vector<LanguageTexts>& all, const StringsRules& rules,
                 std::vector<StringsFinding>& findings);

/// What code and assets below `root` quote: every "..." of .cpp, .h and .py files, every {{...}} of
/// templates.
struct Quoted {
    std::set<std::string, std::less<>> texts;
    std::map<std::string, std::string> asked; ///< keys in get("...") and has("...") calls, with where
};
Result<Quoted> read_quoted(const std::filesystem::path& root);

/// Keys that nothing asks for, keys that are asked for and are not there, and "built" rules that fit nothing.
void check_usage(const std::vector<LanguageTexts>& all, const StringsRules& rules, const Quoted& quoted,
                 std::vector<StringsFinding>& findings);

/// Forms of the folder must have every language that ships, and keep the rules of writing.
void check_forms(const std::filesystem::path& forms, const std::vector<LanguageTexts>& all,
                 std::vector<StringsFinding>& findings);

} // namespace vakant::tool
