// Tables of occupations as classifications give them out: read whole, or refused with the place.
#include <catch2/catch.hpp>

#include "core/vacancies/occupations.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

std::string problem(OccupationFormat format, const std::string& text, const std::string& language = "") {
    const auto table = read_occupations(format, text, language);
    return table.ok() ? "" : table.error().detail;
}

std::string names(const OccupationTable& table, std::size_t at, const std::string& language) {
    std::string text;
    for (const OccupationNames& one : table.entries.at(at).names)
        if (one.language == language)
            for (const std::string& name : one.names)
                text += (text.empty() ? "" : "; ") + name;
    return text;
}

const std::string esco_header = "conceptUri,iscoGroup,preferredLabel,altLabels\n";
const std::string esco_uri = "http://data.europa.eu/esco/occupation/";

} // namespace

TEST_CASE(
    "ESCO's list has its names by language, its groups, and the code that each occupation begins with") {
    const std::string text =
        R"([{"uri":"http://data.europa.eu/esco/isco/C9","notation":"9","prefLabel":{"en":"Elementary"}},)"
        R"({"uri":"http://data.europa.eu/esco/isco/C9112","notation":"9112","prefLabel":{"fi":"Toimistosiivoojat"}},)"
        R"({"uri":"http://data.europa.eu/esco/occupation/1a","notation":"9112.1","prefLabel":{"fi":"siivooja",)"
        R"("en":"cleaner"},"altLabel":{"en":["office cleaner","cleaner","char / charlady"]}}])";
    const auto table = read_occupations(OccupationFormat::esco, text, "").value();
    CHECK(table.id == "esco");
    REQUIRE(table.entries.size() == 2);
    CHECK(table.entries[0].id == "isco:9112");
    CHECK(table.entries[1].id == "esco:1a");
    CHECK(table.entries[1].isco == std::vector<std::string>{"9112"});
    CHECK(names(table, 1, "fi") == "siivooja");
    CHECK(names(table, 1, "en") == "cleaner; office cleaner; char; charlady");
}

TEST_CASE("a CSV of ESCO is in the language that is named, with a byte-order mark or without") {
    const std::string row = esco_uri + "1a,9112,\"عامل نظافة / عاملة نظافة\",\"منظف\nعامل نظافة\"\n";
    for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
        const auto table = read_occupations(OccupationFormat::esco, mark + esco_header + row, "ar").value();
        CHECK(table.id == "esco-ar");
        REQUIRE(table.entries.size() == 1);
        CHECK(names(table, 0, "ar") == "عامل نظافة; عاملة نظافة; منظف");
    }
    CHECK(problem(OccupationFormat::esco, esco_header + row) ==
          "a CSV of ESCO does not say its language: name it");
}

TEST_CASE("a wrong table of occupations is refused with row and column") {
    const std::string good = esco_uri + "1a,9112,cleaner,\n";
    const auto esco = [&](const std::string& row) {
        return problem(OccupationFormat::esco, esco_header + good + row, "en");
    };
    CHECK(esco(esco_uri + "2b,911,cook,\n") == "row 3, column iscoGroup: not a code of four digits");
    CHECK(esco(esco_uri + "2b,9112,,\n") == "row 3, column preferredLabel: empty");
    CHECK(esco("cook,9112,cook,\n") == "row 3, column conceptUri: not the address of an occupation");
    CHECK(esco(esco_uri + "2b,9112\n") == "row 3, column preferredLabel: missing, the row is too short");
    CHECK(esco("\"cook,9112\n") == "row 3: a quotation mark is never closed");
    CHECK(esco("").empty()); // the control
    CHECK(problem(OccupationFormat::esco, "conceptUri,iscoGroup,preferredLabel\n", "en") ==
          "row 1, column altLabels: missing");
    CHECK(problem(OccupationFormat::esco, esco_header, "en") == "no row beside the header");
    CHECK(problem(OccupationFormat::isco, "9112;Cleaners\n9313;\n", "en") == "row 2, column 2: no title");
    CHECK(problem(OccupationFormat::styrk, "Styrk code;Styrk description\n9112;Renholdere\n9313\n") ==
          "row 3, column 2: no title");
    CHECK(problem(
              OccupationFormat::esco,
              R"([{"uri":"http://data.europa.eu/esco/occupation/1","notation":"9112.1","prefLabel":{}}])") ==
          "entry 1: prefLabel: missing");
    CHECK(
        problem(
            OccupationFormat::esco,
            R"([{"uri":"http://data.europa.eu/esco/occupation/1","notation":"9112.1","prefLabel":{"en":"a"}},)"
            R"({"uri":"http://data.europa.eu/esco/skill/1"}])") ==
        "entry 2: uri: neither an occupation nor a group of ISCO-08");
    CHECK(
        problem(
            OccupationFormat::ssyk,
            R"({"data":{"concepts":[{"ssyk_code_2012":"9111","preferred_label":"Städare"},{"id":"x"}]}})") ==
        "entry 2: ssyk_code_2012: not a code of four digits");
}

TEST_CASE("a file of another kind is refused as a whole with what it seems to be") {
    const std::string jobtech = R"([{"id":"1","headline":"Cleaner"}])";
    CHECK(problem(OccupationFormat::esco, jobtech) == "not ESCO's occupations; it seems to be JobTech ads");
    CHECK(problem(OccupationFormat::ssyk, jobtech) == "not a table of SSYK; it seems to be JobTech ads");
    CHECK(problem(OccupationFormat::styrk, jobtech) ==
          "not a table of STYRK (CSV); it seems to be JobTech ads");
    CHECK(problem(OccupationFormat::isco, "%PDF-1.4", "en") ==
          "not rows that begin with a code of four digits; it seems to be a PDF document");
    CHECK(problem(OccupationFormat::esco, "hello", "en") ==
          "not ESCO's occupations; it seems to be a plain text");
    CHECK(problem(OccupationFormat::ssyk, R"({"openapi":"3.0.0"})") ==
          "not a table of SSYK; it seems to be an API contract (OpenAPI)");
    CHECK(problem(OccupationFormat::esco, " ") == "an empty file");
}

TEST_CASE("groups, names and codes of SSYK come together, whatever the order of their files") {
    const auto groups =
        read_occupations(OccupationFormat::ssyk,
                         R"({"data":{"concepts":[{"ssyk_code_2012":"9111",)"
                         R"("preferred_label":"Städare","related":[{"isco_code_08":"9112"}]}]}})",
                         "")
            .value();
    const auto by_name = read_occupations(OccupationFormat::ssyk, R"({"77":"Fönsterputsare"})", "").value();
    const auto by_code = read_occupations(OccupationFormat::ssyk, R"({"77":"9111"})", "").value();
    CHECK(groups.id == "ssyk");
    CHECK(by_name.id == "ssyk-names");
    CHECK(by_code.id == "ssyk-codes");
    for (const auto& order : {std::vector{groups, by_name, by_code}, std::vector{by_code, by_name, groups}}) {
        const OccupationTable all = joined(order);
        REQUIRE(all.entries.size() == 2);
        CHECK(all.entries[0].id == "af:77");
        CHECK(all.entries[0].isco == std::vector<std::string>{"9112"});
        CHECK(all.entries[1].id == "ssyk:9111");
    }
}

TEST_CASE("a table is the same after it was written and read") {
    const auto table =
        read_occupations(OccupationFormat::ssyk,
                         R"({"data":{"concepts":[{"ssyk_code_2012":"9111",)"
                         R"("preferred_label":"Städare; hem","related":[{"isco_code_08":"9112"}]}]}})",
                         "")
            .value();
    const auto again = occupations_from_json(to_json(table)).value();
    CHECK(to_json(again).to_text() == to_json(table).to_text());
    CHECK(names(again, 0, "sv") == "Städare, hem");
}

TEST_CASE("the table that ships names the 150 commonest jobs in seven languages, each with its group") {
    const auto tables = read_occupation_folder(source_dir() + "/assets/occupations");
    if (!tables.ok()) FAIL(tables.error().detail);
    REQUIRE(tables->size() == 1);
    const OccupationTable& common = tables->front();
    CHECK(common.entries.size() >= 150);
    for (std::size_t at = 0; at < common.entries.size(); ++at) {
        INFO(common.entries[at].id);
        CHECK_FALSE(common.entries[at].isco.empty());
        for (const char* language : {"fi", "sv", "nb", "en", "uk", "ru", "ar"}) {
            INFO(language);
            CHECK_FALSE(names(common, at, language).empty());
        }
    }
}

TEST_CASE("every table of the reference data is read whole") {
    struct File {
        const char* name;
        OccupationFormat format;
        const char* language;
        const char* id;
        std::size_t entries, links;
    };
    for (const File& file :
         {File{"../occupations/esco_occupations_fi_sv_en.json", OccupationFormat::esco, "", "esco", 3443, 0},
          File{"../occupations/esco_occupations_ar.csv", OccupationFormat::esco, "ar", "esco-ar", 2942, 0},
          File{"../occupations/esco_occupations_en_altlabels.csv", OccupationFormat::esco, "en", "esco-en",
               3007, 0},
          File{"../occupations/af_ssyk-level-4-with-related-isco-level-4-groups.json", OccupationFormat::ssyk,
               "", "ssyk", 400, 565},
          File{"../occupations/af_occId_2_name.json", OccupationFormat::ssyk, "", "ssyk-names", 3253, 0},
          File{"../occupations/af_occId_2_ssyk2012.json", OccupationFormat::ssyk, "", "ssyk-codes", 0, 3095},
          File{"no/styrk_category_mapping.csv", OccupationFormat::styrk, "", "styrk", 406, 0}}) {
        const auto text = reference_file(file.name);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        INFO(file.name);
        const auto table = read_occupations(file.format, *text, file.language);
        if (!table.ok()) FAIL(table.error().detail);
        CHECK(table->id == file.id);
        CHECK(table->entries.size() == file.entries);
        CHECK(table->links.size() == file.links);
    }
    const auto other = reference_file("../occupations/af_occupations-with-no-edcuational-requirements.json");
    if (other) CHECK(problem(OccupationFormat::ssyk, *other) == "not groups of SSYK");
}
