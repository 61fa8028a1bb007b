#include "core/registration/forbidden_questions.h"

#include <algorithm>

#include "core/registration/form_reader.h"
#include "core/text/text.h"

namespace vakant {
namespace {

// Found anywhere in the folded name or label of a question. They are stems, in the languages of the forms.
constexpr std::string_view identity_numbers[] = {
    "identity_number", "national_id",           "personal_id",          "identity number", "identity code",
    "social security", "national id",           "henkilotunnus",        "henkilötunnus",   "hetu",
    "personnummer",    "personbeteckning",      "fodselsnummer",        "fødselsnummer",   "isikukood",
    "рнокпп",          "идентификационный код", "ідентифікаційний код", "снилс",           "رقم الهوية",
    "الرقم القومي",    "الرقم الوطني"};

constexpr std::string_view special_categories[] = {
    "health",        "illness",       "disease",     "disabilit",   "pregnan",      "religio",
    "ethnic",        "race",          "trade_union", "trade union", "union_member", "politic",
    "sexual",        "genetic",       "biometric",   "criminal",    "terveydentil", "terveyttä",
    "sairaus",       "sairauk",       "vammai",      "raska",       "uskonto",      "uskonno",
    "etni",          "ammattiliit",   "poliitti",    "seksuaal",    "rikos",        "hälsotillstånd",
    "sjukdom",       "funktionsneds", "graviditet",  "etnisk",      "fackförening", "brott",
    "helsetilstand", "sykdom",        "graviditet",  "fagforening", "straffbar",    "здоров",
    "хвороб",        "болезн",        "інвалідн",    "инвалидн",    "вагітн",       "беременн",
    "релігі",        "религи",        "етнічн",      "этническ",    "профспілк",    "профсоюз",
    "політичн",      "политическ",    "судим",       "الصحية",      "مرض",          "إعاقة",
    "حامل",          "الدين",         "الديانة",     "العرق",       "نقابة",        "سياسي"};

/// Whether the word stands in the text, at the beginning of a word there ("trace" is no "race").
bool holds_word(std::string_view text, std::string_view stem) {
    for (std::size_t at = text.find(stem); at != text.npos; at = text.find(stem, at + 1)) {
        const char before = at == 0 ? ' ' : text[at - 1];
        const bool in_word = (before >= 'a' && before <= 'z') || static_cast<unsigned char>(before) >= 0x80;
        if (!in_word) return true;
    }
    return false;
}

template <std::size_t count>
std::string_view word_in(std::string_view text, const std::string_view (&stems)[count]) {
    for (const std::string_view stem : stems) {
        if (holds_word(text, stem)) return stem;
    }
    return "";
}

Outcome check_question(const FormDefinition& form, const FormField& field, const std::string& path) {
    const std::string place = field.is_group() ? ".group" : ".field";
    std::vector<std::pair<std::string, std::string>> texts{{folded(field.id), path + place}};
    for (const std::string& language : form.languages)
        texts.emplace_back(folded(form.text(field.label_key, language)), path + ".label_key in " + language);
    for (const auto& [text, where] : texts) {
        if (const auto word = word_in(text, identity_numbers); !word.empty()) {
            return invalid_input(where + ": \"" + std::string(word) +
                                 "\": a national identity number is never asked");
        }
        if (!field.purpose_key.empty()) continue;
        if (const auto word = word_in(text, special_categories); !word.empty()) {
            return invalid_input(where + ": \"" + std::string(word) +
                                 "\" looks like a special category of personal data; it needs a purpose_key");
        }
    }
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        VAKANT_CHECK(check_question(form, field.fields[i], item_path(path + ".items", i)));
    return done();
}

} // namespace

Outcome check_forbidden_questions(const FormDefinition& form) {
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i) {
            VAKANT_CHECK(check_question(form, form.pages[p].fields[i],
                                        item_path(item_path("pages", p) + ".items", i)));
        }
    }
    return done();
}

} // namespace vakant
