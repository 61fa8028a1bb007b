// One JobTech ad as the canonical model. Quirks: ../shared/reference/vacancy-feeds.md section 1.
#include "core/vacancies/jobtech.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/import.h"
#include "core/vacancies/language_names.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/occupation_field.h"

namespace vakant {
namespace {

constexpr std::string_view zone = "Europe/Stockholm";

std::string line_of(const Json& value) {
    std::string line = one_line(value.text());
    while (line.ends_with(',') || line.ends_with(' '))
        line.pop_back(); // "Max Burgers AB,  "
    return line;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

/// An address as a browser takes it: "www.hksf.se" gets its scheme; what is no address gives "".
std::string address_of(const Json& value) {
    std::string address = one_line(value.text());
    if (address.empty() || holds(address, " ") || !holds(address, ".")) return "";
    if (address.starts_with("http://") || address.starts_with("https://")) return address;
    if (holds(address, "://") || holds(address, "@") || address.starts_with("javascript:")) return "";
    return "https://" + address;
}

bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != text.npos && at > 0 && text.find('.', at) != text.npos && !holds(text, " ");
}

std::optional<double> coordinate(const Json& value, double most) {
    const double number = value.number_or(most + 1);
    if (number < -most || number > most) return std::nullopt;
    return number;
}

std::string country_of(const Json& address) {
    struct Known {
        std::string_view concept_id, name, iso;
    };
    static constexpr Known known[] = {{"i46j_HmG_v64", "Sverige", "SE"},
                                      {"", "Norge", "NO"},
                                      {"", "Danmark", "DK"},
                                      {"", "Finland", "FI"},
                                      {"", "Island", "IS"},
                                      {"", "Tyskland", "DE"},
                                      {"", "Estland", "EE"},
                                      {"", "Polen", "PL"}};
    const std::string name = line_of(address["country"]);
    const std::string_view concept_id = address["country_concept_id"].text();
    for (const Known& country : known) {
        if (name == country.name || (!concept_id.empty() && concept_id == country.concept_id)) {
            return std::string(country.iso);
        }
    }
    // 199 is the employment service's own number for Sweden, no ISO code.
    return address["country_code"].text() == "199" ? "SE" : "";
}

void read_place(const Json& address, Vacancy& vacancy) {
    if (!address.is_object()) return;
    Place place;
    place.country = country_of(address);
    place.region = line_of(address["region"]);
    place.region_code = line_of(address["region_code"]);
    place.municipality = line_of(address["municipality"]);
    place.municipality_code = line_of(address["municipality_code"]);
    place.city = line_of(address["city"]);
    place.postcode = line_of(address["postcode"]);
    place.street = line_of(address["street_address"]);
    place.longitude = coordinate(address["coordinates"][0], 180);
    place.latitude = coordinate(address["coordinates"][1], 90);
    if (!place.latitude || !place.longitude) place.latitude = place.longitude = std::nullopt;
    if (place.shown().empty()) place.raw = line_of(address["country"]);
    if (!place.country.empty() || !place.shown().empty()) vacancy.places.push_back(std::move(place));
}

void read_employer(const Json& employer, Vacancy& vacancy) {
    vacancy.employer = line_of(employer["name"]);
    const std::string workplace = line_of(employer["workplace"]);
    if (vacancy.employer.empty()) {
        vacancy.employer = workplace;
    } else if (workplace != vacancy.employer) {
        vacancy.work_unit = workplace;
    }
    vacancy.organisation_number = line_of(employer["organization_number"]);
    vacancy.homepage = address_of(employer["url"]);
}

Employment employment_of(std::string_view type, std::string_view duration) {
    struct Word {
        std::string_view part;
        Employment means;
    };
    static constexpr Word types[] = {
        {"Sommarjobb", Employment::summer},     {"Behovsanställning", Employment::on_call},
        {"Säsong", Employment::seasonal},       {"Vikariat", Employment::substitute},
        {"Tillsvidare", Employment::permanent}, {"Tidsbegränsad", Employment::fixed_term},
    };
    for (const Word& word : types) {
        if (holds(type, word.part)) return word.means;
    }
    if (duration.starts_with("Tills")) return Employment::permanent; // "Tills vidare", "Tillsvidare"
    if (holds(duration, "månad") || holds(duration, "dag") || holds(duration, "veck"))
        return Employment::fixed_term;
    return Employment::unknown;
}

Hours hours_of(std::string_view label) {
    const bool full = holds(label, "Heltid") || holds(label, "heltid");
    const bool part = holds(label, "Deltid") || holds(label, "deltid");
    if (full && part) return Hours::mixed;
    return full ? Hours::full_time : part ? Hours::part_time : Hours::unknown;
}

std::optional<int> percent_of(const Json& value) {
    const std::int64_t percent = whole_number_in(value).value_or(-1);
    if (percent < 0 || percent > 100) return std::nullopt;
    return static_cast<int>(percent);
}

void read_terms(const Json& ad, Vacancy& vacancy) {
    vacancy.employment_raw = line_of(ad["employment_type"]["label"]);
    vacancy.duration_text = line_of(ad["duration"]["label"]);
    vacancy.employment = employment_of(vacancy.employment_raw, vacancy.duration_text);
    vacancy.hours_raw = line_of(ad["working_hours_type"]["label"]);
    vacancy.hours = hours_of(vacancy.hours_raw);
    vacancy.percent_min = percent_of(ad["scope_of_work"]["min"]);
    vacancy.percent_max = percent_of(ad["scope_of_work"]["max"]);
    vacancy.salary_text = one_line(ad["salary_description"].text());
    if (vacancy.salary_text.empty() || vacancy.salary_text == "Undefined") {
        vacancy.salary_text = line_of(ad["salary_type"]["label"]);
    }
    vacancy.positions = positions_in(ad["number_of_vacancies"]);
    // Its name at the source is the opposite ("no experience is required"), what is sent is not.
    if (ad["experience_required"].is_bool())
        vacancy.experience_needed = ad["experience_required"].bool_or(false);
    if (ad["access_to_own_car"].is_bool()) vacancy.own_car = ad["access_to_own_car"].bool_or(false);
}

void read_requirements(const Json& list, Level level, Vacancy& vacancy) {
    struct Part {
        std::string_view name;
        RequirementKind kind;
    };
    static constexpr Part parts[] = {{"skills", RequirementKind::skill},
                                     {"languages", RequirementKind::language},
                                     {"work_experiences", RequirementKind::experience},
                                     {"education", RequirementKind::education},
                                     {"education_level", RequirementKind::education}};
    for (const Part& part : parts) {
        for (const Json& item : list[part.name].items()) {
            Requirement requirement{part.kind, level, "AF", "", line_of(item["label"]), "", ""};
            requirement.code = line_of(item["concept_id"]);
            const std::string language =
                part.kind == RequirementKind::language ? language_code(requirement.label) : "";
            if (!language.empty()) {
                requirement.scheme = "iso639";
                requirement.code = language;
            }
            if (!requirement.label.empty()) vacancy.requirements.push_back(std::move(requirement));
        }
    }
}

void read_licences(const Json& ad, Vacancy& vacancy) {
    const bool required = ad["driving_license_required"].bool_or(false);
    if (ad["driving_license_required"].is_bool()) vacancy.licence_needed = required;
    const Level level = required ? Level::must : Level::nice;
    for (const Json& licence : ad["driving_license"].items()) {
        const std::string label = line_of(licence["label"]);
        if (label.empty()) continue;
        vacancy.requirements.push_back({RequirementKind::driving_licence, level, "AF",
                                        line_of(licence["concept_id"]), label, label, ""});
    }
}

void read_occupations(const Json& ad, Vacancy& vacancy) {
    const auto add = [&vacancy](std::string_view scheme, const Json& code, const Json& label) {
        Occupation occupation{std::string(scheme), line_of(code), line_of(label)};
        if (!occupation.label.empty()) vacancy.occupations.push_back(std::move(occupation));
    };
    add("AF", ad["occupation"]["concept_id"], ad["occupation"]["label"]);
    add("SSYK2012", ad["occupation_group"]["legacy_ams_taxonomy_id"], ad["occupation_group"]["label"]);
    add("AF-field", ad["occupation_field"]["concept_id"], ad["occupation_field"]["label"]);
    vacancy.field = field_of(vacancy.occupations);
}

void read_application(const Json& ad, Vacancy& vacancy) {
    const Json& how = ad["application_details"];
    vacancy.apply_url = address_of(how["url"]);
    vacancy.apply_email = one_line(how["email"].text());
    vacancy.apply_reference = one_line(how["reference"].text());
    vacancy.apply_instructions = one_line(how["information"].text());
    const std::string other = one_line(how["other"].text());
    if (is_mail_address(other) && vacancy.apply_email.empty()) {
        vacancy.apply_email = other;
    } else if (!other.empty() && other != vacancy.apply_email) {
        if (!vacancy.apply_instructions.empty()) vacancy.apply_instructions += ' ';
        vacancy.apply_instructions += other;
    }
    vacancy.source_url = address_of(ad["webpage_url"]);
    for (const Json& entry : ad["application_contacts"].items()) {
        Contact contact{one_line(entry["name"].text()), one_line(entry["description"].text()),
                        one_line(entry["telephone"].text()), one_line(entry["email"].text())};
        if (contact.name.empty() && contact.phone.empty() && contact.email.empty()) continue;
        vacancy.contacts.push_back(std::move(contact));
    }
}

/// The language of an ad is nowhere said, so none is claimed.
void read_text(const Json& ad, Vacancy& vacancy) {
    // Some copies of the feed have the text itself here.
    const Json& given = ad["description"];
    const Json description = given.is_string() ? Json::object({{"text", given}}) : given;
    VacancyText text;
    text.title = one_line(ad["headline"].text());
    const std::string_view formatted = description["text_formatted"].text();
    CleanText body = clean_text(trimmed(formatted).empty() ? description["text"].text() : formatted);
    for (const char* part : {"company_information", "needs", "requirements", "conditions"}) {
        const CleanText more = clean_text(description[part].text());
        if (more.plain.empty() || holds(body.plain, more.plain)) continue;
        body.html += more.html;
        body.plain += (body.plain.empty() ? "" : "\n\n") + more.plain;
    }
    text.body_html = std::move(body.html);
    text.body_plain = std::move(body.plain);
    vacancy.texts.push_back(std::move(text));
}

/// Reads an optional time; a text that is none refuses the ad, so that no deadline is lost silently.
Outcome read_time(const Json& ad, std::string_view name, bool is_end, std::optional<UtcMs>& time) {
    const Json& value = ad[name];
    if (value.is_null() || (value.is_string() && trimmed(value.text()).empty())) return done();
    if (!value.is_string()) return invalid_input(std::string(name) + ": not a text");
    const std::string_view text = trimmed(value.text());
    auto moment = is_end ? local_end(text, zone) : local_moment(text, zone);
    if (!moment.ok()) return invalid_input(std::string(name) + ": \"" + std::string(text) + "\" is no date");
    time = *moment;
    return done();
}

} // namespace

std::string jobtech_id_of(const Json& ad) {
    const Json& id = ad["id"];
    return id.is_integer() ? std::to_string(id.integer_or(0)) : std::string(trimmed(id.text()));
}

std::string why_no_jobtech_id(const Json& ad) {
    const Json& id = ad["id"];
    const bool is_there = !id.is_null() && !(id.is_string() && trimmed(id.text()).empty());
    return is_there ? "id: " + id.to_text() + " is neither a text nor a whole number" : "id: missing";
}

Result<std::optional<UtcMs>> jobtech_removed_at(const Json& ad) {
    std::optional<UtcMs> removed_at;
    VAKANT_CHECK(read_time(ad, "removed_date", false, removed_at));
    return removed_at;
}

Result<Vacancy> vacancy_from_jobtech(const Json& ad) {
    Vacancy vacancy;
    vacancy.source = "jobtech";
    vacancy.source_id = jobtech_id_of(ad);
    if (vacancy.source_id.empty()) return invalid_input(why_no_jobtech_id(ad));
    if (one_line(ad["headline"].text()).empty()) return invalid_input("headline: missing");
    if (!ad["description"].is_object() && !ad["description"].is_string())
        return invalid_input("description: missing");
    VAKANT_CHECK(read_time(ad, "publication_date", false, vacancy.published_at));
    VAKANT_CHECK(read_time(ad, "last_publication_date", true, vacancy.expires_at));
    VAKANT_CHECK(read_time(ad, "application_deadline", true, vacancy.deadline_at));
    vacancy.deadline = vacancy.deadline_at ? DeadlineKind::on_date : DeadlineKind::none;
    vacancy.deadline_raw = one_line(ad["application_deadline"].text());
    vacancy.updated_at = whole_number_in(ad["timestamp"]);
    if (vacancy.updated_at) vacancy.revision = std::to_string(*vacancy.updated_at);
    read_text(ad, vacancy);
    read_employer(ad["employer"], vacancy);
    read_terms(ad, vacancy);
    read_place(ad["workplace_address"], vacancy);
    read_requirements(ad["must_have"], Level::must, vacancy);
    read_requirements(ad["nice_to_have"], Level::nice, vacancy);
    read_licences(ad, vacancy);
    read_occupations(ad, vacancy);
    read_application(ad, vacancy);
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

} // namespace vakant
