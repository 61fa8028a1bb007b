#include "agency/server/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <list>
#include <optional>
#include <thread>

namespace vakant {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

namespace {

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Parser = http::request_parser<http::string_body>;

/// Until when one read or write may take: a body of any length arrives on a slow line as long as it moves,
/// and who says a byte now and then to keep a connection is cut off.
class Pace {
public:
    explicit Pace(const ServerSettings& settings)
        : settings_(settings), began_(std::chrono::steady_clock::now()) {}
    void moved(std::size_t bytes) { bytes_ += static_cast<std::int64_t>(bytes); }
    std::chrono::steady_clock::time_point deadline() const {
        const auto earned =
            std::chrono::milliseconds(bytes_ * 1000 / std::max<std::int64_t>(1, settings_.least_rate));
        return std::min(began_ + settings_.body_time + earned,
                        std::chrono::steady_clock::now() + settings_.body_time);
    }

private:
    const ServerSettings& settings_;
    std::chrono::steady_clock::time_point began_;
    std::int64_t bytes_ = 0;
};

/// A connection as the listener sees it: it can be told to end.
struct Live {
    tcp::socket* socket = nullptr;
    bool busy = false; ///< a request is being read, handled or answered
    bool idle = false; ///< had an answer, and waits for the next request
    bool gone = false; ///< closed to make room; its coroutine has not heard of it yet
};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Request plain_request(http::request<http::string_body>&& from, std::string peer) {
    Request request;
    request.method = std::string(from.method_string());
    const std::string_view target(from.target().data(), from.target().size());
    const std::size_t question = target.find('?');
    request.path = percent_decoded(target.substr(0, question), false);
    if (question != std::string_view::npos) request.query = std::string(target.substr(question + 1));
    for (const auto& field : from)
        request.headers.emplace_back(lower_case({field.name_string().data(), field.name_string().size()}),
                                     std::string(field.value()));
    request.body = std::move(from.body());
    request.peer = std::move(peer);
    return request;
}

std::string_view method_of(const http::request<http::string_body>& head) {
    return {head.method_string().data(), head.method_string().size()};
}

std::string path_of(const http::request<http::string_body>& head) {
    const std::string_view target(head.target().data(), head.target().size());
    return percent_decoded(target.substr(0, target.find('?')), false);
}

/// None where the other side is gone or too slow: then there is nobody to tell.
std::optional<Response> answer_to_bad_head(const boost::system::error_code& failed) {
    if (failed == http::error::header_limit) return Response::error(431, "header_too_long");
    const bool from_parser = failed.category() == http::make_error_code(http::error::bad_method).category();
    if (!from_parser || failed == http::error::end_of_stream) return std::nullopt;
    return Response::error(400, "bad_request");
}

http::response<http::string_body> wire_response(Response&& from, unsigned version, bool keep_alive) {
    http::response<http::string_body> response{static_cast<http::status>(from.status), version};
    for (const auto& [name, value] : from.headers)
        response.insert(name, value);
    response.keep_alive(keep_alive);
    response.body() = std::move(from.body);
    response.prepare_payload();
    if (from.status == 304) response.erase(http::field::content_length);
    return response;
}

/// As rate limits count: an IPv4 address as such also where the listener is an IPv6 one; of IPv6 the network,
/// since everybody has a whole one to choose addresses from.
std::string peer_of(const asio::ip::address& address) {
    if (!address.is_v6()) return address.to_string();
    const asio::ip::address_v6 v6 = address.to_v6();
    if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    constexpr unsigned short network_bits = 64;
    return asio::ip::make_network_v6(v6, network_bits).canonical().to_string();
}

bool is_loopback(const std::string& address) {
    boost::system::error_code failed;
    const auto parsed = asio::ip::make_address(address, failed);
    return !failed && parsed.is_loopback();
}

} // namespace

struct Server::Inside {
    ServerSettings settings;
    Router router;
    asio::io_context io{1};
    asio::ssl::context tls{asio::ssl::context::tls_server};
    bool with_tls = false;
    std::optional<tcp::acceptor> acceptor;
    std::optional<asio::thread_pool> workers;
    std::thread thread;
    std::uint16_t port = 0;
    std::atomic<std::size_t> waiting = 0;
    std::list<Live> live;  ///< io thread only; among those that are idle, who waits longest comes first
    std::size_t gone = 0;  ///< of `live`; io thread only
    bool stopping = false; ///< io thread only
    bool stopped = false;

    Outcome load_tls();
    Outcome listen();
    awaitable<void> accept_loop();
    bool has_room();
    template <typename Stream>
    awaitable<void> connection(std::unique_ptr<Stream> stream, bool refused);
    template <typename Stream>
    awaitable<void> requests(Stream& stream, std::list<Live>::iterator self, bool refused);
    template <typename Stream>
    awaitable<bool> one_request(Stream& stream, beast::flat_buffer& buffer, bool refused, bool last);
    template <typename Stream>
    awaitable<std::optional<Response>> read_body(Stream& stream, beast::flat_buffer& buffer, Parser& parser,
                                                 const Router::Match& match,
                                                 boost::system::error_code& failed);
    template <typename Stream>
    awaitable<bool> answer(Stream& stream, Response response, unsigned version, bool keep_alive);
    awaitable<std::optional<Response>> turned_away(const Gate& gate,
                                                   const http::request<http::string_body>& head);
    awaitable<Response> handled(const Handler& handler, Request request);
    awaitable<void> drain(asio::steady_timer& timer);
};

namespace {

beast::tcp_stream& lowest(PlainStream& stream) {
    return stream;
}
beast::tcp_stream& lowest(TlsStream& stream) {
    return beast::get_lowest_layer(stream);
}

Response run_handler(const Handler& handler, const Request& request) {
    try {
        return handler(request);
    } catch (const std::exception&) {
        // What a library throws must not end the server; its text could hold what somebody sent.
        return Response::error(500, "internal");
    }
}

} // namespace

Outcome Server::Inside::load_tls() {
    with_tls = !settings.certificate.empty() || !settings.key.empty();
    if (!with_tls) {
        if (!is_loopback(settings.address))
            return refused("address " + settings.address +
                           ": plain HTTP is for the loopback only; give a certificate and a key");
        return done();
    }
    boost::system::error_code failed;
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                        asio::ssl::context::no_tlsv1_1,
                    failed);
    // Most connections idle most of the time: they need no room for a record then.
    SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    tls.use_certificate_chain_file(settings.certificate.string(), failed);
    if (failed)
        return invalid_input("certificate " + settings.certificate.string() + ": " + failed.message());
    tls.use_private_key_file(settings.key.string(), asio::ssl::context::pem, failed);
    if (failed) return invalid_input("key " + settings.key.string() + ": " + failed.message());
    return done();
}

Outcome Server::Inside::listen() {
    boost::system::error_code failed;
    const auto address = asio::ip::make_address(settings.address, failed);
    if (failed) return invalid_input("address " + settings.address + ": " + failed.message());
    const tcp::endpoint endpoint(address, settings.port);
    acceptor.emplace(io);
    acceptor->open(endpoint.protocol(), failed);
    if (!failed) acceptor->set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed && address.is_v6()) acceptor->set_option(asio::ip::v6_only(false), failed);
    if (!failed) acceptor->bind(endpoint, failed);
    if (!failed) acceptor->listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        return refused("cannot listen on " + settings.address + " port " + std::to_string(settings.port) +
                       ": " + failed.message());
    port = acceptor->local_endpoint(failed).port();
    return done();
}

/// Kiosks keep their connections, and more of them may be there than connections: who waits longest for a
/// next request makes room, and connects again when there is one. Without this the first ones would shut out
/// the others for ever.
bool Server::Inside::has_room() {
    if (live.size() - gone < settings.most_connections) return true;
    const auto oldest = std::ranges::find_if(live, [](const Live& one) { return one.idle && !one.gone; });
    if (oldest == live.end()) return false;
    boost::system::error_code failed;
    oldest->socket->close(failed);
    oldest->gone = true;
    ++gone;
    return true;
}

awaitable<void> Server::Inside::accept_loop() {
    asio::steady_timer pause(io);
    while (!stopping) {
        boost::system::error_code failed;
        tcp::socket socket = co_await acceptor->async_accept(asio::redirect_error(use_awaitable, failed));
        if (stopping || failed == asio::error::operation_aborted) co_return;
        if (failed) { // no file descriptors left, mostly: wait instead of spinning
            pause.expires_after(std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(use_awaitable, failed));
            continue;
        }
        // Far beyond the limit even a polite refusal costs too much.
        if (live.size() >= 2 * settings.most_connections) continue;
        const bool refused = !has_room();
        socket.set_option(tcp::no_delay(true), failed);
        if (with_tls) {
            asio::co_spawn(io, connection(std::make_unique<TlsStream>(std::move(socket), tls), refused),
                           asio::detached);
        } else {
            asio::co_spawn(io, connection(std::make_unique<PlainStream>(std::move(socket)), refused),
                           asio::detached);
        }
    }
}

template <typename Stream>
awaitable<void> Server::Inside::connection(std::unique_ptr<Stream> stream, bool refused) {
    const auto self = live.insert(live.end(), Live{&lowest(*stream).socket(), false});
    boost::system::error_code failed;
    if constexpr (std::is_same_v<Stream, TlsStream>) {
        lowest(*stream).expires_after(settings.header_time);
        co_await stream->async_handshake(asio::ssl::stream_base::server,
                                         asio::redirect_error(use_awaitable, failed));
    }
    if (!failed) {
        co_await requests(*stream, self, refused);
        lowest(*stream).expires_after(std::chrono::seconds(1));
        if constexpr (std::is_same_v<Stream, TlsStream>)
            co_await stream->async_shutdown(asio::redirect_error(use_awaitable, failed));
        lowest(*stream).socket().shutdown(tcp::socket::shutdown_both, failed);
    }
    gone -= self->gone ? 1 : 0;
    live.erase(self);
}

template <typename Stream>
awaitable<void> Server::Inside::requests(Stream& stream, std::list<Live>::iterator self, bool refused) {
    beast::flat_buffer buffer(std::size_t{settings.longest_header} + 64 * 1024);
    for (unsigned count = 1; !stopping; ++count) {
        boost::system::error_code failed;
        if (buffer.size() == 0) {
            // Idle time ends with the first byte; from then on the header's own time counts.
            lowest(stream).expires_after(count == 1 ? settings.header_time : settings.idle_time);
            self->idle = count > 1;
            if (self->idle) buffer.shrink_to_fit();
            if (self->idle) live.splice(live.end(), live, self);
            const std::size_t length = co_await stream.async_read_some(
                buffer.prepare(4096), asio::redirect_error(use_awaitable, failed));
            self->idle = false;
            if (failed || self->gone) co_return;
            buffer.commit(length);
        }
        self->busy = true;
        const bool last = count >= settings.most_requests_per_connection;
        const bool go_on = co_await one_request(stream, buffer, refused, last);
        self->busy = false;
        if (!go_on) co_return;
    }
}

template <typename Stream>
awaitable<bool> Server::Inside::one_request(Stream& stream, beast::flat_buffer& buffer, bool refused,
                                            bool last) {
    boost::system::error_code failed;
    Parser parser;
    parser.header_limit(settings.longest_header);
    parser.body_limit(boost::none); // read_body sets it, once the route is known
    lowest(stream).expires_after(settings.header_time);
    co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(use_awaitable, failed));
    std::optional<Response> early = failed ? answer_to_bad_head(failed) : std::nullopt;
    if (failed && !early) co_return false;
    if (refused && !early) early = Response::error(503, "too_many_connections").with("retry-after", "5");
    if (early) co_return co_await answer(stream, std::move(*early), 11, false);

    const unsigned version = parser.get().version();
    const std::string path = path_of(parser.get());
    auto match = router.find(method_of(parser.get()), path);
    early = co_await read_body(stream, buffer, parser, match, failed);
    if (early) co_return co_await answer(stream, std::move(*early), version, false);
    if (failed) co_return false;
    const bool keep_alive = parser.get().keep_alive() && !last;
    if (!match.handler) {
        Response no_route =
            match.path_known ? Response::error(405, "method_not_allowed") : Response::error(404, "not_found");
        co_return co_await answer(stream, std::move(no_route), version, keep_alive);
    }
    boost::system::error_code no_peer;
    const std::string peer = peer_of(lowest(stream).socket().remote_endpoint(no_peer).address());
    Request request = plain_request(parser.release(), peer);
    request.parts = std::move(match.parts);
    lowest(stream).expires_never();
    Response response = co_await handled(*match.handler, std::move(request));
    co_return co_await answer(stream, std::move(response), version, keep_alive);
}

/// The rest of a request, or the answer to one that is too long.
template <typename Stream>
awaitable<std::optional<Response>> Server::Inside::read_body(Stream& stream, beast::flat_buffer& buffer,
                                                             Parser& parser, const Router::Match& match,
                                                             boost::system::error_code& failed) {
    const std::size_t longest = match.handler ? match.longest_body : 0;
    const bool has_body = parser.chunked() || parser.content_length_remaining().value_or(0) > 0;
    if (has_body && !match.handler) co_return Response::error(404, "not_found");
    if (parser.content_length_remaining().value_or(0) > longest) co_return Response::error(413, "too_large");
    const bool long_or_unsaid = parser.content_length_remaining().value_or(longest) > unasked_body;
    if (match.gate != nullptr && has_body && long_or_unsaid) {
        lowest(stream).expires_never();
        if (auto refusal = co_await turned_away(*match.gate, parser.get())) co_return refusal;
    }
    parser.body_limit(longest);
    parser.eager(true);
    Pace pace(settings);
    lowest(stream).expires_at(pace.deadline());
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> go_ahead{http::status::continue_, parser.get().version()};
        co_await http::async_write(stream, go_ahead, asio::redirect_error(use_awaitable, failed));
        if (failed) co_return std::nullopt;
    }
    while (!parser.is_done() && !failed) {
        lowest(stream).expires_at(pace.deadline());
        pace.moved(co_await http::async_read_some(stream, buffer, parser,
                                                  asio::redirect_error(use_awaitable, failed)));
    }
    if (failed == http::error::body_limit) co_return Response::error(413, "too_large");
    co_return std::nullopt;
}

awaitable<std::optional<Response>> Server::Inside::turned_away(const Gate& gate,
                                                               const http::request<http::string_body>& head) {
    http::request<http::string_body> copy;
    copy.base() = head.base();
    std::optional<Response> refusal;
    const Handler asking = [&gate, &refusal](const Request& request) {
        refusal = gate(request);
        return Response{};
    };
    Response overloaded = co_await handled(asking, plain_request(std::move(copy), ""));
    if (!refusal && overloaded.status != 200) refusal = std::move(overloaded);
    co_return refusal;
}

awaitable<Response> Server::Inside::handled(const Handler& handler, Request request) {
    if (waiting.load() >= settings.most_waiting)
        co_return Response::error(503, "busy").with("retry-after", "2");
    ++waiting;
    Response response = co_await asio::co_spawn(
        workers->get_executor(),
        [&handler, &request]() -> awaitable<Response> { co_return run_handler(handler, request); },
        use_awaitable);
    --waiting;
    co_return response;
}

template <typename Stream>
awaitable<bool> Server::Inside::answer(Stream& stream, Response response, unsigned version, bool keep_alive) {
    const bool stays_open = keep_alive && !stopping;
    auto wire = wire_response(std::move(response), version, stays_open);
    http::response_serializer<http::string_body> serializer(wire);
    boost::system::error_code failed;
    Pace pace(settings);
    while (!serializer.is_done() && !failed) {
        lowest(stream).expires_at(pace.deadline());
        pace.moved(
            co_await http::async_write_some(stream, serializer, asio::redirect_error(use_awaitable, failed)));
    }
    co_return !failed && stays_open;
}

awaitable<void> Server::Inside::drain(asio::steady_timer& timer) {
    const auto until = std::chrono::steady_clock::now() + settings.drain_time;
    while (!live.empty() && std::chrono::steady_clock::now() < until) {
        for (Live& one : live)
            if (!one.busy) {
                boost::system::error_code failed;
                one.socket->close(failed);
            }
        timer.expires_after(std::chrono::milliseconds(5));
        boost::system::error_code failed;
        co_await timer.async_wait(asio::redirect_error(use_awaitable, failed));
    }
    io.stop();
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Server::~Server() {
    stop();
}

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, Router router) {
    try {
        auto inside = std::make_unique<Inside>();
        inside->settings = std::move(settings);
        inside->router = std::move(router);
        VAKANT_CHECK(inside->load_tls());
        VAKANT_CHECK(inside->listen());
        inside->workers.emplace(std::max(1u, inside->settings.workers));
        asio::co_spawn(inside->io, inside->accept_loop(), asio::detached);
        inside->thread = std::thread([within = inside.get()] { within->io.run(); });
        return std::unique_ptr<Server>(new Server(std::move(inside)));
    } catch (const std::exception& problem) {
        return internal_error(std::string("server: ") + problem.what());
    }
}

std::uint16_t Server::port() const {
    return inside_->port;
}
bool Server::uses_tls() const {
    return inside_->with_tls;
}

std::string Server::url() const {
    const std::string& address = inside_->settings.address;
    const std::string host = address.find(':') == std::string::npos ? address : "[" + address + "]";
    return (uses_tls() ? "https://" : "http://") + host + ":" + std::to_string(port());
}

void Server::stop() {
    if (inside_->stopped) return;
    inside_->stopped = true;
    asio::steady_timer timer(inside_->io);
    asio::post(inside_->io, [this, &timer] {
        inside_->stopping = true;
        boost::system::error_code failed;
        inside_->acceptor->close(failed);
        asio::co_spawn(inside_->io, inside_->drain(timer), asio::detached);
    });
    inside_->thread.join();
    inside_->workers->join(); // handlers that still wait for a commit get it
}

} // namespace vakant
