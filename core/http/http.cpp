#include "core/http/http.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

namespace vakant {
namespace {

Error offline(std::string detail) {
    return {ErrorKind::offline, std::move(detail)};
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::string_view without_blanks(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Plain HTTP leaves this machine never.
Outcome check_address(const std::string& url) {
    if (url.starts_with("https://")) return done();
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return refused("an address that is neither https nor http");
    std::string_view host = std::string_view(url).substr(scheme.size());
    host = host.substr(0, host.find_first_of("/?#"));
    if (host.find('@') != std::string_view::npos) return refused("an address with a user in it");
    const std::size_t port = host.starts_with('[') ? host.find("]:") : host.find(':');
    if (port != std::string_view::npos) host = host.substr(0, host.starts_with('[') ? port + 1 : port);
    constexpr std::array loopback{std::string_view("127.0.0.1"), std::string_view("localhost"),
                                  std::string_view("[::1]")};
    if (std::find(loopback.begin(), loopback.end(), host) == loopback.end())
        return refused("plain http to another machine than this one");
    return done();
}

struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

HeaderList header_list(const HttpRequest& request) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        if (longer == nullptr) return;
        (void)list.release();
        list.reset(longer);
    };
    for (const auto& [name, value] : request.headers)
        add(name + (value.empty() ? ";" : ": " + value));
    add("Expect:"); // no waiting for a 100
    return list;
}

/// What arrives, with its limit.
struct Arriving {
    HttpAnswer answer;
    std::size_t largest = 0;
    std::size_t header_bytes = 0;
    bool too_large = false;
    CURL* from = nullptr;
    const std::function<Outcome(std::string_view)>* sink = nullptr;
    std::size_t given = 0; ///< to the sink
    std::optional<Error> refused_by_sink;
};

bool give_to_sink(Arriving& arriving, std::string_view piece) {
    arriving.given += piece.size();
    const Outcome taken = (*arriving.sink)(piece);
    if (!taken.ok()) arriving.refused_by_sink = taken.error();
    return taken.ok();
}

std::size_t on_body(char* bytes, std::size_t, std::size_t length, void* user) {
    auto& arriving = *static_cast<Arriving*>(user);
    if (arriving.answer.body.size() + arriving.given + length > arriving.largest) {
        arriving.too_large = true;
        return 0;
    }
    long status = 0;
    curl_easy_getinfo(arriving.from, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200 && *arriving.sink) return give_to_sink(arriving, {bytes, length}) ? length : 0;
    arriving.answer.body.append(bytes, length);
    return length;
}

std::size_t on_header(char* bytes, std::size_t, std::size_t length, void* user) {
    constexpr std::size_t most_header_bytes = 64u << 10;
    auto& arriving = *static_cast<Arriving*>(user);
    const std::string_view line(bytes, length);
    if ((arriving.header_bytes += length) > most_header_bytes) {
        arriving.too_large = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) { // also after a 100
        arriving.answer.headers.clear();
        return length;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return length;
    arriving.answer.headers.emplace_back(lower_case(without_blanks(line.substr(0, colon))),
                                         std::string(without_blanks(line.substr(colon + 1))));
    return length;
}

/// Chain and name are still checked; only the dates are not.
CURLcode forgive_dates(CURL*, void* context, void*) {
    X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(static_cast<SSL_CTX*>(context));
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
    return CURLE_OK;
}

/// What the machine takes on at once and has not sent yet is no progress that libcurl sees: more of it than a
/// slow line carries within the stall time would end every long request.
int keep_send_buffer_small(void*, curl_socket_t socket, curlsocktype) {
    constexpr int bytes = 64 << 10; // Linux doubles it
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    return CURL_SOCKOPT_OK;
}

class CurlClient final : public HttpClient {
public:
    CurlClient(HttpTrust trust, HttpProxy proxy) : trust_(std::move(trust)), proxy_(std::move(proxy)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        easy_ = curl_easy_init();
        multi_ = curl_multi_init();
    }
    ~CurlClient() override {
        curl_easy_cleanup(easy_);
        curl_multi_cleanup(multi_);
        curl_global_cleanup();
    }
    CurlClient(const CurlClient&) = delete;
    CurlClient& operator=(const CurlClient&) = delete;

    Result<HttpAnswer> perform(const HttpRequest& request) override;
    void interrupt() override {
        interrupted_ = true;
        curl_multi_wakeup(multi_);
    }

private:
    void set_limits(const HttpRequest& request);
    void set_trust();
    void set_proxy();
    void set_request(const HttpRequest& request);
    Result<CURLcode> run();

    HttpTrust trust_;
    HttpProxy proxy_;
    CURL* easy_ = nullptr;
    CURLM* multi_ = nullptr;
    std::atomic<bool> interrupted_ = false;
};

void CurlClient::set_limits(const HttpRequest& request) {
    // HTTP/2 of this libcurl spins for ever when a server answers before it has read the body.
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout_ms));
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_timeout_ms));
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_LIMIT, 100L);
    curl_easy_setopt(easy_, CURLOPT_LOW_SPEED_TIME, std::max(1L, request.stall_timeout_ms / 1000L));
    curl_easy_setopt(easy_, CURLOPT_SOCKOPTFUNCTION, keep_send_buffer_small);
}

void CurlClient::set_proxy() {
    const std::string never =
        "localhost,127.0.0.1,::1" + (proxy_.not_for.empty() ? "" : "," + proxy_.not_for);
    curl_easy_setopt(easy_, CURLOPT_NOPROXY, never.c_str());
    curl_easy_setopt(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // what the proxy says is nobody's answer
    if (!proxy_.address.empty()) curl_easy_setopt(easy_, CURLOPT_PROXY, proxy_.address.c_str());
}

void CurlClient::set_trust() {
    curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
    if (trust_.authority.empty()) return;
    curl_easy_setopt(easy_, CURLOPT_CAINFO, trust_.authority.c_str());
    curl_easy_setopt(easy_, CURLOPT_CAPATH,
                     nullptr); // the system's authorities do not count beside the pinned one
    if (!trust_.dates_may_be_wrong) return;
    curl_easy_setopt(easy_, CURLOPT_SSL_CTX_FUNCTION, forgive_dates);
}

void CurlClient::set_request(const HttpRequest& request) {
    curl_easy_setopt(easy_, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy_, CURLOPT_USERAGENT, "vakant");
    // Undone by libcurl block by block, so that the limit on the answer holds for what it grows to.
    curl_easy_setopt(easy_, CURLOPT_ACCEPT_ENCODING, "zstd");
    const auto set_body = [&] {
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    };
    if (request.method == "GET") {
        curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
    } else if (request.method == "HEAD") {
        curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    } else {
        curl_easy_setopt(easy_, CURLOPT_POST, 1L);
        set_body();
        curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

Result<CURLcode> CurlClient::run() {
    int running = 1;
    while (running != 0) {
        if (interrupted_) return offline("interrupted");
        if (curl_multi_perform(multi_, &running) != CURLM_OK) return internal_error("libcurl does not go on");
        if (running != 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi_, &left);
    if (message == nullptr || message->msg != CURLMSG_DONE)
        return internal_error("libcurl ends without a word");
    return message->data.result;
}

Result<HttpAnswer> CurlClient::perform(const HttpRequest& request) {
    VAKANT_CHECK(check_address(request.url));
    if (easy_ == nullptr || multi_ == nullptr) return internal_error("libcurl does not start");
    interrupted_ = false;
    curl_easy_reset(easy_); // keeps the connections
    std::array<char, CURL_ERROR_SIZE> message{};
    Arriving arriving;
    arriving.largest = request.largest_answer;
    arriving.from = easy_;
    arriving.sink = &request.sink;
    const HeaderList headers = header_list(request);
    set_limits(request);
    set_trust();
    set_proxy();
    set_request(request);
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, message.data());
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &arriving);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, &arriving);
    curl_multi_add_handle(multi_, easy_);
    const Result<CURLcode> ended = run();
    curl_multi_remove_handle(multi_, easy_);
    if (!ended.ok()) return ended.error();
    if (arriving.refused_by_sink) return *arriving.refused_by_sink;
    if (arriving.too_large)
        return refused("an answer larger than " + std::to_string(request.largest_answer) + " bytes");
    if (*ended != CURLE_OK) {
        const char* said = message[0] != '\0' ? message.data() : curl_easy_strerror(*ended);
        return offline(std::string(said) + " (" + std::to_string(*ended) + ")");
    }
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    arriving.answer.status = static_cast<int>(status);
    return std::move(arriving.answer);
}

} // namespace

std::unique_ptr<HttpClient> make_curl_client(HttpTrust trust, HttpProxy proxy) {
    return std::make_unique<CurlClient>(std::move(trust), std::move(proxy));
}

} // namespace vakant
