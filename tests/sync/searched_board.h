// A board as the kiosk mirrors it, with the occupations that ship, and questions to it: for the tests of
// search and filters.
#pragma once

#include <catch2/catch.hpp>

#include "sync/cache.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

namespace vakant {

inline constexpr UtcMs now = 1'763'900'000'000;
inline constexpr UtcMs day = 86'400'000;

inline const std::filesystem::path assets = std::filesystem::path(source_dir()) / "assets";

inline Vacancy ad(const std::string& id, const std::string& language, const std::string& title,
                  const std::string& city = "", const std::string& body = "x") {
    Vacancy out;
    out.id = id;
    out.agency = "aalto";
    out.source = "own";
    out.source_id = id;
    out.employer = "Hoiva Oy";
    out.published_at = now - day;
    out.apply_at_kiosk = true;
    out.texts.push_back({language, title, "", "", body, {}});
    if (!city.empty()) {
        Place place;
        place.country = "FI";
        place.city = city;
        place.municipality = city;
        out.places.push_back(place);
    }
    return out;
}

class SearchedBoard {
public:
    explicit SearchedBoard(const std::vector<Vacancy>& vacancies) {
        writer = CacheWriter::open(file, shipped).value();
        add(vacancies);
        reader = CacheReader::open(file, shipped).value();
    }
    void add(const std::vector<Vacancy>& vacancies, const std::vector<std::string>& tombstones = {}) {
        VacancyPage page;
        page.upserts = vacancies;
        page.tombstones = tombstones;
        page.next_cursor = "c";
        REQUIRE(writer->apply("aalto", page).ok());
    }
    VacancyResults ask(VacancyQuery query, UtcMs at = now) {
        query.board = query.board == Board::own ? Board::all : query.board;
        return reader->search(query, at).value();
    }
    VacancyResults ask(const std::string& words) {
        VacancyQuery query;
        query.words = words;
        return ask(query);
    }
    std::string ids(const VacancyResults& results) {
        std::string text;
        for (const VacancyCard& card : results.cards)
            text += (text.empty() ? "" : " ") + card.id;
        return text;
    }
    std::string ids(const std::string& words) { return ids(ask(words)); }
    std::string ids(const VacancyQuery& query) { return ids(ask(query)); }

    ScratchFolder folder;
    std::filesystem::path file = folder / "cache.db";
    std::vector<OccupationTable> shipped = read_occupation_folder(assets / "occupations").value();
    std::unique_ptr<CacheWriter> writer;
    std::unique_ptr<CacheReader> reader;
};

inline VacancyQuery narrowed(Facet facet, const std::string& value) {
    VacancyQuery query;
    query.choices.push_back({facet, value});
    return query;
}

inline std::string counted(const VacancyResults& results, Facet facet) {
    std::string text;
    for (const FacetCount& one : results.counts) {
        if (one.facet != facet) continue;
        text +=
            (text.empty() ? "" : " ") + one.value + "=" + std::to_string(one.count) + (one.chosen ? "*" : "");
    }
    return text;
}

} // namespace vakant
