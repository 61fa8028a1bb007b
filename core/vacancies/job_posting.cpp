// Quirks of JobPosting in the wild: an address that is a text or a null, lists where one was meant, an
// employment type in the site's own words, an organisation that is only a name, a title under "name", numbers
// as texts.
#include "core/vacancies/job_posting.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/region_names.h"

namespace vakant {
namespace {

/// The items of a list; anything else that is there counts as a list of one.
std::vector<const Json*> list_of(const Json& value) {
    std::vector<const Json*> list;
    if (value.is_array()) {
        for (const Json& item : value.items())
            list.push_back(&item);
    } else if (!value.is_null()) {
        list.push_back(&value);
    }
    return list;
}

/// What a value says in words: a text, a number, or the name of an object.
std::string words_of(const Json& value) {
    if (!value.is_object()) return line_in(value);
    for (const std::string_view name :
         {"name", "title", "credentialCategory", "description", "value", "@value"}) {
        const std::string words = value[name].is_object() ? words_of(value[name]) : line_in(value[name]);
        if (!words.empty()) return words;
    }
    return "";
}

std::string title_of(const Json& posting) {
    const std::string title = words_of(posting["title"]);
    return title.empty() ? words_of(posting["name"]) : title;
}

std::string host_of(std::string_view address) {
    const std::size_t start = address.find("://");
    if (start == address.npos) return "";
    const std::string_view rest = address.substr(start + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

/// The zone whose day a bare date means.
std::string_view zone_of(const Vacancy& vacancy) {
    for (const Place& place : vacancy.places) {
        if (place.country == "FI" || place.country == "EE" || place.country == "LV" ||
            place.country == "LT") {
            return "Europe/Helsinki";
        }
    }
    return "Europe/Stockholm";
}

Place place_of_address(const Json& address) {
    Place place;
    if (!address.is_object()) {
        place.raw = line_in(address);
        return place;
    }
    place.street = words_of(address["streetAddress"]);
    place.city = words_of(address["addressLocality"]);
    place.region = words_of(address["addressRegion"]);
    place.postcode = words_of(address["postalCode"]);
    const std::string country = words_of(address["addressCountry"]);
    place.country = country_code(country);
    complete_region(place);
    if (place.shown().empty()) place.raw = country;
    if (place.shown().empty()) place.raw = words_of(address);
    return place;
}

void read_places(const Json& posting, Vacancy& vacancy) {
    for (const Json* location : list_of(posting["jobLocation"])) {
        const Json& address = (*location)["address"];
        for (const Json* one : list_of(address.is_null() && location->is_string() ? *location : address)) {
            Place place = place_of_address(*one);
            if (place.shown().empty()) place.raw = line_in((*location)["name"]);
            place.latitude = coordinate_in((*location)["geo"]["latitude"], 90);
            place.longitude = coordinate_in((*location)["geo"]["longitude"], 180);
            if (!place.latitude || !place.longitude) place.latitude = place.longitude = std::nullopt;
            if (!place.shown().empty()) vacancy.places.push_back(std::move(place));
        }
        if (address.is_null() && location->is_object()) {
            Place place;
            place.raw = line_in((*location)["name"]);
            if (!place.raw.empty()) vacancy.places.push_back(std::move(place));
        }
    }
    for (const Json* type : list_of(posting["jobLocationType"])) {
        if (line_in(*type) == "TELECOMMUTE") vacancy.remote = Remote::yes;
    }
    if (!vacancy.places.empty()) return;
    for (const Json* area : list_of(posting["applicantLocationRequirements"])) {
        Place place;
        place.raw = words_of(*area);
        place.country = country_code(place.raw);
        if (!place.raw.empty()) vacancy.places.push_back(std::move(place));
    }
}

void read_organisation(const Json& posting, Vacancy& vacancy) {
    for (const Json* organisation : list_of(posting["hiringOrganization"])) {
        vacancy.employer = words_of(*organisation);
        if (vacancy.employer.empty()) vacancy.employer = line_in((*organisation)["legalName"]);
        vacancy.homepage = web_address(words_of((*organisation)["sameAs"]));
        if (vacancy.homepage.empty()) vacancy.homepage = web_address(line_in((*organisation)["url"]));
        vacancy.organisation_number = words_of((*organisation)["taxID"]);
        if (!vacancy.employer.empty()) break;
    }
    vacancy.work_unit = words_of(posting["employmentUnit"]);
}

/// The vocabulary's own words; the sites' own words stay as given.
void read_employment(const Json& posting, Vacancy& vacancy) {
    bool full = false, part = false;
    for (const Json* one : list_of(posting["employmentType"])) {
        const std::string type = words_of(*one);
        add_line(vacancy.employment_raw, type);
        const std::size_t slash = type.rfind('/'); // "https://schema.org/FULL_TIME"
        const std::string word =
            type.starts_with("http") && slash != type.npos ? type.substr(slash + 1) : type;
        full = full || word == "FULL_TIME" || word == "Full-time" || word.starts_with("Heltid");
        part = part || word == "PART_TIME" || word == "Part-time" || word.starts_with("Deltid");
        if (word == "TEMPORARY") vacancy.employment = Employment::fixed_term;
        if (word == "PER_DIEM") vacancy.employment = Employment::on_call;
        if (word == "OTHER" || word == "VOLUNTEER") vacancy.employment = Employment::other;
        if (word == "CONTRACTOR") vacancy.relation = Relation::commission;
        if (word == "INTERN" || word == "Internship") {
            vacancy.relation = Relation::trainee;
            vacancy.training = Training::traineeship;
        }
        if (word == "Tillsvidareanställning" || word == "Heltid,Tillsvidareanställd") {
            vacancy.employment = Employment::permanent;
        }
        if (word == "Tidsbegränsad anställning") vacancy.employment = Employment::fixed_term;
        if (word == "Säsongsarbete") vacancy.employment = Employment::seasonal;
    }
    vacancy.hours = full && part ? Hours::mixed
                    : full       ? Hours::full_time
                    : part       ? Hours::part_time
                                 : Hours::unknown;
    vacancy.hours_raw = words_of(posting["workHours"]);
}

/// A number that means something: zero pay is nobody's pay.
std::optional<double> amount_in(const Json& value) {
    const auto amount = coordinate_in(value, 1e9);
    return amount && *amount > 0 ? amount : std::nullopt;
}

void read_salary(const Json& posting, Vacancy& vacancy) {
    const Json& salary = posting["baseSalary"];
    const Json& value = salary["value"];
    vacancy.salary_currency = line_in(salary["currency"]);
    if (vacancy.salary_currency.empty()) vacancy.salary_currency = line_in(posting["salaryCurrency"]);
    const Json& amounts = value.is_object() ? value : salary;
    vacancy.salary_min = amount_in(amounts["minValue"]);
    vacancy.salary_max = amount_in(amounts["maxValue"]);
    const auto single = amount_in(value.is_object() ? value["value"] : salary.is_object() ? value : salary);
    if (single && !vacancy.salary_min && !vacancy.salary_max)
        vacancy.salary_min = vacancy.salary_max = single;
    vacancy.salary_unit = lowered(line_in(amounts["unitText"]));
    if (!vacancy.salary_min && !vacancy.salary_max) {
        vacancy.salary_text = salary.is_object() ? line_in(salary["description"]) : line_in(salary);
        vacancy.salary_currency.clear();
        vacancy.salary_unit.clear();
    }
    add_line(vacancy.salary_text, words_of(posting["incentiveCompensation"]));
}

void read_experience(const Json& posting, Vacancy& vacancy) {
    for (const Json* one : list_of(posting["experienceRequirements"])) {
        const std::string months = line_in((*one)["monthsOfExperience"]);
        if (months.empty()) {
            add_requirement(vacancy, RequirementKind::experience, words_of(*one));
        } else {
            Requirement asked{
                RequirementKind::experience, Level::must, "schema.org", "monthsOfExperience", words_of(*one),
                "P" + months + "M",          months};
            // A length of time is said in the reader's words; what is none is shown as it came.
            if (!months_asked(asked)) {
                asked.degree.clear();
                add_line(asked.label, months);
            }
            vacancy.requirements.push_back(std::move(asked));
        }
    }
}

void read_requirements(const Json& posting, Vacancy& vacancy) {
    const auto add_each = [&](std::string_view name, RequirementKind kind) {
        for (const Json* one : list_of(posting[name])) {
            const std::string words = words_of(*one);
            const std::string code = line_in((*one)["termCode"]);
            if (words.empty() && code.empty()) continue;
            const std::string set = words_of((*one)["inDefinedTermSet"]);
            vacancy.requirements.push_back(
                {kind, Level::must, code.empty() ? "" : set, code, words.empty() ? code : words, "", ""});
        }
    };
    add_each("educationRequirements", RequirementKind::education);
    read_experience(posting, vacancy);
    add_each("skills", RequirementKind::skill);
    add_each("sensoryRequirement", RequirementKind::other);
    add_each("physicalRequirement", RequirementKind::other);
    // Long prose belongs to the body, a credential to the requirements.
    for (const Json* one : list_of(posting["qualifications"])) {
        if (one->is_object()) add_requirement(vacancy, RequirementKind::education, words_of(*one));
    }
}

void read_occupations(const Json& posting, Vacancy& vacancy) {
    const auto add = [&vacancy](std::string scheme, std::string code, std::string label) {
        if (!label.empty())
            vacancy.occupations.push_back({std::move(scheme), std::move(code), std::move(label)});
    };
    for (const Json* one : list_of(posting["relevantOccupation"])) {
        const Json& category = (*one)["occupationalCategory"];
        add(words_of(category["inCodeSet"]), line_in(category["codeValue"]), words_of(*one));
    }
    for (const Json* one : list_of(posting["occupationalCategory"])) {
        add(words_of((*one)["inCodeSet"]), line_in((*one)["codeValue"]), words_of(*one));
    }
}

void read_application(const Json& posting, Vacancy& vacancy) {
    vacancy.source_url = web_address(words_of(posting["url"]));
    if (vacancy.source_url.empty())
        vacancy.source_url = web_address(words_of(posting["mainEntityOfPage"]["@id"]));
    // A page that says it takes applications itself is where one applies; any other is only the ad.
    if (posting["directApply"].bool_or(false)) vacancy.apply_url = vacancy.source_url;
    for (const Json* one : list_of(posting["applicationContact"])) {
        Contact contact{line_in((*one)["name"]), line_in((*one)["contactType"]), line_in((*one)["telephone"]),
                        mail_address((*one)["email"].text())};
        if (vacancy.apply_email.empty()) vacancy.apply_email = contact.email;
        if (vacancy.apply_url.empty()) vacancy.apply_url = web_address(line_in((*one)["url"]));
        if (has_content(contact)) vacancy.contacts.push_back(std::move(contact));
    }
}

void read_text(const Json& posting, Vacancy& vacancy) {
    VacancyText text;
    text.title = title_of(posting);
    const std::string language = line_in(posting["inLanguage"]);
    text.language = lowered(language.substr(0, language.find_first_of("-_")));
    Body body;
    for (const std::string_view name : {"description", "responsibilities", "qualifications", "jobBenefits",
                                        "specialCommitments", "employerOverview"}) {
        for (const Json* part : list_of(posting[name])) {
            if (part->is_string()) body.add(part->text());
        }
    }
    for (const Json* organisation : list_of(posting["hiringOrganization"])) {
        body.add((*organisation)["description"].text());
    }
    body.put_into(text);
    vacancy.texts.push_back(std::move(text));
}

/// Losing an end that was written would show the ad for ever.
Outcome read_end(const Json& written, std::string_view zone, Vacancy& vacancy) {
    const std::vector<const Json*> ends = list_of(written);
    if (ends.empty() || (ends.size() == 1 && ends[0]->is_string() && one_line(ends[0]->text()).empty()))
        return done();
    if (ends.size() > 1) return invalid_input("validThrough: there are several");
    const std::string through = words_of(*ends[0]);
    read_deadline(through, zone, vacancy);
    if (vacancy.deadline != DeadlineKind::none) return done();
    return invalid_input("validThrough: " + (through.empty() ? ends[0]->to_text() : "\"" + through + "\"") +
                         " is no date");
}

Outcome read_times(const Json& posting, Vacancy& vacancy) {
    const std::string_view zone = zone_of(vacancy);
    const std::string posted = words_of(posting["datePosted"]);
    if (const std::string iso = iso_of_written_day(posted); !iso.empty()) {
        const auto moment = local_moment(iso, zone);
        if (moment.ok()) vacancy.published_at = *moment;
    }
    const std::string modified = words_of(posting["dateModified"]);
    if (const auto moment = local_moment(modified, zone); moment.ok()) vacancy.updated_at = *moment;
    VAKANT_CHECK(read_end(posting["validThrough"], zone, vacancy));
    if (posting["jobImmediateStart"].bool_or(false)) vacancy.start = StartKind::as_soon_as_possible;
    const std::string start = words_of(posting["jobStartDate"]);
    if (!start.empty()) read_start(start, zone, vacancy);
    return done();
}

} // namespace

bool has_type(const Json& object, std::string_view type) {
    for (const Json* one : list_of(object["@type"])) {
        const std::string_view name = one->text();
        if (name.substr(name.find_last_of("/:") + 1) == type) return true;
    }
    return false;
}

std::string job_posting_id(const Json& posting) {
    const std::string address = web_address(words_of(posting["url"]));
    const Json& identifier = posting["identifier"];
    std::string id = identifier.is_object() ? line_in(identifier["value"]) : words_of(identifier);
    if (id.empty() && posting["@id"].is_string()) id = line_in(posting["@id"]);
    if (id.starts_with("http")) return id;
    if (!id.empty()) {
        const std::string host = host_of(address);
        const std::string issuer = host.empty() ? line_in(identifier["name"]) : host;
        return issuer.empty() ? id : issuer + "/" + id;
    }
    return address.empty() ? digest_id(posting) : address;
}

Result<Vacancy> vacancy_from_job_posting(const Json& posting) {
    Vacancy vacancy;
    vacancy.source = "jobposting";
    vacancy.source_id = job_posting_id(posting);
    if (title_of(posting).empty()) return invalid_input("title: missing");
    read_places(posting, vacancy);
    VAKANT_CHECK(read_times(posting, vacancy));
    read_text(posting, vacancy);
    read_organisation(posting, vacancy);
    read_employment(posting, vacancy);
    read_salary(posting, vacancy);
    read_requirements(posting, vacancy);
    read_occupations(posting, vacancy);
    read_application(posting, vacancy);
    vacancy.positions = positions_in(posting["totalJobOpenings"]);
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

} // namespace vakant
