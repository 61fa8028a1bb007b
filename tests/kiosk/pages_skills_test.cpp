#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

void start_test(KioskStage& stage) {
    stage.start();
    stage.touch("typing");
    REQUIRE(stage.page() == PageId::skills_intro);
    stage.press("start");
    REQUIRE(stage.page() == PageId::skills_typing);
}

} // namespace

TEST_CASE("the practice line takes keys and keeps none of them") {
    KioskStage stage;
    stage.start();
    stage.touch("typing");
    stage.character(U'H');
    stage.character(U'y');
    stage.rest();
    CHECK(stage.value("practice") == "Hy");
    CHECK(stage.workers.all<job::KeepKey>().empty());
}

TEST_CASE("the test's language can be chosen and is the reader's to begin with") {
    KioskStage stage("en");
    stage.start();
    stage.touch("typing");
    CHECK(stage.node("test.typing-en").checked == true);
    stage.press("test.typing-fi");
    CHECK(stage.node("practice").description.find("Hyvää huomenta") == 0);
}

TEST_CASE("the test takes letters at once, also from somebody who came by keys") {
    KioskStage stage;
    start_test(stage);
    CHECK(stage.node("passage").focused);
}

TEST_CASE("a key is shown when it is durable and not before") {
    KioskStage stage;
    start_test(stage);
    stage.workers.keeps_slowly = true;
    stage.character(U'U');
    stage.rest();
    REQUIRE(stage.workers.all<job::KeepKey>().size() == 1);
    CHECK(stage.workers.all<job::KeepKey>()[0].what.key.code_point == U'U');
    CHECK(stage.value("passage") == "");
    stage.workers.finish_keeping();
    stage.rest();
    CHECK(stage.value("passage") == "U");
}

TEST_CASE("the clock starts with the first key and the minute ends the test") {
    KioskStage stage("en");
    start_test(stage);
    CHECK(stage.name("time") == "The clock starts when you type the first character.");
    stage.wait(30'000);
    CHECK(stage.name("time") == "The clock starts when you type the first character.");
    stage.character(U'U');
    stage.rest();
    CHECK(stage.name("time").find("60 seconds left") == 0);
    stage.wait(10'000);
    CHECK(stage.name("time").find("50 seconds left") == 0);
    stage.wait(50'000);
    CHECK(stage.page() == PageId::skills_result);
}

TEST_CASE("the result is sent sealed with its key log and shows speed and accuracy") {
    KioskStage stage;
    start_test(stage);
    const std::u32string words = U"Uusi viikko alkaa toimistolla rauhallisesti.";
    for (const char32_t key : words) {
        stage.character(key);
        stage.clock.pass(100);
    }
    stage.rest();
    stage.wait(61'000);
    REQUIRE(stage.page() == PageId::skills_result);
    CHECK(stage.node("figures.speed").value == "8,8 sanaa minuutissa");
    CHECK(stage.node("figures.accuracy").value == "100\u00A0% oikein");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    const Json& payload = sent[0].what.submissions.at(0).payload;
    CHECK(payload["kind"].text() == "skill-result");
    CHECK(payload["keys"].size() == words.size());
    CHECK(sent[0].what.submissions[0].agency == "example");
    CHECK_FALSE(sent[0].what.ends_session.empty());
    CHECK(stage.name("kept") == "Tulos on tallessa ja lähtee toimistolle: \u2068Esimerkki Oy\u2069.");
    CHECK(stage.node("reference").value.find("KTR-0427-M") != std::string::npos);
}

TEST_CASE("a key that cannot be kept stops the test and says so") {
    KioskStage stage("en");
    start_test(stage);
    stage.workers.keeping_fails = ErrorKind::disk_full;
    stage.character(U'U');
    stage.rest();
    CHECK(stage.name("problem") ==
          "The kiosk cannot keep your keys, so the test has stopped. Please ask the staff for help.");
    CHECK(stage.value("passage") == "");
}

TEST_CASE("a test that is stopped leaves no keys behind") {
    KioskStage stage;
    start_test(stage);
    stage.character(U'U');
    stage.rest();
    stage.press("stop");
    CHECK(stage.page() == PageId::home);
    CHECK(stage.workers.all<job::ForgetTest>().size() == 1);
    CHECK(stage.workers.all<job::Finalise>().empty());
}

TEST_CASE("a test that a power cut broke off is offered again with what was typed") {
    KioskStage stage("en");
    stage.settings.start_page.reset();
    stage.open();
    stage.enrol();
    StoredSession broken;
    broken.id = "5b9c1f8e-0000-4000-8000-000000000001";
    const TypingTest& test = stage.workers.tests.at(0).test;
    broken.test_json = Json::object({{"id", test.id},
                                     {"version", test.version},
                                     {"seconds", test.seconds},
                                     {"language", test.language},
                                     {"title_key", "skills." + test.id + ".title"},
                                     {"practice", test.practice},
                                     {"passage", test.passage}})
                           .to_text();
    broken.keys = {{U'U', 0}, {U'u', 150}};
    stage.workers.tell(report::StoreOpened{{}, std::nullopt, broken, std::nullopt});
    stage.rest();
    CHECK(stage.page() == PageId::skills_intro);
    CHECK(stage.name("title") == "A test was interrupted");
    stage.press("continue");
    CHECK(stage.page() == PageId::skills_typing);
    CHECK(stage.value("passage") == "Uu");
}

TEST_CASE("a result and a registration of one visit go by one number") {
    KioskStage stage;
    start_test(stage);
    stage.character(U'U');
    stage.rest();
    stage.wait(61'000);
    stage.press("home");
    stage.touch("register");
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
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].what.reference.empty());
    CHECK(sent[1].what.reference == "KTR-0427-M");
    CHECK(sent[0].secret == sent[1].secret);
}
