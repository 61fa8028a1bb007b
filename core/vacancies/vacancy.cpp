#include "core/vacancies/vacancy.h"

#include <algorithm>

#include "core/crypto/crypto.h"

namespace vakant {
namespace {

const VacancyText no_text;

} // namespace

std::string_view Place::shown() const {
    for (const std::string* part : {&city, &municipality, &region}) {
        if (!part->empty()) return *part;
    }
    return raw;
}

const VacancyText& Vacancy::text_for(std::string_view language) const {
    if (texts.empty()) return no_text;
    const auto same = [language](const VacancyText& text) { return text.language == language; };
    const auto found = std::find_if(texts.begin(), texts.end(), same);
    return found == texts.end() ? texts.front() : *found;
}

std::string content_hash_of(const Vacancy& vacancy) {
    Json json = to_json(vacancy);
    // Who holds it, what the source calls it and when it was last heard of are no content.
    for (const char* name : {"id", "agency", "source", "source_id", "revision", "content_hash", "updated_at",
                             "last_confirmed_at"}) {
        json.erase(name);
    }
    return blake2b_hex(json.to_canonical_text());
}

std::optional<UtcMs> disappears_at(const Vacancy& vacancy) {
    if (!vacancy.deadline_at) return vacancy.expires_at;
    if (!vacancy.expires_at) return vacancy.deadline_at;
    return std::min(*vacancy.deadline_at, *vacancy.expires_at);
}

bool is_open_at(const Vacancy& vacancy, UtcMs now) {
    if (vacancy.status != VacancyStatus::active) return false;
    const std::optional<UtcMs> end = disappears_at(vacancy);
    return !end || now <= *end;
}

} // namespace vakant
