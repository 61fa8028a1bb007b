#include <algorithm>
#include <string_view>

#include "core/http/http.h"

namespace vakant {
namespace {

bool is_port(std::string_view text) {
    constexpr std::size_t most_digits = 5;
    return !text.empty() && text.size() <= most_digits &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Outcome check_proxy(const HttpProxy& proxy) {
    const auto odd = [](unsigned char c) { return c <= ' ' || c == 0x7f; };
    if (std::ranges::any_of(proxy.address, odd) || std::ranges::any_of(proxy.not_for, odd))
        return invalid_input("a blank or a control character stands in it");
    if (proxy.address.empty()) return done();
    constexpr std::string_view scheme = "http://";
    if (!proxy.address.starts_with(scheme))
        return invalid_input("the proxy must be http://HOST:PORT (what goes through it is encrypted anyway)");
    std::string_view host = std::string_view(proxy.address).substr(scheme.size());
    if (host.ends_with('/')) host.remove_suffix(1);
    if (const std::size_t user = host.rfind('@'); user != std::string_view::npos)
        host = host.substr(user + 1);
    const std::size_t colon = host.rfind(':');
    const std::string_view name = host.substr(0, colon);
    const bool in_brackets = name.starts_with('[') && name.ends_with(']');
    if (colon == std::string_view::npos || name.empty() || !is_port(host.substr(colon + 1)) ||
        name.find('/') != std::string_view::npos ||
        (!in_brackets && name.find(':') != std::string_view::npos))
        return invalid_input("the proxy must be http://HOST:PORT");
    return done();
}

} // namespace vakant
