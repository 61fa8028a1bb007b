#include "agency/cli/fetch_schedule.h"

#include <chrono>

namespace vakant {

namespace {

/// Whether something is due is one look into the store.
constexpr std::chrono::seconds look_every{5};

} // namespace

FetchSchedule::FetchSchedule(Services& services, const std::vector<FeedSource>& sources, spdlog::logger& log)
    : services_(services), sources_(sources), log_(log) {
    if (!sources_.empty()) thread_ = std::thread([this] { run(); });
}

void FetchSchedule::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        if (client_ != nullptr) client_->interrupt();
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void FetchSchedule::fetch(const FeedSource& source) {
    const auto report = fetch_source(services_, source, true, [this](HttpClient* client) {
        const std::lock_guard lock(mutex_);
        client_ = client;
    });
    if (!report.ok()) {
        log_.error("feed {}: {}", source.name, report.error().detail);
    } else if (report->outcome == "failed") {
        log_.warn("feed {}: {}", source.name, report->detail);
    } else if (report->outcome == "imported") {
        const ImportReport& import = report->import;
        log_.info("feed {}: read {}, added {}, updated {}, removed {}, absent {}, refused {}", source.name,
                  import.read, import.added, import.updated, import.removed, import.absent.value_or(0),
                  import.refused.size());
    }
}

void FetchSchedule::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        for (const FeedSource& source : sources_) {
            if (stopping_) return;
            lock.unlock();
            fetch(source);
            lock.lock();
        }
        changed_.wait_for(lock, look_every, [this] { return stopping_; });
    }
}

} // namespace vakant
