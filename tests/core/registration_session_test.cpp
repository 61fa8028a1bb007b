#include "core/registration/form_authoring.h"
#include "core/registration/schema.h"
#include "core/registration/telephone.h"
#include "core/registration/typed_dates.h"
#include "core/strings/strings.h"
#include "tests/fakes/form_sitting.h"
#include "tests/places.h"

using namespace vakant;

namespace {

using Words = std::vector<std::string>;

/// A form with a group, a computed value, dependent choices, a passport name and a constraint.
constexpr const char* work_history =
    R"({"format":"vakant-form/1","id":"w","version":"1","default_language":"en",
 "languages":["en"],"notice_key":"t","country":"SE","retention":"job-12-months",
 "data":{"type":"object","properties":{
   "name":{"type":"string"},"passport":{"type":"string"},"phone":{"type":"string"},
   "country":{"type":"string"},"town":{"type":"string"},"has_work":{"type":"boolean"},
   "jobs":{"type":"array","items":{"type":"object","properties":{
     "employer":{"type":"string"},"from":{"type":"string"},"to":{"type":"string"},"still":{"type":"boolean"}}}},
   "count":{"type":"integer"}}},
 "pages":[{"id":"p","title_key":"t","items":[
   {"field":"name","widget":"name","label_key":"t","need":"required","messages":{"required":"who"}},
   {"field":"passport","widget":"name","label_key":"t","passport_of":"name","need":"required"},
   {"field":"phone","widget":"telephone","label_key":"t"},
   {"field":"country","widget":"choice","label_key":"t","choices":[{"value":"fi","text_key":"t"},{"value":"se","text_key":"t"}]},
   {"field":"town","widget":"choice","label_key":"t","depends_on":"country","choices":[
     {"value":"turku","text_key":"t","for":["fi"]},{"value":"lund","text_key":"t","for":["se"]},{"value":"other","text_key":"t"}]},
   {"field":"has_work","widget":"yes_no","label_key":"t"},
   {"group":"jobs","label_key":"t","entry_key":"entry","add_key":"t","max":3,"visible_if":{"var":"has_work"},"items":[
     {"field":"employer","widget":"text","label_key":"t","need":"required"},
     {"field":"still","widget":"yes_no","label_key":"t"},
     {"field":"from","widget":"month","label_key":"t"},
     {"field":"to","widget":"month","label_key":"t","visible_if":{"!":{"var":"still"}},
      "constraints":[{"rule":{"<=":[{"var":"from"},{"var":"to"}]},"text_key":"order"}]}]},
   {"field":"count","widget":"fact","label_key":"t","computed":{"count":{"var":"jobs"}}}]}],
 "consents":[{"purpose":"talent_pool","text_key":"pool","retention":"pool-24-months"},
   {"purpose":"ask_before_each_employer","text_key":"ask","retention":"job-12-months","kind":"rule"}],
 "i18n":{"en":{"t":"Text","who":"Tell us your name.","entry":"Job {number}","order":"It ends after it begins.",
   "pool":"Keep me in mind","ask":"Ask me first"}}})";

FormDefinition work_form() {
    return form_of(json_of(work_history));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
}

struct AtWorkHistory : Sitting {
    AtWorkHistory() : Sitting(work_form()) {}
};

} // namespace

TEST_CASE_METHOD(AtWorkHistory, "a group is answered as often as needed, and each entry keeps its number") {
    session.set_answer("has_work", "true");
    CHECK(session.entries("jobs").empty());
    CHECK(session.add_entry("jobs") == 1);
    CHECK(session.add_entry("jobs") == 2);
    CHECK(session.add_entry("jobs") == 3);
    CHECK_FALSE(session.add_entry("jobs").has_value());
    session.set_answer("jobs.1.employer", "First");
    session.set_answer("jobs.2.employer", "Second");
    session.set_answer("jobs.3.employer", "Third");
    CHECK(session.remove_entry("jobs", 2));
    CHECK_FALSE(session.remove_entry("jobs", 2));
    CHECK(session.entries("jobs") == std::vector<std::uint32_t>{1, 3});
    CHECK(session.answer("jobs.2.employer") == "");
    CHECK(session.add_entry("jobs") == 4);
    session.set_answer("jobs.2.employer", "a ghost");
    session.set_answer("jobs.9.employer", "a ghost");
    CHECK(session.answers()["jobs"].to_text() == R"([{"employer":"First"},{"employer":"Third"}])");
    CHECK(form.entry_text(*form.find_field("jobs"), 2, "en") == "Job 2");
}

TEST_CASE_METHOD(AtWorkHistory, "an entry that was added and left empty is neither checked nor sent") {
    session.set_answer("name", "Aino");
    session.set_answer("has_work", "true");
    session.add_entry("jobs");
    CHECK(session.problems().empty());
    CHECK_FALSE(session.answers().contains("jobs"));
    session.set_answer("jobs.1.from", "5.2020");
    CHECK(in_words(session.problems()) == Words{"jobs.1.employer required"});
}

TEST_CASE_METHOD(AtWorkHistory,
                 "rules inside an entry see that entry, and a hidden group is forgotten by the rules only") {
    session.set_answer("name", "Aino");
    session.set_answer("has_work", "true");
    session.add_entry("jobs");
    session.add_entry("jobs");
    session.set_answer("jobs.1.employer", "First");
    session.set_answer("jobs.2.employer", "Second");
    session.set_answer("jobs.1.still", "true");
    CHECK_FALSE(session.is_visible("jobs.1.to"));
    CHECK(session.is_visible("jobs.2.to"));
    CHECK(session.computed("count") == Json(2));
    session.set_answer("jobs.2.from", "3.2020");
    session.set_answer("jobs.2.to", "1.2020");
    REQUIRE(in_words(session.problems()) == Words{"jobs.2.to constraint"});
    CHECK(form.problem_text(session.problems()[0], "en") == "It ends after it begins.");
    session.set_answer("jobs.2.to", "1.2021");
    CHECK(session.answers().to_text() ==
          R"({"name":"Aino","has_work":true,"jobs":[{"employer":"First","still":true},)"
          R"({"employer":"Second","from":"2020-03","to":"2021-01"}],"count":2})");
    session.set_answer("has_work", "false");
    CHECK(session.answers().to_text() == R"({"name":"Aino","has_work":false,"count":0})");
    session.set_answer("has_work", "true");
    CHECK(session.answers()["jobs"].size() == 2);
}

TEST_CASE_METHOD(AtWorkHistory, "the passport spelling is asked only of names in another script") {
    session.set_answer("name", "Ñandú Đorđević");
    CHECK_FALSE(session.is_visible("passport"));
    session.set_answer("name", "Оксана Шевченко");
    CHECK(session.is_visible("passport"));
    CHECK(in_words(session.problems()) == Words{"passport required"});
    session.set_answer("passport", "Оксана");
    CHECK(in_words(session.problems()) == Words{"passport format.passport_name"});
    session.set_answer("passport", "Oksana Shevchenko");
    CHECK(session.problems().empty());
    for (const char* good : {"محمد", "李小龙", "Jean-Luc O’Neill", "Nguyễn Văn A.", "ஸ்ரீ"}) {
        session.set_answer("name", good);
        INFO(good);
        CHECK(in_words(session.problems_on(form.pages[0])) != Words{"name format.name"});
    }
    session.set_answer("name", "R2D2");
    CHECK(in_words(session.problems()) == Words{"name format.name"});
}

TEST_CASE_METHOD(
    AtWorkHistory,
    "dependent choices are narrowed by what was chosen, and an old choice does not slip through") {
    session.set_answer("name", "Aino");
    const auto offered = [&] {
        Words values;
        for (const FormChoice* choice : session.offered_choices("town"))
            values.push_back(choice->value);
        return values;
    };
    CHECK(offered() == Words{"other"});
    session.set_answer("country", "fi");
    CHECK(offered() == Words{"turku", "other"});
    session.set_answer("town", "turku");
    CHECK(session.problems().empty());
    session.set_answer("country", "se");
    CHECK(in_words(session.problems()) == Words{"town enum"});
    CHECK(in_words(problems_of(form, json_of(R"({"name":"A","country":"se","town":"turku"})"))) ==
          Words{"town enum"});
}

TEST_CASE_METHOD(AtWorkHistory, "a field's own words for a problem come first") {
    const auto problems = session.problems();
    REQUIRE(in_words(problems) == Words{"name required"});
    CHECK(form.problem_text(problems[0], "en") == "Tell us your name.");
    session.set_answer("name", "7");
    CHECK(form.problem_text(session.problems()[0], "en") == "");
}

TEST_CASE_METHOD(AtWorkHistory, "a telephone number is kept as typed and normalised beside it") {
    session.set_answer("name", "Aino");
    session.set_answer("phone", "070-123 45 67");
    const auto sent = session.submission("en", "", "");
    REQUIRE(sent.ok());
    CHECK((*sent)["answers"]["phone"].text() == "070-123 45 67");
    CHECK((*sent)["normalised"].to_text() == R"({"phone":"+46701234567"})");
    CHECK((*sent)["retention"].text() == "job-12-months");
    session.set_answer("phone", "0701234567890123");
    CHECK(in_words(session.problems()) == Words{"phone format.telephone"});
}

TEST_CASE("telephone numbers become one spelling by the rules of their country") {
    const auto number = [](const char* typed, const char* country = "FI") {
        return normalised_telephone(typed, country).value_or("none");
    };
    CHECK(number("040 123 4567") == "+358401234567");
    CHECK(number("401234567") == "+358401234567");
    CHECK(number("+358 (0)40 123 4567") == "+358401234567");
    CHECK(number("00358401234567") == "+358401234567");
    CHECK(number("(09) 123-456") == "+3589123456");
    CHECK(number("٠٤٠١٢٣٤٥٦٧") == "+358401234567");
    CHECK(number("412 34 567", "NO") == "+4741234567");
    CHECK(number("412 34 56", "NO") == "none");
    CHECK(number("8 912 345-67-89", "RU") == "+79123456789");
    CHECK(number("+7 912 345 67 89") == "+79123456789");
    CHECK(number("067 123 45 67", "UA") == "+380671234567");
    CHECK(number("+963 944 123 456") == "+963944123456");
    CHECK(number("+1 202 555 0123") == "+12025550123");
    CHECK(number("+999999") == "none");
    CHECK(number("12") == "none");
    CHECK(number("call me") == "none");
    CHECK(number("+") == "none");
    CHECK(number("040+123") == "none");
}

TEST_CASE("dates are typed and read in the reader's order and sent in one") {
    CHECK(date_from_typed("3.11.2026") == "2026-11-03");
    CHECK(date_from_typed("03/11/2026") == "2026-11-03");
    CHECK(date_from_typed("3 11 2026") == "2026-11-03");
    CHECK(date_from_typed("2026-11-3") == "2026-11-03");
    CHECK(date_from_typed("٣/١١/٢٠٢٦") == "2026-11-03");
    CHECK_FALSE(date_from_typed("31.2.2026").has_value());
    CHECK_FALSE(date_from_typed("3.11.26").has_value());
    CHECK_FALSE(date_from_typed("tomorrow").has_value());
    CHECK(month_from_typed("5.2020") == "2020-05");
    CHECK(month_from_typed("2020-5") == "2020-05");
    CHECK_FALSE(month_from_typed("13.2020").has_value());
    CHECK(date_for_reader("2026-11-03", "fi") == "3.11.2026");
    CHECK(date_for_reader("2026-11-03", "sv") == "2026-11-03");
    CHECK(date_for_reader("2026-11-03", "en") == "3/11/2026");
    CHECK(month_for_reader("2026-11", "nb") == "11.2026");
    CHECK(date_for_reader("not yet", "fi") == "not yet");
}

TEST_CASE(
    "no language of the kiosk puts the month first, and what a reader sees reads back as the same day") {
    const auto languages = load_languages(source_dir() + "/assets/strings");
    REQUIRE(languages.ok());
    for (const LanguageChoice& language : *languages) {
        INFO(language.code);
        CHECK_FALSE(numeric_date_pattern(language.code).starts_with('M'));
        CHECK(date_from_typed(date_for_reader("2026-11-03", language.code)) == "2026-11-03");
        CHECK(month_from_typed(month_for_reader("2026-11", language.code)) == "2026-11");
    }
    CHECK(numeric_date_pattern("fil").starts_with('M')); // the control
}

TEST_CASE_METHOD(
    AtWorkHistory,
    "a protecting rule starts on, a box starts off, and both are recorded with text and version") {
    session.set_answer("name", "Aino");
    session.note_consents_shown("en", 7);
    const auto sent = session.submission("en", "", "");
    REQUIRE(sent.ok());
    const Json& records = (*sent)["consents"];
    REQUIRE(records.size() == 2);
    CHECK_FALSE(records[0]["given"].bool_or(true));
    CHECK(records[1]["given"].bool_or(false));
    CHECK(records[0]["recipient_kind"].text() == "agency");
    CHECK(records[0]["text_version"].text() == "1");
    CHECK(consent_still_stands(form, records[0]));
}

TEST_CASE_METHOD(
    AtWorkHistory,
    "a consent text changed in between does not stand, another language's change leaves it alone") {
    session.set_answer("name", "Aino");
    session.note_consents_shown("en", 7);
    const auto sent = session.submission("en", "", "");
    const Json record = (*sent)["consents"][0];
    const FormDefinition changed =
        form_of(json_of(replaced(work_history, "Keep me in mind", "Keep me for ever")));
    CHECK_FALSE(consent_still_stands(changed, record));
    CHECK(consent_still_stands(changed, (*sent)["consents"][1]));
}

TEST_CASE_METHOD(AtWorkHistory, "a parked draft opens under the same form as if nobody had left") {
    session.prompted_by_vacancy = "v7";
    session.set_answer("name", "Aino");
    session.set_answer("has_work", "true");
    session.add_entry("jobs");
    session.add_entry("jobs");
    session.remove_entry("jobs", 1);
    session.set_answer("jobs.2.employer", "Satama");
    session.set_answer("has_work", "false"); // hidden, and kept
    session.note_notice_shown("en", 3);
    session.note_consents_shown("en", 4);
    session.set_consent("talent_pool", true);
    FormSession later(form, arena);
    const auto left_out = later.resume(session.draft());
    REQUIRE(left_out.ok());
    CHECK(left_out->empty());
    CHECK(later.answers() == session.answers());
    later.set_answer("has_work", "true");
    CHECK(later.answers()["jobs"].to_text() == R"([{"employer":"Satama"}])");
    CHECK(later.add_entry("jobs") == 3);
    CHECK(later.prompted_by_vacancy == "v7");
    CHECK(later.notice_shown());
    CHECK(later.consents_shown());
    CHECK(later.consent("talent_pool") == true);
    CHECK(*later.submission("en", "r", "s") != Json());
}

TEST_CASE_METHOD(AtWorkHistory,
                 "a draft under a newer form keeps what still fits and asks changed consents anew") {
    session.set_answer("name", "Aino");
    session.set_answer("country", "fi");
    session.set_answer("phone", "070-123 45 67");
    session.note_notice_shown("en", 3);
    session.note_consents_shown("en", 4);
    session.set_consent("talent_pool", true);
    session.set_consent("ask_before_each_employer", false);
    std::string newer = replaced(work_history, R"("version":"1")", R"("version":"2")");
    newer = replaced(newer, R"({"value":"fi","text_key":"t"},)", R"({"value":"ee","text_key":"t"},)");
    newer = replaced(newer, R"("for":["fi"])", R"("for":["ee"])");
    newer = replaced(newer, R"("phone":{"type":"string"},)", "");
    newer = replaced(newer, R"({"field":"phone","widget":"telephone","label_key":"t"},)", "");
    newer = replaced(newer, "Keep me in mind", "Keep me for ever");
    Sitting newer_sitting(form_of(json_of(newer)));
    FormSession& later = newer_sitting.session;
    const auto left_out = later.resume(session.draft());
    REQUIRE(left_out.ok());
    CHECK(*left_out == Words{"country", "phone"});
    CHECK(later.answer("name") == "Aino");
    CHECK(later.notice_shown()); // its text is the same
    CHECK_FALSE(later.consents_shown());
    CHECK_FALSE(later.consent("talent_pool").has_value());
    CHECK(later.consent("ask_before_each_employer") == false);

    const FormDefinition other = form_of(json_of(replaced(work_history, R"("id":"w")", R"("id":"x")")));
    FormSession stranger(other, arena);
    const auto refused_draft = stranger.resume(session.draft());
    REQUIRE_FALSE(refused_draft.ok());
    CHECK(refused_draft.error().detail == "the draft is of the form \"w\"");
}

TEST_CASE_METHOD(
    AtWorkHistory,
    "a form updated while somebody fills it in leaves that person with the form that was begun") {
    session.set_answer("name", "Aino");
    const FormDefinition newer =
        form_of(json_of(replaced(work_history, R"("version":"1")", R"("version":"2")")));
    const auto sent = session.submission("en", "", "");
    REQUIRE(sent.ok());
    CHECK((*sent)["version"].text() == "1");
    CHECK((*sent)["digest"].text() == form.digest);
    CHECK((*sent)["digest"].text() != newer.digest);
    CHECK(problems_of(form, (*sent)["answers"]).empty());
}

TEST_CASE("what others send in groups and computed values is checked, too") {
    const FormDefinition form = work_form();
    const auto check = [&](const char* text) { return in_words(problems_of(form, json_of(text))); };
    CHECK(check(R"({"name":"A","has_work":true,"jobs":[{"employer":"X"}],"count":1})").empty());
    CHECK(check(R"({"name":"A","has_work":true,"jobs":[{"from":"2020-01"}]})") ==
          Words{"jobs.0.employer required"});
    CHECK(check(R"({"name":"A","has_work":true,"jobs":[{"employer":"X","salary":5}]})") ==
          Words{"jobs.0.salary unknown"});
    CHECK(check(R"({"name":"A","has_work":true,"jobs":[{"employer":5}]})")[0] == "jobs.0.employer type");
    CHECK(check(R"({"name":"A","jobs":[{"employer":"X"}]})") == Words{"jobs.0.employer hidden"});
    CHECK(check(R"({"name":"A","has_work":true,"jobs":[{"employer":"X"}],"count":3})") ==
          Words{"count computed"});
    CHECK(
        check(
            R"({"name":"A","has_work":true,"jobs":[{"employer":"1"},{"employer":"2"},{"employer":"3"},{"employer":"4"}]})") ==
        Words{"jobs maxItems 3"});
    CHECK(check(R"({"name":"A","employer":"X"})") == Words{"employer unknown"});
    CHECK(check(R"({"name":"A","phone":""})") == Words{"phone format.telephone"});
    CHECK(check(R"({"name":"A","jobs":"none"})") == Words{"jobs type"});
}

TEST_CASE("a sender hears of entries by the sender's own numbers, and of each of them") {
    const FormDefinition form = work_form();
    const auto problems = problems_of(form, json_of(R"({"name":"A","has_work":true,"jobs":[
            {"employer":"1","from":"2020-13"},
            {"employer":"2","from":"2024-05","to":"2020-05"},
            {"employer":"3","still":true,"from":"2019-01","to":"2020-01"}]})"));
    CHECK(in_words(problems) ==
          Words{"jobs.0.from format.month", "jobs.2.to hidden", "jobs.1.to constraint"});
}

TEST_CASE("what ties several fields together is told at the field that is missing") {
    const std::string text = replaced(work_history, R"("properties":{
   "name")",
                                      R"("dependentRequired":{"town":["phone"]},"properties":{
   "name")");
    Sitting sitting(form_of(json_of(text)));
    FormSession& session = sitting.session;
    session.set_answer("name", "Aino");
    session.set_answer("town", "other");
    CHECK(in_words(session.problems()) == Words{"phone required"});
    CHECK(in_words(session.problems_on(sitting.form.pages[0])) == Words{"phone required"});
    session.set_answer("phone", "070 123 45 67");
    CHECK(session.problems().empty());
}

TEST_CASE("a consent names whom it lets see the answers") {
    const std::string named =
        R"("retention":"pool-24-months","recipient_kind":"employer","recipient":"Kahvila Oy"})";
    const auto with = [&](const std::string& end) {
        const auto form = FormDefinition::from_json(
            json_of(replaced(work_history, R"("retention":"pool-24-months"})", end)));
        return form.ok() ? "accepted" : form.error().detail;
    };
    CHECK(with(named) == "accepted");
    CHECK(with(R"("retention":"pool-24-months","recipient_kind":"employer"})") ==
          "consents[0].recipient: missing; who is the employer?");
}

TEST_CASE("every kind of writing that a form may ask for has a text that says what to do") {
    const auto text = read_file(source_dir() + "/assets/strings/en.json");
    REQUIRE(text.ok());
    const Json strings = json_of(*text);
    for (const char* format :
         {"date", "date-time", "time", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"}) {
        const FormDefinition own = form_of(json_of(
            R"({"format":"vakant-form/1","id":"f","version":"1","default_language":"en","languages":["en"],
                "notice_key":"t","data":{"type":"object","properties":{"a":{"type":"string","format":")" +
            std::string(format) + R"("}}},"pages":[{"id":"p","title_key":"t","items":[
                {"field":"a","widget":"text","label_key":"t"}]}],"i18n":{"en":{"t":"Text"}}})"));
        Sitting sitting(own);
        sitting.session.set_answer("a", "?");
        INFO(format);
        REQUIRE(sitting.session.problems().size() == 1);
        CHECK(strings.contains("validation." + sitting.session.problems()[0].keyword));
    }
}

TEST_CASE("a box that is ticked beforehand is refused as a consent") {
    const std::string text = replaced(work_history, R"("retention":"pool-24-months"})",
                                      R"("retention":"pool-24-months","kind":"rule"})");
    const auto form = FormDefinition::from_json(json_of(text));
    REQUIRE_FALSE(form.ok());
    CHECK(form.error().detail == "consents[0].kind: a box that is ticked beforehand is no consent; only "
                                 "\"ask_before_each_employer\" protects and may be a rule");
}

TEST_CASE("the exported schema refuses nothing that the form takes, and says required and hidden by rules") {
    const FormDefinition form = form_of(shipped_form("registration"));
    const auto schema = Schema::from_json(schema_for_others(form));
    REQUIRE(schema.ok());
    const auto takes = [&](const char* text) { return schema->accepts(json_of(text)); };
    CHECK(takes(R"({"given_names":"A","family_name":"B","contact_way":"come_back"})"));
    CHECK(takes(R"({"given_names":"A","family_name":"B","contact_way":"email","email":"a@b.fi"})"));
    CHECK_FALSE(takes(R"({"given_names":"A","family_name":"B","contact_way":"email"})"));
    CHECK_FALSE(takes(R"({"given_names":"A","family_name":"B","contact_way":"come_back","email":"a@b.fi"})"));
    CHECK_FALSE(takes(R"({"given_names":"A","family_name":"B"})"));
    CHECK_FALSE(takes(R"({"given_names":"A","family_name":"B","contact_way":"come_back","iban":"FI21"})"));
}
