#include <catch2/catch.hpp>

#include <fstream>

#include "core/sql/sql.h"
#include "sync/cache.h"
#include "sync/cache_files.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

constexpr UtcMs now = 1'763'900'000'000;
constexpr UtcMs hour = 3'600'000;

Vacancy vacancy(const std::string& id, const std::string& title, const std::string& body, bool own = true) {
    Vacancy out;
    out.id = id;
    out.agency = "aalto";
    out.source = own ? "own" : "jobtech";
    out.source_id = id;
    out.employer = "Hoiva Oy";
    out.published_at = now - hour;
    out.apply_at_kiosk = own;
    out.texts.push_back({"fi", title, "", "<p>" + body + "</p>", body});
    return out;
}

VacancyPage page_of(std::vector<Vacancy> upserts, std::string cursor = "c1") {
    VacancyPage page;
    page.upserts = std::move(upserts);
    page.next_cursor = std::move(cursor);
    page.generated_at = now;
    return page;
}

struct Mirror {
    std::unique_ptr<CacheWriter> open() {
        auto writer = CacheWriter::open(file);
        if (!writer.ok()) FAIL(writer.error().detail);
        return std::move(writer).value();
    }
    std::unique_ptr<CacheReader> read() {
        auto reader = CacheReader::open(file);
        if (!reader.ok()) FAIL(reader.error().detail);
        return std::move(reader).value();
    }
    ScratchFolder folder;
    std::filesystem::path file = folder / "cache.db";
};

std::string ids(CacheReader& reader, const std::string& words, Board board = Board::own, UtcMs at = now) {
    VacancyQuery query;
    query.words = words;
    query.board = board;
    query.language = "fi";
    auto results = reader.search(query, at);
    if (!results.ok()) return results.error().detail;
    std::string text;
    for (const VacancyCard& card : results->cards)
        text += (text.empty() ? "" : " ") + card.id;
    return text;
}

std::string raw(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("the board shows the newest first, and keeps apart what can be applied for here") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy older = vacancy("a", "Siivooja", "x");
    older.published_at = now - 48 * hour;
    Vacancy undated = vacancy("d", "Kokki", "x");
    undated.published_at.reset();
    REQUIRE(writer
                ->apply("aalto", page_of({older, vacancy("b", "Lähihoitaja", "x"),
                                          vacancy("c", "Kuljettaja", "x", false), undated}))
                .ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "") == "b a d");
    CHECK(ids(*reader, "", Board::others) == "c");
    VacancyQuery query;
    query.offset = 1;
    query.limit = 1;
    const VacancyResults results = reader->search(query, now).value();
    REQUIRE(results.cards.size() == 1);
    CHECK(results.cards[0].title == "Siivooja");
    CHECK(results.own_total == 3);
    CHECK(results.others_total == 1);
    CHECK(writer->cursor("aalto").value() == "c1");
    CHECK(writer->cursor("bergen").value().empty());
}

TEST_CASE("words are found in every column and in other forms, titles and places before bodies") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy in_place = vacancy("place", "Myyjä", "x");
    in_place.places.push_back({});
    in_place.places[0].city = "Tampere";
    Vacancy in_body = vacancy("body", "Keittiöapulainen", "Työ on Tampereella, varastossa.");
    in_body.published_at = now;
    Vacancy in_occupation = vacancy("occupation", "Nosturi", "x");
    in_occupation.occupations.push_back({"ESCO", "1", "nosturinkuljettaja"});
    REQUIRE(writer->apply("aalto", page_of({in_place, in_body, in_occupation, vacancy("none", "Kokki", "x")}))
                .ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "tampere") == "place body");
    CHECK(ids(*reader, "TAMP") == "place body");
    CHECK(ids(*reader, "nosturinkuljettaja") == "occupation");
    CHECK(ids(*reader, "tampere myyjä") == "place");
    CHECK(ids(*reader, "varasto työ") == "body");
    CHECK(ids(*reader, "hoiva").size() > 20); // the employer of all four
    CHECK(ids(*reader, "\"NOT ) OR title:*").empty());
    CHECK(ids(*reader, "?!").empty());
}

TEST_CASE("what one does stands on the card, and is searched like the rest of the ad") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy summed_up = vacancy("a", "Siivooja", "x");
    summed_up.texts[0].summary = "Pidät toimistot kunnossa.";
    REQUIRE(writer->apply("aalto", page_of({summed_up, vacancy("b", "Kokki", "x")})).ok());
    auto reader = mirror.read();
    VacancyQuery query;
    query.language = "fi";
    query.words = "siivooja";
    CHECK(reader->search(query, now).value().cards.at(0).summary == "Pidät toimistot kunnossa.");
    CHECK(ids(*reader, "toimisto") == "a");
}

TEST_CASE("the first letter of a word narrows nothing yet") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy newer = vacancy("b", "Kokki", "x");
    newer.published_at = now;
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x"), newer})).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "s") == "b a");
    CHECK(ids(*reader, "kokki s") == "b");
    CHECK(ids(*reader, "si") == "a");
}

TEST_CASE("a word typed in one form finds the others, finished or not, alone or after another word") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Haemme sairaanhoitajia", "Helsinkiin")})).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "sairaanhoitajat") == "a");
    CHECK(ids(*reader, "sairaanh") == "a");
    CHECK(ids(*reader, "helsinki sairaanhoitajat") == "a");
    CHECK(ids(*reader, "helsinki siivoojat").empty());
}

TEST_CASE("a vacancy is gone for readers the moment its time is over, before any sweep") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy ending = vacancy("a", "Siivooja", "x");
    ending.deadline_at = now + hour;
    REQUIRE(writer->apply("aalto", page_of({ending})).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "", Board::own, now + hour) == "a");
    CHECK(ids(*reader, "siivooja", Board::own, now + hour + 1).empty());
    CHECK(ids(*reader, "", Board::own, now + hour + 1).empty());
    CHECK(reader->vacancy("a", now).value()->texts.at(0).title == "Siivooja");
    CHECK_FALSE(reader->vacancy("a", now + hour + 1).value().has_value());
}

TEST_CASE("a sweep takes contacts and index entries with the vacancy") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy ending = vacancy("a", "Ainutlaatuinen", "x");
    ending.expires_at = now + hour;
    ending.contacts.push_back({"Kanarialintu-7261", "", "", ""});
    REQUIRE(writer->apply("aalto", page_of({ending, vacancy("b", "Pysyvä", "x")})).ok());
    CHECK(writer->sweep(now + hour).value() == 0);
    CHECK(writer->sweep(now + hour + 1).value() == 1);
    auto reader = mirror.read();
    // Even at a moment when it was open.
    CHECK(ids(*reader, "ainutlaatuinen", Board::own, now).empty());
    CHECK_FALSE(reader->vacancy("a", now).value().has_value());
    CHECK(ids(*reader, "") == "b");
}

TEST_CASE("upserts replace, tombstones and withdrawn vacancies remove") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "vanha"), vacancy("b", "Kokki", "x")}))
                .ok());
    Vacancy changed = vacancy("a", "Laitoshuoltaja", "uusi");
    changed.published_at = now;
    VacancyPage page = page_of({changed}, "c2");
    page.tombstones = {"b", "unknown"};
    REQUIRE(writer->apply("aalto", page).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "siivooja").empty());
    CHECK(ids(*reader, "vanha").empty());
    CHECK(ids(*reader, "laitoshuoltaja uusi") == "a");
    CHECK(ids(*reader, "kokki").empty());
    changed.status = VacancyStatus::withdrawn;
    REQUIRE(writer->apply("aalto", page_of({changed}, "c3")).ok());
    CHECK(ids(*reader, "").empty());
    CHECK(writer->cursor("aalto").value() == "c3");
}

TEST_CASE("nothing of a page is kept where one of its vacancies belongs to another agency") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy foreign = vacancy("b", "Kokki", "x");
    foreign.agency = "bergen";
    CHECK_FALSE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x"), foreign})).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "").empty());
    CHECK(writer->cursor("aalto").value().empty());
}

TEST_CASE("a full reload keeps the board until its last page, then drops what it did not bring") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(
        writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x"), vacancy("b", "Kokki", "x")})).ok());
    auto reader = mirror.read();
    REQUIRE(writer->start_over("aalto").ok());
    CHECK(writer->cursor("aalto").value().empty());
    CHECK(ids(*reader, "siivooja") == "a");
    VacancyPage first = page_of({vacancy("b", "Kokki", "x")}, "r1");
    first.more = true;
    REQUIRE(writer->apply("aalto", first).ok());
    CHECK(ids(*reader, "siivooja") == "a");
    REQUIRE(writer->apply("aalto", page_of({vacancy("c", "Myyjä", "x")}, "r2")).ok());
    CHECK(ids(*reader, "siivooja").empty());
    CHECK(ids(*reader, "kokki") == "b");
    CHECK(ids(*reader, "myyjä") == "c");
}

TEST_CASE("documents are replaced, listed by kind and removed when the list no longer has them") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->put_document({"aalto", "form", "registration", "d1", "{}"}).ok());
    REQUIRE(writer->put_document({"aalto", "form", "short", "d2", "{}"}).ok());
    REQUIRE(writer->put_document({"aalto", "skill", "typing-fi", "d3", "{}"}).ok());
    REQUIRE(writer->put_document({"aalto", "form", "registration", "d4", "{\"v\":2}"}).ok());
    auto reader = mirror.read();
    REQUIRE(reader->documents("form").value().size() == 2);
    CHECK(reader->documents("form").value()[0].digest == "d4");
    REQUIRE(writer->keep_only_documents("aalto", "form", {"short"}).ok());
    REQUIRE(reader->documents("form").value().size() == 1);
    CHECK(reader->documents("form").value()[0].id == "short");
    CHECK(reader->documents("skill").value().size() == 1);
}

TEST_CASE("the reader knows when the agency was last heard") {
    Mirror mirror;
    auto writer = mirror.open();
    auto reader = mirror.read();
    CHECK_FALSE(reader->last_heard().value().has_value());
    REQUIRE(writer->note_heard("aalto", now).ok());
    REQUIRE(writer->note_heard("bergen", now - hour).ok());
    CHECK(reader->last_heard().value() == now);
}

TEST_CASE("a damaged cache is thrown away and made anew") {
    Mirror mirror;
    {
        auto writer = mirror.open();
        CHECK_FALSE(writer->rebuilt());
        std::vector<Vacancy> many;
        for (int i = 0; i < 50; ++i)
            many.push_back(vacancy("v" + std::to_string(i), "Siivooja",
                                   std::string(3000, static_cast<char>('a' + i % 26))));
        REQUIRE(writer->apply("aalto", page_of(many)).ok());
    }
    SECTION("in the middle") {
        std::fstream out(mirror.file, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(static_cast<std::streamoff>(std::filesystem::file_size(mirror.file) / 4));
        out << std::string(std::filesystem::file_size(mirror.file) / 2, '\x5a');
    }
    SECTION("at its head") {
        std::fstream out(mirror.file, std::ios::binary | std::ios::in | std::ios::out);
        out << std::string(64, '\x5a');
    }
    SECTION("by being somebody else's") {
        REQUIRE(write_file_durably(mirror.file, std::string(100, 'x')).ok());
    }
    auto writer = mirror.open();
    CHECK(writer->rebuilt());
    CHECK(writer->cursor("aalto").value().empty());
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Kokki", "x")})).ok());
    CHECK(ids(*mirror.read(), "kokki") == "a");
}

TEST_CASE("an index made with other rules for words is made anew") {
    Mirror mirror;
    REQUIRE(mirror.open()->apply("aalto", page_of({vacancy("a", "Kokki", "x")})).ok());
    CHECK_FALSE(mirror.open()->rebuilt());
    {
        SqlConnection connection = SqlConnection::open(mirror.file, SqlMode::cache_writer).value();
        REQUIRE(connection.run("UPDATE meta SET value='words 0' WHERE name='version'").ok());
    }
    CHECK(mirror.open()->rebuilt());
}

TEST_CASE("a reader follows the file when it was made anew beside it") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Kokki", "x")})).ok());
    auto reader = mirror.read();
    CHECK(ids(*reader, "") == "a");
    REQUIRE(writer->rebuild().ok());
    CHECK(ids(*reader, "").empty());
    REQUIRE(writer->apply("aalto", page_of({vacancy("b", "Kokki", "x")})).ok());
    CHECK(ids(*reader, "") == "b");
}

TEST_CASE(
    "nothing of a vacancy's contacts is left in the raw files when it is gone, in whatever way it went") {
    Mirror mirror;
    auto writer = mirror.open();
    Vacancy kept = vacancy("kept", "Kokki", "x");
    Vacancy gone = vacancy("gone", "Siivooja", "Kysy: 040 123 4567, canary.4417@example.invalid heti.");
    gone.contacts.push_back({"Canary Kontakti", "palvelupäällikkö", "+358 40 765 4321", "k@example.invalid"});
    gone.deadline_at = now + hour;
    const Bytes bytes = packed(gone);
    const std::string row(bytes.begin(), bytes.end());
    const auto left = [&](const std::string& what) {
        std::string files;
        for (const char* name : {"cache.db", "cache.db-wal"})
            files += raw(mirror.folder / name);
        return files.find(what) != std::string::npos;
    };
    REQUIRE(writer->apply("aalto", page_of({kept, gone})).ok());
    CHECK(left(row)); // the control: while it is there it can be found
    CHECK_FALSE(left("4417"));
    CHECK_FALSE(left("4567"));
    auto reader = mirror.read();
    CHECK(ids(*reader, "heti") == "gone"); // the words around them are searched
    SECTION("a tombstone") {
        VacancyPage page = page_of({});
        page.tombstones = {"gone"};
        REQUIRE(writer->apply("aalto", page).ok());
    }
    SECTION("its time, by a sweep") {
        REQUIRE(writer->sweep(now + 2 * hour).value() == 1);
    }
    SECTION("another state of it without the contact") {
        gone.contacts.clear();
        gone.texts[0].body_plain = "x";
        REQUIRE(writer->apply("aalto", page_of({gone})).ok());
    }
    SECTION("a new load that lacks it") {
        REQUIRE(writer->start_over("aalto").ok());
        REQUIRE(writer->apply("aalto", page_of({kept})).ok());
    }
    CHECK_FALSE(left(row));
    CHECK_FALSE(left(row.substr(row.size() / 2, 48)));
    CHECK(ids(*reader, "kokki", Board::own, now) == "kept");
}

TEST_CASE("what is not there is gone only once all that is open has come, and comes back after the cache was "
          "lost") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x")})).ok());
    auto reader = mirror.read();
    REQUIRE(reader->vacancy("a", now).value().has_value());
    CHECK_FALSE(reader->vacancy("b", now).value().has_value());
    REQUIRE(writer->rebuild().ok());
    CHECK(reader->vacancy("a", now).error().kind == ErrorKind::unavailable);
    REQUIRE(writer->note_heard("bergen", now).ok());
    VacancyPage first = page_of({vacancy("b", "Kokki", "x")}, "c1");
    first.more = true;
    REQUIRE(writer->apply("aalto", first).ok());
    CHECK(reader->vacancy("a", now).error().kind == ErrorKind::unavailable);
    CHECK(reader->vacancy("b", now).value().has_value());
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x")}, "c2")).ok());
    CHECK(reader->vacancy("a", now).value().has_value());
    CHECK_FALSE(reader->vacancy("c", now).value().has_value());
    CHECK_FALSE(reader->vacancy("c", now, "aalto").value().has_value());
    CHECK(reader->vacancy("c", now, "bergen").error().kind == ErrorKind::unavailable);
    // Loading all anew keeps what is there, so that what is missing then is gone.
    REQUIRE(writer->start_over("aalto").ok());
    CHECK_FALSE(reader->vacancy("c", now, "aalto").value().has_value());
}

TEST_CASE("a vacancy whose row cannot be read is not said to be gone") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Siivooja", "x")})).ok());
    auto reader = mirror.read();
    {
        SqlConnection other = SqlConnection::open(mirror.file, SqlMode::cache_writer).value();
        REQUIRE(other.run("UPDATE vacancies SET vacancy=x'00ff'").ok());
    }
    CHECK(reader->vacancy("a", now).error().kind == ErrorKind::damaged);
}

TEST_CASE("no word of a removed vacancy is left in the raw files once the cache was purged, stems and "
          "beginnings neither") {
    Mirror mirror;
    auto writer = mirror.open();
    const auto left = [&](const std::string& what) {
        std::string files;
        for (const auto& entry : std::filesystem::directory_iterator(mirror.folder.path()))
            files += raw(entry.path());
        return files.find(what) != std::string::npos;
    };
    std::size_t steps = 0;
    const auto purge = [&](UtcMs at) {
        for (bool more = true; more; ++steps) {
            auto step = writer->purge(at);
            REQUIRE(step.ok());
            more = *step;
        }
    };
    std::vector<Vacancy> others;
    for (int i = 0; i < 300; ++i)
        others.push_back(
            vacancy("v" + std::to_string(i), "Kokki", "sana" + std::to_string(i * 7919) + " ja muuta"));
    for (std::size_t first = 0; first < others.size(); first += 25) // so many segments
        REQUIRE(writer
                    ->apply("aalto", page_of({others.begin() + static_cast<std::ptrdiff_t>(first),
                                              others.begin() + static_cast<std::ptrdiff_t>(first + 25)}))
                    .ok());
    Vacancy gone = vacancy("gone", "Siivooja", "Kysy lisää: Zäqkanariankorpi, esihenkilö.");
    gone.contacts.push_back({"Zäqkanariankorpi", "esihenkilö", "+358 40 765 4321", "k@example.invalid"});
    REQUIRE(writer->apply("aalto", page_of({gone})).ok());
    CHECK(writer->purge(now).value() == false); // nothing was removed yet
    CHECK(left("kanariankorp"));                // the control: its words stand in the index
    auto reader = mirror.read();
    CHECK(ids(*reader, "zäqkanariankorpi") == "gone");
    VacancyPage page = page_of({others[7]});
    page.tombstones = {"gone"};
    SECTION("alone") {}
    SECTION("with others that come and go meanwhile") {
        page.tombstones.push_back("v9");
        others[7].texts[0].body_plain = "zz";
    }
    page.upserts = {others[7]};
    REQUIRE(writer->apply("aalto", page).ok());
    REQUIRE(writer->sweep(now).ok());
    CHECK(left("kanariankorp")); // removing and sweeping alone leave them
    CHECK(ids(*reader, "zäqkanariankorpi").empty());
    purge(now);
    CHECK(steps >= 3);
    CHECK_FALSE(left("kanariankorp"));
    CHECK_FALSE(left("765 4321"));
    CHECK(ids(*reader, "sana2367781") == "v299"); // everybody else is still found
    CHECK(ids(*reader, "zz") == (others[7].texts[0].body_plain == "zz" ? "v7" : ""));
}

TEST_CASE(
    "the index is merged as often as its size allows, and what was begun before a power cut is begun anew") {
    Mirror mirror;
    auto writer = mirror.open();
    const auto remove_one = [&](const std::string& id) {
        REQUIRE(writer->apply("aalto", page_of({vacancy(id, "Siivooja", "xylofoni")})).ok());
        VacancyPage page = page_of({});
        page.tombstones = {id};
        REQUIRE(writer->apply("aalto", page).ok());
    };
    const auto purge = [&](UtcMs at) {
        int steps = 0;
        while (writer->purge(at).value())
            ++steps;
        return steps;
    };
    remove_one("a");
    CHECK(writer->purge(now).value()); // cut off after the first step
    writer = mirror.open();
    CHECK(purge(now) >= 1);
    CHECK(purge(now + 24 * hour) == 0); // nothing was removed since
    remove_one("b");
    CHECK(purge(now) == 0); // it was only just written anew
    CHECK(purge(now + hour) >= 1);
    remove_one("c");
    CHECK(purge(now - 48 * hour) >= 1); // a clock that was set back does not put it off
}

TEST_CASE("a reader cannot write and does not checkpoint when it goes") {
    Mirror mirror;
    auto writer = mirror.open();
    REQUIRE(writer->apply("aalto", page_of({vacancy("a", "Kokki", "x")})).ok());
    const std::string log = raw(mirror.folder / "cache.db-wal");
    mirror.read().reset();
    CHECK(raw(mirror.folder / "cache.db-wal") == log);
    SqlConnection reader = SqlConnection::open(mirror.file, SqlMode::read_only).value();
    CHECK_FALSE(reader.run("DELETE FROM entries").ok());
}

TEST_CASE("counts are exact to a thousand and say when there are more") {
    Mirror mirror;
    auto writer = mirror.open();
    for (int page = 0; page < 6; ++page) {
        std::vector<Vacancy> many;
        for (int i = 0; i < 200; ++i)
            many.push_back(
                vacancy("v" + std::to_string(page * 200 + i), "Siivooja", "työ", i % 2 == 0 || page > 0));
        REQUIRE(writer->apply("aalto", page_of(many)).ok());
    }
    auto reader = mirror.read();
    for (const char* words : {"", "siivooja", "ty"}) {
        VacancyQuery query;
        query.words = words;
        const VacancyResults results = reader->search(query, now).value();
        CHECK(results.own_total == 1001);
        CHECK(results.others_total == 100);
        CHECK(results.cards.size() == 12);
    }
    VacancyQuery far;
    far.offset = 1095;
    CHECK(reader->search(far, now).value().cards.size() == 5);
}
