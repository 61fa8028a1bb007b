// Writes the tables of the keyboards on the screen, while the kiosk is built: where the letters stand comes
// from the country's keyboard in xkb-data, which letters a language needs from its alphabet in CLDR.
// Arguments: none. Standard output: the source of keyboard_layouts() (kiosk/ui/keyboard_layouts.h). Ends with
// 1 and a reason where a layout is missing or a letter of an alphabet would have no key.
#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <xkbcommon/xkbcommon.h>

#include "core/base/result.h"
#include "core/base/utf8.h"
#include "core/text/alphabet.h"
#include "core/text/text.h"

namespace vakant {
namespace {

using Letters = std::vector<std::string>;

/// Signs and letters that stand beside the alphabet, the same on every keyboard of a script.
struct Script {
    bool has_capitals;
    std::string_view shown;                   ///< on the key that leads to the further letters
    std::array<std::string_view, 3> signs;    ///< the sheet of numbers and signs
    std::vector<std::string_view> neighbours; ///< languages whose letters stand on the further sheets
};

const Script latin = {true,
                      "éž",
                      {"1 2 3 4 5 6 7 8 9 0", "@ . , - _ / + ( ) & ' \"", ": ; ! ? # % * = € ’ « » №"},
                      {"fi", "sv", "nb", "en", "et", "so", "se", "is", "lv", "lt", "pl",
                       "cs", "de", "fr", "es", "pt", "ro", "hu", "tr", "sq", "hr"}};
const Script cyrillic = {true,
                         "ёґ",
                         {"1 2 3 4 5 6 7 8 9 0", "@ . , - _ / + ( ) & ' \"", ": ; ! ? # % * = € ’ « » №"},
                         {"uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "mn"}};
const Script arabic = {false,
                       "ـَپ",
                       {"1 2 3 4 5 6 7 8 9 0", "@ . ، - _ / + ( ) & ' \"", ": ؛ ! ؟ # % * = € ’ « » ,"},
                       {"ar", "fa", "ckb", "ur", "ps", "ug"}};

struct Keyboard {
    std::string_view language, shown, layout;
    const Script& script;
    std::string_view tail; ///< signs behind the letters of the lowest row
};

const std::array<Keyboard, 9> keyboards = {{
    {"fi", "FI", "fi", latin, ", . - '"},
    {"sv", "SV", "se", latin, ", . - '"},
    {"nb", "NO", "no", latin, ", . - '"},
    {"en", "EN", "gb", latin, ", . - '"},
    {"uk", "УК", "ua", cyrillic, "’ . -"},
    {"ru", "РУ", "ru", cyrillic, ", . -"},
    {"ar", "ع", "ara", arabic, ""},
    {"et", "ET", "ee", latin, ", . - '"},
    {"so", "SO", "us", latin, ", . - '"},
}};

constexpr std::size_t row_length = 12;

struct Free {
    void operator()(xkb_context* context) const { xkb_context_unref(context); }
    void operator()(xkb_keymap* keymap) const { xkb_keymap_unref(keymap); }
};
using Keymap = std::unique_ptr<xkb_keymap, Free>;

Result<Keymap> open_layout(std::string_view layout) {
    const std::unique_ptr<xkb_context, Free> context(xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES));
    const std::string name(layout);
    const xkb_rule_names names{"evdev", "pc105", name.c_str(), "", ""};
    Keymap keymap(context ? xkb_keymap_new_from_names(context.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS)
                          : nullptr);
    if (!keymap) return not_found("xkb-data has no layout \"" + name + "\"");
    return keymap;
}

/// What a key types at a level, signs and dead keys left out; lam-alef as its two letters.
std::optional<std::string> letter_at(xkb_keymap* keymap, std::string_view key, xkb_level_index_t level) {
    const xkb_keycode_t code = xkb_keymap_key_by_name(keymap, std::string(key).c_str());
    const xkb_keysym_t* symbols = nullptr;
    if (code == XKB_KEYCODE_INVALID ||
        xkb_keymap_key_get_syms_by_level(keymap, code, 0, level, &symbols) != 1)
        return std::nullopt;
    const char32_t c = xkb_keysym_to_utf32(symbols[0]);
    if (c == 0 || !is_letter(c)) return std::nullopt;
    std::string letter;
    append_utf8(letter, c);
    return compatible(letter);
}

/// The keys of a row, from left to right as they stand on a keyboard with 105 keys.
std::vector<std::string> keys_of_row(std::size_t row) {
    constexpr std::array<std::string_view, 3> names = {"AD", "AC", "AB"};
    std::vector<std::string> keys;
    for (int place = 1; place <= 12; ++place) {
        keys.push_back(std::string(names[row]) + (place < 10 ? "0" : "") + std::to_string(place));
    }
    if (row == 1) keys.insert(keys.end(), {"BKSL", "TLDE"});
    if (row == 2) keys.emplace_back("LSGT");
    return keys;
}

struct Sheets {
    std::array<Letters, 3> letters;
    Letters further;
};

bool contains(const std::array<Letters, 3>& rows, const std::string& letter) {
    return std::ranges::any_of(
        rows, [&](const Letters& row) { return std::ranges::find(row, letter) != row.end(); });
}

/// A combining mark stands on a key over the sign that shows its place.
bool is_mark(std::string_view letter) {
    std::string_view base = "x";
    return grapheme_boundaries(std::string(base) + std::string(letter)).size() == 2;
}

Result<Sheets> sheets_of(const Keyboard& keyboard) {
    VAKANT_TRY(keymap, open_layout(keyboard.layout));
    const Letters alphabet = alphabet_of(keyboard.language);
    const std::set<std::string> needed(alphabet.begin(), alphabet.end());
    Sheets sheets;
    const auto add = [&](std::size_t row, const std::string& letter) {
        if (!contains(sheets.letters, letter)) sheets.letters[row].push_back(letter);
    };
    for (std::size_t row = 0; row < 3; ++row) {
        for (const std::string& key : keys_of_row(row)) {
            if (const auto letter = letter_at(keymap.get(), key, 0)) add(row, *letter);
        }
    }
    // A script without capitals has further letters where others have theirs.
    for (std::size_t row = 0; row < 3 && !keyboard.script.has_capitals; ++row) {
        for (const std::string& key : keys_of_row(row)) {
            const auto letter = letter_at(keymap.get(), key, 1);
            if (letter && needed.contains(*letter) && !is_mark(*letter)) add(2, *letter);
        }
    }
    std::set<std::string> rest;
    for (const std::string_view language : keyboard.script.neighbours) {
        for (const std::string& letter : alphabet_of(language)) {
            if (!contains(sheets.letters, letter) && !needed.contains(letter)) rest.insert(letter);
        }
    }
    for (const std::string& letter : alphabet) {
        if (!contains(sheets.letters, letter)) sheets.further.push_back(letter);
    }
    const Letters others(rest.begin(), rest.end());
    for (const std::size_t place : sorted_places(others, keyboard.language))
        sheets.further.push_back(others[place]);
    return sheets;
}

std::string quoted(const Letters& row) {
    std::string text = "\"";
    for (const std::string& letter : row) {
        if (text.size() > 1) text += ' ';
        for (const char c : letter)
            text += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return text + '"';
}

Letters split(std::string_view text) {
    Letters parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::string sheet(const std::array<Letters, 3>& rows) {
    return "{" + quoted(rows[0]) + ", " + quoted(rows[1]) + ", " + quoted(rows[2]) + "}";
}

Outcome write(std::size_t number, const Keyboard& keyboard, std::string& sheets_out,
              std::string& layouts_out) {
    VAKANT_TRY(sheets, sheets_of(keyboard));
    const std::size_t room = keyboard.script.has_capitals ? row_length : row_length + 1;
    for (const std::string& sign : split(keyboard.tail)) {
        if (sheets.letters[2].size() < room) sheets.letters[2].push_back(sign);
    }
    const std::size_t lengths[] = {row_length, row_length + 1, room};
    for (std::size_t row = 0; row < 3; ++row) {
        if (sheets.letters[row].empty() || sheets.letters[row].size() > lengths[row])
            return invalid_input("the layout \"" + std::string(keyboard.layout) +
                                 "\" does not fit into row " + std::to_string(row + 1));
    }
    const std::string name = "further_" + std::to_string(number);
    sheets_out += "constexpr KeyboardSheet " + name + "[] = {\n";
    for (std::size_t at = 0; at < sheets.further.size();) {
        std::array<Letters, 3> rows;
        for (Letters& row : rows) {
            for (; row.size() < row_length && at < sheets.further.size(); ++at)
                row.push_back(sheets.further[at]);
        }
        sheets_out += "    " + sheet(rows) + ",\n";
    }
    sheets_out += "};\n";
    std::array<Letters, 3> signs;
    for (std::size_t row = 0; row < 3; ++row)
        signs[row] = split(keyboard.script.signs[row]);
    const auto text = [](std::string_view word) { return "\"" + std::string(word) + "\", "; };
    layouts_out += "    {" + text(keyboard.language) + text(keyboard.shown) +
                   (keyboard.script.has_capitals ? "true, " : "false, ") + text(keyboard.script.shown) +
                   "\n     " + sheet(sheets.letters) + ",\n     " + name + ",\n     " + sheet(signs) + "},\n";
    return done();
}

} // namespace
} // namespace vakant

int main() {
    using namespace vakant;
    std::string sheets, layouts;
    for (std::size_t i = 0; i < keyboards.size(); ++i) {
        if (const Outcome written = write(i, keyboards[i], sheets, layouts); !written.ok()) {
            std::cerr << "make_keyboards: " << written.error().detail << '\n';
            return 1;
        }
    }
    std::cout << "// Made by tools/keyboards from xkb-data and CLDR while building. Change that, not this.\n"
                 "#include \"kiosk/ui/keyboard_layouts.h\"\n\nnamespace vakant {\nnamespace {\n\n"
              << sheets << "\nconstexpr KeyboardLayout layouts[] = {\n"
              << layouts
              << "};\n\n} // namespace\n\nstd::span<const KeyboardLayout> keyboard_layouts() {\n    return "
                 "layouts;\n}"
                 "\n\n} // namespace vakant\n";
    return 0;
}
