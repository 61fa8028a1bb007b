#include "agency/server/router.h"

#include <optional>

namespace vakant {

namespace {

std::string_view take_part(std::string_view& path) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return part;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> parts;
    if (path.empty() || path.front() != '/') return std::nullopt;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view expected = take_part(pattern);
        const std::string_view given = take_part(path);
        if (expected == "{}" && !given.empty()) {
            parts.emplace_back(given);
        } else if (expected != given) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return parts;
}

} // namespace

void Router::add(std::string method, std::string pattern, std::size_t longest_body, Handler handler,
                 Gate gate) {
    routes_.push_back(
        {std::move(method), std::move(pattern), longest_body, std::move(handler), std::move(gate)});
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
    Match found;
    for (const Route& route : routes_) {
        auto parts = match(route.pattern, path);
        if (!parts) continue;
        found.path_known = true;
        if (route.method != method) continue;
        found.handler = &route.handler;
        if (route.gate) found.gate = &route.gate;
        found.longest_body = route.longest_body;
        found.parts = std::move(*parts);
        return found;
    }
    return found;
}

} // namespace vakant
