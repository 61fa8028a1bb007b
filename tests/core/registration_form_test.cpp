#include <set>

#include "tests/fakes/form_sitting.h"

using namespace vakant;

namespace {

/// A form of five pages that no agency shows to anybody: the rules below are the engine's, whatever ships.
Json registration_json() {
    return form_file("tests/core/forms/five_pages.json");
}

FormDefinition registration_form() {
    return form_of(registration_json());
}

/// A form with one page; `items` and `properties` as JSON texts.
Json small_form(const std::string& items, const std::string& properties) {
    return json_of(R"({"format":"vakant-form/1","id":"f","version":"1","default_language":"fi",
        "languages":["fi"],"notice_key":"t","data":{"type":"object","properties":)" +
                   properties + R"(},"pages":[{"id":"p","title_key":"t","items":)" + items +
                   R"(}],"i18n":{"fi":{"t":"Teksti"}}})");
}

std::string refusal_of(const Json& json) {
    const auto form = FormDefinition::from_json(json);
    return form.ok() ? "accepted" : form.error().detail;
}

struct AtFivePages : Sitting {
    AtFivePages() : Sitting(registration_form()) {}
};

using Words = std::vector<std::string>;

} // namespace

TEST_CASE("the registration form that ships has its pages, languages and consents") {
    const FormDefinition form = form_of(shipped_form("registration"));
    CHECK(form.id == "registration");
    CHECK(form.languages == Words{"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"});
    Words pages, purposes;
    for (const FormPage& page : form.pages)
        pages.push_back(page.id);
    CHECK(pages == Words{"you", "contact", "work", "place", "right", "availability", "languages", "jobs",
                         "education", "skills", "adjustments", "referees", "more"});
    for (const FormConsent& consent : form.consents)
        purposes.push_back(consent.purpose);
    CHECK(purposes == Words{"ask_before_each_employer", "talent_pool", "public_employment_service"});
    CHECK(form.text("given_names", "vi") == form.text("given_names", "en")); // no Vietnamese: English next
    CHECK(form.text("nothing", "fi") == "");
    for (const std::string& language : form.languages)
        CHECK(form.text(form.notice_key, language).find("{agency}") != std::string_view::npos);
    CHECK(form.digest.size() == 64);
    SecretArena arena;
    CHECK(in_words(FormSession(form, arena).problems()) ==
          Words{"given_names required", "family_name required", "contact_way required"});
}

TEST_CASE("the notice names the agency in every language") {
    const FormDefinition form = registration_form();
    CHECK(form.notice_text("en", "Satama Staffing").rfind("Your details are kept by Satama Staffing. ", 0) ==
          0);
    CHECK(form.notice_text("fi", "Satama").rfind("Tiedot kirjaa Satama. ", 0) == 0);
    for (const std::string& language : form.languages) {
        const std::string notice = form.notice_text(language, "{agency} Oy");
        CHECK(notice.find("{agency} Oy") == notice.rfind("{agency}"));
    }
}

TEST_CASE_METHOD(AtFivePages, "only a name and one way of contact are required") {
    CHECK(in_words(session.problems()) ==
          Words{"given_names required", "family_name required", "contact_way required"});
    session.set_answer("given_names", "Aino");
    session.set_answer("family_name", "Koski");
    session.set_answer("contact_way", "come_back");
    CHECK(session.problems().empty());
    session.set_answer("family_name", "   ");
    CHECK(in_words(session.problems_on(form.pages[0])) == Words{"family_name required"});
}

TEST_CASE_METHOD(AtFivePages,
                 "the telephone is asked for only where it was chosen, and then it is required") {
    const FormField& telephone = *form.find_field("telephone");
    CHECK_FALSE(session.is_visible(telephone));
    session.set_answer("contact_way", "telephone");
    CHECK(session.is_visible(telephone));
    CHECK(session.is_required(telephone));
    CHECK_FALSE(session.is_visible(*form.find_field("email")));
    CHECK(in_words(session.problems_on(form.pages[1])) == Words{"telephone required"});
    for (const char* good : {"0401234567", "+358 40 123 4567", "(09) 123-456", "123456"}) {
        session.set_answer("telephone", good);
        INFO(good);
        CHECK(session.problems_on(form.pages[1]).empty());
        CHECK(session.answer("telephone") == good);
    }
    for (const char* bad : {"12345", "040 call me", "040/1234567", "-- ()"}) {
        session.set_answer("telephone", bad);
        INFO(bad);
        CHECK(in_words(session.problems_on(form.pages[1])) == Words{"telephone format.telephone"});
    }
}

TEST_CASE("a person leaves a way of contact, or will come back; a referee's telephone is not theirs") {
    Sitting sitting(form_of(shipped_form("registration")));
    FormSession& session = sitting.session;
    session.set_answer("contact_way", "telephone");
    session.set_answer("telephone", "0401234567");
    CHECK(session.leaves_contact());
    session.set_answer("contact_way", "come_back"); // what was typed is remembered, but not sent
    CHECK_FALSE(session.leaves_contact());
    REQUIRE(session.add_entry("referees") == 1);
    session.set_answer("referees.1.referee_telephone", "0501234567");
    CHECK(session.answers()["referees"][0]["referee_telephone"].text() == "0501234567");
    CHECK_FALSE(session.leaves_contact());
    session.set_answer("contact_way", "email");
    session.set_answer("email", "aino@example.org");
    CHECK(session.leaves_contact());
    const Sitting asks_nothing(form_of(
        small_form(R"([{"field":"a","widget":"text","label_key":"t"}])", R"({"a":{"type":"string"}})")));
    CHECK(asks_nothing.session.leaves_contact());
}

TEST_CASE_METHOD(AtFivePages, "an e-mail address is something@something.tld") {
    session.set_answer("contact_way", "email");
    for (const char* good : {"a@b.fi", "matti.meikäläinen+työ@sub.example.com", "اسم@مثال.شبكة"}) {
        session.set_answer("email", good);
        INFO(good);
        CHECK(session.problems_on(form.pages[1]).empty());
    }
    for (const char* bad :
         {"a", "a@b", "@b.fi", "a@.fi", "a b@c.fi", "a@b..fi", "a@b.f", "a@@b.fi", "a@10.0.0.1"}) {
        session.set_answer("email", bad);
        INFO(bad);
        CHECK(in_words(session.problems_on(form.pages[1])) == Words{"email format.email"});
    }
}

TEST_CASE_METHOD(AtFivePages,
                 "what is hidden is not checked and not sent, but remembered until it shows again") {
    session.set_answer("given_names", "Aino");
    session.set_answer("family_name", "Koski");
    session.set_answer("contact_way", "email");
    session.set_answer("email", "not an address");
    session.set_answer("contact_way", "come_back");
    CHECK(session.problems().empty());
    auto sent = session.submission("fi", "", "");
    REQUIRE(sent.ok());
    CHECK_FALSE((*sent)["answers"].contains("email"));
    session.set_answer("contact_way", "email");
    CHECK(session.answer("email") == "not an address");
    CHECK(in_words(session.problems()) == Words{"email format.email"});
}

TEST_CASE("hidden answers decide nothing for others") {
    const Json json = small_form(
        R"([{"field":"a","widget":"yes_no","label_key":"t"},
            {"field":"b","widget":"text","label_key":"t","visible_if":{"var":"a"}},
            {"field":"c","widget":"text","label_key":"t","need":"required","visible_if":{"!!":{"var":"b"}}}])",
        R"({"a":{"type":"boolean"},"b":{"type":"string"},"c":{"type":"string"}})");
    Sitting sitting(form_of(json));
    FormSession& session = sitting.session;
    session.set_answer("a", "true");
    session.set_answer("b", "x");
    CHECK(session.is_visible(*sitting.form.find_field("c")));
    session.set_answer("a", "false");
    CHECK_FALSE(session.is_visible(*sitting.form.find_field("b")));
    CHECK_FALSE(session.is_visible(*sitting.form.find_field("c")));
    CHECK(session.problems().empty());
}

TEST_CASE_METHOD(AtFivePages, "choices are kept in the order of the form and can be taken back") {
    session.toggle_choice("work", "warehouse");
    session.toggle_choice("work", "care");
    session.toggle_choice("work", "other");
    CHECK(session.chosen("work") == Words{"care", "warehouse", "other"});
    CHECK(session.is_visible(*form.find_field("work_other")));
    session.toggle_choice("work", "other");
    CHECK(session.chosen("work") == Words{"care", "warehouse"});
    CHECK_FALSE(session.is_visible(*form.find_field("work_other")));
    session.toggle_choice("work", "no such work");
    CHECK(session.chosen("work") == Words{"care", "warehouse"});
}

TEST_CASE_METHOD(AtFivePages,
                 "a submission holds answers, consents, notice and the vacancy that prompted it") {
    session.prompted_by_vacancy = "v7";
    session.is_application = true;
    session.note_notice_shown("ar", 1000);
    session.set_answer("given_names", " ليلى ");
    session.set_answer("family_name", "-");
    session.set_answer("contact_way", "telephone");
    session.set_answer("telephone", "040 123 4567");
    session.toggle_choice("languages", "ar");
    session.toggle_choice("languages", "fi");
    CHECK_FALSE(session.consent("talent_pool").has_value());
    session.note_consents_shown("en", 2000);
    session.set_consent("talent_pool", true);
    const auto sent = session.submission("en", "BKT 123 C", "s3cret");
    REQUIRE(sent.ok());
    CHECK((*sent)["kind"].text() == "registration");
    CHECK((*sent)["form"].text() == "registration");
    CHECK((*sent)["digest"].text() == form.digest);
    CHECK((*sent)["language"].text() == "en");
    CHECK((*sent)["answers"].to_text() ==
          R"({"given_names":"ليلى","family_name":"-","contact_way":"telephone","telephone":"040 123 4567",)"
          R"("languages":["fi","ar"]})");
    CHECK((*sent)["notice"]["language"].text() == "ar");
    CHECK((*sent)["notice"]["at"].integer_or(0) == 1000);
    REQUIRE((*sent)["consents"].size() == 1);
    const Json& consent = (*sent)["consents"][0];
    CHECK(consent["purpose"].text() == "talent_pool");
    CHECK(consent["given"].bool_or(false));
    CHECK(consent["language"].text() == "en");
    CHECK(consent["at"].integer_or(0) == 2000);
    CHECK(consent["retention"].text() == "pool-24-months");
    CHECK(consent["text_digest"].text().size() == 64);
    CHECK((*sent)["vacancy"].text() == "v7");
    CHECK((*sent)["application"].bool_or(false));
    CHECK((*sent)["source"].to_text() == R"({"kind":"walk-in"})");
    CHECK((*sent)["reference"].text() == "BKT 123 C");
    CHECK(problems_of(form, (*sent)["answers"]).empty());
}

TEST_CASE_METHOD(
    AtFivePages,
    "a consent that was shown and not ticked is recorded as a no; one never shown is not recorded") {
    session.set_answer("given_names", "Aino");
    session.set_answer("family_name", "Koski");
    session.set_answer("contact_way", "come_back");
    session.set_consent("talent_pool", true);
    CHECK((*session.submission("fi", "", ""))["consents"].size() == 0);
    session.set_consent("talent_pool", false);
    session.note_consents_shown("fi", 5);
    const auto sent = session.submission("fi", "", "");
    REQUIRE((*sent)["consents"].size() == 1);
    CHECK_FALSE((*sent)["consents"][0]["given"].bool_or(true));
    CHECK((*sent)["vacancy"].is_null());
    CHECK_FALSE((*sent)["application"].bool_or(true));
    CHECK((*sent)["notice"].is_null());
}

TEST_CASE_METHOD(AtFivePages, "an incomplete form gives no submission and its refusal holds no answer") {
    session.set_answer("given_names", "Aino");
    session.set_answer("contact_way", "telephone");
    session.set_answer("telephone", "secret words");
    const auto sent = session.submission("fi", "", "");
    REQUIRE_FALSE(sent.ok());
    CHECK(sent.error().kind == ErrorKind::refused);
    CHECK(sent.error().detail == "answers.family_name: required");
}

TEST_CASE("after a wipe nothing of the person is left in the session or in the locked memory") {
    const FormDefinition form = registration_form();
    SecretArena arena;
    const std::size_t before = arena.used();
    FormSession session(form, arena);
    session.prompted_by_vacancy = "v7";
    session.set_answer("given_names", "A name that is too long to lie inside the string object itself");
    session.set_consent("talent_pool", true);
    CHECK(arena.used() > before);
    session.wipe();
    CHECK(arena.used() == before);
    CHECK(session.answer("given_names") == "");
    CHECK_FALSE(session.consent("talent_pool").has_value());
    CHECK(session.prompted_by_vacancy == "");
}

TEST_CASE_METHOD(AtFivePages, "an overlong answer is told, not cut off unseen") {
    session.set_answer("given_names", std::string(101, 'a'));
    CHECK(in_words(session.problems_on(form.pages[0]))[0] == "given_names maxLength 100");
    session.set_answer("given_names", std::string(100'000, 'a'));
    CHECK(session.answer("given_names").size() == 150);
    session.set_answer("no_such_field", "x");
    CHECK(session.answer("no_such_field") == "");
}

TEST_CASE("sent answers are checked again, whoever sent them") {
    const FormDefinition form = registration_form();
    const auto check = [&form](const char* text) {
        const auto answers = parse_json(text);
        REQUIRE(answers.ok());
        return in_words(problems_of(form, *answers));
    };
    CHECK(check(R"({"given_names":"A","family_name":"B","contact_way":"come_back"})").empty());
    CHECK(check("{}") == Words{"given_names required", "family_name required", "contact_way required"});
    CHECK(check(R"({"given_names":5,"family_name":"B","contact_way":"pigeon"})") ==
          Words{"given_names type", "contact_way enum"});
    CHECK(
        check(
            R"({"given_names":"A","family_name":"B","contact_way":"come_back","telephone":"040 1234567"})") ==
        Words{"telephone hidden"});
    CHECK(check(R"({"given_names":"A","family_name":"B","contact_way":"come_back","iban":"FI21"})") ==
          Words{"iban unknown"});
    CHECK(
        check(R"({"given_names":"A","family_name":"B","contact_way":"come_back","work":["care","care"]})") ==
        Words{"work uniqueItems"});
    CHECK(check(R"({"given_names":"A","family_name":"B","contact_way":"come_back","work":"care"})") ==
          Words{"work type"});
    CHECK(check(R"({"given_names":"A","family_name":"B","contact_way":"come_back","hours":["noon"]})") ==
          Words{"hours enum"});
}

TEST_CASE("numbers, dates, patterns and lengths are checked as the form says") {
    const Json json = small_form(
        R"([{"field":"n","widget":"number","label_key":"t"},{"field":"d","widget":"date","label_key":"t"},
            {"field":"p","widget":"text","label_key":"t"},{"field":"l","widget":"choices","label_key":"t",
             "choices":[{"value":"a","text_key":"t"},{"value":"b","text_key":"t"},{"value":"c","text_key":"t"}]}])",
        R"({"n":{"type":"number","minimum":1,"maximum":40},"d":{"type":"string"},
            "p":{"type":"string","pattern":"^[0-9]{5}$","minLength":2},
            "l":{"type":"array","minItems":2,"maxItems":2}})");
    Sitting sitting(form_of(json));
    FormSession& session = sitting.session;
    const auto problem = [&](const char* field, const char* value) {
        session.wipe();
        session.set_answer(field, value);
        const Words words = in_words(session.problems());
        return words.empty() ? std::string() : words[0];
    };
    CHECK(problem("n", "37.5") == "");
    CHECK(problem("n", "many") == "n type.number");
    CHECK(problem("n", "0") == "n minimum 1");
    CHECK(problem("n", "41") == "n maximum 40");
    CHECK(problem("d", "2026-02-28") == "");
    CHECK(problem("d", "2026-02-30") == "d format.date");
    CHECK(problem("p", "33100") == "");
    CHECK(problem("p", "3") == "p minLength 2");
    CHECK(problem("p", "331000") == "p pattern");
    CHECK(problem("l", "a") == "l minItems 2");
    CHECK(problem("l", "a\nb") == "");
    CHECK(problem("l", "a\nb\nc") == "l maxItems 2");
    session.wipe();
    session.set_answer("n", "37.5");
    session.set_answer("l", "a\nb");
    CHECK((*session.submission("fi", "", ""))["answers"].to_text() == R"({"n":37.5,"l":["a","b"]})");
}

TEST_CASE("a form that would go wrong at the kiosk is refused with path and reason") {
    const std::string properties = R"({"a":{"type":"string"}})";
    const auto with_item = [&](const std::string& item) {
        return refusal_of(small_form("[" + item + "]", properties));
    };
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t"})") == "accepted");
    CHECK(with_item(R"({"field":"a","widget":"slider","label_key":"t"})") ==
          "pages[0].items[0].widget: \"slider\" is not known");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"u"})") ==
          "pages[0].items[0].label_key: \"u\" has no text in fi");
    CHECK(with_item(R"({"field":"a","widget":"text"})") == "pages[0].items[0].label_key: missing");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t","need":"maybe"})") ==
          "pages[0].items[0].need: \"maybe\" is none of required, optional, hidden");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t","visibel_if":true})") ==
          "pages[0].items[0].visibel_if: nothing of that name is known");
    CHECK(with_item(R"({"field":"b","widget":"text","label_key":"t"})") ==
          "pages[0].items[0].field: \"b\" is not in data.properties");
    CHECK(with_item(R"({"field":"a","widget":"choice","label_key":"t"})") ==
          "pages[0].items[0].choices: must be a list of choices");
    CHECK(
        with_item(
            R"({"field":"a","widget":"choices","label_key":"t","choices":[{"value":"x","text_key":"t"}]})") ==
        "data.properties.a.type: \"string\", but the widget choices gives \"array\"");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t","visible_if":{"==":[{"var":"z"},1]}})") ==
          "pages[0].items[0].visible_if: there is no field \"z\"");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t","visible_if":{"var":"a"}})") ==
          "pages[0].items[0]: field \"a\" depends on itself");
    CHECK(
        with_item(
            R"({"field":"a","widget":"text","label_key":"t","required_if":{"if":[false,{"teleport":[1]},true]}})") ==
        "pages[0].items[0].required_if: operator \"teleport\" is not known");
    CHECK(with_item(R"({"field":"a","widget":"text","label_key":"t","visible_if":false})") ==
          "pages[0].items[0].visible_if: can never hold");
    CHECK(refusal_of(small_form(R"([{"field":"a","widget":"text","label_key":"t"}])",
                                R"({"a":{"type":"string","pattern":"a(b"}})"))
              .rfind("data.properties.a: pattern: at character 3: ", 0) == 0);
    CHECK(refusal_of(small_form(R"([{"field":"a","widget":"text","label_key":"t"}])",
                                R"({"a":{"type":"string"},"b":{"type":"string"}})")) ==
          "data.properties.b: on no page, so nobody can answer it");
    CHECK(refusal_of(small_form(R"([{"field":"health","widget":"text","label_key":"t"}])",
                                R"({"health":{"type":"string"}})")) ==
          "pages[0].items[0].field: \"health\" looks like a special category of personal data; it needs a "
          "purpose_key");
}

TEST_CASE("a form of another version or without a text in one of its languages is refused") {
    Json json = registration_json();
    json.set("format", "vakant-form/2");
    const auto newer = FormDefinition::from_json(json);
    REQUIRE_FALSE(newer.ok());
    CHECK(newer.error().kind == ErrorKind::unsupported);

    Json untranslated = registration_json();
    Json i18n = untranslated["i18n"];
    Json arabic = i18n["ar"];
    arabic.erase("work_other");
    i18n.set("ar", arabic);
    untranslated.set("i18n", i18n);
    CHECK(refusal_of(untranslated) == "pages[2].items[1].label_key: \"work_other\" has no text in ar");
    CHECK(refusal_of(Json::array()) == ": must be an object");
}

TEST_CASE("the digest of a form changes with a word and not with the order of its members") {
    const Json json = registration_json();
    Json turned = Json::object();
    for (std::size_t i = json.size(); i-- > 0;)
        turned.set(json.members()[i].first, json.members()[i].second);
    const FormDefinition form = registration_form();
    CHECK(FormDefinition::from_json(turned)->digest == form.digest);
    turned.set("version", "2");
    CHECK(FormDefinition::from_json(turned)->digest != form.digest);
}
