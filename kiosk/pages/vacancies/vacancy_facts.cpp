#include "kiosk/pages/vacancies/vacancy_facts.h"

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

/// From the code where it says what is meant in every language, else in the words of the source.
std::string requirement_text(const Requirement& requirement, const PageContext& in) {
    const std::string& words = requirement.label.empty() ? requirement.raw : requirement.label;
    if (requirement.kind == RequirementKind::driving_licence && !requirement.degree.empty() &&
        requirement.degree.size() <= 3) {
        return in.strings.get("requirement.driving_licence", {{"class", isolated(requirement.degree)}});
    }
    const bool has_language_code =
        requirement.kind == RequirementKind::language && folded(requirement.scheme) == "iso639";
    if (!has_language_code || requirement.code.empty()) return isolated(words);
    std::string out = language_name(requirement.code, in.language);
    if (!requirement.degree.empty()) out += " " + isolated(requirement.degree);
    return out;
}

std::string requirements_text(const Vacancy& vacancy, Level level, const PageContext& in) {
    std::string out;
    for (const Requirement& requirement : vacancy.requirements) {
        if (requirement.level != level) continue;
        const std::string words = requirement_text(requirement, in);
        if (!words.empty()) add_to_list(out, words, in.strings);
    }
    return out;
}

} // namespace

std::vector<Fact> facts_of(const Vacancy& vacancy, const PageContext& in) {
    const Strings& s = in.strings;
    std::vector<Fact> facts;
    const auto add = [&](std::string key, std::string value, Icon icon = Icon::none) {
        const std::string label = s.get("vacancies.page." + key);
        if (value.empty()) value = s.get("vacancies.page.not_stated");
        facts.push_back({std::move(key), label, std::move(value), icon});
    };
    const auto add_known = [&](std::string key, std::string value, Icon icon = Icon::none) {
        if (!value.empty()) add(std::move(key), std::move(value), icon);
    };
    add("employer", isolated(vacancy.employer), Icon::briefcase);
    add_known("client", isolated(vacancy.client_company));
    add("place", place_text(vacancy, s), Icon::place);
    std::string employment = employment_text(s, vacancy.employment);
    if (!employment.empty() && !vacancy.duration_text.empty())
        employment += " (" + isolated(vacancy.duration_text) + ")";
    add("employment", employment.empty() ? isolated(vacancy.employment_raw) : employment);
    add("hours", hours_fact(vacancy, s), Icon::clock);
    add("start", start_text(vacancy, in));
    add("salary", isolated(vacancy.salary_text));
    add_known("positions", vacancy.positions
                               ? s.get("vacancies.page.positions_count",
                                       {{"count", static_cast<std::int64_t>(*vacancy.positions)}})
                               : "");
    add("deadline", deadline_text(in, vacancy.deadline, vacancy.deadline_at));
    add_known("must", requirements_text(vacancy, Level::must, in));
    add_known("nice", requirements_text(vacancy, Level::nice, in));
    if (vacancy.own_car && *vacancy.own_car) add("own_car", s.get("common.yes"));
    return facts;
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
