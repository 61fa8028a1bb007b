// Quirks of EURES: codes from thirty-five lists, entities escaped twice, zero pay for "unknown", a link as
// HTML inside the instructions, one profile for each language.
#include "core/vacancies/position_opening.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"
#include "core/vacancies/feed_fields.h"
#include "core/vacancies/html_words.h"
#include "core/vacancies/language_names.h"
#include "core/vacancies/local_time.h"
#include "core/vacancies/occupation_field.h"
#include "core/xml/html.h"

namespace vakant {
namespace {

/// Brussels' clock: where the exchange is run, and midnight of the days that it names.
constexpr std::string_view zone = "Europe/Stockholm";

std::string line_of(const XmlElement& element) {
    return one_line(element.text);
}

/// A date, written as such or inside FormattedDateTime or DateText.
std::string date_of(const XmlElement& element) {
    for (const XmlElement* one : {&element, &element["FormattedDateTime"], &element["DateText"]}) {
        const std::string text = line_of(*one);
        if (!text.empty()) return text;
    }
    return "";
}

void read_texts(const XmlElement& opening, Vacancy& vacancy) {
    for (const XmlElement* profile : opening.all("PositionProfile")) {
        VacancyText text;
        text.language = lowered(profile->attribute("languageCode"));
        if (text.language == "no") text.language = "nb";
        text.title = line_of((*profile)["PositionTitle"]);
        if (text.title.empty()) continue;
        Body body;
        for (const XmlElement* part : profile->all("PositionFormattedDescription")) {
            body.add((*part)["Content"].text);
        }
        body.add((*profile)["PositionOrganization"]["Description"].text);
        body.put_into(text);
        vacancy.texts.push_back(std::move(text));
    }
}

void read_organisation(const XmlElement& profile, Vacancy& vacancy) {
    const XmlElement& identifiers = profile["PositionOrganization"]["OrganizationIdentifiers"];
    vacancy.employer = line_of(identifiers["OrganizationName"]);
    vacancy.organisation_number = line_of(identifiers["OrganizationLegalID"]);
    vacancy.homepage = web_address(line_of(profile["PositionOrganization"]["OrganizationWebsite"]));
}

void read_places(const XmlElement& profile, Vacancy& vacancy) {
    for (const XmlElement* location : profile.all("PositionLocation")) {
        const XmlElement& address = (*location)["Address"];
        Place place;
        place.country = country_code(line_of(address["CountryCode"]));
        place.city = place_words(line_of(address["CityName"]));
        place.postcode = line_of(address["PostalCode"]);
        for (const XmlElement* line : address.all("AddressLine"))
            add_line(place.street, line_of(*line));
        place.raw = line_of(address["CountrySubDivisionCode"]);
        if (place.shown().empty()) place.raw = place.country;
        if (!place.shown().empty()) vacancy.places.push_back(std::move(place));
    }
}

void read_offering(const XmlElement& profile, Vacancy& vacancy) {
    struct Code {
        std::string_view code;
        Employment employment;
        Relation relation;
    };
    static constexpr std::array<Code, 12> codes{{
        {"DirectHire", Employment::unknown, Relation::direct},
        {"Temporary", Employment::fixed_term, Relation::unknown},
        {"TemporaryToHire", Employment::fixed_term, Relation::unknown},
        {"Contract", Employment::fixed_term, Relation::unknown},
        {"ContractToHire", Employment::fixed_term, Relation::unknown},
        {"Seasonal", Employment::seasonal, Relation::unknown},
        {"OnCall", Employment::on_call, Relation::unknown},
        {"Apprenticeship", Employment::unknown, Relation::apprenticeship},
        {"Internship", Employment::unknown, Relation::trainee},
        {"SelfEmployed", Employment::other, Relation::commission},
        {"Volunteer", Employment::other, Relation::unknown},
        {"RecruitmentReserve", Employment::other, Relation::unknown},
    }};
    for (const XmlElement* one : profile.all("PositionOfferingTypeCode")) {
        const std::string word = line_of(*one);
        add_line(vacancy.employment_raw, word);
        for (const Code& code : codes) {
            if (code.code != word) continue;
            if (vacancy.employment == Employment::unknown) vacancy.employment = code.employment;
            if (vacancy.relation == Relation::unknown) vacancy.relation = code.relation;
            if (code.relation == Relation::apprenticeship) vacancy.training = Training::apprenticeship;
            if (code.relation == Relation::trainee) vacancy.training = Training::traineeship;
        }
    }
}

void read_hours(const XmlElement& profile, Vacancy& vacancy) {
    bool full = false, part = false;
    for (const XmlElement* one : profile.all("PositionScheduleTypeCode")) {
        const std::string word = line_of(*one);
        add_line(vacancy.hours_raw, word);
        full = full || word == "FullTime" || word == "Any";
        part = part || word == "PartTime" || word == "Any";
    }
    vacancy.hours = full && part ? Hours::mixed
                    : full       ? Hours::full_time
                    : part       ? Hours::part_time
                                 : Hours::unknown;
}

Json number_of(const XmlElement& element) {
    return Json(line_of(element));
}

void read_pay(const XmlElement& profile, Vacancy& vacancy) {
    const XmlElement& range = profile["RemunerationPackage"]["RemunerationRange"];
    const auto positive = [](const XmlElement& element) {
        const auto amount = coordinate_in(number_of(element), 1e9);
        return amount && *amount > 0 ? amount : std::nullopt;
    };
    vacancy.salary_min = positive(range["MinimumAmount"]);
    vacancy.salary_max = positive(range["MaximumAmount"]);
    if (!vacancy.salary_min && !vacancy.salary_max)
        return; // 0 to 0 without a currency means that nobody said
    vacancy.salary_currency = range["MinimumAmount"].attribute("currencyID");
    if (vacancy.salary_currency.empty())
        vacancy.salary_currency = range["MaximumAmount"].attribute("currencyID");
    vacancy.salary_unit = lowered(line_of(profile["RemunerationPackage"]["RemunerationIntervalCode"]));
}

void read_languages(const XmlElement& qualifications, Vacancy& vacancy) {
    for (const XmlElement* competency : qualifications.all("PositionCompetency")) {
        const XmlElement& id = (*competency)["CompetencyID"];
        const bool is_language = id.attribute("schemeID").find("Language") != std::string_view::npos ||
                                 id.attribute("schemeAgencyID") == "ISO" ||
                                 line_of((*competency)["TaxonomyID"]) == "language";
        const std::string required = line_of((*competency)["RequiredProficiencyLevel"]["ScoreText"]);
        const std::string desired = line_of((*competency)["DesiredProficiencyLevel"]["ScoreText"]);
        const std::string code = line_of(id);
        if (code.empty()) continue;
        const std::string language = is_language ? language_code(code) : "";
        std::string label = line_of((*competency)["CompetencyName"]);
        if (label.empty() && !code.starts_with("http")) label = code;
        vacancy.requirements.push_back({is_language ? RequirementKind::language : RequirementKind::skill,
                                        required.empty() && !desired.empty() ? Level::nice : Level::must,
                                        is_language ? "ISO639" : "ESCO", language.empty() ? code : language,
                                        label, required.empty() ? desired : required, ""});
    }
}

void read_qualifications(const XmlElement& profile, Vacancy& vacancy) {
    const XmlElement& qualifications = profile["PositionQualifications"];
    for (const XmlElement* education : qualifications.all("EducationRequirement")) {
        const std::string level = line_of((*education)["EducationLevelCode"]);
        if (level.empty()) continue;
        vacancy.requirements.push_back(
            {RequirementKind::education, Level::must, "ISCED2011", level, "ISCED " + level, level, ""});
    }
    for (const XmlElement* experience : qualifications["ExperienceSummary"].all("ExperienceCategory")) {
        const XmlElement& measure = (*experience)["Measure"];
        const std::string amount = line_of(measure);
        if (amount.empty() || amount == "0") continue;
        const std::string unit(measure.attribute("unitCode"));
        Requirement asked{RequirementKind::experience,
                          Level::must,
                          "ISCO08",
                          line_of((*experience)["CategoryCode"]),
                          "",
                          unit == "year"    ? "P" + amount + "Y"
                          : unit == "month" ? "P" + amount + "M"
                                            : "",
                          amount + " " + unit};
        // A length of time is said in the reader's words; what is none is shown as it came.
        if (!months_asked(asked)) {
            asked.degree.clear();
            asked.label = asked.raw;
        }
        vacancy.requirements.push_back(std::move(asked));
    }
    for (const XmlElement* licence : qualifications.all("LicenseTypeCode")) {
        const std::string code = line_of(*licence);
        vacancy.requirements.push_back(
            {RequirementKind::driving_licence, Level::must, "EURES", code, code, code, ""});
    }
    read_languages(qualifications, vacancy);
    for (const XmlElement* one : profile.all("WorkingLanguageCode")) {
        const std::string given = line_of(*one);
        const std::string code = language_code(given);
        if (!given.empty()) vacancy.working_languages.push_back(code.empty() ? given : code);
    }
}

void read_occupations(const XmlElement& profile, Vacancy& vacancy) {
    for (const XmlElement* category : profile.all("JobCategoryCode")) {
        const std::string code = line_of(*category);
        const std::string_view list = category->attribute("listName");
        const bool is_esco = code.starts_with("http");
        const std::string scheme = is_esco ? "ESCO" : list == "ISCO2008" ? "ISCO08" : std::string(list);
        if (!code.empty())
            vacancy.occupations.push_back({scheme, code, std::string(category->attribute("name"))});
    }
    vacancy.field = field_of(vacancy.occupations);
}

const HtmlNode* find_link(const HtmlNode& node) {
    if (node.name == "a" && !node.attribute("href").empty()) return &node;
    for (const HtmlNode& child : node.children) {
        if (const HtmlNode* found = find_link(child)) return found;
    }
    return nullptr;
}

void read_application(const XmlElement& profile, Vacancy& vacancy) {
    for (const XmlElement* instruction : profile.all("PostingInstruction")) {
        for (const XmlElement* method : instruction->all("ApplicationMethod")) {
            const std::string& how = (*method)["Instructions"].text;
            const auto html = parse_html(how);
            if (!html.ok()) continue;
            add_line(vacancy.apply_instructions, one_line(html->all_text()), " ");
            const HtmlNode* link = find_link(*html);
            if (!link) continue;
            const std::string_view target = link->attribute("href");
            if (vacancy.apply_url.empty()) vacancy.apply_url = web_address(target);
            if (vacancy.apply_email.empty()) vacancy.apply_email = mail_address(target);
        }
        for (const XmlElement* person : instruction->all("PersonContact")) {
            Contact contact;
            contact.name = line_of((*person)["PersonName"]["FormattedName"]);
            contact.role = line_of((*person)["PositionTitle"]);
            for (const XmlElement* way : person->all("Communication")) {
                if (contact.email.empty()) contact.email = mail_address(line_of((*way)["URI"]));
                if (contact.phone.empty()) contact.phone = line_of((*way)["DialNumber"]);
            }
            if (has_content(contact)) vacancy.contacts.push_back(std::move(contact));
        }
    }
}

Outcome read_times(const XmlElement& profile, Vacancy& vacancy) {
    const std::string closes = date_of(profile["ApplicationCloseDate"]);
    read_deadline(closes, zone, vacancy);
    if (!closes.empty() && vacancy.deadline == DeadlineKind::none) {
        return invalid_input("ApplicationCloseDate: \"" + closes + "\" is no date");
    }
    const std::string start = date_of(profile["PositionPeriod"]["StartDate"]);
    if (!start.empty()) read_start(start, zone, vacancy);
    if (line_of(profile["ImmediateStartIndicator"]) == "true") vacancy.start = StartKind::as_soon_as_possible;
    vacancy.duration_text = date_of(profile["PositionPeriod"]["EndDate"]);
    return done();
}

} // namespace

std::string position_opening_id(const XmlElement& opening) {
    const XmlElement& document = opening["DocumentID"];
    const std::string id = line_of(document);
    const std::string issuer = one_line(document.attribute("schemeAgencyID"));
    return id.empty() || issuer.empty() ? id : issuer + "/" + id;
}

bool is_active_opening(const XmlElement& opening) {
    const std::string status = line_of(opening["PositionOpeningStatusCode"]);
    return status.empty() || status == "Active";
}

Result<Vacancy> vacancy_from_position_opening(const XmlElement& opening) {
    Vacancy vacancy;
    vacancy.source = "eures";
    vacancy.source_id = position_opening_id(opening);
    if (vacancy.source_id.empty()) return invalid_input("DocumentID: missing");
    read_texts(opening, vacancy);
    if (vacancy.texts.empty()) return invalid_input("PositionTitle: missing");
    const XmlElement& profile = opening["PositionProfile"];
    VAKANT_CHECK(read_times(profile, vacancy));
    read_organisation(profile, vacancy);
    read_places(profile, vacancy);
    read_offering(profile, vacancy);
    read_hours(profile, vacancy);
    read_pay(profile, vacancy);
    read_qualifications(profile, vacancy);
    read_occupations(profile, vacancy);
    read_application(profile, vacancy);
    vacancy.positions = positions_in(number_of(profile["PositionOpenQuantity"]));
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

} // namespace vakant
