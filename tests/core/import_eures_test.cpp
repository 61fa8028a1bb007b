#include <catch2/catch.hpp>

#include "core/json/json.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

std::string opening(const std::string& profile, const std::string& status = "Active") {
    return "<?xml version=\"1.0\"?><PositionOpening xmlns=\"http://www.hr-xml.org/3\" "
           "xmlns:oa=\"http://www.openapplications.org/oagis/9\"><DocumentID "
           "schemeAgencyID=\"NAV\">77</DocumentID>"
           "<PositionOpeningStatusCode>" +
           status + "</PositionOpeningStatusCode>" + profile + "</PositionOpening>";
}
std::string wrapped(const std::string& xml) {
    return Json::object(
               {{"data", Json::object({{"items", Json::array({Json::object(
                                                     {{"jobVacancy", Json::object({{"hrxml", xml}})}})})}})}})
        .to_text();
}

} // namespace

TEST_CASE("the two openings of EURES keep their codes, places and the link inside their instructions") {
    const auto text = reference_file("eures/position_openings.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems items = collect(FeedFormat::eures, *text);
    CHECK(items.ended_by().empty());
    REQUIRE(items.vacancies.size() == 2);
    CHECK(items.refusals.empty());
    const Vacancy& reception = items.vacancies[0].vacancy;
    CHECK(reception.source_id == "PES-SWEDEN/23590448");
    CHECK(reception.texts.at(0).language == "sv");
    CHECK(reception.texts.at(0).title == "Hotellreceptionist Deltid på Boutique hotell");
    CHECK(reception.texts.at(0).body_plain.find("jobba deltid i receptionen") != std::string::npos);
    CHECK(reception.texts.at(0).body_plain.find("&") ==
          reception.texts.at(0).body_plain.find("& restaurang"));
    CHECK(reception.employer == "AB Restaurant Stallmästaregården");
    CHECK(reception.organisation_number == "5560300005");
    CHECK(reception.places.at(0).shown() == "Stockholm");
    CHECK(reception.places.at(0).raw == "SE110");
    CHECK(reception.hours == Hours::part_time);
    CHECK(reception.relation == Relation::direct);
    CHECK(reception.apply_url ==
          "https://www.arbetsformedlingen.se/For-arbetssokande/Hitta-jobb/Platsbanken/annonser/23590448");
    CHECK(reception.apply_instructions == "Link to the vacancy on the Swedish job board");
    CHECK(to_iso8601(reception.updated_at.value()) == "2019-10-16T08:58:00Z");
    CHECK(reception.occupations.at(0).scheme == "ISCO08");
    CHECK(reception.occupations.at(0).code == "4224");
    CHECK(reception.field == "office");
    REQUIRE(reception.requirements.size() == 2);
    CHECK(reception.requirements[0].label == "ISCED 3");
    CHECK(reception.requirements[1].raw == "1 year");
    CHECK(reception.requirements[1].label.empty());
    CHECK(reception.working_languages == std::vector<std::string>{"en", "sv"});
    const Vacancy& hotel = items.vacancies[1].vacancy;
    CHECK(hotel.employment == Employment::seasonal);
    CHECK(hotel.positions == 4);
    CHECK(hotel.occupations.size() == 2);
    CHECK(hotel.requirements.at(1).kind == RequirementKind::driving_licence);
    CHECK(hotel.requirements.at(1).degree == "B");
}

TEST_CASE("one opening as XML has its close date, its languages with levels and its pay") {
    const std::string xml = opening(
        "<PositionProfile languageCode=\"en\"><PositionTitle>Cook</PositionTitle>"
        "<PositionOfferingTypeCode>Temporary</PositionOfferingTypeCode>"
        "<PositionScheduleTypeCode>Any</PositionScheduleTypeCode>"
        "<PositionQualifications><PositionCompetency><CompetencyID "
        "schemeID=\"ISO-639-1/2-Languages\">NO</CompetencyID>"
        "<RequiredProficiencyLevel><ScoreText>B1</ScoreText></RequiredProficiencyLevel></PositionCompetency>"
        "</PositionQualifications>"
        "<RemunerationPackage><RemunerationRange><MinimumAmount currencyID=\"NOK\">190.5</MinimumAmount>"
        "<MaximumAmount currencyID=\"NOK\">210</MaximumAmount></RemunerationRange>"
        "<RemunerationIntervalCode>Hour</RemunerationIntervalCode></RemunerationPackage>"
        "<PositionPeriod><StartDate><FormattedDateTime>2027-01-04</FormattedDateTime></StartDate></"
        "PositionPeriod>"
        "<ApplicationCloseDate>2026-12-31</ApplicationCloseDate></PositionProfile>");
    const CollectedItems items = collect(FeedFormat::eures, xml);
    REQUIRE(items.vacancies.size() == 1);
    const Vacancy& v = items.only_vacancy();
    CHECK(v.source_id == "NAV/77");
    CHECK(v.hours == Hours::mixed);
    CHECK(v.employment == Employment::fixed_term);
    CHECK(v.salary_min == 190.5);
    CHECK(v.salary_max == 210);
    CHECK(v.salary_currency == "NOK");
    CHECK(v.salary_unit == "hour");
    CHECK(v.salary_text.empty()); // each reader gets words of their own
    CHECK(v.requirements.at(0).code == "nb");
    CHECK(v.requirements.at(0).degree == "B1");
    CHECK(to_iso8601(v.deadline_at.value()) == "2026-12-31T22:59:59.999Z");
    CHECK(v.start == StartKind::on_date);
}

TEST_CASE("zero pay is no pay, and an unknown code is shown as given") {
    const std::string xml = opening("<PositionProfile><PositionTitle>Cook</"
                                    "PositionTitle><PositionOfferingTypeCode>Gig</PositionOfferingTypeCode>"
                                    "<RemunerationPackage><RemunerationRange><MinimumAmount>0</"
                                    "MinimumAmount><MaximumAmount>0</MaximumAmount>"
                                    "</RemunerationRange></RemunerationPackage></PositionProfile>");
    const Vacancy v = collect(FeedFormat::eures, wrapped(xml)).only_vacancy();
    CHECK_FALSE(v.salary_min);
    CHECK(v.salary_text.empty());
    CHECK(v.employment == Employment::unknown);
    CHECK(v.employment_raw == "Gig");
}

TEST_CASE("a closed opening is a removal, a broken one is refused with what is wrong") {
    const CollectedItems closed = collect(FeedFormat::eures, wrapped(opening("", "Closed")));
    REQUIRE(closed.removals.size() == 1);
    CHECK(closed.removals[0].source_id == "NAV/77");
    const auto reason = [](const std::string& xml) {
        const CollectedItems items = collect(FeedFormat::eures, wrapped(xml));
        return items.refusals.size() == 1 ? items.refusals[0].reason : "no refusal";
    };
    CHECK(reason(opening("")) == "PositionTitle: missing");
    CHECK(reason("<PositionOpening><PositionProfile/></PositionOpening>") == "DocumentID: missing");
    CHECK(reason("<Candidate/>") == "hrxml: the document is no PositionOpening");
    CHECK(reason("<PositionOpening>").find("hrxml: XML, byte ") == 0);
    CHECK(reason(opening("<PositionProfile><PositionTitle>Cook</PositionTitle>"
                         "<ApplicationCloseDate>never</ApplicationCloseDate></PositionProfile>")) ==
          "ApplicationCloseDate: \"never\" is no date");
}

TEST_CASE("how long one must have done the work is kept as a length of time, and what is none as it came") {
    const auto asked = [](const std::string& measure) {
        const std::string profile =
            "<PositionProfile languageCode=\"en\"><PositionTitle>Cook</PositionTitle><PositionQualifications>"
            "<ExperienceSummary><ExperienceCategory><CategoryCode>5120</CategoryCode>" +
            measure + "</ExperienceCategory></ExperienceSummary></PositionQualifications></PositionProfile>";
        return collect(FeedFormat::eures, wrapped(opening(profile))).only_vacancy().requirements.at(0);
    };
    const Requirement years = asked("<Measure unitCode=\"year\">2</Measure>");
    CHECK(years.degree == "P2Y");
    CHECK(years.label.empty());
    CHECK(years.raw == "2 year");
    CHECK(asked("<Measure unitCode=\"month\">6</Measure>").degree == "P6M");
    const Requirement odd = asked("<Measure unitCode=\"band\">B</Measure>");
    CHECK(odd.degree.empty());
    CHECK(odd.label == "B band");
}
