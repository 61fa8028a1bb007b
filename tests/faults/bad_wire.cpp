#include "tests/faults/bad_wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

namespace vakant::faults {
namespace {

constexpr int look_around_ms = 5; ///< how soon a wire hears that it is to stop

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int new_socket() {
    return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/// With a reset instead of an end.
void reset(int socket) {
    const linger at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket);
}

bool readable(int socket) {
    pollfd wait{socket, POLLIN, 0};
    return ::poll(&wait, 1, look_around_ms) > 0;
}

bool send_all(int socket, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// Passes one piece on; false where this direction is over, or cut.
bool pass_on(int from, int to, std::int64_t piece, std::int64_t cut_at, std::atomic<std::int64_t>& passed) {
    std::vector<char> bytes(static_cast<std::size_t>(piece));
    const ssize_t got = ::recv(from, bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    std::int64_t some = got;
    if (cut_at >= 0) some = std::min(some, cut_at - passed);
    passed += some;
    return send_all(to, bytes.data(), static_cast<std::size_t>(some)) && some == got;
}

} // namespace

BadWire::BadWire(std::uint16_t to) : to_(to), listener_(new_socket()) {
    sockaddr_in at = loopback(0);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(listener_, 8);
    socklen_t length = sizeof at;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &length);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] { serve(); });
}

BadWire::~BadWire() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
}

void BadWire::serve() {
    while (!stopping_) {
        if (!readable(listener_)) continue;
        const int near = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (near < 0) continue;
        connections_ += 1;
        request_bytes_ = answer_bytes_ = 0;
        connect_through(near, plan());
    }
}

void BadWire::connect_through(int near, const WirePlan& plan) {
    const int hang_ups = hang_ups_;
    if (plan.resets_at_once) return reset(near);
    if (!plan.says_at_once.empty()) {
        send_all(near, plan.says_at_once.data(), plan.says_at_once.size());
        ::shutdown(near, SHUT_WR);
        // Read to its end: closing over unread bytes would reset what was just said.
        std::array<char, 4096> unread{};
        while (goes_on(hang_ups)) {
            if (readable(near) && ::recv(near, unread.data(), unread.size(), 0) <= 0) break;
        }
        ::close(near);
        return;
    }
    if (plan.is_half_open) {
        std::array<char, 4096> unread{};
        while (goes_on(hang_ups)) {
            if (readable(near) && ::recv(near, unread.data(), unread.size(), 0) <= 0) break;
        }
        return reset(near);
    }
    const int far = new_socket();
    const sockaddr_in at = loopback(to_);
    if (::connect(far, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) carry(near, far, plan);
    if (plan.closes_politely) {
        ::close(near);
        ::close(far);
        return;
    }
    reset(near);
    reset(far);
}

void BadWire::carry(int near, int far, const WirePlan& plan) {
    const int at_once = 1; // a piece leaves as a piece
    for (const int socket : {near, far})
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    const int hang_ups = hang_ups_;
    while (goes_on(hang_ups)) {
        std::array<pollfd, 2> both{{{near, POLLIN, 0}, {far, POLLIN, 0}}};
        if (::poll(both.data(), both.size(), look_around_ms) <= 0) continue;
        if (both[0].revents != 0 && !pass_on(near, far, plan.piece, plan.cut_request_at, request_bytes_))
            return;
        if (both[1].revents != 0 && !pass_on(far, near, plan.piece, plan.cut_answer_at, answer_bytes_))
            return;
        if (plan.wait_ms > 0) ::poll(nullptr, 0, plan.wait_ms);
    }
}

} // namespace vakant::faults
