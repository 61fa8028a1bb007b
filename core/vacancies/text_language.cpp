#include "core/vacancies/text_language.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"

namespace vakant {
namespace {

constexpr std::size_t enough_letters = 2000; ///< of a text tell its language
constexpr int fewest_found = 6, fewest_different = 4;

/// Words that nearly every text of the language has, and that those of the others have not.
struct Language {
    std::string_view code;
    std::array<std::string_view, 18> words;
};
constexpr std::array<Language, 5> languages{{
    {"fi",
     {"ja", "on", "ei", "että", "tai", "sekä", "myös", "kanssa", "sinun", "olet", "ovat", "voit", "joka",
      "mutta", "kun", "niin", "meidän", "olemme"}},
    {"sv",
     {"och", "att", "är", "för", "från", "inte", "dig", "ett", "också", "vara", "samt", "inom", "ska", "våra",
      "efter", "vilket", "mycket", "arbete"}},
    {"no", // Bokmål and Nynorsk, told apart below; Danish too
     {"og", "er", "å", "ikke", "ikkje", "deg", "fra", "frå", "jeg", "eg", "være", "vere", "skal", "også",
      "etter", "noe", "noko", "til"}},
    {"en",
     {"and", "the", "of", "with", "you", "will", "our", "are", "your", "we", "have", "this", "that", "be",
      "from", "as", "is", "to"}},
    {"de",
     {"und", "der", "die", "das", "mit", "für", "sie", "wir", "ihre", "eine", "sind", "werden", "auf", "ist",
      "im", "bei", "zu", "von"}},
}};
constexpr std::array<std::string_view, 16> only_norwegian{
    "av",  "etter", "noe",    "noko",   "hva",         "mellom",   "utdanning", "arbeid",
    "deg", "søker", "søkjer", "søknad", "selvstendig", "kunnskap", "oppgaver",  "arbeidsoppgaver"};
constexpr std::array<std::string_view, 16> only_danish{
    "af",   "efter", "noget",     "hvad",        "mellem",   "uddannelse", "arbejde",        "dig",
    "mere", "søger", "ansøgning", "selvstændig", "kundskab", "opgaver",    "arbejdsopgaver", "medarbejder"};
constexpr std::array<std::string_view, 18> only_bokmaal{
    "ikke",       "jeg", "fra",  "være",  "noe",         "hva",        "hvordan",    "en",
    "et",         "mer", "dere", "søker", "selvstendig", "personlige", "egenskaper", "arbeidsoppgaver",
    "muligheter", "lønn"};
constexpr std::array<std::string_view, 18> only_nynorsk{
    "ikkje",        "eg",   "frå",  "vere",   "noko",         "kva",        "korleis",     "ein",
    "eit",          "meir", "dykk", "søkjer", "sjølvstendig", "personlege", "eigenskapar", "arbeidsoppgåver",
    "moglegheiter", "løn"};

struct Found {
    int all = 0, different = 0;
};
Found found_in(const std::vector<std::string>& words, std::span<const std::string_view> wanted) {
    Found found;
    for (const std::string_view one : wanted) {
        const auto [from, to] = std::equal_range(words.begin(), words.end(), one);
        const auto count = to - from;
        found.all += static_cast<int>(count);
        found.different += count > 0 ? 1 : 0;
    }
    return found;
}

/// In the order of the alphabet, each as often as it is there.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : lowered(text)) {
        const bool is_letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (is_letter) words.back() += c;
        if (!is_letter && !words.back().empty()) words.emplace_back();
    }
    std::sort(words.begin(), words.end());
    return words;
}

/// One of the two, where it is at least three times as frequent as the other.
std::string_view clearer(std::string_view one, int ones, std::string_view other, int others) {
    constexpr int least = 3;
    if (ones >= least && ones >= 3 * others) return one;
    return others >= least && others >= 3 * ones ? other : "";
}

} // namespace

std::string language_by_words(std::string_view text) {
    const std::vector<std::string> words = words_of(first_code_points(text, enough_letters));
    const Language* best = nullptr;
    Found most;
    int second = 0;
    for (const Language& language : languages) {
        const Found found = found_in(words, language.words);
        if (!best || found.all > most.all) {
            second = std::max(second, most.all);
            best = &language;
            most = found;
        } else {
            second = std::max(second, found.all);
        }
    }
    if (most.all < fewest_found || most.different < fewest_different || most.all < 3 * second) return "";
    if (best->code != "no") return std::string(best->code);
    const int norwegian = found_in(words, only_norwegian).all, danish = found_in(words, only_danish).all;
    if (clearer("no", norwegian, "da", danish) != "no") return "";
    return std::string(
        clearer("nb", found_in(words, only_bokmaal).all, "nn", found_in(words, only_nynorsk).all));
}

void note_likely_languages(Vacancy& vacancy) {
    for (VacancyText& text : vacancy.texts) {
        text.likely_language.clear();
        if (!text.language.empty()) continue;
        std::string all = text.title + "\n" + text.summary + "\n" + text.body_plain;
        for (const std::string& duty : text.duties)
            all += "\n" + duty;
        text.likely_language = language_by_words(all);
    }
}

} // namespace vakant
