#include "agency/store/dialect.h"

namespace vakant {

namespace {

std::string_view word_for(std::string_view name, const Dialect& dialect) {
    if (name == "integer") return dialect.integer;
    if (name == "real") return dialect.real;
    if (name == "bytes") return dialect.bytes;
    if (name == "end") return dialect.table_end;
    if (name == "audit_guard") return dialect.audit_guard;
    return name;
}

} // namespace

std::string in_dialect(std::string_view text, const Dialect& dialect) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find('}', open);
        out += word_for(text.substr(open + 1, close - open - 1), dialect);
        text.remove_prefix(close + 1);
    }
    return out;
}

std::string with_numbered_values(std::string_view sql) {
    std::string out;
    int number = 0;
    bool quoted = false;
    for (const char c : sql) {
        if (c == '\'') quoted = !quoted;
        if (c == '?' && !quoted)
            out += "$" + std::to_string(++number);
        else
            out += c;
    }
    return out;
}

} // namespace vakant
