// Every key of the keyboard and every sign that is typed is heard, marks that stand on letters too.
#include "kiosk/semantics/sign_names.h"
#include "tests/fakes/hearing_stage.h"

using namespace vakant;

TEST_CASE("signs that voices are silent about have names, letters and digits need none") {
    CHECK(name_key_of_sign("@") == "ui.key_at");
    CHECK(name_key_of_sign("!") == "ui.key_exclamation");
    CHECK(name_key_of_sign("\u064C") == "ui.key_dammatan");
    CHECK(name_key_of_sign("[") == "ui.key_other_sign");
    CHECK(name_key_of_sign("§") == "ui.key_other_sign");
    CHECK(name_key_of_sign("\u0301") == "ui.key_other_sign");
    for (const std::string_view letter : {"a", "Ä", "7", "ж", "ب", "\u064E", "لا", ""}) {
        INFO(letter);
        CHECK(name_key_of_sign(letter).empty());
    }
}

TEST_CASE("every sign that is typed is echoed by a name, from a keyboard that is plugged in too") {
    HearingStage stage;
    stage.begin();
    stage.press("browse");
    stage.press("search");
    for (const auto& [sign, name] : {std::pair(U'!', "exclamation mark"),
                                     {U'(', "opening bracket"},
                                     {U'/', "slash"},
                                     {U'\'', "apostrophe"},
                                     {U'[', "another sign"}}) {
        stage.character(sign);
        CHECK(stage.last_heard().find(name) == 0); // then what was found, if that changed
    }
}

TEST_CASE("the vowel signs of Arabic are heard one by one, on their keys and when they are typed") {
    HearingStage stage("ar");
    stage.begin();
    stage.press("browse");
    stage.press("search");
    stage.press("keyboard.more");
    CHECK(stage.node("keyboard.\u064E").spoken.empty()); // its voice says "fatha"
    CHECK(stage.node("keyboard.\u064E").language == "ar");
    CHECK(stage.node("keyboard.\u064C").spoken == "ضمتان");
    CHECK(stage.node("keyboard.\u0654").spoken == "همزة فوق الحرف");
    stage.character(U'ب');
    CHECK(stage.last_heard().find("ب") == 0);
    stage.character(U'\u064E');
    CHECK(stage.last_heard().find("\u064E") == 0); // alone: on its letter it would be that letter's sound
    stage.character(U'\u064C');
    CHECK(stage.last_heard().find("ضمتان") == 0);
}

TEST_CASE("a vowel sign of a name is no more heard on a loudspeaker than its letters are") {
    HearingStage stage("ar");
    stage.open_form();
    stage.press("field.given_names");
    stage.character(U'ب');
    const std::string letter = stage.last_heard();
    stage.character(U'\u064E');
    CHECK(stage.last_heard() == letter);
    CHECK(stage.last_heard() == "أُضِيفَ حَرْف");
    CHECK_FALSE(stage.heard("ب\u064E"));
}
