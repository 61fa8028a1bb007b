// Quirks of NAV's ads: one HTML blob for everything, dates as free text, place names in capitals, lists as
// JSON inside texts, and a full-time that also stands for "full-time or part-time" in the feed.
#include "core/vacancies/nav_ad.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/language_names.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/occupation_field.h"
#include "core/vacancies/region_names.h"

namespace vakant {
namespace {

constexpr std::string_view zone = "Europe/Oslo";

/// The member under the name that NAV's store uses, else under the feed's.
const Json& field(const Json& ad, std::string_view stored, std::string_view fed) {
    const Json& property = ad["properties"][stored];
    return property.is_null() ? ad[fed] : property;
}

Outcome read_time(const Json& ad, std::string_view name, std::optional<UtcMs>& time) {
    const std::string text = line_in(ad[name]);
    if (text.empty()) return done();
    const auto moment = nav_moment(text);
    if (!moment.ok()) return invalid_input(std::string(name) + ": \"" + text + "\" is no date");
    time = *moment;
    return done();
}

/// `["Dagtid","Kveld"]` inside a text, or a plain text.
std::vector<std::string> words_in(const Json& value) {
    std::vector<std::string> words;
    const std::string_view text = trimmed(value.text());
    if (text.starts_with("[")) {
        const auto list = parse_json(text);
        if (list.ok()) {
            for (const Json& word : list->items())
                words.push_back(line_in(word));
            return words;
        }
    }
    for (const Json& word : value.items())
        words.push_back(line_in(word));
    if (!text.empty()) words.push_back(one_line(text));
    return words;
}

void read_shifts(const Json& ad, Vacancy& vacancy) {
    struct Word {
        std::string_view given, shift;
    };
    static constexpr std::array<Word, 6> known{{{"Dagtid", "day"},
                                                {"Kveld", "evening"},
                                                {"Natt", "night"},
                                                {"Helg", "weekend"},
                                                {"Lørdag", "weekend"},
                                                {"Søndag", "weekend"}}};
    for (const std::string_view name : {"workhours", "workday", "jobarrangement"}) {
        for (const std::string& word : words_in(field(ad, name, name))) {
            std::string shift;
            for (const Word& one : known) {
                if (one.given == word) shift = one.shift;
            }
            if (shift.empty()) {
                add_line(vacancy.hours_raw, word);
            } else if (std::find(vacancy.shifts.begin(), vacancy.shifts.end(), shift) ==
                       vacancy.shifts.end()) {
                vacancy.shifts.push_back(shift);
            }
        }
    }
}

Employment employment_of(std::string_view type) {
    struct Word {
        std::string_view given;
        Employment means;
    };
    static constexpr std::array<Word, 10> known{{{"Fast", Employment::permanent},
                                                 {"Vikariat", Employment::substitute},
                                                 {"Engasjement", Employment::fixed_term},
                                                 {"Åremål", Employment::fixed_term},
                                                 {"Prosjekt", Employment::project},
                                                 {"Sesong", Employment::seasonal},
                                                 {"Sommerjobb", Employment::summer},
                                                 {"Feriejobb", Employment::summer},
                                                 {"Ekstravakt", Employment::on_call},
                                                 {"Annet", Employment::other}}};
    for (const Word& word : known) {
        if (word.given == type) return word.means;
    }
    return Employment::unknown;
}

Hours hours_of(std::string_view extent) {
    if (extent == "Heltid") return Hours::full_time;
    if (extent == "Deltid") return Hours::part_time;
    if (extent == "Heltid_og_Deltid" || extent == "Heltid og deltid") return Hours::mixed;
    return Hours::unknown;
}

void read_terms(const Json& ad, Vacancy& vacancy) {
    vacancy.employment_raw = line_in(field(ad, "engagementtype", "engagementtype"));
    vacancy.employment = employment_of(vacancy.employment_raw);
    if (vacancy.employment_raw == "Lærling") {
        vacancy.relation = Relation::apprenticeship;
        vacancy.training = Training::apprenticeship;
    } else if (vacancy.employment_raw == "Trainee") {
        vacancy.relation = Relation::trainee;
        vacancy.training = Training::traineeship;
    }
    for (const std::string& language : words_in(field(ad, "workLanguage", "workLanguage"))) {
        const std::string code = language_code(language);
        vacancy.working_languages.push_back(code.empty() ? language : code);
    }
    vacancy.hours_raw = line_in(field(ad, "extent", "extent"));
    vacancy.hours = hours_of(vacancy.hours_raw);
    if (vacancy.hours == Hours::mixed) vacancy.hours_raw = "Heltid og deltid";
    read_shifts(ad, vacancy);
    const auto percent = positions_in(field(ad, "jobpercentage", "jobpercentage"));
    if (percent && *percent <= 100) vacancy.percent_min = vacancy.percent_max = percent;
    vacancy.positions = positions_in(field(ad, "positioncount", "positioncount"));
    read_start(field(ad, "starttime", "starttime").text(), zone, vacancy);
    const std::vector<std::string> remote = words_in(field(ad, "remote", "remote"));
    if (!remote.empty() && remote[0] == "Hjemmekontor") vacancy.remote = Remote::yes;
    if (!remote.empty() && remote[0] == "Hybridkontor") vacancy.remote = Remote::hybrid;
}

void read_employer(const Json& ad, Vacancy& vacancy) {
    const Json& employer = ad["employer"];
    const std::string unit = line_in(employer["name"]);
    const Json& advertised = ad["properties"]["employer"];
    vacancy.employer = line_in(advertised);
    if (vacancy.employer.empty()) vacancy.employer = line_in(ad["businessName"]);
    if (vacancy.employer == "?") vacancy.employer.clear();
    if (vacancy.employer.empty()) vacancy.employer = unit;
    if (lowered(unit) != lowered(vacancy.employer)) vacancy.work_unit = unit;
    vacancy.organisation_number = line_in(employer["orgnr"]);
    vacancy.homepage = web_address(field(ad, "employerhomepage", "employerhomepage").text());
    if (vacancy.homepage.empty()) vacancy.homepage = web_address(employer["homepage"].text());
}

void read_places(const Json& ad, Vacancy& vacancy) {
    const Json& stored = ad["locationList"];
    const std::string place_given = line_in(field(ad, "location", "municipal"));
    const std::string advertised = place_given == "?" ? "" : place_given; // the feed's sign for "none"
    for (const Json& location : (stored.is_array() ? stored : ad["workLocations"]).items()) {
        Place place;
        place.country = country_code(line_in(location["country"]));
        place.region = place_words(line_in(location["county"]));
        place.municipality = place_words(line_in(location["municipal"]));
        if (place.municipality == "?") place.municipality.clear();
        place.municipality_code = line_in(location["municipalCode"]);
        if (place.municipality_code.size() == 4) place.region_code = place.municipality_code.substr(0, 2);
        complete_region(place);
        place.city = place_words(line_in(location["city"]));
        place.postcode = line_in(location["postalCode"]);
        place.street = line_in(location["address"]);
        place.latitude = coordinate_in(location["latitude"], 90);
        place.longitude = coordinate_in(location["longitude"], 180);
        if (!place.latitude || !place.longitude) place.latitude = place.longitude = std::nullopt;
        // Only a country: the advertiser's own words say more ("Bergneset").
        if (place.shown().empty()) place.raw = advertised;
        if (place.shown().empty()) place.raw = place_words(line_in(location["country"]));
        if (!place.shown().empty()) vacancy.places.push_back(std::move(place));
    }
    if (!vacancy.places.empty() || advertised.empty()) return;
    Place place;
    place.raw = advertised;
    vacancy.places.push_back(std::move(place));
}

void read_occupations(const Json& ad, Vacancy& vacancy) {
    for (const Json& category : ad["categoryList"].items()) {
        const std::string type = line_in(category["categoryType"]);
        Occupation occupation{type == "STYRK08NAV" ? "STYRK08" : type, line_in(category["code"]),
                              line_in(category["name"])};
        if (!occupation.label.empty()) vacancy.occupations.push_back(std::move(occupation));
    }
    for (const Json& category : ad["occupationCategories"].items()) {
        Occupation occupation{"NAV", "", line_in(category["level1"])};
        add_line(occupation.label, line_in(category["level2"]), " / ");
        if (!occupation.label.empty()) vacancy.occupations.push_back(std::move(occupation));
    }
    vacancy.field = field_of(vacancy.occupations);
    const std::string jobtitle = line_in(field(ad, "jobtitle", "jobtitle"));
    if (vacancy.occupations.empty() && !jobtitle.empty())
        vacancy.occupations.push_back({"NAV", "", jobtitle});
}

void read_requirements(const Json& ad, Vacancy& vacancy) {
    add_requirement(vacancy, RequirementKind::permit, ad["properties"]["certificate"].text());
    add_requirement(vacancy, RequirementKind::education, ad["properties"]["expertise"].text());
    add_requirement(vacancy, RequirementKind::experience, ad["properties"]["practice"].text());
}

void read_application(const Json& ad, Vacancy& vacancy) {
    vacancy.apply_url = web_address(field(ad, "applicationurl", "applicationUrl").text());
    vacancy.apply_email = mail_address(field(ad, "applicationemail", "applicationEmail").text());
    vacancy.apply_reference = line_in(field(ad, "applicationlabel", "applicationlabel"));
    vacancy.source_url = web_address(field(ad, "sourceurl", "sourceurl").text());
    if (vacancy.source_url.empty()) vacancy.source_url = web_address(ad["link"].text());
    for (const Json& entry : ad["contactList"].items()) {
        Contact contact{line_in(entry["name"]), line_in(entry["title"]), line_in(entry["phone"]),
                        mail_address(entry["email"].text())};
        if (contact.role.empty()) contact.role = line_in(entry["role"]);
        if (has_content(contact)) vacancy.contacts.push_back(std::move(contact));
    }
}

/// The language is nowhere said (Bokmål, Nynorsk and English all occur), so none is claimed.
void read_text(const Json& ad, Vacancy& vacancy) {
    VacancyText text;
    text.title = line_in(ad["title"]);
    Body body;
    body.add(field(ad, "adtext", "description").text());
    body.add(field(ad, "employerdescription", "employerdescription").text());
    body.add(ad["employer"]["description"].text());
    body.put_into(text);
    vacancy.texts.push_back(std::move(text));
}

} // namespace

Result<UtcMs> nav_moment(std::string_view text) {
    return local_moment(text.substr(0, text.find('[')), zone);
}

std::optional<UtcMs> nav_changed_at(const Json& ad) {
    for (const std::string_view name : {"sistEndret", "updated", "date_modified"}) {
        const std::string text = line_in(ad[name]);
        if (text.empty()) continue;
        const auto moment = nav_moment(text);
        if (moment.ok()) return *moment;
    }
    return std::nullopt;
}

Result<Vacancy> vacancy_from_nav(const Json& ad) {
    Vacancy vacancy;
    vacancy.source = "nav";
    vacancy.source_id = line_in(ad["uuid"]);
    if (vacancy.source_id.empty()) return invalid_input("uuid: missing");
    const std::string title = line_in(ad["title"]);
    if (title.empty()) return invalid_input("title: missing");
    if (title == "...") return invalid_input("title: masked by the source");
    VAKANT_CHECK(read_time(ad, "published", vacancy.published_at));
    VAKANT_CHECK(read_time(ad, "expires", vacancy.expires_at));
    // NAV shows an ad up to and including the day on which it expires, whatever the hour says.
    if (vacancy.expires_at) vacancy.expires_at = local_day_end(*vacancy.expires_at, 0, zone);
    vacancy.updated_at = nav_changed_at(ad);
    if (vacancy.updated_at) vacancy.revision = std::to_string(*vacancy.updated_at);
    read_deadline(field(ad, "applicationdue", "applicationDue").text(), zone, vacancy);
    // "2018-12-02T01:00" is a day that was midnight somewhere else.
    if (vacancy.deadline_at) vacancy.deadline_at = day_end_if_early(*vacancy.deadline_at, 2, zone);
    read_text(ad, vacancy);
    read_employer(ad, vacancy);
    read_terms(ad, vacancy);
    read_places(ad, vacancy);
    read_occupations(ad, vacancy);
    read_requirements(ad, vacancy);
    read_application(ad, vacancy);
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

} // namespace vakant
