// What a person looks for on the board, and what a list shows of it: cards, counts, and why each card is
// there. Pages make queries; sync's CacheReader answers them. Plain values, no words for people: a page turns
// the values into text of the reader's language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/vacancies/vacancy.h"

namespace vakant {

/// Whose vacancies: the agency's own orders can be applied for here, the others belong to somebody else.
/// `all`: both, own orders first where the order has no other reason.
enum class Board { own, others, all };

enum class SortBy {
    best_match, ///< without words: newest
    newest,
    closing_first, ///< those without an end last
    nearest,       ///< to VacancyQuery::near; those without a known place last
    title          ///< by the alphabet
};

/// What a board can be narrowed down by.
enum class Facet {
    municipality, ///< value: "FI:837" by the country's code, else "FI:" and the name in lower case
    region,       ///< likewise
    field,        ///< a word of occupation_field.h
    hours,        ///< "full_time" "part_time" (mixed counts as both)
    term,         ///< "permanent" "temporary" (everything that is known to end)
    language,     ///< ISO 639-1: one that the person can work in; unknown_language: the ad does not say which
    no_training,  ///< "yes": nothing has to be learnt before
    no_licence,   ///< "yes": no driving licence is asked for
    training,     ///< "yes": apprenticeship, traineeship, course
    closing_soon, ///< "yes": within seven days
};

/// Under Facet::language: ads that say nothing of languages and whose text is in none that is known.
inline constexpr std::string_view unknown_language = "und";

/// One value that the person has chosen. Values of one facet widen (Espoo or Vantaa; municipality and region
/// are one in this), facets narrow. For languages everything that the ad demands must be among the chosen.
struct FacetChoice {
    Facet facet = Facet::municipality;
    std::string value;
    bool operator==(const FacetChoice&) const = default;
};

/// How many cards there would be with this value under all the other facets' choices. Exact to 1,000; 1,001
/// means more. A chosen value is listed also with 0.
struct FacetCount {
    Facet facet = Facet::municipality;
    std::string value;
    std::string label; ///< of a place: its name as the ads write it; else ""
    std::size_t count = 0;
    bool chosen = false;
};

/// How much work an answer is worth.
enum class Depth {
    as_typed, ///< a letter was typed: titles, places and occupations whole, bodies the newest few thousand
    complete  ///< Enter, a filter, another order, a further page: everything is looked at and ranked
};

struct GeoPoint {
    double latitude = 0, longitude = 0;
    bool operator==(const GeoPoint&) const = default;
};

/// Where the kiosk stands.
struct StandsAt {
    std::string municipality;      ///< as ads write it; "": not known
    std::optional<GeoPoint> point; ///< none: the middle of what the board has in the municipality
    bool is_known() const { return point.has_value() || !municipality.empty(); }
    bool operator==(const StandsAt&) const = default;
};

struct VacancyQuery {
    std::string words; ///< as typed; empty: all, newest first
    Board board = Board::own;
    std::string agency; ///< only what this agency shows; "": every one that the kiosk serves
    std::vector<FacetChoice> choices;
    SortBy sort = SortBy::best_match;
    StandsAt near; ///< for SortBy::nearest
    Depth depth = Depth::as_typed;
    bool wants_counts = false; ///< fill VacancyResults::counts
    std::string language;      ///< of the reader
    std::size_t offset = 0;
    std::size_t limit = 12;
    bool operator==(const VacancyQuery&) const = default;
};

/// By what a typed word found a vacancy, the plainest first.
enum class MatchKind {
    word,       ///< the word itself
    inflected,  ///< another form of it: siivoojat, Helsingissä
    beginning,  ///< the typed letters begin a longer word
    compound,   ///< it is a part of a longer word: sairaanhoitaja
    plain,      ///< without its dots and strokes: hameenlinna
    occupation, ///< another name of the same occupation, perhaps in another language
    group,      ///< an occupation of the same group (ISCO-08, four digits)
    spelling,   ///< nearly spelt so: siivoja
    text        ///< somewhere in the ad's own text
};
/// Where it stands. `occupation`: the ad's label or code.
enum class MatchPlace { title, place, occupation, employer, body };

struct WhyMatched {
    std::string typed;    ///< what the person wrote: "cleaner"
    std::string found;    ///< what stands in the ad or among the names of its occupation: "siivooja"
    std::string language; ///< of `found`, where kind is occupation and it is known
    MatchKind kind = MatchKind::word;
    MatchPlace place = MatchPlace::title;
};

/// What a list shows of one vacancy.
struct VacancyCard {
    std::string id;
    std::string title;
    std::string summary;  ///< what one does, as the ad says it: one line, no longer than longest_excerpt
    std::string language; ///< of title and summary; "" where it is not known
    std::string employer; ///< "" where the order names none
    std::string agency;   ///< whose order it is
    std::string place;
    DeadlineKind deadline = DeadlineKind::none;
    std::optional<UtcMs> deadline_at;
    Employment employment = Employment::unknown;
    Hours hours = Hours::unknown;
    bool apply_at_kiosk = false;
    std::vector<WhyMatched> why = {}; ///< one for each typed word that counted, in their order
};
inline constexpr std::size_t longest_excerpt = 160; ///< code points, the ellipsis among them
/// The beginning of a text in one line, cut between words.
std::string excerpt_of(std::string_view text);
VacancyCard card_of(const Vacancy& vacancy, std::string_view language);
/// What of a vacancy its card and the reasons for it are made of: no body, no requirements, no contacts.
Vacancy head_of(const Vacancy& vacancy);

struct VacancyResults {
    VacancyQuery query;
    std::vector<VacancyCard> cards; ///< of the window offset .. offset+limit
    std::size_t total = 0;          ///< on the query's board, exact to 1,000; 1,001 means more
    std::size_t own_total = 0;      ///< matches on each board
    std::size_t others_total = 0;
    std::vector<FacetCount> counts; ///< by facet, then the most frequent first
    /// No vacancy has all the words: these have the most of them.
    bool relaxed = false;
    /// False: bodies were left out to be quick; Depth::complete may find more.
    bool complete = true;
};

} // namespace vakant
