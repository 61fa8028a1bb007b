// vakant-kiosk: wires the real parts together and decides nothing.
#include <algorithm>
#include <cstdio>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/base/secret_arena.h"
#include "core/http/late_client.h"
#include "kiosk/app/kiosk_view.h"
#include "kiosk/shell/control.h"
#include "kiosk/shell/hardening.h"
#include "kiosk/shell/kiosk_loop.h"
#include "kiosk/shell/settings.h"

namespace {

using namespace vakant;

int complain(const Error& error, bool in_json, int exit_code) {
    if (in_json) {
        const Json json = Json::object({{"error", name_of(error.kind)}, {"detail", error.detail}});
        std::fprintf(stderr, "%s\n", json.to_text().c_str());
    } else {
        std::fprintf(stderr, "vakant-kiosk: %s\n", error.detail.c_str());
    }
    return exit_code;
}

void say_ready(const KioskSettings& settings, const App& app, const Window& window) {
    const Json json = Json::object({{"page", name_of(app.page())},
                                    {"width", window.width()},
                                    {"height", window.height()},
                                    {"renderer", settings.window.renderer == Renderer::gl ? "gl" : "cpu"},
                                    {"control", settings.control.string()},
                                    {"data", settings.data.string()}});
    std::printf("READY %s\n", json.to_text().c_str());
    std::fflush(stdout);
}

WorkerSettings worker_settings(const KioskSettings& settings) {
    WorkerSettings out;
    out.data = settings.data;
    out.assets = settings.app.assets;
    out.sync.backend_url = settings.backend_url;
    out.sync.program_version = settings.app.program_version;
    out.printer = settings.printer;
    out.stick = settings.stick;
    return out;
}

Result<std::unique_ptr<HttpClient>> load_network(const KioskSettings& settings) {
    VAKANT_TRY(folder, program_folder());
    return load_curl_client(folder, {settings.authority, true}, settings.proxy);
}

std::unique_ptr<HttpClient> network(const KioskSettings& settings) {
    auto client = load_network(settings);
    if (client.ok()) return std::move(*client);
    spdlog::error("no network: {}", client.error().detail);
    return make_client_without_network(client.error());
}

Outcome run(KioskSettings settings) {
    AdjustableClock clock;
    SystemRandom random;
    VAKANT_TRY(window, Window::open(settings.window));
    Window& awake = *window;
    settings.speech.ended = [&awake] { awake.wake(); };
    settings.speech.log = [](std::string_view line) { spdlog::warn("{}", line); };
    RecordingVoice voice(make_espeak_voice(settings.speech), !settings.control.empty());
    settings.app.ui.width_px = static_cast<float>(window->width());
    settings.app.ui.height_px = static_cast<float>(window->height());
    VAKANT_TRY(mm_per_px,
               pixel_size(settings.display, window->width(), window->height(), window->told_size()));
    settings.app.ui.mm_per_px = static_cast<float>(mm_per_px);
    KioskViewParts parts{clock,
                         random,
                         voice,
                         [&settings] { return network(settings); },
                         [&awake] { awake.wake(); },
                         [](std::string_view line) { spdlog::warn("{}", line); }};
    VAKANT_TRY(view, KioskView::open(settings.app, std::move(parts)));
    KioskLoop loop(view->app(), *window, clock, {settings.keypad, settings.scanner});
    loop.show_frame();

    // Everything that can wait until something is on the screen.
    spdlog::set_default_logger(
        std::make_shared<spdlog::logger>("vakant-kiosk", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
    if (!SecretArena(4096).locked())
        spdlog::warn(
            "what people type may be swapped: no memory may be locked (LimitMEMLOCK, OPERATIONS.md)");
    const StopListener listener([&] {
        loop.stop();
        awake.wake();
    });
    VAKANT_CHECK(view->start(worker_settings(settings)));
    std::unique_ptr<ControlSocket> socket;
    ControlDesk desk(view->app(), clock, voice, loop.figures());
    if (!settings.control.empty()) {
        VAKANT_TRY(opened, ControlSocket::open(settings.control, [&awake] { awake.wake(); }));
        socket = std::move(opened);
    }
    say_ready(settings, view->app(), *window);
    loop.run(socket.get(), socket ? &desk : nullptr);
    return done();
}

} // namespace

int main(int argc, char** argv) {
    auto read = read_command_line(argc, argv);
    if (const auto* wrong = std::get_if<SettingsError>(&read)) {
        const bool in_json = std::find(argv, argv + argc, std::string_view("--json")) != argv + argc;
        return complain(wrong->error, in_json, wrong->wrong_use ? 2 : 1);
    }
    CommandLine& line = std::get<CommandLine>(read);
    if (line.finished) return line.exit_code;
    forbid_dumps(line.settings.control.empty());
    wipe_on_crash();
    block_stop_signals();
    const bool in_json = line.settings.answers_in_json;
    const Outcome outcome = run(std::move(line.settings));
    if (!outcome.ok()) return complain(outcome.error(), in_json, 1);
    return 0;
}
