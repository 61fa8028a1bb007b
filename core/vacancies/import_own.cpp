// The agency's own postings, as authors write them: assets/vacancies/README.md is the description.
#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "core/base/utf8.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import.h"
#include "core/vacancies/language_names.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/occupation_field.h"
#include "core/vacancies/region_names.h"
#include "core/vacancies/vacancy_names.h"

namespace vakant {
namespace {

constexpr std::array<std::string_view, 3> known_zones{"Europe/Helsinki", "Europe/Stockholm", "Europe/Oslo"};

struct Calendar {
    UtcMs started_at = 0;
    std::string zone;
};

/// "+14d", "-2d": days from the start.
std::optional<int> days_of(std::string_view text) {
    if (text.size() < 3 || text.back() != 'd' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    int days = 0;
    const char* last = text.data() + text.size() - 1;
    const auto [end, error] = std::from_chars(text.data() + 1, last, days);
    if (error != std::errc() || end != last || days < 0 || days > 3660) return std::nullopt;
    return text[0] == '-' ? -days : days;
}

/// Reads the members of one object of a posting; remembers the first thing wrong, with its path. Members that
/// nobody asked for are wrong too: a misspelt name must not lose what its author wrote.
class Members {
public:
    Members(const Json& json, std::string path, std::string& wrong)
        : json_(json), path_(std::move(path)), wrong_(wrong) {
        if (!json_.is_object()) refuse("", "must be an object");
    }

    std::string text(std::string_view name) {
        const Json* found = take(name);
        if (!found) return "";
        if (!found->is_string()) {
            refuse(name, "must be a text");
            return "";
        }
        return one_line(found->text());
    }
    std::string required_text(std::string_view name) {
        std::string value = text(name);
        if (value.empty()) refuse(name, "missing");
        return value;
    }
    template <typename E>
    E word(std::string_view name, E otherwise) {
        const std::string value = text(name);
        if (value.empty()) return otherwise;
        const std::optional<E> found = find_by_name<E>(value);
        if (!found) refuse(name, "\"" + value + "\" is none of " + all_names<E>());
        return found.value_or(otherwise);
    }
    std::optional<int> integer(std::string_view name, int least, int most) {
        const Json* found = take(name);
        if (!found) return std::nullopt;
        const std::int64_t number = found->integer_or(std::int64_t{least} - 1);
        if (number < least || number > most) {
            refuse(name,
                   "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
            return std::nullopt;
        }
        return static_cast<int>(number);
    }
    std::optional<double> number(std::string_view name, double least, double most) {
        const Json* found = take(name);
        if (!found) return std::nullopt;
        if (!found->is_number() || found->number_or(0) < least || found->number_or(0) > most) {
            refuse(name, "not a number in its range");
            return std::nullopt;
        }
        return found->number_or(0);
    }
    std::optional<bool> boolean(std::string_view name) {
        const Json* found = take(name);
        if (!found) return std::nullopt;
        if (!found->is_bool()) refuse(name, "must be true or false");
        return found->bool_or(false);
    }
    std::vector<std::string> texts(std::string_view name) {
        std::vector<std::string> values;
        const Json* list = take(name);
        if (!list) return values;
        if (!list->is_array()) refuse(name, "must be a list");
        for (const Json& one : list->items()) {
            std::string value = one_line(one.text());
            if (value.empty()) refuse(name, "must be a list of texts");
            values.push_back(std::move(value));
        }
        return values;
    }
    std::optional<UtcMs> moment(std::string_view name, bool is_end, const Calendar& calendar) {
        return moment_of(name, text(name), is_end, calendar);
    }
    std::optional<UtcMs> moment_of(std::string_view name, const std::string& value, bool is_end,
                                   const Calendar& calendar) {
        if (value.empty()) return std::nullopt;
        if (const std::optional<int> days = days_of(value)) {
            return is_end ? local_day_end(calendar.started_at, *days, calendar.zone)
                          : local_day_begin(calendar.started_at, *days, calendar.zone);
        }
        auto read = is_end ? local_end(value, calendar.zone) : local_moment(value, calendar.zone);
        if (read.ok()) return *read;
        refuse(name, "\"" + value + "\" is neither a date nor days from the start such as \"+14d\"");
        return std::nullopt;
    }
    /// The member, for those who read further down themselves.
    const Json* take(std::string_view name) {
        asked_.emplace_back(name);
        const Json* found = json_.find(name);
        return found && !found->is_null() ? found : nullptr;
    }
    void refuse(std::string_view name, std::string_view reason) {
        if (wrong_.empty()) wrong_ = path_to(name) + ": " + std::string(reason);
    }
    std::string path_to(std::string_view name) const {
        if (name.empty()) return path_.empty() ? "posting" : path_;
        return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
    }
    void nothing_else() {
        for (const Json::Member& member : json_.members()) {
            if (std::find(asked_.begin(), asked_.end(), member.first) == asked_.end()) {
                refuse(member.first, "nothing of that name is known here");
            }
        }
    }

private:
    template <typename E>
    static std::string all_names() {
        std::string names;
        for (const std::string_view name : EnumNames<E>::all)
            names += (names.empty() ? "" : ", ") + std::string(name);
        return names;
    }
    const Json& json_;
    std::string path_;
    std::string& wrong_;
    std::vector<std::string> asked_;
};

/// Calls read(Members&) for each object of the list `name`.
template <typename Read>
void read_list(Members& posting, std::string_view name, std::string& wrong, Read read) {
    const Json* list = posting.take(name);
    if (!list) return;
    if (!list->is_array()) return posting.refuse(name, "must be a list");
    for (std::size_t i = 0; i < list->size(); ++i) {
        Members members((*list)[i], posting.path_to(name) + "[" + std::to_string(i) + "]", wrong);
        read(members);
        members.nothing_else();
    }
}

void read_texts(Members& posting, std::string& wrong, Vacancy& vacancy) {
    read_list(posting, "texts", wrong, [&vacancy](Members& members) {
        VacancyText text;
        text.language = members.required_text("language");
        if (!text.language.empty() && !is_language_code(text.language)) {
            members.refuse("language",
                           "\"" + text.language + "\" is no code of a language such as fi, sv, nb");
        }
        text.title = members.required_text("title");
        text.summary = members.text("summary");
        const Json* body = members.take("body");
        if (body && !body->is_string()) members.refuse("body", "must be a text");
        text.duties = members.texts("duties");
        CleanText clean = clean_text(body ? body->text() : "");
        if (clean.plain.empty() && text.duties.empty()) members.refuse("body", "missing");
        text.body_html = std::move(clean.html);
        text.body_plain = std::move(clean.plain);
        for (const VacancyText& other : vacancy.texts) {
            if (other.language == text.language)
                members.refuse("language", "\"" + text.language + "\" is there twice");
        }
        vacancy.texts.push_back(std::move(text));
    });
    if (vacancy.texts.empty()) posting.refuse("texts", "missing");
}

void read_places(Members& posting, std::string& wrong, Vacancy& vacancy) {
    read_list(posting, "places", wrong, [&vacancy](Members& members) {
        Place place;
        place.country = members.text("country");
        place.region = members.text("region");
        place.region_code = members.text("region_code");
        place.municipality = members.text("municipality");
        place.municipality_code = members.text("municipality_code");
        place.city = members.text("city");
        place.postcode = members.text("postcode");
        place.street = members.text("street");
        place.latitude = members.number("latitude", -90, 90);
        place.longitude = members.number("longitude", -180, 180);
        complete_region(place);
        if (place.shown().empty()) members.refuse("city", "missing");
        vacancy.places.push_back(std::move(place));
    });
}

Requirement requirement_of(Members& members) {
    Requirement requirement;
    requirement.kind = members.word("kind", RequirementKind::other);
    requirement.level = members.word("level", Level::must);
    requirement.scheme = members.text("scheme");
    requirement.code = members.text("code");
    requirement.label = members.required_text("label");
    requirement.degree = members.text("degree");
    requirement.alternative = members.text("alternative");
    const std::string said = "\"" + requirement.degree + "\" is ";
    if (requirement.degree.empty()) {
        // Nothing for machines.
    } else if (requirement.kind == RequirementKind::language && language_level(requirement.degree).empty()) {
        members.refuse("degree", said + "no level of a language: A1 to C2, native");
    } else if (requirement.kind == RequirementKind::experience && !months_asked(requirement)) {
        members.refuse("degree", said + "no length of time such as P3Y or P6M");
    }
    if (requirement.kind == RequirementKind::language && requirement.code.empty()) {
        requirement.code = language_code(requirement.label);
        if (!requirement.code.empty()) requirement.scheme = "iso639";
    }
    return requirement;
}

/// One word for one thing in the file must not lose its other half by a misspelling.
void check_alternatives(Members& posting, const Vacancy& vacancy) {
    const std::vector<Requirement>& all = vacancy.requirements;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].alternative.empty()) continue;
        bool has_other = false;
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (k == i || all[k].alternative != all[i].alternative) continue;
            has_other = true;
            if (all[k].level != all[i].level) {
                posting.refuse("requirements[" + std::to_string(i) + "].level",
                               "differs among the alternatives \"" + all[i].alternative + "\"");
            }
        }
        if (has_other) continue;
        posting.refuse("requirements[" + std::to_string(i) + "].alternative",
                       "\"" + all[i].alternative + "\" stands at no other requirement");
    }
}

void read_requirements(Members& posting, std::string& wrong, Vacancy& vacancy) {
    read_list(posting, "requirements", wrong,
              [&vacancy](Members& members) { vacancy.requirements.push_back(requirement_of(members)); });
    check_alternatives(posting, vacancy);
    read_list(posting, "occupations", wrong, [&vacancy](Members& members) {
        Occupation occupation;
        occupation.scheme = members.text("scheme");
        occupation.code = members.text("code");
        occupation.label = members.required_text("label");
        vacancy.occupations.push_back(std::move(occupation));
    });
    read_list(posting, "contacts", wrong, [&vacancy](Members& members) {
        Contact contact;
        contact.name = members.text("name");
        contact.role = members.text("role");
        contact.phone = members.text("phone");
        contact.email = members.text("email");
        vacancy.contacts.push_back(std::move(contact));
    });
}

/// What the posting says of learning and of licences, and that it does not contradict itself.
void read_conditions(Members& posting, Vacancy& vacancy) {
    vacancy.training = posting.word("training", Training::unknown);
    vacancy.training_text = posting.text("training_text");
    vacancy.training_needed = posting.boolean("training_needed");
    vacancy.experience_needed = posting.boolean("experience_needed");
    vacancy.licence_needed = posting.boolean("licence_needed");
    struct Asked {
        std::string_view name;
        std::optional<bool>& said;
        RequirementKind kind;
    };
    for (const Asked& asked :
         {Asked{"training_needed", vacancy.training_needed, RequirementKind::education},
          Asked{"experience_needed", vacancy.experience_needed, RequirementKind::experience},
          Asked{"licence_needed", vacancy.licence_needed, RequirementKind::driving_licence}}) {
        const bool must = std::any_of(
            vacancy.requirements.begin(), vacancy.requirements.end(), [&asked](const Requirement& one) {
                return one.kind == asked.kind && one.level == Level::must && one.alternative.empty();
            });
        if (must && asked.said == false) {
            posting.refuse(asked.name, "false, but a requirement that is a must asks for it");
        }
        if (must) asked.said = true;
    }
    for (std::string& language : posting.texts("working_languages")) {
        std::string code = language_code(language);
        if (code.empty()) posting.refuse("working_languages", "\"" + language + "\" is no known language");
        vacancy.working_languages.push_back(std::move(code));
    }
    vacancy.field = posting.text("field");
    const bool is_field = std::find(occupation_fields.begin(), occupation_fields.end(), vacancy.field) !=
                          occupation_fields.end();
    if (vacancy.field.empty()) {
        vacancy.field = field_of(vacancy.occupations);
    } else if (!is_field) {
        std::string names;
        for (const std::string_view name : occupation_fields)
            names += (names.empty() ? "" : ", ") + std::string(name);
        posting.refuse("field", "\"" + vacancy.field + "\" is none of " + names);
    }
}

/// Only an agency can stand before an employer that is not named.
void read_names(Members& posting, Vacancy& v) {
    v.employer = posting.text("employer");
    v.work_unit = posting.text("work_unit");
    v.organisation_number = posting.text("organisation_number");
    v.client_company = posting.text("client_company");
    v.homepage = posting.text("homepage");
    v.relation = posting.word("relation", Relation::unknown);
    v.employer_hidden = posting.boolean("employer_hidden").value_or(false);
    const bool for_client =
        v.relation == Relation::agency_leased || v.relation == Relation::recruitment_for_client;
    if (v.employer_hidden && !for_client) {
        posting.refuse("employer_hidden", "true needs the relation agency_leased or recruitment_for_client");
    }
}

void read_shifts(Members& posting, Vacancy& vacancy) {
    static constexpr std::array<std::string_view, 9> known{"day",    "evening", "night",  "weekend", "shift2",
                                                           "shift3", "shift4",  "shift5", "on_call"};
    const Json* shifts = posting.take("shifts");
    if (!shifts) return;
    if (!shifts->is_array()) return posting.refuse("shifts", "must be a list");
    for (const Json& shift : shifts->items()) {
        if (std::find(known.begin(), known.end(), shift.text()) == known.end()) {
            return posting.refuse("shifts",
                                  "\"" + std::string(shift.text()) + "\" is no shift that is known");
        }
        vacancy.shifts.emplace_back(shift.text());
    }
}

void read_deadline(Members& posting, const Calendar& calendar, Vacancy& vacancy) {
    const std::string deadline = posting.text("deadline");
    vacancy.deadline_raw = deadline;
    if (deadline.empty()) return;
    if (deadline == "continuous" || deadline == "as_soon_as_possible") {
        vacancy.deadline = *find_by_name<DeadlineKind>(deadline);
        return;
    }
    vacancy.deadline = DeadlineKind::on_date;
    vacancy.deadline_at = posting.moment_of("deadline", deadline, true, calendar);
    if (days_of(deadline)) vacancy.deadline_raw.clear(); // days from the start say nothing to a reader
}

void read_start(Members& posting, const Calendar& calendar, Vacancy& vacancy) {
    const std::string start = posting.text("start");
    if (start.empty()) return;
    if (start == "as_soon_as_possible" || start == "by_agreement") {
        vacancy.start = *find_by_name<StartKind>(start);
        return;
    }
    vacancy.start = StartKind::on_date;
    vacancy.start_date = posting.moment_of("start", start, false, calendar);
}

void read_pay(Members& posting, std::string& wrong, Vacancy& vacancy) {
    const Json* pay = posting.take("pay");
    if (!pay) return;
    Members members(*pay, "pay", wrong);
    vacancy.salary_text = members.text("text");
    vacancy.salary_min = members.number("min", 0, 10'000'000);
    vacancy.salary_max = members.number("max", 0, 10'000'000);
    vacancy.salary_currency = members.text("currency");
    vacancy.salary_unit = members.text("unit");
    const std::string& currency = vacancy.salary_currency;
    const bool is_code = currency.size() == 3 && std::all_of(currency.begin(), currency.end(),
                                                             [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!currency.empty() && !is_code)
        members.refuse("currency", "\"" + currency + "\" is no code of a currency such as EUR, SEK, NOK");
    static constexpr std::array<std::string_view, 5> units{"hour", "day", "week", "month", "year"};
    const std::string& unit = vacancy.salary_unit;
    if (!unit.empty() && std::find(units.begin(), units.end(), unit) == units.end())
        members.refuse("unit", "\"" + unit + "\" is none of hour, day, week, month, year");
    if (vacancy.salary_min && vacancy.salary_max && *vacancy.salary_min > *vacancy.salary_max) {
        members.refuse("min", "more than max");
    }
    members.nothing_else();
}

void read_application(Members& posting, std::string& wrong, Vacancy& vacancy) {
    const Json* apply = posting.take("apply");
    if (!apply) return;
    Members members(*apply, "apply", wrong);
    vacancy.apply_url = members.text("url");
    vacancy.apply_email = members.text("email");
    vacancy.apply_phone = members.text("phone");
    vacancy.apply_instructions = members.text("instructions");
    vacancy.apply_reference = members.text("reference");
    members.nothing_else();
}

Result<Vacancy> vacancy_from_posting(const Json& json, const Calendar& calendar) {
    std::string wrong;
    Members posting(json, "", wrong);
    Vacancy v;
    v.source = "own";
    v.source_id = posting.required_text("id");
    v.revision = posting.text("revision");
    v.status = posting.word("status", VacancyStatus::active);
    v.published_at = posting.moment("published", false, calendar);
    v.expires_at = posting.moment("expires", true, calendar);
    v.positions = posting.integer("positions", 1, 10'000);
    read_names(posting, v);
    v.employment = posting.word("employment", Employment::unknown);
    v.duration_text = posting.text("duration");
    v.hours = posting.word("hours", Hours::unknown);
    v.percent_min = posting.integer("percent_min", 0, 100);
    v.percent_max = posting.integer("percent_max", 0, 100);
    v.hours_raw = posting.text("hours_text");
    v.remote = posting.word("remote", Remote::unknown);
    v.own_car = posting.boolean("own_car");
    read_shifts(posting, v);
    read_start(posting, calendar, v);
    read_deadline(posting, calendar, v);
    read_pay(posting, wrong, v);
    read_application(posting, wrong, v);
    read_texts(posting, wrong, v);
    read_places(posting, wrong, v);
    read_requirements(posting, wrong, v);
    read_conditions(posting, v);
    posting.nothing_else();
    if (!wrong.empty()) return invalid_input(wrong);
    v.apply_at_kiosk = true;
    v.content_hash = content_hash_of(v);
    return v;
}

} // namespace

Outcome import_own(std::string_view text, UtcMs started_at, const ItemSink& sink) {
    VAKANT_TRY(file, parse_json(text));
    const Json* postings = file.find("postings");
    if (!postings || !postings->is_array()) {
        return invalid_input("not a file of own postings: it has no list \"postings\"");
    }
    Calendar calendar{started_at, std::string(file["zone"].text_or("Europe/Helsinki"))};
    if (std::find(known_zones.begin(), known_zones.end(), calendar.zone) == known_zones.end()) {
        return invalid_input("zone: \"" + calendar.zone +
                             "\" is not one of Europe/Helsinki, Europe/Stockholm, Europe/Oslo");
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < postings->size(); ++i) {
        ImportedItem item;
        item.index = i;
        item.source_id = std::string((*postings)[i]["id"].text());
        auto vacancy = vacancy_from_posting((*postings)[i], calendar);
        if (!vacancy.ok()) {
            item.reason = vacancy.error().detail;
        } else if (!seen.insert(item.source_id).second) {
            item.reason = "id: there twice in this file";
        } else {
            item.kind = ImportedItem::Kind::vacancy;
            item.vacancy = std::move(vacancy).value();
        }
        VAKANT_CHECK(sink(std::move(item)));
    }
    return done();
}

} // namespace vakant
