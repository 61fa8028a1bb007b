// Somali, which is being prepared and which no voice speaks: what somebody sees and hears who chooses it.
#include <filesystem>
#include <fstream>

#include "core/base/bytes.h"
#include "tests/fakes/hearing_stage.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

const std::filesystem::path assets = source_dir() + "/assets";
constexpr const char* notice = "Luqaddan cod looma hayo";

void write_json(const std::filesystem::path& file, const Json& json) {
    std::ofstream(file) << json.to_text();
}

/// Assets in which Somali ships: English words, but for what is said about the voice.
void make_somali(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(assets)) {
        if (entry.path().filename() != "strings")
            std::filesystem::create_symlink(entry.path(), folder / entry.path().filename());
    }
    const auto strings = folder / "strings";
    std::filesystem::copy(assets / "strings", strings);
    Json texts = parse_json(read_file(strings / "en.json").value()).value();
    texts.set("speech.no_voice.title", notice);
    write_json(strings / "so.json", texts);
    const Json languages = parse_json(read_file(strings / "languages.json").value()).value();
    Json changed = Json::array();
    for (const Json& language : languages.items()) {
        Json one = language;
        if (one["code"].text() == "so") one.erase("shipped");
        changed.push(one);
    }
    write_json(strings / "languages.json", changed);
}

void choose(HearingStage& stage, const std::string& language) {
    if (!stage.shows("language." + language)) stage.press("languages.open");
    stage.language(language);
}

struct SomaliStage {
    ScratchFolder folder;
    HearingStage stage;
    explicit SomaliStage(const std::string& language = "en") : stage(language) {
        make_somali(folder.path());
        stage.settings.assets = folder.path();
    }
};

} // namespace

TEST_CASE("who listens and chooses Somali reads that there is no voice, and hears no other language's") {
    SomaliStage somali;
    HearingStage& stage = somali.stage;
    stage.begin();
    CHECK(stage.app->listening());
    const std::size_t said = stage.voice.said.size();
    choose(stage, "so");
    CHECK(stage.name("word") == notice);
    CHECK(stage.node("word").language == "so");
    CHECK_FALSE(stage.app->listening());
    stage.press("dialog.close");
    for (int step = 0; step < 12; ++step)
        stage.keypad(KeypadKey::next);
    stage.press("browse");
    stage.press("bar.home");
    CHECK(stage.voice.said.size() == said);
    SECTION("the button and the key say it again") {
        stage.press("bar.listen");
        CHECK(stage.name("word") == notice);
        stage.press("dialog.close");
        stage.keypad(KeypadKey::repeat);
        CHECK(stage.name("word") == notice);
        CHECK(stage.voice.said.size() == said);
    }
    SECTION("the next language with a voice is read at once") {
        choose(stage, "fi");
        CHECK(stage.app->listening());
        CHECK(stage.voice.said.size() > said);
        CHECK(stage.voice.said.back().language == "fi");
    }
    SECTION("nothing is said in its words by the time that asks whether anybody is there") {
        stage.wait(121'000);
        REQUIRE(stage.shows("dialog.stay"));
        for (std::size_t i = said; i < stage.voice.said.size(); ++i)
            CHECK(voice_for(stage.voice.said[i].language).empty()); // which the voice leaves out
        stage.keypad(KeypadKey::listen);
        stage.press("dialog.stay");
        CHECK(stage.name("word") == notice); // after the question, not instead of it
    }
}

TEST_CASE(
    "a headset at a kiosk in Somali brings the notice, and the next person no voice of another language") {
    SomaliStage somali("so");
    HearingStage& stage = somali.stage;
    stage.start();
    stage.keypad(KeypadKey::headset_in);
    CHECK(stage.name("word") == notice);
    stage.press("dialog.close");
    stage.press("register");
    stage.wait(121'000);
    stage.press("dialog.leave");
    REQUIRE(stage.page() == PageId::attract);
    CHECK_FALSE(stage.shows("word"));
    CHECK_FALSE(stage.app->listening());
    for (const Utterance& utterance : stage.voice.said)
        CHECK(utterance.language == "so");
    choose(stage, "fi"); // the headset is still there
    CHECK(stage.app->listening());
}
