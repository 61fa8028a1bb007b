#include <csignal>
#include <ctime>
#include <ostream>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "agency/api/device_api.h"
#include "agency/cli/admin_socket.h"
#include "agency/cli/commands.h"
#include "agency/cli/fetch_schedule.h"
#include "agency/devices/agencies.h"
#include "agency/vacancies/vacancy_feed.h"
#include "agency/vacancies/vacancy_selectors.h"

namespace vakant {

namespace {

constexpr timespec sweep_every{30, 0};

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

Outcome publish_everything(Services& services, spdlog::logger& log) {
    VAKANT_TRY(agencies, services.database->read_for<std::vector<Agency>>(
                             [](Connection& connection) { return all_agencies(connection); }));
    for (const Agency& agency : agencies) {
        const Outcome published = publish_documents(services, agency.id);
        // Without its content key an agency still takes deliveries; a broken form or test stops the start.
        if (!published.ok() && published.error().kind == ErrorKind::not_found) {
            log.warn("agency {}: {}", agency.id, published.error().detail);
        } else {
            VAKANT_CHECK(published);
        }
    }
    return done();
}

void sweep(Services& services, spdlog::logger& log) {
    const auto swept = sweep_vacancies(*services.database, services.clock.wall_ms());
    if (!swept.ok()) log.error("sweep of vacancies: {}", swept.error().detail);
    if (swept.ok() && *swept > 0) log.info("{} vacancies have disappeared", *swept);
}

} // namespace

Outcome serve_command(const Invocation& invocation) {
    // Before any thread is made, so that all of them leave these signals to this one.
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    spdlog::logger log("vakant-agency", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    const Settings& settings = invocation.settings;
    VAKANT_TRY(lock, DataLock::take(settings.data));
    VAKANT_TRY(services, open_services(settings.whereabouts(), invocation.clock, invocation.random));
    VAKANT_CHECK(publish_everything(*services, log));
    VAKANT_TRY(filled, fill_selectors(*services->database));
    if (filled > 0)
        log.info("{} vacancies of an earlier version can now be selected by place and field", filled);
    sweep(*services, log);
    VAKANT_TRY(server, Server::start(settings.server, device_api(*services)));
    VAKANT_TRY(admin, AdminSocket::start(*services));
    FetchSchedule fetching(*services, settings.feeds, log);

    const Json ready = Json::object({{"url", server->url()},
                                     {"port", std::int64_t{server->port()}},
                                     {"data", settings.data.string()},
                                     {"pid", std::int64_t{getpid()}}});
    invocation.out << "READY " << ready.to_text() << std::endl;
    log.info("serving {}", server->url());
    while (sigtimedwait(&signals, nullptr, &sweep_every) < 0)
        sweep(*services, log);
    log.info("stopping");
    services->stopping = true;
    fetching.stop();
    admin.reset();
    server->stop();
    return done();
}

} // namespace vakant
