#include <catch2/catch.hpp>

#include "core/text/text.h"
#include "core/vacancies/text_language.h"
#include "tests/fakes/collected_items.h"

using namespace vakant;

namespace {

/// One line of a page of the stilling-feed.
std::string line(const std::string& id, const std::string& uuid, const std::string& status,
                 const std::string& changed, const std::string& title = "Renholder") {
    return R"({"id":")" + id + R"(","url":"/api/v1/feedentry/)" + uuid + R"(","title":")" + title +
           R"(","content_text":"","date_modified":")" + changed + R"(","_feed_entry":{"uuid":")" + uuid +
           R"(","status":")" + status + R"(","title":")" + title +
           R"(","businessName":"","municipal":"?","sistEndret":")" + changed + R"("}})";
}
std::string page(const std::string& id, const std::string& next_id, const std::string& items) {
    return R"({"version":"1.0","title":"Stillingsfeed","feed_url":"/api/v1/feed/)" + id + R"(","id":")" + id +
           R"(","next_id":)" + (next_id.empty() ? "null" : "\"" + next_id + "\"") + R"(,"items":[)" + items +
           "]}";
}
std::string entry(const std::string& uuid, const std::string& status, const std::string& changed,
                  const std::string& more = "") {
    const std::string head =
        R"({"uuid":")" + uuid + R"(","sistEndret":")" + changed + R"(","status":")" + status + "\"";
    if (status != "ACTIVE") return head + "}";
    return head + R"(,"ad_content":{"uuid":")" + uuid +
           R"(","title":"Renholder","published":"2026-11-01T09:00:00+01:00","expires":"2026-11-30T00:00:00+01:00",)" +
           R"("updated":"2026-11-02T10:00:00+01:00","description":"<p>Vi trenger <b>deg</b></p><script>x()</script>",)" +
           R"("workLocations":[{"country":"NORGE","city":"SANDNESSJØEN","postalCode":"8800","county":"NORDLAND",)" +
           R"("municipal":"ALSTAHAUG"}],"contactList":[{"name":"Kari Test","email":"kari@example.invalid","title":"Leder"}],)" +
           R"("categoryList":[{"categoryType":"STYRK08","code":"9112","name":"Renholdere i bedrifter","score":0.9}],)" +
           R"("occupationCategories":[{"level1":"Salg og service","level2":"Renhold"}],"jobtitle":"Renholder",)" +
           R"("employer":{"name":"Rent AS","orgnr":"123456789","homepage":"www.rent.example"},"engagementtype":"Sesong",)" +
           R"("extent":"Heltid","starttime":"Etter avtale","positioncount":"3","applicationUrl":"https://rent.example/søk",)" +
           R"("applicationDue":"Snarest","sector":"Privat","link":"https://arbeidsplassen.example/1")" +
           more + "}}";
}
constexpr const char* a = "00000000-0000-4000-8000-00000000000a";
constexpr const char* b = "00000000-0000-4000-8000-00000000000b";
constexpr const char* c = "00000000-0000-4000-8000-00000000000c";

} // namespace

TEST_CASE("twenty withdrawn electricians' ads of NAV are twenty removals") {
    const auto text = reference_file("no/pam_ads_electricians.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems items = collect(FeedFormat::nav, *text);
    CHECK(items.ended_by().empty());
    CHECK(items.vacancies.empty());
    CHECK(items.refusals.empty());
    REQUIRE(items.removals.size() == 20);
    CHECK(items.removals[0].source_id == "5e80d029-bd08-43ab-a6ce-b57a0e47f52b");
    CHECK(to_iso8601(items.removals[0].removed_at.value()) == "2018-12-03T00:31:24.485Z");
    CHECK(items.removals[19].source_id == "1f7dee0f-7eec-43b7-b477-6f8fe892c48c");
    // One page of 76: never the whole of the source.
    CHECK(items.sweep.promised == 1517);
    CHECK_FALSE(items.sweep.complete());
}

TEST_CASE("the same ads, were they open, keep their facts and the words of their dates") {
    auto text = reference_file("no/pam_ads_electricians.json");
    if (!text) {
        WARN("skipped: no reference data");
        return;
    }
    for (std::size_t at = text->find("\"INACTIVE\""); at != text->npos; at = text->find("\"INACTIVE\"", at)) {
        text->replace(at, 10, "\"ACTIVE\"");
    }
    const CollectedItems items = collect(FeedFormat::nav, *text);
    REQUIRE(items.vacancies.size() == 20);
    CHECK(items.refusals.empty());
    const Vacancy& bravida = items.vacancies[0].vacancy;
    CHECK(bravida.employer == "Bravida");
    CHECK(bravida.work_unit == "BRAVIDA NORGE AS AVD SANDEFJORD ELEKTRO");
    CHECK(bravida.organisation_number == "973139614");
    CHECK(bravida.homepage == "https://www.bravida.no");
    CHECK(bravida.places.at(0).city == "Sandefjord");
    CHECK(bravida.places.at(0).country == "NO");
    CHECK(bravida.positions == 2);
    CHECK(bravida.deadline_raw == "2018-12-02T01:00");
    CHECK(to_iso8601(bravida.deadline_at.value()) == "2018-12-02T22:59:59.999Z");
    CHECK(to_iso8601(bravida.expires_at.value()) == "2018-12-02T22:59:59.999Z");
    CHECK(bravida.texts.at(0).body_html.find("<h3>Arbeidsoppgaver</h3>") != std::string::npos);
    CHECK(bravida.texts.at(0).body_html.find("href") == std::string::npos);
    const Vacancy& jan_mayen = items.vacancies[16].vacancy;
    CHECK(jan_mayen.deadline_raw == "29. november 2018");
    CHECK(to_iso8601(jan_mayen.deadline_at.value()) == "2018-11-29T22:59:59.999Z");
    CHECK(to_iso8601(jan_mayen.expires_at.value()) == "2019-03-16T22:59:59.999Z");
    const Vacancy& caverion = items.vacancies[19].vacancy;
    CHECK(caverion.deadline_raw == "07.12.2018");
    CHECK(caverion.places.at(0).raw == "Porsgrunn");
    CHECK(items.vacancies[6].vacancy.requirements.at(0).label ==
          "Førerkort: Kl. C1 (lett lastebil) Førerkort: Kl. C (lastebil)");
    std::size_t naming_a_licence = 0, in_bokmaal = 0;
    for (const ImportedItem& item : items.vacancies) {
        Vacancy v = item.vacancy;
        INFO(v.texts.at(0).title);
        const bool names_one = folded(v.texts.at(0).body_plain).find("førerkort") != std::string::npos;
        naming_a_licence += names_one;
        if (names_one) CHECK_FALSE(asks_no_licence(v));
        note_likely_languages(v);
        in_bokmaal += v.texts.at(0).likely_language == "nb";
        CHECK((v.texts.at(0).likely_language == "nb" || v.texts.at(0).likely_language.empty()));
    }
    CHECK(naming_a_licence == 9);
    CHECK(in_bokmaal == 20);
}

TEST_CASE("single ads of NAV are read one by one, closed ones as removals") {
    const auto dto = reference_file("no/stilling_feed_source_ad_dto.json");
    const auto nace = reference_file("no/pam_ad_ad_with_nace.json");
    if (!dto || !nace) {
        WARN("skipped: no reference data");
        return;
    }
    const CollectedItems kindergarten = collect(FeedFormat::nav, *dto);
    REQUIRE(kindergarten.vacancies.size() == 1);
    const Vacancy& v = kindergarten.only_vacancy();
    CHECK(v.source_id == "10584075-1e5c-4a83-bf49-c80bcab83018");
    CHECK(v.texts.at(0).title == "Vi søker pedagogisk leder til");
    CHECK(v.hours == Hours::mixed);
    CHECK(v.shifts == std::vector<std::string>{"day"});
    CHECK(v.employment == Employment::permanent);
    CHECK(v.occupations.at(0).scheme == "STYRK08");
    CHECK(v.occupations.at(0).code == "2342.07");
    CHECK(v.contacts.at(0).email == "contact@example.invalid");
    CHECK(v.places.at(0).region == "Trøndelag");
    const CollectedItems engineer = collect(FeedFormat::nav, *nace);
    REQUIRE(engineer.vacancies.size() == 1);
    // A start that is no date is shown as it was written and not guessed.
    CHECK(engineer.only_vacancy().start == StartKind::unknown);
    CHECK(engineer.only_vacancy().start_raw == "Spring 2020");
    for (const char* closed :
         {"no/pam_ad_ad_1.json", "no/pam_ad_ad_2.json", "no/pam_ad_ad_with_short_styrk.json",
          "no/pam_ad_ad-db6cc067-7f39-42f1-9866-d9ee47894ec6.json"}) {
        const CollectedItems items = collect(FeedFormat::nav, reference_file(closed).value());
        CHECK(items.removals.size() == 1);
        CHECK(items.vacancies.empty());
    }
}

TEST_CASE("an entry of NAV's feed becomes a vacancy whose markup went through the allow-list") {
    const CollectedItems items = collect(FeedFormat::nav, entry(a, "ACTIVE", "2026-11-02T10:00:00.5+01:00"));
    REQUIRE(items.vacancies.size() == 1);
    const Vacancy& v = items.only_vacancy();
    CHECK(v.source_id == a);
    CHECK(v.texts.at(0).body_html == "<p>Vi trenger <strong>deg</strong></p>");
    CHECK(v.places.at(0).shown() == "Sandnessjøen");
    CHECK(v.places.at(0).region == "Nordland");
    CHECK(v.deadline == DeadlineKind::as_soon_as_possible);
    CHECK(v.deadline_raw == "Snarest");
    CHECK(to_iso8601(v.expires_at.value()) == "2026-11-30T22:59:59.999Z"); // to the end of that day
    CHECK(v.start == StartKind::by_agreement);
    CHECK(v.start_raw == "Etter avtale");
    CHECK(v.employment == Employment::seasonal);
    CHECK(v.hours == Hours::full_time);
    CHECK(v.positions == 3);
    CHECK(v.apply_url == "https://rent.example/søk");
    CHECK(v.source_url == "https://arbeidsplassen.example/1");
    CHECK(v.homepage == "https://www.rent.example");
    CHECK(v.contacts.at(0).role == "Leder");
    CHECK(v.occupations.at(1).label == "Salg og service / Renhold");
}

TEST_CASE("the last line of an id counts, also where pages overlap, repeat and grow") {
    const std::string first = line("1", a, "ACTIVE", "2026-11-01T10:00:00+01:00");
    const std::string second = line("2", b, "ACTIVE", "2026-11-01T11:00:00+01:00");
    const std::string masked = line("3", a, "INACTIVE", "2026-11-02T10:00:00+01:00", "...");
    const std::string text = page("p1", "2", first + "," + second) + "\n" + page("p2", "", second) + "\n" +
                             page("p2", "", second + "," + masked) + "\n" +
                             entry(b, "ACTIVE", "2026-11-01T11:00:00+01:00");
    const CollectedItems items = collect(FeedFormat::nav, text);
    CHECK(items.ended_by().empty());
    REQUIRE(items.vacancies.size() == 1);
    CHECK(items.vacancies[0].source_id == b);
    CHECK(items.only_vacancy().texts.at(0).title == "Renholder");
    REQUIRE(items.removals.size() == 1);
    CHECK(items.removals[0].source_id == a);
    CHECK(to_iso8601(items.removals[0].removed_at.value()) == "2026-11-02T09:00:00Z");
    CHECK(items.refusals.empty());
    CHECK_FALSE(items.sweep.complete()); // a list of changes is never the whole
}

TEST_CASE("a newer withdrawal wins over the entry, and an older line does not win over a newer one") {
    const std::string lines = page("p", "",
                                   line("2", a, "INACTIVE", "2026-11-03T10:00:00+01:00", "...") + "," +
                                       line("1", a, "ACTIVE", "2026-11-01T10:00:00+01:00"));
    const CollectedItems withdrawn =
        collect(FeedFormat::nav, "[" + lines + "," + entry(a, "ACTIVE", "2026-11-01T10:00:00+01:00") + "]");
    CHECK(withdrawn.vacancies.empty());
    CHECK(withdrawn.removals.size() == 1);
    // The entry was fetched later and is newer than the line: open again.
    const CollectedItems reopened =
        collect(FeedFormat::nav, "[" + lines + "," + entry(a, "ACTIVE", "2026-11-04T10:00:00+01:00") + "]");
    CHECK(reopened.vacancies.size() == 1);
    CHECK(reopened.removals.empty());
}

TEST_CASE("an open line without its entry is refused, and an entry without content is a removal") {
    const std::string text = page("p", "", line("1", a, "ACTIVE", "2026-11-01T10:00:00+01:00")) + "\n" +
                             R"({"uuid":")" + std::string(c) +
                             R"(","sistEndret":"2026-11-01T10:00:00","status":"ACTIVE"})" + "\n" +
                             entry(b, "INACTIVE", "2026-11-01T10:00:00");
    const CollectedItems items = collect(FeedFormat::nav, text);
    REQUIRE(items.refusals.size() == 1);
    CHECK(items.refusals[0].source_id == a);
    CHECK(items.refusals[0].reason == "its entry is not in the file");
    REQUIRE(items.removals.size() == 2);
    CHECK(items.removals[0].source_id == c);
    CHECK(items.removals[1].source_id == b);
}

TEST_CASE("a deadline of NAV that is no date is kept as text and closes nothing") {
    std::string text = entry(a, "ACTIVE", "2026-11-02T10:00:00+01:00");
    const auto with_due = [&](const std::string& due) {
        std::string changed = text;
        changed.replace(changed.find("Snarest"), 7, due);
        return collect(FeedFormat::nav, changed).only_vacancy();
    };
    CHECK(with_due("Fortløpende").deadline == DeadlineKind::continuous);
    const Vacancy odd = with_due("uke 48 eller 49");
    CHECK(odd.deadline == DeadlineKind::none);
    CHECK_FALSE(odd.deadline_at);
    CHECK(odd.deadline_raw == "uke 48 eller 49");
    CHECK(to_iso8601(with_due("31.12.26").deadline_at.value()) == "2026-12-31T22:59:59.999Z");
    CHECK(with_due("31.02.2026").deadline == DeadlineKind::none);
    CHECK(to_iso8601(with_due("2026-12-01T12:00").deadline_at.value()) == "2026-12-01T11:00:00Z");
}

TEST_CASE("a record of NAV without an id, a title or a readable end is refused with the field") {
    const std::string good = entry(a, "ACTIVE", "2026-11-02T10:00:00+01:00");
    const auto refused = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
        const CollectedItems items = collect(FeedFormat::nav, text);
        return items.refusals.size() == 1 ? items.refusals[0].reason : "no refusal";
    };
    CHECK(refused(a, "") == "uuid: missing");
    CHECK(refused("\"title\":\"Renholder\"", "\"title\":\" \"") == "title: missing");
    CHECK(refused("\"title\":\"Renholder\"", "\"title\":\"...\"") == "title: masked by the source");
    CHECK(refused("2026-11-30T00:00:00+01:00", "soon") == "expires: \"soon\" is no date");
}

TEST_CASE("a cut-off feed gives out what came before the cut and says where it ended") {
    const std::string whole = "[" + entry(a, "ACTIVE", "2026-11-02T10:00:00+01:00") + "," +
                              entry(b, "ACTIVE", "2026-11-02T10:00:00+01:00") + "]";
    const CollectedItems items =
        collect(FeedFormat::nav, std::string_view(whole).substr(0, whole.size() - 40));
    CHECK(items.vacancies.size() == 1);
    CHECK(items.ended_by().find("cut off in the middle of an element") != std::string::npos);
}
