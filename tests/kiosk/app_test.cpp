#include "tests/fakes/kiosk_stage.h"

#include "core/envelope/envelope.h"
#include "sync/outbox.h"
#include "tests/fakes/real_workers.h"
#include "tests/fakes/stage_picture.h"
#include "tests/places.h"

using namespace vakant;

TEST_CASE("accessibility 33: after two minutes without anybody the kiosk asks, and half a minute later it "
          "forgets the person") {
    KioskStage stage;
    stage.start();
    stage.touch("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    stage.language("en");
    stage.wait(119'000);
    CHECK_FALSE(stage.shows("dialog.stay"));
    stage.wait(2'000);
    REQUIRE(stage.shows("dialog.stay"));
    CHECK(stage.name("idle.what") == "Everything is wiped in 29 seconds.");
    CHECK_FALSE(stage.shows("field.given_names"));
    stage.wait(30'000);
    CHECK(stage.page() == PageId::attract);
    CHECK(stage.app->visit().answers() == nullptr);
    CHECK(stage.app->visit().arena().used() == 0);
    CHECK(stage.name("title") == "Etsitkö työtä?");
}

TEST_CASE("accessibility 32: somebody who is still there can say so as often as they like") {
    KioskStage stage;
    stage.start();
    stage.touch("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    for (int i = 0; i < 12; ++i) {
        stage.wait(120'000);
        stage.wait(1'000); // to read it
        stage.touch("dialog.stay");
        CHECK(stage.value("field.given_names") == "Aino");
    }
}

namespace {

/// Somebody has written their name and looked away until they are asked whether they are there.
struct Asked {
    KioskStage stage;
    explicit Asked(std::u32string_view name = U"Aino") {
        stage.start();
        stage.touch("register");
        stage.press("next");
        stage.write("field.given_names", name);
        stage.wait(120'000);
        REQUIRE(stage.name("idle.what") == "Kaikki pyyhitään 30 sekunnin kuluttua.");
    }
    std::vector<std::uint8_t> seen() { return StagePicture(*stage.draw().draw).rgba().rgba; }
};

} // namespace

TEST_CASE("accessibility 33: nothing is wiped just after a key or a touch, the warning counts anew from it") {
    Asked asked;
    KioskStage& stage = asked.stage;
    stage.wait(29'000);
    SECTION("a key of the keypad, on the way to the button") {
        stage.keypad(KeypadKey::down);
    }
    SECTION("one that moves nothing") {
        stage.keypad(KeypadKey::volume_up);
    }
    SECTION("a touch beside the buttons") {
        stage.touch("idle.what");
    }
    SECTION("a scanner") {
        stage.app->scanned("ABC-123");
        stage.rest();
    }
    REQUIRE(stage.shows("dialog.stay"));
    stage.wait(20'000);
    REQUIRE(stage.shows("dialog.stay"));
    stage.keypad(KeypadKey::down);
    stage.touch("dialog.stay");
    CHECK(stage.value("field.given_names") == "Aino");
}

TEST_CASE("accessibility 33: after a key in the warning, too, everything goes when nobody answers any more") {
    Asked asked;
    asked.stage.wait(29'000);
    asked.stage.keypad(KeypadKey::down);
    asked.stage.wait(31'000);
    CHECK(asked.stage.page() == PageId::attract);
}

TEST_CASE("what was written cannot be read behind the question whether anybody is there") {
    Asked one, other(U"Irma");
    CHECK((one.seen() == other.seen()));
    for (Asked* it : {&one, &other}) {
        it->stage.wait(1'000); // to read it
        it->stage.touch("dialog.stay");
        REQUIRE_FALSE(it->stage.shows("dialog.stay"));
    }
    CHECK((one.seen() != other.seen()));
}

TEST_CASE(
    "accessibility 07: the next visit begins in the kiosk's own language, contrast, size, rate and volume") {
    KioskStage stage;
    stage.start();
    stage.language("ar");
    stage.press("bar.contrast");
    stage.press("bar.text_size");
    stage.press("bar.listen");
    stage.keypad(KeypadKey::rate_up);
    stage.keypad(KeypadKey::volume_down);
    stage.wait(151'000);
    CHECK(stage.page() == PageId::attract);
    CHECK(stage.app->ui_settings() == stage.settings.ui);
    CHECK(stage.voice.rate == speech_rate(usual_rate_step));
    CHECK(stage.voice.volume == speech_volume(usual_volume_step));
    CHECK_FALSE(stage.app->listening());
}

TEST_CASE("Listen reads the page, then what has the focus, and leaves private values out") {
    KioskStage stage("en");
    stage.start();
    stage.press("bar.listen");
    REQUIRE_FALSE(stage.voice.said.empty());
    CHECK(stage.voice.said.back().text.find("Welcome. What are you looking for?") == 0);
    CHECK(stage.voice.said.back().language == "en");
    stage.press("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
    for (const Utterance& utterance : stage.voice.said)
        CHECK(utterance.text.find("Aino") == std::string::npos);
}

TEST_CASE("the time on the pages is the agency's, whatever the kiosk's own clock says") {
    KioskStage stage("en");
    stage.start();
    const UtcMs agency_time = stage.clock.wall_ms() + 400ll * 86'400'000;
    SyncStatus status;
    status.enrolment = SyncStatus::Enrolment::done;
    stage.workers.tell(report::StatusChanged{status, agency_time - stage.clock.monotonic_ms()});
    stage.rest();
    CHECK(stage.app->now() >= agency_time);
    stage.clock.set_wall(0);
    CHECK(stage.app->now() >= agency_time);
}

TEST_CASE("what a board change brings is on the first page without anybody touching it") {
    KioskStage stage("en");
    stage.start();
    stage.workers.vacancies.push_back(demo_vacancy("own1", "Cleaner", true));
    stage.workers.tell(report::CacheChanged{false});
    stage.rest();
    const SemanticNode& browse = stage.node("browse");
    CHECK((browse.name + browse.value + browse.description).find("1 open vacancy") != std::string::npos);
}

TEST_CASE("what is sent is sealed with its number before the thank-you page, and only the agency reads it") {
    RealWorkers real;
    real.enrol();
    real.start();
    const auto opened = real.waiter.next<report::StoreOpened>(*real.workers);
    CHECK_FALSE(opened.problem.has_value());
    CHECK_FALSE(opened.settings.empty());
    effect::Finalise finalise;
    finalise.submissions.push_back(registration_of("Aino Kanariankorpi"));
    real.workers->post(job::Finalise{finalise, "00112233445566778899aabbccddeeff", real.clock.wall_ms()});
    const Event event = real.answer();
    const auto* kept = std::get_if<event::Finalised>(&event);
    REQUIRE(kept != nullptr);
    CHECK(is_reference_number(kept->reference));
    CHECK(kept->reference.starts_with("KTR-"));
    CHECK(kept->code.side >= 21);
    real.workers.reset();

    for (const auto& file : std::filesystem::directory_iterator(real.folder.path())) {
        const auto bytes = read_file(file.path());
        REQUIRE(bytes.ok());
        CHECK(bytes->find("Kanariankorpi") == std::string::npos);
    }
    auto outbox = Outbox::open(real.folder / "outbox.db", real.clock);
    REQUIRE(outbox.ok());
    const auto waiting = (*outbox)->waiting(10);
    REQUIRE(waiting.ok());
    REQUIRE(waiting->size() == 1);
    const auto envelope = parse_envelope((*waiting)[0].envelope);
    REQUIRE(envelope.ok());
    const auto text = open_envelope(*envelope, {real.agency.opening});
    REQUIRE(text.ok());
    const auto payload = parse_json(*text);
    REQUIRE(payload.ok());
    CHECK((*payload)["answers"]["given_names"].text() == "Aino Kanariankorpi");
    CHECK((*payload)["reference"].text() == kept->reference);
    CHECK((*payload)["secret"].text() == "00112233445566778899aabbccddeeff");
}

TEST_CASE("where the cache cannot even be opened, the answer is that it cannot be read, not that the vacancy "
          "is gone") {
    RealWorkers real;
    REQUIRE(std::filesystem::create_directories(real.folder / "cache.db" / "not a file"));
    real.start();
    real.workers->post(job::LoadVacancy{"v1", "example", real.clock.wall_ms()});
    const Event event = real.answer();
    const auto* loaded = std::get_if<event::VacancyLoaded>(&event);
    REQUIRE(loaded != nullptr);
    CHECK(loaded->id == "v1");
    CHECK(loaded->problem == ErrorKind::unavailable);
}

TEST_CASE("a kiosk that no agency enrolled keeps nothing and says that it cannot") {
    RealWorkers real;
    real.start();
    effect::Finalise finalise;
    finalise.submissions.push_back(registration_of("Aino"));
    real.workers->post(job::Finalise{finalise, "00", 0});
    const Event event = real.answer();
    const auto* failed = std::get_if<event::FinaliseFailed>(&event);
    REQUIRE(failed != nullptr);
    CHECK(failed->kind == ErrorKind::unavailable);
}

TEST_CASE("keys of a test survive the program and are offered at the next start, until the result is kept") {
    RealWorkers real;
    real.enrol();
    real.start();
    const std::string session = "5b9c1f8e-0000-4000-8000-000000000001";
    real.workers->post(job::BeginTest{session, "{}"});
    real.workers->post(job::KeepKey{{session, {U'U', 0}, 10}});
    CHECK(std::holds_alternative<event::TestBegun>(real.answer()));
    const Event event = real.answer();
    REQUIRE(std::holds_alternative<event::KeyKept>(event));
    CHECK(std::get<event::KeyKept>(event).pressed_at_ms == 10);
    real.workers.reset();

    real.start();
    auto opened = real.waiter.next<report::StoreOpened>(*real.workers);
    REQUIRE(opened.unfinished.has_value());
    CHECK(opened.unfinished->id == session);
    REQUIRE(opened.unfinished->keys.size() == 1);
    effect::Finalise finalise;
    finalise.submissions.push_back(registration_of("result"));
    finalise.ends_session = session;
    real.workers->post(job::Finalise{finalise, "00", 0});
    CHECK(std::holds_alternative<event::Finalised>(real.answer()));
    real.workers.reset();

    real.start();
    CHECK_FALSE(real.waiter.next<report::StoreOpened>(*real.workers).unfinished.has_value());
}

TEST_CASE("a kiosk whose agency has sent nothing offers the form and the tests that ship with it") {
    RealWorkers real;
    real.start();
    real.workers->post(job::ReadDocuments{});
    const auto read = real.waiter.next<report::DocumentsRead>(*real.workers);
    REQUIRE(read.forms.size() == 3);
    CHECK(read.forms[2].form->id == "registration");
    REQUIRE(read.tests.size() == 2);
    CHECK(read.tests[0].test.id == "typing-en");
}
