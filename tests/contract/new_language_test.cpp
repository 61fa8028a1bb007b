// LANGUAGES.md says what a new language needs. A folder that has all of it works, without a change of code.
#include <filesystem>
#include <fstream>

#include "core/base/bytes.h"
#include "core/text/text.h"
#include "kiosk/ui/keyboard_layouts.h"
#include "tests/fakes/kiosk_stage.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path assets = source_dir() + "/assets";

/// The shipped assets with Estonian said to ship, in English words.
void make_estonian(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(assets)) {
        const auto name = entry.path().filename();
        if (name != "strings") std::filesystem::create_symlink(entry.path(), folder / name);
    }
    const auto strings = folder / "strings";
    std::filesystem::copy(assets / "strings", strings);
    std::filesystem::copy_file(strings / "en.json", strings / "et.json");
    Json languages = parse_json(read_file(strings / "languages.json").value()).value();
    Json changed = Json::array();
    for (const Json& language : languages.items()) {
        Json one = language;
        if (one["code"].text() == "et") one.erase("shipped");
        changed.push(one);
    }
    std::ofstream(strings / "languages.json") << changed.to_text();
}

} // namespace

TEST_CASE("a language whose file is there and that is said to ship is spoken by the whole kiosk") {
    const ScratchFolder folder;
    make_estonian(folder.path());
    KioskStage stage("fi");
    stage.settings.assets = folder.path();
    stage.start();
    if (!stage.shows("language.et")) stage.press("languages.open");
    CHECK(stage.name("language.et") == "Eesti");
    stage.language("et");
    CHECK(stage.name("title") == "Welcome. What are you looking for?");
    CHECK(stage.node("title").language == "et");
    stage.press("browse");
    stage.press("search");
    CHECK(stage.shows("keyboard.õ"));
    CHECK(format_date(1'795'424'400'000, "et", 120) == "23. november 2026");
}

TEST_CASE("a language that is being prepared is offered to nobody") {
    KioskStage stage("fi");
    stage.start();
    if (stage.shows("languages.open")) stage.press("languages.open");
    CHECK(stage.shows("language.ru"));
    CHECK_FALSE(stage.shows("language.et"));
    CHECK_FALSE(stage.shows("language.so"));
}

TEST_CASE("every language that ships or is prepared has a keyboard of its own") {
    const Json languages = parse_json(read_file(assets / "strings/languages.json").value()).value();
    REQUIRE(languages.size() == 10);
    for (const Json& language : languages.items()) {
        const std::string code(language["code"].text());
        INFO(code);
        CHECK(same_language(keyboard_layouts()[keyboard_for(code)].language, code));
        CHECK_FALSE(language["greeting"].text().empty());
        CHECK_FALSE(language["start"].text().empty());
    }
}
