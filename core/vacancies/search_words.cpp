#include "core/vacancies/search_words.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/text/text.h"

namespace vakant {
namespace {

/// Words longer than this are codes and addresses; they have no stem worth having.
constexpr std::size_t longest_stemmed = 64;
constexpr std::size_t remembered_words = 40'000;

bool is_arabic_mark(char32_t c) {
    return c == 0x0640 || (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x06D6 && c <= 0x06ED);
}

bool is_word_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7) return false;
    if (c >= 0x0600 && c <= 0x0610) return false; // signs
    if (c == 0x061B || c == 0x061C || c == 0x061E || c == 0x061F || c == 0x06D4) return false;
    if (c >= 0x066A && c <= 0x066D) return false;
    if (c >= 0x2000 && c <= 0x2BFF) return false; // punctuation, arrows, symbols
    if (c >= 0x2E00 && c <= 0x303F) return false;
    if (c >= 0xFE00 && c <= 0xFE0F) return false;
    if (c >= 0xFF00 && c <= 0xFF0F) return false;
    return c < 0x1F000 || c > 0x1FAFF;
}

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/// One spelling for letters that people write in several ways.
char32_t usual_letter(char32_t c) {
    switch (c) {
    case 0x0451: // ё
        return 0x0435;
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671: // alef with madda, hamza, wasla
        return 0x0627;
    case 0x0649: // alef maqsura
    case 0x0626: // yeh with hamza
        return 0x064A;
    case 0x0629: // taa marbuta
        return 0x0647;
    case 0x0624: // waw with hamza
        return 0x0648;
    default:
        return c;
    }
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings, std::size_t keep,
                   std::string& out) {
    for (const std::string_view ending : endings) {
        if (!word.ends_with(ending)) continue;
        const std::string_view rest = word.substr(0, word.size() - ending.size());
        if (code_point_count(rest) < keep) continue;
        out = std::string(rest);
        return true;
    }
    return false;
}

/// прибиральниця and прибиральник, уборщица and уборщик are one occupation.
std::string without_gender(std::string stem) {
    for (const std::string_view feminine : {"ниц", "щиц", "чиц"}) {
        if (!stem.ends_with(feminine)) continue;
        stem.replace(stem.size() - std::string_view("ц").size(), std::string::npos, "к");
        break;
    }
    return stem;
}

std::string ukrainian_stem(std::string_view word) {
    std::string rest(word);
    ends_with_any(word, {"ість", "ості", "істю"}, 3, rest);
    if (rest.size() == word.size())
        ends_with_any(word, {"ями", "ами", "еві", "ові", "єві", "ого", "ому", "ими", "їми", "ьою", "ією",
                             "ою",  "ею",  "єю",  "ів",  "їв",  "ий",  "ій",  "их",  "їх",  "ах",  "ях",
                             "ам",  "ям",  "ом",  "ем",  "єм",  "ім",  "им",  "ів",  "ою",  "а",   "я",
                             "о",   "е",   "є",   "у",   "ю",   "и",   "і",   "ї",   "ь",   "й"},
                      3, rest);
    std::string soft;
    if (ends_with_any(rest, {"ь"}, 3, soft)) rest = soft;
    return without_gender(rest);
}

/// Finnish names many occupations by -mies, whose h comes and goes and which no stemmer follows: putkimiehet,
/// putkimiestä. "miehistö" and "miehitys" are other words.
std::string finnish_base(std::string_view word) {
    constexpr std::string_view base = "mies";
    constexpr std::string_view endings[]{
        "hen",   "het",   "hellä", "helle", "heltä", "hessä", "hestä", "heksi", "henä", "heen", "hiä", "hien",
        "hille", "hillä", "hiltä", "hissä", "histä", "hiksi", "hinä",  "hiin",  "stä",  "sten", "sta", "hia"};
    const std::size_t at = word.rfind("mie");
    if (at == word.npos) return std::string(word);
    const std::string_view ending = word.substr(at + 3);
    if (std::find(std::begin(endings), std::end(endings), ending) == std::end(endings))
        return std::string(word);
    return std::string(word.substr(0, at)).append(base);
}

std::string arabic_stem(std::string_view word) {
    std::string rest(word);
    for (const std::string_view article : {"وال", "بال", "كال", "فال", "لل", "ال"}) {
        if (!rest.starts_with(article)) continue;
        if (code_point_count(rest) - code_point_count(article) < 3) continue;
        rest.erase(0, article.size());
        break;
    }
    if (rest.size() == word.size()) {
        // A bare clitic is a letter of many roots: only in front of a word that stays long.
        for (const std::string_view clitic : {"و", "ب", "ل"}) {
            if (!rest.starts_with(clitic) || code_point_count(rest) < 6) continue;
            rest.erase(0, clitic.size());
            break;
        }
    }
    std::string cut;
    if (ends_with_any(rest, {"ات", "ون", "ين", "ان", "يه", "ه", "ي"}, 3, cut)) rest = cut;
    return rest;
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string search_words_version() {
    return "words 3, " + full_text_version();
}

std::vector<std::string> split_words(std::string_view text) {
    const std::string lower = folded(composed(text));
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < lower.size();) {
        const char32_t c = next_code_point(lower, at);
        if (is_arabic_mark(c)) continue;
        if (is_word_letter(c)) {
            append_utf8(word, usual_letter(c));
        } else if (is_apostrophe(c) && script_of(word) == Script::cyrillic) {
            continue;
        } else {
            finish();
        }
    }
    finish();
    return words;
}

std::string plain_word(const std::string& word) {
    if (std::all_of(word.begin(), word.end(), [](char c) { return static_cast<signed char>(c) > 0; }))
        return word;
    if (script_of(word) != Script::latin) return word;
    struct PlainLetter {
        std::string_view letter, plain;
    };
    // Letters that Unicode does not take apart.
    constexpr std::array letters{PlainLetter{"ø", "o"},  PlainLetter{"æ", "ae"}, PlainLetter{"œ", "oe"},
                                 PlainLetter{"ß", "ss"}, PlainLetter{"ł", "l"},  PlainLetter{"đ", "d"},
                                 PlainLetter{"ð", "d"},  PlainLetter{"þ", "th"}, PlainLetter{"ı", "i"}};
    std::string plain = folded(word, true);
    for (const PlainLetter& each : letters) {
        for (std::size_t at = plain.find(each.letter); at != std::string::npos;
             at = plain.find(each.letter, at))
            plain.replace(at, each.letter.size(), each.plain);
    }
    return plain;
}

Script script_of(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        if (c >= '0' && c <= '9') continue;
        if (c < 0x0250) return Script::latin;
        if (c >= 0x0400 && c < 0x0530) return Script::cyrillic;
        if (c >= 0x0600 && c < 0x0780) return Script::arabic;
        return Script::other;
    }
    return Script::other;
}

std::string_view stem_language(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    if (base == "no" || base == "nn" || base == "da") return "nb";
    for (const std::string_view known : {"fi", "sv", "nb", "en", "ru", "uk", "ar"})
        if (base == known) return known;
    return "";
}

std::vector<std::string_view> languages_of(Script script) {
    switch (script) {
    case Script::latin:
        return {"fi", "sv", "nb", "en"};
    case Script::cyrillic:
        return {"ru", "uk"};
    case Script::arabic:
        return {"ar"};
    case Script::other:
        break;
    }
    return {};
}

std::string SearchWords::stem(std::string_view word, std::string_view language) const {
    if (word.size() <= 3 || word.size() > longest_stemmed || has_digit(word)) return std::string(word);
    if (language == "uk") return ukrainian_stem(word);
    if (language == "ar") return arabic_stem(word);
    std::string found = stemmers_.stem(language == "fi" ? finnish_base(word) : std::string(word), language);
    if (language == "ru") found = without_gender(std::move(found));
    return found;
}

std::vector<std::string> SearchWords::stems(const std::string& word) const {
    std::vector<std::string> found{word};
    for (const std::string_view language : languages_of(script_of(word))) {
        std::string one = stem(word, language);
        if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(std::move(one));
    }
    return found;
}

void SearchWords::add_terms(std::string_view text, std::string_view language,
                            std::vector<std::string>& terms) const {
    const std::string_view own = stem_language(language);
    for (const std::string& word : split_words(text)) {
        std::string key = word;
        key += '\n';
        key += own;
        auto known = known_.find(key);
        if (known == known_.end()) {
            if (known_.size() >= remembered_words) known_.clear();
            const auto possible = languages_of(script_of(word));
            std::string_view by = own;
            if (std::find(possible.begin(), possible.end(), by) == possible.end())
                by = possible.size() == 1 || (!possible.empty() && possible.front() == "ru")
                         ? possible.front()
                         : "";
            std::string stemmed = stem(word, by), plain = plain_word(stemmed);
            if (plain == stemmed) plain.clear();
            known =
                known_
                    .emplace(std::move(key), std::array<std::string, 2>{std::move(stemmed), std::move(plain)})
                    .first;
        }
        for (const std::string& term : known->second)
            if (!term.empty()) terms.push_back(term);
    }
}

bool is_filler(std::string_view word) {
    static constexpr std::string_view fillers[]{
        "a",         "an",          "and",    "at",       "for",       "in",       "job",        "jobs",
        "of",        "or",          "the",    "to",       "vacancies", "vacancy",  "work",       "arbete",
        "att",       "av",          "en",     "ett",      "för",       "i",        "jobb",       "lediga",
        "med",       "och",         "om",     "på",       "som",       "till",     "vid",        "arbeid",
        "av",        "et",          "for",    "og",       "ledige",    "stilling", "stillinger", "til",
        "ved",       "avoimet",     "ja",     "tai",      "työ",       "töitä",    "työtä",      "työpaikat",
        "työpaikka", "työpaikkoja", "paikka", "paikkaa",  "paikat",    "paikkoja", "homma",      "hommia",
        "hommaa",    "в",           "во",     "вакансии", "вакансия",  "для",      "и",          "на",
        "по",        "работа",      "работу", "у",        "вакансії",  "вакансія", "з",          "й",
        "робота",    "роботу",      "та",     "і",        "في",        "عن",       "على",        "عمل",
        "وظائف",     "وظيفه",       "من",     "و",        "او"};
    return std::find(std::begin(fillers), std::end(fillers), word) != std::end(fillers);
}

int forgiven_edits(std::size_t letters) {
    if (letters < 4) return 0;
    return letters < 8 ? 1 : 2;
}

int edits_between(std::u32string_view one, std::u32string_view other, int most) {
    const auto longer = std::max(one.size(), other.size()), shorter = std::min(one.size(), other.size());
    if (longer - shorter > static_cast<std::size_t>(most)) return most + 1;
    // Three rows of the usual table: a swap looks two rows back.
    std::vector<int> before(other.size() + 1), last(other.size() + 1), row(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j)
        last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= one.size(); ++i) {
        row[0] = static_cast<int>(i);
        int least = row[0];
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const int replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > most) return most + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[other.size()], most + 1);
}

} // namespace vakant
