// The shipped forms on the screen: groups, suggestions, the protecting rule, several agencies, other scripts.
#include <fstream>

#include "core/base/bytes.h"
#include "tests/fakes/form_walk.h"
#include "tests/fakes/stage_picture.h"
#include "tests/places.h"

using namespace vakant;

namespace {

void begin(KioskStage& stage) {
    open_form(stage);
    name_and_contact(stage);
}
Json sent_answers(KioskStage& stage) {
    for (int i = 0; i < 25 && !stage.shows("send"); ++i)
        stage.press("next");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    return sent[0].what.submissions.at(0).payload["answers"];
}
/// A shipped form under another id and use.
FormFact other_form(const std::string& agency, const std::string& file, const std::string& id) {
    auto text = read_file(source_dir() + "/assets/forms/" + file);
    REQUIRE(text.ok());
    auto json = parse_json(*text);
    REQUIRE(json.ok());
    json->set("id", id);
    json->set("uses", Json::array({"registration"}));
    auto form = FormDefinition::from_json(*json);
    if (!form.ok()) FAIL(form.error().detail);
    return {agency, std::make_shared<const FormDefinition>(std::move(*form))};
}

/// A small form whose words of thanks and promise are the agency's own.
FormFact with_thanks(const std::string& agency, const std::string& id, int days, const char* words) {
    const auto text = read_file(source_dir() + "/tests/core/forms/five_pages.json");
    REQUIRE(text.ok());
    auto json = parse_json(*text);
    REQUIRE(json.ok());
    json->set("id", id);
    json->set("thanks", Json::object({{"text_key", "after"}, {"within_days", days}}));
    Json all = Json::object();
    for (const auto& [language, texts] : (*json)["i18n"].members()) {
        Json more = texts;
        all.set(language, more.set("after", words));
    }
    json->set("i18n", std::move(all));
    auto form = FormDefinition::from_json(*json);
    if (!form.ok()) FAIL(form.error().detail);
    return {agency, std::make_shared<const FormDefinition>(std::move(*form))};
}
void two_agencies_with(KioskStage& stage, int days_of_first, int days_of_second) {
    stage.settings.has_printer = true;
    stage.agencies = {{"a", "First Ltd"}, {"b", "Second Ltd"}};
    stage.workers.forms = {with_thanks("a", "one", days_of_first, "Bring your certificates."),
                           with_thanks("b", "two", days_of_second, "Our office opens at nine.")};
}
void begin_at_both(KioskStage& stage) {
    stage.start();
    stage.touch("register");
    stage.press("a");
    stage.press("b");
    stage.press("next");
    stage.press("next");
    name_and_contact(stage);
}
void send_to_both(KioskStage& stage, bool has_telephone) {
    begin_at_both(stage);
    if (has_telephone) {
        stage.press("field.contact_way.telephone");
        stage.write("field.telephone", U"0401234567");
    }
    sent_answers(stage);
    REQUIRE(stage.page() == PageId::registration_thanks);
}
std::string printed_slip(KioskStage& stage) {
    stage.press("print");
    const auto printed = stage.workers.all<job::Print>();
    REQUIRE(printed.size() == 1);
    std::string slip;
    for (const PrintedSlip::Block& block : printed[0].slip.blocks)
        slip += block.text + "\n";
    return slip;
}

} // namespace

TEST_CASE("a job is added, filled in, closed, changed and removed") {
    KioskStage stage("en");
    begin(stage);
    go_to(stage, "add.jobs");
    stage.press("add.jobs");
    stage.write("field.jobs.1.employer", U"Kahvila Oy");
    stage.press("ready.jobs.1");
    CHECK(stage.name("entry.jobs.1.words").find("Kahvila Oy") != std::string::npos);
    stage.press("add.jobs");
    stage.write("field.jobs.2.employer", U"Varasto Oy");
    stage.press("edit.jobs.1");
    stage.write("field.jobs.1.employer", U" Tampere");
    stage.press("remove.jobs.2");
    CHECK_FALSE(stage.shows("entry.jobs.2.words"));
    CHECK(stage.name("add.jobs") == "Add a job");
    const Json jobs = sent_answers(stage)["jobs"];
    REQUIRE(jobs.size() == 1);
    CHECK(jobs[0]["employer"].text() == "Kahvila Oy Tampere");
}

TEST_CASE("a municipality is chosen from what its beginning finds, in any of its names") {
    KioskStage stage("fi");
    begin(stage);
    go_to(stage, "field.municipality");
    begin_writing(stage, "field.municipality", U"tammerf");
    REQUIRE(stage.shows("field.municipality.suggestion.0"));
    stage.touch("field.municipality.suggestion.0");
    stage.press("keyboard.ready");
    CHECK(stage.value("field.municipality") == "Tampere");
    CHECK_FALSE(stage.shows("field.municipality.suggestion.0"));
    stage.language("sv");
    CHECK(stage.value("field.municipality") == "Tammerfors");
    CHECK(sent_answers(stage)["municipality"].text() == "Tampere");
}

TEST_CASE("occupations are gathered one by one, own words too, and each can be taken away again") {
    KioskStage stage("uk");
    begin(stage);
    go_to(stage, "field.occupations");
    begin_writing(stage, "field.occupations", U"siivo");
    stage.touch("field.occupations.suggestion.0");
    stage.press("keyboard.ready");
    CHECK(stage.value("field.occupations").empty());
    stage.write("field.occupations", U"поні");
    stage.press("take.occupations");
    CHECK(stage.shows("chosen.occupations.cleaner"));
    stage.press("chosen.occupations.cleaner");
    CHECK_FALSE(stage.shows("chosen.occupations.cleaner"));
    const Json answer = sent_answers(stage)["occupations"];
    REQUIRE(answer.size() == 1);
    CHECK(answer[0].text() == "поні");
}

TEST_CASE("who writes a name in another script is asked for the passport's letters, nobody else is") {
    KioskStage stage("uk");
    stage.start();
    stage.touch("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    CHECK_FALSE(stage.shows("field.given_names_latin"));
    stage.write("field.family_name", U"Шевченко");
    CHECK(stage.shows("field.family_name_latin"));
}

TEST_CASE(
    "\"ask me before each employer\" is on from the start, every box is off, and what is sent says so") {
    KioskStage stage("en");
    begin(stage);
    go_to(stage, "consent.talent_pool");
    CHECK(stage.node("consent.ask_before_each_employer").checked == true);
    CHECK(stage.node("consent.talent_pool").checked == false);
    CHECK(stage.node("consent.public_employment_service").checked == false);
    stage.press("next");
    stage.press("send");
    const Json payload = stage.workers.all<job::Finalise>().at(0).what.submissions.at(0).payload;
    REQUIRE(payload["consents"].size() == 3);
    const Json& rule = payload["consents"][0];
    CHECK(rule["purpose"].text() == "ask_before_each_employer");
    CHECK(rule["given"].bool_or(false));
    CHECK(payload["consents"][1]["given"].bool_or(true) == false);
    CHECK(payload["consents"][2]["recipient"].text() == "public-employment-service");
    for (const std::string_view member :
         {"purpose", "text_version", "text_digest", "language", "form_version", "retention"}) {
        INFO(member);
        CHECK_FALSE(payload["consents"][1][member].text().empty());
    }
    CHECK(payload["notice"]["language"].text() == "en");
    CHECK_FALSE(payload["notice"]["text_digest"].text().empty());
}

TEST_CASE("two agencies with the same form each get the answers and the consents given to them") {
    KioskStage stage("en");
    stage.agencies = {{"a", "First Ltd"}, {"b", "Second Ltd"}};
    begin_at_both(stage);
    go_to(stage, "consent.1.talent_pool");
    stage.press("consent.1.talent_pool");
    stage.press("next");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.at(0).what.submissions.size() == 2);
    const auto given = [&](std::size_t i) {
        return sent[0].what.submissions[i].payload["consents"][1]["given"].bool_or(false);
    };
    CHECK(sent[0].what.submissions[0].agency == "a");
    CHECK_FALSE(given(0));
    CHECK(sent[0].what.submissions[1].agency == "b");
    CHECK(given(1));
    CHECK(sent[0].what.submissions[1].payload["answers"]["given_names"].text() == "Aino");
}

TEST_CASE("accessibility 34: agencies with forms of their own are answered one after the other, and nothing "
          "is typed twice") {
    KioskStage stage("en");
    stage.agencies = {{"a", "First Ltd"}, {"b", "Second Ltd"}};
    stage.workers.forms.push_back(other_form("b", "day.json", "short"));
    stage.start();
    stage.touch("register");
    stage.press("a");
    stage.press("b");
    stage.press("next");
    CHECK(stage.name("part").find("Form 1 of 2") == 0);
    stage.press("next");
    name_and_contact(stage);
    for (int i = 0; i < 25 && stage.page() != PageId::registration_consents; ++i)
        stage.press("next");
    stage.press("next");
    REQUIRE(stage.page() == PageId::registration_notice);
    CHECK(stage.name("part").find("Form 2 of 2") == 0);
    stage.press("next");
    CHECK(stage.value("field.given_names") == "Aino");
    stage.back();
    stage.press("next");
    for (int i = 0; i < 25 && !stage.shows("send"); ++i)
        stage.press("next");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.at(0).what.submissions.size() == 2);
    CHECK(sent[0].what.submissions[0].payload["form"].text() == "registration");
    CHECK(sent[0].what.submissions[1].payload["form"].text() == "short");
    CHECK(sent[0].what.submissions[1].payload["answers"]["family_name"].text() == "Kanerva");
    CHECK(sent[0].what.submissions[0].form_digest != sent[0].what.submissions[1].form_digest);
}

TEST_CASE("each agency's form promises for that agency, and its words of thanks stand on page and slip") {
    KioskStage stage("en");
    two_agencies_with(stage, 1, 5);
    send_to_both(stage, true);
    // "next" on this page is what happens next, not the button.
    CHECK(stage.name("next") == "\u2068First Ltd\u2069 will be in touch within one working day. "
                                "\u2068Second Ltd\u2069 will be in touch within 5 working days.");
    CHECK(stage.name("thanks.0") == "Bring your certificates.");
    CHECK(stage.name("thanks.1") == "Our office opens at nine.");
    CHECK(printed_slip(stage).find("\nBring your certificates.\nOur office opens at nine.\n") !=
          std::string::npos);
}

TEST_CASE("agencies that promise the same share a sentence, whose verb needs no number") {
    for (const auto& [language, promise] : std::map<std::string, std::string>{
             {"en", "\u2068First Ltd\u2069, \u2068Second Ltd\u2069 will be in touch within 2 working days."},
             {"fi", "Sinuun otetaan yhteyttä 2 arkipäivän kuluessa. Yhteyttä ottaa: \u2068First Ltd\u2069, "
                    "\u2068Second Ltd\u2069."},
             {"uk",
              "З вами зв’яжуться протягом 2 робочих днів: \u2068First Ltd\u2069, \u2068Second Ltd\u2069."}}) {
        INFO(language);
        KioskStage stage(language);
        two_agencies_with(stage, 2, 2);
        send_to_both(stage, true);
        CHECK(stage.name("next") == promise);
        CHECK_FALSE(stage.shows("office.0"));
    }
}

TEST_CASE("who will come back is told when, where and with what, not that anybody calls") {
    KioskStage stage("en");
    two_agencies_with(stage, 2, 2);
    AgencyProfile profile;
    profile.name = "First Ltd";
    profile.follow_up.who.texts = {{"en", "Our recruiters"}};
    profile.follow_up.within_working_days = 3;
    profile.offices = {
        {{{{"en", "Tampere office"}}}, {{{"en", "Mon–Fri 9–16"}}}, "Keskuskatu 1, Tampere", ""},
        {{}, {}, "Loimukuja 3, Helsinki", ""}};
    stage.workers.profiles = {{"a", std::make_shared<const AgencyProfile>(std::move(profile))}};
    send_to_both(stage, false);
    CHECK(stage.name("next") == "Come back to the office (\u2068First Ltd\u2069) after 3 working days and "
                                "give your number. Nobody will call or write to you. Come back to the office "
                                "(\u2068Second Ltd\u2069) after 2 working days and give your number. Nobody "
                                "will call or write to you.");
    CHECK(stage.name("office.0") ==
          "\u2068Tampere office\u2069: \u2068Keskuskatu 1, Tampere\u2069, \u2068Mon–Fri 9–16\u2069");
    CHECK(stage.name("office.1") == "\u2068First Ltd\u2069: \u2068Loimukuja 3, Helsinki\u2069");
    CHECK_FALSE(stage.shows("office.2"));
    const std::string slip = printed_slip(stage);
    CHECK(slip.find(
              stage.name("next") +
              "\n\u2068Tampere office\u2069: \u2068Keskuskatu 1, Tampere\u2069\n\u2068Mon–Fri 9–16\u2069\n" +
              stage.name("office.1") + "\n") != slip.npos);
    CHECK(slip.find("in touch") == slip.npos);
}

TEST_CASE("where no time is promised, who will come back is told in every language that nobody calls") {
    for (const auto& [language, last] :
         std::map<std::string, std::string>{{"fi", "Sinulle ei soiteta eikä kirjoiteta."},
                                            {"fi-simple", "Toimisto ei soita eikä kirjoita sinulle."},
                                            {"sv", "Ingen ringer eller skriver till dig."},
                                            {"nb", "Ingen ringer eller skriver til deg."},
                                            {"en", "Nobody will call or write to you."},
                                            {"uk", "Телефонувати чи писати вам не будуть."},
                                            {"ru", "Звонить и писать вам не будут."},
                                            {"ar", "لن يتصل بك أحد ولن يراسلك."}}) {
        INFO(language);
        KioskStage stage(language);
        begin(stage);
        sent_answers(stage);
        REQUIRE(stage.page() == PageId::registration_thanks);
        CHECK(stage.name("next").ends_with(last));
        CHECK(stage.name("sent").find("Esimerkki Oy") != std::string::npos); // where to come back to
    }
}

TEST_CASE(
    "every shipped form is read, in the eight languages, and only name and a way of contact are required") {
    const report::DocumentsRead shipped = shipped_documents(source_dir() + "/assets");
    std::vector<std::string> ids;
    for (const FormFact& fact : shipped.forms) {
        ids.push_back(fact.form->id);
        CHECK(fact.form->languages.size() == 8);
        for (const FormPage& page : fact.form->pages) {
            for (const FormField& field : page.fields) {
                const bool may = page.id == "you" || page.id == "contact";
                INFO(fact.form->id << " " << field.id);
                CHECK((field.need != Need::required || may));
            }
        }
    }
    CHECK(ids == std::vector<std::string>{"day", "interest", "registration"});
    REQUIRE(shipped.lists != nullptr);
    for (const std::string_view list : {"municipalities", "occupations", "schools", "languages", "countries"})
        CHECK(shipped.lists->has(list));
}

namespace {

/// The kiosk with a form whose names are written, as others see it.
struct OverTheShoulder {
    KioskStage stage{"en"};
    explicit OverTheShoulder(std::u32string_view given, bool hidden) {
        stage.start();
        stage.touch("register");
        stage.press("next");
        if (hidden) stage.touch("hide");
        stage.write("field.given_names", given);
        stage.write("field.family_name", U"Kanerva");
    }
    std::vector<std::uint8_t> seen() { return StagePicture(*stage.draw().draw).rgba().rgba; }
};

} // namespace

TEST_CASE("who hides what they write shows dots, from which nobody reads the letters") {
    const bool hidden = GENERATE(true, false);
    OverTheShoulder one(U"Aino", hidden), other(U"Eila", hidden);
    CHECK((one.seen() == other.seen()) == hidden);
    CHECK(one.stage.value("field.given_names") == "Aino"); // a headset reads it
    // The review shows as many dots for every answer, until they are turned back into words.
    OverTheShoulder longer(U"Annikki", hidden);
    for (OverTheShoulder* it : {&one, &longer}) {
        it->stage.press("next");
        it->stage.press("field.contact_way.come_back");
        for (int i = 0; i < 25 && it->stage.page() != PageId::registration_review; ++i)
            it->stage.press("next");
    }
    CHECK((one.seen() == longer.seen()) == hidden);
    if (!hidden) return;
    one.stage.press("hide");
    longer.stage.press("hide");
    CHECK(one.seen() != longer.seen());
}

TEST_CASE("among hidden letters the caret stands where it would among the letters") {
    OverTheShoulder person(U"", true);
    KioskStage& stage = person.stage;
    stage.press("field.given_names");
    for (const char32_t c : U"Ao\u0308no") {
        if (c != 0) stage.character(c);
    }
    UiEvent left;
    left.kind = UiEvent::Kind::caret_left;
    for (int letters = 0; letters < 2; ++letters)
        stage.send(left), stage.draw();
    stage.character(U'i');
    stage.draw();
    CHECK(stage.value("field.given_names") == "Ao\u0308ino");
}

TEST_CASE("a page on which nothing is written has nothing to hide, and the next visitor hides nothing") {
    OverTheShoulder person(U"Aino", true);
    KioskStage& stage = person.stage;
    CHECK(stage.app->ui_settings().hides_answers);
    bool seen_without = false;
    for (int i = 0; i < 25 && stage.page() != PageId::registration_review; ++i) {
        stage.press("next");
        if (stage.shows("field.contact_way.come_back")) stage.press("field.contact_way.come_back");
        seen_without = seen_without || !stage.shows("hide");
    }
    CHECK(seen_without);
    stage.wait(151'000);
    CHECK(stage.page() == PageId::attract);
    CHECK_FALSE(stage.app->ui_settings().hides_answers);
}
