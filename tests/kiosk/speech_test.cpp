#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/bytes.h"
#include "kiosk/input/keypad.h"
#include "kiosk/speech/speaker.h"

using namespace vakant;

namespace {

/// The loudest of 16-bit samples behind the 44 bytes of a WAV header.
int loudest(const std::string& wav) {
    int most = 0;
    for (std::size_t i = 44; i + 1 < wav.size(); i += 2) {
        const int low = static_cast<unsigned char>(wav[i]), high = static_cast<signed char>(wav[i + 1]);
        most = std::max(most, std::abs(high * 256 + low));
    }
    return most;
}

struct Folder {
    std::filesystem::path path;
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "vakant-speech-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

bool has_espeak() {
    return std::filesystem::exists("/usr/bin/espeak-ng");
}

} // namespace

TEST_CASE("a text spoken into a file has sound in it") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    for (const std::string language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        const Folder folder;
        {
            const auto voice = make_espeak_voice(folder.path.string());
            voice->set_rate(125);
            voice->say({language == "ar" ? "مرحبا بك" : "Tervetuloa, welcome", language});
        }
        const auto wav = read_file(folder.path / ("0001-" + language + ".wav"));
        REQUIRE(wav.ok());
        INFO(language);
        CHECK(wav->substr(0, 4) == "RIFF");
        CHECK(wav->size() > 20'000);
        CHECK(loudest(*wav) > 500);
    }
}

TEST_CASE("speech faster than before is shorter, and silence ends it") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    const auto size_at = [](int rate) {
        const Folder folder;
        {
            const auto voice = make_espeak_voice(folder.path.string());
            voice->set_rate(rate);
            voice->say({"Yksi kaksi kolme neljä viisi", "fi"});
        }
        return std::filesystem::file_size(folder.path / "0001-fi.wav");
    };
    CHECK(size_at(250) * 3 < size_at(90) * 2);
    const auto voice = make_espeak_voice("");
    voice->say({"Tätä ei kuunnella loppuun", "fi"});
    voice->silence();
    voice->silence();
}

TEST_CASE("a language without a voice says nothing") {
    CHECK(voice_for("fi") == "fi");
    CHECK(voice_for("fi-simple") == "fi");
    CHECK(voice_for("en") == "en-gb");
    CHECK(voice_for("so").empty());
    const Folder folder;
    {
        const auto voice = make_espeak_voice(folder.path.string());
        voice->say({"Soo dhawoow", "so"});
    }
    CHECK(std::filesystem::is_empty(folder.path));
}

TEST_CASE("keys mean what the settings say, and a wrong setting is named") {
    const KeypadTable usual = KeypadTable::usual();
    CHECK(usual.find("enter") == KeypadKey::select);
    CHECK(usual.find("f1") == KeypadKey::help);
    CHECK(usual.find("q") == std::nullopt);
    CHECK(move_of(KeypadKey::down) == Move::down);
    CHECK(move_of(KeypadKey::help) == std::nullopt);

    const auto own = KeypadTable::from_settings({{"kp_8", "up"}, {"f1", "none"}, {"f9", "volume_up"}});
    REQUIRE(own.ok());
    CHECK(own->find("kp_8") == KeypadKey::up);
    CHECK(own->find("f1") == std::nullopt);
    CHECK(own->find("f9") == KeypadKey::volume_up);
    CHECK(own->find("enter") == KeypadKey::select);

    const auto no_key = KeypadTable::from_settings({{"kp_12", "up"}});
    REQUIRE_FALSE(no_key.ok());
    CHECK(no_key.error().detail == "keypad: there is no key \"kp_12\"");
    const auto no_meaning = KeypadTable::from_settings({{"f9", "jump"}});
    REQUIRE_FALSE(no_meaning.ok());
    CHECK(no_meaning.error().detail.find("keypad.f9: \"jump\" is none of") == 0);
    for (const auto& [name, key] : usual.keys()) {
        CHECK(is_window_key(name));
        CHECK(keypad_key(name_of(key)) == key);
    }
}
