// The door to the network: one request at a time over libcurl (HTTP/1.1, time-outs always, no redirects;
// answers may come compressed by zstd). The only user of libcurl. HttpClient is the seam at which tests put a
// fake network.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace vakant {

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    int connect_timeout_ms = 10'000;
    int stall_timeout_ms = 30'000; ///< slower than 100 bytes a second for so long ends it
    int total_timeout_ms = 0;      ///< 0: none, for what goes on arriving on a slow line is worth waiting for
    std::size_t largest_answer = 8u << 20; ///< after decompression
    /// Given the body of a 200 piece by piece as it arrives, which then does not stand in the answer; an
    /// error ends the request and is its result. Where it is empty, and for any other status, the answer has
    /// the body.
    std::function<Outcome(std::string_view)> sink;
};
struct HttpAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    std::string_view header(std::string_view lower_case_name) const;
};

class HttpClient {
public:
    virtual ~HttpClient() = default;
    /// Blocks. Any status is an answer; offline: no whole answer came.
    virtual Result<HttpAnswer> perform(const HttpRequest& request) = 0;
    /// From another thread: ends a perform() that is running, now (it returns offline).
    virtual void interrupt() = 0;
};

struct HttpTrust {
    std::filesystem::path authority; ///< PEM of the pinned authority; empty: the system's
    /// For the pinned authority: chain and name are checked, wrong dates are not (a kiosk whose clock is
    /// years off must recover; signatures and sealing carry the trust).
    bool dates_may_be_wrong = true;
};
/// How the network is left. The loopback is never asked through it, and TLS goes through it unopened
/// (CONNECT): it sees the backend's name and nothing else.
struct HttpProxy {
    std::string address; ///< "http://proxy.example:3128", perhaps with "user:password@"; "": none is named
    std::string not_for; ///< names, domains and addresses that are asked directly, with commas between them
};
/// invalid_input, with what is wrong.
Outcome check_proxy(const HttpProxy& proxy);
/// https, or http to the loopback only: another plain address is refused.
std::unique_ptr<HttpClient> make_curl_client(HttpTrust trust, HttpProxy proxy = {});

} // namespace vakant
