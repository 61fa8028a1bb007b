#include "kiosk/shell/hardening.h"

#include <csignal>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/base/secret_arena.h"

namespace vakant {
namespace {

sigset_t stop_set() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

void on_crash(int signal_number) {
    wipe_all_secret_arenas();
    std::signal(signal_number, SIG_DFL);
    raise(signal_number);
}

} // namespace

void forbid_dumps(bool hidden) {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (hidden) prctl(PR_SET_DUMPABLE, 0);
}

void wipe_on_crash() {
    struct sigaction action {};
    action.sa_handler = on_crash;
    sigemptyset(&action.sa_mask);
    for (const int signal_number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
        sigaction(signal_number, &action, nullptr);
    }
}

void block_stop_signals() {
    const sigset_t set = stop_set();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

StopListener::StopListener(std::function<void()> stop)
    : thread_([this, stop = std::move(stop)] {
          const sigset_t set = stop_set();
          int which = 0;
          sigwait(&set, &which);
          if (!ended_) stop();
      }) {}

StopListener::~StopListener() {
    ended_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

} // namespace vakant
