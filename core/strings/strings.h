// Every text that a person sees or hears, by key and language, from assets/strings/<language>.json. Used by
// the kiosk's pages and by the agency's mails and pages. Plain values after loading: any thread may read.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/text/text.h"

namespace vakant {

/// The languages of the kiosk's pages, in the order of the language chips, each with its own name.
struct LanguageChoice {
    std::string code; ///< "fi", "fi-simple", "ar"
    std::string own_name;
    std::string greeting = {}; ///< what the attract page asks, "Etsitkö työtä?"
    std::string start = {};    ///< and the word on its button
};

class Strings {
public:
    /// `folder`/<language>.json: {"<key>": "<ICU message>"}; keys are dotted, "home.title". A key
    /// "<key>.spoken" holds another text for speech. Every pattern is checked at load; the first bad one is
    /// named. The pseudo-language (core/strings/pseudo.h) is made of English.
    static Result<Strings> load(const std::filesystem::path& folder, std::string_view language);

    std::string_view language() const { return language_; }
    Direction direction() const { return direction_of(language_); }

    /// The text. A key that is missing gives "[key]": seen in every test that looks, never silent.
    std::string get(std::string_view key, const MessageArguments& arguments = {}) const;
    bool has(std::string_view key) const;
    std::vector<std::string> keys() const;

private:
    std::string language_;
    std::map<std::string, std::string, std::less<>> patterns_;
};

/// The choices that ship: read from `folder`/languages.json, an array of {"code", "name"} with the attract
/// page's
/// {"greeting", "start"}. One that is being prepared stands there with "shipped": false.
Result<std::vector<LanguageChoice>> load_languages(const std::filesystem::path& folder);

} // namespace vakant
