#include <catch2/catch.hpp>

#include "core/base/utf8.h"
#include "core/vacancies/search_words.h"

using namespace vakant;

TEST_CASE("words are split at everything that is no letter or digit, in lower case and one spelling") {
    using Words = std::vector<std::string>;
    CHECK(split_words("Hoiva-avustaja, (m/f) C++ 2026!") ==
          Words{"hoiva", "avustaja", "m", "f", "c", "2026"});
    CHECK(split_words("ÄITI och Åsa") == Words{"äiti", "och", "åsa"});
    CHECK(split_words("Ещё комп’ютер п'ять") == Words{"еще", "компютер", "пять"});
    CHECK(split_words("أمين المكتبـــة، مُدَرِّس") == Words{"امين", "المكتبه", "مدرس"});
    CHECK(split_words("  \"*--'").empty());
}

TEST_CASE("stems bring the forms of a word together, each language by its own rules") {
    const SearchWords words;
    for (const char* form : {"siivooja", "siivoojat", "siivoojia", "siivoojan", "siivoojaksi"})
        CHECK(words.stem(form, "fi") == words.stem("siivooja", "fi"));
    CHECK(words.stem("sjuksköterskor", "sv") == words.stem("sjuksköterska", "sv"));
    CHECK(words.stem("kokkene", "nb") == words.stem("kokk", "nb"));
    CHECK(words.stem("cleaners", "en") == words.stem("cleaner", "en"));
    CHECK(words.stem("уборщицы", "ru") == words.stem("уборщик", "ru"));
    for (const char* form : {"прибиральники", "прибиральниця", "прибиральницею", "прибиральником"})
        CHECK(words.stem(form, "uk") == words.stem("прибиральник", "uk"));
    for (const char* form : {"والعامل", "العامل", "عاملات", "عاملين"})
        CHECK(words.stem(form, "ar") == words.stem("عامل", "ar"));
    for (const char* form : {"putkimies", "putkimiehet", "putkimiestä", "putkimiehen", "putkimiehiä"})
        CHECK(words.stem(form, "fi") == words.stem("putkimies", "fi"));
    CHECK(words.stem("miehistö", "fi") != words.stem("mies", "fi"));
    CHECK(words.stem("miehitys", "fi") != words.stem("mies", "fi"));
    CHECK(words.stem("a4", "fi") == "a4");
    CHECK(words.stem("hus", "sv") == "hus");
}

TEST_CASE("marks go from Latin words only") {
    CHECK(plain_word("hämeenlinna") == "hameenlinna");
    CHECK(plain_word("kjøkken") == "kjokken");
    CHECK(plain_word("æble") == "aeble");
    CHECK(plain_word("київ") == "київ");
}

TEST_CASE("edits are counted by letter, a swap of neighbours as one") {
    const auto edits = [](const char* a, const char* b, int most) {
        return edits_between(to_utf32(a), to_utf32(b), most);
    };
    CHECK(edits("siivooja", "siivooja", 2) == 0);
    CHECK(edits("siivoja", "siivooja", 2) == 1);
    CHECK(edits("kokik", "kokki", 2) == 1);
    CHECK(edits("уборшица", "уборщица", 2) == 1);
    CHECK(edits("kokki", "myyjä", 2) == 3);
    CHECK(forgiven_edits(3) == 0);
    CHECK(forgiven_edits(7) == 1);
    CHECK(forgiven_edits(8) == 2);
}

TEST_CASE("the nominative is among the candidates for a place in its case") {
    const auto has = [](const char* word, const char* name) {
        const auto found = place_candidates(word);
        return std::find(found.begin(), found.end(), name) != found.end();
    };
    CHECK(has("helsingissä", "helsinki"));
    CHECK(has("helsinkiin", "helsinki"));
    CHECK(has("turusta", "turku"));
    CHECK(has("lahdessa", "lahti"));
    CHECK(has("lahteen", "lahti"));
    CHECK(has("seinäjoella", "seinäjoki"));
    CHECK(has("tampereelta", "tampere"));
    CHECK(has("espoosta", "espoo"));
    CHECK(has("rovaniemellä", "rovaniemi"));
    CHECK(has("stockholms", "stockholm"));
    CHECK(place_candidates("kokki").empty());
}

TEST_CASE("words that only say that work is looked for are fillers, in the forms that people type") {
    for (const char* word : {"paikka", "paikkaa", "työtä", "hommia", "jobb", "job", "работа", "وظائف"})
        CHECK(is_filler(word));
    for (const char* word : {"myyjä", "kock", "paikkakunta"})
        CHECK_FALSE(is_filler(word));
}
