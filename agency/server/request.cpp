#include "agency/server/request.h"

namespace vakant {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

std::string_view Request::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return "";
}

std::string Request::parameter(std::string_view name) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (percent_decoded(pair.substr(0, equals), true) == name)
            return equals == std::string_view::npos ? "" : percent_decoded(pair.substr(equals + 1), true);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return "";
}

Response Response::json(int status, std::string body) {
    Response response;
    response.status = status;
    response.headers.emplace_back("content-type", "application/json");
    response.body = std::move(body);
    return response;
}

Response Response::error(int status, std::string_view word) {
    return json(status, "{\"error\":\"" + std::string(word) + "\"}");
}

Response& Response::with(std::string_view lower_case_name, std::string value) & {
    headers.emplace_back(std::string(lower_case_name), std::move(value));
    return *this;
}

Response&& Response::with(std::string_view lower_case_name, std::string value) && {
    headers.emplace_back(std::string(lower_case_name), std::move(value));
    return std::move(*this);
}

std::string percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
            i += 2;
        } else {
            out.push_back(text[i] == '+' && plus_is_space ? ' ' : text[i]);
        }
    }
    return out;
}

} // namespace vakant
