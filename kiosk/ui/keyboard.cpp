// The keyboard on the screen. It is never mirrored: letters stand where they stand on real keyboards.
#include <algorithm>
#include <cmath>

#include "core/base/utf8.h"
#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

struct KeySpot {
    std::string_view token;
    float units = 1;
};

float units_of(std::string_view token) {
    if (token == "<space>") return 5;
    if (token == "<ready>") return 2.5f;
    if (token == "<backspace>" || token == "<shift>") return 1.5f;
    if (token == "<symbols>" || token == "<letters>" || token == "<language>") return 1.5f;
    return 1;
}

std::vector<KeySpot> keys_of(std::string_view row, bool pad) {
    std::vector<KeySpot> keys;
    for (std::size_t at = 0; at < row.size();) {
        const std::size_t end = std::min(row.find(' ', at), row.size());
        const std::string_view token = row.substr(at, end - at);
        keys.push_back({token, pad ? 1 : units_of(token)});
        at = end + 1;
    }
    return keys;
}

bool is_pad(FieldSpec::Kind kind) {
    return kind == FieldSpec::Kind::telephone || kind == FieldSpec::Kind::number;
}

using Rows = std::vector<std::vector<KeySpot>>;

Rows rows_of(const Editing& editing) {
    Rows rows;
    if (is_pad(editing.kind)) {
        const auto pad = editing.kind == FieldSpec::Kind::telephone ? telephone_rows() : number_rows();
        for (const std::string_view row : pad)
            rows.push_back(keys_of(row, true));
        return rows;
    }
    const KeyboardLayout& layout = keyboard_layouts()[editing.layout];
    for (const std::string_view row : editing.symbols ? layout.symbols : layout.letters) {
        rows.push_back(keys_of(row, false));
    }
    rows.push_back(keys_of(last_row(editing.symbols, editing.kind == FieldSpec::Kind::email), false));
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
    return "";
}

std::string_view spoken_key_of(std::string_view token) {
    if (token == "@") return "ui.key_at";
    if (token == ".") return "ui.key_full_stop";
    if (token == "-") return "ui.key_hyphen";
    if (token == "_") return "ui.key_underscore";
    if (token == "," || token == "،") return "ui.key_comma";
    if (token == "+") return "ui.key_plus";
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

/// Capital letters of the scripts that stand on the keyboards.
char32_t capital(char32_t c) {
    if (c >= 'a' && c <= 'z') return c - 32;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
    if (c >= 0x430 && c <= 0x44F) return c - 32;
    if (c >= 0x450 && c <= 0x45F) return c - 80;
    if (c == 0x161 || c == 0x17E || c == 0x491) return c - 1;
    return c;
}

std::string in_capitals(std::string_view text) {
    std::string capitals;
    for (std::size_t at = 0; at < text.size();)
        append_utf8(capitals, capital(next_code_point(text, at)));
    return capitals;
}

Icon icon_of(std::string_view token) {
    if (token == "<backspace>") return Icon::back;
    if (token == "<shift>") return Icon::up;
    if (token == "<ready>") return Icon::check;
    return Icon::none;
}

} // namespace

/// What a key does, at once, in the order of the taps.
bool Ui::Inside::press_key(std::string_view key, const Activation& activation) {
    if (editing.key.empty()) return true;
    if (key == "ready") {
        navigator.set_focus(editing.key);
        stop_editing();
    } else if (key == "backspace") {
        edit({EditStep::Kind::backspace, 0, now});
    } else if (key == "space") {
        edit({EditStep::Kind::insert, ' ', now});
    } else if (key == "shift") {
        editing.shift = !editing.shift;
    } else if (key == "symbols" || key == "letters") {
        editing.symbols = key == "symbols";
        if (activation.by_keys)
            navigator.set_focus(editing.symbols ? "keyboard.letters" : "keyboard.symbols");
    } else if (key == "language") {
        editing.layout = (editing.layout + 1) % keyboard_layouts().size();
        editing.symbols = false;
    } else {
        for (std::size_t at = 0; at < key.size();) {
            const char32_t c = next_code_point(key, at);
            edit({EditStep::Kind::insert, editing.shift ? capital(c) : c, now});
        }
        editing.shift = false;
    }
    return true;
}

void Ui::Inside::draw_keyboard() {
    const Rows rows = rows_of(editing);
    if (navigator.focus() == "keyboard.first") navigator.set_focus(key_of(rows.front().front().token));
    const float gap = d(12), edge = d(20);
    float most_units = 0, most_keys = 0;
    for (const auto& row : rows) {
        float units = 0;
        for (const KeySpot& key : row)
            units += key.units;
        most_units = std::max(most_units, units);
        most_keys = std::max(most_keys, static_cast<float>(row.size()));
    }
    const float widest = std::min(settings.width_px - 2 * edge, is_pad(editing.kind) ? d(880) : d(1780));
    const float unit = std::floor((widest + gap) / most_units) - gap;
    const float key_height = std::max({d(84), std::round(type(TypeRole::key).px * 1.5f), d(51)});
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

    float y = top + edge;
    for (const auto& row : rows) {
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

void Ui::Inside::draw_key(std::string_view token, const Rect& rect) {
    SemanticNode node;
    node.key = key_of(token);
    node.role = Role::key;
    node.parent = "keyboard";
    node.rect = rect;
    const bool function = is_function(token);
    const std::string letter = editing.shift && !function ? in_capitals(token) : std::string(token);
    node.name = function ? word(name_key_of(token)) : letter;
    // Brackets on the pad stand as they are typed: telephone numbers run from left to right everywhere.
    const std::string_view letters =
        is_pad(editing.kind) ? "en" : keyboard_layouts()[editing.layout].language;
    node.language = function ? "" : std::string(letters);
    if (const auto spoken = spoken_key_of(token); !spoken.empty())
        node.spoken = word(spoken), node.language = "";
    if (token == "<shift>") node.checked = editing.shift;
    const std::string name = node.name, language = node.language;
    const Touched touched = interactive(std::move(node));

    const bool on = token == "<ready>" || (token == "<shift>" && editing.shift);
    const Colour fill = touched.pressed ? palette->pressed : on ? palette->primary : palette->surface;
    const Colour ink = touched.pressed ? palette->on_pressed : on ? palette->on_primary : palette->ink;
    Canvas& canvas = page.over;
    const float radius = d(14);
    canvas.rounded(rect, radius, palette->border);
    const float line = d(palette->control_border);
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
    std::string shown = function ? name : letter;
    if (token == "<symbols>" || token == "<letters>")
        shown = word(std::string(name_key_of(token)) + "_short");
    if (token == "<language>") shown = keyboard_layouts()[editing.layout].shown;
    draw_middle(canvas, block(shown, TypeRole::key, rect.w, 1, language), inside, Align::middle, ink);
}

} // namespace vakant
