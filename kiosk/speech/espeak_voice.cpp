#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "kiosk/speech/speaker.h"

extern char** environ;

namespace vakant {
namespace {

constexpr std::size_t longest_text = 32 * 1024;
constexpr int usual_rate = 125;

struct Voice {
    std::string_view language, voice;
};
// espeak-ng has no Somali; Swahili, which it has, is another language.
constexpr Voice voices[] = {{"fi", "fi"}, {"sv", "sv"}, {"nb", "nb"}, {"en", "en-gb"},
                            {"uk", "uk"}, {"ru", "ru"}, {"ar", "ar"}, {"et", "et"}};

/// A running espeak-ng. Ends with its owner.
class Speaking {
public:
    Speaking() = default;
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
    ~Speaking() { stop(); }

    /// The text goes through standard input, so that no name stands in the list of processes.
    void start(std::vector<std::string> arguments, std::string_view text) {
        stop();
        std::array<int, 2> ends{-1, -1};
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
        const int room = static_cast<int>(longest_text * 2);
        setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
        if (spawn(arguments, ends[1])) {
            // A voice that died early must not end the kiosk, and one that does not read must not hold it up.
            const ssize_t sent = send(ends[0], text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            (void)sent; // what does not fit is not said
        }
        close(ends[0]);
        close(ends[1]);
    }

    void stop() {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        wait();
    }

    void wait() {
        if (pid_ > 0) waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }

private:
    bool spawn(std::vector<std::string>& arguments, int input) {
        std::vector<char*> argv;
        for (std::string& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        const int failed = posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0) pid_ = -1;
        return failed == 0;
    }

    pid_t pid_ = -1;
};

class EspeakVoice final : public SpeechVoice {
public:
    explicit EspeakVoice(std::string output) : output_(std::move(output)) {}

    ~EspeakVoice() override {
        if (!output_.empty()) speaking_.wait();
    }

    void say(const Utterance& utterance) override {
        const std::string_view voice = voice_for(utterance.language);
        if (voice.empty() || utterance.text.empty()) return speaking_.stop();
        std::vector<std::string> arguments = {"espeak-ng", "-b", "1", "-v", std::string(voice)};
        const auto add = [&](const char* option, std::string value) {
            arguments.emplace_back(option);
            arguments.push_back(std::move(value));
        };
        add("-s", std::to_string(rate_));
        add("-a", std::to_string(volume_));
        if (!output_.empty()) add("-w", next_file(utterance.language));
        arguments.emplace_back("--stdin");
        speaking_.start(std::move(arguments), std::string_view(utterance.text).substr(0, longest_text));
    }

    void silence() override { speaking_.stop(); }
    void set_rate(int words_per_minute) override { rate_ = std::clamp(words_per_minute, 60, 360); }
    void set_volume(int percent) override { volume_ = std::clamp(percent, 0, 200); }

private:
    std::string next_file(std::string_view language) {
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "%04d-", ++spoken_);
        return output_ + "/" + number.data() + std::string(language) + ".wav";
    }

    std::string output_;
    Speaking speaking_;
    int rate_ = usual_rate;
    int volume_ = 100;
    int spoken_ = 0;
};

} // namespace

std::string_view voice_for(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    const auto found = std::find_if(std::begin(voices), std::end(voices),
                                    [&](const Voice& v) { return v.language == base; });
    return found == std::end(voices) ? std::string_view() : found->voice;
}

std::unique_ptr<SpeechVoice> make_espeak_voice(std::string output) {
    return std::make_unique<EspeakVoice>(std::move(output));
}

} // namespace vakant
