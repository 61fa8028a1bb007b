// A wire between a real client and a real listener on this machine, that does to bytes what wires, radio
// links and boxes in between do to them. One connection at a time, as the kiosk has one.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace vakant::faults {

/// What becomes of one connection. Counts are of bytes; none: never.
struct WirePlan {
    static constexpr std::int64_t none = -1;

    bool resets_at_once = false;        ///< accepted, and reset before a byte
    bool is_half_open = false;          ///< taken and never heard of again, as behind a router that forgot it
    std::string says_at_once;           ///< instead of the backend, before anything was read; then it closes
    std::int64_t cut_request_at = none; ///< the backend gets so much, then both sides are reset
    std::int64_t cut_answer_at = none;  ///< the client gets so much, then both sides are reset
    bool closes_politely = false;       ///< an end where there would be a reset
    std::int64_t piece = 64 * 1024;     ///< so much at once
    int wait_ms = 0;                    ///< after each piece: a thin line, or a far one
};

class BadWire {
public:
    /// To the listener at that port of the loopback.
    explicit BadWire(std::uint16_t to);
    ~BadWire();
    BadWire(const BadWire&) = delete;
    BadWire& operator=(const BadWire&) = delete;

    std::uint16_t port() const { return port_; }
    /// Asked for each connection, on the wire's thread; set while no request runs.
    std::function<WirePlan()> plan = [] { return WirePlan{}; };
    /// Everything that was connected is reset, and what comes goes by `plan`.
    void hang_up() { hang_ups_ += 1; }

    std::int64_t connections() const { return connections_; }
    std::int64_t request_bytes() const { return request_bytes_; } ///< of the last connection
    std::int64_t answer_bytes() const { return answer_bytes_; }   ///< of the last connection

private:
    void serve();
    void connect_through(int near, const WirePlan& plan);
    void carry(int near, int far, const WirePlan& plan);
    bool goes_on(int hang_ups) const { return !stopping_ && hang_ups == hang_ups_; }

    std::uint16_t to_, port_ = 0;
    int listener_ = -1;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> hang_ups_ = 0;
    std::atomic<std::int64_t> connections_ = 0, request_bytes_ = 0, answer_bytes_ = 0;
    std::thread thread_;
};

} // namespace vakant::faults
