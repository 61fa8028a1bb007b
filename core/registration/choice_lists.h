// Long lists of choices that forms name by `{"from": NAME}`: assets/lists/NAME.json (README.md there
// describes the file). Read once, then any thread. Used by the kiosk's pages to find choices by typing.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

struct ListedChoice {
    std::string value; ///< what is kept and sent
    std::string text;  ///< in the reader's language
};

class ChoiceLists {
public:
    /// Every list in `folder`; a file that is none is refused by name. No folder: no lists.
    static Result<ChoiceLists> load(const std::filesystem::path& folder);
    /// One list, for tests.
    Outcome add(std::string_view name, const Json& json);

    bool has(std::string_view name) const { return lists_.contains(name); }
    /// The choice in words; "" where the list has no such value.
    std::string text(std::string_view name, std::string_view value, std::string_view language) const;
    /// What fits the words typed so far, best first: those that begin with them, then those with a word that
    /// does, each in the reader's alphabetical order; other languages and other names count too.
    std::vector<ListedChoice> find(std::string_view name, std::string_view typed, std::string_view language,
                                   std::size_t most) const;
    /// The value whose whole name was typed, in any language; "" for none.
    std::string value_named(std::string_view name, std::string_view typed, std::string_view language) const;

private:
    enum class Naming { own, language, region }; ///< texts in the file, or names that ICU knows
    struct Entry {
        std::string value;
        std::map<std::string, std::string, std::less<>> texts; ///< by language
        std::vector<std::string> also;                         ///< other names, only for finding
    };
    struct List {
        Naming naming = Naming::own;
        std::vector<Entry> entries;
    };
    static std::string text_of(const List& list, const Entry& entry, std::string_view language);
    std::map<std::string, List, std::less<>> lists_;
};

} // namespace vakant
