#include "core/base/utf8.h"
#include "kiosk/ui/edit.h"
#include "kiosk/ui/passage.h"
#include "tests/kiosk/ui_stage.h"

using namespace vakant;

namespace {

/// A page of one field that keeps what is typed.
struct Typing {
    UiStage stage;
    std::string value;
    FieldSpec spec;
    explicit Typing(const std::string& language = "fi", FieldSpec::Kind kind = FieldSpec::Kind::text)
        : stage(language) {
        spec.kind = kind;
        spec.name = "Nimi";
        stage.page = [this](Ui& ui) {
            if (auto changed = ui.field("name", spec, value)) value = *changed;
            const ActionSpec next{"next", "Seuraava", ButtonLook::primary, Icon::forward, true, true};
            (void)ui.actions({&next, 1});
        };
        stage.draw();
    }
    void open() {
        stage.tap("name");
        stage.draw();
    }
    void tap(std::initializer_list<const char*> keys) {
        for (const char* key : keys) {
            stage.tap("keyboard." + std::string(key));
            stage.draw();
            stage.draw();
        }
    }
};

EditedText edited(std::string text, std::size_t caret, std::initializer_list<EditStep> steps,
                  FieldSpec::Kind kind = FieldSpec::Kind::text, std::size_t most = 20) {
    EditedText result{std::move(text), caret};
    for (const EditStep& step : steps)
        apply(step, result, kind, most);
    return result;
}

using Kind = EditStep::Kind;

} // namespace

TEST_CASE("a field opens the keyboard, which types Ääkkönen and goes away when it is ready") {
    Typing typing;
    CHECK_FALSE(typing.stage.shows("keyboard"));
    typing.open();
    REQUIRE(typing.stage.shows("keyboard.q"));
    CHECK(typing.stage.node("keyboard.ä").name == "Ä"); // names begin with a capital letter
    CHECK_FALSE(typing.stage.shows("next"));
    CHECK_FALSE(typing.stage.shows("bar.home"));
    typing.tap({"ä", "ä", "k", "k", "ö", "n", "e", "n"});
    CHECK(typing.value == "Ääkkönen");
    CHECK(typing.stage.node("name").value == "Ääkkönen");
    typing.tap({"backspace", "space", "shift", "o"});
    CHECK(typing.value == "Ääkköne O");
    typing.tap({"ready"});
    CHECK_FALSE(typing.stage.shows("keyboard"));
    CHECK(typing.stage.ui->focus() == "name");
    CHECK(typing.stage.shows("bar.home"));
}

TEST_CASE("taps on keys between two frames come out in their order") {
    Typing typing;
    typing.open();
    for (const char* key : {"keyboard.t", "keyboard.t", "keyboard.a", "keyboard.backspace", "keyboard.e"})
        typing.stage.tap(key);
    typing.stage.draw();
    CHECK(typing.value == "Tte");
}

TEST_CASE("letters of other languages are reached over the symbols and the language key") {
    Typing typing;
    typing.open();
    typing.tap({"symbols", "é", "š", "ž", "’", "letters"});
    CHECK(typing.value == "Éšž’");
    typing.tap({"language", "language"});
    CHECK(typing.stage.node("keyboard.ґ").language == "uk");
    typing.tap({"ґ", "ї"});
    CHECK(typing.value == "Éšž’ґї");
    typing.tap({"language", "لا"});
    CHECK(typing.value == "Éšž’ґїلا");
    typing.tap({"language"});
    CHECK(typing.stage.shows("keyboard.ö"));
}

TEST_CASE("an Arabic page opens the Arabic keyboard, where lam-alef types two letters") {
    Typing typing("ar");
    typing.open();
    typing.tap({"س", "لا", "م"});
    CHECK(typing.value == "سلام");
    CHECK(code_point_count(typing.value) == 4);
    typing.tap({"backspace", "backspace"});
    CHECK(typing.value == "سل");
}

TEST_CASE("e-mail has its signs on the first sheet and telephone numbers have a pad") {
    Typing mail("fi", FieldSpec::Kind::email);
    mail.open();
    mail.tap({"a", "@", "b", ".", "f", "i"});
    CHECK(mail.value == "a@b.fi");
    CHECK(mail.stage.shows("keyboard._"));
    Typing telephone("ar", FieldSpec::Kind::telephone);
    telephone.open();
    CHECK_FALSE(telephone.stage.shows("keyboard.س"));
    telephone.tap({"+", "3", "5", "8"});
    CHECK(telephone.value == "+358");
}

TEST_CASE("a keyboard of keys types into the field that has the focus, without the one on the screen") {
    Typing typing;
    typing.stage.ui->set_focus("name");
    typing.stage.type(U"Aino");
    typing.stage.draw();
    CHECK(typing.value == "Aino");
    CHECK_FALSE(typing.stage.shows("keyboard"));
    typing.stage.key(UiEvent::Kind::home);
    typing.stage.type(U"Ä");
    typing.stage.key(UiEvent::Kind::caret_right);
    typing.stage.key(UiEvent::Kind::delete_forward);
    typing.stage.draw();
    CHECK(typing.value == "ÄAno");
}

TEST_CASE("the keypad alone opens the keyboard, types and comes back to the field") {
    Typing typing;
    typing.stage.ui->set_focus("name");
    typing.stage.key(UiEvent::Kind::select);
    typing.stage.draw();
    typing.stage.draw();
    CHECK(typing.stage.ui->focus() == "keyboard.q");
    typing.stage.keys(Move::down);
    CHECK(typing.stage.ui->focus() == "keyboard.a");
    typing.stage.key(UiEvent::Kind::select);
    typing.stage.draw();
    CHECK(typing.value == "A");
    typing.stage.key(UiEvent::Kind::back);
    typing.stage.draw();
    CHECK_FALSE(typing.stage.shows("keyboard"));
    CHECK_FALSE(typing.stage.result.back_pressed);
    CHECK(typing.stage.ui->focus() == "name");
}

TEST_CASE("keys are large enough and apart on a narrow screen too") {
    for (const std::string language : {"fi", "en", "ar"}) {
        Typing typing(language);
        std::swap(typing.stage.settings.width_px, typing.stage.settings.height_px);
        typing.stage.draw();
        typing.open();
        const auto& nodes = typing.stage.ui->tree().nodes();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].role != Role::key) continue;
            INFO(language << " " << nodes[i].key);
            CHECK(nodes[i].rect.w >= 51);
            CHECK(nodes[i].rect.h >= 51);
            CHECK(nodes[i].rect.x >= 0);
            CHECK(nodes[i].rect.right() <= 1080);
            for (std::size_t j = 0; j < i; ++j) {
                if (nodes[j].role == Role::key) CHECK_FALSE(nodes[i].rect.overlaps(nodes[j].rect));
            }
        }
    }
}

TEST_CASE("the field that takes letters stays in view over the keyboard") {
    UiStage stage;
    stage.settings.text_scale = 1.75f;
    std::string last;
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Yhteystietosi");
        for (int i = 0; i < 6; ++i) {
            FieldSpec spec;
            spec.name = "Kenttä " + std::to_string(i);
            if (auto value = ui.field("field." + std::to_string(i), spec, last)) last = *value;
        }
    };
    stage.draw();
    stage.ui->set_focus("field.5");
    stage.draw();
    stage.tap("field.5");
    stage.draw();
    stage.draw();
    const SemanticNode& field = stage.node("field.5");
    CHECK(field.on_screen);
    CHECK(field.rect.bottom() <= stage.node("keyboard").rect.y);
    CHECK(field.rect.y > 0);
}

TEST_CASE("editing goes by letters as people count them") {
    CHECK(edited("Ääk", 5, {{Kind::backspace}}) == EditedText{"Ää", 4});
    CHECK(edited("Ääk", 4, {{Kind::backspace}, {Kind::insert, U'a'}}) == EditedText{"Äak", 3});
    CHECK(edited("e\xCC\x81x", 3, {{Kind::backspace}}) == EditedText{"x", 0}); // e with a combining accent
    CHECK(edited("abc", 0, {{Kind::delete_forward}, {Kind::end}}) == EditedText{"bc", 2});
    CHECK(edited("abc", 3, {{Kind::caret_left}, {Kind::caret_left}, {Kind::insert, U'x'}}) ==
          EditedText{"axbc", 2});
    CHECK(edited("", 0, {{Kind::backspace}, {Kind::delete_forward}, {Kind::caret_left}}) ==
          EditedText{"", 0});
}

TEST_CASE("in Arabic the caret goes where the arrow points") {
    const std::string text = "سلام";
    CHECK(edited(text, 0, {{Kind::caret_left}}).caret == 2);
    CHECK(edited(text, 2, {{Kind::caret_right}}).caret == 0);
}

TEST_CASE("a field takes no more than it may and only what belongs into it") {
    CHECK(edited("ab", 2, {{Kind::insert, U'c'}}, FieldSpec::Kind::text, 2).text == "ab");
    CHECK(edited("", 0, {{Kind::insert, U'a'}, {Kind::insert, U'7'}}, FieldSpec::Kind::number).text == "7");
    CHECK(edited("", 0, {{Kind::insert, U'+'}, {Kind::insert, U'x'}}, FieldSpec::Kind::telephone).text ==
          "+");
    CHECK(edited("", 0, {{Kind::insert, U'\n'}, {Kind::insert, U'\x7F'}}).text == "");
    CHECK(edited("", 0, {{Kind::insert, U' '}}, FieldSpec::Kind::email).text == "");
}

TEST_CASE("one letter left out makes one letter wrong, not all that follow") {
    const PassageMarks marks = compare_passage("Aurinko paistoi", "Aurnko pais");
    using Mark = PassageMarks::Mark;
    CHECK(marks.at(2) == Mark::right);
    CHECK(marks.at(3) == Mark::wrong);
    CHECK(marks.at(4) == Mark::right);
    CHECK(marks.at(11) == Mark::right);
    CHECK(marks.reached == 12);
    CHECK(marks.at(12) == Mark::untyped);
    CHECK(compare_passage("abc", "").reached == 0);
    CHECK(compare_passage("abc", "axc").at(1) == Mark::wrong);
    CHECK(compare_passage("", "zzz").reached == 0);
}

TEST_CASE("the typing panel gives every stroke with its time, backspace as zero") {
    UiStage stage;
    std::vector<Ui::Stroke> strokes;
    std::string typed;
    stage.page = [&](Ui& ui) {
        const auto now = ui.typing_panel("panel", "Teksti", "Hyvää päivää", typed, "fi", true);
        strokes.insert(strokes.end(), now.begin(), now.end());
    };
    stage.draw();
    stage.type(U"H");
    stage.now += 40;
    stage.type(U"ä");
    stage.key(UiEvent::Kind::backspace);
    const std::int64_t last = stage.now;
    stage.draw();
    REQUIRE(strokes.size() == 3);
    CHECK(strokes[0].code_point == U'H');
    CHECK(strokes[1].code_point == U'ä');
    CHECK(strokes[1].at_ms - strokes[0].at_ms == 40);
    CHECK(strokes[2].code_point == 0);
    CHECK(strokes[2].at_ms == last);
}
