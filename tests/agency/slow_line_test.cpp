// A line that carries little, between the kiosk's engine with the real client and the agency's real listener:
// what moves arrives, however long it takes; what does not move is cut off. The times are those of a line of
// 64 kbit/s and the shipped settings, both twenty-five times as fast.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "agency/server/server.h"
#include "core/http/http.h"
#include "tests/agency/kiosk_at_desk.h"

using namespace vakant;

namespace {

constexpr int times_as_fast = 25;
constexpr int bytes_a_ms = 8 * times_as_fast;

/// Takes one connection after the other to the server behind it and carries only so much in each direction.
class ThinLine {
public:
    explicit ThinLine(std::uint16_t to) : to_(to), listener_(new_socket()) {
        sockaddr_in at = loopback(0);
        REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
        REQUIRE(::listen(listener_, 8) == 0);
        socklen_t length = sizeof at;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &length);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~ThinLine() {
        stopping_ = true;
        thread_.join();
        ::close(listener_);
    }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

private:
    static int new_socket() {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        constexpr int small = 4096; // what lies in buffers has been carried already
        ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        return socket;
    }
    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    static bool readable(int socket, int within_ms) {
        pollfd wait{socket, POLLIN, 0};
        return ::poll(&wait, 1, within_ms) > 0;
    }
    void serve() {
        while (!stopping_) {
            if (!readable(listener_, 5)) continue;
            const int near = ::accept(listener_, nullptr, nullptr);
            const int far = new_socket();
            const sockaddr_in at = loopback(to_);
            if (::connect(far, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) carry(near, far);
            ::close(near);
            ::close(far);
        }
    }
    void carry(int near, int far) {
        while (!stopping_) {
            std::array<pollfd, 2> both{{{near, POLLIN, 0}, {far, POLLIN, 0}}};
            if (::poll(both.data(), both.size(), 5) <= 0) continue;
            if (both[0].revents != 0 && !pass_on(near, far)) return;
            if (both[1].revents != 0 && !pass_on(far, near)) return;
            ::poll(nullptr, 0, pace_ms); // the line is busy for so long
        }
    }
    static bool pass_on(int from, int to) {
        std::array<char, std::size_t{bytes_a_ms} * pace_ms> piece{};
        const ssize_t got = ::recv(from, piece.data(), piece.size(), 0);
        return got > 0 && ::send(to, piece.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
    }

    static constexpr int pace_ms = 4;
    std::uint16_t to_, port_ = 0;
    int listener_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

ServerSettings much_faster() {
    ServerSettings settings;
    settings.body_time /= times_as_fast;
    settings.least_rate *= times_as_fast;
    return settings;
}

} // namespace

TEST_CASE("a hundred registrations and one of half a megabyte arrive on a thin line, each once") {
    AgencyFixture agency;
    KioskAtDesk kiosk(agency);
    kiosk.enrol({"a"});
    const auto server = Server::start(much_faster(), device_api(*agency.services));
    REQUIRE(server.ok());
    const ThinLine line((*server)->port());
    const auto client = make_curl_client({});
    std::size_t cut_off = 0;
    kiosk.http.play = [&](const HttpRequest& request) {
        HttpRequest over_the_line = request;
        over_the_line.url = line.url(request.url.substr(request.url.find("/v1/")));
        auto answer = client->perform(over_the_line);
        cut_off += answer.ok() ? 0 : 1;
        return answer;
    };
    for (int number = 0; number < 100; ++number)
        kiosk.finalise(kiosk.registration("Somebody " + std::string(3'000, 'x')));
    SeededRandom random(7);
    Bytes noise(300'000); // it does not become smaller
    random.fill(noise);
    const std::string large = kiosk.finalise(kiosk.registration(to_hex(noise)));
    kiosk.run_for(60'000);
    CHECK(cut_off == 0);
    CHECK(require(kiosk.outbox->counts()).queued == 0);
    CHECK(kiosk.item(large).state == ItemState::delivered);
    CHECK(agency.count("SELECT COUNT(*) FROM envelopes") == 101);
}

TEST_CASE("a body that hardly moves is cut off, however it says its bytes") {
    AgencyFixture agency;
    const auto server = Server::start(much_faster(), device_api(*agency.services));
    REQUIRE(server.ok());
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons((*server)->port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const std::string head = "POST /v1/device_authorization HTTP/1.1\r\nHost: x\r\n"
                             "Content-Length: 60000\r\n\r\n";
    REQUIRE(::send(socket, head.data(), head.size(), MSG_NOSIGNAL) > 0);
    // A byte every ten milliseconds never stands still for as long as a body may.
    const auto began = std::chrono::steady_clock::now();
    bool open = true;
    while (open && std::chrono::steady_clock::now() - began < std::chrono::seconds(20)) {
        pollfd wait{socket, POLLIN, 0};
        if (::poll(&wait, 1, 10) > 0) {
            char byte = 0;
            open = ::recv(socket, &byte, 1, 0) > 0;
        } else {
            open = ::send(socket, "x", 1, MSG_NOSIGNAL) == 1;
        }
    }
    ::close(socket);
    CHECK_FALSE(open);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(10));
}
