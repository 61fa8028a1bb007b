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

/// Words of the ad behind those of the reader.
void add_as_given(std::string& out, std::string_view words) {
    if (words.empty()) return;
    out += out.empty() ? isolated(words) : " (" + isolated(words) + ")";
}

/// "60–80 % of full time"; nothing where it is all of it.
std::string percent_text(const Vacancy& vacancy, const Strings& s) {
    const int least = vacancy.percent_min.value_or(0), most = vacancy.percent_max.value_or(100);
    const bool is_told = vacancy.percent_min || vacancy.percent_max;
    if (!is_told || (least == most && most == 100 && vacancy.hours == Hours::full_time)) return {};
    const auto share = [&s](std::string percent) {
        return s.get("hours.percent", {{"percent", std::move(percent)}});
    };
    if (least == most) return share(std::to_string(most));
    if (!vacancy.percent_max) return s.get("amount.at_least", {{"amount", share(std::to_string(least))}});
    if (!vacancy.percent_min) return s.get("amount.at_most", {{"amount", share(std::to_string(most))}});
    return share(std::to_string(least) + "–" + std::to_string(most));
}

/// One word without a number is what the kind of hours was read from: "Heltid" says nothing more.
bool says_more_than_kind(std::string_view hours) {
    return hours.find_first_of(" 0123456789") != std::string_view::npos;
}

std::string hours_fact(const Vacancy& vacancy, const Strings& s) {
    std::string out = hours_text(s, vacancy.hours);
    for (const std::string& shift : vacancy.shifts) {
        const std::string key = "shift." + shift;
        if (!s.has(key)) continue;
        add_to_list(out, s.get(key), s);
    }
    if (const std::string percent = percent_text(vacancy, s); !percent.empty()) add_to_list(out, percent, s);
    if (vacancy.hours == Hours::unknown || says_more_than_kind(vacancy.hours_raw))
        add_as_given(out, vacancy.hours_raw);
    return out;
}

std::string deadline_fact(const Vacancy& vacancy, const PageContext& in) {
    const std::string text = deadline_text(in, vacancy.deadline, vacancy.deadline_at);
    return text.empty() ? isolated(vacancy.deadline_raw) : text;
}

/// "13,20–14,80 €/h" beside the same in numbers says nothing more; "+ evening extra" does.
bool says_more_than_numbers(std::string_view pay) {
    if (pay.find('+') != std::string_view::npos) return true;
    const std::vector<std::string> words = folded_words(pay);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        constexpr std::size_t abbreviation = 3; // h, kk, EUR, mån
        const bool is_number = word.find_first_of("0123456789") != std::string::npos;
        return !is_number && code_point_count(word) > abbreviation;
    });
}

/// From the numbers where there are any, and what the ad says beyond them.
std::string pay_text(const Vacancy& vacancy, const PageContext& in) {
    const auto &least = vacancy.salary_min, &most = vacancy.salary_max;
    if (!least && !most) return isolated(vacancy.salary_text);
    const Strings& s = in.strings;
    std::string text =
        format_money(least ? *least : *most, most ? *most : *least, vacancy.salary_currency, in.language);
    if (!most) text = s.get("amount.at_least", {{"amount", text}});
    if (!least) text = s.get("amount.at_most", {{"amount", text}});
    if (const std::string unit = "pay." + vacancy.salary_unit; s.has(unit)) {
        text = s.get(unit, {{"amount", text}});
    } else if (!vacancy.salary_unit.empty()) {
        text += " / " + isolated(vacancy.salary_unit);
    }
    if (says_more_than_numbers(vacancy.salary_text)) add_as_given(text, vacancy.salary_text);
    return text;
}

std::string start_text(const Vacancy& vacancy, const PageContext& in) {
    switch (vacancy.start) {
    case StartKind::as_soon_as_possible:
        return in.strings.get("start.soon");
    case StartKind::by_agreement:
        return in.strings.get("start.by_agreement");
    case StartKind::on_date:
        if (vacancy.start_date) return format_date(*vacancy.start_date, in.language, in.offset_minutes);
        break;
    case StartKind::unknown:
        break;
    }
    return isolated(vacancy.start_raw);
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

/// The ad's own label where that is a name in the reader's language, else the usual name there, with a label
/// that says more ("Renholder, hotell") behind it; "" where the table has none.
std::string name_for_reader(const OccupationEntry& entry, const std::string& label,
                            std::string_view language) {
    const std::string given = folded(label);
    std::string usual;
    bool says_more = !label.empty();
    for (const OccupationNames& names : entry.names) {
        const bool is_readers = same_language(names.language, language);
        for (const std::string& name : names.names) {
            if (is_readers && usual.empty()) usual = name;
            if (folded(name) != given) continue;
            says_more = false;
            if (is_readers) return isolated(label);
        }
    }
    if (usual.empty()) return {};
    return isolated(usual) + (says_more ? " (" + isolated(label) + ")" : "");
}

/// Each by the reader's name for it, else as the ad names it, else the field.
std::string occupation_text(const Vacancy& vacancy, const std::vector<OccupationEntry>& known,
                            const PageContext& in) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at < std::max(vacancy.occupations.size(), known.size()); ++at) {
        const std::string label = at < vacancy.occupations.size() ? vacancy.occupations[at].label : "";
        std::string name = at < known.size() ? name_for_reader(known[at], label, in.language) : "";
        if (name.empty()) name = isolated(label);
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    std::string out;
    for (const std::string& name : names)
        add_to_list(out, name, in.strings);
    if (out.empty() && !vacancy.field.empty()) out = in.strings.get("vacancies.field." + vacancy.field);
    return out;
}

/// Which licence, else what the ad says outright: asked, or not.
std::string licence_text(const Vacancy& vacancy, const PageContext& in) {
    std::string must, nice;
    for (const Requirement& one : vacancy.requirements) {
        if (one.kind != RequirementKind::driving_licence) continue;
        add_to_list(one.level == Level::must ? must : nice, requirement_text(one, in), in.strings);
    }
    if (!must.empty()) return must;
    if (vacancy.licence_needed)
        return in.strings.get(*vacancy.licence_needed ? "vacancies.page.licence_needed"
                                                      : "vacancies.page.licence_not_needed");
    return nice.empty() ? nice : nice + " (" + in.strings.get("vacancies.page.nice") + ")";
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
    /// "Needed", "not needed"; nothing where the ad does not say it.
    void add_need(std::string key, std::string_view label, std::optional<bool> needed) {
        if (!needed) return;
        std::string value = strings_.get("vacancies.page." + key + (*needed ? "_needed" : "_not_needed"));
        facts_.push_back({std::move(key), strings_.get(label), std::move(value), Icon::none});
    }
    void add_named(std::string key, std::string_view label, std::string value) {
        if (value.empty()) value = strings_.get("vacancies.page.not_stated");
        facts_.push_back({std::move(key), strings_.get(label), std::move(value), Icon::none});
    }
    std::vector<Fact> take() { return std::move(facts_); }

private:
    const Strings& strings_;
    std::vector<Fact> facts_;
};

} // namespace

std::vector<Fact> place_and_time_facts(const Vacancy& vacancy, const std::vector<OccupationEntry>& known,
                                       const PageContext& in) {
    FactList facts(in.strings);
    facts.add("occupation", occupation_text(vacancy, known, in), Icon::briefcase);
    facts.add("place", place_text(vacancy, in.strings), Icon::place);
    facts.add("hours", hours_fact(vacancy, in.strings), Icon::clock);
    facts.add("start", start_text(vacancy, in));
    facts.add("deadline", deadline_fact(vacancy, in));
    facts.add("languages", languages_text(vacancy, in));
    facts.add_named("licence", "vacancies.kind.driving_licence", licence_text(vacancy, in));
    facts.add_need("schooling", "vacancies.kind.education", vacancy.training_needed);
    facts.add_need("experience", "vacancies.kind.experience", vacancy.experience_needed);
    return facts.take();
}

std::vector<Fact> offer_facts(const Vacancy& vacancy, const PageContext& in) {
    const Strings& s = in.strings;
    FactList facts(s);
    facts.add("employment", contract_text(vacancy, s));
    facts.add("salary", pay_text(vacancy, in));
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
