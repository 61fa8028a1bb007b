// Planted: a test that waits for the wall clock.
#include <chrono>
#include <thread>

void wait_for_retry() {
    std::this_thread::sleep_for(std::chrono::seconds(1));
}
