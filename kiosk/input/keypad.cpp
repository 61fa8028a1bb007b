#include "kiosk/input/keypad.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vakant {
namespace {

struct Named {
    KeypadKey key;
    std::string_view name;
};
constexpr Named names[] = {
    {KeypadKey::up, "up"},
    {KeypadKey::down, "down"},
    {KeypadKey::left, "left"},
    {KeypadKey::right, "right"},
    {KeypadKey::next, "next"},
    {KeypadKey::previous, "previous"},
    {KeypadKey::first, "first"},
    {KeypadKey::last, "last"},
    {KeypadKey::select, "select"},
    {KeypadKey::back, "back"},
    {KeypadKey::help, "help"},
    {KeypadKey::listen, "listen"},
    {KeypadKey::repeat, "repeat"},
    {KeypadKey::volume_up, "volume_up"},
    {KeypadKey::volume_down, "volume_down"},
    {KeypadKey::rate_up, "rate_up"},
    {KeypadKey::rate_down, "rate_down"},
    {KeypadKey::headset_in, "headset_in"},
    {KeypadKey::headset_out, "headset_out"},
};

constexpr std::string_view named_window_keys[] = {
    "up",          "down",        "left",      "right",     "tab",          "shift+tab", "enter",
    "escape",      "space",       "home",      "end",       "page_up",      "page_down", "insert",
    "delete",      "backspace",   "menu",      "pause",     "print_screen", "kp_enter",  "kp_add",
    "kp_subtract", "kp_multiply", "kp_divide", "kp_decimal"};

/// Whether the rest of the name is a number from `first` to `last`.
bool is_number(std::string_view text, int first, int last) {
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= first && number <= last;
}

} // namespace

std::string_view name_of(KeypadKey key) {
    const auto found =
        std::find_if(std::begin(names), std::end(names), [&](const Named& n) { return n.key == key; });
    return found->name;
}

std::optional<KeypadKey> keypad_key(std::string_view name) {
    const auto found =
        std::find_if(std::begin(names), std::end(names), [&](const Named& n) { return n.name == name; });
    if (found == std::end(names)) return std::nullopt;
    return found->key;
}

std::optional<Move> move_of(KeypadKey key) {
    switch (key) {
    case KeypadKey::up:
        return Move::up;
    case KeypadKey::down:
        return Move::down;
    case KeypadKey::left:
        return Move::left;
    case KeypadKey::right:
        return Move::right;
    case KeypadKey::next:
        return Move::next;
    case KeypadKey::previous:
        return Move::previous;
    case KeypadKey::first:
        return Move::first;
    case KeypadKey::last:
        return Move::last;
    default:
        return std::nullopt;
    }
}

bool is_window_key(std::string_view name) {
    if (name.size() == 1) return (name[0] >= 'a' && name[0] <= 'z') || (name[0] >= '0' && name[0] <= '9');
    if (name.starts_with("kp_") && is_number(name.substr(3), 0, 9)) return true;
    if (name.starts_with("code_")) return is_number(name.substr(5), 1, 255);
    if (name.starts_with("f") && is_number(name.substr(1), 1, 24)) return true;
    return std::find(std::begin(named_window_keys), std::end(named_window_keys), name) !=
           std::end(named_window_keys);
}

KeypadTable KeypadTable::usual() {
    KeypadTable table;
    table.keys_ = {
        {"up", KeypadKey::up},           {"down", KeypadKey::down},      {"left", KeypadKey::left},
        {"right", KeypadKey::right},     {"tab", KeypadKey::next},       {"shift+tab", KeypadKey::previous},
        {"home", KeypadKey::first},      {"end", KeypadKey::last},       {"enter", KeypadKey::select},
        {"kp_enter", KeypadKey::select}, {"space", KeypadKey::select},   {"escape", KeypadKey::back},
        {"f1", KeypadKey::help},         {"f2", KeypadKey::repeat},      {"f3", KeypadKey::listen},
        {"f5", KeypadKey::rate_down},    {"f6", KeypadKey::rate_up},     {"f7", KeypadKey::volume_down},
        {"f8", KeypadKey::volume_up},    {"f15", KeypadKey::headset_in}, {"f16", KeypadKey::headset_out},
    };
    return table;
}

Result<KeypadTable> KeypadTable::from_settings(const std::map<std::string, std::string>& settings) {
    KeypadTable table = usual();
    for (const auto& [window_key, meaning] : settings) {
        if (!is_window_key(window_key))
            return invalid_input("keypad: there is no key \"" + window_key + "\"");
        if (meaning == "none") {
            table.keys_.erase(window_key);
            continue;
        }
        const auto key = keypad_key(meaning);
        if (!key)
            return invalid_input("keypad." + window_key + ": \"" + meaning +
                                 "\" is none of up, down, left, right, next, previous, first, last, select, "
                                 "back, help, listen, repeat, volume_up, volume_down, rate_up, rate_down, "
                                 "headset_in, headset_out, none");
        table.keys_[window_key] = *key;
    }
    return table;
}

std::optional<KeypadKey> KeypadTable::find(std::string_view window_key) const {
    const auto found = keys_.find(window_key);
    if (found == keys_.end()) return std::nullopt;
    return found->second;
}

} // namespace vakant
