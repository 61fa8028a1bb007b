#include "core/base/result.h"

namespace vakant {

std::string_view name_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::invalid_input:
        return "invalid_input";
    case ErrorKind::not_found:
        return "not_found";
    case ErrorKind::refused:
        return "refused";
    case ErrorKind::conflict:
        return "conflict";
    case ErrorKind::offline:
        return "offline";
    case ErrorKind::disk_full:
        return "disk_full";
    case ErrorKind::damaged:
        return "damaged";
    case ErrorKind::not_authentic:
        return "not_authentic";
    case ErrorKind::unavailable:
        return "unavailable";
    case ErrorKind::unsupported:
        return "unsupported";
    case ErrorKind::internal:
        return "internal";
    }
    return "internal";
}

Error at(std::string_view where, Error error) {
    error.detail = std::string(where) + ": " + error.detail;
    return error;
}

} // namespace vakant
