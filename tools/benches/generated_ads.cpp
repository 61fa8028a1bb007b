#include "tools/benches/generated_ads.h"

#include <algorithm>
#include <cmath>

#include "core/json/json.h"
#include "core/vacancies/occupation_field.h"

namespace vakant::benches {
namespace {

constexpr std::size_t vocabulary = 40'000; ///< words of a language
constexpr int body_words = 300;
constexpr UtcMs hour = 3'600'000, day = 24 * hour;

constexpr std::array<Town, 24> towns{{
    {"Helsinki", "FI", "Uusimaa", 60.17, 24.94},
    {"Espoo", "FI", "Uusimaa", 60.21, 24.66},
    {"Tampere", "FI", "Pirkanmaa", 61.50, 23.79},
    {"Turku", "FI", "Varsinais-Suomi", 60.45, 22.27},
    {"Oulu", "FI", "Pohjois-Pohjanmaa", 65.01, 25.47},
    {"Jyväskylä", "FI", "Keski-Suomi", 62.24, 25.75},
    {"Hämeenlinna", "FI", "Kanta-Häme", 60.99, 24.46},
    {"Seinäjoki", "FI", "Etelä-Pohjanmaa", 62.79, 22.84},
    {"Rovaniemi", "FI", "Lappi", 66.50, 25.73},
    {"Stockholm", "SE", "Stockholms län", 59.33, 18.07},
    {"Göteborg", "SE", "Västra Götalands län", 57.71, 11.97},
    {"Malmö", "SE", "Skåne län", 55.60, 13.00},
    {"Uppsala", "SE", "Uppsala län", 59.86, 17.64},
    {"Västerås", "SE", "Västmanlands län", 59.61, 16.54},
    {"Örebro", "SE", "Örebro län", 59.27, 15.21},
    {"Linköping", "SE", "Östergötlands län", 58.41, 15.62},
    {"Umeå", "SE", "Västerbottens län", 63.83, 20.26},
    {"Gävle", "SE", "Gävleborgs län", 60.67, 17.14},
    {"Oslo", "NO", "Oslo", 59.91, 10.75},
    {"Bergen", "NO", "Vestland", 60.39, 5.32},
    {"Trondheim", "NO", "Trøndelag", 63.43, 10.39},
    {"Tromsø", "NO", "Troms", 69.65, 18.96},
    {"Stavanger", "NO", "Rogaland", 58.97, 5.73},
    {"Drammen", "NO", "Buskerud", 59.74, 10.20},
}};

struct Syllables {
    std::string_view language;
    std::array<std::string_view, 24> parts;
};
constexpr std::array<Syllables, 4> syllables{{
    {"fi", {"ka", "ti",  "lä", "muo", "sen", "ha",  "kki", "pu", "re", "työ", "va", "nen",
            "jo", "mie", "lu", "ssa", "ko",  "tta", "yö",  "ri", "aa", "ste", "ni", "hä"}},
    {"sv", {"för", "an",  "sti", "ar",   "ko", "läg", "ver", "da", "ri",  "skå", "ning", "te",
            "mö",  "hus", "le",  "berg", "ti", "sam", "vå",  "ra", "and", "ter", "or",   "bi"}},
    {"nb", {"for", "en", "sti", "ar", "bei",   "ko", "læ",  "ver", "da", "ri",  "skå", "het",
            "te",  "mø", "hus", "le", "fjell", "ti", "sam", "vå",  "ra", "and", "ter", "kjø"}},
    {"en", {"con", "er",   "sta", "ing", "re", "pro",  "man", "tion", "for", "ly", "de", "ex",
            "per", "work", "ble", "al",  "in", "ment", "ser", "vi",   "ter", "ac", "un", "ness"}},
}};

std::vector<std::string> made_up(const Syllables& from) {
    SeededRandom random(static_cast<unsigned char>(from.language[0]) * 256u +
                        static_cast<unsigned char>(from.language[1]));
    std::vector<std::string> words;
    for (std::size_t rank = 0; rank < vocabulary; ++rank) {
        // Frequent words are short, rare ones long.
        const std::uint64_t parts = 1 + random.number(2) + (rank > 100 ? 1 : 0) + (rank > 5'000 ? 1 : 0);
        std::string word;
        for (std::uint64_t part = 0; part < parts; ++part)
            word += from.parts[random.number(from.parts.size())];
        words.push_back(std::move(word));
    }
    return words;
}

/// Few are frequent: the chance falls with the rank.
std::size_t frequent(std::size_t count, Random& random) {
    const double even = static_cast<double>(random.number(1u << 24)) / (1u << 24);
    return static_cast<std::size_t>(std::pow(static_cast<double>(count), even)) - 1;
}

template <typename List>
const auto& one_of(const List& list, Random& random) {
    return list[random.number(std::size(list))];
}

std::string_view language_of(const Town& town, Random& random) {
    if (random.number(8) == 0) return "en";
    if (town.country == "SE" || (town.country == "FI" && random.number(10) == 0)) return "sv";
    return town.country == "FI" ? "fi" : "nb";
}

Town town_in(std::string_view country, Random& random) {
    for (;;) {
        const Town town = one_of(towns, random);
        if (country.empty() || town.country == country) return town;
    }
}

} // namespace

GeneratedAds::GeneratedAds(std::vector<OccupationEntry> occupations, std::uint64_t seed)
    : occupations_(std::move(occupations)), seed_(seed) {
    for (const Syllables& each : syllables)
        tongues_.push_back({std::string(each.language), made_up(each)});
}

Result<GeneratedAds> GeneratedAds::read(const std::filesystem::path& assets, std::uint64_t seed) {
    VAKANT_TRY(tables, read_occupation_folder(assets / "occupations"));
    return GeneratedAds(joined(std::move(tables)).entries, seed);
}

const GeneratedAds::Tongue& GeneratedAds::tongue(std::string_view language) const {
    const auto at = std::find_if(tongues_.begin(), tongues_.end(),
                                 [&](const Tongue& one) { return one.language == language; });
    return at == tongues_.end() ? tongues_.back() : *at;
}

std::string GeneratedAds::sentence(const Tongue& tongue, Random& random) const {
    std::string text;
    for (std::uint64_t words = 6 + random.number(10); words > 0; --words) {
        if (!text.empty()) text += ' ';
        text += tongue.words[frequent(tongue.words.size(), random)];
    }
    return text + ".";
}

/// Now and then it names another occupation: one works beside a cook without being one.
std::string GeneratedAds::body(const Tongue& tongue, Random& random) const {
    std::string text;
    for (int words = 0; words < body_words;) {
        const std::string next = sentence(tongue, random);
        words += static_cast<int>(std::count(next.begin(), next.end(), ' ')) + 1;
        text += next;
        if (random.number(12) == 0)
            text += " " + std::string(one_of(occupations_, random).name_in(tongue.language)) + ".";
        text += random.number(5) == 0 ? "\n\n" : " ";
    }
    return text;
}

std::string GeneratedAds::employer(Random& random) const {
    constexpr std::array<std::string_view, 5> forms{"Oy", "AB", "AS", "Ab", "Group"};
    const Tongue& by = one_of(tongues_, random);
    std::string name = by.words[random.number(3'000)] + by.words[random.number(200)];
    return name + " " + std::string(one_of(forms, random));
}

std::string GeneratedAds::title(std::string_view language, std::string_view name, std::string_view town,
                                Random& random) const {
    struct Frame {
        std::string_view language, before, between;
    };
    constexpr std::array<Frame, 16> frames{{{"fi", "", ""},
                                            {"fi", "", ", "},
                                            {"fi", "Haemme: ", ", "},
                                            {"fi", "Kokenut ", " – "},
                                            {"sv", "", ""},
                                            {"sv", "", " till "},
                                            {"sv", "Vi söker ", " i "},
                                            {"sv", "Erfaren ", ", "},
                                            {"nb", "", ""},
                                            {"nb", "", " søkes til "},
                                            {"nb", "Erfaren ", ", "},
                                            {"nb", "Vil du bli ", " i "},
                                            {"en", "", ""},
                                            {"en", "", " in "},
                                            {"en", "Experienced ", ", "},
                                            {"en", "Join us as ", " in "}}};
    for (;;) {
        const Frame& frame = one_of(frames, random);
        const bool fits = frame.language == language || frame.before.empty();
        if (!fits) continue;
        std::string text(frame.before);
        text += name;
        if (frame.language == language && !frame.between.empty()) text.append(frame.between).append(town);
        return text;
    }
}

Vacancy GeneratedAds::ad_of(const OccupationEntry& occupation, std::string_view language,
                            std::uint64_t n) const {
    SeededRandom random(seed_ * 1'000'003 + n * 7);
    const auto country = language == "fi" ? "FI" : language == "sv" ? "SE" : language == "nb" ? "NO" : "";
    const Town town = town_in(country, random);
    Vacancy out;
    out.id = "ad" + std::to_string(n);
    out.source_id = std::to_string(n);
    out.agency = "bench";
    out.source = "jobtech";
    out.employer = employer(random);
    out.published_at = bench_now - static_cast<UtcMs>(random.number(60 * 24)) * hour;
    out.deadline = DeadlineKind::on_date;
    out.deadline_at = bench_now + static_cast<UtcMs>(1 + random.number(60)) * day;
    out.hours = static_cast<Hours>(random.number(4));
    out.employment = static_cast<Employment>(random.number(9));
    out.apply_at_kiosk = random.number(50) == 0;
    if (random.number(4) != 0) out.licence_needed = random.number(3) == 0;
    Place place;
    place.country = town.country;
    place.region = town.region;
    place.municipality = place.city = town.name;
    place.latitude = town.latitude;
    place.longitude = town.longitude;
    out.places.push_back(std::move(place));
    std::string_view name = occupation.name_in(language);
    for (const OccupationNames& names : occupation.names)
        if (names.language == language && !names.names.empty()) name = one_of(names.names, random);
    if (random.number(3) == 0 && !occupation.isco.empty())
        out.occupations.push_back(
            {occupation.id.starts_with("esco:") ? "ESCO" : "ISCO08",
             occupation.id.starts_with("esco:") ? occupation.id.substr(5) : occupation.isco.front(), ""});
    out.field = field_of(out.occupations);
    const std::string text = body(tongue(language), random);
    out.texts.push_back({std::string(language), title(language, name, town.name, random), "", "", text, {}});
    return out;
}

Vacancy GeneratedAds::ad(std::uint64_t n) const {
    SeededRandom random(seed_ * 1'000'003 + n * 7 + 1);
    const Town town = one_of(towns, random);
    return ad_of(one_of(occupations_, random), language_of(town, random), n);
}

std::string GeneratedAds::jobtech(std::uint64_t n) const {
    SeededRandom random(seed_ * 1'000'003 + n * 7 + 2);
    const OccupationEntry& occupation = one_of(occupations_, random);
    const Vacancy ad = ad_of(occupation, random.number(8) == 0 ? "en" : "sv", n);
    const Place& place = ad.places.front();
    const VacancyText& text = ad.texts.front();
    Json languages = Json::array();
    if (random.number(2) == 0)
        languages.push(Json::object({{"concept_id", "zSLA_vw2_FXN"}, {"label", "Svenska"}, {"weight", 10}}));
    Json contacts = Json::array();
    if (random.number(2) == 0)
        contacts.push(Json::object({{"name", "Kontakt " + std::to_string(n)},
                                    {"email", "ad" + std::to_string(n) + "@example.invalid"},
                                    {"telephone", "+46 10 " + std::to_string(1'000'000 + n)}}));
    Json out = Json::object();
    out.set("id", std::to_string(20'000'000 + n));
    out.set("headline", text.title);
    out.set("removed", false);
    out.set("timestamp", *ad.published_at);
    out.set("publication_date", to_iso8601(*ad.published_at).substr(0, 19));
    out.set("last_publication_date", to_iso8601(*ad.deadline_at).substr(0, 19));
    out.set("application_deadline", to_iso8601(*ad.deadline_at).substr(0, 10) + "T23:59:59");
    out.set("webpage_url", "https://ads.example.invalid/" + std::to_string(n));
    out.set("number_of_vacancies", static_cast<std::int64_t>(1 + random.number(4)));
    out.set("description",
            Json::object({{"text", text.body_plain}, {"text_formatted", "<p>" + text.body_plain + "</p>"}}));
    out.set("employer", Json::object({{"name", ad.employer},
                                      {"workplace", ad.employer},
                                      {"organization_number", std::to_string(5'560'000'000 + n)},
                                      {"url", "www.example.invalid"}}));
    out.set("workplace_address",
            Json::object({{"municipality", place.municipality},
                          {"region", place.region},
                          {"country", "Sverige"},
                          {"street_address", "Gatan " + std::to_string(n % 97)},
                          {"coordinates", Json::array({*place.longitude, *place.latitude})}}));
    out.set("must_have", Json::object({{"languages", std::move(languages)}, {"skills", Json::array()}}));
    out.set("employment_type", Json::object({{"label", "Vanlig anställning"}}));
    out.set("duration", Json::object({{"label", random.number(2) == 0 ? "Tills vidare" : "3 - 6 månader"}}));
    out.set("working_hours_type", Json::object({{"label", random.number(3) == 0 ? "Deltid" : "Heltid"}}));
    out.set("scope_of_work", Json::object({{"min", 50}, {"max", 100}}));
    out.set("driving_license_required", random.number(3) == 0);
    out.set("occupation", Json::object({{"label", std::string(occupation.name_in("sv"))},
                                        {"legacy_ams_taxonomy_id", std::to_string(1'000 + n % 4'000)}}));
    out.set("application_contacts", std::move(contacts));
    return out.to_text();
}

std::string GeneratedAds::typed(std::uint64_t n) const {
    SeededRandom random(seed_ * 1'000'003 + n * 7 + 3);
    const std::uint64_t kind = random.number(20);
    if (kind < 9) {
        const OccupationEntry& occupation = one_of(occupations_, random);
        return one_of(one_of(occupation.names, random).names, random);
    }
    if (kind < 13) return std::string(one_of(towns, random).name);
    if (kind < 15) return employer(random);
    const Tongue& by = one_of(tongues_, random);
    return by.words[frequent(by.words.size(), random)];
}

} // namespace vakant::benches
