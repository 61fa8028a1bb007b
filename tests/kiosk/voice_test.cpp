// What espeak-ng itself makes of texts: which voice reads them, and why some are respelt before it does.
#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <set>

#include "core/base/bytes.h"
#include "kiosk/app/readings.h"
#include "kiosk/speech/speaker.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

namespace {

bool has_espeak() {
    if (std::filesystem::exists("/usr/bin/espeak-ng")) return true;
    WARN("skipped: no espeak-ng");
    return false;
}

/// What a shell command writes. The words are the test's own.
std::string output_of(const std::string& command) {
    std::string text;
    std::FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> part{};
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
        text.append(part.data(), got);
    pclose(pipe);
    return text;
}

/// The sounds that the voice makes, in IPA.
std::string sounds(std::string_view voice, std::string_view text) {
    return output_of("espeak-ng -q --ipa -v " + std::string(voice) + " '" + std::string(text) +
                     "' 2>/dev/null | tr -d ' \\n'");
}

/// The samples that espeak-ng writes when it is asked for a voice by name; "": for none.
std::string samples_of_voice(const std::string& voice, const std::string& text,
                             const std::filesystem::path& file) {
    const std::string named = voice.empty() ? "" : " -v " + voice;
    output_of("printf %s '" + text + "' | espeak-ng -b 1" + named + " -s 125 -a 100 -w " + file.string() +
              " --stdin 2>/dev/null");
    return read_file(file).value_or("");
}

const std::vector<std::string> languages = {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar", "et"};

/// Words that voices of all scripts read, and differently.
const std::string words = "1234 Tervetuloa 5678";

} // namespace

TEST_CASE("each language is read by its own voice, to the sample, and by no other") {
    if (!has_espeak()) return;
    const ScratchFolder folder;
    std::vector<Utterance> all;
    for (const std::string& language : languages)
        all.push_back({words, language, {}});
    {
        const auto voice = make_espeak_voice({folder.path().string()});
        voice->set_rate(125);
        voice->set_volume(100);
        voice->say(all);
    }
    const std::string usual = samples_of_voice("", words, folder / "usual.wav");
    std::set<std::string> different;
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const std::string name = "000" + std::to_string(i + 1) + "-" + languages[i] + ".wav";
        INFO(languages[i]);
        const auto said = read_file(folder / name);
        REQUIRE(said.ok());
        const std::string own(voice_for(languages[i]));
        CHECK(*said == samples_of_voice(own, words, folder / "own.wav"));
        CHECK((*said == usual) == (own == "en-gb")); // what reads where no voice is asked for
        different.insert(*said);
    }
    CHECK(different.size() == languages.size() - 1); // plain Finnish has the voice of Finnish
    // The control: a voice that there is not does not fall back to another without a word.
    CHECK(samples_of_voice("so", words, folder / "so.wav").empty());
}

TEST_CASE("every voice has its language's name in espeak-ng's own list") {
    if (!has_espeak()) return;
    const std::string list = output_of("espeak-ng --voices | awk '{print \" \" $2 \" \"}'");
    for (const std::string& language : languages) {
        INFO(language);
        CHECK(list.find(" " + std::string(voice_for(language)) + " ") != std::string::npos);
    }
    CHECK(list.find(" so ") == std::string::npos);
}

TEST_CASE("what is respelt before a voice reads it would be lost otherwise") {
    if (!has_espeak()) return;
    for (const std::string& language : languages) {
        INFO(language);
        Readings readings(source_dir() + "/assets/speech");
        const std::string voice(voice_for(language));
        const auto respelt = [&](std::string_view text) {
            return sounds(voice, read_aloud(text, readings.of(language)));
        };
        CHECK(sounds(voice, "8–16") == sounds(voice, "8 16")); // "eight sixteen"
        CHECK(respelt("8–16").size() > sounds(voice, "8 16").size());
        CHECK(sounds(voice, "5 ★") == sounds(voice, "5"));
        CHECK(respelt("80 %").size() > sounds(voice, "80").size());
        CHECK(respelt("5 €").size() > sounds(voice, "5").size());
        CHECK(respelt("10 000") == sounds(voice, "10000"));
    }
    CHECK(sounds("uk", "5 €") == sounds("uk", "5"));
    CHECK(sounds("ar", "80 %") == sounds("ar", "80"));
    CHECK(sounds("en-gb", "10 000") != sounds("en-gb", "10000"));
    CHECK(sounds("sv", "IT") != sounds("sv", "I T"));
}
