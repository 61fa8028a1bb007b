#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <deque>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "core/base/bytes.h"
#include "core/base/message_queue.h"
#include "kiosk/speech/child.h"
#include "kiosk/speech/recording.h"
#include "kiosk/speech/speaker.h"

namespace vakant {
namespace {

constexpr std::size_t longest_text = 32 * 1024;
constexpr int most_starts = 2; ///< of one utterance whose voice dies

/// espeak-ng speaks no slower; pauses between words make up for the rest.
constexpr int slowest_rate = 80;
/// In hundredths of a second at 175 words a minute, as its option -g counts.
int pause_for(int rate) {
    return (6'000 / rate - 6'000 / slowest_rate) * slowest_rate / 175;
}

struct Voice {
    std::string_view language, voice;
};
// espeak-ng has no Somali; Swahili, which it has, is another language.
constexpr Voice voices[] = {{"fi", "fi"}, {"sv", "sv"}, {"nb", "nb"}, {"en", "en-gb"},
                            {"uk", "uk"}, {"ru", "ru"}, {"ar", "ar"}, {"et", "et"}};

/// What the kiosk asks of the thread that looks after the processes.
struct Order {
    std::uint64_t number = 0;
    std::vector<Utterance> utterances; ///< none: silence
    int rate = 125, volume = 100;
    bool last = false; ///< the kiosk ends
};

/// Everything that happens on the thread: one utterance after the other, until a newer order comes.
class Speaking {
public:
    explicit Speaking(const SpeechOutput& output) : output_(output) {}

    void begin(Order order) {
        stop();
        order_ = std::move(order);
        std::ranges::move(order_.utterances, std::back_inserter(waiting_));
        order_.utterances.clear();
        next();
    }
    std::uint64_t number() const { return order_.number; }
    bool is_over() const { return !current_; }
    /// Becomes readable when the process that is waited for has ended; -1: none is.
    int end() const { return current_ ? end_.first.number() : -1; }

    void has_ended() {
        const bool player_did = !player_.runs() || player_.wait();
        if (!player_did) voice_.kill(); // nobody hears it
        const bool voice_did = !voice_.runs() || voice_.wait();
        if (!voice_did && starts_ < most_starts) {
            log("the voice died and is started again");
            if (start(*current_)) return;
        } else if (!voice_did || !player_did) {
            log(voice_did ? "the player failed" : "the voice died again");
        }
        next();
    }

private:
    void stop() {
        player_.kill();
        voice_.kill();
        waiting_.clear();
        current_.reset();
    }

    void next() {
        current_.reset();
        while (!waiting_.empty()) {
            current_ = std::move(waiting_.front());
            waiting_.pop_front();
            starts_ = 0;
            if (start(*current_)) return;
            current_.reset();
        }
    }

    bool start(const Utterance& utterance) {
        ++starts_;
        end_ = make_pipe();
        if (!end_.first) return false;
        const bool started = (!utterance.recording.empty() && play(utterance)) || read(utterance);
        end_.second = Descriptor(); // the child's copy alone keeps it open
        return started;
    }

    bool play(const Utterance& utterance) {
        auto sound = recording_at_volume(utterance.recording, order_.volume);
        if (!sound.ok()) {
            log(sound.error().detail);
            return false;
        }
        if (!output_.folder.empty()) {
            return write_file_durably(next_file(utterance.language), *sound).ok(); // and over at once
        }
        const Descriptor file(memfd_create("recording", MFD_CLOEXEC));
        if (!file ||
            pwrite(file.number(), sound->data(), sound->size(), 0) != static_cast<ssize_t>(sound->size()))
            return false;
        return start_player(file.number());
    }

    bool start_player(int input) {
        const bool there = player_.start({output_.player_program, "-q", "-D", output_.device}, input, -1,
                                         end_.second.number());
        if (!there) log("there is no player: " + output_.player_program);
        return there;
    }

    bool read(const Utterance& utterance) {
        const std::string_view voice = voice_for(utterance.language);
        if (voice.empty() || utterance.text.empty()) return false;
        std::vector<std::string> command = {output_.voice_program, "-b", "1", "-v", std::string(voice)};
        const auto add = [&](const char* option, std::string value) {
            command.emplace_back(option);
            command.push_back(std::move(value));
        };
        add("-s", std::to_string(order_.rate));
        if (order_.rate < slowest_rate) add("-g", std::to_string(pause_for(order_.rate)));
        add("-a", std::to_string(order_.volume));
        const bool to_file = !output_.folder.empty();
        if (to_file) add("-w", next_file(utterance.language).string());
        if (!to_file) command.emplace_back("--stdout");
        command.emplace_back("--stdin");
        const DescriptorPair text = make_socket(), sound = make_pipe();
        if (!text.first || !sound.first) return false;
        const int room = static_cast<int>(longest_text * 2);
        setsockopt(text.first.number(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
        // A voice that does not read must not hold up the others: what does not fit is not said.
        const std::string_view said = std::string_view(utterance.text).substr(0, longest_text);
        if (send(text.first.number(), said.data(), said.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
            return false;
        if (!voice_.start(std::move(command), text.second.number(), to_file ? -1 : sound.second.number(),
                          to_file ? end_.second.number() : -1)) {
            log("there is no voice: " + output_.voice_program);
            return false;
        }
        return to_file || start_player(sound.first.number());
    }

    std::filesystem::path next_file(std::string_view language) {
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "%04d-", ++files_);
        return output_.folder + "/" + number.data() + std::string(language) + ".wav";
    }

    void log(std::string_view line) const {
        if (output_.log) output_.log("speech: " + std::string(line));
    }

    const SpeechOutput& output_;
    Order order_;
    std::deque<Utterance> waiting_;
    std::optional<Utterance> current_;
    int starts_ = 0, files_ = 0;
    DescriptorPair end_;
    Child voice_, player_;
};

class EspeakVoice final : public SpeechVoice {
public:
    explicit EspeakVoice(SpeechOutput output)
        : output_(std::move(output)), called_(eventfd(0, EFD_CLOEXEC)) {}

    ~EspeakVoice() override {
        if (!thread_.joinable()) return;
        Order order;
        order.last = true;
        send(std::move(order));
        thread_.join();
    }

    void say(std::vector<Utterance> utterances) override {
        Order order;
        order.number = ++asked_;
        order.utterances = std::move(utterances);
        order.rate = rate_;
        order.volume = volume_;
        send(std::move(order));
        // Most kiosks stay silent for most of their time: no thread before somebody listens.
        if (!thread_.joinable()) thread_ = std::thread([this] { serve(); });
    }
    void silence() override {
        if (speaking()) say({});
    }
    bool speaking() const override { return over_ != asked_; }
    void set_rate(int words_per_minute) override { rate_ = std::clamp(words_per_minute, 60, 360); }
    void set_volume(int percent) override { volume_ = std::clamp(percent, 0, 200); }

private:
    void send(Order order) {
        orders_.push(std::move(order));
        const std::uint64_t one = 1;
        if (::write(called_.number(), &one, sizeof one) < 0) return; // the counter is full: it is awake
    }

    void serve() {
        Speaking speaking(output_);
        bool ends = false;
        while (!ends || (!output_.folder.empty() && !speaking.is_over())) {
            std::array<pollfd, 2> ready{{{called_.number(), POLLIN, 0}, {speaking.end(), POLLIN, 0}}};
            if (::poll(ready.data(), ready.size(), -1) < 0) continue;
            if (ready[0].revents != 0) {
                std::uint64_t calls = 0;
                if (::read(called_.number(), &calls, sizeof calls) < 0) continue;
                ends = take_orders(speaking) || ends;
            } else if (ready[1].revents != 0) {
                speaking.has_ended();
            }
            if (speaking.is_over() && over_.exchange(speaking.number()) != speaking.number() && output_.ended)
                output_.ended();
        }
    }

    /// The newest counts.
    bool take_orders(Speaking& speaking) {
        std::optional<Order> newest;
        bool ends = false;
        while (auto order = orders_.try_pop()) {
            if (order->last) {
                ends = true;
            } else {
                newest = std::move(order);
            }
        }
        if (newest) speaking.begin(std::move(*newest));
        return ends;
    }

    const SpeechOutput output_;
    Descriptor called_;
    MessageQueue<Order> orders_;
    std::uint64_t asked_ = 0;
    std::atomic<std::uint64_t> over_{0};
    int rate_ = 125, volume_ = 100;
    std::thread thread_;
};

} // namespace

int speech_volume(int step) {
    constexpr std::array<int, speech_steps> percent = {12, 18, 25, 35, 50, 70, 100, 140};
    return percent[static_cast<std::size_t>(std::clamp(step, 0, speech_steps - 1))];
}

int speech_rate(int step) {
    constexpr std::array<int, speech_steps> words = {63, 80, 100, 125, 150, 180, 215, 250};
    return words[static_cast<std::size_t>(std::clamp(step, 0, speech_steps - 1))];
}

std::string_view voice_for(std::string_view language) {
    const std::string_view base = language.substr(0, language.find('-'));
    const auto found = std::find_if(std::begin(voices), std::end(voices),
                                    [&](const Voice& v) { return v.language == base; });
    return found == std::end(voices) ? std::string_view() : found->voice;
}

std::unique_ptr<SpeechVoice> make_espeak_voice(SpeechOutput output) {
    return std::make_unique<EspeakVoice>(std::move(output));
}

} // namespace vakant
