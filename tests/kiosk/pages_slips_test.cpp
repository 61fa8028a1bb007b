#include "core/base/written_code.h"
#include "core/envelope/envelope.h"
#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

constexpr std::string_view secret = "00112233445566778899aabbccddeeff";
const std::string reference = reference_number("KTR", 427);

std::u32string as_typed(std::string_view ascii) {
    return {ascii.begin(), ascii.end()};
}
/// A form with a name in it, on its first page.
void begin(KioskStage& stage) {
    stage.start();
    stage.touch("register");
    stage.press("next");
    stage.write("field.given_names", U"Aino");
}
void park(KioskStage& stage) {
    begin(stage);
    stage.press("park");
    REQUIRE(stage.page() == PageId::registration_parked);
}
void open_take_up(KioskStage& stage) {
    stage.press("slip");
    stage.press("take_up");
    REQUIRE(stage.page() == PageId::registration_take_up);
}
void open_withdraw(KioskStage& stage) {
    stage.start();
    stage.press("slip");
    stage.press("withdraw");
    REQUIRE(stage.page() == PageId::registration_withdraw);
}
std::string text_of(const PrintedSlip& slip) {
    std::string all;
    for (const PrintedSlip::Block& block : slip.blocks)
        all += block.text + "\n";
    return all;
}

} // namespace

TEST_CASE("a parked form leaves nothing on the kiosk but its code on the screen") {
    KioskStage stage;
    park(stage);
    CHECK(stage.node("code").value.find(stage.workers.parked_code) != std::string::npos);
    CHECK(stage.app->visit().answers() == nullptr);
    CHECK(stage.app->visit().arena().used() == 0);
    stage.touch("finish");
    CHECK(stage.page() == PageId::attract);
    CHECK(stage.app->visit().parked_code.empty());
}

TEST_CASE("Back from the code of a parked form does not lead to an empty form") {
    KioskStage stage;
    park(stage);
    stage.back();
    CHECK(stage.page() == PageId::registration_parked);
}

TEST_CASE("a parked form is on the screen again by its code, with every answer") {
    KioskStage stage;
    park(stage);
    stage.touch("finish");
    stage.touch("start");
    open_take_up(stage);
    stage.write("code", as_typed(stage.workers.parked_code));
    stage.touch("open");
    REQUIRE(stage.page() == PageId::registration_form);
    CHECK(stage.value("field.given_names") == "Aino");
    CHECK(stage.workers.parked_draft.empty());
}

TEST_CASE("the scanner's text is a code too, whatever signs its keyboard makes of the others") {
    for (const std::string lead : {"vakant-form:", "vakant+formÖ"}) {
        KioskStage stage;
        park(stage);
        stage.touch("finish");
        stage.touch("start");
        open_take_up(stage);
        stage.write("code", lead == "vakant-form:" ? as_typed(lead + stage.workers.parked_code)
                                                   : U"vakant+form>" + as_typed(stage.workers.parked_code));
        stage.touch("open");
        CHECK(stage.page() == PageId::registration_form);
    }
}

TEST_CASE("a slip of the pen is named by its group and costs nothing") {
    KioskStage stage;
    park(stage);
    stage.touch("finish");
    stage.touch("start");
    open_take_up(stage);
    std::string wrong = stage.workers.parked_code;
    wrong[7] = wrong[7] == '7' ? '8' : '7';
    stage.write("code", as_typed(wrong));
    stage.touch("open");
    CHECK(stage.node("code").description.find("Koodin 2. ryhmässä on virhe.") != std::string::npos);
    CHECK(stage.workers.all<job::TakeUpForm>().empty());
    CHECK(stage.node("open").enabled);
}

TEST_CASE("a wrong code costs a pause that grows, and the page says so") {
    KioskStage stage;
    park(stage);
    stage.touch("finish");
    stage.touch("start");
    open_take_up(stage);
    stage.write("code", as_typed(written_code(Bytes(10, 9))));
    stage.touch("open");
    CHECK(stage.node("code").description.find("5 sekunnin") != std::string::npos);
    CHECK_FALSE(stage.node("open").enabled);
    stage.wait(4'900);
    CHECK_FALSE(stage.node("open").enabled);
    stage.wait(200);
    CHECK(stage.node("open").enabled);
    stage.touch("open");
    CHECK(stage.node("code").description.find("10 sekunnin") != std::string::npos);
    CHECK(stage.workers.all<job::TakeUpForm>().size() == 2);
    // Leaving the page does not shorten it.
    stage.back();
    stage.press("take_up");
    stage.write("code", as_typed(stage.workers.parked_code));
    stage.touch("open");
    CHECK(stage.page() == PageId::registration_take_up);
    CHECK(stage.workers.all<job::TakeUpForm>().size() == 2);
    stage.wait(10'000);
    stage.touch("open");
    CHECK(stage.page() == PageId::registration_form);
}

TEST_CASE("where a form cannot be parked the answers stay on the screen") {
    KioskStage stage;
    begin(stage);
    stage.workers.parking_fails = ErrorKind::disk_full;
    stage.press("park");
    CHECK(stage.name("failed").find("Vastauksesi ovat vielä tässä.") != std::string::npos);
    stage.press("back");
    CHECK(stage.page() == PageId::registration_form);
    CHECK(stage.value("field.given_names") == "Aino");
}

TEST_CASE("the idle warning offers to park the form, and only where there is one") {
    KioskStage stage;
    begin(stage);
    stage.wait(stage.settings.idle_ms + 1000);
    REQUIRE(stage.shows("dialog.park"));
    stage.touch("dialog.park");
    CHECK(stage.page() == PageId::registration_parked);
    CHECK(stage.workers.parked_draft.find("Aino") != std::string::npos);
    stage.touch("finish");
    stage.touch("start");
    stage.wait(stage.settings.idle_ms + 1000);
    CHECK(stage.shows("dialog.stay"));
    CHECK_FALSE(stage.shows("dialog.park"));
}

TEST_CASE(
    "a slip is offered where there is a printer, in the person's language, with nothing about the person") {
    KioskStage stage("en");
    stage.settings.has_printer = true;
    park(stage);
    stage.touch("print");
    const auto printed = stage.workers.all<job::Print>();
    REQUIRE(printed.size() == 1);
    CHECK(printed[0].slip.language == "en");
    const std::string text = text_of(printed[0].slip);
    CHECK(text.find(stage.workers.parked_code) != std::string::npos);
    CHECK(text.find("Aino") == std::string::npos);
    CHECK(printed[0].slip.code.side > 0);
    CHECK(stage.name("print.line") == "Take the slip from the printer.");
}

TEST_CASE("a code that comes after its owner has left is shown to nobody") {
    KioskStage stage;
    begin(stage);
    stage.workers.keeps_slowly = true;
    stage.press("park");
    stage.wait(stage.settings.idle_ms + stage.settings.idle_warning_ms + 1000);
    REQUIRE(stage.page() == PageId::attract);
    stage.touch("start");
    stage.touch("register");
    stage.press("next");
    stage.write("field.given_names", U"Olena");
    stage.workers.finish_keeping();
    stage.rest();
    CHECK(stage.page() == PageId::registration_form);
    CHECK(stage.value("field.given_names") == "Olena");
    CHECK(stage.app->visit().parked_code.empty());
}

TEST_CASE("a printer that fails is told and loses nothing") {
    KioskStage stage("en");
    stage.settings.has_printer = true;
    stage.workers.prints = false;
    park(stage);
    stage.touch("print");
    CHECK(stage.name("print.line").find("The printer does not work.") == 0);
    CHECK(stage.node("code").value.find(stage.workers.parked_code) != std::string::npos);
    stage.workers.prints = true;
    stage.touch("print");
    CHECK(stage.name("print.line") == "Take the slip from the printer.");
}

TEST_CASE("without a printer no page offers to print") {
    KioskStage stage;
    park(stage);
    CHECK_FALSE(stage.shows("print"));
    CHECK(stage.shows("keep"));
}

TEST_CASE("a withdrawal is sealed with the number and the secret of the slip, for the one agency") {
    KioskStage stage;
    open_withdraw(stage);
    std::string typed = "ktr 427 ";
    typed += static_cast<char>(reference.back() | 0x20);
    stage.write("reference", as_typed(typed));
    stage.write("code", as_typed(written_code(from_hex(secret).value_or({}))));
    SECTION("by touch") {
        stage.touch("send");
    }
    SECTION("by key") {
        stage.press("send");
    }
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].secret == secret);
    CHECK(sent[0].what.reference == reference);
    REQUIRE(sent[0].what.submissions.size() == 1);
    CHECK(sent[0].what.submissions[0].agency == "example");
    CHECK(sent[0].what.submissions[0].payload["kind"].text() == "withdrawal");
    CHECK(stage.name("title") == "Pyyntösi on tallessa");
    stage.press("finish");
    CHECK(stage.page() == PageId::attract);
}

TEST_CASE("the slip's QR code fills in number and secret at once") {
    for (const std::string& scanned :
         {"vakant:" + reference + ":" + std::string(secret), // as it is
          "VAKANT>KTR+0427+" + reference.substr(9) + ">" + std::string(secret)}) {
        KioskStage stage;
        open_withdraw(stage);
        stage.write("reference", as_typed(scanned));
        CHECK(stage.value("reference") == reference);
        stage.press("send");
        const auto sent = stage.workers.all<job::Finalise>();
        REQUIRE(sent.size() == 1);
        CHECK(sent[0].secret == secret);
    }
}

TEST_CASE("a withdrawal with a mistake in number or code is not sent, and each is named at its field") {
    KioskStage stage;
    open_withdraw(stage);
    stage.write("reference", U"KTR-0427-A");
    std::string code = written_code(from_hex(secret).value_or({}));
    code[0] = code[0] == '0' ? '1' : '0';
    stage.write("code", as_typed(code));
    stage.press("send");
    CHECK(stage.node("code").description.find("Koodin 1. ryhmässä on virhe.") != std::string::npos);
    CHECK(stage.workers.all<job::Finalise>().empty());
}

TEST_CASE("where there are several agencies the person says from whom, and nobody else hears of it") {
    KioskStage stage;
    stage.agencies = {{"a", "Ensimmäinen Oy"}, {"b", "Toinen Oy"}};
    open_withdraw(stage);
    stage.write("reference", as_typed("vakant:" + reference + ":" + std::string(secret)));
    stage.press("send");
    CHECK(stage.workers.all<job::Finalise>().empty());
    stage.press("b");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    REQUIRE(sent[0].what.submissions.size() == 1);
    CHECK(sent[0].what.submissions[0].agency == "b");
}
