// The thread of `serve` that fetches feeds when they are due.
#pragma once

#include <condition_variable>
#include <mutex>
#include <spdlog/logger.h>
#include <thread>
#include <vector>

#include "agency/cli/fetch_action.h"

namespace vakant {

class FetchSchedule {
public:
    /// Starts at once; without feeds it does nothing. All must outlive it.
    FetchSchedule(Services& services, const std::vector<FeedSource>& sources, spdlog::logger& log);
    ~FetchSchedule() { stop(); }
    FetchSchedule(const FetchSchedule&) = delete;
    FetchSchedule& operator=(const FetchSchedule&) = delete;
    /// Breaks off what is running; what was committed stays.
    void stop();

private:
    void run();
    void fetch(const FeedSource& source);

    Services& services_;
    const std::vector<FeedSource>& sources_;
    spdlog::logger& log_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;        ///< guarded by mutex_
    HttpClient* client_ = nullptr; ///< guarded by mutex_: the one that is at work
    std::thread thread_;
};

} // namespace vakant
