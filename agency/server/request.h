// What a handler gets and gives: plain values, so that neither handlers nor their tests know Boost. Used by
// every room of the agency that answers requests.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vakant {

using HeaderLines = std::vector<std::pair<std::string, std::string>>; ///< names in lower case

struct Request {
    std::string method;
    std::string path;  ///< percent-decoded, without the query
    std::string query; ///< as it came
    HeaderLines headers;
    std::string body;
    std::string peer;               ///< address of the other side, without the port
    std::vector<std::string> parts; ///< what stood at the places of a route's {}

    /// The first header of that name, or "".
    std::string_view header(std::string_view lower_case_name) const;
    /// The first query parameter of that name, percent-decoded, or "".
    std::string parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    HeaderLines headers;
    std::string body;

    static Response json(int status, std::string body);
    /// {"error":"<word>"}
    static Response error(int status, std::string_view word);
    Response& with(std::string_view lower_case_name, std::string value) &;
    Response&& with(std::string_view lower_case_name, std::string value) &&;
};

/// "%C3%A4+b" as text; `plus_is_space` in queries. A broken escape stays as it is.
std::string percent_decoded(std::string_view text, bool plus_is_space);

} // namespace vakant
