// A thread with a queue of tasks and a state that only its tasks touch. Inside kiosk/app.
#pragma once

#include <functional>
#include <future>
#include <thread>

#include "core/base/message_queue.h"

namespace vakant {

template <typename State>
class WorkerRoom {
public:
    using Task = std::function<void(State&)>;
    explicit WorkerRoom(State state) : state_(std::move(state)) {}
    ~WorkerRoom() { stop(); }
    WorkerRoom(const WorkerRoom&) = delete;
    WorkerRoom& operator=(const WorkerRoom&) = delete;

    void start() {
        thread_ = std::thread([this] {
            while (auto task = tasks_.pop())
                (*task)(state_);
        });
    }
    void post(Task task) { tasks_.push(std::move(task)); }
    /// Waits for the answer; only while this room runs, and never from its own thread.
    template <typename Answer>
    Answer ask(std::function<Answer(State&)> question) {
        auto answer = std::make_shared<std::promise<Answer>>();
        std::future<Answer> waiting = answer->get_future();
        post([answer, question = std::move(question)](State& state) { answer->set_value(question(state)); });
        return waiting.get();
    }
    /// Finishes what was posted and ends the thread.
    void stop() {
        tasks_.close();
        if (thread_.joinable()) thread_.join();
    }

private:
    State state_;
    MessageQueue<Task> tasks_;
    std::thread thread_;
};

} // namespace vakant
