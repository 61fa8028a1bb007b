#include "core/vacancies/search.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/vacancies/html_words.h"

namespace vakant {
namespace {

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

std::string excerpt_of(std::string_view text) {
    std::string line = one_line(text);
    if (code_point_count(line) <= longest_excerpt) return line;
    std::string_view part = first_code_points(line, longest_excerpt); // one more than there is room for
    if (const std::size_t blank = part.rfind(' '); blank != std::string_view::npos) {
        part = part.substr(0, blank);
    } else {
        part = first_code_points(part, longest_excerpt - 1);
    }
    return std::string(part) + "…";
}

VacancyCard card_of(const Vacancy& vacancy, std::string_view language) {
    const VacancyText& text = vacancy.text_for(language);
    VacancyCard card;
    card.id = vacancy.id;
    card.title = text.title;
    card.summary = excerpt_of(text.summary);
    card.language = text.read_as();
    card.employer = vacancy.employer;
    card.agency = vacancy.agency;
    card.place = places_of(vacancy);
    card.deadline = vacancy.deadline;
    card.deadline_at = vacancy.deadline_at;
    card.employment = vacancy.employment;
    card.hours = vacancy.hours;
    card.apply_at_kiosk = vacancy.apply_at_kiosk;
    return card;
}

Vacancy head_of(const Vacancy& vacancy) {
    Vacancy head;
    head.id = vacancy.id;
    head.agency = vacancy.agency;
    head.source = vacancy.source;
    head.source_id = vacancy.source_id;
    head.employer = vacancy.employer;
    head.deadline = vacancy.deadline;
    head.deadline_at = vacancy.deadline_at;
    head.employment = vacancy.employment;
    head.hours = vacancy.hours;
    head.apply_at_kiosk = vacancy.apply_at_kiosk;
    head.occupations = vacancy.occupations;
    for (const VacancyText& text : vacancy.texts)
        head.texts.push_back(
            {text.language, text.title, excerpt_of(text.summary), "", "", {}, text.likely_language});
    for (const Place& place : vacancy.places) {
        Place name;
        name.city = place.shown();
        head.places.push_back(std::move(name));
    }
    return head;
}

} // namespace vakant
