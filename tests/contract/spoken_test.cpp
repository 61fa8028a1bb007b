// Nothing that a voice would skip, spell or run together gets to it: over every text of every language, and
// over the facts of a vacancy. What voices make of such signs was heard from espeak-ng 1.51;
// tests/kiosk/voice_test.cpp asks it again.
#include <map>

#include "core/base/bytes.h"
#include "kiosk/app/readings.h"
#include "kiosk/semantics/written.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path assets = source_dir() + "/assets";

/// No voice, or not the voice of every language, says these.
constexpr std::string_view signs[] = {"–", "‒", "—", "·", "•", "★",   "→", "✓", "/", "&", "=", "+", "%",
                                      "٪", "€", "£", "$", "₴", "₽", "#", "*", "№", "§", "@", "_", "°",
                                      "²", "³", "×", "[", "]", "{",   "}", "<", ">", "|", "~", "^", "\\"};

/// Read letter by letter, or as a word that they are not.
const std::map<std::string, std::vector<std::string_view>> short_words = {
    {"fi", {"klo", "kk", "vko", "km", "m2", "esim.", "mm.", "ym.", "jne.", "n.", "puh."}},
    {"sv", {"kl.", "tim", "mån", "km", "kr", "t.ex.", "bl.a.", "dvs.", "osv.", "ca", "IT", "USB", "AB"}},
    {"nb", {"kl.", "mnd", "km", "kr", "f.eks.", "bl.a.", "dvs.", "osv.", "ca.", "tlf", "IT", "USB"}},
    {"en", {"hrs", "km", "e.g.", "i.e.", "etc.", "approx."}},
    {"uk", {"год.", "міс.", "км", "km", "kk", "грн", "напр.", "т. д.", "тел.", "вул.", "р."}},
    {"ru", {"ч.", "мес.", "км", "km", "kk", "руб.", "напр.", "т. д.", "тел.", "ул.", "г."}},
    {"ar", {"ص", "كم", "km", "kk", "إلخ"}},
    {"et", {"nt", "jne", "kl", "km", "sh"}}};

bool is_letter_or_digit(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const char c = text[at];
    return static_cast<unsigned char>(c) >= 0x80 || is_digit(c) || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

bool holds_word(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !is_letter_or_digit(text, at - 1);
        const bool ends = word.ends_with('.') || !is_letter_or_digit(text, at + word.size());
        if (begins && ends) return true;
    }
    return false;
}

/// "10 000" is ten, zero, zero, zero to many voices.
bool has_grouped_digits(std::string_view text) {
    const auto digit = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
    for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
        if (at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4))
            return true;
    }
    return false;
}

/// What the voice of a language would say wrongly of a text; "" nothing.
std::string unsayable(const std::string& language, std::string_view spoken) {
    for (const std::string_view sign : signs) {
        if (spoken.find(sign) != std::string_view::npos) return std::string(sign);
    }
    if (has_grouped_digits(spoken)) return "digits in groups";
    for (const std::string_view word : short_words.at(language.substr(0, language.find('-')))) {
        if (holds_word(spoken, word)) return std::string(word);
    }
    return "";
}

/// The names between braces, at any depth.
MessageArguments any_arguments(std::string_view pattern, std::int64_t number) {
    MessageArguments arguments;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
        const std::size_t end = pattern.find_first_of(",}", at);
        const std::string name(pattern.substr(at + 1, end - at - 1));
        if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos)
            arguments.emplace_back(name, number);
    }
    return arguments;
}

Json texts_of(const std::string& language) {
    return parse_json(read_file(assets / "strings" / (language + ".json")).value()).value();
}

const std::vector<std::string> languages = {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"};

/// An advertisement as they are written, in each language.
const std::map<std::string, std::string> advertisements = {
    {"fi",
     "Siivous klo 8–16, ma–pe, n. 37,5 t/vko. Palkka 13,20–14,80 €/h + lisät, esim. ilta.\n\n★ 6 kk & "
     "B-kortti · "
     "20 m²\n\nHae 12.12.2026 mennessä: rekry@esimerkki.fi tai www.esimerkki.fi/tyo, puh. 040 123 4567."},
    {"sv",
     "Städ kl. 8–16, 80 %, t.ex. kontor. Lön 155–160 kr/tim.\n\nIT-stöd & USB · ca 6 mån\n\nSök 2026-12-12: "
     "jobb@example.se, +46 8 123 456 78"},
    {"nb", "Renhold kl. 8–16, 80 %, f.eks. kontor. Lønn 210 kr/t, ca. 6 mnd.\n\nIT & USB = pluss\n\ntlf 22 "
           "33 44 55"},
    {"en", "Cleaning 8–16, e.g. offices, 40 hrs/week. Pay €13.20/h + extras.\n\nUp to 1,284.50 € · 5 "
           "km\n\nApply by "
           "12/12/2026: https://example.org/jobs?id=7"},
    {"uk", "Прибирання 8–16, напр. офіси, 40 год./тиж. Оплата 13,20 €/год., 25 000 грн.\n\nВимоги: А/Б & 5 "
           "км\n\n№ 7, "
           "тел. +380 44 123 45 67"},
    {"ru",
     "Уборка 8–16, напр. офисы и т. д. Оплата 13,20 €/ч, 25 000 руб.\n\n80 % + 6 мес.\n\n№ 7, ул. Садовая 5"},
    {"ar", "تنظيف 8–16، 80 ٪، 5 كم. الأجر 13.20 €/h + مكافأة إلخ\n\nname@example.com"}};

} // namespace

TEST_CASE("a check of what voices say wrongly finds each of it, and nothing in plain words") {
    CHECK(unsayable("fi", "Palkka 13 euroa tunnissa, kello 8 viiva 16.").empty());
    CHECK(unsayable("uk", "10 000 вакансій") == "digits in groups");
    for (const std::string_view sign : signs)
        CHECK(unsayable("fi", "8 " + std::string(sign) + " 16") == sign);
    for (const auto& [language, words] : short_words) {
        for (const std::string_view word : words) {
            INFO(language << " " << word);
            CHECK(unsayable(language, "x 5 " + std::string(word)) == word);
        }
    }
    for (const auto& [language, text] : advertisements) {
        INFO(language);
        CHECK_FALSE(unsayable(language, text).empty()); // as it is written
    }
}

TEST_CASE("no text of any language holds what its voice would say wrongly") {
    int texts = 0;
    for (const std::string& language : languages) {
        const auto strings = Strings::load(assets / "strings", language);
        REQUIRE(strings.ok());
        Readings readings(assets / "speech");
        const Json patterns = texts_of(language);
        for (const auto& [key, pattern] : patterns.members()) {
            const bool has_other = strings->has(key + ".spoken");
            for (const std::int64_t number : {1, 2, 5, 12'840}) {
                const std::string text = strings->get(key, any_arguments(pattern.text(), number));
                const bool is_spoken = key.ends_with(".spoken");
                const std::string said = is_spoken ? text : read_aloud(text, readings.of(language));
                const std::string wrong = has_other ? "" : unsayable(language, said);
                if (!wrong.empty()) FAIL_CHECK(language << " " << key << " says " << wrong << ": " << said);
                ++texts;
            }
        }
    }
    CHECK(texts > 15'000);
}

TEST_CASE("no fact and no text of a vacancy holds what its voice would say wrongly") {
    for (const std::string& language : languages) {
        INFO(language);
        const std::string base = language.substr(0, language.find('-'));
        KioskStage stage(language);
        Vacancy vacancy = demo_vacancy("own1", "A/B-siivooja · 80 %", true);
        vacancy.texts.front().language = base;
        vacancy.texts.front().body_plain = advertisements.at(base);
        vacancy.duration_text = "6 kk";
        vacancy.hours_raw = "8–16";
        vacancy.salary_text = "13,20–14,80 €/h + 5 %";
        vacancy.salary_min = 13.2;
        vacancy.salary_max = 1'284.5;
        vacancy.salary_currency = "EUR";
        vacancy.salary_unit = "hour";
        vacancy.percent_min = 60;
        vacancy.percent_max = 80;
        vacancy.start = StartKind::on_date;
        vacancy.start_date = vacancy.deadline_at = stage.clock.wall_ms() + 30 * 86'400'000ll;
        vacancy.deadline = DeadlineKind::on_date;
        vacancy.apply_url = "https://example.org/jobs/1?a=b&c=d";
        vacancy.apply_email = "jobs@example.org";
        vacancy.apply_phone = "+358 40 123 4567";
        vacancy.apply_reference = "KTR-4821/26";
        vacancy.requirements = {
            {RequirementKind::education, Level::must, "", "", "AMK / ylempi", "", "", "a"},
            {RequirementKind::experience, Level::must, "", "", "> 3", "P3Y", "", "a"},
            {RequirementKind::language, Level::must, "iso639", "fi", "", "", "B2", ""},
            {RequirementKind::driving_licence, Level::nice, "eu", "C1E", "C1E", "C1E", "C1E", ""}};
        stage.workers.vacancies = {vacancy};
        stage.start();
        stage.press("browse");
        Readings readings(assets / "speech");
        int facts = 0;
        const auto check = [&] {
            for (const SemanticNode& node : stage.app->tree().nodes()) {
                const std::string own = node.content_language.empty() ? language : node.content_language;
                const std::string named = node.language.empty() ? language : node.language;
                for (const auto& [text, in] : {std::pair(node.name, named),
                                               {node.value, own},
                                               {node.description, own},
                                               {node.excerpt, named}}) {
                    const std::string said = read_aloud(text, readings.of(in));
                    const std::string wrong = unsayable(in, said);
                    if (!wrong.empty())
                        FAIL_CHECK(language << " " << node.key << " says " << wrong << ": " << said);
                    facts += said != text ? 1 : 0;
                }
            }
        };
        check();
        stage.press("vacancy.own1");
        check();
        CHECK(facts > 8); // there was something to say otherwise
    }
}
