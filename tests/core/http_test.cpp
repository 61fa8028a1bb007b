#include <catch2/catch.hpp>

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
