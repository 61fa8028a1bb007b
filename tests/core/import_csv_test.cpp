#include <catch2/catch.hpp>

#include "tests/fakes/collected_items.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const ImportSettings settings{parse_iso8601("2026-11-23T08:00:00Z").value(), {}};

CollectedItems table(const std::string& text) {
    return collect(FeedFormat::csv, text, settings);
}
std::string only_reason(const std::string& text) {
    const CollectedItems items = table(text);
    return items.refusals.size() == 1 ? items.refusals[0].reason : "not one refusal";
}
constexpr const char* head = "id,language,title,description\n";

} // namespace

TEST_CASE("a table says of an order what the JSON file says") {
    const CollectedItems items =
        table("id,language,title,description,duties,relation,employer,employer_hidden,training,"
              "experience_needed,working_languages,region_code,municipality,municipality_code,one_of,"
              "people_skills,languages_nice,occupations\n"
              "A-1,fi,Hoitaja,,Autat|Kuuntelet,agency_leased,Koti Oy,yes,course,no,Suomi|en,06,Tampere,837,"
              "education:Lähihoitaja:3//experience:Kolme vuotta hoivassa:P3Y,Rauhallisuus,"
              "Suomi:B1,ISCO08:5322:Hoitaja\n");
    CHECK(items.refusals.empty());
    const Vacancy& v = items.only_vacancy();
    CHECK(v.texts.at(0).duties == std::vector<std::string>{"Autat", "Kuuntelet"});
    CHECK(v.employer_hidden);
    CHECK(v.training == Training::course);
    CHECK(v.experience_needed == false);
    CHECK(v.working_languages == std::vector<std::string>{"fi", "en"});
    CHECK(v.places.at(0).region_code == "06");
    CHECK(v.places.at(0).municipality_code == "837");
    CHECK(v.field == "care");
    REQUIRE(v.requirements.size() == 4);
    CHECK(v.requirements[0].label == "Lähihoitaja");
    CHECK(v.requirements[0].degree == "3");
    CHECK(v.requirements[1].kind == RequirementKind::experience);
    CHECK(months_asked(v.requirements[1]) == 36);
    CHECK(v.requirements[0].alternative == v.requirements[1].alternative);
    CHECK(v.requirements[2].kind == RequirementKind::people_skill);
    CHECK(v.requirements[3].code == "fi");

    const std::string start = "id,language,title,description,one_of\nA-1,fi,Hoitaja,Autat,";
    CHECK(only_reason(start + "schooling:Lähihoitaja//experience:Kolme vuotta\n")
              .starts_with("row 2, column one_of: \"schooling\" is none of education, experience"));
    CHECK(only_reason(start + "experience:Kolme vuotta\n") ==
          "row 2, column one_of: \"1\" stands at no other requirement");
}

TEST_CASE("a table with commas becomes own postings that can be applied for at the kiosk") {
    const CollectedItems items = table("id,language,title,description,employer,relation,employment,hours,"
                                       "percent_min,shifts,start,deadline,pay_text,"
                                       "pay_min,pay_max,pay_currency,pay_unit,own_car,city,country,positions,"
                                       "education,skills,skills_nice,languages,"
                                       "driving_licences,occupations,contact_name,contact_email\n"
                                       "A-1,fi,Siivooja,\"Siivoat toimistoja.\n\n- lattiat\n- ikkunat "
                                       "\"\"kerran viikossa\"\"\",Toimisto Oy,agency_leased,"
                                       "permanent,part_time,50,day|evening,as_soon_as_possible,31.12.2026,"
                                       "TES,\"12,50\",14,EUR,hour,no,Vaasa,FI,2,"
                                       "Peruskoulu,Siivous|Ikkunanpesu,Asiakaspalvelu,Suomi:B1|Englanti:A2,B,"
                                       "ISCO08:9112:Siivooja|Apulainen,Kari,"
                                       "kari@example.invalid\n");
    CHECK(items.ended_by().empty());
    CHECK(items.refusals.empty());
    REQUIRE(items.vacancies.size() == 1);
    const Vacancy& v = items.only_vacancy();
    CHECK(v.source_id == "A-1");
    CHECK(v.source == "own");
    CHECK(v.apply_at_kiosk);
    CHECK(v.texts.at(0).body_html ==
          "<p>Siivoat toimistoja.</p><ul><li>lattiat</li><li>ikkunat &quot;kerran viikossa&quot;</li></ul>");
    CHECK(v.relation == Relation::agency_leased);
    CHECK(v.shifts == std::vector<std::string>{"day", "evening"});
    CHECK(v.start == StartKind::as_soon_as_possible);
    CHECK(to_iso8601(v.deadline_at.value()) == "2026-12-31T21:59:59.999Z");
    CHECK(v.salary_min == 12.5);
    CHECK(v.salary_max == 14);
    CHECK(v.own_car == false);
    CHECK(v.positions == 2);
    CHECK(v.percent_min == 50);
    CHECK(v.places.at(0).shown() == "Vaasa");
    REQUIRE(v.requirements.size() == 7);
    CHECK(v.requirements[1].label == "Siivous");
    CHECK(v.requirements[3].level == Level::nice);
    CHECK(v.requirements[4].kind == RequirementKind::language);
    CHECK(v.requirements[4].label == "Suomi");
    CHECK(v.requirements[4].degree == "B1");
    CHECK(v.requirements[6].kind == RequirementKind::driving_licence);
    CHECK(v.occupations.at(0).code == "9112");
    CHECK(v.occupations.at(1).label == "Apulainen");
    CHECK(v.contacts.at(0).email == "kari@example.invalid");
    CHECK(items.sweep.complete());
}

TEST_CASE("semicolons, a byte-order mark, CRLF and a separator note are read as spreadsheets write them") {
    const CollectedItems items =
        table("\xEF\xBB\xBFid;language;title;description;pay_min\r\n"
              "1;sv;Städare, kväll;\"Rad ett\r\nRad två\";\r\n;;;;\r\n2;sv;Kock;Laga mat;1 500,50\r\n");
    CHECK(items.refusals.empty());
    REQUIRE(items.vacancies.size() == 2);
    CHECK(items.vacancies[0].vacancy.texts.at(0).title == "Städare, kväll");
    CHECK(items.vacancies[0].vacancy.texts.at(0).body_plain == "Rad ett\nRad två");
    CHECK(items.vacancies[1].vacancy.salary_min == 1500.5);
    CHECK(table("sep=;\nid;language;title;description\n1;fi;Kokki;Ruokaa\n").vacancies.size() == 1);
    CHECK(table("id\tlanguage\ttitle\tdescription\n1\tfi\tKokki\tRuokaa").vacancies.size() == 1);
}

TEST_CASE("days from the start count from the import") {
    const Vacancy v =
        table("id,language,title,description,deadline\n1,fi,Kokki,Ruokaa,+14d\n").only_vacancy();
    CHECK(to_iso8601(v.deadline_at.value()) == "2026-12-07T21:59:59.999Z");
}

TEST_CASE("a further row of the same id adds a language and may not differ elsewhere") {
    const std::string header = "id,language,title,description,city\n";
    const CollectedItems items =
        table(header + "1,fi,Kokki,Ruokaa,Vaasa\n1,sv,Kock,Mat,\n2,fi,Siivooja,Siivous,Turku\n");
    REQUIRE(items.vacancies.size() == 2);
    CHECK(items.vacancies[0].vacancy.text_for("sv").title == "Kock");
    CHECK(items.vacancies[0].vacancy.text_for("fi").title == "Kokki");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,Vaasa\n1,sv,Kock,Mat,Turku\n") ==
          "row 3, column city: differs from row 2");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,Vaasa\n1,fi,Kock,Mat,\n") ==
          "row 3, column language: \"fi\" is there twice");
}

TEST_CASE(
    "a table says where a place lies, and wrong codes of languages, currencies and units by their column") {
    const std::string header =
        "id,language,title,description,city,latitude,longitude,pay_currency,pay_unit\n";
    const CollectedItems items = table(header + "1,fi,Kokki,Ruokaa,Vaasa,\"63,1\",21.6,EUR,hour\n");
    REQUIRE(items.vacancies.size() == 1);
    CHECK(items.only_vacancy().places.at(0).latitude == 63.1);
    CHECK(items.only_vacancy().places.at(0).longitude == 21.6);
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,Vaasa,north,,,\n") ==
          "row 2, column latitude: not a number in its range");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,Vaasa,,,euro,\n") ==
          "row 2, column pay_currency: \"euro\" is no code of a currency such as EUR, SEK, NOK");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,Vaasa,,,,fortnight\n") ==
          "row 2, column pay_unit: \"fortnight\" is none of hour, day, week, month, year");
    CHECK(only_reason(header + "1,suomi,Kokki,Ruokaa,Vaasa,,,,\n") ==
          "row 2, column language: \"suomi\" is no code of a language such as fi, sv, nb");
}

TEST_CASE("what is wrong is told by row and column, and the other rows are taken") {
    const std::string header =
        "id,language,title,description,pay_min,pay_max,deadline,own_car,percent_max,shifts\n";
    const CollectedItems items = table(header + "1,fi,Kokki,Ruokaa,15,12,,,,\n2,fi,Siivooja,Siivous,,,,,,\n");
    CHECK(items.vacancies.size() == 1);
    REQUIRE(items.refusals.size() == 1);
    CHECK(items.refusals[0].source_id == "1");
    CHECK(items.refusals[0].index == 1);
    CHECK(items.refusals[0].reason == "row 2, column pay_min: more than max");
    CHECK(only_reason(header + "1,fi,,Ruokaa,,,,,,\n") == "row 2, column title: missing");
    CHECK(only_reason(header + "1,fi,Kokki,,,,,,,\n") == "row 2, column description: missing");
    CHECK(only_reason(header + ",fi,Kokki,Ruokaa,,,,,,\n") == "row 2, column id: missing");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,,,soon,,,\n")
              .find("row 2, column deadline: \"soon\" is neither") == 0);
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,,,,perhaps,,\n") ==
          "row 2, column own_car: must be true or false");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,,,,,101,\n") ==
          "row 2, column percent_max: must be a whole number from 0 to 100");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,much,,,,,\n") ==
          "row 2, column pay_min: not a number in its range");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa,,,,,,dawn\n") ==
          "row 2, column shifts: \"dawn\" is no shift that is known");
    CHECK(only_reason(header + "1,fi,Kokki,Ruokaa\n") == "row 2: 4 fields where the header has 10");
    CHECK(only_reason(std::string(head) + "1,fi,Kokki,Ruokaa\n2,fi,Apu,Apua\n1,fi,Kokki,Ruokaa\n") ==
          "row 4, column id: already in row 2");
}

TEST_CASE("a table with a misspelt or missing column is refused as a whole") {
    CHECK(table("id,language,title,description,dedline\n1,fi,Kokki,Ruokaa,\n").ended_by() ==
          "row 1, column 5: no column is called \"dedline\"");
    CHECK(table("id,language,title\n1,fi,Kokki\n").ended_by() ==
          "row 1: the column \"description\" is missing");
    CHECK(table("id,language,title,description,title\n").ended_by() ==
          "row 1, column 5: \"title\" is there twice");
    CHECK(table("id,language,title,description\n1,fi,K\xE4y,Ruokaa\n").ended_by() ==
          "row 2: not UTF-8: save the table as \"CSV UTF-8\"");
}

TEST_CASE("a quotation mark that is never closed ends the table after the rows before it") {
    const CollectedItems items = table(std::string(head) + "1,fi,Kokki,Ruokaa\n2,fi,\"Apu,Apua\n");
    CHECK(items.vacancies.size() == 1);
    CHECK(items.ended_by() == "row 3: a quotation mark is never closed");
    CHECK(table(std::string(head) + "1,fi,\"Ko\"kki,Ruokaa\n").ended_by() ==
          "row 2: text after a closing quotation mark");
}

TEST_CASE("the example that ships is read whole") {
    std::ifstream file(source_dir() + "/assets/vacancies/examples.csv", std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    const CollectedItems items = table(content.str());
    CHECK(items.ended_by().empty());
    CHECK(items.refusals.empty());
    REQUIRE(items.vacancies.size() == 2);
    CHECK(items.vacancies[0].vacancy.text_for("fi").title == "Toimistosiivooja, iltavuoro");
    CHECK(items.vacancies[0].vacancy.salary_min == 12.4);
    CHECK(items.vacancies[1].vacancy.places.at(0).shown() == "Jakobstad");
}
