// Apart from http.cpp, which brings libcurl with it.
#include "core/http/http.h"

namespace vakant {

std::string_view HttpAnswer::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
        if (name == lower_case_name) return value;
    }
    return {};
}

} // namespace vakant
