#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "core/base/bytes.h"
#include "core/crypto/crypto.h"
#include "core/http/http.h"
#include "tests/fakes/scratch_folder.h"

using namespace vakant;

namespace {

/// A certificate and its key, made for the test; `days_*` may lie in the past.
struct Certificate {
    X509* x509 = nullptr;
    EVP_PKEY* key = nullptr;
    Certificate() = default;
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate() {
        X509_free(x509);
        EVP_PKEY_free(key);
    }
};

void make(Certificate& out, const Certificate* signer, const char* name, const char* extension_value,
          int extension, long from_days, long to_days) {
    out.key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    out.x509 = X509_new();
    X509_set_version(out.x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(out.x509), signer == nullptr ? 1 : 2);
    X509_gmtime_adj(X509_getm_notBefore(out.x509), from_days * 86'400);
    X509_gmtime_adj(X509_getm_notAfter(out.x509), to_days * 86'400);
    X509_set_pubkey(out.x509, out.key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(out.x509), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(out.x509, X509_get_subject_name(signer == nullptr ? out.x509 : signer->x509));
    X509_EXTENSION* added = X509V3_EXT_conf_nid(nullptr, nullptr, extension, extension_value);
    X509_add_ext(out.x509, added, -1);
    X509_EXTENSION_free(added);
    X509_sign(out.x509, signer == nullptr ? out.key : signer->key, EVP_sha256());
}

void make_authority(Certificate& out) {
    make(out, nullptr, "Office authority", "critical,CA:TRUE", NID_basic_constraints, -1, 30);
}

std::string pem_of(const Certificate& certificate) {
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, certificate.x509);
    char* start = nullptr;
    const long length = BIO_get_mem_data(memory, &start);
    std::string text(start, static_cast<std::size_t>(length));
    BIO_free(memory);
    return text;
}

/// Answers every connection with the same bytes after reading one request; by TLS where it has a certificate.
class LoopbackServer {
public:
    using Answer = std::function<std::string(const std::string& request)>;
    explicit LoopbackServer(Answer answer, const Certificate* certificate = nullptr)
        : answer_(std::move(answer)) {
        if (certificate != nullptr) {
            tls_ = SSL_CTX_new(TLS_server_method());
            SSL_CTX_use_certificate(tls_, certificate->x509);
            SSL_CTX_use_PrivateKey(tls_, certificate->key);
        }
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(listener_, 8) == 0);
        socklen_t length = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~LoopbackServer() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        SSL_CTX_free(tls_);
    }
    std::string url(const std::string& path = "/") const {
        return (tls_ != nullptr ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + path;
    }
    std::string last_request() const {
        const std::lock_guard lock(mutex_);
        return request_;
    }
    bool heard() const { return heard_; }

private:
    void serve() {
        while (!stopping_) {
            const int connection = ::accept(listener_, nullptr, nullptr);
            if (connection < 0) return;
            converse(connection);
            ::close(connection);
        }
    }
    void converse(int connection) {
        SSL* tls = tls_ != nullptr ? SSL_new(tls_) : nullptr;
        if (tls != nullptr) SSL_set_fd(tls, connection);
        if (tls == nullptr || SSL_accept(tls) == 1) {
            std::string request;
            std::array<char, 65536> piece{};
            while (!whole(request)) {
                const auto got = tls != nullptr
                                     ? SSL_read(tls, piece.data(), static_cast<int>(piece.size()))
                                     : static_cast<int>(::read(connection, piece.data(), piece.size()));
                if (got <= 0) break;
                request.append(piece.data(), static_cast<std::size_t>(got));
            }
            {
                const std::lock_guard lock(mutex_);
                request_ = request;
            }
            heard_ = true;
            const std::string answer = answer_(request);
            if (answer.empty()) {
                // Silent until the client gives up.
                while (::read(connection, piece.data(), piece.size()) > 0) {
                }
            } else if (tls != nullptr) {
                SSL_write(tls, answer.data(), static_cast<int>(answer.size()));
                SSL_shutdown(tls);
            } else {
                (void)!::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
            }
        }
        SSL_free(tls);
    }
    static bool whole(const std::string& request) {
        const std::size_t end = request.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const std::size_t at = request.find("Content-Length: ");
        return at == std::string::npos || request.size() >= end + 4 + std::stoul(request.substr(at + 16));
    }

    Answer answer_;
    SSL_CTX* tls_ = nullptr;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> heard_ = false;
    mutable std::mutex mutex_;
    std::string request_;
};

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
