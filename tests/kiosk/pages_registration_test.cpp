#include "core/base/bytes.h"
#include "tests/fakes/form_walk.h"
#include "tests/places.h"

using namespace vakant;

namespace {

void fill_in(KioskStage& stage) {
    open_form(stage);
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("next");
    stage.press("field.contact_way.telephone");
    stage.write("field.telephone", U"0401234567");
    stage.press("next");
}
void go_to_review(KioskStage& stage) {
    fill_in(stage);
    for (int i = 0; i < 25 && stage.page() != PageId::registration_review; ++i)
        stage.press("next");
    REQUIRE(stage.page() == PageId::registration_review);
}
std::shared_ptr<const AgencyProfile> aurora() {
    const auto text = read_file(source_dir() + "/assets/config/aurora.json");
    REQUIRE(text.ok());
    auto profile = agency_profile_from_text(*text);
    REQUIRE(profile.ok());
    return std::make_shared<const AgencyProfile>(std::move(*profile));
}

} // namespace

TEST_CASE("the notice comes before the first field") {
    KioskStage stage;
    stage.start();
    stage.touch("register");
    CHECK(stage.page() == PageId::registration_notice);
    CHECK(stage.name("title") == "Ennen kuin aloitat");
    CHECK(stage.name("recipient") == "Vastauksesi saa vain: \u2068Esimerkki Oy\u2069.");
    CHECK(stage.shows("notice.0"));
    CHECK_FALSE(stage.shows("field.given_names"));
    stage.press("next");
    CHECK(stage.shows("field.given_names"));
}

TEST_CASE("errors stand at their fields after Next and go when the answer is right") {
    KioskStage stage;
    open_form(stage);
    CHECK_FALSE(stage.node("field.given_names").invalid);
    stage.press("next");
    CHECK(stage.page() == PageId::registration_form);
    CHECK(stage.name("problems") == "2 kohtaa täytyy korjata ennen kuin jatkat.");
    CHECK(stage.node("field.given_names").invalid);
    CHECK(stage.node("field.given_names").description.find("Tämä tieto tarvitaan.") != std::string::npos);
    stage.write("field.given_names", U"Aino");
    CHECK_FALSE(stage.node("field.given_names").invalid);
    CHECK(stage.node("field.family_name").invalid);
}

TEST_CASE("answers stay when the language is switched in the middle of the form") {
    KioskStage stage;
    open_form(stage);
    stage.write("field.given_names", U"Aino");
    stage.language("ar");
    CHECK(stage.value("field.given_names") == "Aino");
    stage.language("en");
    CHECK(stage.value("field.given_names") == "Aino");
    CHECK(stage.name("progress").find("Step 1 of") == 0);
}

TEST_CASE("a field that an answer makes unnecessary is not there, and comes back with its answer") {
    KioskStage stage;
    fill_in(stage);
    stage.press("back");
    CHECK(stage.shows("field.telephone"));
    stage.press("field.contact_way.email");
    CHECK_FALSE(stage.shows("field.telephone"));
    CHECK(stage.shows("field.email"));
    stage.press("field.contact_way.telephone");
    CHECK(stage.value("field.telephone") == "0401234567");
}

TEST_CASE("consent boxes start unticked and registering needs none of them") {
    KioskStage stage;
    fill_in(stage);
    for (int i = 0; i < 25 && stage.page() != PageId::registration_consents; ++i)
        stage.press("next");
    REQUIRE(stage.page() == PageId::registration_consents);
    REQUIRE(stage.shows("consent.talent_pool"));
    CHECK(stage.node("consent.talent_pool").checked == false);
    stage.press("next");
    CHECK(stage.page() == PageId::registration_review);
    stage.press("send");
    CHECK(stage.page() == PageId::registration_thanks);
}

TEST_CASE("the review shows every answer, each with its way back and return") {
    KioskStage stage;
    go_to_review(stage);
    CHECK(stage.node("answers.you.answer.given_names").value == "\u2068Aino\u2069");
    CHECK(stage.node("answers.contact.answer.telephone").value == "\u20680401234567\u2069");
    stage.press("change.you");
    CHECK(stage.page() == PageId::registration_form);
    stage.write("field.family_name", U"-Laine");
    CHECK(stage.name("next") == "Takaisin tarkistukseen");
    stage.press("next");
    CHECK(stage.page() == PageId::registration_review);
    CHECK(stage.node("answers.you.answer.family_name").value == "\u2068Kanerva-Laine\u2069");
}

TEST_CASE("the thank-you page comes only after the submission was kept") {
    KioskStage stage;
    go_to_review(stage);
    stage.workers.keeps_slowly = true;
    stage.press("send");
    CHECK(stage.page() == PageId::registration_review);
    CHECK(stage.name("sending") == "Tallennetaan.");
    CHECK_FALSE(stage.node("send").enabled);
    stage.workers.finish_keeping();
    stage.rest();
    CHECK(stage.page() == PageId::registration_thanks);
    CHECK(stage.name("title") == "Kiitos, ilmoittautumisesi on tallessa");
    CHECK(stage.node("reference").value.find("KTR-0427-M") != std::string::npos);
    CHECK(stage.shows("code"));
    CHECK(stage.name("delivery").find("Tiedot ovat tällä laitteella lukittuina") == 0);
    CHECK(stage.app->visit().answers() == nullptr);
    CHECK(stage.app->visit().arena().used() == 0);
}

TEST_CASE("the thank-you page is in view as a whole in every language, and then what the printer says") {
    for (const char* language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        INFO(language);
        KioskStage stage(language);
        stage.settings.has_printer = true;
        stage.agencies = {{"example", "Aurora Henkilöstö Oy"}};
        stage.workers.profiles = {{"example", aurora()}};
        go_to_review(stage);
        stage.press("send");
        REQUIRE(stage.page() == PageId::registration_thanks);
        CHECK_FALSE(stage.shows("scroll.down"));
        stage.press("print");
        CHECK(stage.node("print.line").on_screen);
        CHECK(stage.node("secret").on_screen);
    }
}

TEST_CASE(
    "the thank-you page says that the agency has it only when the agency signed for this very envelope") {
    KioskStage stage;
    go_to_review(stage);
    stage.press("send");
    stage.enrol(); // an online status with an empty queue, from before the envelope was made
    stage.workers.tell(report::Delivered{"somebody else's"});
    stage.rest();
    CHECK(stage.name("delivery").find("Tiedot ovat tällä laitteella lukittuina") == 0);
    stage.workers.tell(report::Delivered{"envelope-1"});
    stage.rest();
    CHECK(stage.name("delivery") == "Toimisto on vastaanottanut tietosi.");
}

TEST_CASE("what is sent is what was answered, for the one agency, with the consent that was refused") {
    KioskStage stage;
    go_to_review(stage);
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].what.submissions.size() == 1);
    const Unsealed& submission = sent[0].what.submissions[0];
    CHECK(submission.agency == "example");
    CHECK(submission.payload["kind"].text() == "registration");
    CHECK(submission.payload["answers"]["given_names"].text() == "Aino");
    CHECK(submission.payload["answers"]["telephone"].text() == "0401234567");
    CHECK(submission.payload["consents"][0]["given"].bool_or(false)); // the protecting rule
    CHECK(submission.payload["consents"][1]["given"].bool_or(true) == false);
    CHECK(sent[0].secret.size() == 32);
}

TEST_CASE("on a full disk the page says so and the answers stay") {
    KioskStage stage;
    go_to_review(stage);
    stage.workers.finalise_fails = ErrorKind::disk_full;
    stage.press("send");
    CHECK(stage.page() == PageId::registration_review);
    CHECK(stage.name("problem") ==
          "Laitteen tallennustila on täynnä. Vastauksesi ovat vielä tässä. Yritä uudelleen tai "
          "pyydä apua henkilökunnalta.");
    CHECK(stage.node("answers.you.answer.given_names").value == "\u2068Aino\u2069");
    stage.workers.finalise_fails.reset();
    stage.press("send");
    CHECK(stage.page() == PageId::registration_thanks);
}

TEST_CASE("leaving a half-filled form asks first; staying keeps everything, leaving wipes it") {
    KioskStage stage;
    open_form(stage);
    stage.write("field.given_names", U"Aino");
    stage.press("bar.home");
    REQUIRE(stage.shows("dialog.stay"));
    CHECK_FALSE(stage.shows("field.given_names"));
    stage.press("dialog.stay");
    CHECK(stage.value("field.given_names") == "Aino");
    stage.press("bar.home");
    stage.press("dialog.leave");
    CHECK(stage.page() == PageId::home);
    CHECK(stage.app->visit().answers() == nullptr);
    CHECK(stage.app->visit().arena().used() == 0);
}

TEST_CASE("registering with two agencies makes one submission for each") {
    KioskStage stage;
    stage.agencies = {{"a", "Ensimmäinen Oy"}, {"b", "Toinen Oy"}};
    stage.start();
    stage.touch("register");
    REQUIRE(stage.page() == PageId::registration_agencies);
    stage.press("next");
    CHECK(stage.page() == PageId::registration_agencies);
    stage.press("a");
    stage.press("b");
    stage.press("next");
    CHECK(stage.name("recipient") ==
          "Vastauksesi saa vain: \u2068Ensimmäinen Oy\u2069, \u2068Toinen Oy\u2069.");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("next");
    stage.press("field.contact_way.telephone");
    stage.write("field.telephone", U"0401234567");
    for (int i = 0; i < 25 && stage.page() != PageId::registration_review; ++i)
        stage.press("next");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].what.submissions.size() == 2);
    CHECK(sent[0].what.submissions[0].agency == "a");
    CHECK(sent[0].what.submissions[1].agency == "b");
}

TEST_CASE("Finish forgets the person and goes back to rest") {
    KioskStage stage;
    go_to_review(stage);
    stage.press("send");
    stage.press("finish");
    CHECK(stage.page() == PageId::attract);
    CHECK(stage.app->visit().reference.empty());
}

TEST_CASE("who comes back sees number, recipient, when, where and how to withdraw without scrolling") {
    for (const bool upright : {false, true}) {
        for (const std::string language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
            // Upright, the names of what can be done next take two rows in these.
            if (upright && (language == "uk" || language == "ru")) continue;
            INFO(language << (upright ? " upright" : ""));
            KioskStage stage(language);
            if (upright) std::swap(stage.settings.ui.width_px, stage.settings.ui.height_px);
            stage.settings.has_printer = true;
            stage.agencies = {{"example", "Aurora Henkilöstö Oy"}};
            stage.workers.profiles = {{"example", aurora()}};
            open_form(stage);
            name_and_contact(stage);
            go_to(stage, "send");
            stage.press("send");
            REQUIRE(stage.page() == PageId::registration_thanks);
            CHECK_FALSE(stage.shows("scroll.down"));
            for (const char* key : {"reference", "sent", "next", "office.0", "office.1", "delivery", "code",
                                    "change", "secret"}) {
                INFO(key);
                CHECK(stage.node(key).on_screen);
            }
            CHECK_FALSE(stage.shows("keep")); // it stands with the number
            stage.press("print");
            CHECK(stage.node("print.line").on_screen);
            CHECK(stage.node("secret").on_screen);
        }
    }
    KioskStage stage("en");
    open_form(stage);
    name_and_contact(stage);
    go_to(stage, "send");
    stage.press("send");
    CHECK(stage.name("reference") == "Your number. Write it down:");
}

TEST_CASE("where there are several agencies each says who it is, where, what work it has and what it gets") {
    KioskStage stage("en");
    stage.agencies = {{"example", "Aurora Henkilöstö Oy"}, {"quiet", "Quiet Ltd"}};
    stage.workers.profiles = {{"example", aurora()}};
    stage.start();
    stage.touch("register");
    REQUIRE(stage.page() == PageId::registration_agencies);
    CHECK(
        stage.name("about.example") ==
        "Aurora Henkilöstö is a recruitment agency in Tampere and Helsinki. Employers tell us who they need, "
        "and we look for the right people.");
    CHECK(stage.name("facts.example.office.0") == "Tampere office");
    CHECK(stage.value("facts.example.office.0") == "\u2068Revontulenkatu 7, 33100 Tampere\u2069");
    CHECK(stage.name("facts.example.office.1") == "Helsinki office");
    CHECK_FALSE(stage.shows("facts.example.fields")); // no order is open
    CHECK(stage.name("example") == "Aurora Henkilöstö Oy");
    CHECK(stage.node("example").description ==
          "\u2068Aurora Henkilöstö Oy\u2069 gets your answers and the permissions that you give to it.");
    // The other has told nothing: that is what the page says.
    CHECK(stage.name("about.quiet") == "The agency has not told about itself yet.");
    CHECK_FALSE(stage.shows("facts.quiet.office.0"));
    CHECK(stage.name("quiet") == "Quiet Ltd");
    CHECK(stage.node("quiet").checked == false);
}

TEST_CASE("the fields in which an agency has open work are those of its own orders, asked for one by one") {
    KioskStage stage("fi");
    stage.agencies = {{"a", "Ensimmäinen Oy"}, {"b", "Toinen Oy"}};
    stage.start();
    const std::size_t before = stage.workers.all<job::Search>().size();
    stage.touch("register");
    const auto asked = stage.workers.all<job::Search>();
    REQUIRE(asked.size() == before + 2);
    CHECK(asked[before].query.agency == "a");
    CHECK(asked[before].query.board == Board::own);
    CHECK(asked[before + 1].query.agency == "b");
    CHECK_FALSE(stage.shows("facts.a.fields"));
    VacancyResults open;
    open.query.agency = "b";
    open.own_total = 3;
    open.counts = {{Facet::field, "care", "", 2, false}, {Facet::hours, "full_time", "", 3, false}};
    stage.workers.tell_page(event::SearchAnswered{open});
    stage.rest();
    CHECK_FALSE(stage.shows("facts.a.fields"));
    CHECK(stage.name("facts.b.fields") == "Työtä juuri nyt");
    CHECK(stage.value("facts.b.fields") == "Hoiva ja terveys, Muu työ");
}
