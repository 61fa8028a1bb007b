#include "core/vacancies/vacancy.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/crypto/crypto.h"
#include "core/text/text.h"
#include "core/vacancies/occupation_field.h"

namespace vakant {
namespace {

const VacancyText no_text;

/// As people write it in ads, in small letters, with what is written together with it: "førerkort",
/// "B-körkort", "driver's licence". Words for classes alone ("klasse B") count: one too many costs a reader
/// one ad less under a filter, one too few a way for nothing.
bool names_a_licence(std::string_view text) {
    constexpr std::array words{std::string_view("førerkort"),       std::string_view("førarkort"),
                               std::string_view("førersertifikat"), std::string_view("körkort"),
                               std::string_view("kørekort"),        std::string_view("ajokort"),
                               std::string_view("ajolupa"),         std::string_view("b-kort"),
                               std::string_view("c-kort"),          std::string_view("ce-kort"),
                               std::string_view("klasse b"),        std::string_view("klass b"),
                               std::string_view("driving lic"),     std::string_view("driver lic"),
                               std::string_view("drivers lic"),     std::string_view("driver's lic"),
                               std::string_view("driver’s lic"),    std::string_view("drivers' lic"),
                               std::string_view("driver’s permit"), std::string_view("führerschein"),
                               std::string_view("juhilu"),          std::string_view("водійськ"),
                               std::string_view("водительск"),      std::string_view("prawo jazdy"),
                               std::string_view("رخصة قيادة"),      std::string_view("رخصة القيادة")};
    const std::string small = folded(text);
    return std::any_of(words.begin(), words.end(),
                       [&small](std::string_view word) { return small.find(word) != std::string::npos; });
}

/// Drivers of all kinds: ISCO-08, STYRK08 and SSYK2012 agree on the group.
bool is_driving(const Occupation& occupation) {
    const bool has_group =
        occupation.scheme == "ISCO08" || occupation.scheme == "STYRK08" || occupation.scheme == "SSYK2012";
    return has_group && occupation.code.starts_with("83");
}

} // namespace

std::string_view Place::shown() const {
    for (const std::string* part : {&city, &municipality, &region}) {
        if (!part->empty()) return *part;
    }
    return raw;
}

const VacancyText& Vacancy::text_for(std::string_view language) const {
    if (texts.empty()) return no_text;
    for (const std::string& tried : reading_order(language)) {
        const auto found = std::ranges::find(texts, tried, &VacancyText::read_as);
        if (found != texts.end()) return *found;
    }
    return texts.front();
}

std::string content_hash_of(const Vacancy& vacancy) {
    Json json = to_json(vacancy);
    // Who holds it, what the source calls it and when it was last heard of are no content.
    for (const char* name : {"id", "agency", "source", "source_id", "revision", "content_hash", "updated_at",
                             "last_confirmed_at", "also_at"}) {
        json.erase(name);
    }
    return blake2b_hex(json.to_canonical_text());
}

Vacancy without_names(Vacancy vacancy) {
    if (!vacancy.employer_hidden) return vacancy;
    for (std::string* name : {&vacancy.employer, &vacancy.work_unit, &vacancy.organisation_number,
                              &vacancy.client_company, &vacancy.homepage})
        name->clear();
    return vacancy;
}

std::optional<int> months_asked(const Requirement& requirement) {
    if (requirement.kind != RequirementKind::experience) return std::nullopt;
    std::string_view rest = requirement.degree;
    if (rest.size() < 3 || rest[0] != 'P') return std::nullopt;
    rest.remove_prefix(1);
    int months = 0;
    for (const auto& [unit, worth] : {std::pair{'Y', 12}, std::pair{'M', 1}}) {
        int count = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
        const bool is_it = error == std::errc() && end != rest.data() + rest.size() && *end == unit;
        if (!is_it || count < 0 || count > 600) continue;
        months += count * worth;
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    }
    return rest.empty() ? std::optional(months) : std::nullopt;
}

std::vector<std::vector<Requirement>> requirement_groups(const Vacancy& vacancy) {
    std::vector<std::vector<Requirement>> groups;
    for (const Requirement& one : vacancy.requirements) {
        const auto same = [&one](const std::vector<Requirement>& group) {
            return !one.alternative.empty() && group.front().alternative == one.alternative;
        };
        const auto group = std::find_if(groups.begin(), groups.end(), same);
        if (group == groups.end()) {
            groups.push_back({one});
        } else {
            group->push_back(one);
        }
    }
    return groups;
}

bool is_training(const Vacancy& vacancy) {
    return vacancy.training != Training::unknown || vacancy.relation == Relation::apprenticeship ||
           vacancy.relation == Relation::trainee;
}

bool asks_no_training(const Vacancy& vacancy) {
    if (vacancy.training_needed) return !*vacancy.training_needed;
    if (vacancy.experience_needed.value_or(false)) return false;
    for (const Requirement& one : vacancy.requirements) {
        const bool asks = one.kind == RequirementKind::education || one.kind == RequirementKind::experience;
        if (asks && one.level == Level::must) return false;
    }
    return std::any_of(vacancy.occupations.begin(), vacancy.occupations.end(), is_elementary);
}

bool asks_no_licence(const Vacancy& vacancy) {
    if (vacancy.licence_needed) return !*vacancy.licence_needed;
    if (vacancy.own_car.value_or(false)) return false;
    if (std::any_of(vacancy.occupations.begin(), vacancy.occupations.end(), is_driving)) return false;
    for (const Requirement& one : vacancy.requirements) {
        if (one.kind == RequirementKind::driving_licence && one.level == Level::must) return false;
        if (names_a_licence(one.label) || names_a_licence(one.raw)) return false;
    }
    bool has_text = false;
    for (const VacancyText& text : vacancy.texts) {
        has_text = has_text || !text.body_plain.empty() || !text.duties.empty();
        if (names_a_licence(text.title) || names_a_licence(text.summary) || names_a_licence(text.body_plain))
            return false;
        if (std::any_of(text.duties.begin(), text.duties.end(), names_a_licence)) return false;
    }
    return has_text;
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

std::string address_to_take(const Vacancy& vacancy) {
    const auto is_address = [](const std::string& text) {
        return text.starts_with("https://") || text.starts_with("http://");
    };
    if (is_address(vacancy.apply_url)) return vacancy.apply_url;
    if (is_address(vacancy.source_url)) return vacancy.source_url;
    if (!vacancy.apply_email.empty()) return "mailto:" + vacancy.apply_email;
    if (!vacancy.apply_phone.empty()) return "tel:" + vacancy.apply_phone;
    for (const Contact& contact : vacancy.contacts) {
        if (!contact.phone.empty()) return "tel:" + contact.phone;
        if (!contact.email.empty()) return "mailto:" + contact.email;
    }
    return is_address(vacancy.homepage) ? vacancy.homepage : "";
}

} // namespace vakant
