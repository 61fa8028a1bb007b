#include "kiosk/shell/control.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace vakant {
namespace {

constexpr std::size_t most_utterances = 500;
constexpr std::size_t figures_kept = 2'000;
constexpr std::size_t longest_line = 1u << 20;

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const auto at = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(at, 1, values.size()) - 1];
}

bool send_all(int client, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = ::send(client, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Json error_json(const Error& error) {
    return Json::object({{"error", name_of(error.kind)}, {"detail", error.detail}});
}

std::string_view name_of_step(EnrolmentStep step) {
    switch (step) {
    case EnrolmentStep::unknown:
        return "unknown";
    case EnrolmentStep::none:
        return "none";
    case EnrolmentStep::waiting_for_desk:
        return "waiting_for_desk";
    case EnrolmentStep::comparing_words:
        return "comparing_words";
    case EnrolmentStep::done:
        return "done";
    }
    return "unknown";
}

Json json_of(const SemanticNode& node) {
    const auto number = [](float value) { return Json(static_cast<double>(value)); };
    Json json = Json::object({{"key", node.key},
                              {"role", name_of(node.role)},
                              {"name", node.name},
                              {"value", node.value},
                              {"description", node.description},
                              {"excerpt", node.excerpt},
                              {"language", node.language},
                              {"focusable", node.focusable},
                              {"enabled", node.enabled},
                              {"focused", node.focused},
                              {"invalid", node.invalid},
                              {"private", node.is_private},
                              {"level", node.level},
                              {"position", node.position},
                              {"count", node.count},
                              {"on_screen", node.on_screen},
                              {"clipped", node.clipped},
                              {"parent", node.parent}});
    if (node.checked) json.set("checked", *node.checked);
    json.set("rect", Json::array({number(node.rect.x), number(node.rect.y), number(node.rect.w),
                                  number(node.rect.h)}));
    return json;
}

} // namespace

void RecordingVoice::say(std::vector<Utterance> utterances) {
    if (records_) {
        said_.insert(said_.end(), utterances.begin(), utterances.end());
        if (said_.size() > most_utterances)
            said_.erase(said_.begin(), said_.end() - static_cast<std::ptrdiff_t>(most_utterances));
    }
    voice_->say(std::move(utterances));
}

void FrameFigures::Series::add(double value) {
    if (values.size() < figures_kept) {
        values.push_back(value);
    } else {
        values[next] = value;
        next = (next + 1) % figures_kept;
    }
}

Json FrameFigures::Series::to_json() const {
    return Json::object({{"p50", percentile(values, 0.5)},
                         {"p99", percentile(values, 0.99)},
                         {"max", percentile(values, 1)},
                         {"last", values.empty() ? 0 : values[(next + values.size() - 1) % values.size()]}});
}

void FrameFigures::add(const Frame& frame) {
    ++frames_;
    begun_.add(frame.begun_ms);
    page_.add(frame.page_ms);
    raster_.add(frame.raster_ms);
    present_.add(frame.present_ms);
    waited_.add(frame.waited_ms.value_or(-1));
}

Json FrameFigures::to_json(std::optional<std::int64_t> after) const {
    Json json = Json::object({{"frames", frames_},
                              {"page_ms", page_.to_json()},
                              {"raster_ms", raster_.to_json()},
                              {"present_ms", present_.to_json()}});
    if (!after) return json;
    Json recent = Json::array(), begun = Json::array(), waited = Json::array();
    const auto kept = static_cast<std::int64_t>(page_.values.size());
    for (std::int64_t number = std::max(*after, frames_ - kept); number < frames_; ++number) {
        const std::size_t at = static_cast<std::size_t>(number) % figures_kept;
        recent.push(Json::array({page_.values[at], raster_.values[at], present_.values[at]}));
        begun.push(begun_.values[at]);
        waited.push(waited_.values[at] < 0 ? Json() : Json(waited_.values[at]));
    }
    json.set("recent", std::move(recent));
    json.set("begun", std::move(begun));
    json.set("waited", std::move(waited));
    return json;
}

// ---- the socket

Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::filesystem::path& path,
                                                           std::function<void()> wake) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = path.string();
    if (name.size() >= sizeof(address.sun_path))
        return invalid_input("--control " + name + ": the path is too long");
    std::memcpy(address.sun_path, name.data(), name.size());
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) return internal_error("--control: no socket");
    ::unlink(name.c_str());
    const mode_t before = ::umask(0177);
    const int bound = ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    ::umask(before);
    if (bound != 0 || ::listen(listener, 8) != 0) {
        const std::string why = std::strerror(errno);
        ::close(listener);
        return invalid_input("--control " + name + ": " + why);
    }
    const int stopper = ::eventfd(0, EFD_CLOEXEC);
    return std::unique_ptr<ControlSocket>(new ControlSocket(path, listener, stopper, std::move(wake)));
}

ControlSocket::ControlSocket(std::filesystem::path path, int listener, int stopper,
                             std::function<void()> wake)
    : path_(std::move(path)), listener_(listener), stopper_(stopper), wake_(std::move(wake)),
      thread_([this] { serve(); }) {}

ControlSocket::~ControlSocket() {
    stopping_ = true;
    const std::uint64_t one = 1;
    if (::write(stopper_, &one, sizeof(one)) < 0) ::shutdown(listener_, SHUT_RDWR);
    while (auto request = requests_.try_pop())
        request->answer->set_value("{\"error\":\"unavailable\"}");
    thread_.join();
    ::close(listener_);
    ::close(stopper_);
    ::unlink(path_.c_str());
}

void ControlSocket::serve() {
    while (!stopping_) {
        pollfd ready[2] = {{listener_, POLLIN, 0}, {stopper_, POLLIN, 0}};
        if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
        if (stopping_ || (ready[0].revents & POLLIN) == 0) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        serve_client(client);
        ::close(client);
    }
}

void ControlSocket::serve_client(int client) {
    std::string pending;
    char piece[4096];
    while (!stopping_ && pending.size() < longest_line) {
        pollfd ready[2] = {{client, POLLIN, 0}, {stopper_, POLLIN, 0}};
        if (::poll(ready, 2, -1) < 0 && errno != EINTR) return;
        if (stopping_) return;
        const ssize_t got = ::recv(client, piece, sizeof(piece), 0);
        if (got <= 0) return;
        pending.append(piece, static_cast<std::size_t>(got));
        for (std::size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
            Request request{pending.substr(0, end), std::make_shared<std::promise<std::string>>()};
            pending.erase(0, end + 1);
            std::future<std::string> answer = request.answer->get_future();
            requests_.push(std::move(request));
            wake_();
            while (answer.wait_for(std::chrono::milliseconds(200)) != std::future_status::ready) {
                if (stopping_) return;
            }
            if (!send_all(client, answer.get() + "\n")) return;
        }
    }
}

// ---- the desk

void ControlDesk::answer(ControlSocket::Request request) {
    const Result<Json> json = parse_json(request.line);
    if (json.ok() && (*json)["do"].text() == "idle") {
        const std::int64_t timeout_ms = (*json)["timeout_ms"].integer_or(10'000);
        waiting_.push_back({std::move(request.answer), SystemClock().monotonic_ms() + timeout_ms, true});
        return;
    }
    const Result<Json> said = json.ok() ? respond(*json) : Result<Json>(json.error());
    request.answer->set_value((said.ok() ? *said : error_json(said.error())).to_text());
}

void ControlDesk::after_frame(bool quiet, std::int64_t frame_number) {
    frame_number_ = frame_number;
    const std::int64_t now = SystemClock().monotonic_ms();
    std::erase_if(waiting_, [&](Waiting& waiting) {
        // A question asked since the frame began waits for the next one, so that input before it has had its
        // effect.
        const bool fresh = std::exchange(waiting.fresh, false);
        if (quiet && !fresh) {
            waiting.answer->set_value(Json::object({{"idle", true}, {"frame", frame_number}}).to_text());
            return true;
        }
        if (now >= waiting.until_ms) {
            waiting.answer->set_value(Json::object({{"idle", false}, {"frame", frame_number}}).to_text());
            return true;
        }
        return false;
    });
}

std::optional<std::int64_t> ControlDesk::next_deadline_ms() const {
    std::optional<std::int64_t> first;
    for (const Waiting& waiting : waiting_)
        first = std::min(first.value_or(waiting.until_ms), waiting.until_ms);
    return first;
}

Result<Json> ControlDesk::respond(const Json& request) {
    const std::string_view what = request["do"].text();
    const Json ok = Json::object({{"ok", true}});
    if (what == "tree") return tree();
    if (what == "status") return status();
    if (what == "speech") return speech();
    if (what == "stats") {
        const Json* after = request.find("after");
        return figures_.to_json(after ? std::optional(std::max<std::int64_t>(0, after->integer_or(0)))
                                      : std::nullopt);
    }
    if (what == "activate") {
        VAKANT_TRY(key, request.require_text("key"));
        UiEvent event;
        event.kind = UiEvent::Kind::activate;
        event.key = key;
        event.at_ms = clock_.monotonic_ms();
        app_.handle(event);
        return ok;
    }
    if (what == "set_time") {
        VAKANT_TRY(text, request.require_text("wall"));
        VAKANT_TRY(time, parse_iso8601(text));
        clock_.set_wall(time);
        app_.clock_moved();
        return ok;
    }
    if (what == "advance") {
        VAKANT_TRY(ms, request.require_integer("ms"));
        if (ms < 0) return invalid_input("\"ms\" must not be negative: monotonic time never goes back");
        clock_.advance(ms);
        app_.clock_moved();
        return ok;
    }
    return invalid_input("\"do\" must be tree, idle, set_time, advance, activate, speech, status or stats");
}

Json ControlDesk::tree() const {
    Json nodes = Json::array();
    for (const SemanticNode& node : app_.tree().nodes())
        nodes.push(json_of(node));
    return Json::object({{"page", name_of(app_.page())},
                         {"language", app_.ui_settings().language},
                         {"listening", app_.listening()},
                         {"frame", frame_number_},
                         {"nodes", std::move(nodes)}});
}

Json ControlDesk::status() const {
    const KioskFacts& facts = app_.facts();
    Json words = Json::array();
    for (const std::string& word : facts.words)
        words.push(word);
    Json agencies = Json::array();
    for (const AgencyFact& agency : facts.agencies) {
        agencies.push(Json::object({{"id", agency.id}, {"name", agency.name}}));
    }
    Json json = Json::object({{"enrolment", name_of_step(facts.enrols_again.value_or(facts.enrolment))},
                              {"user_code", facts.user_code},
                              {"words", std::move(words)},
                              {"agencies", std::move(agencies)},
                              {"online", facts.online},
                              {"last_problem", facts.last_problem},
                              {"skew_warned", facts.clock_is_off},
                              {"now", to_iso8601(app_.now())},
                              {"reference", app_.visit().reference}});
    json.set("outbox", Json::object({{"queued", facts.queue.queued},
                                     {"delivered", facts.queue.delivered},
                                     {"blocked", facts.queue.blocked},
                                     {"quarantined", facts.queue.quarantined}}));
    json.set("last_heard_at", facts.last_heard_at ? Json(to_iso8601(*facts.last_heard_at)) : Json());
    if (facts.board)
        json.set("board", Json::object({{"own", facts.board->own}, {"others", facts.board->others}}));
    json.set("forms", facts.forms.size());
    json.set("tests", facts.tests.size());
    return json;
}

Json ControlDesk::speech() const {
    Json utterances = Json::array();
    for (const Utterance& utterance : voice_.said()) {
        utterances.push(Json::object({{"text", utterance.text}, {"language", utterance.language}}));
    }
    return Json::object({{"utterances", std::move(utterances)}});
}

} // namespace vakant
