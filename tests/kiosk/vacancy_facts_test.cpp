// The facts of a vacancy, each in the words of a reader who does not read the ad's own language.
#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

/// The page of the one vacancy, as a reader of the language finds it.
struct FactsOf {
    KioskStage stage;
    FactsOf(std::string language, Vacancy vacancy, std::vector<OccupationEntry> occupations = {})
        : stage(std::move(language)) {
        stage.workers.vacancies = {std::move(vacancy)};
        stage.workers.occupations = std::move(occupations);
        stage.start();
        stage.touch("browse");
        stage.press("vacancy.own1");
    }
    std::string fact(std::string_view key) const { return stage.node(key).name + ": " + stage.value(key); }
};

Vacancy order() {
    return demo_vacancy("own1", "Siivooja", true);
}

Vacancy paid(std::optional<double> least, std::optional<double> most, std::string currency, std::string unit,
             std::string text = "") {
    Vacancy vacancy = order();
    vacancy.salary_min = least;
    vacancy.salary_max = most;
    vacancy.salary_currency = std::move(currency);
    vacancy.salary_unit = std::move(unit);
    vacancy.salary_text = std::move(text);
    return vacancy;
}

} // namespace

TEST_CASE("pay that an order gives in numbers alone is put into the reader's words") {
    CHECK(FactsOf("fi", paid(13.2, 14.8, "EUR", "hour")).fact("offer.salary") ==
          "Palkka: 13,20–14,80\u00A0€ tunnissa");
    CHECK(FactsOf("fi", paid(2450, {}, "EUR", "month")).fact("offer.salary") ==
          "Palkka: vähintään 2\u00A0450\u00A0€ kuukaudessa");
    CHECK(FactsOf("fi", paid({}, 14, "EUR", "hour")).fact("offer.salary") ==
          "Palkka: enintään 14\u00A0€ tunnissa");
    CHECK(FactsOf("sv", paid(190.5, 190.5, "NOK", "hour")).fact("offer.salary") ==
          "Lön: 190,50\u00A0Nkr i timmen");
    CHECK(FactsOf("ar", paid(13.2, 14.8, "EUR", "hour")).fact("offer.salary") ==
          "الأجر: \u206813.20–14.80\u00A0€\u2069 في الساعة");
}

TEST_CASE("pay of a unit or currency that is not known is shown as it was given") {
    CHECK(FactsOf("fi", paid(100, 120, "points", "shift")).fact("offer.salary") ==
          "Palkka: 100–120\u00A0points / \u2068shift\u2069");
    CHECK(FactsOf("fi", paid(100, {}, "", "")).fact("offer.salary") == "Palkka: vähintään 100");
    CHECK(FactsOf("fi", paid({}, {}, "", "", "enligt avtal")).fact("offer.salary") ==
          "Palkka: \u2068enligt avtal\u2069");
}

TEST_CASE("words about pay that say more than its numbers stand behind them") {
    CHECK(FactsOf("sv", paid(13.6, {}, "EUR", "hour", "13,60 €/h + iltalisä")).fact("offer.salary") ==
          "Lön: minst 13,60\u00A0€ i timmen (\u206813,60 €/h + iltalisä\u2069)");
    CHECK(FactsOf("sv", paid(2450, 2700, "EUR", "month", "2 450–2 700 €/kk")).fact("offer.salary") ==
          "Lön: 2\u00A0450\u20122\u00A0700\u00A0€ i månaden");
}

TEST_CASE("an occupation that the kiosk knows has the reader's name, another one that of the ad") {
    Vacancy vacancy = order();
    vacancy.occupations = {{"ISCO08", "9112", "siivooja"}, {"", "", "hissimekaanikko"}};
    const OccupationEntry cleaner{
        "common:cleaner", {"9112"}, {{"fi", {"siivooja"}}, {"ar", {"عامل نظافة", "منظف"}}}};
    CHECK(FactsOf("ar", vacancy, {cleaner, {}}).fact("facts.occupation") ==
          "المهنة: \u2068عامل نظافة\u2069، \u2068hissimekaanikko\u2069");
    vacancy.occupations = {{"ISCO08", "9112", "Renholder, hotell"}};
    CHECK(FactsOf("ar", vacancy, {cleaner}).stage.value("facts.occupation") ==
          "\u2068عامل نظافة\u2069 (\u2068Renholder, hotell\u2069)");
    vacancy.occupations = {{"ISCO08", "9112", "siivooja"}, {"", "", "hissimekaanikko"}};
    // No name in this language: that of the ad, not one of a third language.
    CHECK(FactsOf("uk", vacancy, {cleaner, {}}).stage.value("facts.occupation") ==
          "\u2068siivooja\u2069, \u2068hissimekaanikko\u2069");
}

TEST_CASE("the licence that is asked for is a fact: which, needed, not needed, or not stated") {
    Vacancy vacancy = order();
    CHECK(FactsOf("ar", vacancy).fact("facts.licence") == "رخصة القيادة: غير مذكور");
    vacancy.licence_needed = false;
    CHECK(FactsOf("ar", vacancy).fact("facts.licence") == "رخصة القيادة: غير مطلوبة");
    vacancy.licence_needed = true;
    CHECK(FactsOf("ar", vacancy).fact("facts.licence") == "رخصة القيادة: مطلوبة");
    vacancy.requirements = {
        {RequirementKind::driving_licence, Level::must, "eu", "B", "B-ajokortti", "B", ""},
        {RequirementKind::driving_licence, Level::nice, "eu", "C", "C-ajokortti", "C", ""}};
    CHECK(FactsOf("ar", vacancy).fact("facts.licence") == "رخصة القيادة: رخصة قيادة \u2068B\u2069");
    vacancy.licence_needed.reset();
    vacancy.requirements.erase(vacancy.requirements.begin());
    CHECK(FactsOf("fi", vacancy).fact("facts.licence") == "Ajokortti: ajokortti \u2068C\u2069 (Eduksi)");
}

TEST_CASE("what an ad says outright of schooling and experience is a fact, its silence is none") {
    Vacancy vacancy = order();
    CHECK_FALSE(FactsOf("fi", vacancy).stage.shows("facts.schooling"));
    CHECK_FALSE(FactsOf("fi", vacancy).stage.shows("facts.experience"));
    vacancy.training_needed = false;
    vacancy.experience_needed = true;
    CHECK(FactsOf("fi", vacancy).fact("facts.schooling") == "Koulutus: Ei tarvita");
    CHECK(FactsOf("fi", vacancy).fact("facts.experience") == "Kokemus: Tarvitaan");
    CHECK(FactsOf("ar", vacancy).fact("facts.schooling") == "التعليم: غير مطلوب");
    CHECK(FactsOf("ar", vacancy).fact("facts.experience") == "الخبرة: مطلوبة");
}

TEST_CASE("hours have the share of full time and what the ad says beside the kind") {
    Vacancy vacancy = order();
    vacancy.hours = Hours::part_time;
    vacancy.shifts = {"evening"};
    vacancy.percent_min = 60;
    vacancy.percent_max = 80;
    vacancy.hours_raw = "15–22 h/vko";
    CHECK(
        FactsOf("ar", vacancy).fact("facts.hours") ==
        "ساعات العمل: دوام جزئي، مسائي، \u206860–80\u2069\u00A0% من الدوام الكامل (\u206815–22 h/vko\u2069)");
    vacancy.percent_min.reset();
    vacancy.hours_raw = "Deltid";
    CHECK(FactsOf("fi", vacancy).fact("facts.hours") ==
          "Työaika: Osa-aikainen, iltatyö, enintään 80\u00A0% kokoaikaisesta");
    vacancy.hours = Hours::full_time;
    vacancy.shifts.clear();
    vacancy.percent_min = vacancy.percent_max = 100;
    CHECK(FactsOf("fi", vacancy).fact("facts.hours") == "Työaika: Kokoaikainen");
}

TEST_CASE("an order's summary stands under its title, read aloud in its own language") {
    Vacancy vacancy = order();
    CHECK_FALSE(FactsOf("en", vacancy).stage.shows("summary"));
    vacancy.texts.front().summary = "Siivoat toimistoja aamuisin.";
    FactsOf page("en", vacancy);
    CHECK(page.stage.name("summary") == "Siivoat toimistoja aamuisin.");
    CHECK(page.stage.node("summary").language == "fi");
}

TEST_CASE("the language of the ad's own words is named, or it is said that they are the original") {
    Vacancy vacancy = order();
    const std::string named = "The text is in its original language: Finnish.";
    CHECK(FactsOf("en", vacancy).stage.name("text.language") == named);
    CHECK_FALSE(FactsOf("fi", vacancy).stage.shows("text.language"));
    vacancy.texts.front().language.clear();
    CHECK(FactsOf("en", vacancy).stage.name("text.language") == "The text is in its original language.");
    vacancy.texts.front().likely_language = "fi";
    CHECK(FactsOf("en", vacancy).stage.name("text.language") == named);
    CHECK(FactsOf("en", vacancy).stage.node("text.0").language == "fi");
    vacancy.texts.front().body_plain.clear();
    vacancy.texts.front().duties = {"Siivoat toimistoja."};
    CHECK(FactsOf("en", vacancy).stage.name("text.language") == named);
}

TEST_CASE("a deadline and a start that no date can be made of are shown as they were given") {
    Vacancy vacancy = order();
    vacancy.deadline_raw = "Fortløpende vurdering av søkere";
    vacancy.start_raw = "Vår 2027";
    CHECK(FactsOf("ar", vacancy).fact("facts.deadline") ==
          "آخر موعد: \u2068Fortløpende vurdering av søkere\u2069");
    CHECK(FactsOf("ar", vacancy).fact("facts.start") == "تاريخ البدء: \u2068Vår 2027\u2069");
    vacancy.deadline = DeadlineKind::continuous;
    CHECK(FactsOf("ar", vacancy).fact("facts.deadline") == "آخر موعد: التقديم مستمر");
}
