// Places on the board: one place is one value, however the ads write it.
#include "tests/sync/searched_board.h"

using namespace vakant;

namespace {

Vacancy at(const std::string& id, const std::string& country, const std::string& municipality,
           const std::string& municipality_code, const std::string& region = "",
           const std::string& region_code = "") {
    Vacancy vacancy = ad(id, "fi", "Kokki");
    Place place;
    place.country = country;
    place.municipality = municipality;
    place.municipality_code = municipality_code;
    place.region = region;
    place.region_code = region_code;
    vacancy.places.push_back(place);
    return vacancy;
}

std::string labelled(const VacancyResults& results, Facet facet) {
    std::string text;
    for (const FacetCount& one : results.counts)
        if (one.facet == facet) text += (text.empty() ? "" : " ") + one.value + "=" + one.label;
    return text;
}

VacancyQuery counting() {
    VacancyQuery query;
    query.wants_counts = true;
    return query;
}

} // namespace

TEST_CASE("a municipality that one ad gives by code and another by name alone is one value of the filter") {
    SearchedBoard board({at("jobtech", "SE", "Stockholm", "0180"), at("own", "SE", "stockholm", ""),
                         at("tmt", "FI", "Vaasa", "905"), at("own fi", "FI", "Vaasa", ""),
                         at("swedish", "FI", "Vasa", "905"), at("own sv", "FI", "Vasa", "")});
    const VacancyResults open = board.ask(counting());
    CHECK(counted(open, Facet::municipality) == "FI:905=4 SE:0180=2");
    CHECK(labelled(open, Facet::municipality) == "FI:905=Vasa SE:0180=Stockholm");
    CHECK(board.ask(narrowed(Facet::municipality, "FI:905")).total == 4);
    CHECK(board.ask(narrowed(Facet::municipality, "SE:stockholm")).total == 2);
    CHECK(board.ask(narrowed(Facet::municipality, "SE:905")).total == 0);
}

TEST_CASE("the nearest first are those of the kiosk's own municipality, by whichever name it is called") {
    SearchedBoard board({at("finnish", "FI", "Vaasa", "905"), at("swedish", "FI", "Vasa", "905"),
                         at("own", "FI", "Vaasa", ""), at("far", "FI", "Oulu", "564")});
    for (const char* name : {"Vaasa", "Vasa"}) {
        VacancyQuery query;
        query.sort = SortBy::nearest;
        query.near.municipality = name;
        INFO(name);
        CHECK(board.ask(query).cards.back().id == "far");
    }
}

TEST_CASE("an ad with one place twice counts once, and a choice stays the one that was made") {
    Vacancy twice = at("twice", "SE", "Stockholm", "0180");
    twice.places.push_back(twice.places.front());
    twice.places.back().municipality_code.clear();
    SearchedBoard board({twice, at("other", "SE", "Stockholm", "")});
    VacancyQuery query = counting();
    query.choices = {{Facet::municipality, "SE:stockholm"}};
    CHECK(counted(board.ask(query), Facet::municipality) == "SE:stockholm=2*");
}

TEST_CASE("a name of two codes is neither, and places that come later are united too") {
    SearchedBoard board({at("north", "NO", "Herøy", "1818"), at("west", "NO", "Herøy", "1515"),
                         at("unsaid", "NO", "Herøy", ""), at("own", "NO", "Bergen", "")});
    CHECK(counted(board.ask(counting()), Facet::municipality) ==
          "NO:bergen=1 NO:herøy=1 NO:1515=1 NO:1818=1");
    board.add({at("nav", "NO", "Bergen", "4601")});
    CHECK(counted(board.ask(counting()), Facet::municipality) == "NO:4601=2 NO:herøy=1 NO:1515=1 NO:1818=1");
    CHECK(board.ask(narrowed(Facet::municipality, "NO:bergen")).total == 2);
}

TEST_CASE("the region filter unites codes and names, and region and municipality widen each other") {
    SearchedBoard board(
        {at("tmt", "FI", "", "", "Pirkanmaa", "06"), at("own", "FI", "Nokia", "", "Pirkanmaa"),
         at("lahti", "FI", "Lahti", "398", "Päijät-Häme", "07"), at("code", "FI", "", "", "", "19")});
    const VacancyResults open = board.ask(counting());
    CHECK(counted(open, Facet::region) == "FI:06=2 FI:19=1 FI:07=1");
    CHECK(labelled(open, Facet::region) == "FI:06=Pirkanmaa FI:19=19 FI:07=Päijät-Häme");
    CHECK(board.ids(narrowed(Facet::region, "FI:06")).size() == std::string("tmt own").size());
    CHECK(board.ask(narrowed(Facet::region, "FI:pirkanmaa")).total == 2);
    VacancyQuery both = narrowed(Facet::region, "FI:06");
    both.choices.push_back({Facet::municipality, "FI:398"});
    CHECK(board.ask(both).total == 3);
}

TEST_CASE("permanent, temporary and no training needed can be chosen") {
    Vacancy permanent = ad("permanent", "fi", "Kokki"), summer = ad("summer", "fi", "Kokki"),
            unsaid = ad("unsaid", "fi", "Kokki");
    permanent.employment = Employment::permanent;
    summer.employment = Employment::summer;
    summer.training_needed = false;
    SearchedBoard board({permanent, summer, unsaid});
    CHECK(board.ids(narrowed(Facet::term, "permanent")) == "permanent");
    CHECK(board.ids(narrowed(Facet::term, "temporary")) == "summer");
    VacancyQuery either = narrowed(Facet::term, "permanent");
    either.choices.push_back({Facet::term, "temporary"});
    CHECK(board.ask(either).total == 2);
    CHECK(board.ids(narrowed(Facet::no_training, "yes")) == "summer");
}
