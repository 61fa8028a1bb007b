// Who else may get a person's answers: boxes for a named employer, agency, public service and training
// provider, in the form that ships as an example for agencies. Each yes or no is recorded with all that
// proves it.
#include "core/crypto/crypto.h"
#include "core/registration/form_authoring.h"
#include "tests/fakes/form_sitting.h"
#include "tests/fakes/form_walk.h"
#include "tests/fakes/sealed_post.h"

using namespace vakant;

namespace {

constexpr const char* example = "assets/forms/examples/partners.json";

const std::vector<std::string> boxes = {
    "talent_pool",     "keep_longer", "partner_employer", "partner_agency", "public_employment_service",
    "partner_training"};

void with_partners(KioskStage& stage) {
    stage.workers.forms.push_back(
        {"example", std::make_shared<const FormDefinition>(form_of(form_file(example)))});
}
void go_to_boxes(KioskStage& stage) {
    with_partners(stage);
    open_form(stage);
    name_and_contact(stage);
    go_to(stage, "consent.talent_pool");
}
/// What the agency opens: the record of each purpose.
std::map<std::string, Json> sent_consents(KioskStage& stage) {
    go_to(stage, "send");
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    const auto all = stage.workers.all<job::Finalise>();
    REQUIRE(all.size() == 1);
    const auto opened = SealedPost({"example"}).sent(all[0]);
    REQUIRE(opened.size() == 1);
    std::map<std::string, Json> records;
    for (const Json& record : opened[0].payload["consents"].items())
        records.emplace(record["purpose"].text(), record);
    return records;
}
std::vector<std::string> members_of(const Json& record) {
    std::vector<std::string> names;
    for (const auto& [name, value] : record.members())
        names.push_back(name);
    std::ranges::sort(names);
    return names;
}

} // namespace

TEST_CASE("the example of an agency's own form passes the author's check and names a partner of each kind") {
    const FormDefinition form = form_of(form_file(example));
    const auto checked = check_as_author(form);
    if (!checked.ok()) FAIL(checked.error().detail);
    std::map<std::string, std::string> kinds;
    std::vector<std::string> off;
    for (const FormConsent& consent : form.consents) {
        kinds.emplace(consent.recipient_kind, consent.recipient);
        if (!consent.is_rule) off.push_back(consent.purpose);
    }
    CHECK(off == boxes);
    for (const char* kind : {"employer", "agency", "public_service", "training_provider"})
        CHECK(kinds.contains(kind));
    CHECK(form.languages.size() == 8);
}

TEST_CASE("a box for a partner is off at first and says who gets the answers and what that is") {
    for (const auto& [language, words] : std::map<std::string, std::vector<std::string>>{
             {"en",
              {"Recipient: \u2068Kotikaari Hoiva Oy\u2069 (employer)",
               "Recipient: \u2068Lumivirta Henkilöstöpalvelut Oy\u2069 (another agency)",
               "Recipient: the public employment service",
               "Recipient: \u2068Opintaival Oy\u2069 (training provider)"}},
             {"fi",
              {"Saaja: \u2068Kotikaari Hoiva Oy\u2069 (työnantaja)",
               "Saaja: \u2068Lumivirta Henkilöstöpalvelut Oy\u2069 (toinen henkilöstöyritys)",
               "Saaja: julkinen työllisyyspalvelu",
               "Saaja: \u2068Opintaival Oy\u2069 (koulutuksen järjestäjä)"}}}) {
        KioskStage stage(language);
        go_to_boxes(stage);
        for (const std::string& box : boxes) {
            INFO(language << " " << box);
            CHECK(stage.node("consent." + box).checked == false);
        }
        CHECK(stage.node("consent.partner_employer").description == words[0]);
        CHECK(stage.node("consent.partner_agency").description == words[1]);
        CHECK(stage.node("consent.public_employment_service").description == words[2]);
        CHECK(stage.node("consent.partner_training").description == words[3]);
        CHECK(stage.node("consent.keep_longer").description.empty()); // stays with the agency
    }
}

TEST_CASE("each partner's consent, given or refused, is recorded with all that proves it") {
    KioskStage stage("en");
    go_to_boxes(stage);
    touch_in_view(stage, "consent.partner_employer");
    stage.press("consent.partner_training");
    stage.press("consent.partner_agency");
    stage.press("consent.partner_agency"); // thought better of it
    stage.language("sv");                  // and read them in Swedish in the end
    stage.press("next");
    const UtcMs shown_at = stage.clock.wall_ms();
    const auto records = sent_consents(stage);
    REQUIRE(records.size() == boxes.size() + 1); // and the rule
    const FormDefinition form = form_of(form_file(example));
    struct Wanted {
        const char *recipient, *kind, *text_key, *retention;
        bool given;
    };
    for (const auto& [purpose, wanted] : std::map<std::string, Wanted>{
             {"partner_employer",
              {"Kotikaari Hoiva Oy", "employer", "consent.employer", "job-12-months", true}},
             {"partner_agency",
              {"Lumivirta Henkilöstöpalvelut Oy", "agency", "consent.agency", "job-12-months", false}},
             {"public_employment_service",
              {"public-employment-service", "public_service", "consent.public", "job-12-months", false}},
             {"partner_training",
              {"Opintaival Oy", "training_provider", "consent.training", "job-12-months", true}},
             {"keep_longer", {"", "agency", "consent.longer", "job-24-months", false}},
             {"talent_pool", {"", "agency", "consent.pool", "pool-24-months", false}}}) {
        INFO(purpose);
        const Json& record = records.at(purpose);
        CHECK(members_of(record) == std::vector<std::string>{"at", "form_version", "given", "language",
                                                             "purpose", "recipient", "recipient_kind",
                                                             "retention", "text_digest", "text_version"});
        CHECK(record["recipient"].text() == wanted.recipient);
        CHECK(record["recipient_kind"].text() == wanted.kind);
        CHECK(record["given"].bool_or(!wanted.given) == wanted.given);
        CHECK(record["language"].text() == "sv");
        CHECK(record["text_version"].text() == (purpose == "talent_pool" ? "2" : "1"));
        CHECK(record["text_digest"].text() == blake2b_hex(form.text(wanted.text_key, "sv")));
        CHECK(record["form_version"].text() == "1");
        CHECK(record["retention"].text() == wanted.retention);
        const UtcMs at = record["at"].integer_or(0);
        CHECK((at <= shown_at && at > shown_at - 1'000));
    }
}

TEST_CASE("refusing every partner still registers, and each no is recorded as one") {
    KioskStage stage("en");
    go_to_boxes(stage);
    const auto records = sent_consents(stage);
    for (const std::string& box : boxes) {
        INFO(box);
        CHECK(records.at(box)["given"].bool_or(true) == false);
    }
    CHECK(records.at("ask_before_each_employer")["given"].bool_or(false));
    CHECK(stage.name("title") == "Thank you, your registration is kept safe");
}
