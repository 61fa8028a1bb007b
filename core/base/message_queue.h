// The only thing that threads share: a queue of plain values.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace vakant {

template <typename T>
class MessageQueue {
public:
    void push(T value) {
        // Under the lock: whoever pops the last value may take the queue down at once.
        const std::lock_guard lock(mutex_);
        values_.push_back(std::move(value));
        arrived_.notify_one();
    }
    std::optional<T> try_pop() {
        const std::lock_guard lock(mutex_);
        return take();
    }
    /// Waits for a value; none after close().
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return !values_.empty() || closed_; });
        return take();
    }
    std::optional<T> pop_for(std::chrono::milliseconds longest) {
        std::unique_lock lock(mutex_);
        arrived_.wait_for(lock, longest, [this] { return !values_.empty() || closed_; });
        return take();
    }
    /// What is still waiting can be popped; then pop() returns none.
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        arrived_.notify_all();
    }
    bool closed() const {
        const std::lock_guard lock(mutex_);
        return closed_;
    }

private:
    std::optional<T> take() {
        if (values_.empty()) return std::nullopt;
        std::optional<T> value(std::move(values_.front()));
        values_.pop_front();
        return value;
    }
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<T> values_;
    bool closed_ = false;
};

} // namespace vakant
