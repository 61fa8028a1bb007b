// The canonical vacancy: what every feed is turned into and what the kiosk mirrors. Plain data; the same JSON
// on the wire, in the agency's store and in the kiosk's cache. After ../shared/reference/vacancy-feeds.md
// section 8.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

enum class VacancyStatus { active, expired, withdrawn, draft };
/// Between the person hired and the one who advertises.
enum class Relation {
    unknown,
    direct,
    agency_leased,
    recruitment_for_client,
    public_office,
    commission,
    apprenticeship,
    trainee
};
enum class Employment {
    unknown,
    permanent,
    fixed_term,
    seasonal,
    summer,
    substitute,
    project,
    on_call,
    other
};
enum class Hours { unknown, full_time, part_time, mixed };
enum class StartKind { unknown, as_soon_as_possible, on_date, by_agreement };
enum class DeadlineKind { none, on_date, as_soon_as_possible, continuous };
enum class Remote { unknown, no, hybrid, yes };
enum class Level { must, nice };
enum class RequirementKind {
    education,
    experience,
    skill,
    people_skill, ///< dealing with people: patience, listening, keeping calm
    language,
    driving_licence,
    permit,
    other
};
/// Whether one learns the trade in the job: as an apprentice, as a trainee, or in a course that leads to it.
enum class Training { unknown, apprenticeship, traineeship, course };

struct VacancyText {
    std::string language; ///< "fi", "sv", ... or "" where the source does not say
    std::string title;
    std::string summary;
    std::string body_html; ///< allow-listed: p br ul ol li strong em h3
    std::string
        body_plain; ///< the same words, paragraphs parted by an empty line, list items start with "• "
    std::vector<std::string> duties = {}; ///< what one does, a line each, where the source lists them apart
    /// Where `language` is "": what its commonest words say (text_language.h), "" where they leave a doubt.
    std::string likely_language = {};
    /// The language to read it in: as the source says, else the likely one, else "".
    const std::string& read_as() const { return language.empty() ? likely_language : language; }
};
struct Place {
    std::string country; ///< ISO 3166-1 alpha-2
    std::string region, municipality, municipality_code, city, postcode, street;
    std::optional<double> latitude, longitude;
    std::string raw;
    std::string region_code = {}; ///< the country's own ("06" Pirkanmaa, "01" Stockholms län, "46" Vestland)
    /// What a card shows: city, else municipality, else region, else raw.
    std::string_view shown() const;
};
struct Requirement {
    RequirementKind kind = RequirementKind::other;
    Level level = Level::must;
    /// degree: ISCED level, ISO 8601 duration ("P3Y", "P36M"), CEFR level or "native", licence class
    std::string scheme, code, label, degree, raw;
    /// Requirements of one vacancy with the same word here stand for each other: one of them is enough
    /// ("a degree, or three years"). "": it stands alone.
    std::string alternative = {};
};
struct Occupation {
    std::string scheme; ///< "SSYK2012", "ISCO08", "STYRK08", "ESCO", "AF"
    std::string code, label;
};
/// Where else the same job is advertised.
struct Publication {
    std::string source, source_id, url;
};
/// In a list of its own, so that it can be wiped with the vacancy.
struct Contact {
    std::string name, role, phone, email;
};

struct Vacancy {
    std::string id;     ///< ours: stable over (agency, source, source_id)
    std::string agency; ///< whose board shows it
    std::string source; ///< "own", "jobtech", ...
    std::string source_id;
    std::string revision; ///< the source's own, for ordering
    std::string content_hash;
    VacancyStatus status = VacancyStatus::active;
    std::optional<UtcMs> published_at, updated_at, expires_at, last_confirmed_at;
    std::optional<int> positions;

    std::string employer, work_unit, organisation_number, client_company, homepage;
    /// "For a client": the agency does not say who hires. Who it is never leaves the backend (without_names).
    bool employer_hidden = false;
    Relation relation = Relation::unknown;
    Employment employment = Employment::unknown;
    std::string employment_raw, duration_text;
    Hours hours = Hours::unknown;
    std::optional<int> percent_min, percent_max;
    std::string hours_raw;
    std::vector<std::string> shifts; ///< "day" "evening" "night" "weekend" "shift2".. "on_call"
    StartKind start = StartKind::unknown;
    std::optional<UtcMs> start_date;
    std::string start_raw;
    std::string salary_text;
    std::optional<double> salary_min, salary_max;
    std::string salary_currency, salary_unit;
    DeadlineKind deadline = DeadlineKind::none;
    std::optional<UtcMs> deadline_at; ///< the last millisecond of the local day where only a day was given
    std::string deadline_raw;
    Remote remote = Remote::unknown;
    std::optional<bool> own_car;
    Training training = Training::unknown;
    std::string training_text;
    // What the source says outright; none: it does not say.
    std::optional<bool> training_needed;   ///< false: no schooling is asked, the work is taught on the spot
    std::optional<bool> experience_needed; ///< of the trade
    std::optional<bool> licence_needed;    ///< to drive
    std::vector<std::string> working_languages; ///< any of them will do; ISO 639-1, else as given
    std::string field; ///< one of the words of occupation_field.h, "" where it cannot be told

    std::string apply_url, apply_email, apply_phone, apply_instructions, apply_reference, source_url;
    /// True only for the agency's own orders: only these can be applied for at the kiosk (product.md).
    bool apply_at_kiosk = false;

    std::vector<VacancyText> texts;
    std::vector<Place> places;
    std::vector<Requirement> requirements;
    std::vector<Occupation> occupations;
    std::vector<Contact> contacts;
    std::vector<Publication> also_at; ///< made by the agency's feed, never by a source

    /// The text in the first of the reader's languages that there is (reading_order), else the first one.
    const VacancyText& text_for(std::string_view language) const;
};

Json to_json(const Vacancy& vacancy);
/// Refused with the field's name where a required one (id, agency, source, source_id, a title) is missing or
/// has another type.
Result<Vacancy> vacancy_from_json(const Json& json);

/// Digest over everything that a reader can see (not over times of confirmation): equal content, equal hash.
std::string content_hash_of(const Vacancy& vacancy);

/// The same without a word of who hires, where that is hidden.
Vacancy without_names(Vacancy vacancy);

/// Months of work that an experience requirement asks for ("P3Y" is 36), where it says so for machines.
std::optional<int> months_asked(const Requirement& requirement);
/// Requirements in their order, those that stand for each other side by side in one group.
std::vector<std::vector<Requirement>> requirement_groups(const Vacancy& vacancy);
/// Apprenticeships, traineeships and courses, however the source says it.
bool is_training(const Vacancy& vacancy);
/// Somebody without any schooling may do it: the source says so, or it says nothing and the occupation is an
/// elementary one (major group 9 of ISCO-08, STYRK08 and SSYK2012).
bool asks_no_training(const Vacancy& vacancy);
/// No driving licence is needed: the source says so, or it says nothing and its text has been read: it names
/// no licence, and the occupation is not driving. Of an ad without a text nothing is known.
bool asks_no_licence(const Vacancy& vacancy);

/// What a person takes along of a vacancy, as an address: where it can be read or applied for, else whom to
/// ask
/// ("https://..", "mailto:..", "tel:..."). Empty where the ad names nothing of the kind.
std::string address_to_take(const Vacancy& vacancy);

/// The moment at which it disappears: the earliest of deadline_at and expires_at; none: it stays until
/// removed.
std::optional<UtcMs> disappears_at(const Vacancy& vacancy);
bool is_open_at(const Vacancy& vacancy, UtcMs now);

} // namespace vakant
