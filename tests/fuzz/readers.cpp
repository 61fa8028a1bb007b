// Feeds every reader of strangers' bytes with mangled input, under the sanitizers: whatever comes back, the
// program must live. `fuzz_readers READER [SECONDS] [SEED]`; the seed and the round of a crash are printed
// before it is tried, so that it can be looked at again. Seeds are the files that the readers were made for.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/crypto/crypto.h"
#include "core/envelope/envelope.h"
#include "core/json/json.h"
#include "core/registration/form.h"
#include "core/skills/typing.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/twin_key.h"
#include "core/xml/html.h"
#include "core/xml/xml.h"

namespace vakant {
namespace {

using Reader = std::function<void(std::string_view)>;
using Seeds = std::vector<std::string>;
struct Subject {
    Reader read;
    std::vector<std::string> seed_files; ///< beneath the project
};

const char* const reason = "mangled: only the program's life counts";

/// What an importer gives out can be written, read back the same, and compared.
void check_vacancy(ImportedItem item) {
    item.vacancy.id = "id";
    item.vacancy.agency = "agency";
    const Json json = to_json(item.vacancy);
    const auto again = vacancy_from_json(json);
    if (item.source_id.empty() || !again.ok() || !(to_json(*again) == json)) std::abort();
    if (twin_key_of(item.vacancy).size() % 32 != 0) std::abort();
}

Reader feed(FeedFormat format) {
    return [format](std::string_view text) {
        Sweep sweep;
        ImportSettings settings;
        settings.started_at = 1'795'392'000'000;
        import_feed(
            format, text, settings,
            [](ImportedItem item) {
                if (item.kind == ImportedItem::Kind::vacancy) check_vacancy(std::move(item));
                return done();
            },
            sweep)
            .ignore(reason);
    };
}

void read_json_documents(std::string_view text) {
    const Result<Json> json = parse_json(text);
    if (!json.ok()) return;
    FormDefinition::from_json(*json).ignore(reason);
    typing_test_from_json(*json).ignore(reason);
    if (json->to_canonical_text().empty()) std::abort();
}

void read_envelope(std::string_view text) {
    parse_envelope(as_bytes(text)).ignore(reason);
}

void read_messages(std::string_view text) {
    key_set_from_json_text(text).ignore(reason);
    answer_from_json_text(text).ignore(reason);
    heartbeat_from_json_text(text).ignore(reason);
}

void read_html(std::string_view text) {
    parse_html(text).ignore(reason);
    const CleanText clean = clean_text(text);
    if (clean.html.find("<script") != std::string::npos) std::abort();
}

const std::map<std::string, Subject>& subjects() {
    static const std::map<std::string, Subject> all = {
        {"json", {read_json_documents, {"assets/forms/registration.json", "assets/skills/typing-fi.json"}}},
        {"envelope", {read_envelope, {}}},
        {"messages", {read_messages, {}}},
        {"html", {read_html, {"../shared/data/vacancies/jobposting/se_jobposting_70.json"}}},
        {"xml", {[](std::string_view text) { parse_xml(text).ignore(reason); }, {}}},
        {"own", {feed(FeedFormat::own), {"assets/vacancies/own.json"}}},
        {"csv", {feed(FeedFormat::csv), {"assets/vacancies/examples.csv"}}},
        {"jobtech",
         {feed(FeedFormat::jobtech),
          {"tests/fuzz/seeds/jobtech.json", "../shared/data/vacancies/se/jobstream_delta_2020.json"}}},
        {"nav",
         {feed(FeedFormat::nav),
          {"tests/fuzz/seeds/nav.json", "../shared/data/vacancies/no/pam_ad_ad_with_nace.json",
           "../shared/data/vacancies/no/stilling_feed_source_ad_dto.json"}}},
        {"tmt",
         {feed(FeedFormat::tmt),
          {"tests/fuzz/seeds/tmt.json", "../shared/data/vacancies/fi/tmt_response_sample.json"}}},
        {"jobposting",
         {feed(FeedFormat::jobposting),
          {"tests/fuzz/seeds/jobposting.html",
           "../shared/data/vacancies/jobposting/schemaorg_examples.json"}}},
        {"eures",
         {feed(FeedFormat::eures),
          {"tests/fuzz/seeds/eures.xml", "../shared/data/vacancies/eures/position_openings.json"}}},
    };
    return all;
}

/// A real envelope, signed and sealed.
std::string envelope_seed() {
    SystemRandom random;
    KeySet keys;
    keys.agency = "esimerkki";
    keys.opening = {make_sealing_key().public_key};
    keys.recovery = make_sealing_key().public_key;
    EnvelopeHeader header;
    header.id = make_uuid(random);
    header.device = make_uuid(random);
    header.agency = keys.agency;
    const Bytes bytes = seal_envelope(R"({"kind":"registration"})", header, keys, make_signing_key());
    return std::string(as_text(bytes));
}

Seeds seeds_of(const std::string& name, const Subject& subject) {
    Seeds seeds = {"", "{}", "[]", "<a b=\"c\">d</a>", "id;title\n1;a\n"};
    if (name == "envelope") seeds.push_back(envelope_seed());
    if (name == "messages") {
        const SigningKey key = make_signing_key();
        seeds.push_back(to_json_text(sign_key_set(KeySet(), key)));
        seeds.push_back(to_json_text(sign_answer(Answer(), key)));
        seeds.push_back(to_json_text(sign_heartbeat(HeartbeatAnswer(), key)));
    }
    for (const std::string& file : subject.seed_files) {
        const Result<std::string> text = read_file(std::filesystem::path(VAKANT_SOURCE_DIR) / file);
        // Mangling the whole of a large file would spend the time on copying it.
        if (text.ok()) seeds.push_back(text->substr(0, 20'000));
        if (text.ok()) seeds.push_back(*text);
        text.ignore("reference data may be absent");
    }
    return seeds;
}

std::string mangled(std::string text, const Seeds& seeds, Random& random) {
    constexpr std::string_view biting = "{}[]\"\\:,<>&;\0\xff\xc0\xed\xa0\x80\xe2\x80\xae-9eE.u0000";
    for (std::uint64_t step = random.number(8) + 1; step > 0; --step) {
        const std::size_t at = text.empty() ? 0 : random.number(text.size());
        const std::size_t length = std::min<std::size_t>(random.number(64) + 1, text.size() - at);
        switch (random.number(6)) {
        case 0:
            if (!text.empty()) text[at] = static_cast<char>(random.number(256));
            break;
        case 1:
            text.insert(at, 1, biting[random.number(biting.size())]);
            break;
        case 2:
            text.erase(at, length);
            break;
        case 3:
            text.insert(at, text.substr(at, length));
            break;
        case 4:
            text.resize(at);
            break;
        default: {
            const std::string& other = seeds[random.number(seeds.size())];
            if (!other.empty()) text.insert(at, other.substr(random.number(other.size()), 200));
        }
        }
    }
    return text;
}

int fuzz(const std::string& name, double seconds, std::uint64_t seed) {
    const Subject& subject = subjects().at(name);
    const Seeds seeds = seeds_of(name, subject);
    const auto begin = std::chrono::steady_clock::now();
    std::uint64_t round = 0;
    std::cout << name << ": seed " << seed << std::endl;
    for (; std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() < seconds;
         ++round) {
        SeededRandom random(seed + round);
        const std::string text = mangled(seeds[random.number(seeds.size())], seeds, random);
        try {
            subject.read(text);
        } catch (const std::exception& escaped) {
            std::cout << name << ": round seed " << seed + round << " let out: " << escaped.what()
                      << std::endl;
            return 1;
        }
    }
    std::cout << name << ": " << round << " inputs in " << seconds << " s" << std::endl;
    return round < 10 ? 1 : 0;
}

} // namespace
} // namespace vakant

int main(int argc, char** argv) {
    if (argc < 2 || !vakant::subjects().contains(argv[1]) || !vakant::start_crypto().ok()) {
        std::cerr << "usage: fuzz_readers READER [SECONDS] [SEED]; readers:";
        for (const auto& [name, subject] : vakant::subjects())
            std::cerr << ' ' << name;
        std::cerr << '\n';
        return 2;
    }
    const char* asked = std::getenv("VAKANT_FUZZ_SECONDS");
    const double seconds = argc > 2 ? std::atof(argv[2]) : asked != nullptr ? std::atof(asked) : 3;
    const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 20261123;
    return vakant::fuzz(argv[1], seconds, seed);
}
