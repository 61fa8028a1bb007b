// Which handler answers which method and path, and how long a body it takes. Filled at start, then only read,
// by any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agency/server/request.h"

namespace vakant {

/// May block (it runs on a worker thread); may be called by several threads at once.
using Handler = std::function<Response(const Request&)>;
/// Asked with the head alone before a body longer than `unasked_body`, or of unsaid length, is read: an
/// answer turns it away, so that strangers cannot fill the memory. The handler decides once more for itself.
/// May block, as a handler.
using Gate = std::function<std::optional<Response>(const Request&)>;
inline constexpr std::size_t unasked_body = 64 * 1024;

class Router {
public:
    /// `pattern`: "/v1/forms/{}", where {} takes one part of the path.
    void add(std::string method, std::string pattern, std::size_t longest_body, Handler handler,
             Gate gate = {});

    struct Match {
        const Handler* handler = nullptr; ///< none: 404, or 405 where the path has other methods
        const Gate* gate = nullptr;       ///< none: everybody may send
        std::size_t longest_body = 0;
        bool path_known = false;
        std::vector<std::string> parts;
    };
    Match find(std::string_view method, std::string_view path) const;

private:
    struct Route {
        std::string method, pattern;
        std::size_t longest_body;
        Handler handler;
        Gate gate;
    };
    std::vector<Route> routes_;
};

} // namespace vakant
