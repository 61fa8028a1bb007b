// A form that changes: while somebody fills it in, while it is parked, and its consents.
#include "core/base/bytes.h"
#include "core/crypto/crypto.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/places.h"

using namespace vakant;

namespace {

/// The form for registering as it ships, or with one text of one language replaced, under another version.
FormFact registration_form(const std::string& version, const std::string& key = "",
                           const std::string& text = "") {
    const auto file = read_file(source_dir() + "/assets/forms/registration.json");
    REQUIRE(file.ok());
    auto json = parse_json(*file);
    REQUIRE(json.ok());
    json->set("version", version);
    if (!key.empty()) {
        Json texts = (*json)["i18n"];
        Json english = texts["en"];
        REQUIRE(english.contains(key));
        english.set(key, text);
        texts.set("en", std::move(english));
        json->set("i18n", std::move(texts));
    }
    auto form = FormDefinition::from_json(*json);
    if (!form.ok()) FAIL(form.error().detail);
    return {"", std::make_shared<const FormDefinition>(std::move(*form))};
}

std::string key_of_consent(const FormFact& fact, std::string_view purpose) {
    for (const FormConsent& consent : fact.form->consents)
        if (consent.purpose == purpose) return consent.text_key;
    FAIL("no such consent");
    return {};
}

struct Office {
    KioskStage stage{"en"};

    Office() { offer(registration_form("1")); }
    /// As the mirror does when the agency publishes another form.
    void offer(FormFact form) {
        stage.workers.forms = {std::move(form)};
        if (!stage.app) return;
        stage.workers.tell(report::CacheChanged{true});
        stage.rest();
    }
    const FormFact& offered() const { return stage.workers.forms.front(); }
    void begin() {
        stage.start();
        stage.press("register");
    }
    void name_and_contact() {
        stage.press("next");
        stage.write("field.given_names", U"Aino");
        stage.write("field.family_name", U"Kanerva");
        stage.press("next");
        stage.press("field.contact_way.come_back");
    }
    void go_to(std::string_view key) {
        for (int i = 0; i < 25 && !stage.shows(key); ++i)
            stage.press("next");
        REQUIRE(stage.shows(key));
    }
    Json send() {
        go_to("send");
        stage.press("send");
        REQUIRE(stage.page() == PageId::registration_thanks);
        return stage.workers.all<job::Finalise>().at(0).what.submissions.at(0).payload;
    }
    void park_and_take_up() {
        stage.press("park");
        REQUIRE(stage.page() == PageId::registration_parked);
        stage.press("finish");
    }
    void take_up() {
        stage.press("start");
        stage.press("slip");
        stage.press("take_up");
        const std::string& code = stage.workers.parked_code;
        stage.write("code", std::u32string(code.begin(), code.end()));
        stage.press("open");
    }
};

} // namespace

TEST_CASE("a form updated while somebody fills it in leaves that person with the form that was begun") {
    Office office;
    office.begin();
    office.name_and_contact();
    const std::string begun = office.offered().form->digest;
    office.offer(registration_form("2", "given_names", "What are you called?"));
    CHECK(office.stage.page() == PageId::registration_form);
    office.stage.press("back");
    CHECK(office.stage.value("field.given_names") == "Aino");
    CHECK(office.stage.name("field.given_names") != "What are you called?");
    const Json payload = office.send();
    CHECK(payload["version"].text() == "1");
    CHECK(payload["digest"].text() == begun);
}

TEST_CASE(
    "who goes back to the agencies after an update loses nothing and goes on with the form that was begun") {
    Office office;
    office.stage.agencies = {{"a", "First Ltd"}, {"b", "Second Ltd"}};
    office.begin();
    office.stage.press("a");
    office.stage.press("next");
    office.name_and_contact();
    const std::string begun = office.offered().form->digest;
    office.offer(registration_form("2", "given_names", "What are you called?"));
    for (int i = 0; i < 5 && office.stage.page() != PageId::registration_agencies; ++i)
        office.stage.press("back");
    REQUIRE(office.stage.page() == PageId::registration_agencies);
    office.stage.press("next");
    office.stage.press("next");
    CHECK(office.stage.value("field.given_names") == "Aino");
    CHECK(office.send()["digest"].text() == begun);
}

TEST_CASE("the next person meets the new form") {
    Office office;
    office.begin();
    office.name_and_contact();
    office.offer(registration_form("2", "given_names", "What are you called?"));
    office.stage.press("bar.home");
    office.stage.press("dialog.leave");
    office.stage.press("register");
    office.stage.press("next");
    CHECK(office.stage.name("field.given_names") == "What are you called?");
    CHECK(office.stage.value("field.given_names").empty());
}

TEST_CASE("a parked form opens in the language in which it was parked, on a kiosk that begins in another") {
    Office office;
    office.begin();
    office.stage.language("uk");
    office.stage.press("next");
    office.stage.write("field.given_names", U"Олена");
    office.park_and_take_up();
    CHECK(office.stage.app->ui_settings().language == "en");
    office.take_up();
    REQUIRE(office.stage.page() == PageId::registration_form);
    CHECK(office.stage.app->ui_settings().language == "uk");
    CHECK(office.stage.value("field.given_names") == "Олена");
    office.stage.press("bar.home");
    office.stage.press("dialog.leave");
    CHECK(office.stage.app->ui_settings().language == "uk"); // until the visit ends
    office.stage.wait(151'000);
    CHECK(office.stage.app->ui_settings().language == "en");
}

TEST_CASE(
    "a consent whose text changed while the form was parked is asked anew, the others keep their tick") {
    Office office;
    office.begin();
    office.name_and_contact();
    office.go_to("consent.talent_pool");
    office.stage.press("consent.talent_pool");
    office.stage.press("consent.public_employment_service");
    office.park_and_take_up();
    bool changes = false;
    SECTION("another text") {
        changes = true;
        office.offer(registration_form("2", key_of_consent(office.offered(), "talent_pool"),
                                       "Keep my details for ever."));
    }
    SECTION("the control: the same form") {}
    office.take_up();
    office.go_to("consent.talent_pool");
    CHECK(office.stage.node("consent.talent_pool").checked == !changes);
    CHECK(office.stage.node("consent.public_employment_service").checked == true);
    CHECK(office.stage.node("consent.ask_before_each_employer").checked == true);
}

TEST_CASE(
    "a notice that changed while the form was parked is shown and recorded again before the first field") {
    Office office;
    office.begin();
    office.name_and_contact();
    office.park_and_take_up();
    const FormFact newer =
        registration_form("2", office.offered().form->notice_key, "Another notice of {agency}.");
    office.offer(newer);
    office.take_up();
    REQUIRE(office.stage.page() == PageId::registration_notice);
    CHECK(office.stage.name("notice.0").find("Another notice of ") == 0);
    const Json payload = office.send();
    CHECK(payload["answers"]["given_names"].text() == "Aino");
    CHECK(payload["version"].text() == "2");
    CHECK(payload["notice"]["text_digest"].text() ==
          blake2b_hex(newer.form->text(newer.form->notice_key, "en")));
}
