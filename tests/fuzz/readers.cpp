#include "tests/fuzz/readers.h"

#include <array>
#include <cstdlib>
#include <filesystem>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/crypto/crypto.h"
#include "core/envelope/envelope.h"
#include "core/json/json.h"
#include "core/profile/agency_profile.h"
#include "core/registration/form_authoring.h"
#include "core/registration/form_session.h"
#include "core/registration/logic.h"
#include "core/registration/pattern.h"
#include "core/registration/schema.h"
#include "core/skills/typing.h"
#include "core/vacancies/import_formats.h"
#include "core/vacancies/occupations.h"
#include "core/vacancies/twin_key.h"
#include "core/xml/html.h"
#include "core/xml/xml.h"
#include "sync/sync_engine.h"
#include "tests/fakes/agency_keys.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_http.h"
#include "tests/places.h"

namespace vakant::fuzz {
namespace {

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

/// A form is read, looked at as an author does, exported, and answered with whatever the text holds besides.
void read_form(std::string_view text) {
    const Result<Json> json = parse_json(text);
    if (!json.ok()) return;
    const auto form = FormDefinition::from_json(*json);
    if (!form.ok()) {
        if (form.error().detail.empty()) std::abort();
        return;
    }
    check_as_author(*form).ignore(reason);
    if (!Schema::from_json(schema_for_others(*form)).ok()) std::abort();
    SecretArena arena;
    FormSession session(*form, arena);
    for (const FormPage& page : form->pages) {
        for (const FormField& field : page.fields) {
            session.set_answer(field.id, form->id);
            (void)session.add_entry(field.id);
        }
    }
    const bool fine = session.problems().empty();
    if (session.submission("fi", "", "").ok() != fine) std::abort();
    if (fine && !problems_of(*form, session.answers()).empty()) std::abort();
}

/// {"rule": ..., "data": ...}: a value or a refusal, and the same one every time.
void read_logic(std::string_view text) {
    const Result<Json> json = parse_json(text);
    if (!json.ok() || !json->is_object()) return;
    const Json &rule = (*json)["rule"], &data = (*json)["data"];
    const Outcome checked = check_logic(rule);
    (void)names_in_logic(rule);
    const auto value = evaluate_logic(rule, data);
    if (!value.ok() && value.error().detail.empty()) std::abort();
    if (value.ok()) (void)is_true(*value);
    const auto again = evaluate_logic(rule, data);
    if (value.ok() != again.ok() || (value.ok() && !(*value == *again))) std::abort();
    checked.ignore(reason);
}

/// The pattern, an empty line, and what it is looked for in.
void read_pattern(std::string_view text) {
    const std::size_t end = text.find("\n\n");
    const auto pattern = Pattern::from_text(text.substr(0, end));
    if (!pattern.ok()) return;
    const std::string_view subject = end == text.npos ? text : text.substr(end + 2);
    if (pattern->is_found_in(subject) != pattern->is_found_in(subject)) std::abort();
}

struct AnsweredForm {
    FormDefinition form;
    Schema exported;

    static AnsweredForm open() {
        const auto text = read_file(source_dir() + "/assets/forms/registration.json");
        const auto json = text.ok() ? parse_json(*text) : text.error();
        auto form = json.ok() ? FormDefinition::from_json(*json) : json.error();
        if (!form.ok()) throw std::runtime_error(form.error().detail);
        auto exported = Schema::from_json(schema_for_others(*form));
        if (!exported.ok()) throw std::runtime_error(exported.error().detail);
        return {std::move(*form), std::move(*exported)};
    }
};

/// Answers as a stranger sends them, and the same text as a draft. What the form takes, the exported schema
/// takes.
void read_answers(std::string_view text) {
    static const AnsweredForm known = AnsweredForm::open();
    const Result<Json> json = parse_json(text);
    if (!json.ok() || !json->is_object()) return;
    if (problems_of(known.form, *json).empty() && !known.exported.accepts(*json)) std::abort();
    SecretArena arena;
    FormSession session(known.form, arena);
    session.resume(*json).ignore(reason);
    for (const auto& [name, answer] : json->members())
        session.set_answer(name, answer.is_string() ? std::string(answer.text()) : answer.to_text());
    if (session.problems().empty() && !problems_of(known.form, session.answers()).empty()) std::abort();
    session.wipe();
    if (arena.used() != 0) std::abort();
}

/// What brings these readers further in than a mangled file does.
Seeds logic_seeds() {
    return {
        R"({"rule":{"and":[{"==":[{"var":"way"},"telephone"]},{"in":["a",{"var":["work",[]]}]}]},"data":{"way":"telephone","work":["a"]}})",
        R"({"rule":{"reduce":[{"map":[{"var":"jobs"},{"*":[{"var":"months"},2]}]},{"+":[{"var":"current"},{"var":"accumulator"}]},0]},"data":{"jobs":[{"months":3},{"months":14}]}})",
        R"({"rule":{"if":[{"<":[{"days_between":["2026-11-23",{"var":"from"}]},30]},{"substr":[{"cat":["x",{"var":"from"}]},-4,2]},{"missing_some":[1,["a","b"]]}]},"data":{"from":"2026-12-01"}})",
        R"({"rule":{"some":[{"filter":[{"merge":[[1,2],{"var":"n"}]},{"%":[{"var":""},2]}]},{"!==":[{"var":""},{"max":[1,{"sum":[1,2]}]}]}]},"data":{"n":[3,4.5,null]}})"};
}
Seeds pattern_seeds() {
    return {"^[a-z]{2,5}(?:-\\d+)*$\n\nab-12-3", "\\p{L}+\\s\\u{1F409}?\n\nAino x",
            "(?<year>\\d{4})-(0[1-9]|1[0-2])\n\n2026-11", "[^\\W_]*?(a|b|)+[\\-\\]\\x41]\\b.\n\naaab]A",
            "(a*)*(b?){1000}\\P{Script=Arabic}{0,9}\n\n" + std::string(200, 'a')};
}
Seeds answers_seeds() {
    return {
        R"({"given_names":"A","family_name":"B","contact_way":"telephone","telephone":"040 123 4567","fields":["care","cleaning"],"start":"now"})",
        R"({"given_names":"Оксана","given_names_latin":"Oksana","family_name":"B","contact_way":"email","email":"a@b.fi","jobs":[{"employer":"X","from":"2020-01"}]})",
        R"({"kind":"draft","form":"registration","answers":{"given_names":"A","jobs.1.employer":"X"},"entries":{"jobs":[1,2]},"given":{"talent_pool":true},"notice":{"language":"fi"}})"};
}

void read_envelope(std::string_view text) {
    parse_envelope(as_bytes(text)).ignore(reason);
}

void read_messages(std::string_view text) {
    key_set_from_json_text(text).ignore(reason);
    answer_from_json_text(text).ignore(reason);
    heartbeat_from_json_text(text).ignore(reason);
    resend_from_json_text(text).ignore(reason);
    root_succession_from_json_text(text).ignore(reason);
}

void read_config(std::string_view text) {
    agency_profile_from_text(text).ignore(reason);
}

/// Whatever a backend says, the engine lives, and without the agency's signature nothing moves.
class Listener {
public:
    explicit Listener(bool enrolled) : enrolled_(enrolled) {
        keys_.signing = make_signing_key();
        keys_.storage = make_storage_key();
        item_ = {
            "0b5d2a6e-8a7b-4f5a-9d55-0c2f0f3c4c11", "aalto", std::string(64, '0'), {}, "", 1, Bytes(10), ""};
    }
    void hear(std::string_view text) {
        http_.requests.clear();
        http_.play = [&text, calls = 0](const HttpRequest&) mutable -> Result<HttpAnswer> {
            constexpr std::array statuses{200, 400, 401, 403, 410, 429, 503};
            const std::string said(text);
            return HttpAnswer{statuses[static_cast<std::size_t>(calls++) % statuses.size()],
                              {{"retry-after", said.substr(0, 40)}, {"etag", said.substr(0, 40)}},
                              said};
        };
        SyncSettings settings;
        settings.backend_url = "https://backend.example";
        SyncEngine engine(settings, identity(), keys_, http_, clock_, random_, ports());
        for (int step = 0; step < 12; ++step)
            clock_.pass(engine.step());
    }

private:
    DeviceIdentity identity() {
        DeviceIdentity identity;
        identity.device_id = "5b0f7c1e-3a43-4b84-8a55-5a0c3e8d7f11";
        if (!enrolled_) return identity;
        identity.token = "token";
        identity.agencies = {{"aalto", "Aalto", agency_.root.public_key, agency_.key_set(), {}}};
        return identity;
    }
    SyncPorts ports() {
        SyncPorts ports;
        ports.waiting = [this](std::size_t) -> Result<std::vector<OutboxItem>> {
            return std::vector<OutboxItem>{item_};
        };
        ports.settle = [](const Answer&) -> Outcome { std::abort(); };
        ports.resend = [](const ResendAnswer&) -> Outcome { std::abort(); };
        ports.purge = [](std::string_view, std::string_view, std::int64_t) -> Outcome { std::abort(); };
        // A renewed token is the line's word; agencies and their keys are not.
        ports.save_identity = [this](const DeviceIdentity& changed) -> Outcome {
            if (changed.agencies.size() != identity().agencies.size()) std::abort();
            for (const PinnedAgency& agency : changed.agencies)
                if (agency.root != agency_.root.public_key || agency.keys.version != 1) std::abort();
            return done();
        };
        ports.put_document = [](const CachedDocument&) -> Outcome { std::abort(); };
        ports.counts = []() -> Result<OutboxCounts> { return OutboxCounts(); };
        ports.apply_vacancies = [](std::string_view, const VacancyPage&) { return done(); };
        ports.start_over = [](std::string_view) { return done(); };
        ports.cursor = [](std::string_view) -> Result<std::string> { return std::string(); };
        ports.note_heard = [](std::string_view, UtcMs) { return done(); };
        return ports;
    }

    bool enrolled_;
    FakeClock clock_;
    FakeHttp http_;
    SeededRandom random_{5};
    DeviceKeys keys_;
    AgencyKeys agency_{"aalto"};
    OutboxItem item_;
};

Reader heard_by_a_kiosk(bool enrolled) {
    return [listener = std::make_shared<Listener>(enrolled)](std::string_view text) { listener->hear(text); };
}

void read_html(std::string_view text) {
    parse_html(text).ignore(reason);
    const CleanText clean = clean_text(text);
    if (clean.html.find("<script") != std::string::npos) std::abort();
}

/// What a table of occupations became can be written and read back.
void read_occupation_tables(std::string_view text) {
    for (const OccupationFormat format :
         {OccupationFormat::esco, OccupationFormat::ssyk, OccupationFormat::styrk, OccupationFormat::isco}) {
        const auto table = read_occupations(format, text, "en");
        if (table.ok() && !occupations_from_json(to_json(*table)).ok()) std::abort();
    }
    const auto json = parse_json(text);
    if (json.ok()) occupations_from_json(*json).ignore(reason);
}

/// What only who is told of each step forward finds: four bytes, one after the other. (A control.)
void read_control(std::string_view text) {
    if (text.size() < 4 || text[0] != 'k') return;
    if (text[1] != 'e') return;
    if (text[2] != 'p') return;
    if (text[3] == 't') throw std::runtime_error("found");
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

} // namespace

const std::map<std::string, Subject>& subjects() {
    static const std::map<std::string, Subject> all = {
        {"control", {read_control, {}}},
        {"json", {read_json_documents, {"assets/forms/registration.json", "assets/skills/typing-fi.json"}}},
        {"form", {read_form, {"assets/forms/day.json", "tests/core/forms/five_pages.json"}}},
        {"logic", {read_logic, {}, logic_seeds()}},
        {"pattern", {read_pattern, {}, pattern_seeds()}},
        {"answers", {read_answers, {}, answers_seeds()}},
        {"envelope", {read_envelope, {}}},
        {"messages", {read_messages, {}}},
        {"config", {read_config, {"assets/config/aurora.json"}}},
        {"enrolment", {heard_by_a_kiosk(false), {}}},
        {"problem", {heard_by_a_kiosk(true), {}}},
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
        {"occupations",
         {read_occupation_tables,
          {"tests/fuzz/seeds/occupations.csv", "tests/fuzz/seeds/occupations.json",
           "assets/occupations/common.json", "../shared/data/vacancies/no/styrk_category_mapping.csv"}}},
    };
    return all;
}

Seeds seeds_of(const std::string& name, SeedFiles which) {
    const Subject& subject = subjects().at(name);
    Seeds seeds = {"", "{}", "[]", "<a b=\"c\">d</a>", "id;title\n1;a\n"};
    seeds.insert(seeds.end(), subject.seed_texts.begin(), subject.seed_texts.end());
    if (name == "envelope") seeds.push_back(envelope_seed());
    if (name == "messages") {
        const SigningKey key = make_signing_key();
        seeds.push_back(to_json_text(sign_key_set(KeySet(), key)));
        seeds.push_back(to_json_text(sign_answer(Answer(), key)));
        seeds.push_back(to_json_text(sign_heartbeat(HeartbeatAnswer(), key)));
        seeds.push_back(to_json_text(sign_resend(ResendAnswer(), key)));
        seeds.push_back(to_json_text(sign_root_succession("aalto", key, key, 1)));
    }
    if (name == "enrolment" || name == "problem") {
        const AgencyKeys agency("aalto");
        const std::string set = to_json_text(agency.signed_key_set());
        const std::string root = to_base64url(agency.root.public_key);
        seeds.push_back(R"({"device_code":"c","user_code":"BCDF-GHJK","interval":5,"expires_in":900,)"
                        R"("error":"authorization_pending","roots":[{"agency":"aalto","name":"A","root":")" +
                        root + R"(","key_set":)" + set + "}]}");
        seeds.push_back(R"({"token":"t","prefix":"KTR","expires_at":9,"agencies":[{"id":"aalto","name":"A",)"
                        R"("root":")" +
                        root + R"(","key_set":)" + set + "}]}");
        seeds.push_back(R"({"key_sets":[)" + set + R"(],"root_successions":[]})");
        seeds.push_back(R"({"error":"unavailable","detail":"x"})");
        seeds.push_back(R"({"answers":[)" + to_json_text(sign_heartbeat(HeartbeatAnswer(), agency.root)) +
                        "]}");
        seeds.push_back(to_json_text(sign_answer(Answer(), agency.root)));
    }
    for (const std::string& file : subject.seed_files) {
        if (which == SeedFiles::of_the_project && file.starts_with("../")) continue;
        const Result<std::string> text = read_file(std::filesystem::path(source_dir()) / file);
        // Mangling the whole of a large file would spend the time on copying it.
        if (text.ok()) seeds.push_back(text->substr(0, 20'000));
        if (text.ok()) seeds.push_back(*text);
        text.ignore("reference data may be absent");
    }
    return seeds;
}

} // namespace vakant::fuzz
