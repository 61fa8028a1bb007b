#include "core/vacancies/search.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr std::size_t most_words = 12;
constexpr std::size_t longest_word = 64; ///< code points

/// The different places, in their order: "Tampere, Nokia".
std::string places_of(const Vacancy& vacancy) {
    std::vector<std::string_view> seen;
    std::string shown;
    for (const Place& place : vacancy.places) {
        const std::string_view name = place.shown();
        if (name.empty() || std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        seen.push_back(name);
        if (!shown.empty()) shown += ", ";
        shown += name;
    }
    return shown;
}

} // namespace

VacancyCard card_of(const Vacancy& vacancy, std::string_view language) {
    const VacancyText& text = vacancy.text_for(language);
    VacancyCard card;
    card.id = vacancy.id;
    card.title = text.title;
    card.language = text.language;
    card.employer = vacancy.employer.empty() ? vacancy.agency : vacancy.employer;
    card.place = places_of(vacancy);
    card.deadline = vacancy.deadline;
    card.deadline_at = vacancy.deadline_at;
    card.employment = vacancy.employment;
    card.hours = vacancy.hours;
    card.apply_at_kiosk = vacancy.apply_at_kiosk;
    return card;
}

std::string match_expression(std::string_view words) {
    std::vector<std::string> found = folded_words(composed(words));
    if (found.size() > most_words) found.resize(most_words);
    std::string expression;
    for (const std::string& word : found) {
        if (!expression.empty()) expression += ' ';
        expression += '"';
        for (const char c : first_code_points(word, longest_word)) {
            if (c != '"') expression += c;
        }
        expression += '"';
    }
    if (!expression.empty()) expression += '*';
    return expression;
}

} // namespace vakant
