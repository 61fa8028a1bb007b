#include "core/vacancies/language_names.h"

#include <algorithm>
#include <array>

#include "core/vacancies/feed_fields.h"
#include "core/vacancies/html_words.h"

namespace vakant {
namespace {

struct Language {
    std::string_view code;
    std::array<std::string_view, 6> names; ///< three letters; Finnish, Swedish, Norwegian, English; its own
};
constexpr std::array<Language, 33> languages{{
    {"fi", {"fin", "suomi", "finska", "finsk", "finnish", "suomen kieli"}},
    {"sv", {"swe", "ruotsi", "svenska", "svensk", "swedish", "svenska språket"}},
    {"nb", {"nor", "norja", "norska", "norsk", "norwegian", "bokmål"}},
    {"nn", {"nno", "uusnorja", "nynorska", "nynorsk", "norwegian nynorsk", "norsk nynorsk"}},
    {"da", {"dan", "tanska", "danska", "dansk", "danish", "skandinavisk dansk"}},
    {"is", {"isl", "islanti", "isländska", "islandsk", "icelandic", "íslenska"}},
    {"en", {"eng", "englanti", "engelska", "engelsk", "english", "englannin kieli"}},
    {"uk", {"ukr", "ukraina", "ukrainska", "ukrainsk", "ukrainian", "українська"}},
    {"ru", {"rus", "venäjä", "ryska", "russisk", "russian", "русский"}},
    {"ar", {"ara", "arabia", "arabiska", "arabisk", "arabic", "العربية"}},
    {"so", {"som", "somali", "somaliska", "somalisk", "somalia", "soomaali"}},
    {"et", {"est", "viro", "estniska", "estisk", "estonian", "eesti"}},
    {"lv", {"lav", "latvia", "lettiska", "latvisk", "latvian", "latviešu"}},
    {"lt", {"lit", "liettua", "litauiska", "litauisk", "lithuanian", "lietuvių"}},
    {"pl", {"pol", "puola", "polska", "polsk", "polish", "polski"}},
    {"de", {"deu", "saksa", "tyska", "tysk", "german", "deutsch"}},
    {"fr", {"fra", "ranska", "franska", "fransk", "french", "français"}},
    {"es", {"spa", "espanja", "spanska", "spansk", "spanish", "español"}},
    {"pt", {"por", "portugali", "portugisiska", "portugisisk", "portuguese", "português"}},
    {"it", {"ita", "italia", "italienska", "italiensk", "italian", "italiano"}},
    {"nl", {"nld", "hollanti", "nederländska", "nederlandsk", "dutch", "nederlands"}},
    {"tr", {"tur", "turkki", "turkiska", "tyrkisk", "turkish", "türkçe"}},
    {"fa", {"fas", "persia", "persiska", "persisk", "persian", "فارسی"}},
    {"ps", {"pus", "pašto", "pashto", "pasjto", "pushto", "پښتو"}},
    {"ku", {"kur", "kurdi", "kurdiska", "kurdisk", "kurdish", "kurdî"}},
    {"ti", {"tir", "tigrinja", "tigrinska", "tigrinja språk", "tigrinya", "ትግርኛ"}},
    {"vi", {"vie", "vietnam", "vietnamesiska", "vietnamesisk", "vietnamese", "tiếng việt"}},
    {"th", {"tha", "thai", "thailändska", "thailandsk", "thai language", "ไทย"}},
    {"zh", {"zho", "kiina", "kinesiska", "kinesisk", "chinese", "中文"}},
    {"ro", {"ron", "romania", "rumänska", "rumensk", "romanian", "română"}},
    {"bg", {"bul", "bulgaria", "bulgariska", "bulgarsk", "bulgarian", "български"}},
    {"hu", {"hun", "unkari", "ungerska", "ungarsk", "hungarian", "magyar"}},
    {"se", {"sme", "pohjoissaame", "nordsamiska", "nordsamisk", "northern sami", "davvisámegiella"}},
}};

} // namespace

std::string language_code(std::string_view name) {
    std::string word = lowered(one_line(name));
    const std::size_t tag = word.find_first_of("-_");
    if (tag == 2 || tag == 3) word.resize(tag);
    if (word == "no") return "nb";
    for (const Language& language : languages) {
        const bool named =
            std::find(language.names.begin(), language.names.end(), word) != language.names.end();
        if (word == language.code || named) return std::string(language.code);
    }
    const bool is_code = word.size() == 2 &&
                         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return is_code ? word : "";
}

bool is_language_code(std::string_view text) {
    // ISO 639-1, all of it.
    static constexpr std::string_view codes = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo "
                                              "br bs ca ce ch co cr cs cu cv cy da de dv "
                                              "dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu "
                                              "gv ha he hi ho hr ht hu hy hz ia id ie ig "
                                              "ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku "
                                              "kv kw ky la lb lg li ln lo lt lu lv mg mh "
                                              "mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc "
                                              "oj om or os pa pi pl ps pt qu rm rn ro ru "
                                              "rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
                                              "te tg th ti tk tl tn to tr ts tt tw ty ug "
                                              "uk ur uz ve vi vo wa wo xh yi yo za zh zu ";
    const std::size_t end = std::min(text.find('-'), text.size());
    const std::string_view variant = text.substr(end);
    const bool is_tag =
        variant.empty() || (variant.size() > 2 && std::all_of(variant.begin() + 1, variant.end(), [](char c) {
                                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                            }));
    return end == 2 && is_tag && codes.find(" " + std::string(text.substr(0, 2)) + " ") != codes.npos;
}

std::string_view language_level(std::string_view text) {
    static constexpr std::array<std::string_view, 7> levels{"A1", "A2", "B1", "B2", "C1", "C2", "native"};
    const auto found = std::find(levels.begin(), levels.end(), text);
    return found == levels.end() ? std::string_view() : *found;
}

} // namespace vakant
