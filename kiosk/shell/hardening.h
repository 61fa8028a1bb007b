// What keeps a person's words out of core dumps, crashes and the reach of other processes. Used by main.cpp.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace vakant {

/// No core dump. With `hidden` also no ptrace and no /proc/<pid>/mem for other processes of the same user;
/// root's reading of /proc (memory figures) still works.
void forbid_dumps(bool hidden);

/// SIGSEGV and its kin overwrite every arena before the program dies of them.
void wipe_on_crash();

/// Before any other thread, so that they inherit the mask.
void block_stop_signals();

/// SIGTERM, SIGINT and SIGHUP end the loop in order: `stop` is called on another thread, while this lives.
class StopListener {
public:
    explicit StopListener(std::function<void()> stop);
    ~StopListener();
    StopListener(const StopListener&) = delete;
    StopListener& operator=(const StopListener&) = delete;

private:
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

} // namespace vakant
