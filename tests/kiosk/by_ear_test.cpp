// The screen is off. Whoever stands here hears what is said and presses the keys of the keypad; nothing in
// these tests looks at the semantic tree while they do.
#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

class Listener {
public:
    explicit Listener(KioskStage& stage) : stage_(stage) {}

    void press(KeypadKey key) {
        heard_before_ = stage_.voice.told.size();
        stage_.keypad(key);
    }
    /// What was said since the last key; "" where nothing was.
    std::string heard() const {
        std::string all;
        for (std::size_t i = heard_before_; i < stage_.voice.told.size(); ++i)
            all += (all.empty() ? "" : " ") + stage_.voice.told[i];
        return all;
    }
    bool hears(std::string_view words) const { return heard().find(words) != std::string::npos; }
    void expect(std::string_view words) const {
        INFO("heard: " << heard());
        REQUIRE(hears(words));
    }
    /// Next, until what is said begins with the words.
    void find(std::string_view words) {
        for (int keys = 0; keys < 150; ++keys) {
            if (last().starts_with(words)) return;
            press(KeypadKey::next);
        }
        FAIL("never heard: " << words << "; last: " << last() << "; on " << name_of(stage_.page()));
    }
    void choose(std::string_view words) {
        press(KeypadKey::next);
        find(words);
        press(KeypadKey::select);
    }
    /// Into the field with that name, on the keyboard of the screen.
    void write(std::string_view field, std::string_view letters) {
        choose(field);
        for (const char letter : letters)
            choose_key(letter == ' ' ? "Space" : std::string(1, letter));
        choose_key("Ready");
    }

private:
    /// The end of what was said: where the focus is.
    std::string last() const { return stage_.voice.told.empty() ? "" : stage_.voice.told.back(); }
    void choose_key(std::string_view name) {
        for (int keys = 0; keys < 150; ++keys) {
            if (lower(last()) == lower(std::string(name))) return press(KeypadKey::select);
            press(KeypadKey::next);
        }
        FAIL("no key " << name << " was heard; last: " << last());
    }
    static std::string lower(std::string text) {
        for (char& c : text)
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        return text;
    }
    KioskStage& stage_;
    std::size_t heard_before_ = 0;
};

void plug_in(KioskStage& stage) {
    stage.workers.vacancies.push_back(demo_vacancy("own1", "Cleaner", true));
    stage.workers.vacancies.push_back(demo_vacancy("own2", "Cook", true));
    stage.start(PageId::attract);
}

} // namespace

TEST_CASE("accessibility 01: a vacancy is found and applied for by hearing and the keypad alone") {
    KioskStage stage("en");
    plug_in(stage);
    Listener person(stage);
    person.press(KeypadKey::headset_in);
    person.choose("Start");
    person.expect("Welcome. What are you looking for?");
    person.choose("Browse vacancies");
    person.expect("heading");
    person.write("Search by word", "cle");
    person.choose("Cleaner");
    person.expect("Cleaner");
    person.expect("Ensimmäinen kappale."); // the advertisement's own words, to the end
    person.expect("Toinen kappale.");
    person.choose("Apply for this vacancy");
    person.choose("I understand, begin");
    person.write("Given name", "aino");
    person.expect("Aino"); // to a headset what was written is read
    person.write("Family name", "kanerva");
    person.choose("Next");
    person.choose("Telephone");
    person.write("Telephone number", "0401234567");
    for (int steps = 0; steps < 25 && !person.hears("Check your answers"); ++steps)
        person.choose("Next");
    person.expect("Aino"); // to a headset the answers are read
    person.choose("Send");
    person.expect("K T R, 0 4 2 7, M");
    REQUIRE(stage.page() == PageId::registration_thanks);
    const auto sent = stage.workers.all<job::Finalise>();
    REQUIRE(sent.size() == 1);
    const Json& payload = sent.front().what.submissions.front().payload;
    CHECK(payload["answers"]["given_names"].text() == "Aino");
    CHECK(payload["answers"]["telephone"].text() == "0401234567");
}

TEST_CASE("the typing test's instructions are heard, its text and its end too") {
    KioskStage stage("en");
    plug_in(stage);
    Listener person(stage);
    person.press(KeypadKey::headset_in);
    person.choose("Start");
    person.choose("Take a typing test");
    person.expect("60 seconds");
    person.expect("Practise first");
    person.choose("Start the test");
    person.expect("The clock starts");
    stage.character(U'T');
    stage.rest();
    stage.wait(61'000);
    REQUIRE(stage.page() == PageId::skills_result);
    CHECK(stage.voice.told.back().find("Your result") != std::string::npos);
}
