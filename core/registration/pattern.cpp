// Reads the pattern as ECMAScript and writes it anew for RE2, so that what both spell alike and mean
// differently (\s, the full stop, a bracket in a class) means what ECMAScript says.
#include "core/registration/pattern.h"

#include <re2/re2.h>

#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/base/utf8.h"

namespace vakant {

namespace {

RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    return options;
}

} // namespace

/// RE2's program of a translated pattern, made by whoever asks first.
struct Pattern::Compiled {
    explicit Compiled(std::string translated) : text(std::move(translated)) {}
    const RE2& expression() const {
        std::call_once(once, [this] { compiled.emplace(text, options()); });
        return *compiled;
    }

    const std::string text;
    mutable std::once_flag once;
    mutable std::optional<RE2> compiled;
};

namespace {

constexpr std::size_t longest_pattern = 256;
constexpr int deepest_group = 32;
constexpr std::uint64_t most_repeats = 1000;

// ECMAScript's white space and line ends, and everything else, as insides of a class.
constexpr std::string_view space_inside =
    R"(\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view not_space_inside =
    R"(\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e})"
    R"(\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view any_but_line_ends = R"([^\n\r\x{2028}\x{2029}])";

/// ECMAScript's names of the general categories; RE2 knows the short ones.
constexpr std::array<std::array<std::string_view, 3>, 35> categories{{{"Letter", "L", ""},
                                                                      {"Lowercase_Letter", "Ll", ""},
                                                                      {"Modifier_Letter", "Lm", ""},
                                                                      {"Other_Letter", "Lo", ""},
                                                                      {"Titlecase_Letter", "Lt", ""},
                                                                      {"Uppercase_Letter", "Lu", ""},
                                                                      {"Mark", "M", "Combining_Mark"},
                                                                      {"Spacing_Mark", "Mc", ""},
                                                                      {"Enclosing_Mark", "Me", ""},
                                                                      {"Nonspacing_Mark", "Mn", ""},
                                                                      {"Number", "N", ""},
                                                                      {"Decimal_Number", "Nd", "digit"},
                                                                      {"Letter_Number", "Nl", ""},
                                                                      {"Other_Number", "No", ""},
                                                                      {"Punctuation", "P", "punct"},
                                                                      {"Connector_Punctuation", "Pc", ""},
                                                                      {"Dash_Punctuation", "Pd", ""},
                                                                      {"Close_Punctuation", "Pe", ""},
                                                                      {"Final_Punctuation", "Pf", ""},
                                                                      {"Initial_Punctuation", "Pi", ""},
                                                                      {"Other_Punctuation", "Po", ""},
                                                                      {"Open_Punctuation", "Ps", ""},
                                                                      {"Symbol", "S", ""},
                                                                      {"Currency_Symbol", "Sc", ""},
                                                                      {"Modifier_Symbol", "Sk", ""},
                                                                      {"Math_Symbol", "Sm", ""},
                                                                      {"Other_Symbol", "So", ""},
                                                                      {"Separator", "Z", ""},
                                                                      {"Line_Separator", "Zl", ""},
                                                                      {"Paragraph_Separator", "Zp", ""},
                                                                      {"Space_Separator", "Zs", ""},
                                                                      {"Control", "Cc", "cntrl"},
                                                                      {"Format", "Cf", ""},
                                                                      {"Private_Use", "Co", ""},
                                                                      {"Surrogate", "Cs", ""}}};

std::string_view short_category(std::string_view name) {
    for (const auto& names : categories) {
        if (name == names[0] || name == names[1] || (!names[2].empty() && name == names[2])) return names[1];
    }
    return "";
}

bool is_syntax_sign(char32_t c) {
    return c < 128 &&
           std::string_view("^$\\.*+?()[]{}|/").find(static_cast<char>(c)) != std::string_view::npos;
}

void append_literal(std::string& out, char32_t c) {
    static constexpr char digits[] = "0123456789abcdef";
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c > 127;
    if (plain) return append_utf8(out, c);
    out += "\\x";
    out += digits[c >> 4];
    out += digits[c & 15];
}

/// What an escape or a sign stands for inside or outside a class.
struct Atom {
    bool is_set = false; ///< a class of characters: `inside` goes between brackets
    std::string inside;
    char32_t character = 0;
};

class Reader {
public:
    explicit Reader(std::string_view pattern) : text_(to_utf32(pattern)) {}

    Result<std::string> read() {
        VAKANT_CHECK(alternatives(0));
        if (!at_end()) return wrong("an unopened )");
        return std::move(out_);
    }

private:
    bool at_end() const { return position_ >= text_.size(); }
    char32_t next() const { return at_end() ? U'\0' : text_[position_]; }
    bool is_next(char32_t c) const { return !at_end() && text_[position_] == c; }
    bool take(char32_t c) {
        if (!is_next(c)) return false;
        ++position_;
        return true;
    }
    bool take(std::u32string_view word) {
        if (text_.compare(position_, word.size(), word) != 0) return false;
        position_ += word.size();
        return true;
    }
    Error wrong(std::string_view reason) const {
        return invalid_input("at character " + std::to_string(position_) + ": " + std::string(reason));
    }

    Outcome alternatives(int depth) {
        if (depth > deepest_group) return wrong("groups nest deeper than 32");
        while (!at_end() && !is_next(U')')) {
            if (take(U'|')) {
                out_ += '|';
                continue;
            }
            VAKANT_CHECK(term(depth));
        }
        return done();
    }

    Outcome term(int depth) {
        const char32_t c = next();
        if (c == U'^' || c == U'$') {
            ++position_;
            out_ += static_cast<char>(c);
            return no_repeat("an anchor");
        }
        if (take(U"\\b") || take(U"\\B")) {
            out_ += text_[position_ - 1] == U'b' ? "\\b" : "\\B";
            return no_repeat("an anchor");
        }
        if (c == U'(') {
            VAKANT_CHECK(group(depth));
        } else if (c == U'[') {
            VAKANT_CHECK(char_class());
        } else if (c == U'.') {
            ++position_;
            out_ += any_but_line_ends;
        } else if (c == U'*' || c == U'+' || c == U'?') {
            return wrong("nothing to repeat");
        } else if (c == U'{' || c == U'}' || c == U']') {
            return wrong("this sign must be escaped");
        } else {
            VAKANT_TRY(atom, one_atom(false));
            if (atom.is_set) {
                out_ += '[' + atom.inside + ']';
            } else {
                append_literal(out_, atom.character);
            }
        }
        return repeats();
    }

    Outcome group(int depth) {
        ++position_;
        if (take(U"?<=") || take(U"?<!")) return wrong("looking behind is not possible");
        if (take(U"?=") || take(U"?!")) return wrong("looking ahead is not possible");
        if (take(U"?<")) {
            std::u32string name;
            for (; !at_end() && !is_next(U'>'); ++position_)
                name += next();
            const bool plain =
                !name.empty() &&
                name.find_first_not_of(U"abcdefghijklmnopqrstuvwxyz"
                                       U"ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == std::u32string::npos &&
                !(name[0] >= U'0' && name[0] <= U'9');
            if (!plain || !take(U'>')) return wrong("the name of a group is letters, digits and _");
            if (!names_.insert(name).second) return wrong("two groups have this name");
        } else if (is_next(U'?') && !take(U"?:")) {
            return wrong("this kind of group is not known to both");
        }
        out_ += "(?:";
        VAKANT_CHECK(alternatives(depth + 1));
        if (!take(U')')) return wrong("a group is not closed");
        out_ += ')';
        return done();
    }

    Outcome no_repeat(std::string_view what) const {
        if (is_next(U'*') || is_next(U'+') || is_next(U'?') || is_next(U'{')) {
            return wrong(std::string(what) + " cannot be repeated");
        }
        return done();
    }

    std::optional<std::uint64_t> number() {
        const std::size_t begin = position_;
        std::uint64_t value = 0;
        for (; next() >= U'0' && next() <= U'9'; ++position_) {
            if (value < 1'000'000) value = value * 10 + (next() - U'0');
        }
        return position_ == begin ? std::nullopt : std::optional(value);
    }

    Outcome repeats() {
        if (is_next(U'*') || is_next(U'+') || is_next(U'?')) {
            out_ += static_cast<char>(next());
            ++position_;
        } else if (take(U'{')) {
            const auto least = number();
            if (!least) return wrong("a number is expected");
            std::optional<std::uint64_t> most = least;
            const bool has_comma = take(U',');
            if (has_comma) most = number();
            if (!take(U'}')) return wrong("a } is expected");
            if (*least > most_repeats || (most && *most > most_repeats))
                return wrong("more than 1000 repeats");
            if (most && *most < *least) return wrong("the numbers are out of order");
            out_ += '{' + std::to_string(*least);
            if (has_comma) out_ += ',' + (most ? std::to_string(*most) : "");
            out_ += '}';
        } else {
            return done();
        }
        if (take(U'?')) out_ += '?';
        if (is_next(U'*') || is_next(U'+') || is_next(U'?') || is_next(U'{'))
            return wrong("nothing to repeat");
        return done();
    }

    Outcome char_class() {
        ++position_;
        std::string inside;
        const bool negated = take(U'^');
        if (is_next(U']')) return wrong("an empty class");
        while (!is_next(U']')) {
            if (at_end()) return wrong("a class is not closed");
            VAKANT_TRY(from, one_atom(true));
            const bool is_range =
                is_next(U'-') && position_ + 1 < text_.size() && text_[position_ + 1] != U']';
            if (is_range) ++position_;
            if (!is_range) {
                append(inside, from);
                continue;
            }
            VAKANT_TRY(to, one_atom(true));
            if (from.is_set || to.is_set) return wrong("a class cannot be the end of a range");
            if (to.character < from.character) return wrong("the range is out of order");
            append_literal(inside, from.character);
            inside += '-';
            append_literal(inside, to.character);
        }
        ++position_;
        out_ += (negated ? "[^" : "[") + inside + ']';
        return done();
    }

    static void append(std::string& inside, const Atom& atom) {
        if (atom.is_set) {
            inside += atom.inside;
        } else {
            append_literal(inside, atom.character);
        }
    }

    Result<Atom> one_atom(bool in_class) {
        const char32_t c = next();
        ++position_;
        if (c != U'\\') return Atom{false, "", c};
        if (at_end()) return wrong("ends in a backslash");
        return escape(in_class);
    }

    Result<Atom> escape(bool in_class) {
        const char32_t c = next();
        ++position_;
        switch (c) {
        case U'd':
            return Atom{true, "0-9", 0};
        case U'D':
            return Atom{true, R"(\D)", 0};
        case U'w':
            return Atom{true, R"(\w)", 0};
        case U'W':
            return Atom{true, R"(\W)", 0};
        case U's':
            return Atom{true, std::string(space_inside), 0};
        case U'S':
            return Atom{true, std::string(not_space_inside), 0};
        case U'p':
        case U'P':
            return property(c == U'P');
        case U't':
            return Atom{false, "", U'\t'};
        case U'n':
            return Atom{false, "", U'\n'};
        case U'r':
            return Atom{false, "", U'\r'};
        case U'f':
            return Atom{false, "", U'\f'};
        case U'v':
            return Atom{false, "", U'\v'};
        case U'b':
            if (in_class) return Atom{false, "", U'\b'};
            break;
        case U'0':
            if (!(next() >= U'0' && next() <= U'9')) return Atom{false, "", U'\0'};
            break;
        case U'c':
            return control();
        case U'x':
            return hex(2);
        case U'u':
            return unicode();
        default:
            break;
        }
        if (is_syntax_sign(c) || (in_class && c == U'-')) return Atom{false, "", c};
        --position_;
        if (c >= U'1' && c <= U'9') return wrong("back references are not possible");
        return wrong("this escape is not known to both");
    }

    Result<Atom> control() {
        const char32_t c = next();
        if (!((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')))
            return wrong("a letter is expected after \\c");
        ++position_;
        return Atom{false, "", c % 32};
    }

    Result<Atom> hex(int length) {
        char32_t value = 0;
        for (int i = 0; i < length; ++i) {
            const int digit = hex_digit(next());
            if (digit < 0) return wrong("a hexadecimal digit is expected");
            value = value * 16 + static_cast<char32_t>(digit);
            ++position_;
        }
        return Atom{false, "", value};
    }

    static int hex_digit(char32_t c) {
        if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
        if (c >= U'a' && c <= U'f') return static_cast<int>(c - U'a') + 10;
        if (c >= U'A' && c <= U'F') return static_cast<int>(c - U'A') + 10;
        return -1;
    }

    Result<Atom> unicode() {
        char32_t value = 0;
        if (take(U'{')) {
            int digits = 0;
            for (; hex_digit(next()) >= 0 && value <= 0x10ffff; ++position_, ++digits)
                value = value * 16 + static_cast<char32_t>(hex_digit(next()));
            if (digits == 0 || !take(U'}')) return wrong("hexadecimal digits and a } are expected");
        } else {
            VAKANT_TRY(first, hex(4));
            value = first.character;
            if (value >= 0xd800 && value < 0xdc00 && take(U"\\u")) {
                VAKANT_TRY(second, hex(4));
                if (second.character < 0xdc00 || second.character > 0xdfff)
                    return wrong("half a surrogate pair");
                value = 0x10000 + ((value - 0xd800) << 10) + (second.character - 0xdc00);
            }
        }
        if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
            return wrong("no character has this number");
        return Atom{false, "", value};
    }

    Result<Atom> property(bool negated) {
        if (!take(U'{')) return wrong("a { is expected after \\p");
        std::u32string written;
        for (; !at_end() && !is_next(U'}'); ++position_)
            written += next();
        if (!take(U'}')) return wrong("a } is expected");
        const std::string name = to_utf8(written);
        const std::size_t equals = name.find('=');
        const std::string kind = equals == name.npos ? "" : name.substr(0, equals);
        const std::string value = equals == name.npos ? name : name.substr(equals + 1);
        std::string known;
        if (kind == "Script" || kind == "sc") {
            known = value.size() > 2 ? value : ""; // RE2 would take a category here
        } else if (kind.empty() || kind == "General_Category" || kind == "gc") {
            known = short_category(value);
        }
        const bool plain = known.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
                           std::string::npos;
        if (known.empty() || !plain) return wrong("the property \"" + name + "\" is not known to both");
        return Atom{true, (negated ? "\\P{" : "\\p{") + known + "}", 0};
    }

    std::u32string text_;
    std::size_t position_ = 0;
    std::string out_;
    std::set<std::u32string> names_;
};

} // namespace

Result<Pattern> Pattern::from_text(std::string_view pattern) {
    if (!is_valid_utf8(pattern)) return invalid_input("not UTF-8");
    if (code_point_count(pattern) > longest_pattern) return invalid_input("longer than 256 characters");
    VAKANT_TRY(translated, Reader(pattern).read());
    Pattern read;
    const auto compiled = std::make_shared<Compiled>(std::move(translated));
    if (!compiled->expression().ok()) return invalid_input(compiled->expression().error());
    read.compiled_ = compiled;
    return read;
}

Pattern Pattern::built_in(std::string_view pattern) {
    Pattern read;
    read.compiled_ = std::make_shared<Compiled>(Reader(pattern).read().value());
    return read;
}

bool Pattern::is_found_in(std::string_view text) const {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression());
}

} // namespace vakant
