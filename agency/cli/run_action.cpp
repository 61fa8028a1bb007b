#include <thread>

#include "agency/cli/admin_actions.h"
#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"

namespace vakant {

namespace {

Result<Json> run_here(const Invocation& invocation, std::string_view action, const Json& arguments,
                      SpooledText* attached) {
    VAKANT_TRY(lock, DataLock::take(invocation.settings.data));
    VAKANT_TRY(services,
               open_services(invocation.settings.whereabouts(), invocation.clock, invocation.random));
    return run_admin_action(*services, action, arguments, attached);
}

} // namespace

Result<Json> run_action(const Invocation& invocation, std::string_view action, const Json& arguments,
                        SpooledText* attached) {
    // A `serve` that is just starting, or another command, holds the lock for a moment without answering yet.
    constexpr int attempts = 50;
    constexpr std::chrono::milliseconds pause{100};
    for (int attempt = 1;; ++attempt) {
        VAKANT_TRY(answer, ask_running_serve(invocation.settings.data, action, arguments, attached));
        if (answer) return std::move(*answer);
        auto here = run_here(invocation, action, arguments, attached);
        const bool locked = !here.ok() && here.error().kind == ErrorKind::unavailable;
        if (!locked || attempt == attempts) return here;
        std::this_thread::sleep_for(pause);
    }
}

} // namespace vakant
