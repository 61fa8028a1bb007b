// Quirks of Työmarkkinatori's ads: codes instead of words, texts in up to three languages (or as one plain
// text), empty lists for "none", objects where the contract says lists and the other way round, and days as
// the moment of their midnight in Helsinki.
#include "core/vacancies/tmt_ad.h"

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

constexpr std::string_view zone = "Europe/Helsinki";

/// A code of the contract with the words that the contract itself has for it. What is no such code is shown
/// as given.
struct CodeWord {
    std::string_view code, words;
};
template <std::size_t n>
std::string words_for(const std::array<CodeWord, n>& list, const std::string& code) {
    for (const CodeWord& one : list) {
        if (one.code == code) return std::string(one.words);
    }
    return code;
}

constexpr std::array<CodeWord, 7> pay_words{{{"01", "Aikapalkka"},
                                             {"02", "Kiinteä palkka"},
                                             {"03", "Provisiopalkka"},
                                             {"04", "Kiinteä palkka + provisio"},
                                             {"05", "Aikapalkka + provisio"},
                                             {"06", "Urakkapalkka"},
                                             {"07", ""}}};
constexpr std::array<CodeWord, 7> education_words{{{"31", "Lukiokoulutus"},
                                                   {"32", "Ammatillinen peruskoulutus"},
                                                   {"4", "Erikoisammattikoulutusaste"},
                                                   {"5", "Alin korkea-aste"},
                                                   {"6", "Alempi korkeakouluaste"},
                                                   {"7", "Ylempi korkeakouluaste"},
                                                   {"8", "Tutkijakoulutusaste"}}};
constexpr std::array<CodeWord, 4> working_time_words{
    {{"04", "Jaksotyö"}, {"05", "Joustotyö"}, {"06", "Arkisin"}, {"08", "Vuorotyö"}}};
constexpr std::array<CodeWord, 8> shift_names{{{"01", "day"},
                                               {"02", "evening"},
                                               {"03", "night"},
                                               {"07", "weekend"},
                                               {"0801", "shift2"},
                                               {"0802", "shift3"},
                                               {"0803", "shift4"},
                                               {"0804", "shift5"}}};

/// The items of a list; a single object or text counts as a list of one.
std::vector<const Json*> list_of(const Json& value) {
    std::vector<const Json*> list;
    if (value.is_object() || value.is_string()) list.push_back(&value);
    for (const Json& item : value.items())
        list.push_back(&item);
    return list;
}

/// The language of a localised text; "" for a plain one.
std::string language_of(const Json& localised) {
    return line_in(localised["kieliKoodi"]);
}
std::string_view raw_text_of(const Json& localised) {
    return localised.is_string() ? localised.text() : localised["arvo"].text();
}

/// One line of a localised text: Finnish if there, else the first.
std::string line_of(const Json& value) {
    std::string first;
    for (const Json* one : list_of(value)) {
        const std::string line = one_line(raw_text_of(*one));
        if (line.empty()) continue;
        if (language_of(*one) == "fi") return line;
        if (first.empty()) first = line;
    }
    return first;
}

std::string_view text_in(const Json& value, std::string_view language) {
    for (const Json* one : list_of(value)) {
        if (language_of(*one) == language) return raw_text_of(*one);
    }
    return "";
}

void read_texts(const Json& ad, Vacancy& vacancy) {
    const Json& basics = ad["perustiedot"];
    for (const Json* title : list_of(basics["tyonOtsikko"])) {
        VacancyText text;
        text.title = one_line(raw_text_of(*title));
        if (text.title.empty()) continue;
        const std::string language = language_of(*title);
        // A plain text is in the ad's only language, or nobody knows.
        const Json& languages = ad["ilmoituksenKielet"];
        text.language =
            language.empty() && languages.size() == 1 ? line_in(languages[std::size_t{0}]) : language;
        text.summary = one_line(text_in(basics["tyonTiivistelma"], language));
        Body body;
        body.add(text_in(basics["tyonKuvaus"], language));
        body.add(text_in(ad["markkinointikuvaus"], language));
        body.put_into(text);
        vacancy.texts.push_back(std::move(text));
    }
}

Outcome read_time(const Json& of, std::string_view name, std::optional<UtcMs>& time) {
    const std::string text = line_in(of[name]);
    if (text.empty() || text.starts_with("0001-")) return done();
    const auto moment = local_moment(text, zone);
    if (!moment.ok()) return invalid_input(std::string(name) + ": \"" + text + "\" is no date");
    time = *moment;
    return done();
}

/// 22:00 UTC is midnight in Helsinki: such a deadline means that whole day.
Outcome read_deadline_at(const Json& of, std::string_view name, Vacancy& vacancy) {
    VAKANT_CHECK(read_time(of, name, vacancy.deadline_at));
    if (!vacancy.deadline_at) return done();
    vacancy.deadline = DeadlineKind::on_date;
    vacancy.deadline_raw = line_in(of[name]);
    vacancy.deadline_at = day_end_if_early(*vacancy.deadline_at, 0, zone);
    return done();
}

void read_relation(const Json& service, Vacancy& vacancy) {
    const std::string type = line_in(service["tyyppi"]);
    const Json& employment = service["tyosuhde"];
    if (type == "01") {
        vacancy.relation = Relation::direct;
        if (employment["oppisopimus"].bool_or(false)) {
            vacancy.relation = Relation::apprenticeship;
            vacancy.training = Training::apprenticeship;
        } else if (employment["tyoharjoittelu"].bool_or(false)) {
            vacancy.relation = Relation::trainee;
            vacancy.training = Training::traineeship;
        }
        if (employment["rekrytointiToimeksianto"].bool_or(false)) {
            vacancy.relation = Relation::recruitment_for_client;
            vacancy.client_company = line_in(employment["rekrytointiToimeksiantaja"]);
        }
        if (employment["vuokratyo"].bool_or(false)) {
            vacancy.relation = Relation::agency_leased;
            vacancy.client_company = line_in(employment["vuokratyoToimeksiantaja"]);
        }
    } else if (type == "02") {
        vacancy.relation = Relation::public_office;
    } else if (type == "03") {
        vacancy.relation = Relation::commission;
        vacancy.client_company = line_in(service["toimeksianto"]["rekrytointiToimeksiantaja"]);
    } else if (type == "04") {
        vacancy.employment = Employment::other;
        vacancy.employment_raw =
            service["yrittajyys"]["franchising"].bool_or(false) ? "Franchising" : "Yrittäjyys";
    }
}

void read_duration(const Json& basics, Vacancy& vacancy) {
    const std::string duration = line_in(basics["tyonJatkuvuus"]);
    if (duration == "01") {
        vacancy.employment = Employment::permanent;
    } else if (duration == "02") {
        vacancy.employment = Employment::fixed_term;
    } else if (duration == "0201") {
        vacancy.employment = Employment::seasonal;
    } else if (duration == "0202") {
        vacancy.employment = Employment::summer;
    } else {
        add_line(vacancy.employment_raw, duration);
    }
    if (basics["kutsutaanTarvittaessa"].bool_or(false)) vacancy.employment = Employment::on_call;
    vacancy.duration_text = line_in(basics["maaraaikaisuudenPaattymisPvm"]);
    add_line(vacancy.duration_text, line_of(basics["maaraaikaisuudenSyy"]), ": ");
}

void read_hours(const Json& basics, Vacancy& vacancy) {
    const std::string kind = line_in(basics["tyoAika"]);
    vacancy.hours = kind == "01" ? Hours::full_time : kind == "02" ? Hours::part_time : Hours::unknown;
    if (vacancy.hours == Hours::unknown) vacancy.hours_raw = kind;
    const double least = basics["tyoTunnitMinimi"].number_or(0);
    const double most = basics["tyoTunnitMaksimi"].number_or(0);
    if (least > 0 || most > 0) {
        const std::string period = line_in(basics["tyoTunnitAjanjakso"]);
        std::string hours = least > 0 ? number_words(least) : "";
        if (most > 0 && most != least) hours += "\u2013" + number_words(most);
        hours += period == "0201" ? " h/viikko" : period == "0202" ? " h/kuukausi" : " h";
        add_line(vacancy.hours_raw, hours);
    }
    const Json& working = basics["tyoskentely"];
    std::vector<const Json*> codes = list_of(working["tyoskentelyAika"]);
    for (const Json* code : list_of(working["vuorotyo"]))
        codes.push_back(code);
    for (const Json* one : codes) {
        const std::string code = line_in(*one);
        const std::string shift = words_for(shift_names, code);
        if (shift != code) {
            vacancy.shifts.push_back(shift);
        } else if (code != "08" || working["vuorotyo"].size() == 0) {
            add_line(vacancy.hours_raw, words_for(working_time_words, code));
        }
    }
}

Outcome read_terms(const Json& basics, Vacancy& vacancy) {
    read_relation(basics["palvelussuhde"], vacancy);
    read_duration(basics, vacancy);
    read_hours(basics, vacancy);
    vacancy.positions = positions_in(basics["paikkojenMaara"]);
    vacancy.salary_text = words_for(pay_words, line_in(basics["palkanPeruste"]));
    add_line(vacancy.salary_text, line_of(basics["palkanLisatieto"]), ". ");
    const std::string start = line_in(basics["tyoAlkaa"]);
    VAKANT_CHECK(read_time(basics, "tyoAlkaaPvm", vacancy.start_date));
    vacancy.start = start == "01"        ? StartKind::as_soon_as_possible
                    : start == "03"      ? StartKind::by_agreement
                    : vacancy.start_date ? StartKind::on_date
                                         : StartKind::unknown;
    vacancy.start_raw = line_of(basics["tyoAlkaaLisatieto"]);
    if (vacancy.start_raw.empty()) vacancy.start_raw = line_in(basics["tyoAlkaaPvm"]);
    return done();
}

void read_places(const Json& location, const PlaceNames& names, Vacancy& vacancy) {
    const Json& office = location["toimipaikka"];
    Place at_office;
    at_office.country = "FI";
    at_office.street = line_in(office["postiosoite"]);
    at_office.postcode = line_in(office["postinumero"]);
    at_office.city = place_words(line_in(office["postitoimipaikka"]));
    const bool one_municipality = location["kunta"].size() <= 1;
    for (const Json& one : location["kunta"].items()) {
        Place place;
        if (one_municipality) place = at_office;
        place.country = "FI";
        place.municipality_code = line_in(one);
        const auto name = names.find(place.municipality_code);
        if (name != names.end()) place.municipality = name->second;
        if (place.shown().empty())
            place.raw = "kunta " + place.municipality_code; // as given: the name is not known
        vacancy.places.push_back(std::move(place));
    }
    if (vacancy.places.empty() && !at_office.city.empty()) vacancy.places.push_back(at_office);
    for (const Json& region : location["maakunta"].items()) {
        Place place;
        place.country = "FI";
        place.region_code = line_in(region);
        complete_region(place);
        place.raw = "maakunta " + line_in(region);
        vacancy.places.push_back(std::move(place));
    }
    for (const Json& country : location["maa"].items()) {
        Place place;
        place.country = country_code(line_in(country));
        place.raw = line_in(country);
        vacancy.places.push_back(std::move(place));
    }
    if (location["sijaintiJoustava"].bool_or(false)) vacancy.remote = Remote::yes;
}

void read_languages(const Json& skills, Vacancy& vacancy) {
    for (const Json& one : skills["kielitaidot"].items()) {
        const std::string code = line_in(one["kielitaito"]);
        if (code.empty()) continue;
        const std::string level = line_in(one["kielitaidonTaso"]);
        const bool is_uri = code.starts_with("http");
        vacancy.requirements.push_back({RequirementKind::language, Level::must, is_uri ? "ESCO" : "ISO639",
                                        code, is_uri ? "" : code, level,
                                        line_of(one["kielitaidonLisatieto"])});
    }
}

void read_requirements(const Json& skills, Vacancy& vacancy) {
    for (const Json& one : skills["ammatit"].items()) {
        const std::string code = line_in(one["luokiteltuArvo"]);
        if (!code.empty()) vacancy.occupations.push_back({line_in(one["luokittelunNimi"]), code, ""});
    }
    vacancy.field = field_of(vacancy.occupations);
    for (const Json& one : skills["osaamiset"].items()) {
        const std::string code = line_in(one["luokiteltuArvo"]);
        if (code.empty()) continue;
        vacancy.requirements.push_back(
            {RequirementKind::skill, Level::must, line_in(one["luokittelunNimi"]), code, "", "", ""});
    }
    read_languages(skills, vacancy);
    for (const Json& one : skills["ajokortti"]["vaaditutAjokorttiluokat"].items()) {
        const std::string classes = line_in(one);
        vacancy.requirements.push_back(
            {RequirementKind::driving_licence, Level::must, "TMT", classes, classes, classes, ""});
    }
    add_requirement(vacancy, RequirementKind::driving_licence,
                    line_of(skills["ajokortti"]["ajokortinLisatieto"]));
    for (const Json& one : skills["kortitJaLuvat"]["lupaKoodit"].items()) {
        vacancy.requirements.push_back(
            {RequirementKind::permit, Level::must, "TMT", line_in(one), line_in(one), "", ""});
    }
    add_requirement(vacancy, RequirementKind::permit,
                    line_of(skills["kortitJaLuvat"]["kortitJaLuvatLisatieto"]));
    const std::string degree = line_in(skills["koulutusaste"]);
    if (!degree.empty()) {
        vacancy.requirements.push_back({RequirementKind::education, Level::must, "TMT", degree,
                                        words_for(education_words, degree), degree, ""});
    }
    if (skills["rikosrekisteriote"].bool_or(false)) {
        vacancy.requirements.push_back(
            {RequirementKind::other, Level::must, "TMT", "rikosrekisteriote", "Rikosrekisteriote", "", ""});
    }
}

void read_application(const Json& how, Vacancy& vacancy) {
    vacancy.apply_url = web_address(how["hakemuksenUrl"].text());
    vacancy.apply_instructions = line_of(how["hakuohjeet"]);
    for (const Json* entry : list_of(how["ilmoittajanYhteystiedot"])) {
        Contact contact;
        contact.name = line_in((*entry)["etunimi"]);
        add_line(contact.name, line_in((*entry)["sukunimi"]), " ");
        contact.phone = line_in((*entry)["puhelinNro"]);
        contact.email = mail_address((*entry)["sposti"].text());
        if (has_content(contact)) vacancy.contacts.push_back(std::move(contact));
    }
}

} // namespace

Result<Vacancy> vacancy_from_tmt(const Json& ad, const PlaceNames& names) {
    Vacancy vacancy;
    vacancy.source = "tmt";
    vacancy.source_id = line_in(ad["ilmoituksenID"]);
    if (vacancy.source_id.empty()) return invalid_input("ilmoituksenID: missing");
    read_texts(ad, vacancy);
    if (vacancy.texts.empty()) return invalid_input("perustiedot.tyonOtsikko: missing");
    VAKANT_CHECK(read_time(ad, "julkaisupvm", vacancy.published_at));
    VAKANT_CHECK(read_time(ad, "muokattupvm", vacancy.updated_at));
    vacancy.revision = line_in(ad["muokattupvm"]);
    VAKANT_CHECK(read_deadline_at(ad["hakeminen"], "hakuaikaPaattyy", vacancy));
    vacancy.employer = line_of(ad["ilmoittajanNimi"]);
    if (vacancy.employer.empty()) vacancy.employer = line_in(ad["kotitaloudenNimi"]);
    vacancy.work_unit = line_of(ad["sijainti"]["toimipaikka"]["toimipaikanNimi"]);
    if (vacancy.work_unit == vacancy.employer) vacancy.work_unit.clear();
    vacancy.organisation_number = line_in(ad["ilmoittajanYTunnus"]);
    vacancy.homepage = web_address(ad["kotisivut"].text());
    VAKANT_CHECK(read_terms(ad["perustiedot"], vacancy));
    read_places(ad["sijainti"], names, vacancy);
    read_requirements(ad["osaamisvaatimukset"], vacancy);
    for (const Json* one :
         list_of(ad["tyoKielet"].is_null() ? ad["perustiedot"]["tyoKielet"] : ad["tyoKielet"])) {
        const std::string language = line_in(*one);
        const std::string code = language_code(language);
        if (!language.empty()) vacancy.working_languages.push_back(code.empty() ? language : code);
    }
    read_application(ad["hakeminen"], vacancy);
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

Result<Vacancy> vacancy_from_tmt_testbed(const Json& ad) {
    Vacancy vacancy;
    vacancy.source = "tmt";
    vacancy.source_id = line_in(ad["id"]);
    if (vacancy.source_id.empty()) vacancy.source_id = digest_id(ad);
    const Json& basics = ad["basicInfo"];
    VacancyText text;
    text.title = line_in(basics["title"]);
    if (text.title.empty()) return invalid_input("basicInfo.title: missing");
    Body body;
    body.add(basics["description"].text());
    body.put_into(text);
    vacancy.texts.push_back(std::move(text));
    vacancy.employer = line_in(ad["employer"]);
    const std::string hours = line_in(basics["workTimeType"]);
    vacancy.hours = hours == "01" ? Hours::full_time : hours == "02" ? Hours::part_time : Hours::unknown;
    if (vacancy.hours == Hours::unknown) vacancy.hours_raw = hours;
    VAKANT_CHECK(read_time(ad, "publishedAt", vacancy.published_at));
    VAKANT_CHECK(read_deadline_at(ad, "applicationEndDate", vacancy));
    Place place;
    place.country = "FI";
    place.municipality = place_words(line_in(ad["location"]["municipality"]));
    place.postcode = line_in(ad["location"]["postcode"]);
    if (!place.shown().empty()) vacancy.places.push_back(std::move(place));
    vacancy.apply_url = web_address(ad["applicationUrl"].text());
    vacancy.content_hash = content_hash_of(vacancy);
    return vacancy;
}

} // namespace vakant
