// Where somebody has studied: the form offers schools while letters are typed, and takes any other name too.
// By touch alone, on the keyboard of the page.
#include "tests/fakes/form_walk.h"

using namespace vakant;

namespace {

constexpr const char* school = "field.education.1.school";

/// To the question, with its keyboard open.
void begin_at_school(KioskStage& stage) {
    open_form(stage);
    name_and_contact(stage);
    go_to(stage, "add.education");
    touch_in_view(stage, "add.education");
    touch_in_view(stage, school);
    REQUIRE(stage.shows("keyboard.t"));
}
void type(KioskStage& stage, std::string_view letters) {
    for (const char letter : letters)
        stage.touch("keyboard." + std::string(1, letter));
}
std::string sent_school(KioskStage& stage) {
    go_to(stage, "send");
    stage.press("send");
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    return std::string(sent[0].what.submissions.at(0).payload["answers"]["education"][0]["school"].text());
}

} // namespace

TEST_CASE("a school is chosen by touch from what its first letters find, by what people call it too") {
    for (const auto& [letters, name] : std::map<std::string, std::string>{
             {"stad", "Stadin ammattiopisto"}, {"tamk", "Tampereen ammattikorkeakoulu"}}) {
        INFO(letters);
        KioskStage stage("fi");
        begin_at_school(stage);
        type(stage, letters);
        const std::string first = std::string(school) + ".suggestion.0";
        REQUIRE(stage.shows(first));
        CHECK(stage.name(first) == name);
        CHECK(stage.node(first).on_screen);
        stage.touch(first);
        CHECK(stage.value(school) == name);
        CHECK_FALSE(stage.shows(first));
        stage.touch("keyboard.ready");
        CHECK(sent_school(stage) == name);
    }
}

TEST_CASE("a school that no list knows is taken as it is typed, and so is a name left half typed") {
    for (const auto& [letters, kept, offers] : std::vector<std::tuple<std::string, std::string, bool>>{
             {"kyiv", "Kyiv", false}, {"tampere", "Tampere", true}}) {
        INFO(letters);
        KioskStage stage("fi");
        begin_at_school(stage);
        type(stage, letters);
        CHECK(stage.shows(std::string(school) + ".suggestion.0") == offers);
        stage.touch("keyboard.ready");
        CHECK(stage.value(school) == kept);
        CHECK_FALSE(stage.node(school).invalid);
        CHECK(sent_school(stage) == kept);
    }
}

TEST_CASE("who reads Arabic finds a school by its English name, and the answer is its own") {
    KioskStage stage("ar");
    open_form(stage);
    name_and_contact(stage);
    go_to(stage, "add.education");
    stage.press("add.education");
    begin_writing(stage, school, U"university of hel");
    REQUIRE(stage.shows(std::string(school) + ".suggestion.0"));
    stage.touch(std::string(school) + ".suggestion.0");
    stage.touch("keyboard.ready");
    CHECK(sent_school(stage) == "Helsingin yliopisto");
}
