#include "kiosk/shell/settings.h"

#include <catch2/catch.hpp>

#include "core/base/bytes.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

std::string refusal_of(const std::string& text) {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(file, text).ok());
    KioskSettings settings;
    const Outcome outcome = read_settings_file(file, settings);
    REQUIRE_FALSE(outcome.ok());
    std::string detail = outcome.error().detail;
    const std::size_t at = detail.find("kiosk.toml");
    return at == std::string::npos ? detail : detail.substr(at);
}

struct CommandResult {
    std::optional<KioskSettings> settings;
    std::string refusal;
    bool wrong_use = false;
};
CommandResult command(std::vector<std::string> words) {
    words.insert(words.begin(), "vakant-kiosk");
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    auto read = read_command_line(static_cast<int>(argv.size()), argv.data());
    CommandResult out;
    if (auto* line = std::get_if<CommandLine>(&read)) {
        out.settings = line->settings;
    } else {
        const auto& wrong = std::get<SettingsError>(read);
        out.refusal = wrong.error.detail;
        out.wrong_use = wrong.wrong_use;
    }
    return out;
}

} // namespace

TEST_CASE("a bad settings file is refused with line, setting and reason") {
    CHECK(refusal_of("language = \"fi\"\nlanguge = \"en\"\n") ==
          "kiosk.toml:2: there is no setting \"languge\"");
    CHECK(refusal_of("idle_seconds = \"long\"\n") == "kiosk.toml:1: \"idle_seconds\" must be a whole number");
    CHECK(refusal_of("\nlanguage = \n").find("kiosk.toml:2: ") == 0);
    CHECK(refusal_of("theme = \"pink\"\n") == "theme \"pink\": must be light, high_contrast or dark");
    CHECK(refusal_of("idle_seconds = 5\n") == "idle_seconds must lie between 30 and 3600");
}

TEST_CASE("the network's proxy is taken from the settings, and a wrong one is refused at the start") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(
                file, "[network]\nproxy = \"http://proxy.example:3128\"\nno_proxy = \"office.example\"\n")
                .ok());
    KioskSettings settings;
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.proxy.address == "http://proxy.example:3128");
    CHECK(settings.proxy.not_for == "office.example");
    CHECK(refusal_of("[network]\nproxy = \"proxy.example:3128\"\n") ==
          "network.proxy: the proxy must be http://HOST:PORT (what goes through it is encrypted anyway)");
    CHECK(refusal_of("[network]\nproxy = 3128\n") == "kiosk.toml:2: \"network.proxy\" must be a text");
    CHECK(refusal_of("[network]\ngateway = \"x\"\n") ==
          "kiosk.toml:2: there is no setting \"network.gateway\"");
}

TEST_CASE("the recruitment day at which a kiosk stands has a short plain name") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(file, "[day]\nid = \"turku-2026.12\"\n").ok());
    KioskSettings settings;
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.app.day == "turku-2026.12");
    CHECK(refusal_of("[day]\nid = \"Turku, torstai\"\n") ==
          "day.id must be of at most 64 letters a to z, digits, - _ and .");
    CHECK(refusal_of("[day]\nid = 5\n") == "kiosk.toml:2: \"day.id\" must be a text");
    CHECK(refusal_of("[day]\nname = \"x\"\n") == "kiosk.toml:2: there is no setting \"day.name\"");
}

TEST_CASE("the printer for slips is named in its own table") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(file, "[printer]\nqueue = \"desk\"\npaper = \"a4\"\n").ok());
    KioskSettings settings;
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.printer.queue == "desk");
    CHECK(settings.printer.paper == Paper::a4);
    CHECK(settings.app.has_printer);
    CHECK(refusal_of("[printer]\nqueue = \"desk\"\npaper = \"a5\"\n") ==
          "kiosk.toml:3: \"printer.paper\" must be \"receipt\" or \"a4\"");
    CHECK(refusal_of("[printer]\nname = \"desk\"\n") == "kiosk.toml:2: there is no setting \"printer.name\"");
}

TEST_CASE("where a memory stick is mounted is named in its own table") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    KioskSettings settings;
    REQUIRE(write_file_durably(file, "language = \"fi\"\n").ok());
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK_FALSE(settings.app.has_stick);
    REQUIRE(write_file_durably(file, "[stick]\nfolder = \"/media/vakant\"\n").ok());
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.stick == "/media/vakant");
    CHECK(settings.app.has_stick);
    CHECK(refusal_of("[stick]\nplace = \"/media\"\n") == "kiosk.toml:2: there is no setting \"stick.place\"");
}

TEST_CASE("where the kiosk stands is a municipality, a point, or both") {
    const ScratchFolder folder;
    const auto file = folder / "kiosk.toml";
    REQUIRE(
        write_file_durably(file, "[place]\nmunicipality = \"Tampere\"\nlatitude = 61.5\nlongitude = 23.79\n")
            .ok());
    KioskSettings settings;
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.app.stands_at.municipality == "Tampere");
    CHECK(settings.app.stands_at.point == GeoPoint{61.5, 23.79});
    CHECK(refusal_of("[place]\nlatitude = 61.5\n").find("one is not known without the other") !=
          std::string::npos);
    CHECK(refusal_of("[place]\ntown = \"Tampere\"\n") == "kiosk.toml:2: there is no setting \"place.town\"");
}

TEST_CASE("keypad and scanner are set in tables of their own, and a wrong entry is named") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(file, "[keypad]\nkp_8 = \"up\"\n\"shift+tab\" = \"none\"\n"
                                     "[scanner]\nprefix = \"f12\"\ngap_ms = 40\n")
                .ok());
    KioskSettings settings;
    REQUIRE(read_settings_file(file, settings).ok());
    CHECK(settings.keypad.find("kp_8") == KeypadKey::up);
    CHECK(settings.keypad.find("shift+tab") == std::nullopt);
    CHECK(settings.scanner.prefix == "f12");
    CHECK(settings.scanner.gap_ms == 40);
    CHECK(refusal_of("[keypad]\nkp_8 = \"jump\"\n").find("keypad.kp_8: \"jump\" is none of") == 0);
    CHECK(refusal_of("[keypad]\nknob = \"up\"\n") == "keypad: there is no key \"knob\"");
    CHECK(refusal_of("[keypad]\nkp_8 = 8\n") == "kiosk.toml:2: \"keypad.kp_8\" must be a text");
    CHECK(refusal_of("[scanner]\nprefix = \"~\"\n") == "scanner.prefix: there is no key \"~\"");
    CHECK(refusal_of("[scanner]\ngap_ms = 200\n") ==
          "scanner.gap_ms must lie between 0 and 60: people type slower than that");
}

TEST_CASE("a settings file that is not there is refused by name") {
    KioskSettings settings;
    const Outcome outcome = read_settings_file("/nowhere/kiosk.toml", settings);
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.error().detail == "/nowhere/kiosk.toml: cannot be read");
}

TEST_CASE("options win over the settings file") {
    ScratchFolder folder;
    const std::filesystem::path file = folder / "kiosk.toml";
    REQUIRE(write_file_durably(file, "language = \"fi\"\nbrand = \"Esimerkki\"\nidle_seconds = 60\n").ok());
    const CommandResult read =
        command({"--config", file.string(), "--language", "en", "--windowed", "800x600"});
    REQUIRE(read.settings.has_value());
    CHECK(read.settings->app.ui.language == "en");
    CHECK(read.settings->app.brand == "Esimerkki");
    CHECK(read.settings->app.idle_ms == 60'000);
    REQUIRE(read.settings->window.windowed.has_value());
    CHECK(read.settings->window.windowed->width == 800);
}

TEST_CASE("wrong options say which and why") {
    CHECK(command({"--windowed", "huge"}).refusal ==
          "--windowed huge: must be WIDTHxHEIGHT in pixels, each 320 to 8192");
    CHECK(command({"--windowed", "huge"}).wrong_use);
    CHECK(command({"--start-page", "nowhere"}).refusal == "start page \"nowhere\": there is no such page");
    CHECK(command({"--no-such-option"}).refusal.find("--no-such-option") != std::string::npos);
    const CommandResult missing = command({"--authority", "/nowhere/ca.pem"});
    CHECK(missing.refusal == "authority /nowhere/ca.pem: there is no such file");
    CHECK_FALSE(missing.wrong_use);
}
