#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

std::string posting(const std::string& more = "") {
    return R"({"@context":"https://schema.org","@type":"JobPosting","title":"Cleaner","url":"https://jobs.example/1",)"
           R"("identifier":"1")" +
           more + "}";
}
Vacancy read(const std::string& text) {
    return collect(FeedFormat::jobposting, text).only_vacancy();
}

} // namespace

TEST_CASE("seventy real JobPostings are seventy vacancies, whatever their shape") {
    const auto text = reference_file("jobposting/se_jobposting_70.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems items = collect(FeedFormat::jobposting, *text);
    CHECK(items.ended_by().empty());
    REQUIRE(items.vacancies.size() == 70);
    CHECK(items.refusals.empty());
    const auto with = [&items](auto holds) {
        return std::count_if(items.vacancies.begin(), items.vacancies.end(),
                             [&](const ImportedItem& item) { return holds(item.vacancy); });
    };
    CHECK(with([](const Vacancy& v) { return v.employer.empty(); }) == 12);
    CHECK(with([](const Vacancy& v) { return v.deadline == DeadlineKind::on_date; }) == 65);
    CHECK(with([](const Vacancy& v) { return v.places.empty(); }) == 1);
    CHECK(with([](const Vacancy& v) { return v.employment == Employment::seasonal; }) == 19);
    CHECK(with([](const Vacancy& v) { return v.texts.at(0).body_plain.empty(); }) == 0);

    const Vacancy& designer = items.vacancies[0].vacancy; // no organisation, no end, a country for a place
    CHECK(designer.source_id == "www.studentjob.se/1313244");
    CHECK(designer.employment_raw == "Heltidsjobb (förstajobb)");
    CHECK(designer.hours == Hours::full_time);
    CHECK(designer.places.at(0).shown() == "Sweden");
    CHECK(designer.deadline == DeadlineKind::none);
    CHECK(designer.requirements.at(0).label == "Universitet/Högskolestudier");
    const Vacancy& perigee = items.vacancies[1].vacancy; // the address is a word
    CHECK(perigee.places.at(0).shown() == "Malmö");
    CHECK(perigee.employment == Employment::unknown); // "permanent or fixed-term": neither is guessed
    CHECK(perigee.employment_raw == "Tillsvidare- eller tidsbegränsad anställning");
    CHECK(to_iso8601(perigee.deadline_at.value()) == "2020-05-21T21:59:59.999Z");
    CHECK(perigee.deadline_raw == "2020-05-21");
    CHECK(perigee.occupations.at(0).label == "Interaktionsdesigner");
    CHECK(perigee.occupations.at(0).code == "7575");
    CHECK(items.vacancies[12].vacancy.places.at(0).shown() == "Stockholm"); // a name instead of an address
    CHECK(items.vacancies[13].vacancy.occupations.at(0).label ==
          "Försäljning & Marknad,Försäljning,Key Account Manager");
    CHECK(items.vacancies[13].vacancy.texts.at(0).body_plain.find("I denna rekrytering samarbetar Vesivek") !=
          std::string::npos);
}

TEST_CASE("the twelve examples of schema.org are read with title or name and an id from their content") {
    const auto text = reference_file("jobposting/schemaorg_examples.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems items = collect(FeedFormat::jobposting, *text);
    REQUIRE(items.vacancies.size() == 12);
    CHECK(items.refusals.empty());
    const Vacancy& software = items.vacancies[0].vacancy;
    CHECK(software.salary_min == 100000);
    CHECK(software.salary_currency == "USD");
    CHECK(software.salary_text == "Performance-based annual bonus plan, project-completion bonuses");
    CHECK(software.places.at(0).shown() == "Kirkland");
    CHECK(software.hours_raw == "40 hours per week");
    CHECK(items.vacancies[2].vacancy.texts.at(0).title == "Mobile App Developer");
    CHECK(items.vacancies[2].vacancy.occupations.at(0).code == "15-1132.00");
    CHECK(items.vacancies[3].vacancy.places.at(0).country == "US");
    CHECK(items.vacancies[5].vacancy.requirements.at(1).degree == "P60M");
    CHECK(items.vacancies[6].vacancy.work_unit == "ITS - Division C");
    CHECK(items.vacancies[9].vacancy.contacts.at(0).email == "contact@example.invalid");
    std::vector<std::string> ids;
    for (const ImportedItem& item : items.vacancies)
        ids.push_back(item.source_id);
    std::sort(ids.begin(), ids.end());
    CHECK(std::unique(ids.begin(), ids.end()) == ids.end());
    CHECK(ids.front().starts_with("digest:"));
}

TEST_CASE("a JobPosting is found alone, in a list, in a graph and inside other objects") {
    CHECK(read(posting()).source_id == "jobs.example/1");
    CHECK(collect(FeedFormat::jobposting, "[" + posting() + "," + posting() + "]").vacancies.size() == 2);
    CHECK(collect(FeedFormat::jobposting, posting() + "\n" + posting()).vacancies.size() == 2);
    const std::string graph =
        R"({"@context":"https://schema.org","@graph":[{"@type":"WebPage","mainEntity":)" + posting() +
        R"(},{"@type":"Organization","name":"Rent Oy"}]})";
    CHECK(read(graph).texts.at(0).title == "Cleaner");
    CHECK(read(R"({"@type":["Thing","https://schema.org/JobPosting"],"title":"Cook"})").texts.at(0).title ==
          "Cook");
}

TEST_CASE("a page's script blocks are searched, and a broken one is refused with its number") {
    const std::string page = R"(<!DOCTYPE html><html><head><title>Jobs</title>
        <script>var x = "JobPosting";</script>
        <script type="application/ld+json">{"@type":"Organization","name":"Rent Oy"}</script>
        <script type="APPLICATION/LD+JSON; charset=utf-8">)" +
                             posting(",\"description\":\"<p>One\n two</p>\"") + R"(</script>
        <script type="application/ld+json">{"@type":"JobPosting", "title": }</script></head><body><p>Hi</body>)";
    const CollectedItems items = collect(FeedFormat::jobposting, page);
    CHECK(items.ended_by().empty());
    REQUIRE(items.vacancies.size() == 1);
    CHECK(items.only_vacancy().texts.at(0).body_plain == "One two");
    REQUIRE(items.refusals.size() == 1);
    CHECK(items.refusals[0].reason.find("script block 3: ") == 0);
    CHECK_FALSE(items.sweep.complete());
}

TEST_CASE("pay, hours, remote work, contacts and languages are read from the vocabulary's own words") {
    const Vacancy v = read(posting(
        R"(,"employmentType":["FULL_TIME","PART_TIME","TEMPORARY"],"jobLocationType":"TELECOMMUTE","inLanguage":"sv-FI",
        "baseSalary":{"@type":"MonetaryAmount","currency":"EUR","value":{"minValue":12.5,"maxValue":"14","unitText":"HOUR"}},
        "jobLocation":[{"@type":"Place","address":{"streetAddress":"Katu 1","addressLocality":"Vasa","postalCode":65100,
        "addressCountry":{"@type":"Country","name":"Finland"}},"geo":{"latitude":"63.1","longitude":21.6}},"Seinäjoki"],
        "hiringOrganization":{"name":"Rent Oy","sameAs":["www.rent.example"]},"totalJobOpenings":"7",
        "validThrough":"2026-12-31T23:59","jobImmediateStart":true,"directApply":true,
        "applicationContact":{"name":"Kari","telephone":"040 1","email":"mailto:kari@example.invalid"}
        )"));
    CHECK(v.hours == Hours::mixed);
    CHECK(v.employment == Employment::fixed_term);
    CHECK(v.employment_raw == "FULL_TIME, PART_TIME, TEMPORARY");
    CHECK(v.remote == Remote::yes);
    CHECK(v.texts.at(0).language == "sv");
    CHECK(v.salary_min == 12.5);
    CHECK(v.salary_max == 14);
    CHECK(v.salary_currency == "EUR");
    CHECK(v.salary_unit == "hour");
    CHECK(v.salary_text.empty()); // each reader gets words of their own
    CHECK(v.places.at(0).country == "FI");
    CHECK(v.places.at(0).postcode == "65100");
    CHECK(v.places.at(0).latitude == 63.1);
    CHECK(v.places.at(1).shown() == "Seinäjoki");
    CHECK(v.positions == 7);
    CHECK(v.start == StartKind::as_soon_as_possible);
    CHECK(v.apply_url == "https://jobs.example/1");
    CHECK(v.apply_email == "kari@example.invalid");
    CHECK(v.contacts.at(0).phone == "040 1");
    CHECK(to_iso8601(v.deadline_at.value()) == "2026-12-31T21:59:59.999Z"); // the day's end in Finland
}

TEST_CASE("the id holds the site, so that two sites' first ads stay two") {
    const auto id_with = [](const std::string& more) {
        return collect(FeedFormat::jobposting, R"({"@type":"JobPosting","title":"T")" + more + "}")
            .vacancies.at(0)
            .source_id;
    };
    CHECK(id_with(R"(,"url":"https://a.example/x?y","identifier":1)") == "a.example/1");
    CHECK(id_with(R"(,"url":"https://b.example/x","identifier":{"name":"B","value":"1"})") == "b.example/1");
    CHECK(id_with(R"(,"identifier":{"@type":"PropertyValue","name":"Rent","value":"R-9"})") == "Rent/R-9");
    CHECK(id_with(R"(,"url":"https://a.example/x")") == "https://a.example/x");
    CHECK(id_with("").starts_with("digest:"));
}

TEST_CASE("a JobPosting without a title or with an end that is no date is refused with the field") {
    const auto reason = [](const std::string& text) {
        const CollectedItems items = collect(FeedFormat::jobposting, text);
        return items.refusals.size() == 1 ? items.refusals[0].reason : "no refusal";
    };
    CHECK(reason(R"({"@type":"JobPosting","title":" "})") == "title: missing");
    CHECK(reason(posting(R"(,"validThrough":"when filled")")) == "validThrough: \"when filled\" is no date");
    CHECK(reason(posting(R"(,"validThrough":["2026-12-24","2026-12-31"])")) ==
          "validThrough: there are several");
    CHECK(reason(posting(R"(,"validThrough":{"from":1})")) == "validThrough: {\"from\":1} is no date");
}

TEST_CASE("an end that a JobPosting gives in a list of one is its end") {
    const Vacancy v = read(posting(R"(,"validThrough":["2026-12-24"])"));
    REQUIRE(v.deadline == DeadlineKind::on_date);
    CHECK(to_iso8601(v.deadline_at.value()) == "2026-12-24T22:59:59.999Z");
}

TEST_CASE("a JobPosting whose members have the vocabulary's prefix is read like one without") {
    for (const std::string prefix : {"schema:", "https://schema.org/"}) {
        const CollectedItems items =
            collect(FeedFormat::jobposting,
                    R"({"@type":")" + prefix + R"(JobPosting",")" + prefix + R"(title":"Cook",")" + prefix +
                        R"(hiringOrganization":{"@type":"Organization",")" + prefix + R"(name":"Rent Oy"}})");
        REQUIRE(items.vacancies.size() == 1);
        CHECK(items.only_vacancy().texts.at(0).title == "Cook");
        CHECK(items.only_vacancy().employer == "Rent Oy");
    }
}

TEST_CASE("JSON-LD without a JobPosting is refused as a whole") {
    CHECK(collect(FeedFormat::jobposting, R"({"@type":"Organization","name":"Rent Oy"})").ended_by() ==
          "not a schema.org JobPosting: there is none in it");
}

TEST_CASE("months of experience are a length of time without words, unless the posting has some") {
    const auto asked = [](const std::string& experience) {
        return read(posting(",\"experienceRequirements\":" + experience)).requirements.at(0);
    };
    const Requirement months = asked(R"({"monthsOfExperience":24})");
    CHECK(months.degree == "P24M");
    CHECK(months.label.empty());
    CHECK(asked(R"({"monthsOfExperience":24,"description":"In a kitchen"})").label == "In a kitchen");
    const Requirement odd = asked(R"({"monthsOfExperience":"a few"})");
    CHECK(odd.degree.empty());
    CHECK(odd.label == "a few");
}
