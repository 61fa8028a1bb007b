#include "kiosk/pages/vacancies/vacancy_facts.h"

#include "core/base/utf8.h"
#include "kiosk/pages/shown.h"

namespace vakant {
namespace {

std::string place_text(const Vacancy& vacancy) {
    std::string out;
    for (const Place& place : vacancy.places) {
        if (place.shown().empty()) continue;
        if (!out.empty()) out += ", ";
        out += isolated(place.shown());
        if (!place.street.empty()) out += " (" + isolated(place.street) + ")";
    }
    return out;
}

std::string hours_fact(const Vacancy& vacancy, const Strings& s) {
    std::string out = hours_text(s, vacancy.hours);
    for (const std::string& shift : vacancy.shifts) {
        const std::string key = "shift." + shift;
        if (!s.has(key)) continue;
        if (!out.empty()) out += ", ";
        out += s.get(key);
    }
    return out.empty() ? vacancy.hours_raw : out;
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

std::string requirements_text(const Vacancy& vacancy, Level level) {
    std::string out;
    for (const Requirement& requirement : vacancy.requirements) {
        const std::string& words = requirement.label.empty() ? requirement.raw : requirement.label;
        if (requirement.level != level || words.empty()) continue;
        if (!out.empty()) out += ", ";
        out += words;
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
    add_known("client", vacancy.client_company);
    add("place", place_text(vacancy), Icon::place);
    std::string employment = employment_text(s, vacancy.employment);
    if (!employment.empty() && !vacancy.duration_text.empty())
        employment += " (" + isolated(vacancy.duration_text) + ")";
    add("employment", employment.empty() ? vacancy.employment_raw : employment);
    add("hours", hours_fact(vacancy, s), Icon::clock);
    add("start", start_text(vacancy, in));
    add("salary", vacancy.salary_text);
    add_known("positions", vacancy.positions
                               ? s.get("vacancies.page.positions_count",
                                       {{"count", static_cast<std::int64_t>(*vacancy.positions)}})
                               : "");
    add("deadline", deadline_text(in, vacancy.deadline, vacancy.deadline_at));
    add_known("must", requirements_text(vacancy, Level::must));
    add_known("nice", requirements_text(vacancy, Level::nice));
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
            if (!part->empty()) value += ", " + isolated(*part);
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
