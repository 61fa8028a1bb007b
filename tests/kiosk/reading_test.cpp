// How what is written in signs and abbreviations is said, in the words of assets/speech.
#include <catch2/catch.hpp>

#include "core/base/bytes.h"
#include "core/text/text.h"
#include "kiosk/app/readings.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

namespace {

std::string said(const std::string& language, std::string_view written) {
    const auto words = load_reading(source_dir() + "/assets/speech/" + language + ".json");
    INFO(language << (words.ok() ? "" : ": " + words.error().detail));
    REQUIRE(words.ok());
    return read_aloud(written, *words);
}

} // namespace

TEST_CASE("pay is said in whole words, with the time that it is for") {
    CHECK(said("fi", "13,20–14,80 €/h") == "13 euroa 20 senttiä viiva 14 euroa 80 senttiä tunnissa");
    CHECK(said("fi", "2 500 €/kk + iltalisä") == "2500 euroa kuukaudessa plus iltalisä");
    CHECK(said("fi", "1\u00A0284,50\u00A0€") == "1284 euroa 50 senttiä");
    CHECK(said("fi", "1 €") == "1 euro");
    CHECK(said("fi", "120 €/keikka") == "120 euroa per keikka");
    CHECK(said("sv", "13,20‒14,80 €") == "13 euro 20 cent till 14 euro 80 cent"); // as ICU writes it
    CHECK(said("en", "€13.20 – €14.80") == "13 euros 20 cents to 14 euros 80 cents");
    CHECK(said("sv", "155–160 kr/tim") == "155 kronor till 160 kronor i timmen");
    CHECK(said("nb", "€ 13,20") == "13 euro 20 cent");
    CHECK(said("nb", "210 kr/t") == "210 kroner i timen");
    CHECK(said("en", "€13.20") == "13 euros 20 cents");
    CHECK(said("en", "EUR 12,40/h") == "12 euros 40 cents an hour");
    CHECK(said("en", "at least €1,284.05 a month") == "at least 1284 euros 5 cents a month");
    CHECK(said("uk", "13,22 € за годину") == "13 євро 22 центи за годину");
    CHECK(said("uk", "40 год./тиж. Оплата") == "40 годин на тиждень. Оплата");
    CHECK(said("uk", "25 000 грн/міс., премія") == "25000 гривень на місяць, премія");
    CHECK(said("uk", "25 000 грн/міс") == "25000 гривень на місяць");
    CHECK(said("ru", "14,80 €/ч") == "14 евро 80 центов в час");
    CHECK(said("ar", "13.20 €") == "13 يُورُو 20 سِنْت");
    CHECK(said("et", "9,50 €/h") == "9 eurot 50 senti tunnis");
}

TEST_CASE("units are said in the form that their number asks for") {
    CHECK(said("fi", "6 kk, 37,5 t/vko, 5 km, 20 m²") ==
          "6 kuukautta, 37,5 tuntia viikossa, 5 kilometriä, 20 neliömetriä");
    CHECK(said("fi", "1 kk") == "1 kuukausi");
    CHECK(said("uk", "1 км, 3 км, 5 км, 11 км, 21 км") ==
          "1 кілометр, 3 кілометри, 5 кілометрів, 11 кілометрів, 21 кілометр");
    CHECK(said("ru", "80 %") == "80 процентов");
    CHECK(said("ar", "80 % من الدوام") == "80 بِالْمِئَة من الدوام");
    CHECK(said("ar", "9:15 ص") == "9:15 صَبَاحًا");
    CHECK(said("en", "60–80 % of full time") == "60 to 80 per cent of full time");
}

TEST_CASE("a range has its word, and a dash between words a pause") {
    CHECK(said("fi", "klo 8–16") == "kello 8 viiva 16");
    CHECK(said("fi", "klo 9-15.30") == "kello 9 viiva 15.30");
    CHECK(said("sv", "07:00–15:30") == "07:00 till 15:30");
    CHECK(said("uk", "8–16") == "8 до 16");
    CHECK(said("ar", "8–16") == "8 إِلَى 16");
    CHECK(said("en", "letters A–Z") == "letters A to Z");
    CHECK(said("fi", "Siivooja – Tampere") == "Siivooja, Tampere");
    CHECK(said("ru", "Скорость — около 40 слов") == "Скорость, около 40 слов");
    CHECK(said("fi", "ma–pe klo 7–15") == "maanantaista perjantaihin kello 7 viiva 15");
    CHECK(said("fi", "5-vuotias, COVID-19") == "5-vuotias, COVID-19");
}

TEST_CASE("dates in numbers are said with the month's name, times of day are not") {
    CHECK(said("fi", "Hae viimeistään 1.12.2026.") == "Hae viimeistään 1. joulukuuta 2026.");
    CHECK(said("fi", "12.12. mennessä") == "12. joulukuuta mennessä");
    CHECK(said("fi", "1.12.–31.12.2026") == "1. joulukuuta viiva 31. joulukuuta 2026");
    CHECK(said("fi", "23.11.2026 klo 9.15") == "23. marraskuuta 2026 kello 9.15");
    CHECK(said("fi", "klo 9.12.") == "kello 9.12.");
    CHECK(said("sv", "2026-12-31") == "31 december 2026");
    CHECK(said("en", "31/12/2026") == "31 December 2026");
    CHECK(said("uk", "31 грудня 2026 р.") == "31 грудня 2026 року");
    CHECK(said("ru", "31.12.2026 г.") == "31 декабря 2026 года");
    CHECK(said("ar", "31/12/2026") == "31 دِيسَمْبِر 2026");
}

TEST_CASE("abbreviations are said in full, and only where they stand alone") {
    CHECK(said("fi", "Esim. siivous, mm. ikkunat ym.") ==
          "esimerkiksi siivous, muun muassa ikkunat ynnä muuta.");
    CHECK(said("fi", "mm.mmm ja kkk, klossi") == "muun muassa mmm ja kkk, klossi");
    CHECK(said("sv", "t.ex. lager, bl.a. truck, kl. 9") ==
          "till exempel lager, bland annat truck, klockan 9");
    CHECK(said("sv", "Data och IT, USB-minne") == "Data och I T, U S B-minne");
    CHECK(said("nb", "f.eks. renhold, ca. 5 dager") == "for eksempel renhold, cirka 5 dager");
    CHECK(said("en", "e.g. cleaning, i.e. floors") == "for example cleaning, that is floors");
    CHECK(said("uk", "напр. прибирання і т. д.") == "наприклад прибирання і так далі.");
    CHECK(said("ru", "напр. уборка и т. д.") == "например уборка и так далее.");
    CHECK(said("et", "nt koristamine") == "näiteks koristamine");
}

TEST_CASE("signs have their words, ornaments a pause or nothing") {
    CHECK(said("fi", "Koulutus / Kokemus") == "Koulutus tai Kokemus");
    CHECK(said("fi", "Vaihe 1/3") == "Vaihe 1 kautta 3");
    CHECK(said("en", "Step 2 / 8") == "Step 2 of 8");
    CHECK(said("uk", "Esimerkki & Co · Tampere") == "Esimerkki і Co, Tampere");
    CHECK(said("sv", "städ = renhold") == "städ är renhold");
    CHECK(said("ar", "عمل + سكن") == "عمل زَائِد سكن");
    CHECK(said("fi", "★ hyvä ilmapiiri") == "hyvä ilmapiiri");
    CHECK(said("nb", "№ 5") == "nummer 5");
    CHECK(said("en", "> 3 years | [night]_shift") == "more than 3 years, nightshift");
}

TEST_CASE("addresses are said sign by sign where signs stand, without what nobody has to write") {
    CHECK(said("fi", "nimi@esimerkki.fi") == "nimi ät esimerkki piste fi");
    CHECK(said("uk", "Пишіть на anna-maria@example.com.") ==
          "Пишіть на anna дефіс maria ет example крапка com.");
    CHECK(said("en", "https://www.example.org/jobs/1") == "www dot example dot org slash jobs slash 1");
    CHECK(said("sv", "(example.se)") == "(example punkt se)");
    CHECK(said("ru", "192.0.2.1") == "192 точка 0 точка 2 точка 1");
    CHECK(said("nb", "+47 22 33 44 55") == "pluss 4 7, 2 2, 3 3, 4 4, 5 5");
    CHECK(said("fi", "B-kortti, C1E, B2, QR-koodi") == "B-kortti, C1E, B2, QR-koodi");
    CHECK(said("fi", "t.mi Virtanen, loppu.Alku") == "t.mi Virtanen, loppu.Alku");
}

TEST_CASE("words for speech that are damaged are refused by name, and the kiosk reads what is written") {
    const ScratchFolder folder;
    const auto file = folder / "fi.json";
    const auto refused = [&](std::string_view text) {
        REQUIRE(write_file_durably(file, text).ok());
        const auto words = load_reading(file);
        return words.ok() ? "" : words.error().detail;
    };
    CHECK(refused("{}") == "\"range\" is no text");
    CHECK(refused(R"({"range": "viiva", "of": "kautta", "alternative": "tai", "each": "per", "date": "{day}",
                      "months": ["tammikuuta"]})") == "\"months\" are not twelve");
    CHECK(Readings(folder.path()).of("fi").words.empty());
    CHECK(Readings(folder.path()).of("de").words.empty());
    CHECK(Readings(source_dir() + "/assets/speech").of("fi-simple").range == "viiva");
}
