#include <catch2/catch.hpp>

#include <poll.h>

#include "core/base/bytes.h"
#include "core/crypto/crypto.h"
#include "core/http/late_client.h"
#include "tests/fakes/loopback_server.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/places.h"

using namespace vakant;

namespace {

std::string plain_answer(const std::string& body, const std::string& status = "200 OK",
                         const std::string& more = "") {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more +
           "Connection: close\r\n\r\n" + body;
}

HttpRequest request_to(const std::string& url) {
    HttpRequest request;
    request.url = url;
    request.connect_timeout_ms = 3000;
    request.total_timeout_ms = 5000;
    return request;
}

} // namespace

TEST_CASE("a body goes to its sink piece by piece where all is well, and only there") {
    const std::string body(300'000, 'x');
    std::string taken;
    LoopbackServer server([&](const std::string& request) {
        return request.starts_with("GET /fine") ? plain_answer(body) : plain_answer("slow down", "429 Wait");
    });
    const auto client = make_curl_client({});
    HttpRequest request = request_to(server.url("/fine"));
    request.sink = [&](std::string_view piece) {
        taken += piece;
        return done();
    };
    const auto fine = client->perform(request);
    REQUIRE(fine.ok());
    CHECK(taken == body);
    CHECK(fine->body.empty());

    taken.clear();
    request.url = server.url("/busy");
    const auto busy = client->perform(request);
    REQUIRE(busy.ok());
    CHECK(taken.empty());
    CHECK(busy->body == "slow down");

    request.url = server.url("/fine");
    request.largest_answer = 100'000;
    const auto large = client->perform(request);
    REQUIRE_FALSE(large.ok());
    CHECK(large.error().kind == ErrorKind::refused);
    CHECK(taken.size() <= 100'000);

    request.largest_answer = 1'000'000;
    request.sink = [](std::string_view) -> Outcome { return Error{ErrorKind::disk_full, "no room"}; };
    const auto full = client->perform(request);
    REQUIRE_FALSE(full.ok());
    CHECK(full.error().kind == ErrorKind::disk_full);
}

TEST_CASE("a request goes out with its method, headers and body, and the answer comes back") {
    LoopbackServer server([](const std::string&) {
        return plain_answer("{}", "409 Conflict", "Retry-After: 7\r\nETag:  \"x\" \r\n");
    });
    const auto client = make_curl_client({});
    HttpRequest request = request_to(server.url("/v1/submissions"));
    request.method = "POST";
    request.headers = {{"Vakant-Protocol", "1"}, {"Content-Type", "application/x-ndjson"}};
    request.body = std::string("a\0b\n", 4);
    const auto answer = client->perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->status == 409);
    CHECK(answer->body == "{}");
    CHECK(answer->header("retry-after") == "7");
    CHECK(answer->header("etag") == "\"x\"");
    CHECK(answer->header("missing").empty());
    const std::string sent = server.last_request();
    CHECK(sent.starts_with("POST /v1/submissions HTTP/1.1\r\n"));
    CHECK(sent.find("Vakant-Protocol: 1\r\n") != std::string::npos);
    CHECK(sent.find("Content-Type: application/x-ndjson\r\n") != std::string::npos);
    CHECK(sent.ends_with(std::string("\r\n\r\na\0b\n", 8)));
}

TEST_CASE("a redirect is an answer and is not followed") {
    LoopbackServer server([](const std::string&) {
        return plain_answer("", "302 Found", "Location: http://127.0.0.1:9/login\r\n");
    });
    const auto answer = make_curl_client({})->perform(request_to(server.url()));
    REQUIRE(answer.ok());
    CHECK(answer->status == 302);
}

TEST_CASE("plain http goes to this machine only") {
    const auto client = make_curl_client({});
    for (const char* url :
         {"http://agency.example/", "http://127.0.0.1.example.com/", "http://localhost@evil.example/",
          "ftp://127.0.0.1/", "file:///etc/passwd", "http://10.0.0.1:80/"}) {
        const auto answer = client->perform(request_to(url));
        REQUIRE_FALSE(answer.ok());
        CHECK(answer.error().kind == ErrorKind::refused);
    }
}

TEST_CASE("nobody at the other end, an answer cut off, and silence are all offline") {
    const auto client = make_curl_client({});
    CHECK(client->perform(request_to("http://127.0.0.1:9/")).error().kind == ErrorKind::offline);

    LoopbackServer cutting(
        [](const std::string&) { return std::string("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"); });
    CHECK(client->perform(request_to(cutting.url())).error().kind == ErrorKind::offline);

    LoopbackServer silent([](const std::string&) { return std::string(); });
    HttpRequest request = request_to(silent.url());
    request.total_timeout_ms = 200;
    CHECK(client->perform(request).error().kind == ErrorKind::offline);
}

TEST_CASE("an answer that is too large is refused, not swallowed") {
    LoopbackServer server([](const std::string&) { return plain_answer(std::string(5000, 'x')); });
    const auto client = make_curl_client({});
    HttpRequest request = request_to(server.url());
    request.largest_answer = 4999;
    CHECK(client->perform(request).error().kind == ErrorKind::refused);
    request.largest_answer = 5000;
    CHECK(client->perform(request)->body.size() == 5000);
}

TEST_CASE("a compressed answer arrives as what it was, within the limit on what it grows to") {
    std::string body;
    LoopbackServer server([&body](const std::string&) {
        const Bytes compressed = compress(as_bytes(body));
        return plain_answer(std::string(as_text(compressed)), "200 OK", "Content-Encoding: zstd\r\n");
    });
    const auto client = make_curl_client({});
    HttpRequest request = request_to(server.url());
    request.largest_answer = 1u << 20;
    body = "{\"upserts\":[" + std::string(500'000, ' ') + "]}";
    const auto answer = client->perform(request);
    REQUIRE(answer.ok());
    CHECK(answer->body == body);
    CHECK(server.last_request().find("Accept-Encoding: zstd\r\n") != std::string::npos);
    body.assign(64u << 20, 'x'); // two kilobytes on the wire
    const auto bomb = client->perform(request);
    REQUIRE_FALSE(bomb.ok());
    CHECK(bomb.error().kind == ErrorKind::refused);
}

TEST_CASE("another thread can end a request that is waiting") {
    LoopbackServer silent([](const std::string&) { return std::string(); });
    const auto client = make_curl_client({});
    std::thread interrupter([&] {
        while (!silent.heard())
            std::this_thread::yield();
        client->interrupt();
    });
    HttpRequest request = request_to(silent.url());
    request.total_timeout_ms = 60'000;
    const auto answer = client->perform(request);
    interrupter.join();
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().kind == ErrorKind::offline);
    CHECK(answer.error().detail == "interrupted");
}

TEST_CASE("only the pinned authority is trusted, by chain and name, whatever the dates") {
    const ScratchFolder folder;
    Certificate authority, other_authority, good, expired, other_name, foreign;
    make_authority(authority);
    make_authority(other_authority);
    make(good, &authority, "kiosk backend", "IP:127.0.0.1", NID_subject_alt_name, -1, 10);
    make(expired, &authority, "kiosk backend", "IP:127.0.0.1", NID_subject_alt_name, -4000, -3000);
    make(other_name, &authority, "other", "DNS:other.example", NID_subject_alt_name, -1, 10);
    make(foreign, &other_authority, "kiosk backend", "IP:127.0.0.1", NID_subject_alt_name, -1, 10);
    REQUIRE(write_file_durably(folder / "authority.pem", pem_of(authority)).ok());

    const auto status_with = [&](const Certificate& certificate, bool dates_may_be_wrong) {
        LoopbackServer server([](const std::string&) { return plain_answer("ok"); }, &certificate);
        const auto answer = make_curl_client({folder / "authority.pem", dates_may_be_wrong})
                                ->perform(request_to(server.url()));
        return answer.ok() ? answer->status : 0;
    };
    CHECK(status_with(good, true) == 200);
    CHECK(status_with(good, false) == 200);
    CHECK(status_with(expired, true) == 200);
    CHECK(status_with(expired, false) == 0);
    CHECK(status_with(other_name, true) == 0);
    CHECK(status_with(foreign, true) == 0);
}

TEST_CASE("without a pinned authority a self-made certificate is not trusted") {
    Certificate authority, certificate;
    make_authority(authority);
    make(certificate, &authority, "kiosk backend", "IP:127.0.0.1", NID_subject_alt_name, -1, 10);
    LoopbackServer server([](const std::string&) { return plain_answer("ok"); }, &certificate);
    CHECK(make_curl_client({})->perform(request_to(server.url())).error().kind == ErrorKind::offline);
}

TEST_CASE("a program that loads the network late gets the same client from the module beside it") {
    LoopbackServer server([](const std::string&) { return plain_answer("late"); });
    const auto client = load_curl_client(bin_dir(), {});
    REQUIRE(client.ok());
    const auto answer = (*client)->perform(request_to(server.url()));
    REQUIRE(answer.ok());
    CHECK(answer->body == "late");
    CHECK((*client)->perform(request_to("http://192.0.2.1/")).error().kind == ErrorKind::refused);
}

TEST_CASE(
    "where the module is missing, it is said which file that is, and every request is answered with it") {
    ScratchFolder folder;
    const auto client = load_curl_client(folder.path(), {});
    REQUIRE_FALSE(client.ok());
    CHECK(client.error().kind == ErrorKind::unsupported);
    CHECK(client.error().detail.starts_with((folder / "vakant-http-").string()));
    const auto without = make_client_without_network(client.error());
    CHECK(without->perform(request_to("https://agency.example/")).error().kind == ErrorKind::unsupported);
}

namespace {

/// A proxy as companies have them: CONNECT to whatever it is asked for, which here is always the same server.
class ConnectProxy {
public:
    explicit ConnectProxy(int to_port, std::string refusal = "")
        : to_port_(to_port), refusal_(std::move(refusal)) {
        std::tie(listener_, port_) = listen_on_loopback();
        thread_ = std::thread([this] { serve(); });
    }
    ~ConnectProxy() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string address(const std::string& user = "") const {
        return "http://" + user + "127.0.0.1:" + std::to_string(port_);
    }
    /// What it was asked, up to the blank line.
    std::string asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void serve() {
        for (;;) {
            const int near = ::accept(listener_, nullptr, nullptr);
            if (near < 0) return;
            converse(near);
            ::close(near);
        }
    }
    void converse(int near) {
        std::string head;
        char byte = 0;
        while (!head.ends_with("\r\n\r\n") && ::recv(near, &byte, 1, 0) == 1)
            head += byte;
        {
            const std::lock_guard lock(mutex_);
            asked_ = head;
        }
        const std::string answer =
            refusal_.empty() ? "HTTP/1.1 200 Connection established\r\n\r\n" : refusal_;
        (void)!::send(near, answer.data(), answer.size(), MSG_NOSIGNAL);
        if (!refusal_.empty()) return;
        const int far = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(to_port_);
        if (::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            carry(near, far);
        ::close(far);
    }
    static void carry(int near, int far) {
        std::array<char, 65536> piece{};
        for (;;) {
            std::array<pollfd, 2> both{{{near, POLLIN, 0}, {far, POLLIN, 0}}};
            if (::poll(both.data(), both.size(), -1) <= 0) return;
            for (const std::size_t from : {std::size_t{0}, std::size_t{1}}) {
                if (both[from].revents == 0) continue;
                const ssize_t got = ::recv(both[from].fd, piece.data(), piece.size(), 0);
                if (got <= 0) return;
                if (::send(both[1 - from].fd, piece.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) !=
                    got)
                    return;
            }
        }
    }

    int to_port_, listener_ = -1, port_ = 0;
    std::string refusal_, asked_;
    mutable std::mutex mutex_;
    std::thread thread_;
};

int port_of(const LoopbackServer& server) {
    const std::string url = server.url("");
    return std::stoi(url.substr(url.rfind(':') + 1));
}

} // namespace

TEST_CASE(
    "a proxy is asked for the backend by name, and what goes through it is sealed and the pinned one's") {
    const ScratchFolder folder;
    Certificate authority, other_authority, good, foreign;
    make_authority(authority);
    make_authority(other_authority);
    make(good, &authority, "backend", "DNS:agency.example", NID_subject_alt_name, -1, 10);
    make(foreign, &other_authority, "backend", "DNS:agency.example", NID_subject_alt_name, -1, 10);
    REQUIRE(write_file_durably(folder / "authority.pem", pem_of(authority)).ok());
    HttpRequest request = request_to("https://agency.example/v1/keys");
    request.headers = {{"Authorization", "Bearer of-the-kiosk"}};
    SECTION("the backend itself") {
        LoopbackServer server([](const std::string&) { return plain_answer("ok"); }, &good);
        const ConnectProxy proxy(port_of(server));
        const auto client = make_curl_client({folder / "authority.pem"}, {proxy.address("kiosk:word@"), ""});
        const auto answer = client->perform(request);
        REQUIRE(answer.ok());
        CHECK(answer->status == 200);
        CHECK(answer->body == "ok");
        CHECK(proxy.asked().starts_with("CONNECT agency.example:443 HTTP/1.1\r\n"));
        CHECK(proxy.asked().find("Proxy-Authorization: Basic a2lvc2s6d29yZA==\r\n") != std::string::npos);
        CHECK(proxy.asked().find("of-the-kiosk") == std::string::npos);
        CHECK(server.last_request().starts_with("GET /v1/keys HTTP/1.1\r\n"));
        CHECK(server.last_request().find("Proxy-") == std::string::npos);
    }
    SECTION("somebody else at the other end") {
        LoopbackServer server([](const std::string&) { return plain_answer("ok"); }, &foreign);
        const ConnectProxy proxy(port_of(server));
        const auto client = make_curl_client({folder / "authority.pem"}, {proxy.address(), ""});
        CHECK(client->perform(request).error().kind == ErrorKind::offline);
    }
    SECTION("a proxy that says no, in whatever words, is nobody's answer") {
        for (const char* refusal :
             {"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno",
              "HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n",
              "HTTP/1.1 403 device_revoked\r\n\r\n"}) {
            const ConnectProxy proxy(9, refusal);
            const auto client = make_curl_client({folder / "authority.pem"}, {proxy.address(), ""});
            CHECK(client->perform(request).error().kind == ErrorKind::offline);
        }
    }
}

TEST_CASE("this machine, and what the settings name, is asked without the proxy") {
    LoopbackServer server([](const std::string&) { return plain_answer("direct"); });
    const ConnectProxy proxy(9);
    const auto client = make_curl_client({}, {proxy.address(), "office.invalid"});
    const auto answer = client->perform(request_to(server.url()));
    REQUIRE(answer.ok());
    CHECK(answer->body == "direct");
    CHECK_FALSE(client->perform(request_to("https://agency.office.invalid/")).ok());
    CHECK(proxy.asked().empty());
    CHECK_FALSE(client->perform(request_to("https://agency.invalid/")).ok());
    CHECK(proxy.asked().starts_with("CONNECT agency.invalid:443 "));
}

TEST_CASE("a proxy's address is of one form, and what is wrong with another is said") {
    for (const char* good : {"", "http://proxy.example:3128", "http://10.0.0.1:8080/",
                             "http://[fd00::1]:3128", "http://user:p%40ss@proxy.example:3128"})
        CHECK(check_proxy({good, "office.example,10.0.0.0/8"}).ok());
    for (const char* bad :
         {"proxy.example:3128", "http://proxy.example", "http://:3128", "http://proxy.example:port",
          "http://fd00::1:3128", "http://proxy.example:3128/path", "http://proxy.example:123456"})
        CHECK_FALSE(check_proxy({bad, ""}).ok());
    CHECK(check_proxy({"https://proxy.example:3128", ""}).error().detail ==
          "the proxy must be http://HOST:PORT (what goes through it is encrypted anyway)");
    CHECK(check_proxy({"http://proxy.example:3128", "a b"}).error().detail ==
          "a blank or a control character stands in it");
}
