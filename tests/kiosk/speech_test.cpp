#include <catch2/catch.hpp>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/base/bytes.h"
#include "core/strings/strings.h"
#include "kiosk/input/keypad.h"
#include "kiosk/speech/speaker.h"
#include "tests/places.h"

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

double seconds_of(const std::string& wav) {
    constexpr double bytes_a_second = 2 * 22'050;
    return static_cast<double>(wav.size() - 44) / bytes_a_second;
}

/// A WAV file of so many samples, all as loud.
std::string tone(std::size_t samples, int level) {
    const auto number = [](std::size_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>((value >> (8 * i)) & 0xFF);
        return text;
    };
    std::string sound;
    for (std::size_t i = 0; i < samples; ++i)
        sound += number(static_cast<std::size_t>(i % 2 == 0 ? 2 * level : 65'536 - 2 * level), 2);
    return "RIFF" + number(36 + sound.size(), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) +
           number(22'050, 4) + number(44'100, 4) + number(2, 2) + number(16, 2) + "data" +
           number(sound.size(), 4) + sound;
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

TEST_CASE("a text spoken into a file has sound in it, in every language, and none of it is cut off") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    const Folder folder;
    std::vector<Utterance> all;
    for (const std::string language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"})
        all.push_back({language == "ar" ? "مرحبا بك" : "Tervetuloa, welcome", language, {}});
    {
        const auto voice = make_espeak_voice({folder.path.string()});
        voice->set_rate(speech_rate(usual_rate_step));
        voice->set_volume(speech_volume(speech_steps - 1)); // the loudest
        voice->say(all);
    }
    int number = 0;
    for (const Utterance& utterance : all) {
        INFO(utterance.language);
        const auto wav =
            read_file(folder.path / ("000" + std::to_string(++number) + "-" + utterance.language + ".wav"));
        REQUIRE(wav.ok());
        CHECK(wav->substr(0, 4) == "RIFF");
        CHECK(seconds_of(*wav) > 0.5);
        CHECK(seconds_of(*wav) < 4);
        CHECK(loudest(*wav) > 500);
        CHECK(loudest(*wav) < 32'767);
    }
}

TEST_CASE(
    "accessibility 05: what is said to those who did not ask for it lasts three seconds at most, in every "
    "language") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    for (const std::string language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        const auto strings = Strings::load(source_dir() + "/assets/strings", language);
        REQUIRE(strings.ok());
        const std::string key = strings->has("idle.title.spoken") ? "idle.title.spoken" : "idle.title";
        const Folder folder;
        {
            const auto voice = make_espeak_voice({folder.path.string()});
            voice->set_rate(speech_rate(usual_rate_step));
            voice->set_volume(speech_volume(usual_volume_step));
            voice->say({{strings->get(key), language, {}}});
        }
        INFO(language << ": " << strings->get(key));
        const double seconds =
            seconds_of(read_file(folder.path / ("0001-" + language + ".wav")).value_or(""));
        CHECK(seconds > 0.3);
        CHECK(seconds <= 3);
    }
}

TEST_CASE("faster speech is shorter and louder speech is louder, step by step") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    const auto spoken = [](int rate, int volume) {
        const Folder folder;
        {
            const auto voice = make_espeak_voice({folder.path.string()});
            voice->set_rate(rate);
            voice->set_volume(volume);
            voice->say({{"Yksi kaksi kolme neljä viisi", "fi", {}}});
        }
        return read_file(folder.path / "0001-fi.wav").value_or("");
    };
    std::vector<double> seconds;
    std::vector<int> peaks;
    for (int step = 0; step < speech_steps; ++step) {
        const std::string wav = spoken(speech_rate(step), speech_volume(step));
        seconds.push_back(seconds_of(wav));
        peaks.push_back(loudest(wav));
    }
    for (std::size_t step = 1; step < seconds.size(); ++step) {
        CHECK(seconds[step] < seconds[step - 1]);
        CHECK(peaks[step] > peaks[step - 1]);
        CHECK(peaks[step] < peaks[step - 1] * 3.17); // ten decibels
    }
}

TEST_CASE("a language without a voice says nothing, and what is recorded in it is heard") {
    CHECK(voice_for("fi") == "fi");
    CHECK(voice_for("fi-simple") == "fi");
    CHECK(voice_for("en") == "en-gb");
    CHECK(voice_for("so").empty());
    const Folder folder, recordings;
    const std::string wav = tone(1'000, 500);
    REQUIRE(write_file_durably(recordings.path / "hello.wav", wav).ok());
    {
        const auto voice = make_espeak_voice({folder.path.string()});
        voice->set_volume(50);
        voice->say({{"Soo dhawoow", "so", {}}, {"Soo dhawoow", "so", recordings.path / "hello.wav"}});
    }
    const auto played = read_file(folder.path / "0001-so.wav");
    REQUIRE(played.ok());
    CHECK(played->size() == wav.size());
    CHECK(loudest(*played) == 500); // half of what was recorded
    CHECK_FALSE(std::filesystem::exists(folder.path / "0002-so.wav"));
}

TEST_CASE("a recording that is no sound is read by the voice instead") {
    if (!has_espeak()) {
        WARN("skipped: no espeak-ng");
        return;
    }
    const Folder folder;
    REQUIRE(write_file_durably(folder.path / "broken", "RIFF....WAVEdata").ok());
    std::string logged;
    {
        SpeechOutput output{folder.path.string()};
        output.log = [&](std::string_view line) { logged += line; };
        const auto voice = make_espeak_voice(output);
        voice->say({{"Tervetuloa", "fi", folder.path / "broken"}});
    }
    CHECK(std::filesystem::exists(folder.path / "0001-fi.wav"));
    CHECK(logged.find("broken: has no format or no samples") != std::string::npos);
    CHECK(logged.find("Tervetuloa") == std::string::npos);
}

namespace {

/// Hears from the voice's thread that everything was said.
class EndWaiter {
public:
    void ended() {
        const std::lock_guard lock(mutex_);
        ++ends_;
        changed_.notify_all();
    }
    bool wait(int ends) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return ends_ >= ends; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int ends_ = 0;
};

/// A program that stands in for the voice or the player.
std::string script(const Folder& folder, const std::string& name, const std::string& text) {
    const std::filesystem::path file = folder.path / name;
    REQUIRE(write_file_durably(file, "#!/bin/sh\n" + text, 0755).ok());
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file.string();
}

} // namespace

TEST_CASE("the player plays what the voice makes, into a device that is none, and tells its end") {
    if (!has_espeak() || !std::filesystem::exists("/usr/bin/aplay")) {
        WARN("skipped: no espeak-ng or no aplay");
        return;
    }
    EndWaiter waiter;
    std::string logged;
    SpeechOutput output;
    output.device = "null";
    output.ended = [&] { waiter.ended(); };
    output.log = [&](std::string_view line) { logged += line; };
    const auto voice = make_espeak_voice(output);
    CHECK_FALSE(voice->speaking());
    voice->say({{"Tervetuloa", "fi", {}}, {"Welcome", "en", {}}});
    REQUIRE(waiter.wait(1));
    CHECK_FALSE(voice->speaking());
    CHECK(logged.empty());
}

TEST_CASE("accessibility 04: silence ends speech within a tenth of a second, and new speech ends old") {
    const Folder folder;
    SpeechOutput output;
    EndWaiter waiter;
    output.ended = [&] { waiter.ended(); };
    output.voice_program =
        script(folder, "voice", "echo $$ >> " + (folder.path / "pids").string() + "\nexec cat\n");
    output.player_program = script(folder, "player", "exec tail -f /dev/null\n"); // plays for ever
    const auto voice = make_espeak_voice(output);
    voice->say({{"Tätä ei kuunnella loppuun", "fi", {}}});
    CHECK(voice->speaking());
    voice->say({{"Tätäkään ei", "fi", {}}});
    CHECK(voice->speaking());
    const auto before = std::chrono::steady_clock::now();
    voice->silence();
    REQUIRE(waiter.wait(1));
    CHECK_FALSE(voice->speaking());
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(100));
}

TEST_CASE("a voice that dies is started again once, and then the next thing is said") {
    const Folder folder;
    SpeechOutput output;
    EndWaiter waiter;
    std::string logged;
    output.ended = [&] { waiter.ended(); };
    output.log = [&](std::string_view line) { logged += std::string(line) + ";"; };
    output.voice_program =
        script(folder, "voice",
               "cd " + folder.path.string() +
                   "\ntext=$(cat)\necho \"$text\" >> said\n"
                   "test \"$text\" = dies && exit 3\n"
                   "test \"$text\" = once && test ! -e before && touch before && kill -9 $$\n"
                   "exit 0\n");
    output.player_program = script(folder, "player", "cat > /dev/null\n");
    const auto voice = make_espeak_voice(output);
    voice->say({{"once", "fi", {}}, {"dies", "fi", {}}, {"well", "fi", {}}});
    REQUIRE(waiter.wait(1));
    CHECK(read_file(folder.path / "said").value_or("") == "once\nonce\ndies\ndies\nwell\n");
    CHECK(logged == "speech: the voice died and is started again;speech: the voice died and is started again;"
                    "speech: the voice died again;");
}

TEST_CASE("where programs are missing nothing is said, and it is told once for each text") {
    SpeechOutput output;
    EndWaiter waiter;
    std::string logged;
    output.ended = [&] { waiter.ended(); };
    output.log = [&](std::string_view line) { logged += line; };
    output.voice_program = "/nowhere/voice";
    const auto voice = make_espeak_voice(output);
    voice->say({{"Tervetuloa", "fi", {}}});
    REQUIRE(waiter.wait(1));
    CHECK(logged == "speech: there is no voice: /nowhere/voice");
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
