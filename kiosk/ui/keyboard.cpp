// The keyboard on the screen. It is never mirrored: letters stand where they stand on real keyboards.
#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "core/text/alphabet.h"
#include "kiosk/semantics/sign_names.h"
#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

struct KeySpot {
    std::string token; ///< what it types, or what it does: "<shift>", "<layout.fi>"
    float units = 1;
};
using Row = std::vector<KeySpot>;
using Rows = std::vector<Row>;

/// As many as the widest row of any language and sheet has: so no key changes its size when another language,
/// sheet or capital letters come.
constexpr float units_of_a_row = 13.5f;
/// On a narrow screen: the letters of most rows, and what edits in a row of its own.
constexpr float narrow_units = 12;
constexpr std::size_t names_in_a_row = 3;

float units_of(std::string_view token, bool email) {
    if (token == "<space>") return 3.5f;
    if (token == "<ready>") return 3;
    if (token == "<left>" || token == "<right>") return email ? 1 : 1.25f;
    if (token == "<backspace>" || token == "<shift>") return 1.5f;
    if (token == "<symbols>" || token == "<letters>" || token == "<language>" || token == "<more>")
        return 1.5f;
    if (token.starts_with("<layout.")) return units_of_a_row / names_in_a_row;
    return 1;
}

/// The same on a narrow screen: five rows, and the edges of the widest in line.
float narrow_units_of(std::string_view token, bool email) {
    if (token == "<space>") return 4.5f;
    if (token == "<ready>") return email ? 3.5f : 3;
    if (token == "<left>" || token == "<right>" || token == "<backspace>" || token == "<shift>") return 2.5f;
    if (token.starts_with("<layout.")) return narrow_units / names_in_a_row;
    return units_of(token, email);
}

void add_keys(Row& row, std::string_view tokens, bool email = false) {
    for (std::size_t at = 0; at < tokens.size();) {
        const std::size_t end = std::min(tokens.find(' ', at), tokens.size());
        const std::string_view token = tokens.substr(at, end - at);
        row.push_back({std::string(token), units_of(token, email)});
        at = end + 1;
    }
}

bool is_pad(FieldSpec::Kind kind) {
    return kind == FieldSpec::Kind::telephone || kind == FieldSpec::Kind::number;
}

Rows pad_rows(FieldSpec::Kind kind) {
    Rows rows;
    for (const std::string_view tokens :
         kind == FieldSpec::Kind::telephone ? telephone_rows() : number_rows()) {
        add_keys(rows.emplace_back(), tokens);
        for (KeySpot& key : rows.back())
            key.units = 1;
    }
    return rows;
}

/// The languages to choose from, each in its own words.
Rows language_rows() {
    Rows rows;
    for (const KeyboardLayout& layout : keyboard_layouts()) {
        if (rows.empty() || rows.back().size() == names_in_a_row) rows.emplace_back();
        add_keys(rows.back(), "<layout." + std::string(layout.language) + ">");
    }
    return rows;
}

Rows sheet_rows(const Editing& editing) {
    const KeyboardLayout& layout = keyboard_layouts()[editing.layout];
    if (editing.sheet == KeySheet::languages) return language_rows();
    const bool signs = editing.sheet == KeySheet::signs;
    const KeyboardSheet& sheet = signs                                ? layout.signs
                                 : editing.sheet == KeySheet::further ? layout.further[editing.further]
                                                                      : layout.letters;
    Rows rows(sheet.rows.size());
    if (layout.has_capitals && !signs) add_keys(rows.back(), "<shift>");
    for (std::size_t i = 0; i < rows.size(); ++i)
        add_keys(rows[i], sheet.rows[i]);
    add_keys(rows.front(), "<backspace>");
    return rows;
}

/// Every row of letters at most as wide as the screen: what edits, and a letter too many, get one of their
/// own.
Rows narrow_rows(const Editing& editing) {
    Rows rows = sheet_rows(editing);
    const bool email = editing.kind == FieldSpec::Kind::email;
    Row edits;
    for (Row& row : rows) {
        std::erase_if(
            row, [](const KeySpot& key) { return key.token == "<shift>" || key.token == "<backspace>"; });
        while (row.size() > static_cast<std::size_t>(narrow_units)) {
            edits.push_back(row.back());
            row.pop_back();
        }
    }
    const KeyboardLayout& layout = keyboard_layouts()[editing.layout];
    const bool has_shift =
        layout.has_capitals && (editing.sheet == KeySheet::letters || editing.sheet == KeySheet::further);
    if (has_shift) edits.insert(edits.begin(), {"<shift>", 1});
    add_keys(edits, "<left> <right> <backspace>");
    rows.push_back(std::move(edits));
    Row& last = rows.emplace_back();
    add_keys(last, editing.sheet == KeySheet::letters ? "<symbols>" : "<letters>");
    add_keys(last, "<more> <language>");
    add_keys(last, email ? "@ . - _ <ready>" : "<space> <ready>");
    for (Row& row : rows) {
        for (KeySpot& key : row)
            key.units = narrow_units_of(key.token, email);
    }
    return rows;
}

Rows rows_of(const Editing& editing, bool narrow) {
    if (is_pad(editing.kind)) return pad_rows(editing.kind);
    if (narrow) return narrow_rows(editing);
    Rows rows = sheet_rows(editing);
    const bool email = editing.kind == FieldSpec::Kind::email;
    Row& last = rows.emplace_back();
    add_keys(last, editing.sheet == KeySheet::letters ? "<symbols>" : "<letters>");
    add_keys(last, "<more> <language>");
    add_keys(last, email ? "@ . - _" : "<space>");
    add_keys(last, "<left> <right> <ready>", email);
    return rows;
}

std::string_view name_key_of(std::string_view token) {
    if (token == "<space>") return "ui.key_space";
    if (token == "<ready>") return "ui.key_ready";
    if (token == "<backspace>") return "ui.key_backspace";
    if (token == "<shift>") return "ui.key_shift";
    if (token == "<symbols>") return "ui.key_symbols";
    if (token == "<letters>") return "ui.key_letters";
    if (token == "<language>") return "ui.key_language";
    if (token == "<more>") return "ui.key_more";
    if (token == "<left>") return "ui.key_left";
    if (token == "<right>") return "ui.key_right";
    return "";
}

bool is_function(std::string_view token) {
    return token.size() > 2 && token.front() == '<';
}

/// "keyboard.ä", "keyboard.shift": the same with and without capital letters.
std::string key_of(std::string_view token) {
    const std::string_view bare = is_function(token) ? token.substr(1, token.size() - 2) : token;
    return "keyboard." + std::string(bare);
}

/// A combining mark, which needs something to stand on.
bool is_mark(std::string_view text) {
    std::size_t at = 0;
    const char32_t c = text.empty() ? 0 : next_code_point(text, at);
    return at == text.size() && ((c >= 0x300 && c <= 0x36F) || (c >= 0x64B && c <= 0x65F) || c == 0x670);
}

bool is_small_sign(std::string_view token) {
    constexpr std::string_view signs[] = {".", ",", "،", "-", "_", "'", "’", "\"", ":", ";", "؛"};
    return std::ranges::find(signs, token) != std::end(signs);
}

Icon icon_of(std::string_view token) {
    if (token == "<backspace>") return Icon::back;
    if (token == "<shift>") return Icon::up;
    if (token == "<ready>") return Icon::check;
    if (token == "<left>") return Icon::caret_left;
    if (token == "<right>") return Icon::caret_right;
    return Icon::none;
}

} // namespace

/// Another sheet of keys. Who goes about by keys stays where they were: on the key in the same place.
void Ui::Inside::show_sheet(KeySheet sheet, bool by_keys, std::string_view focus) {
    editing.sheet = sheet;
    if (by_keys) navigator.set_focus(focus);
}

void Ui::Inside::show_further_letters() {
    const bool on_them = editing.sheet == KeySheet::further;
    const std::size_t next = on_them ? editing.further + 1 : 0;
    const bool there = next < keyboard_layouts()[editing.layout].further.size();
    editing.further = there ? next : 0;
    editing.sheet = there ? KeySheet::further : KeySheet::letters;
}

void Ui::Inside::type_key(std::string_view key) {
    const std::string_view language = keyboard_layouts()[editing.layout].language;
    const std::string typed = editing.shift ? in_capitals(key, language) : std::string(key);
    for (std::size_t at = 0; at < typed.size();)
        edit({EditStep::Kind::insert, next_code_point(typed, at), now});
    editing.shift = false;
}

/// What a key does, at once, in the order of the taps.
bool Ui::Inside::press_key(std::string_view key, const Activation& activation) {
    constexpr std::string_view layout_prefix = "layout.";
    if (editing.key.empty()) return true;
    if (key == "ready") {
        navigator.set_focus(editing.key);
        stop_editing();
    } else if (key == "backspace") {
        edit({EditStep::Kind::backspace, 0, now});
    } else if (key == "left" || key == "right") {
        edit({key == "left" ? EditStep::Kind::caret_left : EditStep::Kind::caret_right, 0, now});
    } else if (key == "space") {
        edit({EditStep::Kind::insert, ' ', now});
    } else if (key == "shift") {
        editing.shift = !editing.shift;
    } else if (key == "symbols") {
        show_sheet(KeySheet::signs, activation.by_keys, "keyboard.letters");
    } else if (key == "letters") {
        show_sheet(KeySheet::letters, activation.by_keys, "keyboard.symbols");
    } else if (key == "more") {
        show_further_letters();
    } else if (key == "language") {
        const bool open = editing.sheet == KeySheet::languages;
        const std::string own = "keyboard.layout." + std::string(keyboard_layouts()[editing.layout].language);
        show_sheet(open ? KeySheet::letters : KeySheet::languages, activation.by_keys,
                   open ? "keyboard.language" : own);
    } else if (key.starts_with(layout_prefix)) {
        editing.layout = keyboard_for(key.substr(layout_prefix.size()));
        show_sheet(KeySheet::letters, activation.by_keys, "keyboard.language");
    } else {
        type_key(key);
    }
    return true;
}

void Ui::Inside::draw_keyboard() {
    const float gap = mm(design::least_gap), widest_keyboard = mm(design::keyboard_width);
    const bool is_wide =
        std::floor((std::min(settings.width_px - 2 * d(20), widest_keyboard) + gap) / units_of_a_row) - gap >=
        mm(design::least_target);
    const Rows rows = rows_of(editing, !is_wide);
    if (navigator.focus() == "keyboard.first") navigator.set_focus(key_of(rows.front().front().token));
    const float edge = d(is_wide ? 20.0f : 10.0f);
    const float most_units = is_pad(editing.kind) ? static_cast<float>(rows.front().size())
                             : is_wide            ? units_of_a_row
                                                  : narrow_units;
    const float widest = std::min(settings.width_px - 2 * edge,
                                  is_pad(editing.kind) ? mm(design::pad_width) : widest_keyboard);
    const float unit = std::floor((widest + gap) / most_units) - gap;
    const float key_height = std::max(mm(design::key_height), std::round(type(TypeRole::key).px * 1.5f));
    const auto count = static_cast<float>(rows.size());
    bar_space = 2 * edge + count * key_height + (count - 1) * gap;
    const float top = settings.height_px - bar_space;
    page.over.rect({0, top, settings.width_px, bar_space}, palette->surface_2);
    page.over.rect({0, top, settings.width_px, std::max(d(2), 1.0f)}, palette->border);

    SemanticNode group;
    group.key = "keyboard";
    group.role = Role::group;
    group.name = word("ui.keyboard");
    group.rect = {0, top, settings.width_px, bar_space};
    add(std::move(group));

    key_px = type(TypeRole::key).px;
    for (const Row& row : rows) {
        for (const KeySpot& key : row) {
            if (!is_function(key.token)) key_px = std::min(key_px, letter_px(key.token, unit - d(10)));
        }
    }
    float y = top + edge;
    for (const Row& row : rows) {
        float units = 0;
        for (const KeySpot& key : row)
            units += key.units;
        // Units are a key and the gap after it, so that wide keys stay flush with narrow ones.
        float x = std::round((settings.width_px - (units * (unit + gap) - gap)) / 2);
        for (const KeySpot& key : row) {
            const float w = std::round(key.units * (unit + gap) - gap);
            draw_key(key.token, {x, y, w, key_height});
            x += w + gap;
        }
        y += key_height + gap;
    }
}

/// How large a letter can be in so much room, also as a capital: all keys of a sheet have letters of one
/// size.
float Ui::Inside::letter_px(std::string_view token, float room) {
    const std::string_view language = keyboard_layouts()[editing.layout].language;
    const Lettering letters = type(TypeRole::key);
    float px = letters.px;
    for (const std::string& shown : {std::string(token), in_capitals(token, language)}) {
        const float width = block(shown, letters, 0, 1, language).width();
        if (width > room) px = std::min(px, std::floor(letters.px * room / width));
    }
    return px;
}

/// In letters as large as the key has room for.
TextBlock Ui::Inside::key_label(std::string_view text, float room, std::string_view language) {
    Lettering letters = type(TypeRole::key);
    const float width = block(text, letters, 0, 1, language).width();
    if (width > room) letters.px = std::floor(letters.px * room / width);
    return block(text, letters, room, 1, language);
}

void Ui::Inside::draw_key(std::string_view token, const Rect& rect) {
    SemanticNode node;
    node.key = key_of(token);
    node.role = Role::key;
    node.parent = "keyboard";
    node.rect = rect;
    const bool function = is_function(token);
    const std::string letter = editing.shift && !function
                                   ? in_capitals(token, keyboard_layouts()[editing.layout].language)
                                   : std::string(token);
    const bool is_layout = token.starts_with("<layout.");
    const std::string_view own = is_layout ? token.substr(8, token.size() - 9) : std::string_view();
    node.name = is_layout ? language_name(own, own) : function ? word(name_key_of(token)) : letter;
    // Brackets on the pad stand as they are typed: telephone numbers run from left to right everywhere.
    const std::string_view letters =
        is_pad(editing.kind) ? "en" : keyboard_layouts()[editing.layout].language;
    node.language = is_layout ? own : function ? std::string_view() : letters;
    if (const auto spoken = is_function(token) ? "" : name_key_of_sign(token); !spoken.empty())
        node.spoken = word(spoken), node.language = "";
    if (token == "<shift>") node.checked = editing.shift;
    const std::string name = node.name, language = node.language;
    const Touched touched = interactive(std::move(node));

    const bool on = token == "<ready>" || (token == "<shift>" && editing.shift);
    const Colour fill = touched.pressed ? palette->pressed : on ? palette->primary : palette->surface;
    const Colour ink = touched.pressed ? palette->on_pressed : on ? palette->on_primary : palette->ink;
    Canvas& canvas = page.over;
    const float radius = mm(design::key_radius);
    canvas.rounded(rect, radius, palette->border);
    const float line = mm(palette->control_border);
    canvas.rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line, fill);
    if (touched.focused) draw_ring(canvas, rect, radius);
    const Icon icon = icon_of(token);
    Rect inside = rect;
    if (icon != Icon::none) {
        const float side = d(40);
        const bool with_name = token == "<ready>" && rect.w > d(230);
        const TextBlock label = block(name, TypeRole::key, 0, 1);
        const float all = with_name ? side + d(14) + label.width() : side;
        const bool fits = all + d(20) <= rect.w;
        const float start = rect.x + std::round((rect.w - (fits ? all : side)) / 2);
        canvas.icon(icon, {start, rect.y + std::round((rect.h - side) / 2), side, side}, d(4), ink, false);
        if (!with_name || !fits) return;
        inside = {start + side + d(14), rect.y, label.width(), rect.h};
        draw_middle(canvas, label, inside, Align::middle, ink);
        return;
    }
    draw_key_words(token, function ? name : letter, rect, language, ink);
}

void Ui::Inside::draw_key_words(std::string_view token, std::string shown, const Rect& rect,
                                std::string_view language, Colour ink) {
    Canvas& canvas = page.over;
    if (token == "<symbols>" || token == "<letters>")
        shown = word(std::string(name_key_of(token)) + "_short");
    if (token == "<language>") shown = keyboard_layouts()[editing.layout].shown;
    if (token == "<more>") shown = keyboard_layouts()[editing.layout].further_shown;
    if (is_mark(shown)) shown = "\u0640" + shown; // over the line that joins letters
    if (is_function(token)) {
        draw_middle(canvas, key_label(shown, rect.w - d(10), language), rect, Align::middle, ink);
        return;
    }
    Lettering letters = type(TypeRole::key);
    letters.px = key_px;
    if (is_small_sign(token)) { // a dot of two pixels is hard to see
        letters.line = letters.line * letters.px;
        letters.px = std::round(letters.px * 1.4f);
        letters.line = letters.line / letters.px; // in no more height
        letters.weight = Weight::bold;
    }
    draw_middle(canvas, block(shown, letters, 0, 1, language), rect, Align::middle, ink);
}

} // namespace vakant
