#include <catch2/catch.hpp>

#include "core/base/bytes.h"
#include "core/vacancies/text_language.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

TEST_CASE("the language of a text is told by its commonest words") {
    CHECK(
        language_by_words("Etsimme siivoojaa, joka on tarkka ja iloinen. Tarjoamme työtä sekä koulutusta, ja "
                          "voit aloittaa heti. Olet osa tiimiä myös viikonloppuisin.") == "fi");
    CHECK(language_by_words(
              "Vi söker dig som är noggrann och gillar att arbeta med människor. Du ska inte vara "
              "rädd för att ta ansvar, och du får lära dig allt på plats.") == "sv");
    CHECK(
        language_by_words("Vi søker en renholder som ikke er redd for å ta i et tak. Du må være nøyaktig og "
                          "snakke norsk. Vi tilbyr opplæring og lønn etter avtale, og noe reise. Hva er "
                          "viktig for deg?") == "nb");
    CHECK(
        language_by_words("Vi søkjer ein reinhaldar som ikkje er redd for å ta i eit tak. Du må vere "
                          "nøyaktig og snakke norsk. Vi tilbyr opplæring og løn etter avtale, og noko reise "
                          "frå Bergen.") == "nn");
    CHECK(language_by_words("We are looking for a cleaner who will work with our team. You have an eye for "
                            "detail and the hours are flexible. This is the place to be.") == "en");
    CHECK(language_by_words(
              "Wir suchen eine Reinigungskraft für unsere Büros. Sie sind zuverlässig und haben "
              "Freude an der Arbeit mit Menschen. Die Stelle ist auf ein Jahr befristet.") == "de");
}

TEST_CASE(
    "of a short text, of two languages at once and of a language that is not known nothing is guessed") {
    CHECK(language_by_words("") == "");
    CHECK(language_by_words("Siivooja ja kokki") == "");
    CHECK(language_by_words("Vi søger en medarbejder, der kan arbejde selvstændigt og er god til at tale med "
                            "kunder. Du får en god uddannelse og arbejder mellem otte og seksten. Vi glæder "
                            "os til at høre noget mere fra dig efter ferien, og hvad du kan.") == "");
    CHECK(
        language_by_words("Szukamy osoby do sprzątania biur. Praca od poniedziałku do piątku, umowa na czas "
                          "nieokreślony, możliwość rozwoju i szkolenia w miejscu pracy.") == "");
    CHECK(
        language_by_words("Vi söker dig som är noggrann och gillar att arbeta. We are looking for a cleaner "
                          "who will work with our team, and you have the time.") == "");
}

TEST_CASE("only a text whose source names no language gets a likely one") {
    Vacancy vacancy;
    const std::string english =
        "We are looking for a cleaner who will work with our team. You have an eye for "
        "detail and the hours are flexible.";
    vacancy.texts = {
        {"fi", "Cleaner", "", "", english}, {"", "Cleaner", "", "", english}, {"", "Kokki", "", "", ""}};
    note_likely_languages(vacancy);
    CHECK(vacancy.texts[0].likely_language == "");
    CHECK(vacancy.texts[1].likely_language == "en");
    CHECK(vacancy.texts[1].language == "");
    CHECK(vacancy.texts[2].likely_language == "");
}
