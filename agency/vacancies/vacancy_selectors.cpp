#include "agency/vacancies/vacancy_selectors.h"

#include <algorithm>
#include <set>
#include <vector>

#include "core/text/text.h"

namespace vakant {

namespace {

/// Letters and digits only, so that no word holds a bar or a wildcard of LIKE.
std::string plain_word(std::string_view text) {
    std::string out;
    for (const std::string& word : folded_words(text)) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    std::erase_if(out, [](char c) { return c == '|' || c == '%' || c == '_'; });
    return out;
}

bool is_number(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A code of ISCO's kind is found by its groups too: 5321 by 53.
void add_code(std::set<std::string>& words, const std::string& code) {
    constexpr std::size_t longest_group = 4;
    if (is_number(code) && code.size() <= longest_group) {
        for (std::size_t length = 1; length < code.size(); ++length)
            words.insert("f:" + code.substr(0, length));
    }
    words.insert("f:" + plain_word(code));
}

} // namespace

std::string selector_words(const Vacancy& vacancy) {
    std::set<std::string> words;
    for (const Place& place : vacancy.places)
        for (const std::string* name :
             {&place.municipality, &place.municipality_code, &place.city, &place.region, &place.region_code})
            words.insert("p:" + plain_word(*name));
    words.erase("p:");
    if (words.empty() || vacancy.remote == Remote::yes) words.insert("p:*");
    words.insert("f:" + plain_word(vacancy.field));
    for (const Occupation& occupation : vacancy.occupations) {
        add_code(words, occupation.code);
        words.insert("f:" + plain_word(occupation.label));
    }
    words.erase("f:");
    std::string out = "|";
    for (const std::string& word : words)
        out += word + "|";
    return out;
}

Outcome keep_selectors(Connection& connection, const Vacancy& vacancy) {
    const std::string words = selector_words(vacancy);
    VAKANT_TRY(changed,
               connection.run("INSERT INTO vacancy_selectors (vacancy_id, agency_id, words, earlier) "
                              "VALUES (?, ?, ?, ?) ON CONFLICT (vacancy_id) DO UPDATE SET "
                              "earlier = CASE WHEN vacancy_selectors.words = excluded.words "
                              "THEN vacancy_selectors.earlier "
                              "ELSE vacancy_selectors.earlier || excluded.words END, words = excluded.words",
                              {vacancy.id, vacancy.agency, words, words}));
    (void)changed;
    return done();
}

Result<std::size_t> fill_selectors(Database& database) {
    return database.write_for<std::size_t>([](Connection& connection) -> Result<std::size_t> {
        std::vector<std::string> bodies;
        VAKANT_CHECK(connection.query(
            "SELECT v.body FROM vacancies v LEFT JOIN vacancy_selectors s ON s.vacancy_id = v.vacancy_id "
            "WHERE v.state = 'active' AND s.vacancy_id IS NULL",
            {}, [&](const Row& row) {
                bodies.push_back(row.text(0));
                return done();
            }));
        for (const std::string& body : bodies) {
            VAKANT_TRY(json, parse_json(body));
            VAKANT_TRY(vacancy, vacancy_from_json(json));
            VAKANT_CHECK(keep_selectors(connection, vacancy));
        }
        return bodies.size();
    });
}

SelectorCondition condition_for(const VacancySelection& selection, std::string_view column) {
    SelectorCondition out;
    const auto add = [&](const std::vector<std::string>& names, std::string_view kind, bool with_everywhere) {
        if (names.empty()) return;
        std::string any;
        const auto add_word = [&](const std::string& word) {
            any += (any.empty() ? "" : " OR ") + std::string(column) + " LIKE ?";
            out.values.push_back("%|" + std::string(kind) + word + "|%");
        };
        for (const std::string& name : names)
            add_word(plain_word(name));
        if (with_everywhere) add_word("*");
        out.sql += (out.sql.empty() ? "(" : " AND (") + any + ")";
    };
    add(selection.places, "p:", true);
    add(selection.fields, "f:", false);
    return out;
}

} // namespace vakant
