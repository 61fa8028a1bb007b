#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <future>

#include "agency/server/certificates.h"
#include "agency/server/server.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/http/http.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

/// A connection that sends exactly the bytes that a test wants.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        const timeval patience{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~RawClient() { ::close(socket_); }
    bool connected() const { return connected_; }
    void send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return; // the server may have closed already: that is what some tests want
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// Everything until the server closes, or "(open)" where it does not.
    std::string read_to_end() {
        std::string text;
        char room[4096];
        for (;;) {
            const ssize_t length = ::recv(socket_, room, sizeof room, 0);
            if (length == 0 || (length < 0 && errno == ECONNRESET)) return text;
            if (length < 0) return "(open) " + text;
            text.append(room, static_cast<std::size_t>(length));
        }
    }
    std::string read_some() {
        char room[4096];
        const ssize_t length = ::recv(socket_, room, sizeof room, 0);
        return length > 0 ? std::string(room, static_cast<std::size_t>(length)) : "";
    }

private:
    int socket_;
    bool connected_ = false;
};

Router echo_router() {
    Router router;
    router.add("POST", "/echo", 1024,
               [](const Request& request) { return Response::json(200, request.body); });
    router.add("GET", "/hello/{}", 0, [](const Request& request) {
        return Response::json(200, request.parts.at(0) + "|" + request.parameter("q") + "|" +
                                       std::string(request.header("x-word")));
    });
    router.add("GET", "/throws", 0,
               [](const Request&) -> Response { throw std::runtime_error("secret words"); });
    return router;
}

std::unique_ptr<Server> start(ServerSettings settings = {}, Router router = echo_router()) {
    auto server = Server::start(std::move(settings), std::move(router));
    if (!server.ok()) FAIL(server.error().detail);
    return std::move(*server);
}

std::string status_line(const std::string& answer) {
    return answer.substr(0, answer.find("\r\n"));
}

std::string talk(const Server& server, const std::string& text) {
    RawClient client(server.port());
    client.send(text);
    return client.read_to_end();
}

} // namespace

TEST_CASE("a handler gets path parts, query and headers as plain values") {
    const auto server = start();
    const std::string answer =
        talk(*server, "GET /hello/w%C3%B6rld?a=1&q=x+y%26z HTTP/1.1\r\nHost: x\r\nX-Word: yes\r\n"
                      "Connection: close\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    CHECK(answer.ends_with("\r\n\r\nwörld|x y&z|yes"));
}

TEST_CASE("a header longer than 16 KiB is refused") {
    const auto server = start();
    const std::string answer =
        talk(*server, "GET /hello/a HTTP/1.1\r\nHost: x\r\nX-Word: " + std::string(20'000, 'a') + "\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 431 Request Header Fields Too Large");
}

TEST_CASE("an endless header line is cut") {
    const auto server = start();
    RawClient client(server->port());
    client.send("GET /hello/a HTTP/1.1\r\nX-Word: ");
    const std::string piece(64 * 1024, 'a');
    for (int i = 0; i < 64; ++i)
        client.send(piece);
    const std::string answer = client.read_to_end();
    CHECK(answer.find("(open)") == std::string::npos);
}

TEST_CASE("a body longer than its route takes is refused, said or unsaid") {
    const auto server = start();
    SECTION("by its Content-Length, before it is read") {
        const std::string answer =
            talk(*server, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1025\r\n\r\n");
        CHECK(status_line(answer) == "HTTP/1.1 413 Payload Too Large");
    }
    SECTION("in chunks") {
        std::string text = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 3; ++i)
            text += "200\r\n" + std::string(512, 'b') + "\r\n";
        CHECK(status_line(talk(*server, text)) == "HTTP/1.1 413 Payload Too Large");
    }
    SECTION("one that just fits is taken") {
        const std::string answer = talk(*server, "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                                 "Content-Length: 1024\r\n\r\n" +
                                                     std::string(1024, 'b'));
        CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    }
    SECTION("none is taken where no route is") {
        const std::string answer =
            talk(*server, "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
        CHECK(status_line(answer) == "HTTP/1.1 404 Not Found");
    }
}

TEST_CASE("a long body, or one of unsaid length, is read only once its route lets the sender in") {
    Router router;
    std::atomic<int> handled = 0;
    router.add(
        "POST", "/long", 1u << 20,
        [&handled](const Request& request) {
            ++handled;
            return Response::json(200, std::to_string(request.body.size()));
        },
        [](const Request& head) -> std::optional<Response> {
            if (head.header("x-known") == "yes") return std::nullopt;
            return Response::error(401, "stranger");
        });
    ServerSettings settings;
    settings.port = 0;
    const auto started = Server::start(settings, std::move(router));
    REQUIRE(started.ok());
    const Server& server = **started;
    const std::string known = "X-Known: yes\r\nConnection: close\r\n";
    const auto post = [&](const std::string& headers, const std::string& body) {
        return talk(server, "POST /long HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body);
    };
    SECTION("a stranger is turned away before the first byte of it") {
        CHECK(status_line(post("Content-Length: 65537\r\n", "")) == "HTTP/1.1 401 Unauthorized");
        CHECK(status_line(post("Transfer-Encoding: chunked\r\n", "")) == "HTTP/1.1 401 Unauthorized");
        CHECK(handled == 0);
    }
    SECTION("who is known is not") {
        const std::string answer = post(known + "Content-Length: 65537\r\n", std::string(65'537, 'b'));
        CHECK(status_line(answer) == "HTTP/1.1 200 OK");
        CHECK(answer.ends_with("\r\n\r\n65537"));
        CHECK(post(known + "Transfer-Encoding: chunked\r\n", "2\r\nab\r\n0\r\n\r\n").ends_with("\r\n\r\n2"));
    }
    SECTION("a short one is not asked for: the handler sees to it") {
        CHECK(post("Connection: close\r\nContent-Length: 2\r\n", "ab").ends_with("\r\n\r\n2"));
    }
}

TEST_CASE("a sender that waits for leave is told to go on") {
    const auto server = start();
    RawClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: "
                "close\r\nContent-Length: 5\r\n\r\n");
    CHECK(status_line(client.read_some()) == "HTTP/1.1 100 Continue");
    client.send("hello");
    CHECK(client.read_to_end().ends_with("\r\n\r\nhello"));
}

TEST_CASE("what is no HTTP, or smuggles, is turned away") {
    const auto server = start();
    CHECK(status_line(talk(*server, "rubbish\r\n\r\n")) == "HTTP/1.1 400 Bad Request");
    const std::string both = talk(*server, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                                           "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    CHECK(both.find("200 OK") == std::string::npos);
    const std::string twice = talk(*server, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                                            "Content-Length: 5\r\n\r\nabcd");
    CHECK(twice.find("200 OK") == std::string::npos);
}

TEST_CASE("an unknown path is 404, another method 405, a handler that throws 500 without its words") {
    const auto server = start();
    const std::string end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    CHECK(status_line(talk(*server, "GET /nowhere" + end)) == "HTTP/1.1 404 Not Found");
    CHECK(status_line(talk(*server, "DELETE /hello/a" + end)) == "HTTP/1.1 405 Method Not Allowed");
    const std::string thrown = talk(*server, "GET /throws" + end);
    CHECK(status_line(thrown) == "HTTP/1.1 500 Internal Server Error");
    CHECK(thrown.find("secret") == std::string::npos);
}

TEST_CASE("a header, a body and an idle connection each have their own time") {
    ServerSettings settings;
    settings.header_time = std::chrono::milliseconds(150);
    settings.body_time = std::chrono::milliseconds(150);
    settings.idle_time = std::chrono::milliseconds(150);
    const auto server = start(settings);
    SECTION("half a header") {
        CHECK(talk(*server, "GET /hello/a HTTP/1.1\r\nHo") == "");
    }
    SECTION("half a body") {
        CHECK(talk(*server, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf") == "");
    }
    SECTION("nothing at all") {
        CHECK(talk(*server, "") == "");
    }
    SECTION("nothing after an answer") {
        const std::string answer = talk(*server, "GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    }
}

TEST_CASE("sixty-four half-sent headers keep nobody else waiting") {
    const auto server = start();
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 64; ++i) {
        slow.push_back(std::make_unique<RawClient>(server->port()));
        slow.back()->send("GET /hello/a HTTP/1.1\r\nHo");
    }
    const std::string answer = talk(*server, "GET /hello/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
}

TEST_CASE("more connections than allowed are answered 503 while each of them is at a request") {
    ServerSettings settings;
    settings.most_connections = 2;
    const auto server = start(settings);
    const std::string request = "GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n";
    RawClient first(server->port()), second(server->port());
    for (RawClient* client : {&first, &second}) {
        client->send(request);
        REQUIRE(status_line(client->read_some()) == "HTTP/1.1 200 OK");
        client->send(request + request.substr(0, 20));
        REQUIRE(status_line(client->read_some()) == "HTTP/1.1 200 OK");
    }
    const std::string third = talk(*server, request);
    CHECK(status_line(third) == "HTTP/1.1 503 Service Unavailable");
    CHECK(third.find("retry-after: 5\r\n") != std::string::npos);
    first.send(request.substr(20));
    CHECK(status_line(first.read_some()) == "HTTP/1.1 200 OK");
}

TEST_CASE("the connection that waits longest for a next request makes room for a new one") {
    ServerSettings settings;
    settings.most_connections = 2;
    const auto server = start(settings);
    const std::string request = "GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n";
    RawClient first(server->port()), second(server->port());
    for (RawClient* client : {&first, &second, &first}) {
        client->send(request);
        REQUIRE(status_line(client->read_some()) == "HTTP/1.1 200 OK");
    }
    RawClient third(server->port());
    third.send(request);
    CHECK(status_line(third.read_some()) == "HTTP/1.1 200 OK");
    CHECK(second.read_some() == ""); // closed
    first.send(request);
    CHECK(status_line(first.read_some()) == "HTTP/1.1 200 OK");
    // Twelve kiosks with one request each every now and then share two connections.
    std::vector<std::unique_ptr<RawClient>> kiosks;
    for (int i = 0; i < 12; ++i) {
        kiosks.push_back(std::make_unique<RawClient>(server->port()));
        kiosks.back()->send(request);
        CHECK(status_line(kiosks.back()->read_some()) == "HTTP/1.1 200 OK");
    }
}

TEST_CASE("handlers that wait do not keep the others waiting") {
    std::promise<void> gate;
    Router router = echo_router();
    router.add("GET", "/waits", 0, [opened = gate.get_future().share()](const Request&) {
        opened.wait();
        return Response::json(200, "waited");
    });
    const auto server = start({}, std::move(router));
    RawClient waiting(server->port());
    waiting.send("GET /waits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string answer = talk(*server, "GET /hello/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    gate.set_value();
    CHECK(waiting.read_to_end().ends_with("waited"));
}

TEST_CASE("a stop lets a running request end and takes no new one") {
    std::promise<void> started, gate;
    Router router;
    router.add("GET", "/waits", 0, [&, opened = gate.get_future().share()](const Request&) {
        started.set_value();
        opened.wait();
        return Response::json(200, "waited");
    });
    const auto server = start({}, std::move(router));
    const std::uint16_t port = server->port();
    RawClient waiting(port), idle(port);
    waiting.send("GET /waits HTTP/1.1\r\nHost: x\r\n\r\n");
    started.get_future().wait();
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    CHECK(idle.read_to_end() == "");
    gate.set_value();
    const std::string answer = waiting.read_to_end();
    stopped.wait();
    CHECK(status_line(answer) == "HTTP/1.1 200 OK");
    CHECK(answer.find("Connection: close") != std::string::npos);
    CHECK_FALSE(RawClient(port).connected());
}

TEST_CASE("plain HTTP is for the loopback only") {
    ServerSettings settings;
    settings.address = "0.0.0.0";
    const auto server = Server::start(settings, echo_router());
    REQUIRE_FALSE(server.ok());
    CHECK(server.error().detail ==
          "address 0.0.0.0: plain HTTP is for the loopback only; give a certificate and a key");
}

namespace {

/// A server with a certificate for `names`; the authority's lies as authority.pem beside it.
ServerSettings certified(const ScratchFolder& folder, const CertificateAndKey& authority,
                         const std::vector<std::string>& names) {
    const auto pair = make_server_certificate(authority, names, SystemClock().wall_ms());
    REQUIRE(pair.ok());
    REQUIRE(write_file_durably(folder / "authority.pem", authority.certificate).ok());
    REQUIRE(write_file_durably(folder / "server.pem", pair->certificate).ok());
    REQUIRE(write_file_durably(folder / "server.key", pair->key, 0600).ok());
    ServerSettings settings;
    settings.certificate = folder / "server.pem";
    settings.key = folder / "server.key";
    return settings;
}

} // namespace

TEST_CASE("over TLS a client that pins the self-made authority is served, another is not") {
    const ScratchFolder folder;
    const UtcMs now = SystemClock().wall_ms();
    const auto authority = make_authority("Test authority", now);
    const auto stranger = make_authority("Stranger", now);
    REQUIRE(authority.ok());
    REQUIRE(stranger.ok());
    REQUIRE(write_file_durably(folder / "stranger.pem", stranger->certificate).ok());
    ServerSettings settings = certified(folder, *authority, {"localhost", "127.0.0.1"});
    const auto server = start(settings);
    CHECK(server->url() == "https://127.0.0.1:" + std::to_string(server->port()));
    HttpRequest request;
    request.url = "https://localhost:" + std::to_string(server->port()) + "/hello/tls";
    const auto answer = make_curl_client({folder / "authority.pem"})->perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->status == 200);
    CHECK(answer->body == "tls||");
    const auto refused_one = make_curl_client({folder / "stranger.pem"})->perform(request);
    CHECK_FALSE(refused_one.ok());
    settings.certificate = folder / "nowhere.pem";
    const auto missing = Server::start(settings, echo_router());
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().detail.starts_with("certificate " + (folder / "nowhere.pem").string() + ": "));
}

namespace {

/// Whether this machine has an IPv6 loopback.
bool has_ipv6() {
    const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    const bool has =
        socket >= 0 && ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (socket >= 0) ::close(socket);
    if (!has) WARN("skipped: there is no IPv6 here");
    return has;
}

Router peer_router() {
    Router router;
    router.add("GET", "/peer", 0, [](const Request& request) { return Response::json(200, request.peer); });
    return router;
}

} // namespace

TEST_CASE("the backend is served and found by IPv6, with a certificate for that address") {
    if (!has_ipv6()) return;
    const ScratchFolder folder;
    const auto authority = make_authority("Test authority", SystemClock().wall_ms());
    REQUIRE(authority.ok());
    ServerSettings settings = certified(folder, *authority, {"::1"});
    settings.address = "::1";
    const auto server = start(settings, peer_router());
    CHECK(server->url() == "https://[::1]:" + std::to_string(server->port()));
    HttpRequest request;
    request.url = server->url() + "/peer";
    const auto answer = make_curl_client({folder / "authority.pem"})->perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->status == 200);
    CHECK(answer->body == "::/64"); // a whole network counts as one
}

TEST_CASE("a backend that listens on every address is found by IPv4 and by IPv6, each with its own name for "
          "a peer") {
    if (!has_ipv6()) return;
    const ScratchFolder folder;
    const auto authority = make_authority("Test authority", SystemClock().wall_ms());
    REQUIRE(authority.ok());
    ServerSettings settings = certified(folder, *authority, {"localhost", "127.0.0.1", "::1"});
    settings.address = "::";
    const auto server = start(settings, peer_router());
    const auto client = make_curl_client({folder / "authority.pem"});
    const auto peer_at = [&](const std::string& host) {
        HttpRequest request;
        request.url = "https://" + host + ":" + std::to_string(server->port()) + "/peer";
        const auto answer = client->perform(request);
        return answer.ok() ? answer->body : answer.error().detail;
    };
    CHECK(peer_at("127.0.0.1") == "127.0.0.1");
    CHECK(peer_at("[::1]") == "::/64");
}

TEST_CASE("plain HTTP is served on the IPv6 loopback, and on no other IPv6 address") {
    ServerSettings settings;
    settings.address = "::";
    const auto everywhere = Server::start(settings, peer_router());
    REQUIRE_FALSE(everywhere.ok());
    CHECK(everywhere.error().detail ==
          "address ::: plain HTTP is for the loopback only; give a certificate and a key");
    if (!has_ipv6()) return;
    settings.address = "::1";
    const auto server = start(settings, peer_router());
    HttpRequest request;
    request.url = server->url() + "/peer";
    const auto answer = make_curl_client({})->perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->body == "::/64");
}
