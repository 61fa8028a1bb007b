// The line between a kiosk and the agency, in one process: requests go to the backend's real handlers unless
// a mishap of the network, of a proxy or of somebody hostile is on.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agency/api/device_api.h"
#include "core/base/random.h"
#include "core/http/http.h"
#include "tests/fakes/fake_clock.h"

namespace vakant::faults {

enum class Mishap {
    none,
    no_route,         ///< the cable is out
    request_lost,     ///< it hangs, then ends; the backend never saw it
    request_cut,      ///< the backend sees a part of the body
    answer_lost,      ///< the backend has done it; nobody hears
    answer_cut,       ///< a part of the body arrives and looks whole
    sent_twice,       ///< a proxy repeats the request
    slow,             ///< half a minute for each
    captive_portal,   ///< 200 and a page that asks for a room number
    portal_redirect,  ///< 302 to it
    empty_ok,         ///< 200 without a word, before the body was read
    not_json,         ///< 200 and garbage
    unsigned_answer,  ///< the right answer without its signature
    wrong_answer,     ///< one byte of it is another
    stale_answer,     ///< the answer to the request before
    too_large,        ///< 413 before the body was read
    bomb,             ///< an answer that grows past every limit
    overload_seconds, ///< 429, Retry-After in seconds
    overload_date,    ///< 503, Retry-After as a date
    token_expired,    ///< 401 in the middle
    gateway_error     ///< 502 and a page of HTML
};
std::string_view name_of(Mishap mishap);
const std::vector<Mishap>& all_mishaps(); ///< without none

class BadLine final : public HttpClient {
public:
    BadLine(FakeClock& clock, std::uint64_t seed) : clock_(clock), random_(seed) {}

    /// Null while the backend's process is down.
    void connect(const Router* backend) { backend_ = backend; }
    /// Asked for every request.
    std::function<Mishap(const HttpRequest&)> mishap = [](const HttpRequest&) { return Mishap::none; };
    /// In the place of the handlers in this process: a real client, a real wire and a real listener.
    std::function<Result<HttpAnswer>(const HttpRequest&)> over_the_wire;
    std::int64_t exchanges() const { return exchanges_; }

    Result<HttpAnswer> perform(const HttpRequest& request) override;
    void interrupt() override {}

    // For cuts at a given byte: where the body is cut, from 0; -1: anywhere.
    std::int64_t cut_at = -1;
    /// How many bytes the answer that was cut, or would have been, has.
    std::size_t answer_size = 0;

private:
    Result<HttpAnswer> handled(const HttpRequest& request) const;
    std::size_t cut_of(std::size_t size);
    Result<HttpAnswer> instead_of_the_backend(Mishap mishap);
    void spoil(Mishap mishap, const std::string& path, HttpAnswer& answer);

    FakeClock& clock_;
    SeededRandom random_;
    const Router* backend_ = nullptr;
    std::int64_t exchanges_ = 0;
    std::map<std::string, std::string> last_answers_; ///< by path
};

} // namespace vakant::faults
