// --control SOCKET: what tests and scripts may ask a running kiosk, one JSON object a line: its semantic
// tree, whether it is idle, its speech and its figures; and to move its clock. Never in the kiosk service.
// Input itself comes through the window.
#pragma once

#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/base/message_queue.h"
#include "core/json/json.h"
#include "kiosk/app/app.h"

namespace vakant {

/// The system's clock, moved by scripts. Any thread.
class AdjustableClock final : public Clock {
public:
    UtcMs wall_ms() const override { return system_.wall_ms() + wall_offset_ms_; }
    std::int64_t monotonic_ms() const override { return system_.monotonic_ms() + monotonic_offset_ms_; }
    void set_wall(UtcMs now) { wall_offset_ms_ = now - system_.wall_ms(); }
    void advance(std::int64_t ms) {
        wall_offset_ms_ += ms;
        monotonic_offset_ms_ += ms;
    }
    std::int64_t monotonic_offset_ms() const { return monotonic_offset_ms_; }

private:
    SystemClock system_;
    std::atomic<std::int64_t> wall_offset_ms_{0}, monotonic_offset_ms_{0};
};

/// Passes on what is said, and remembers it for scripts.
class RecordingVoice final : public SpeechVoice {
public:
    /// `records` only where a script may ask: a kiosk in service keeps nothing of what it said.
    RecordingVoice(std::unique_ptr<SpeechVoice> voice, bool records)
        : voice_(std::move(voice)), records_(records) {}
    void say(std::vector<Utterance> utterances) override;
    void silence() override { voice_->silence(); }
    bool speaking() const override { return voice_->speaking(); }
    void set_rate(int words_per_minute) override { voice_->set_rate(words_per_minute); }
    void set_volume(int percent) override { voice_->set_volume(percent); }
    const std::vector<Utterance>& said() const { return said_; }

private:
    std::unique_ptr<SpeechVoice> voice_;
    bool records_;
    std::vector<Utterance> said_;
};

/// Milliseconds of the last frames.
class FrameFigures {
public:
    /// `begun_ms` by a monotonic clock; `waited_ms` by the same, from the input that the frame answers to its
    /// picture on the screen (none: it answers no input); the others are CPU time of the window's thread.
    struct Frame {
        double begun_ms = 0, page_ms = 0, raster_ms = 0, present_ms = 0;
        std::optional<double> waited_ms;
    };
    void add(const Frame& frame);
    /// `after`: "recent" lists page, raster and present time of each frame since that number, "begun" when
    /// each began, "waited" how long its input waited, or null.
    Json to_json(std::optional<std::int64_t> after) const;

private:
    struct Series {
        std::vector<double> values;
        std::size_t next = 0;
        void add(double value);
        Json to_json() const;
    };
    std::int64_t frames_ = 0;
    Series begun_, page_, raster_, present_, waited_; ///< waited: -1 for none
};

/// Listens on its own thread; requests are answered on the window's thread.
class ControlSocket {
public:
    static Result<std::unique_ptr<ControlSocket>> open(const std::filesystem::path& path,
                                                       std::function<void()> wake);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

    struct Request {
        std::string line;
        std::shared_ptr<std::promise<std::string>> answer;
    };
    std::optional<Request> next() { return requests_.try_pop(); }

private:
    ControlSocket(std::filesystem::path path, int listener, int stopper, std::function<void()> wake);
    void serve();
    void serve_client(int client);
    std::filesystem::path path_;
    int listener_, stopper_;
    std::function<void()> wake_;
    MessageQueue<Request> requests_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

/// Answers requests about one App. "idle" is answered when nothing is outstanding.
class ControlDesk {
public:
    ControlDesk(App& app, AdjustableClock& clock, const RecordingVoice& voice, const FrameFigures& figures)
        : app_(app), clock_(clock), voice_(voice), figures_(figures) {}
    void answer(ControlSocket::Request request);
    /// After a frame: `quiet` where nothing animates, no input waits and no answer is outstanding.
    void after_frame(bool quiet, std::int64_t frame_number);
    bool somebody_waits() const { return !waiting_.empty(); }
    std::optional<std::int64_t> next_deadline_ms() const; ///< of the system's clock

private:
    struct Waiting {
        std::shared_ptr<std::promise<std::string>> answer;
        std::int64_t until_ms = 0;
        bool fresh = true; ///< asked since the last frame
    };
    Result<Json> respond(const Json& request);
    Json tree() const;
    Json status() const;
    Json speech() const;
    App& app_;
    AdjustableClock& clock_;
    const RecordingVoice& voice_;
    const FrameFigures& figures_;
    std::vector<Waiting> waiting_;
    std::int64_t frame_number_ = 0;
};

} // namespace vakant
