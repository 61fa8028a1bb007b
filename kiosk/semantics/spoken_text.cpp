#include "kiosk/semantics/spoken_text.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace vakant {
namespace {

std::string_view checked_word(const SemanticNode& node) {
    const bool one_of_several = node.role == Role::radio || node.role == Role::tab;
    if (*node.checked) return one_of_several ? "state.selected" : "state.checked";
    return one_of_several ? "state.not_selected" : "state.not_checked";
}

bool role_is_said(Role role) {
    return role != Role::text && role != Role::group && role != Role::page;
}

class Parts {
public:
    void add(std::string text, std::string_view language = "") {
        if (!text.empty()) parts_.push_back({std::move(text), std::string(language)});
    }
    std::vector<SpokenPart> take() { return std::move(parts_); }

private:
    std::vector<SpokenPart> parts_;
};

void add_value(Parts& parts, const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    if (node.value.empty()) {
        if (node.role == Role::field) parts.add(words("state.empty", 0, 0));
    } else if (node.is_private && on_loudspeaker) {
        parts.add(words(node.role == Role::field ? "state.filled" : "state.hidden", 0, 0));
    } else {
        parts.add(node.value, node.content_language);
    }
}

// ---- numbers and codes

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// "KTR-0427-M", "ABCDE-FGH12-...", "BCDF-GHJK": three groups of capitals and digits or more, or two of one
/// length, joined by hyphens.
bool is_code(std::string_view word) {
    const auto hyphens = std::count(word.begin(), word.end(), '-');
    const bool halves = hyphens == 1 && word.size() >= 9 && word.find('-') * 2 + 1 == word.size();
    return (hyphens >= 2 || halves) && word.front() != '-' && word.back() != '-' &&
           std::ranges::all_of(word, [](char c) { return is_digit(c) || is_capital(c) || c == '-'; });
}

/// Sign by sign, with a pause where groups end.
std::string sign_by_sign(std::string_view code) {
    std::string out;
    bool pause = false;
    for (const char c : code) {
        if (!is_digit(c) && !is_capital(c) && c != '+') {
            pause = true;
            continue;
        }
        if (!out.empty()) out += pause ? ", " : " ";
        out += c;
        pause = false;
    }
    return out;
}

/// How many bytes from `at` on are a telephone number: it begins with 0 or +, has seven digits or more, and
/// single blanks, hyphens or brackets between them. 0: none stands there.
std::size_t telephone_length(std::string_view text, std::size_t at) {
    if (text[at] != '0' && text[at] != '+') return 0;
    if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == ',')) return 0;
    std::size_t digits = 0, end = at, gap = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) {
            ++digits;
            end = i + 1;
            gap = 0;
        } else if ((c == ' ' || c == '-' || c == '(' || c == ')') && gap < 2) {
            ++gap;
        } else if (!(c == '+' && i == at)) {
            break;
        }
    }
    const bool goes_on = end < text.size() && (text[end] == '.' || text[end] == ',') &&
                         end + 1 < text.size() && is_digit(text[end + 1]);
    return digits >= 7 && !goes_on ? end - at : 0;
}

/// Marks that are seen and not read: direction, bullets, soft hyphens.
bool is_silent(char32_t c) {
    return (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x61C || c == 0x2022 ||
           c == 0xAD;
}

std::string without_silent_signs(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (is_silent(c)) continue;
        append_utf8(out, c == 0xA0 || c == 0x202F ? U' ' : c);
    }
    return std::string(trimmed(out));
}

} // namespace

void add_spoken(std::string& text, std::string_view part) {
    if (part.empty()) return;
    if (!text.empty()) {
        const bool ends = std::string_view(".?!:,;").find(text.back()) != std::string_view::npos;
        text += ends || text.ends_with("؟") || text.ends_with("،") ? " " : ", ";
    }
    text += part;
}

std::vector<SpokenPart> spoken_parts(const SemanticNode& node, const SpeechWords& words,
                                     bool on_loudspeaker) {
    Parts parts;
    const bool hides_name =
        node.is_private && on_loudspeaker && node.role == Role::text && node.value.empty();
    if (hides_name) {
        parts.add(words("state.hidden", 0, 0));
    } else {
        parts.add(node.spoken.empty() ? node.name : node.spoken, node.language);
    }
    if (node.role == Role::key) return parts.take();
    if (role_is_said(node.role)) parts.add(words("role." + std::string(name_of(node.role)), 0, 0));
    if (node.checked) parts.add(words(checked_word(node), 0, 0));
    if (!node.enabled) parts.add(words("state.disabled", 0, 0));
    if (node.invalid) parts.add(words("state.invalid", 0, 0));
    add_value(parts, node, words, on_loudspeaker);
    if (node.count > 1) parts.add(words("state.of", node.position, node.count));
    parts.add(node.description, node.content_language);
    parts.add(node.excerpt, node.language);
    return parts.take();
}

std::string spoken_text(const SemanticNode& node, const SpeechWords& words, bool on_loudspeaker) {
    std::string text;
    for (const SpokenPart& part : spoken_parts(node, words, on_loudspeaker))
        add_spoken(text, part.text);
    return text;
}

std::string read_aloud(std::string_view written) {
    const std::string text = without_silent_signs(written);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t length = telephone_length(text, at); length > 0) {
            out += sign_by_sign(std::string_view(text).substr(at, length));
            at += length;
            continue;
        }
        const bool begins_word =
            at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '(';
        if (begins_word && (is_capital(text[at]) || is_digit(text[at]))) {
            std::size_t end = at;
            while (end < text.size() && (is_capital(text[end]) || is_digit(text[end]) || text[end] == '-'))
                ++end;
            const std::string_view word = std::string_view(text).substr(at, end - at);
            if (is_code(word)) {
                out += sign_by_sign(word);
                at = end;
                continue;
            }
        }
        out += text[at++];
    }
    return out;
}

} // namespace vakant
