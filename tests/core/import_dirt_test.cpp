// What real files are like: each format with the dirt that its files come with. Nothing of it costs more than
// the record that it stands in.
#include <catch2/catch.hpp>

#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

const std::string ad = R"({"id":"1","headline":"Städare","description":{"text":"Städa."}})";

std::string page_with(const std::string& head, const std::string& script) {
    return "<html><head>" + head + "<script type=\"application/ld+json\">" + script +
           "</script></head><body></body></html>";
}
const std::string posting = R"({"@type":"JobPosting","title":"Städare","identifier":"1"})";

/// The only title that comes out of it; else what went wrong.
std::string title_in(FeedFormat format, const std::string& text) {
    const CollectedItems items = collect(format, text);
    if (items.error) return "refused: " + items.ended_by();
    if (items.vacancies.size() != 1 || !items.refusals.empty())
        return std::to_string(items.vacancies.size()) + " vacancies, " +
               std::to_string(items.refusals.size()) + " refusals";
    return items.only_vacancy().texts.at(0).title;
}

} // namespace

TEST_CASE("lines of JobTech ads may have a byte-order mark, Windows line ends and empty lines") {
    const CollectedItems items = collect(
        FeedFormat::jobtech, "\xEF\xBB\xBF" + ad + "\r\n\r\n  \r\n" +
                                 R"({"id":2,"removed":true,"removed_date":"2026-11-01"})" + "\r\n\r\n");
    CHECK(items.ended_by().empty());
    CHECK(items.vacancies.size() == 1);
    CHECK(items.removals.size() == 1);
    CHECK(items.removals[0].source_id == "2");
}

TEST_CASE("a JobTech ad may have nulls everywhere, numbers as texts and its text in place of an object") {
    std::string empty = R"({"id":"1","headline":"Städare","description":{"text":null})";
    for (const char* name : {"employer",
                             "workplace_address",
                             "must_have",
                             "nice_to_have",
                             "employment_type",
                             "duration",
                             "working_hours_type",
                             "scope_of_work",
                             "salary_type",
                             "salary_description",
                             "application_details",
                             "application_contacts",
                             "occupation",
                             "occupation_group",
                             "occupation_field",
                             "driving_license",
                             "number_of_vacancies",
                             "publication_date",
                             "last_publication_date",
                             "application_deadline",
                             "timestamp",
                             "webpage_url",
                             "access_to_own_car",
                             "experience_required",
                             "removed"})
        empty += std::string(",\"") + name + "\":null";
    CHECK(title_in(FeedFormat::jobtech, empty + "}") == "Städare");
    const CollectedItems items = collect(
        FeedFormat::jobtech, R"({"id":1,"headline":"Städare","description":"Städa golv","timestamp":)"
                             R"("1795000000000","number_of_vacancies":"3","scope_of_work":{"min":"50"}})");
    const Vacancy& v = items.only_vacancy();
    CHECK(v.texts[0].body_plain == "Städa golv");
    CHECK(v.updated_at == 1'795'000'000'000);
    CHECK(v.positions == 3);
    CHECK(v.percent_min == 50);
}

TEST_CASE("a record in another encoding, or broken inside, is refused alone and says where") {
    const CollectedItems items = collect(
        FeedFormat::jobtech, "[" + ad + "\n" + R"(,{"id":"2","headline":"St)" + "\xE4" +
                                 R"(dare","description":{}},)" + "\n" + R"({"id":"3" "headline":"x"},)" +
                                 R"({"id":"4","headline":"Kock","description":{}}])");
    CHECK(items.ended_by().empty());
    CHECK(items.vacancies.size() == 2);
    REQUIRE(items.refusals.size() == 2);
    CHECK(items.refusals[0].index == 1);
    CHECK(items.refusals[0].reason.starts_with("line 2, column 2: not JSON: "));
    CHECK(items.refusals[1].index == 2);
    CHECK(items.refusals[1].reason.starts_with("line 3, column 1: not JSON: "));
    CHECK(items.sweep.why_incomplete() == "a record was refused whose id cannot be told");
}

TEST_CASE("what is packed is named, not guessed at") {
    for (const FeedFormat format :
         {FeedFormat::jobtech, FeedFormat::nav, FeedFormat::tmt, FeedFormat::jobposting, FeedFormat::eures,
          FeedFormat::csv, FeedFormat::own})
        CHECK(collect(format, std::string("\x1F\x8B\x08\0\0\0", 6)).ended_by().ends_with("a gzip archive"));
}

TEST_CASE("a page may wrap its posting in what templates wrap it in") {
    CHECK(title_in(FeedFormat::jobposting, page_with("", posting)) == "Städare");
    CHECK(title_in(FeedFormat::jobposting, page_with("", "\n//<![CDATA[\n" + posting + "\n//]]>\n")) ==
          "Städare");
    CHECK(title_in(FeedFormat::jobposting, page_with("", "/* <![CDATA[ */[" + posting + "]/* ]]> */")) ==
          "Städare");
    CHECK(title_in(FeedFormat::jobposting, page_with("", "<!-- " + posting + " -->")) == "Städare");
    CHECK(title_in(FeedFormat::jobposting, page_with("", posting + ";")) == "Städare");
    CHECK(title_in(
              FeedFormat::jobposting,
              page_with(
                  "", "{&quot;@type&quot;:&quot;JobPosting&quot;,&quot;title&quot;:&quot;Städare&quot;}")) ==
          "Städare");
    CHECK(title_in(FeedFormat::jobposting,
                   page_with("<script type=\"application/ld+json\">{\"@type\":\"Organization\"}</script>"
                             "<script type='APPLICATION/LD+JSON; charset=utf-8'>{broken</script>",
                             posting)) == "Städare");
    CHECK(
        title_in(
            FeedFormat::jobposting,
            page_with(
                "", R"([{"@type":["Thing","JobPosting"],"title":"Städare","url":"https://x.example/1"}])")) ==
        "Städare");
}

TEST_CASE("a page in the old Western encoding is read where it says so, and refused where it does not") {
    const std::string western =
        page_with("<meta charset=\"ISO-8859-1\">", "{\"@type\":\"JobPosting\",\"title\":\"St\xE4"
                                                   "dare \x96 kontor\"}");
    CHECK(title_in(FeedFormat::jobposting, western) == "Städare – kontor");
    const std::string silent = page_with("", "{\"@type\":\"JobPosting\",\"title\":\"St\xE4"
                                             "dare\"}");
    CHECK(title_in(FeedFormat::jobposting, silent) ==
          "refused: not UTF-8, and the page does not say what else");
}

TEST_CASE("HTML inside a posting may be escaped once or twice, and is never markup of ours") {
    const auto body_of = [](const std::string& description) {
        const CollectedItems items =
            collect(FeedFormat::jobposting,
                    R"({"@type":"JobPosting","title":"x","description":")" + description + "\"}");
        return items.only_vacancy().texts.at(0).body_html;
    };
    CHECK(body_of("&lt;p&gt;Soppa &amp;amp; bröd&lt;/p&gt;") == "<p>Soppa &amp; bröd</p>");
    CHECK(body_of("<p onclick='x'>Soppa<script>alert(1)</script></p>") == "<p>Soppa</p>");
}

TEST_CASE("a table may have semicolons, quotes, line breaks and commas in its numbers") {
    const CollectedItems items = collect(
        FeedFormat::csv, "\xEF\xBB\xBFsep=;\r\nID;Language;Title;Description;Pay_Min;Pay_Currency\r\n"
                         "1;fi;\"Kokki; \"\"ilta\"\"\";\"Keittoa\r\n\r\n- kalaa\r\n\";\"12,50\";EUR\r\n\r\n");
    CHECK(items.ended_by().empty());
    const Vacancy& v = items.only_vacancy();
    CHECK(v.texts[0].title == "Kokki; \"ilta\"");
    CHECK(v.texts[0].body_html == "<p>Keittoa</p><ul><li>kalaa</li></ul>");
    CHECK(v.salary_min == 12.5);
}

TEST_CASE("a table in another encoding is refused with the row where that shows") {
    CHECK(collect(FeedFormat::csv, "id,language,title,description\n1,fi,Kokki,Keittoa\n2,fi,S\xE4hk\xF6,x\n")
              .ended_by() == "row 3: not UTF-8: save the table as \"CSV UTF-8\"");
}

TEST_CASE(
    "pages of Työmarkkinatori and lines of NAV that cannot be read are refused alone, and nothing is whole") {
    const std::string page = R"({"ilmoituksienMaara":1,"ilmoitukset":[{"ilmoituksenID":"a","perustiedot":)"
                             R"({"tyonOtsikko":"Siivooja"}}]})";
    const CollectedItems sweep = collect(FeedFormat::tmt, page + "\n{\"ilmoitukset\":[\"\xE4\"]}\n");
    CHECK(sweep.vacancies.size() == 1);
    CHECK(sweep.refusals.size() == 1);
    CHECK_FALSE(sweep.sweep.complete());
    const CollectedItems nav = collect(
        FeedFormat::nav,
        "{\"uuid\":\"a\",\"status\":\"ACTIVE\",\"sistEndret\":\"\",\"ad_content\":{\"title\":\"Kokk\"}}\n"
        "{\"uuid\":\"b\",\"ad_content\":\"\xE4\"}\n");
    CHECK(nav.vacancies.size() == 1);
    CHECK(nav.refusals.size() == 1);
}

TEST_CASE("own postings may begin with a byte-order mark") {
    CHECK(title_in(FeedFormat::own,
                   "\xEF\xBB\xBF{\"postings\":[{\"id\":\"a\",\"texts\":[{\"language\":\"fi\","
                   "\"title\":\"Kokki\",\"body\":\"Keittoa\"}]}]}\r\n") == "Kokki");
}
