#include "core/registration/forbidden_questions.h"

#include <algorithm>

#include "core/registration/form_reader.h"
#include "core/text/text.h"

namespace vakant {
namespace {

// Words at whose beginning a question gives itself away, folded, in the languages of the forms: stems, so
// that endings and compounds are found ("sairauk" in "sairauksia"); with a dot behind it only the whole word
// ("ssn.").
constexpr std::string_view identity_numbers[] = {"identity number",
                                                 "identity code",
                                                 "national id",
                                                 "personal id",
                                                 "personal number",
                                                 "social security",
                                                 "national insurance",
                                                 "insurance number",
                                                 "id number",
                                                 "id code",
                                                 "id-number",
                                                 "ssn.",
                                                 "nino.",
                                                 "henkilotunnu",
                                                 "henkilötunnu",
                                                 "henkilönumero",
                                                 "hetu.",
                                                 "sosiaaliturvatunnu",
                                                 "personnummer",
                                                 "personnumret",
                                                 "personnr",
                                                 "personbeteckning",
                                                 "samordningsnummer",
                                                 "id-nummer",
                                                 "fodselsnummer",
                                                 "fødselsnummer",
                                                 "fødselsnr",
                                                 "d-nummer",
                                                 "isikukood",
                                                 "рнокпп.",
                                                 "іпн.",
                                                 "інн.",
                                                 "инн.",
                                                 "снилс",
                                                 "ідентифікаційний код",
                                                 "ідентифікаційний номер",
                                                 "податковий номер",
                                                 "идентификационный код",
                                                 "идентификационный номер",
                                                 "رقم الهوية",
                                                 "رقم هوي",
                                                 "الرقم القومي",
                                                 "رقمك القومي",
                                                 "الرقم الوطني",
                                                 "رقمك الوطني",
                                                 "الرقم الشخصي",
                                                 "رقم الضمان"};

constexpr std::string_view document_numbers[] = {
    "passport number",  "passport no.",   "document number",      "permit number",  "card number",
    "passin numero",    "passinumero",    "oleskeluluvan numero", "kortin numero",  "passnummer",
    "tillståndsnummer", "kortnummer",     "tillatelsesnummer",    "dokumentnummer", "номер паспорт",
    "номер посвідк",    "номер документ", "серія та номер",       "серия и номер",  "номер внж.",
    "رقم جواز",         "رقم الجواز",     "رقم الإقامة",          "رقم البطاقة",    "رقم الوثيقة"};

constexpr std::string_view special_categories[] = {"illness",
                                                   "disease",
                                                   "disabilit",
                                                   "disabled",
                                                   "pregnan",
                                                   "religio",
                                                   "faith.",
                                                   "church",
                                                   "ethnic",
                                                   "race.",
                                                   "racial",
                                                   "trade union",
                                                   "union member",
                                                   "member of a union",
                                                   "member of a trade",
                                                   "politic",
                                                   "sexual",
                                                   "genetic",
                                                   "biometric",
                                                   "criminal",
                                                   "convict",
                                                   "medical",
                                                   "medication",
                                                   "diagnos",
                                                   "terveydentil",
                                                   "terveyttä",
                                                   "terveytesi",
                                                   "sairaus",
                                                   "sairauk",
                                                   "sairaud",
                                                   "sairast",
                                                   "vamma",
                                                   "vammo",
                                                   "raskaana",
                                                   "raskau",
                                                   "uskonto",
                                                   "uskonno",
                                                   "etni",
                                                   "ammattiliit",
                                                   "poliitti",
                                                   "seksuaal",
                                                   "rikos",
                                                   "rikok",
                                                   "tuomittu",
                                                   "lääkity",
                                                   "diagnoos",
                                                   "hälsotillstånd",
                                                   "sjukdom",
                                                   "funktionsneds",
                                                   "funktionshind",
                                                   "gravid",
                                                   "etnisk",
                                                   "fackför",
                                                   "facklig",
                                                   "fackansl",
                                                   "brott.",
                                                   "brottsl",
                                                   "sexuell",
                                                   "läggning.",
                                                   "straffad",
                                                   "dömd.",
                                                   "trossamfund",
                                                   "medicinsk",
                                                   "sykdom",
                                                   "funksjonsneds",
                                                   "funksjonshem",
                                                   "fagforening",
                                                   "fagorganis",
                                                   "straff",
                                                   "domfelt",
                                                   "seksuell",
                                                   "legning.",
                                                   "livssyn",
                                                   "trossamfunn",
                                                   "хвороб",
                                                   "хворі",
                                                   "інвалід",
                                                   "вагітн",
                                                   "релігі",
                                                   "віросповідан",
                                                   "етнічн",
                                                   "профспіл",
                                                   "політичн",
                                                   "судим",
                                                   "сексуальн",
                                                   "діагноз",
                                                   "національніст",
                                                   "болезн",
                                                   "болеете",
                                                   "инвалид",
                                                   "беремен",
                                                   "религи",
                                                   "вероисповед",
                                                   "этнич",
                                                   "профсоюз",
                                                   "политическ",
                                                   "диагноз",
                                                   "национальност",
                                                   "صحتك",
                                                   "حالتك الصحية",
                                                   "مرض",
                                                   "أمراض",
                                                   "إعاق",
                                                   "معاق",
                                                   "حامل.",
                                                   "الدين.",
                                                   "دينك",
                                                   "ديان",
                                                   "الديان",
                                                   "معتقد",
                                                   "العرق",
                                                   "عرقك",
                                                   "نقاب",
                                                   "النقاب",
                                                   "سياسي",
                                                   "السياسي",
                                                   "جنائي",
                                                   "الجنائي",
                                                   "سوابق"};

// "Health" is asked about in names and labels; as a choice it is a line of business.
constexpr std::string_view health[] = {"health", "terveys.", "hälsa.", "hälsan.",
                                       "helse",  "здоров",   "الصحية"};

// What begins like one of them and is something else: lines of business and what people can do.
constexpr std::string_view harmless[] = {
    "health care",    "healthcare",     "health-care",  "health and social", "medical secretar",
    "criminolog",     "helsefag",       "helsearbeid",  "helsevesen",        "helsesekret",
    "helsetjenest",   "helsepersonell", "helse- og",    "охорони здоров",    "охорона здоров",
    "охороні здоров", "الرعاية الصحية", "القطاع الصحي", "حامل رخصة",         "حامل شهادة"};

bool is_in_word(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether the word stands in the text, at the beginning of a word there ("trace" is no "race").
bool holds_word(std::string_view text, std::string_view word) {
    const bool whole = word.ends_with('.');
    if (whole) word.remove_suffix(1);
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_in_word(text[at - 1]);
        const bool ends = !whole || end == text.size() || !is_in_word(text[end]);
        if (begins && ends) return true;
    }
    return false;
}

template <std::size_t count>
std::string_view word_in(std::string_view text, const std::string_view (&words)[count]) {
    for (const std::string_view word : words) {
        if (holds_word(text, word)) return word.substr(0, word.find('.'));
    }
    return "";
}

/// Folded, a field's name as words, without what only looks like something that must not be asked.
std::string words_of(std::string_view text) {
    std::string words = folded(text);
    std::replace(words.begin(), words.end(), '_', ' ');
    for (const std::string_view mark : {"؟", "،", "«", "»"}) { // a word ends before them
        for (std::size_t at = words.find(mark); at != words.npos; at = words.find(mark))
            words.replace(at, mark.size(), " ");
    }
    for (const std::string_view phrase : harmless) {
        for (std::size_t at = words.find(phrase); at != words.npos; at = words.find(phrase))
            words.replace(at, phrase.size(), "-");
    }
    return words;
}

Outcome check_words(const std::string& words, const std::string& where, bool has_purpose, bool is_choice) {
    if (const auto word = word_in(words, identity_numbers); !word.empty()) {
        return invalid_input(where + ": \"" + std::string(word) +
                             "\": a national identity number is never asked");
    }
    if (const auto word = word_in(words, document_numbers); !word.empty()) {
        return invalid_input(where + ": \"" + std::string(word) +
                             "\": the number of an identity document is never asked");
    }
    if (has_purpose) return done();
    std::string_view word = word_in(words, special_categories);
    if (word.empty() && !is_choice) word = word_in(words, health);
    if (word.empty()) return done();
    return invalid_input(where + ": \"" + std::string(word) +
                         "\" looks like a special category of personal data; it needs a purpose_key");
}

/// A text in each language of the form.
Outcome check_text(const FormDefinition& form, std::string_view key, const std::string& where,
                   bool has_purpose, bool is_choice = false) {
    for (const std::string& language : form.languages)
        VAKANT_CHECK(check_words(words_of(form.text(key, language)), where + " in " + language, has_purpose,
                                 is_choice));
    return done();
}

// Help and notices are not looked at: they are where a form says what not to write.
Outcome check_question(const FormDefinition& form, const FormField& field, const std::string& path) {
    const bool has_purpose = !field.purpose_key.empty();
    VAKANT_CHECK(
        check_words(words_of(field.id), path + (field.is_group() ? ".group" : ".field"), has_purpose, false));
    VAKANT_CHECK(check_text(form, field.label_key, path + ".label_key", has_purpose));
    if (field.is_group()) VAKANT_CHECK(check_text(form, field.entry_key, path + ".entry_key", has_purpose));
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
        VAKANT_CHECK(check_text(form, field.choices[i].text_key,
                                item_path(path + ".choices", i) + ".text_key", has_purpose, true));
    }
    for (std::size_t i = 0; i < field.fields.size(); ++i)
        VAKANT_CHECK(check_question(form, field.fields[i], item_path(path + ".items", i)));
    return done();
}

} // namespace

Outcome check_forbidden_questions(const FormDefinition& form) {
    for (std::size_t p = 0; p < form.pages.size(); ++p) {
        const auto& fields = form.pages[p].fields;
        const bool has_purpose =
            std::any_of(fields.begin(), fields.end(), [](const auto& f) { return !f.purpose_key.empty(); });
        VAKANT_CHECK(
            check_text(form, form.pages[p].title_key, item_path("pages", p) + ".title_key", has_purpose));
        for (std::size_t i = 0; i < form.pages[p].fields.size(); ++i) {
            VAKANT_CHECK(check_question(form, form.pages[p].fields[i],
                                        item_path(item_path("pages", p) + ".items", i)));
        }
    }
    return done();
}

} // namespace vakant
