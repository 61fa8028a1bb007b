#include <set>

#include "core/base/utf8.h"
#include "core/text/alphabet.h"
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

TEST_CASE(
    "letters that the keyboard lacks are on the sheets behind it, and other alphabets behind the globe") {
    Typing typing;
    typing.open();
    typing.tap({"more", "é", "š", "ž"});
    CHECK(typing.value == "Éšž"); // the sheet stays, so that names are typed in one go
    typing.tap({"more", "ŋ", "more"});
    CHECK(typing.stage.shows("keyboard.q")); // after the last sheet the letters come again
    typing.tap({"symbols", "’", "letters", "language"});
    CHECK(typing.stage.node("keyboard.layout.uk").name == "українська");
    CHECK(typing.stage.node("keyboard.layout.uk").language == "uk");
    typing.tap({"layout.uk"});
    CHECK(typing.stage.node("keyboard.ґ").language == "uk");
    typing.tap({"ґ", "ї", "language", "layout.ar", "لا"});
    CHECK(typing.value == "Éšžŋ’ґїلا");
    typing.tap({"language", "layout.fi"});
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

namespace {

/// Goes over every sheet of a language's keyboard, and gives what each key types.
std::set<std::string> typed_by_every_key(Typing& typing, const std::string& language,
                                         const std::function<void(const std::string&)>& press) {
    press("keyboard.language");
    press("keyboard.layout." + language);
    std::set<std::string> letters;
    const auto read_sheet = [&] {
        std::vector<std::string> keys;
        for (const SemanticNode& node : typing.stage.ui->tree().nodes()) {
            if (node.role == Role::key && node.name == node.key.substr(9)) keys.push_back(node.key);
        }
        for (const std::string& key : keys) {
            typing.value.clear();
            press(key);
            letters.insert(typing.value);
        }
    };
    if (typing.stage.shows("keyboard.shift") && typing.stage.node("keyboard.shift").checked.value_or(false))
        press("keyboard.shift");
    read_sheet();
    for (int sheet = 0; sheet < 6; ++sheet) {
        press("keyboard.more");
        if (typing.stage.shows("keyboard.symbols")) break;
        read_sheet();
    }
    return letters;
}

void check_alphabets(const std::function<std::function<void(const std::string&)>(Typing&)>& hands) {
    for (const std::string language : {"fi", "sv", "nb", "en", "uk", "ru", "ar", "et", "so"}) {
        Typing typing;
        typing.open();
        const std::set<std::string> letters = typed_by_every_key(typing, language, hands(typing));
        for (const std::string& letter : alphabet_of(language)) {
            INFO(language << " " << letter);
            CHECK(letters.contains(letter));
        }
    }
}

} // namespace

TEST_CASE("every letter of every language's alphabet is typed by touch") {
    check_alphabets([](Typing& typing) {
        return [&typing](const std::string& key) {
            typing.stage.tap(key);
            typing.stage.draw();
            typing.stage.draw();
        };
    });
}

TEST_CASE("every letter of every language's alphabet is typed by arrows and select") {
    check_alphabets([](Typing& typing) {
        return [&typing](const std::string& key) {
            // By geometry, as a keypad goes: up or down to the row, then along it.
            for (int steps = 0; steps < 60 && typing.stage.ui->focus() != key; ++steps) {
                const std::string focus = typing.stage.ui->focus();
                if (!focus.starts_with("keyboard.")) {
                    typing.stage.keys(Move::next);
                } else {
                    const Rect now = typing.stage.node(focus).rect, goal = typing.stage.node(key).rect;
                    const bool other_row = std::abs(goal.y - now.y) > now.h / 2;
                    typing.stage.keys(other_row ? (goal.y > now.y ? Move::down : Move::up)
                                                : (goal.x > now.x ? Move::right : Move::left));
                }
                typing.stage.draw();
            }
            REQUIRE(typing.stage.ui->focus() == key);
            typing.stage.key(UiEvent::Kind::select);
            typing.stage.draw();
            typing.stage.draw();
        };
    });
}

TEST_CASE("every sign is called by a word, since a voice reads most of them as silence") {
    for (const std::string language : {"fi", "uk", "ar"}) {
        Typing typing(language);
        typing.open();
        typing.tap({"symbols"});
        std::set<std::string> words;
        std::size_t signs = 0;
        for (const SemanticNode& node : typing.stage.ui->tree().nodes()) {
            const bool is_number = node.name.size() == 1 && node.name[0] >= '0' && node.name[0] <= '9';
            const bool is_function = node.key.size() > std::string_view("keyboard.").size() + 3;
            if (node.role != Role::key || is_function || is_number) continue;
            ++signs;
            INFO(language << " " << node.name);
            CHECK(node.spoken.size() > 2);
            words.insert(node.spoken);
        }
        CHECK(signs >= 24);
        CHECK(words.size() >= signs - 3); // both apostrophes are one word
    }
}

TEST_CASE("keys are large enough and apart on a narrow screen too") {
    for (const std::string language : {"fi", "nb", "en", "uk", "ru", "ar"}) {
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

TEST_CASE("no key moves or changes its size when capitals, signs, further letters or another language come") {
    Typing typing;
    typing.open();
    const auto row_of_functions = [&] {
        std::vector<std::array<float, 4>> rects;
        for (const char* key : {"more", "language", "space", "left", "right", "ready"}) {
            const Rect r = typing.stage.node("keyboard." + std::string(key)).rect;
            rects.push_back({r.x, r.y, r.w, r.h});
        }
        return rects;
    };
    const auto size_of = [&](const char* key) {
        const Rect r = typing.stage.node("keyboard." + std::string(key)).rect;
        return std::pair(r.w, r.h);
    };
    const auto functions = row_of_functions();
    const auto letter = size_of("q");
    for (const char* pressed : {"shift", "symbols", "letters", "more", "more", "more", "language",
                                "layout.ar", "more", "language", "layout.ru", "symbols"}) {
        typing.tap({pressed});
        INFO(pressed);
        CHECK(row_of_functions() == functions);
        for (const SemanticNode& node : typing.stage.ui->tree().nodes()) {
            if (node.role != Role::key || code_point_count(node.name) != 1) continue;
            CHECK(std::pair(node.rect.w, node.rect.h) == letter);
        }
    }
}

TEST_CASE("e-mail is typed on Latin letters whatever the language of the page") {
    for (const std::string language : {"ar", "uk", "ru"}) {
        Typing typing(language, FieldSpec::Kind::email);
        typing.open();
        typing.tap({"a", "@", "b", ".", "c"});
        CHECK(typing.value == "a@b.c");
    }
    Typing swedish("sv", FieldSpec::Kind::email);
    swedish.open();
    CHECK(swedish.stage.shows("keyboard.å"));
}

TEST_CASE(
    "addresses and numbers stand from left to right at the left of their field on a right-to-left page") {
    for (const FieldSpec::Kind kind : {FieldSpec::Kind::email, FieldSpec::Kind::telephone}) {
        Typing typing("ar", kind);
        typing.value = "+358";
        typing.stage.ui->set_focus("name");
        typing.stage.key(UiEvent::Kind::end);
        typing.stage.key(UiEvent::Kind::caret_left);
        typing.stage.type(U"9");
        typing.stage.draw();
        CHECK(typing.value == "+3598");
    }
}

TEST_CASE("what could be meant is offered under the field while it is edited, and a press takes it") {
    Typing typing;
    typing.spec.suggestions = {"Tampere", "Tamperelainen työ"};
    typing.stage.draw();
    CHECK_FALSE(typing.stage.shows("name.suggestion.0"));
    typing.open();
    typing.tap({"t", "a"});
    const SemanticNode& first = typing.stage.node("name.suggestion.0");
    CHECK(first.name == "Tampere");
    CHECK(first.role == Role::button);
    CHECK(first.rect.y > typing.stage.node("name").rect.bottom());
    CHECK(first.rect.bottom() <= typing.stage.node("keyboard").rect.y);
    CHECK(typing.stage.node("name.suggestions").name == "Ehdotukset");
    typing.stage.tap("name.suggestion.1");
    typing.stage.draw();
    typing.stage.draw();
    CHECK(typing.value == "Tamperelainen työ");
    typing.tap({"backspace"});
    CHECK(typing.value == "Tamperelainen ty");
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

TEST_CASE("flags, marks and joined signs are one letter each") {
    const std::string flag = "\U0001F1EB\U0001F1EE";
    CHECK(edited("a" + flag, 9, {{Kind::backspace}}) == EditedText{"a", 1});
    CHECK(edited(flag + "b", 0, {{Kind::caret_right}}) == EditedText{flag + "b", 8});
    CHECK(edited("مُ", 4, {{Kind::backspace}}) == EditedText{"", 0});
    // A mark that comes after its letter joins it, and the caret stands behind both.
    CHECK(edited("ex", 1, {{Kind::insert, 0x301}}) == EditedText{"e\xCC\x81x", 3});
    // Half a flag before another half makes one flag: the caret cannot stand within it.
    CHECK(edited("\U0001F1EE", 0, {{Kind::insert, 0x1F1EB}}).caret == 8);
}

TEST_CASE("what is selected is replaced by a letter and removed by a deletion") {
    const EditStep right{Kind::caret_right, 0, 0, true};
    CHECK(edited("abcd", 1, {right, right}) == EditedText{"abcd", 3, 1});
    CHECK(edited("abcd", 1, {right, right, {Kind::insert, U'x'}}) == EditedText{"axd", 2});
    CHECK(edited("abcd", 1, {right, right, {Kind::backspace}}) == EditedText{"ad", 1});
    CHECK(edited("abcd", 1, {right, right, {Kind::caret_left}}) == EditedText{"abcd", 1});
    CHECK(edited("abcd", 1, {right, {Kind::caret_left, 0, 0, true}}) == EditedText{"abcd", 1});
    CHECK(edited("abcd", 2, {{Kind::select_all}, {Kind::delete_forward}}) == EditedText{"", 0});
    CHECK(edited("abcd", 2, {{Kind::home, 0, 0, true}}) == EditedText{"abcd", 0, 2});
    // A letter that the field does not take leaves the selection alone.
    CHECK(edited("12", 0, {{Kind::select_all}, {Kind::insert, U'x'}}, FieldSpec::Kind::number) ==
          EditedText{"12", 2, 0});
    // A full field takes a letter in the place of what is selected.
    CHECK(edited("ab", 2, {{Kind::caret_left, 0, 0, true}, {Kind::insert, U'c'}}, FieldSpec::Kind::text, 2) ==
          EditedText{"ac", 2});
}

TEST_CASE("the arrows move the caret as people see the text, where both directions meet too") {
    Typing typing("ar");
    typing.value = "عمل abc";
    typing.stage.ui->set_focus("name");
    typing.stage.key(UiEvent::Kind::home);
    std::vector<std::string> seen;
    for (int i = 0; i < 9; ++i) {
        typing.stage.key(UiEvent::Kind::caret_left);
        typing.stage.draw();
    }
    typing.stage.type(U"x"); // at the left end of the line, which is the end of "عمل" and the start of "abc"
    typing.stage.draw();
    CHECK(typing.value == "عمل xabc");
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
