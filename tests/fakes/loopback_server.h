// A server on the loopback that answers what a test tells it to, byte for byte, with TLS where it has a
// certificate. For everything that really goes over core/http.
#pragma once

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
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace vakant {

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

inline void make(Certificate& out, const Certificate* signer, const char* name, const char* extension_value,
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

inline void make_authority(Certificate& out) {
    make(out, nullptr, "Office authority", "critical,CA:TRUE", NID_basic_constraints, -1, 30);
}

inline std::string pem_of(const Certificate& certificate) {
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, certificate.x509);
    char* start = nullptr;
    const long length = BIO_get_mem_data(memory, &start);
    std::string text(start, static_cast<std::size_t>(length));
    BIO_free(memory);
    return text;
}

/// A socket that listens, and the port that it was given.
inline std::pair<int, int> listen_on_loopback() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(listener, 8) == 0);
    socklen_t length = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
    return {listener, ntohs(address.sin_port)};
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
        std::tie(listener_, port_) = listen_on_loopback();
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

} // namespace vakant
