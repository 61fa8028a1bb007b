// The listener: HTTP/1.1 over TLS (plain only on the loopback) with limits and time-outs, in front of a
// Router. One thread moves the bytes, a small pool runs the handlers, so that a handler may wait for the
// store's commit. The only user of Boost; its .cpp is the only file that includes it. Started by
// `vakant-agency serve` and by tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "agency/server/router.h"
#include "core/base/result.h"

namespace vakant {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                        ///< 0: one is chosen
    std::filesystem::path certificate, key;        ///< PEM; both empty: plain HTTP, loopback only
    std::uint32_t longest_header = 16 * 1024;      ///< request line and headers together
    std::chrono::milliseconds header_time{10'000}; ///< also the TLS handshake
    /// How long a body may stand still, and how long it has beside what its length takes at the least rate;
    /// the same for the answer.
    std::chrono::milliseconds body_time{30'000};
    std::uint32_t least_rate = 500; ///< bytes a second: who is slower holds a connection for nothing
    std::chrono::milliseconds idle_time{60'000};
    std::chrono::milliseconds drain_time{2'000}; ///< at stop
    std::size_t most_connections = 1024;         ///< then who idles longest makes room; if none does, 503
    std::size_t most_waiting = 512;              ///< requests waiting for a worker; more are answered 503
    unsigned workers = 16;
    unsigned most_requests_per_connection = 10'000;
};

class Server {
public:
    /// Listens when this returns. Refused with the file or address and why.
    static Result<std::unique_ptr<Server>> start(ServerSettings settings, Router router);
    ~Server(); ///< stops

    std::uint16_t port() const;
    bool uses_tls() const;
    std::string url() const;
    /// No new connection; running requests are answered within drain_time; then everything is closed.
    /// Idempotent.
    void stop();

private:
    struct Inside;
    explicit Server(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace vakant
