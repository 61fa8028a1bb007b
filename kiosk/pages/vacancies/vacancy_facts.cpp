#include "kiosk/pages/vacancies/vacancy_facts.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

/// "a, b", with the comma that the reader's script has.
void add_to_list(std::string& list, std::string_view item, const Strings& s) {
    if (!list.empty()) list += s.get("common.list_separator");
    list += item;
}

std::string place_text(const Vacancy& vacancy, const Strings& s) {
    std::string out;
    for (const Place& place : vacancy.places) {
        if (place.shown().empty()) continue;
        add_to_list(out, isolated(place.shown()), s);
        if (!place.street.empty()) out += " (" + isolated(place.street) + ")";
    }
    return out;
}

std::string hours_fact(const Vacancy& vacancy, const Strings& s) {
    std::string out = hours_text(s, vacancy.hours);
    for (const std::string& shift : vacancy.shifts) {
        const std::string key = "shift." + shift;
        if (!s.has(key)) continue;
        add_to_list(out, s.get(key), s);
    }
    return out.empty() ? isolated(vacancy.hours_raw) : out;
}

std::string start_text(const Vacancy& vacancy, const PageContext& in) {
    switch (vacancy.start) {
    case StartKind::as_soon_as_possible:
        return in.strings.get("start.soon");
    case StartKind::by_agreement:
        return in.strings.get("start.by_agreement");
    case StartKind::on_date:
        if (vacancy.start_date) return format_date(*vacancy.start_date, in.language, in.offset_minutes);
        return vacancy.start_raw;
    case StartKind::unknown:
        break;
    }
    return vacancy.start_raw;
}

/// Where the source gives a length of time and no words.
std::string experience_text(int months, const Strings& s) {
    const bool whole_years = months % 12 == 0;
    return s.get(whole_years ? "requirement.experience_years" : "requirement.experience_months",
                 {{"count", static_cast<std::int64_t>(whole_years ? months / 12 : months)}});
}

/// From the code where it says what is meant in every language, else in the words of the source.
std::string requirement_text(const Requirement& requirement, const PageContext& in) {
    const std::string& words = requirement.label.empty() ? requirement.raw : requirement.label;
    if (requirement.kind == RequirementKind::driving_licence && !requirement.degree.empty() &&
        requirement.degree.size() <= 3) {
        return in.strings.get("requirement.driving_licence", {{"class", isolated(requirement.degree)}});
    }
    if (requirement.label.empty()) {
        if (const auto months = months_asked(requirement)) return experience_text(*months, in.strings);
    }
    const bool has_language_code =
        requirement.kind == RequirementKind::language && folded(requirement.scheme) == "iso639";
    if (!has_language_code || requirement.code.empty()) return isolated(words);
    std::string out = language_name(requirement.code, in.language);
    if (!requirement.degree.empty()) out += " " + isolated(requirement.degree);
    return out;
}

std::string_view kind_key(RequirementKind kind) {
    switch (kind) {
    case RequirementKind::education:
        return "vacancies.kind.education";
    case RequirementKind::experience:
        return "vacancies.kind.experience";
    case RequirementKind::skill:
        return "vacancies.kind.skill";
    case RequirementKind::people_skill:
        return "vacancies.kind.people_skill";
    case RequirementKind::language:
        return "vacancies.kind.language";
    case RequirementKind::driving_licence:
        return "vacancies.kind.driving_licence";
    case RequirementKind::permit:
        return "vacancies.kind.permit";
    case RequirementKind::other:
        break;
    }
    return "vacancies.kind.other";
}

std::string joined_by_or(const std::vector<Requirement>& group, const PageContext& in) {
    std::string out;
    for (const Requirement& requirement : group) {
        const std::string words = requirement_text(requirement, in);
        if (words.empty()) continue;
        out = out.empty() ? words : in.strings.get("vacancies.page.or", {{"first", out}, {"second", words}});
    }
    return out;
}

/// "Education", or "Education / Experience" where either will do.
std::string kinds_text(const std::vector<Requirement>& group, const Strings& s) {
    std::vector<std::string_view> keys;
    for (const Requirement& requirement : group) {
        const std::string_view key = kind_key(requirement.kind);
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    std::string out;
    for (const std::string_view key : keys)
        out += (out.empty() ? "" : " / ") + s.get(key);
    return out;
}

std::string occupation_text(const Vacancy& vacancy, const Strings& s) {
    std::string out;
    for (const Occupation& occupation : vacancy.occupations) {
        if (!occupation.label.empty()) add_to_list(out, isolated(occupation.label), s);
    }
    if (out.empty() && !vacancy.field.empty()) out = s.get("vacancies.field." + vacancy.field);
    return out;
}

std::string languages_text(const Vacancy& vacancy, const PageContext& in) {
    std::string out;
    for (const std::string& language : vacancy.working_languages)
        add_to_list(out, language_name(language, in.language), in.strings);
    return out;
}

std::string contract_text(const Vacancy& vacancy, const Strings& s) {
    std::string out = employment_text(s, vacancy.employment);
    if (out.empty()) return isolated(vacancy.employment_raw);
    if (!vacancy.duration_text.empty()) out += " (" + isolated(vacancy.duration_text) + ")";
    return out;
}

std::string training_text(const Vacancy& vacancy, const Strings& s) {
    std::string out;
    if (vacancy.training == Training::apprenticeship) out = s.get("training.apprenticeship");
    if (vacancy.training == Training::traineeship) out = s.get("training.traineeship");
    if (vacancy.training == Training::course) out = s.get("training.course");
    if (!vacancy.training_text.empty()) add_to_list(out, isolated(vacancy.training_text), s);
    return out;
}

/// Facts of one part of the page, in their order.
class FactList {
public:
    explicit FactList(const Strings& strings) : strings_(strings) {}
    /// "Not stated" where nothing is known.
    void add(std::string key, std::string value, Icon icon = Icon::none) {
        if (value.empty()) value = strings_.get("vacancies.page.not_stated");
        add_known(std::move(key), std::move(value), icon);
    }
    void add_known(std::string key, std::string value, Icon icon = Icon::none) {
        if (value.empty()) return;
        const std::string label = strings_.get("vacancies.page." + key);
        facts_.push_back({std::move(key), label, std::move(value), icon});
    }
    std::vector<Fact> take() { return std::move(facts_); }

private:
    const Strings& strings_;
    std::vector<Fact> facts_;
};

} // namespace

std::vector<Fact> place_and_time_facts(const Vacancy& vacancy, const PageContext& in) {
    FactList facts(in.strings);
    facts.add("occupation", occupation_text(vacancy, in.strings), Icon::briefcase);
    facts.add("place", place_text(vacancy, in.strings), Icon::place);
    facts.add("hours", hours_fact(vacancy, in.strings), Icon::clock);
    facts.add("start", start_text(vacancy, in));
    facts.add("deadline", deadline_text(in, vacancy.deadline, vacancy.deadline_at));
    facts.add("languages", languages_text(vacancy, in));
    return facts.take();
}

std::vector<Fact> offer_facts(const Vacancy& vacancy, const PageContext& in) {
    const Strings& s = in.strings;
    FactList facts(s);
    facts.add("employment", contract_text(vacancy, s));
    facts.add("salary", isolated(vacancy.salary_text));
    if (vacancy.positions)
        facts.add("positions", s.get("vacancies.page.positions_count",
                                     {{"count", static_cast<std::int64_t>(*vacancy.positions)}}));
    facts.add_known("training", training_text(vacancy, s));
    if (vacancy.own_car && *vacancy.own_car) facts.add("own_car", s.get("common.yes"));
    return facts.take();
}

std::vector<Fact> requirement_facts(const Vacancy& vacancy, Level level, const PageContext& in) {
    std::vector<Fact> facts;
    for (const std::vector<Requirement>& group : requirement_groups(vacancy)) {
        if (group.empty() || group.front().level != level) continue;
        const std::string words = joined_by_or(group, in);
        if (words.empty()) continue;
        const std::string label = kinds_text(group, in.strings);
        const auto same =
            std::find_if(facts.begin(), facts.end(), [&](const Fact& f) { return f.label == label; });
        if (same != facts.end()) {
            add_to_list(same->value, words, in.strings);
        } else {
            facts.push_back({std::to_string(facts.size()), label, words, Icon::none});
        }
    }
    return facts;
}

std::string employer_text(const Vacancy& vacancy, const PageContext& in) {
    const Strings& s = in.strings;
    const std::string agency = isolated(in.facts.name_of_agency(vacancy.agency));
    const std::string& named = vacancy.client_company.empty() ? vacancy.employer : vacancy.client_company;
    const bool unnamed = vacancy.employer_hidden || named.empty();
    const std::string client = unnamed ? s.get("vacancies.page.client_unnamed") : isolated(named);
    if (vacancy.relation == Relation::agency_leased)
        return s.get("vacancies.page.employs_agency", {{"agency", agency}, {"client", client}});
    const bool recruits = vacancy.relation == Relation::recruitment_for_client || vacancy.employer_hidden;
    if (recruits && vacancy.apply_at_kiosk)
        return s.get("vacancies.page.employs_recruits", {{"agency", agency}, {"client", client}});
    if (named.empty()) return {};
    return s.get("vacancies.page.employs_direct", {{"client", isolated(named)}});
}

std::vector<Fact> contacts_of(const Vacancy& vacancy, const Strings& s) {
    std::vector<Fact> facts;
    const auto add = [&](std::string key, std::string_view label, std::string_view value, Icon icon) {
        if (!value.empty()) facts.push_back({std::move(key), s.get(label), isolated(value), icon});
    };
    add("apply.url", "vacancies.page.apply_url", vacancy.apply_url, Icon::none);
    add("apply.email", "vacancies.page.apply_email", vacancy.apply_email, Icon::mail);
    add("apply.phone", "vacancies.page.apply_phone", vacancy.apply_phone, Icon::phone);
    add("apply.reference", "vacancies.page.apply_reference", vacancy.apply_reference, Icon::none);
    add("apply.instructions", "vacancies.page.apply_instructions", vacancy.apply_instructions, Icon::none);
    for (std::size_t i = 0; i < vacancy.also_at.size(); ++i)
        add("also." + std::to_string(i), "vacancies.page.also_at", vacancy.also_at[i].url, Icon::none);
    int number = 0;
    for (const Contact& contact : vacancy.contacts) {
        std::string value = isolated(contact.name);
        for (const std::string* part : {&contact.role, &contact.phone, &contact.email}) {
            if (!part->empty()) add_to_list(value, isolated(*part), s);
        }
        facts.push_back(
            {"contact." + std::to_string(number++), s.get("vacancies.page.contact"), value, Icon::person});
    }
    return facts;
}

std::vector<std::string> paragraphs_of(std::string_view body) {
    std::vector<std::string> out;
    while (!body.empty()) {
        const std::size_t end = body.find("\n\n");
        const std::string_view paragraph = trimmed(body.substr(0, end));
        if (!paragraph.empty()) out.emplace_back(paragraph);
        if (end == std::string_view::npos) break;
        body.remove_prefix(end + 2);
    }
    return out;
}

} // namespace vakant
