// What the board's search finds, in what order, how it is counted and why: with the occupations that ship.
#include "tests/sync/searched_board.h"

using namespace vakant;

namespace {

std::string names_in(std::string_view language, const std::vector<OccupationEntry>& entries) {
    std::string text;
    for (const OccupationEntry& one : entries)
        text += (text.empty() ? "" : ", ") + (one.names.empty() ? "?" : std::string(one.name_in(language)));
    return text;
}

} // namespace

TEST_CASE(
    "what a vacancy's occupations are called in the reader's language is known by code, label or title") {
    SearchedBoard board({});
    Vacancy vacancy = ad("a", "sv", "Vi söker dig");
    vacancy.occupations = {{"STYRK08", "9112.01", "Vaskehjelp på tog"},
                           {"AF", "unheard-of", "Lokalvårdare"},
                           {"", "", "hissimekaanikko"}};
    CHECK(names_in("ar", board.reader->occupations_of(vacancy).value()) == "عامل نظافة, عامل نظافة, ?");
    vacancy.occupations.clear();
    CHECK(names_in("ar", board.reader->occupations_of(vacancy).value()) == "?");
    vacancy.texts.front().title = "Städare till kontor";
    CHECK(names_in("fi", board.reader->occupations_of(vacancy).value()) == "siivooja");
}

TEST_CASE("a word in any of seven languages finds the vacancies of its occupation") {
    SearchedBoard board({ad("fi", "fi", "Siivooja toimistoihin"), ad("sv", "sv", "Städare till kontor"),
                         ad("en", "en", "Cleaner for offices"), ad("nb", "nb", "Renholder søkes"),
                         ad("cook", "fi", "Kokki"), ad("driver", "sv", "Lastbilschaufför")});
    for (const char* words : {"siivooja", "cleaner", "städare", "renholder", "прибиральник", "прибиральниця",
                              "уборщица", "عامل نظافة", "siivoja", "stadare", "CLEANING", "siivoojaksi"}) {
        INFO(words);
        std::string found = board.ids(words);
        std::vector<std::string> four;
        for (const char* id : {"fi", "sv", "en", "nb"})
            CHECK(found.find(id) != std::string::npos);
        CHECK(found.find("cook") == std::string::npos);
        CHECK(found.find("driver") == std::string::npos);
    }
    CHECK(board.ids("siivooja").substr(0, 2) == "fi");
    CHECK(board.ids("Städare").substr(0, 2) == "sv");
}

TEST_CASE("an occupation is known by its code, its label or words of the title or the body") {
    Vacancy code = ad("code", "fi", "Iltavuoroon mukaan");
    code.occupations.push_back({"ISCO08", "9123", ""});
    Vacancy label = ad("label", "fi", "Reipas tekijä");
    label.occupations.push_back({"AF", "77", "Fönsterputsare"});
    SearchedBoard board({code, label, ad("title", "fi", "Ikkunanpesijä Turkuun"),
                         ad("body", "en", "Helping hand", "", "You will work as a window cleaner."),
                         ad("none", "fi", "Kokki")});
    const std::string found = board.ids("window cleaner");
    CHECK(found.size() == std::string("code label title body").size());
    CHECK(found.find("none") == std::string::npos);
    CHECK(found.substr(found.size() - 4) == "body");
}

TEST_CASE("a word finds the longer ones that end in it, in Finnish, Swedish and Norwegian") {
    SearchedBoard board({ad("a", "fi", "Sairaanhoitajia Ouluun"), ad("b", "sv", "Fastighetsstädare"),
                         ad("c", "nb", "Renholdsleder og kontormedarbeider"), ad("d", "fi", "Myyjä")});
    CHECK(board.ids("hoitaja") == "a");
    CHECK(board.ids("hoitajat") == "a");
    CHECK(board.ids("medarbeider") == "c");
    const VacancyResults results = board.ask("hoitajat");
    REQUIRE(results.cards.size() == 1);
    REQUIRE(results.cards[0].why.size() == 1);
}

TEST_CASE("a specialist whose own name ends in another occupation's is not taken for it") {
    SearchedBoard board({ad("vet", "fi", "Eläinlääkäri"), ad("doctor", "fi", "Lääkäri")});
    CHECK(board.ids("doctor") == "doctor");
    CHECK(board.ids("veterinarian") == "vet");
}

TEST_CASE("misspelt words are forgiven by their length, and only where nothing is spelt so") {
    SearchedBoard board(
        {ad("a", "fi", "Siivooja"), ad("b", "fi", "Varastotyöntekijä"), ad("c", "fi", "Kokki")});
    CHECK(board.ids("siivoja") == "a");
    CHECK(board.ids("varstotyöntekiä") == "b");
    CHECK(board.ids("kikki") == "c");
    CHECK(board.ids("kko").empty());
    const VacancyResults results = board.ask("varstotyöntekijä");
    REQUIRE(results.cards.size() == 1);
    CHECK(results.cards[0].why.at(0).kind == MatchKind::spelling);
    CHECK(results.cards[0].why.at(0).found == "varastotyöntekijä");
}

TEST_CASE("words typed without their dots are found behind those that are written so") {
    SearchedBoard board(
        {ad("marks", "fi", "Työ sääristöllä", "Hämeenlinna"), ad("plain", "fi", "Työ saaristolla")});
    CHECK(board.ids("saaristolla") == "plain marks");
    CHECK(board.ids("hameenlinna") == "marks");
    CHECK(board.ids("sääristöllä") == "marks");
    SearchedBoard both({ad("marks", "fi", "Pääkokki sääri"), ad("plain", "fi", "Kokki saari")});
    CHECK(both.ids("saari") == "plain marks");
    CHECK(both.ids("sääri") == "marks");
}

TEST_CASE("places are found in the cases that Finnish puts them in") {
    SearchedBoard board({ad("hki", "fi", "Kokki", "Helsinki"), ad("tku", "fi", "Kokki", "Turku"),
                         ad("tre", "fi", "Kokki", "Tampere"), ad("sjk", "fi", "Kokki", "Seinäjoki"),
                         ad("roi", "fi", "Kokki", "Rovaniemi"), ad("lah", "fi", "Kokki", "Lahti"),
                         ad("esp", "fi", "Kokki", "Espoo")});
    CHECK(board.ids("Helsingissä") == "hki");
    CHECK(board.ids("kokki Helsinkiin") == "hki");
    CHECK(board.ids("kokki turussa") == "tku");
    CHECK(board.ids("Tampereella") == "tre");
    CHECK(board.ids("Seinäjoella") == "sjk");
    CHECK(board.ids("Rovaniemelle") == "roi");
    CHECK(board.ids("Lahdessa") == "lah");
    CHECK(board.ids("Espooseen") == "esp");
    CHECK(board.ids("cook in Helsinki") == "hki");
    CHECK(board.ids("kock i Helsinki") == "hki");
    CHECK(board.ids("повар в Helsinki") == "hki");
}

TEST_CASE("all words count; where none has all of them, those with the most come and the answer says so") {
    SearchedBoard board({ad("a", "fi", "Siivooja", "Oulu"), ad("b", "fi", "Siivooja", "Turku"),
                         ad("c", "fi", "Kokki", "Oulu")});
    CHECK(board.ids("siivooja oulu") == "a");
    CHECK_FALSE(board.ask("siivooja oulu").relaxed);
    const VacancyResults results = board.ask("siivooja rovaniemi");
    CHECK(board.ids(results) == "b a");
    CHECK(results.relaxed);
}

TEST_CASE("one word may stand in the title and the other in the body when the whole answer is asked for") {
    SearchedBoard board(
        {ad("a", "fi", "Siivooja", "", "Ilmoittaudu trukkikortilla."), ad("b", "fi", "Kokki")});
    VacancyQuery query;
    query.words = "cleaner trukkikortilla";
    query.depth = Depth::complete;
    CHECK(board.ids(query) == "a");
    const VacancyResults results = board.ask(query);
    CHECK_FALSE(results.relaxed);
    REQUIRE(results.cards.at(0).why.size() == 2);
    CHECK(results.cards[0].why[0].kind == MatchKind::occupation);
    CHECK(results.cards[0].why[0].found == "siivooja");
    CHECK(results.cards[0].why[0].language == "fi");
    CHECK(results.cards[0].why[1].kind == MatchKind::text);
    CHECK(results.cards[0].why[1].place == MatchPlace::body);
}

TEST_CASE("a card says by which word, form or name it was found") {
    SearchedBoard board({ad("a", "fi", "Siivoojia toimistoihin", "Helsinki")});
    const auto why = [&](const std::string& words) {
        const VacancyResults results = board.ask(words);
        return results.cards.empty() || results.cards[0].why.empty() ? WhyMatched{} : results.cards[0].why[0];
    };
    CHECK(why("siivoojia ").kind == MatchKind::word);
    CHECK(why("siivooja").kind == MatchKind::inflected);
    CHECK(why("siivooja").found == "siivoojia");
    CHECK(why("siiv").kind == MatchKind::beginning);
    CHECK(why("helsingissä").place == MatchPlace::place);
    CHECK(why("helsingissä").found == "helsinki");
    CHECK(why("уборщица").kind == MatchKind::occupation);
    CHECK(why("уборщица").found == "siivoojia");
    CHECK(why("hoiva").place == MatchPlace::employer);
}

TEST_CASE("filters narrow, and their counts hold under all the other choices") {
    Vacancy a = ad("a", "fi", "Siivooja", "Oulu"), b = ad("b", "fi", "Siivooja", "Turku"),
            c = ad("c", "fi", "Kokki", "Oulu");
    a.hours = Hours::full_time;
    b.hours = Hours::mixed;
    c.hours = Hours::part_time;
    a.employment = Employment::permanent;
    b.employment = Employment::fixed_term;
    a.field = b.field = "cleaning";
    c.field = "kitchen";
    a.licence_needed = true;
    b.deadline = DeadlineKind::on_date;
    b.deadline_at = now + 3 * day;
    c.training = Training::apprenticeship;
    a.training_needed = false;
    SearchedBoard board({a, b, c});
    VacancyQuery all;
    all.wants_counts = true;
    const VacancyResults open = board.ask(all);
    CHECK(counted(open, Facet::municipality) == "FI:oulu=2 FI:turku=1");
    CHECK(counted(open, Facet::field) == "cleaning=2 kitchen=1");
    CHECK(counted(open, Facet::hours) == "full_time=2 part_time=2");
    CHECK(counted(open, Facet::term) == "permanent=1 temporary=1");
    CHECK(counted(open, Facet::no_licence) == "yes=2");
    CHECK(counted(open, Facet::closing_soon) == "yes=1");
    CHECK(counted(open, Facet::training) == "yes=1");
    CHECK(counted(open, Facet::no_training) == "yes=1");
    VacancyQuery cleaning = all;
    cleaning.choices = {{Facet::field, "cleaning"}, {Facet::hours, "full_time"}};
    const VacancyResults narrow = board.ask(cleaning);
    CHECK(board.ids(narrow) == "b a");
    CHECK(counted(narrow, Facet::field) == "cleaning=2*");
    CHECK(counted(narrow, Facet::municipality) == "FI:oulu=1 FI:turku=1");
    CHECK(counted(narrow, Facet::hours) == "full_time=2* part_time=1");
    CHECK(board.ids(narrowed(Facet::municipality, "FI:oulu")) == "c a");
    VacancyQuery two_towns = narrowed(Facet::municipality, "FI:oulu");
    two_towns.choices.push_back({Facet::municipality, "FI:turku"});
    CHECK(board.ask(two_towns).total == 3);
    CHECK(board.ids(narrowed(Facet::no_licence, "yes")) == "c b");
    CHECK(board.ids(narrowed(Facet::closing_soon, "yes")) == "b");
    CHECK(board.ids(narrowed(Facet::training, "yes")) == "c");
    VacancyQuery gone = all;
    gone.choices = {{Facet::municipality, "FI:nowhere"}};
    CHECK(counted(board.ask(gone), Facet::municipality) == "FI:oulu=2 FI:turku=1 FI:nowhere=0*");
}

TEST_CASE("licence not needed lets through what says so, and what has a text without a word of a licence") {
    Vacancy said = ad("said", "nb", "Renholder", "", "Førerkort er ikke nødvendig.");
    said.licence_needed = false;
    Vacancy driver = ad("driver", "sv", "Budförare", "", "Du kör varor till kunder.");
    driver.occupations = {{"SSYK2012", "8321", "Budförare"}};
    Vacancy car = ad("car", "fi", "Siivooja", "", "Siivoat koteja.");
    car.own_car = true;
    Vacancy duties = ad("duties", "fi", "Siivooja", "", "");
    duties.texts.front().duties = {"Siivoat.", "Ajat pakettiautoa (B-ajokortti)."};
    SearchedBoard board({said, driver, car, duties, ad("silent", "nb", "Elektriker", "", "Vi monterer lys."),
                         ad("nb", "nb", "Elektriker", "", "Krav: Førerkort klasse B."),
                         ad("sv", "sv", "Vårdbiträde", "", "B-körkort är ett krav."),
                         ad("fi", "fi", "Asentaja", "", "Edellytämme ajokorttia."),
                         ad("en", "en", "Plumber", "", "You hold a full driver’s licence."),
                         ad("no text", "nb", "Elektriker", "", "")});
    CHECK(board.ids(narrowed(Facet::no_licence, "yes")) == "silent said");
}

TEST_CASE("ads that name no language are a choice of their own, and a likely one counts") {
    Vacancy likely = ad("likely", "", "Renholder"), unknown = ad("unknown", "", "Siivooja"),
            finnish = ad("finnish", "fi", "Siivooja");
    likely.texts.front().likely_language = "nb";
    SearchedBoard board({likely, unknown, finnish});
    VacancyQuery counts;
    counts.wants_counts = true;
    CHECK(counted(board.ask(counts), Facet::language) == "fi=1 nb=1 und=1");
    CHECK(board.ids(narrowed(Facet::language, "nb")) == "likely");
    CHECK(board.ids(narrowed(Facet::language, "und")) == "unknown");
    VacancyQuery two = narrowed(Facet::language, "und");
    two.choices.push_back({Facet::language, "fi"});
    CHECK(board.ask(two).total == 2);
}

TEST_CASE("a language filter asks for every language that an ad demands and for one of those that will do") {
    Vacancy either = ad("either", "fi", "Kokki"), both = ad("both", "fi", "Kokki"),
            unsaid = ad("unsaid", "fi", "Kokki");
    either.working_languages = {"en", "sv"};
    for (const char* code : {"fi", "en"}) {
        Requirement language;
        language.kind = RequirementKind::language;
        language.code = code;
        both.requirements.push_back(language);
    }
    SearchedBoard board({either, both, unsaid});
    CHECK(board.ids(narrowed(Facet::language, "en")) == "either");
    CHECK(board.ids(narrowed(Facet::language, "fi")) == "unsaid"); // what the ad is written in
    VacancyQuery two = narrowed(Facet::language, "fi");
    two.choices.push_back({Facet::language, "en"});
    CHECK(board.ask(two).total == 3);
    VacancyQuery counts;
    counts.wants_counts = true;
    counts.choices = {{Facet::language, "en"}};
    CHECK(counted(board.ask(counts), Facet::language) == "fi=3 en=1* sv=1");
}

TEST_CASE("the board is ordered by match, age, end, distance or title") {
    Vacancy a = ad("a", "fi", "Bagare", "Oulu"), b = ad("b", "fi", "Arkkitehti"),
            c = ad("c", "fi", "Cembalisti");
    a.published_at = now - 3 * day;
    b.published_at = now - 2 * day;
    a.deadline_at = now + 2 * day;
    c.deadline_at = now + day;
    c.apply_at_kiosk = false;
    a.places[0].latitude = 65.0;
    a.places[0].longitude = 25.5;
    b.places.push_back({});
    b.places[0].city = "Helsinki";
    b.places[0].latitude = 60.2;
    b.places[0].longitude = 24.9;
    SearchedBoard board({a, b, c});
    VacancyQuery query;
    CHECK(board.ids(query) == "b a c"); // own orders first
    query.sort = SortBy::newest;
    CHECK(board.ids(query) == "c b a");
    query.sort = SortBy::closing_first;
    CHECK(board.ids(query) == "c a b");
    query.sort = SortBy::title;
    CHECK(board.ids(query) == "b a c");
    query.sort = SortBy::nearest;
    query.near.point = GeoPoint{65.1, 25.0};
    CHECK(board.ids(query) == "a b c");
    query.near.point = GeoPoint{60.0, 25.0};
    CHECK(board.ids(query) == "b a c");
    query.offset = 1;
    query.limit = 1;
    CHECK(board.ids(query) == "a");
}

TEST_CASE(
    "nearest is the kiosk's own municipality, then by distance, then its region, then what says no place") {
    Vacancy here = ad("here", "fi", "Kokki", "Nokia"), near = ad("near", "fi", "Kokki", "Tampere"),
            region = ad("region", "fi", "Kokki", "Orivesi"), far = ad("far", "fi", "Kokki", "Oulu"),
            elsewhere = ad("elsewhere", "fi", "Kokki", "Kemi"), nowhere = ad("nowhere", "fi", "Kokki");
    here.places[0].region = region.places[0].region = "Pirkanmaa";
    here.places[0].latitude = 61.48;
    here.places[0].longitude = 23.51;
    near.places[0].latitude = 61.50;
    near.places[0].longitude = 23.79;
    far.places[0].latitude = 65.01;
    far.places[0].longitude = 25.47;
    SearchedBoard board({far, nowhere, region, here, elsewhere, near});
    VacancyQuery query;
    query.sort = SortBy::nearest;
    query.near.municipality = "NOKIA";
    const std::string found = board.ids(query);
    CHECK(found.substr(0, 20) == "here near region far");
    query.near.municipality = "Atlantis";
    CHECK(board.ask(query).total == 6);
    query.near = {};
    CHECK(board.ask(query).total == 6);
}

TEST_CASE("a board of several agencies can be asked for one of them, with its own counts") {
    Vacancy ours = ad("ours", "fi", "Siivooja"), theirs = ad("theirs", "fi", "Siivooja"),
            cook = ad("cook", "fi", "Kokki");
    ours.field = theirs.field = "cleaning";
    cook.field = "kitchen";
    theirs.agency = cook.agency = "berg";
    SearchedBoard board({ours});
    VacancyPage page;
    page.upserts = {theirs, cook};
    page.next_cursor = "c";
    REQUIRE(board.writer->apply("berg", page).ok());
    VacancyQuery query;
    query.wants_counts = true;
    CHECK(counted(board.ask(query), Facet::field) == "cleaning=2 kitchen=1");
    query.agency = "aalto";
    CHECK(board.ids(query) == "ours");
    CHECK(counted(board.ask(query), Facet::field) == "cleaning=1");
    CHECK(board.ask(query).own_total == 1);
    query.agency = "berg";
    CHECK(counted(board.ask(query), Facet::field) == "kitchen=1 cleaning=1"); // as the board met them
    query.agency = "nobody";
    CHECK(board.ask(query).own_total == 0);
}

TEST_CASE("the reader follows changes without reading the board anew, and removals") {
    SearchedBoard board({ad("a", "fi", "Siivooja"), ad("b", "fi", "Kokki")});
    CHECK(board.ids("cleaner") == "a");
    board.add({ad("c", "fi", "Siistijä"), ad("b", "fi", "Siivoojaksi")}, {"a"});
    const std::string found = board.ids("cleaner");
    CHECK(found.size() == 3);
    CHECK(found.find('a') == std::string::npos);
    CHECK(board.ids("kokki").empty());
    for (int round = 0; round < 30; ++round) { // more rows gone than stay: all is read anew in between
        std::vector<Vacancy> many;
        for (int i = 0; i < 100; ++i)
            many.push_back(ad("n" + std::to_string(i), "fi", "Kokki " + std::to_string(round)));
        board.add(many);
    }
    CHECK(board.ask("kokki").total == 100);
    CHECK(board.ids("cleaner").size() == 3);
}

TEST_CASE("tables of occupations that an agency sends count at once, and go again with their document") {
    SearchedBoard board({ad("a", "fi", "Ullakkosäätäjä"), ad("b", "fi", "Kokki")});
    CHECK(board.ids("attic tuner").empty());
    const std::string body =
        R"({"format":"vakant-occupations/1","id":"esco","entries":[)"
        R"({"id":"esco:1","isco":["9999"],"names":{"fi":"ullakkosäätäjä","en":"attic tuner"}}]})";
    REQUIRE(board.writer->put_document({"aalto", "occupations", "esco", "d1", body}).ok());
    REQUIRE(board.writer->keep_only_documents("aalto", "occupations", {"esco"}).ok());
    CHECK(board.ids("attic tuner") == "a");
    SECTION("the tags last") {
        board.writer.reset();
        board.writer = CacheWriter::open(board.file, board.shipped).value();
        CHECK_FALSE(board.writer->rebuilt());
        CHECK(board.ids("attic tuner") == "a");
    }
    SECTION("the document goes") {
        REQUIRE(board.writer->keep_only_documents("aalto", "occupations", {}).ok());
        CHECK(board.ids("attic tuner").empty());
    }
    SECTION("a program with other tables of its own tags anew") {
        board.writer.reset();
        board.reader.reset();
        board.writer = CacheWriter::open(board.file, {}).value();
        CHECK_FALSE(board.writer->rebuilt());
        board.reader = CacheReader::open(board.file, {}).value();
        CHECK(board.ids("attic tuner") == "a");
        CHECK(board.ids("siivooja").empty());
        CHECK(board.ids("cook").empty()); // known to the shipped tables only
    }
}

TEST_CASE("quotes and operators that somebody types are words or nothing, and a pasted book is searched for "
          "calmly") {
    SearchedBoard board(
        {ad("cook", "fi", "Kokki"), ad("cleaner", "fi", "Siivooja", "Tampere", "Myös near-työtä")});
    for (const char* words : {"\"siivooja\"", "siivooja*", "(siivooja", "siivooja^", "title:siivooja"}) {
        INFO(words);
        CHECK(board.ids(words).find("cleaner") != std::string::npos);
    }
    for (const char* words :
         {"\" OR 1", "NEAR(a, 5) {x} ^y", "' ; DROP TABLE vacancies; --", "%_%", "\xff\xfe"}) {
        INFO(words);
        VacancyQuery query;
        query.words = words;
        CHECK(board.reader->search(query, now).ok());
    }
    std::string book = "siivooja ";
    for (int i = 0; i < 5'000; ++i)
        book += "sana" + std::to_string(i) + " ";
    CHECK(board.ids(book).find("cleaner") != std::string::npos);
}
