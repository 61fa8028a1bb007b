// Finnish place names out of their local cases: the endings come off and consonant gradation is undone, in
// every way that Finnish grammar knows, since only the list of places can tell which one is meant.
#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/search_words.h"

namespace vakant {
namespace {

struct Change {
    std::string_view weak, strong;
};
/// Before the last vowel: Helsingi- Helsinki, Lahde- Lahti, Kanka- Kangas is not undone (stem change).
constexpr std::array gradation{Change{"ng", "nk"}, Change{"nn", "nt"}, Change{"mm", "mp"}, Change{"ll", "lt"},
                               Change{"rr", "rt"}, Change{"d", "t"},   Change{"v", "p"},   Change{"p", "pp"},
                               Change{"t", "tt"},  Change{"k", "kk"},  Change{"r", "rk"},  Change{"l", "lk"},
                               Change{"h", "hk"}};
constexpr std::array endings{
    std::string_view("ssä"), std::string_view("ssa"),  std::string_view("stä"), std::string_view("sta"),
    std::string_view("llä"), std::string_view("lla"),  std::string_view("ltä"), std::string_view("lta"),
    std::string_view("lle"), std::string_view("seen"), std::string_view("een"), std::string_view("iin"),
    std::string_view("uun"), std::string_view("oon"),  std::string_view("aan"), std::string_view("ään"),
    std::string_view("yyn"), std::string_view("öön"),  std::string_view("n")};

void add(std::vector<std::string>& names, std::string name) {
    if (name.size() >= 3 && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
}

/// The stem as it stands, and with its last vowel or syllable as the nominative has it.
void add_nominatives(std::vector<std::string>& names, const std::string& stem) {
    add(names, stem);
    if (stem.ends_with("e")) {
        const std::string bare = stem.substr(0, stem.size() - 1);
        add(names, bare + "i");  // rovanieme- rovaniemi
        add(names, bare + "ki"); // seinäjoe- seinäjoki
        add(names, bare);        // tamperee- tampere
    }
    if (stem.ends_with("kse")) add(names, stem.substr(0, stem.size() - 3) + "s"); // parikse-
    if (stem.ends_with("a") || stem.ends_with("i")) add(names, stem + "s");
}

} // namespace

std::vector<std::string> place_candidates(const std::string& word) {
    std::vector<std::string> names;
    for (const std::string_view ending : endings) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 3) continue;
        std::string stem = word.substr(0, word.size() - ending.size());
        // Into a place: the vowel is doubled before n and one of the two belongs to the stem.
        const bool is_into = ending.size() >= 3 && ending.ends_with("n") && ending != "seen";
        if (is_into) stem += first_code_points(ending, 1);
        add_nominatives(names, stem);
        const std::u32string letters = to_utf32(stem);
        if (letters.size() < 3) continue;
        const std::string vowel = to_utf8(std::u32string_view(letters).substr(letters.size() - 1));
        const std::string trunk = stem.substr(0, stem.size() - vowel.size());
        for (const Change& change : gradation) {
            if (!trunk.ends_with(change.weak)) continue;
            add_nominatives(names, trunk.substr(0, trunk.size() - change.weak.size()) +
                                       std::string(change.strong) + vowel);
        }
    }
    // Genitive of other languages: Stockholms, Oslos.
    if (word.ends_with("s") && word.size() > 4) add(names, word.substr(0, word.size() - 1));
    return names;
}

} // namespace vakant
