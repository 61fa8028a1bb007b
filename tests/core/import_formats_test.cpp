// What holds for every format: files of another kind are refused as a whole, and no damage to a real file
// ends in anything but a refusal.
#include <catch2/catch.hpp>

#include <array>

#include "core/base/random.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

constexpr std::array<FeedFormat, 7> all_formats{FeedFormat::jobtech,    FeedFormat::nav,   FeedFormat::tmt,
                                                FeedFormat::jobposting, FeedFormat::eures, FeedFormat::csv,
                                                FeedFormat::own};

struct Holding {
    const char* file;
    FeedFormat format;
    std::size_t vacancies, removals;
};
/// Every file of the reference data that holds vacancies, and how many.
constexpr std::array<Holding, 14> holdings{{
    {"se/jobstream_delta_2020.json", FeedFormat::jobtech, 10, 14},
    {"se/jobsearch_ad_2024.json", FeedFormat::jobtech, 1, 0},
    {"no/pam_ads_electricians.json", FeedFormat::nav, 0, 20},
    {"no/pam_ad_ad-db6cc067-7f39-42f1-9866-d9ee47894ec6.json", FeedFormat::nav, 0, 1},
    {"no/pam_ad_ad_1.json", FeedFormat::nav, 0, 1},
    {"no/pam_ad_ad_2.json", FeedFormat::nav, 0, 1},
    {"no/pam_ad_ad_with_nace.json", FeedFormat::nav, 1, 0},
    {"no/pam_ad_ad_with_short_styrk.json", FeedFormat::nav, 0, 1},
    {"no/stilling_feed_source_ad_dto.json", FeedFormat::nav, 1, 0},
    {"fi/tmt_response_sample.json", FeedFormat::tmt, 1, 0},
    {"fi/testbed_job_postings_response.json", FeedFormat::tmt, 4, 0},
    {"jobposting/se_jobposting_70.json", FeedFormat::jobposting, 70, 0},
    {"jobposting/schemaorg_examples.json", FeedFormat::jobposting, 12, 0},
    {"eures/position_openings.json", FeedFormat::eures, 2, 0},
}};

struct Other {
    const char* file;
    const char* seems;
};
constexpr std::array<Other, 7> others{{
    {"eures/codelists.json", "EURES code lists"},
    {"fi/municipalities.json", "a code list of municipalities"},
    {"fi/tmt_openapi_v1.json", "an API contract (OpenAPI)"},
    {"no/import_api_pam_ad.json", "messages to NAV's import API"},
    {"no/import_api_transfer_ads.json", "messages to NAV's import API"},
    {"no/import_api_transfer_ads_missing_fields.json", "messages to NAV's import API"},
    {"no/styrk_category_mapping.csv", "a table of occupation codes"},
}};

/// Damages `text` in one to four places: bytes changed, dropped, doubled, swapped for structure, or the end
/// cut off.
std::string damaged(std::string text, Random& random) {
    static constexpr std::string_view structure = "{}[]\",:<>&;\\\n0-";
    for (std::uint64_t changes = 1 + random.number(4); changes > 0 && !text.empty(); --changes) {
        const std::size_t at = random.number(text.size());
        const std::size_t length = 1 + random.number(std::min<std::size_t>(text.size() - at, 200));
        switch (random.number(6)) {
        case 0:
            text[at] = static_cast<char>(random.number(256));
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2:
            text.insert(at, text.substr(at, length));
            break;
        case 3:
            text[at] = structure[random.number(structure.size())];
            break;
        case 4:
            text.replace(at, length, text.substr(random.number(text.size()), length));
            break;
        default:
            text.resize(at);
        }
    }
    return text;
}

/// A real file may be large: what is damaged is its beginning and its end.
std::string shortened(const std::string& text) {
    constexpr std::size_t most = 24'000;
    return text.size() <= most ? text : text.substr(0, most);
}

} // namespace

TEST_CASE("every vacancy of the reference data is imported, or is a removal") {
    for (const Holding& holding : holdings) {
        const auto text = reference_file(holding.file);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        INFO(holding.file);
        const CollectedItems items = collect(holding.format, *text);
        CHECK(items.ended_by().empty());
        CHECK(items.vacancies.size() == holding.vacancies);
        CHECK(items.removals.size() == holding.removals);
        CHECK(items.refusals.empty());
        for (const ImportedItem& item : items.vacancies) {
            CHECK_FALSE(item.source_id.empty());
            CHECK_FALSE(item.vacancy.texts.at(0).title.empty());
            const std::string& html = item.vacancy.texts.at(0).body_html;
            for (const char* forbidden : {"<a", "<script", "<img", "<div", "style=", "onclick"}) {
                CHECK(html.find(forbidden) == std::string::npos);
            }
            Vacancy kept = item.vacancy;
            kept.id = "x";
            kept.agency = "y";
            CHECK(vacancy_from_json(to_json(kept)).ok());
        }
    }
}

TEST_CASE("a file of another kind is refused as a whole by every format") {
    for (const Other& other : others) {
        const auto text = reference_file(other.file);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        INFO(other.file);
        CHECK(seems_to_be(*text) == other.seems);
        for (const FeedFormat format : all_formats) {
            const CollectedItems items = collect(format, *text);
            CHECK(items.error);
            CHECK(items.vacancies.size() + items.removals.size() + items.refusals.size() == 0);
        }
    }
}

TEST_CASE("a file with vacancies of another format is refused with what it seems to be") {
    for (const Holding& holding : holdings) {
        const auto text = reference_file(holding.file);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        for (const FeedFormat format : all_formats) {
            if (format == holding.format) continue;
            INFO(holding.file << " as " << source_of(format));
            const CollectedItems items = collect(format, *text);
            CHECK(items.ended_by().find("seems to be") != std::string::npos);
            CHECK(items.vacancies.size() + items.removals.size() + items.refusals.size() == 0);
        }
    }
}

TEST_CASE("files that are no feed at all are named") {
    CHECK(seems_to_be("") == "an empty file");
    CHECK(seems_to_be(" \n ") == "an empty file");
    CHECK(seems_to_be("PK\x03\x04xyz") == "a ZIP archive or an Office document");
    CHECK(seems_to_be("%PDF-1.7") == "a PDF document");
    CHECK(seems_to_be("\xFF\xFEi\0d") == "a text in UTF-16");
    CHECK(seems_to_be("<html><p>Jobs") == "an HTML page without a JobPosting");
    CHECK(seems_to_be("<?xml version=\"1.0\"?><rss/>") == "an XML document");
    CHECK(seems_to_be("a,b\n1,2") == "a table (CSV)");
    CHECK(seems_to_be("hello") == "a plain text");
    CHECK(seems_to_be("\x1F\x8B\x08") == "a gzip archive");
    CHECK(seems_to_be("{\"hits\":[]}") == "a page of JobSearch results");
    CHECK(seems_to_be("{\"error\":\"no such page\"}") == "an error message of a server");
    CHECK(seems_to_be("{\"postings\":[]}") == "the agency's own postings");
    CHECK(seems_to_be("[1,2") == "JSON that cannot be read");
    CHECK(seems_to_be("[]") == "an empty list");
    CHECK(collect(FeedFormat::jobtech, "[]").ended_by().empty()); // nothing has changed
    CHECK(collect(FeedFormat::nav, "[]").ended_by() ==
          "not a feed or ads of NAV; it seems to be an empty list");
    CHECK(seems_to_be("[1,2]") == "JSON of another kind");
    CHECK(collect(FeedFormat::nav, "hello").ended_by() ==
          "not a feed or ads of NAV; it seems to be a plain text");
    CHECK(collect(FeedFormat::tmt, "[{").ended_by().find("cut off in the middle of an element") !=
          std::string::npos);
}

TEST_CASE("formats have names, and own postings are one source whether JSON or CSV") {
    CHECK(feed_format_named("nav") == FeedFormat::nav);
    CHECK(feed_format_named("csv") == FeedFormat::csv);
    CHECK_FALSE(feed_format_named("xml"));
    CHECK(source_of(FeedFormat::csv) == "own");
    CHECK(source_of(FeedFormat::own) == "own");
    CHECK(source_of(FeedFormat::eures) == "eures");
}

TEST_CASE("an error of the sink ends every import and is returned") {
    for (const Holding& holding : holdings) {
        const auto text = reference_file(holding.file);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        std::size_t given = 0;
        Sweep sweep;
        const Outcome outcome = import_feed(
            holding.format, *text, {},
            [&given](const ImportedItem&) -> Outcome {
                ++given;
                return Error{ErrorKind::disk_full, "no room"};
            },
            sweep);
        REQUIRE_FALSE(outcome.ok());
        CHECK(outcome.error().kind == ErrorKind::disk_full);
        CHECK(given == 1);
    }
}

TEST_CASE("two hundred damaged copies of each real file are read or refused without harm") {
    SeededRandom random(20261123);
    for (const Holding& holding : holdings) {
        const auto text = reference_file(holding.file);
        if (!text) {
            WARN("skipped: no reference data");
            return;
        }
        INFO(holding.file);
        const std::string base = shortened(*text);
        for (int round = 0; round < 200; ++round) {
            const CollectedItems items = collect(holding.format, damaged(base, random));
            for (const ImportedItem& item : items.vacancies) {
                REQUIRE_FALSE(item.source_id.empty());
                REQUIRE_FALSE(item.vacancy.texts.empty());
            }
            for (const ImportedItem& item : items.refusals) {
                REQUIRE_FALSE(item.reason.empty());
                REQUIRE(item.reason.find('@') == std::string::npos); // it goes into logs: nobody's address
            }
        }
    }
}

TEST_CASE("two hundred damaged tables and pages are read or refused without harm") {
    SeededRandom random(7);
    const std::string table = "id;language;title;description;pay_min;deadline;skills;occupations\r\n"
                              "1;fi;Kokki;\"Ruokaa; paljon\";12,5;31.12.2026;A|B:C;ISCO08:1:X\r\n"
                              "1;sv;Kock;Mat;;;;\r\n2;fi;\"Siivooja \"\"ilta\"\"\";Siivous;;+3d;;\r\n";
    const std::string page =
        "<html><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"JobPosting\",\"title\":"
        "\"Kokki\",\"jobLocation\":{\"address\":null},\"description\":\"<p>&lt;b&gt;x\"}]}</script>";
    for (int round = 0; round < 200; ++round) {
        const CollectedItems rows = collect(FeedFormat::csv, damaged(table, random));
        for (const ImportedItem& item : rows.refusals)
            REQUIRE(item.reason.starts_with("row "));
        const CollectedItems found = collect(FeedFormat::jobposting, damaged(page, random));
        for (const ImportedItem& item : found.vacancies)
            REQUIRE_FALSE(item.vacancy.texts.empty());
    }
}
