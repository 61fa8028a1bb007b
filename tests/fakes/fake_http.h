// A network that a test plays: every request is kept and answered by a function.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/http/http.h"

namespace vakant {

inline HttpAnswer http_answer(int status, std::string body,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
    return {status, std::move(headers), std::move(body)};
}

class FakeHttp final : public HttpClient {
public:
    using Play = std::function<Result<HttpAnswer>(const HttpRequest&)>;
    Play play = [](const HttpRequest&) -> Result<HttpAnswer> {
        return Error{ErrorKind::offline, "no network"};
    };
    std::vector<HttpRequest> requests;
    int interrupts = 0;

    Result<HttpAnswer> perform(const HttpRequest& request) override {
        requests.push_back(request);
        return play(request);
    }
    void interrupt() override { ++interrupts; }
};

} // namespace vakant
