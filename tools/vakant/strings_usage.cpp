// What the sources quote, so that texts that nobody asks for are found.
#include <array>

#include "core/base/bytes.h"
#include "tools/vakant/strings_check.h"

namespace vakant::tool {
namespace {

constexpr std::array<std::string_view, 6> rooms = {"kiosk", "core",           "agency",
                                                   "sync",  "assets/console", "tools/lib"};

/// The text after a call's opening quote, up to the closing one; `end` is set behind it.
std::string quoted_at(std::string_view text, std::size_t first, std::size_t& end) {
    std::string inside;
    for (end = first; end < text.size() && text[end] != '"' && text[end] != '\n'; ++end) {
        if (text[end] == '\\' && end + 1 < text.size()) ++end;
        inside += text[end];
    }
    ++end;
    return inside;
}

void read_code(std::string_view text, const std::string& name, Quoted& quoted) {
    for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at)) {
        std::size_t end = 0;
        const std::string inside = quoted_at(text, at + 1, end);
        const std::string_view before = text.substr(0, at);
        const bool is_call = before.ends_with(".get(") || before.ends_with(".has(");
        const bool is_whole = text.substr(std::min(end, text.size())).starts_with(")") ||
                              text.substr(std::min(end, text.size())).starts_with(",");
        // Strings::get among all that are called get: keys have a dot and no other sign.
        const bool is_key =
            inside.find('.') != inside.npos &&
            inside.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == inside.npos;
        if (is_call && is_whole && is_key) quoted.asked.emplace(inside, name);
        quoted.texts.insert(inside);
        at = end;
    }
}

/// {{key}} and {{#text}}key{{/text}} of the console's templates.
void read_template(std::string_view text, Quoted& quoted) {
    constexpr std::string_view ends = "{}<>\"' \n";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t first = text.find_first_not_of(ends, at);
        if (first == text.npos) return;
        at = std::min(text.find_first_of(ends, first), text.size());
        quoted.texts.emplace(text.substr(first, at - first));
    }
}

} // namespace

Result<Quoted> read_quoted(const std::filesystem::path& root) {
    Quoted quoted;
    for (const std::string_view room : rooms) {
        std::error_code none;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / room, none)) {
            const std::string kind = entry.path().extension().string();
            const bool is_code = kind == ".cpp" || kind == ".h" || kind == ".py";
            if (!entry.is_regular_file() || (!is_code && kind != ".html" && kind != ".mustache")) continue;
            VAKANT_TRY(text, read_file(entry.path()));
            if (is_code) {
                read_code(text, std::filesystem::relative(entry.path(), root).string(), quoted);
            } else {
                read_template(text, quoted);
            }
        }
    }
    if (quoted.texts.empty()) return not_found(root.string() + ": no sources there");
    return quoted;
}

} // namespace vakant::tool
