#include "tools/benches/many_kiosks.h"

#include <algorithm>

#include "agency/api/services.h"
#include "agency/devices/agencies.h"
#include "agency/devices/devices.h"
#include "agency/devices/enrolment.h"
#include "core/base/bytes.h"

namespace vakant::benches {
namespace {

std::string folder_name(std::size_t number) {
    std::string digits = std::to_string(number);
    return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

Result<EnrolledKiosk> read_kiosk(const std::filesystem::path& folder, Random& random) {
    EnrolledKiosk kiosk;
    VAKANT_TRY(identity, load_identity(folder, random));
    VAKANT_TRY(keys, load_device_keys(folder));
    kiosk.identity = std::move(identity);
    kiosk.keys = std::move(keys);
    return kiosk;
}

Outcome enrol(Connection& connection, EnrolledKiosk& kiosk, const std::string& agency, UtcMs now,
              Random& random) {
    VAKANT_CHECK(enrol_device(connection, kiosk.identity.device_id, kiosk.keys.signing.public_key, {agency},
                              now, random));
    VAKANT_TRY(device, find_device(connection, kiosk.identity.device_id));
    VAKANT_TRY(token, make_token(connection, *device, now, random));
    VAKANT_TRY(found, find_agency(connection, agency));
    if (!found) return refused("no agency " + agency);
    kiosk.identity.prefix = device->prefix;
    kiosk.identity.token = token.text;
    kiosk.identity.agencies = {
        {agency, found->name, found->root, found->key_set.keys, found->key_set.signature}};
    return done();
}

/// Every word of every text in a document, as often as it stands there.
void collect_words(const Json& json, std::vector<std::string>& out) {
    if (json.is_string()) {
        std::string word;
        for (const char c : std::string(json.text()) + " ") {
            if (c != ' ' && c != '\n') {
                word += c;
            } else if (!word.empty()) {
                out.push_back(std::exchange(word, ""));
            }
        }
        return;
    }
    for (std::size_t i = 0; i < json.size(); ++i)
        collect_words(json[i], out);
    if (json.is_object())
        for (const auto& [name, value] : json.members())
            collect_words(value, out);
}

} // namespace

Outcome enrol_kiosks(const std::filesystem::path& agency_data, const std::string& postgres,
                     const std::string& agency, std::size_t count, const std::filesystem::path& into) {
    VAKANT_CHECK(start_crypto());
    SystemRandom random;
    const SystemClock clock;
    VAKANT_TRY(services, open_services({agency_data, {}, postgres}, clock, random));
    std::vector<EnrolledKiosk> kiosks;
    for (std::size_t i = 0; i < count; ++i) {
        std::filesystem::create_directories(into / folder_name(i));
        VAKANT_TRY(kiosk, read_kiosk(into / folder_name(i), random));
        kiosks.push_back(std::move(kiosk));
    }
    VAKANT_CHECK(services->database->write([&](Connection& connection) -> Outcome {
        for (EnrolledKiosk& kiosk : kiosks)
            VAKANT_CHECK(enrol(connection, kiosk, agency, clock.wall_ms(), random));
        return done();
    }));
    for (std::size_t i = 0; i < count; ++i)
        VAKANT_CHECK(save_identity(into / folder_name(i), kiosks[i].identity));
    return done();
}

Result<std::vector<EnrolledKiosk>> read_kiosks(const std::filesystem::path& folder) {
    VAKANT_CHECK(start_crypto());
    SystemRandom random;
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        folders.push_back(entry.path());
    std::ranges::sort(folders);
    std::vector<EnrolledKiosk> out;
    for (const std::filesystem::path& each : folders) {
        VAKANT_TRY(kiosk, read_kiosk(each, random));
        if (!kiosk.identity.enrolled()) return refused(each.string() + ": not enrolled");
        out.push_back(std::move(kiosk));
    }
    if (out.empty()) return refused(folder.string() + ": no kiosks");
    return out;
}

// ---- registrations

Result<Registrations> Registrations::read(const std::filesystem::path& assets, std::uint64_t seed) {
    Registrations out;
    out.random_ = SeededRandom(seed);
    for (const char* file : {"vacancies/own.json", "strings/fi.json", "strings/en.json"}) {
        VAKANT_TRY(text, read_file(assets / file));
        VAKANT_TRY(json, parse_json(text));
        collect_words(json, out.words_);
    }
    if (out.words_.empty()) return refused(assets.string() + ": no words");
    return out;
}

std::string Registrations::words(std::size_t least, std::size_t most) {
    std::string out;
    for (std::size_t left = least + random_.number(most - least + 1); left > 0; --left)
        out += (out.empty() ? "" : " ") + one_of(words_);
    return out;
}

std::string Registrations::one_of(const std::vector<std::string>& from) {
    return from[random_.number(from.size())];
}

Json Registrations::job() {
    const std::string year = std::to_string(1995 + random_.number(30));
    return Json::object({{"job_title", words(1, 3)},
                         {"employer", words(2, 4)},
                         {"job_from", year + "-0" + std::to_string(1 + random_.number(9))},
                         {"job_now", random_.number(4) == 0},
                         {"job_to", year + "-1" + std::to_string(random_.number(3))},
                         {"job_duties", words(30, 50)}});
}

Json Registrations::person() {
    const std::string given = words(1, 2), family = words(1, 1);
    const auto digits = [this](std::uint64_t most) { return std::to_string(random_.number(most)); };
    Json answers = Json::object({{"given_names", given},
                                 {"family_name", family},
                                 {"contact_way", "telephone"},
                                 {"telephone", "+35840" + digits(10'000'000)},
                                 {"email", to_hex(as_bytes(family)).substr(0, 12) + "@example.org"},
                                 {"municipality", "fi-" + digits(1000)},
                                 {"right_to_work", "citizen"},
                                 {"start", "at_once"},
                                 {"hours_week", static_cast<std::int64_t>(15 + random_.number(25))},
                                 {"skills_own", words(15, 30)},
                                 {"heard", words(3, 8)},
                                 {"free_text", words(80, 160)}});
    Json jobs = Json::array(), schools = Json::array(), occupations = Json::array();
    for (std::uint64_t left = 3 + random_.number(4); left > 0; --left)
        jobs.push(job());
    for (std::uint64_t left = 1 + random_.number(3); left > 0; --left)
        schools.push(Json::object({{"education_level", "upper_secondary"},
                                   {"education_field", words(1, 3)},
                                   {"school", words(2, 4)},
                                   {"education_year", static_cast<std::int64_t>(1980 + random_.number(45))},
                                   {"education_country", "FI"}}));
    for (std::uint64_t left = 2 + random_.number(5); left > 0; --left)
        occupations.push("isco-" + digits(10'000));
    answers.set("jobs", std::move(jobs));
    answers.set("education", std::move(schools));
    answers.set("occupations", std::move(occupations));
    return answers;
}

Json Registrations::next(const std::string& reference) {
    std::array<std::uint8_t, 32> bytes{};
    random_.fill(bytes);
    Json consents = Json::array();
    for (const char* purpose : {"ask_before_each_employer", "talent_pool", "public_employment_service"})
        consents.push(Json::object({{"purpose", purpose},
                                    {"recipient", ""},
                                    {"given", random_.number(2) == 0},
                                    {"language", "fi"},
                                    {"text_digest", to_hex(bytes)},
                                    {"form_version", "1"},
                                    {"retention", "pool-24-months"}}));
    return Json::object({{"kind", "registration"},
                         {"form", "registration"},
                         {"version", "1"},
                         {"digest", to_hex(bytes)},
                         {"language", "fi"},
                         {"answers", person()},
                         {"consents", std::move(consents)},
                         {"notice", Json::object({{"language", "fi"}, {"text_digest", to_hex(bytes)}})},
                         {"source", Json::object({{"kind", "walk-in"}})},
                         {"vacancy", nullptr},
                         {"application", false},
                         {"reference", reference},
                         {"secret", to_base64url(bytes).substr(0, 22)}});
}

// ---- sending

OutboxItem sealed(const EnrolledKiosk& kiosk, const Json& registration, Random& random) {
    const PinnedAgency& agency = kiosk.identity.agencies.front();
    EnvelopeHeader header;
    header.id = make_uuid(random);
    header.agency = agency.id;
    header.device = kiosk.identity.device_id;
    header.made_at = SystemClock().wall_ms();
    OutboxItem item;
    item.id = header.id;
    item.agency = agency.id;
    item.made_at = header.made_at;
    item.envelope = seal_envelope(registration.to_text(), header, agency.keys, kiosk.keys.signing);
    item.digest = envelope_digest(item.envelope);
    return item;
}

std::string line_of(const OutboxItem& item) {
    return Json::object({{"envelope", to_base64url(item.envelope)}, {"agency", item.agency}, {"id", item.id}})
               .to_text() +
           "\n";
}

HttpRequest request_of(const Backend& backend, const EnrolledKiosk& kiosk, std::string method,
                       const std::string& path, std::string body) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = backend.url + path;
    request.headers = {{"Vakant-Protocol", "1"},
                       {"Vakant-Device", kiosk.identity.device_id},
                       {"Authorization", "Bearer " + kiosk.identity.token}};
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/x-ndjson");
    request.body = std::move(body);
    return request;
}

} // namespace vakant::benches
