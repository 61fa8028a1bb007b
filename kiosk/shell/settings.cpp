#include "kiosk/shell/settings.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <toml++/toml.h>

#ifndef VAKANT_SOURCE_ASSETS
#define VAKANT_SOURCE_ASSETS "assets"
#endif

namespace vakant {
namespace {

constexpr std::string_view default_settings_file = "/etc/vakant/kiosk.toml";
constexpr std::string_view program_version = "0.1.0";

std::optional<Theme> theme_named(std::string_view name) {
    if (name == "light") return Theme::light;
    if (name == "high_contrast" || name == "high-contrast") return Theme::high_contrast;
    if (name == "dark") return Theme::dark;
    return std::nullopt;
}

constexpr double nowhere = 1000; ///< no degree

/// Options and the file say the same things under the same names; the file's are read first.
struct Words {
    std::string backend, authority, assets, data, language, theme, renderer, staff_code, brand, zone,
        speech_output;
    std::string stick;
    std::string proxy, no_proxy;
    std::string printer, paper; ///< CUPS' queue; "receipt" or "a4"
    std::string start_page, control, windowed;
    std::map<std::string, std::string> keypad; ///< key of the window -> what it means
    std::string scanner_prefix, speech_device;
    std::string speech_heard_by; ///< "everybody" or "headset"
    std::string day;
    std::int64_t scanner_gap_ms = ScannerSettings().gap_ms;
    double text_scale = 1, mm_per_px = 0, width_mm = 0, diagonal = 0;
    std::string brand_file;
    std::string municipality; ///< where the kiosk stands
    double latitude = nowhere, longitude = nowhere;
    bool less_motion = false, double_strike = false;
    std::int64_t idle_seconds = 120, monitor = 0;
    bool portrait = false;
};

Error line_error(const std::filesystem::path& file, const toml::source_region& where, std::string_view what) {
    return invalid_input(file.string() + ":" + std::to_string(where.begin.line) + ": " + std::string(what));
}

template <typename Value>
Outcome take(const toml::node& node, Value& to, const std::filesystem::path& file, std::string_view name,
             std::string_view type) {
    const auto value = node.value<Value>();
    if (!value) {
        return line_error(file, node.source(), "\"" + std::string(name) + "\" must be " + std::string(type));
    }
    to = *value;
    return done();
}

Outcome take_setting(std::string_view name, const toml::node& node, Words& to,
                     const std::filesystem::path& file) {
    const std::pair<std::string_view, std::string*> texts[] = {{"backend", &to.backend},
                                                               {"authority", &to.authority},
                                                               {"assets", &to.assets},
                                                               {"data", &to.data},
                                                               {"language", &to.language},
                                                               {"theme", &to.theme},
                                                               {"renderer", &to.renderer},
                                                               {"staff_code", &to.staff_code},
                                                               {"brand", &to.brand},
                                                               {"zone", &to.zone},
                                                               {"speech_output", &to.speech_output},
                                                               {"start_page", &to.start_page},
                                                               {"brand_file", &to.brand_file}};
    for (const auto& [key, place] : texts) {
        if (key == name) return take(node, *place, file, name, "a text");
    }
    if (name == "text_scale") return take(node, to.text_scale, file, name, "a number");
    if (name == "mm_per_px") return take(node, to.mm_per_px, file, name, "a number");
    if (name == "idle_seconds") return take(node, to.idle_seconds, file, name, "a whole number");
    if (name == "monitor") return take(node, to.monitor, file, name, "a whole number");
    if (name == "portrait") return take(node, to.portrait, file, name, "true or false");
    if (name == "less_motion") return take(node, to.less_motion, file, name, "true or false");
    return line_error(file, node.source(), "there is no setting \"" + std::string(name) + "\"");
}

/// [network], [display], [touch], [keypad], [scanner], [speech], [printer], [stick], [day] and [place].
Outcome take_table_setting(std::string_view table, std::string_view name, const toml::node& node, Words& to,
                           const std::filesystem::path& file) {
    if (table == "place" && name == "municipality")
        return take(node, to.municipality, file, "place.municipality", "a text");
    if (table == "place" && name == "latitude")
        return take(node, to.latitude, file, "place.latitude", "a number");
    if (table == "place" && name == "longitude")
        return take(node, to.longitude, file, "place.longitude", "a number");
    if (table == "display" && name == "width_mm") return take(node, to.width_mm, file, name, "a number");
    if (table == "display" && name == "diagonal") return take(node, to.diagonal, file, name, "a number");
    if (table == "touch" && name == "double_strike")
        return take(node, to.double_strike, file, name, "true or false");
    if (table == "keypad")
        return take(node, to.keypad[std::string(name)], file, "keypad." + std::string(name), "a text");
    if (table == "speech" && name == "device")
        return take(node, to.speech_device, file, "speech.device", "a text");
    if (table == "speech" && name == "heard_by") {
        VAKANT_CHECK(take(node, to.speech_heard_by, file, "speech.heard_by", "a text"));
        if (to.speech_heard_by == "everybody" || to.speech_heard_by == "headset") return done();
        return line_error(file, node.source(), "\"speech.heard_by\" must be \"everybody\" or \"headset\"");
    }
    if (table == "scanner" && name == "prefix")
        return take(node, to.scanner_prefix, file, "scanner.prefix", "a text");
    if (table == "scanner" && name == "gap_ms")
        return take(node, to.scanner_gap_ms, file, "scanner.gap_ms", "a whole number");
    if (table == "network" && name == "proxy") return take(node, to.proxy, file, "network.proxy", "a text");
    if (table == "network" && name == "no_proxy")
        return take(node, to.no_proxy, file, "network.no_proxy", "a text");
    if (table == "stick" && name == "folder") return take(node, to.stick, file, "stick.folder", "a text");
    if (table == "printer" && name == "queue") return take(node, to.printer, file, "printer.queue", "a text");
    if (table == "printer" && name == "paper") {
        VAKANT_CHECK(take(node, to.paper, file, "printer.paper", "a text"));
        if (to.paper == "receipt" || to.paper == "a4") return done();
        return line_error(file, node.source(), "\"printer.paper\" must be \"receipt\" or \"a4\"");
    }
    if (table == "day" && name == "id") return take(node, to.day, file, "day.id", "a text");
    return line_error(file, node.source(),
                      "there is no setting \"" + std::string(table) + "." + std::string(name) + "\"");
}

Outcome read_words(const std::filesystem::path& file, Words& to) {
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& problem) {
        if (problem.source().begin.line == 0) return not_found(file.string() + ": cannot be read");
        return line_error(file, problem.source(), problem.description());
    }
    for (const auto& [key, node] : table) {
        if (const toml::table* inner = node.as_table()) {
            for (const auto& [name, value] : *inner)
                VAKANT_CHECK(take_table_setting(key.str(), name.str(), value, to, file));
            continue;
        }
        VAKANT_CHECK(take_setting(key.str(), node, to, file));
    }
    return done();
}

Result<WindowOptions::Size> size_of(const std::string& text, bool portrait) {
    if (text.empty()) return portrait ? WindowOptions::Size{1080, 1920} : WindowOptions::Size{1920, 1080};
    const std::size_t x = text.find('x');
    WindowOptions::Size size;
    const auto number = [&](std::string_view part, int& to) {
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), to);
        return problem == std::errc() && end == part.data() + part.size() && to >= 320 && to <= 8192;
    };
    const std::string_view view = text;
    if (x == std::string::npos || !number(view.substr(0, x), size.width) ||
        !number(view.substr(x + 1), size.height)) {
        return invalid_input("--windowed " + text + ": must be WIDTHxHEIGHT in pixels, each 320 to 8192");
    }
    return size;
}

std::filesystem::path find_assets(const std::string& asked) {
    if (!asked.empty()) return asked;
    if (std::filesystem::exists("/usr/share/vakant/strings")) return "/usr/share/vakant";
    return VAKANT_SOURCE_ASSETS;
}

/// It travels with every registration and is read by people and programs: short and plain.
bool is_day_id(std::string_view id) {
    return id.size() <= 64 && std::ranges::all_of(id, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

Outcome check_numbers(const Words& words) {
    if (words.text_scale < 0.5 || words.text_scale > 2.5) {
        return invalid_input("text_scale must lie between 0.5 and 2.5");
    }
    if (words.mm_per_px != 0 && (words.mm_per_px < 0.05 || words.mm_per_px > 2))
        return invalid_input("mm_per_px must lie between 0.05 and 2");
    if (words.idle_seconds < 30 || words.idle_seconds > 3600) {
        return invalid_input("idle_seconds must lie between 30 and 3600");
    }
    if (!is_day_id(words.day))
        return invalid_input("day.id must be of at most 64 letters a to z, digits, - _ and .");
    return done();
}

Outcome apply_place(const Words& words, KioskSettings& to) {
    to.app.stands_at.municipality = words.municipality;
    if (words.latitude == nowhere && words.longitude == nowhere) return done();
    if (words.latitude < -90 || words.latitude > 90 || words.longitude < -180 || words.longitude > 180)
        return invalid_input("place: latitude must lie between -90 and 90, longitude between -180 and 180, "
                             "and one is not known without the other");
    to.app.stands_at.point = GeoPoint{words.latitude, words.longitude};
    return done();
}

Outcome apply_network(const Words& words, KioskSettings& to) {
    to.app.backend_named = !words.backend.empty();
    to.backend_url = words.backend;
    to.authority = words.authority;
    if (!words.authority.empty() && !std::filesystem::exists(words.authority)) {
        return not_found("authority " + words.authority + ": there is no such file");
    }
    to.proxy = {words.proxy, words.no_proxy};
    const Outcome proxy = check_proxy(to.proxy);
    return proxy.ok() ? done() : Outcome(at("network.proxy", proxy.error()));
}

Outcome apply_keys(const Words& words, KioskSettings& to) {
    VAKANT_TRY(keypad, KeypadTable::from_settings(words.keypad));
    to.keypad = std::move(keypad);
    if (words.scanner_gap_ms < 0 || words.scanner_gap_ms > 60)
        return invalid_input("scanner.gap_ms must lie between 0 and 60: people type slower than that");
    if (!words.scanner_prefix.empty() && !is_window_key(words.scanner_prefix))
        return invalid_input("scanner.prefix: there is no key \"" + words.scanner_prefix + "\"");
    to.scanner = {words.scanner_gap_ms, words.scanner_prefix};
    return done();
}

Outcome apply_window(const Words& words, bool windowed, KioskSettings& to) {
    to.window.renderer = words.renderer == "gl" ? Renderer::gl : Renderer::cpu;
    if (words.renderer != "gl" && words.renderer != "cpu" && !words.renderer.empty()) {
        return invalid_input("renderer \"" + words.renderer + "\": must be cpu or gl");
    }
    to.window.monitor = static_cast<int>(words.monitor);
    to.window.hide_pointer = !windowed;
    to.window.title = to.app.brand;
    to.window.compose_file = to.app.assets / "input" / "compose";
    if (windowed) {
        VAKANT_TRY(size, size_of(words.windowed, words.portrait));
        to.window.windowed = size;
    }
    return done();
}

Outcome read_brand(const std::string& file, KioskSettings& to) {
    if (file.empty()) return done();
    VAKANT_TRY(text, read_file(file, 1u << 20));
    const auto json = parse_json(text);
    if (!json.ok()) return at(file, json.error());
    auto brand = parse_brand(*json);
    if (!brand.ok()) return at(file, brand.error());
    to.app.brand = brand->name;
    to.app.look = std::move(*brand);
    return done();
}

Outcome apply(const Words& words, bool windowed, KioskSettings& to) {
    VAKANT_CHECK(check_numbers(words));
    to.app.assets = find_assets(words.assets);
    to.app.ui.language = words.language.empty() ? "fi" : words.language;
    if (!std::filesystem::exists(to.app.assets / "strings" / (to.app.ui.language + ".json"))) {
        return not_found("language \"" + to.app.ui.language + "\": no " +
                         (to.app.assets / "strings" / (to.app.ui.language + ".json")).string());
    }
    const auto theme = theme_named(words.theme.empty() ? "light" : words.theme);
    if (!theme) return invalid_input("theme \"" + words.theme + "\": must be light, high_contrast or dark");
    to.app.ui.theme = *theme;
    to.app.ui.text_scale = static_cast<float>(words.text_scale);
    const auto given = [](double value) { return value == 0 ? std::nullopt : std::optional(value); };
    to.display = {given(words.width_mm), given(words.diagonal), given(words.mm_per_px)};
    to.app.ui.less_motion = words.less_motion;
    to.app.ui.double_strike_ms = words.double_strike ? 500 : 0;
    VAKANT_CHECK(read_brand(words.brand_file, to));
    if (!words.start_page.empty()) {
        to.app.start_page = start_page_named(words.start_page);
        if (!to.app.start_page)
            return invalid_input("start page \"" + words.start_page + "\": there is no such page");
    }
    if (!words.brand.empty()) to.app.brand = words.brand;
    if (!words.zone.empty()) to.app.zone = words.zone;
    to.app.staff_code = words.staff_code;
    to.app.idle_ms = words.idle_seconds * 1000;
    to.app.program_version = program_version;
    to.printer.queue = words.printer;
    to.printer.paper = words.paper == "a4" ? Paper::a4 : Paper::receipt_80mm;
    to.app.has_printer = to.printer.is_there();
    to.stick = words.stick;
    to.app.has_stick = !words.stick.empty();
    if (!words.data.empty()) to.data = words.data;
    VAKANT_CHECK(apply_network(words, to));
    to.control = words.control;
    to.speech.folder = words.speech_output;
    if (!words.speech_device.empty()) to.speech.device = words.speech_device;
    to.app.on_loudspeaker = words.speech_heard_by != "headset";
    to.app.day = words.day;
    VAKANT_CHECK(apply_place(words, to));
    VAKANT_CHECK(apply_keys(words, to));
    return apply_window(words, windowed, to);
}

/// Each option replaces the file's setting of the same name, once the file was read: call what is returned
/// then.
std::vector<std::function<void()>> add_options(CLI::App& cli, Words& given, Words& words) {
    std::vector<std::function<void()>> takers;
    const auto option = [&](const char* name, auto Words::*place, const char* help, const char* type) {
        CLI::Option* added = cli.add_option(name, given.*place, help)->type_name(type);
        takers.push_back([&words, &given, added, place] {
            if (added->count() > 0) words.*place = given.*place;
        });
    };
    option("--data", &Words::data, "Folder for what the kiosk keeps", "DIR");
    option("--assets", &Words::assets, "Folder with strings, forms and tests", "DIR");
    option("--backend", &Words::backend, "Address of the agency's backend", "URL");
    option("--authority", &Words::authority, "PEM file of the authority that signs the backend's certificate",
           "FILE");
    option("--renderer", &Words::renderer, "cpu (default) or gl", "NAME");
    option("--control", &Words::control, "Socket for scripts and tests; never in the kiosk service",
           "SOCKET");
    option("--language", &Words::language,
           "Language that every visit begins with: fi, fi-simple, sv, nb, en, uk, ru, ar", "CODE");
    option("--start-page", &Words::start_page, "attract, home, vacancies, registration, skills, about, staff",
           "PAGE");
    option("--theme", &Words::theme, "light, high_contrast or dark", "NAME");
    option("--text-scale", &Words::text_scale, "0.75, 1, 1.33 or 1.75", "NUMBER");
    option("--mm-per-px", &Words::mm_per_px, "Size of a pixel of the screen", "NUMBER");
    option("--speech-output", &Words::speech_output, "Write speech as WAV files instead of playing it",
           "DIR");
    option("--staff-code", &Words::staff_code, "Code that opens the staff page", "CODE");
    option("--monitor", &Words::monitor, "Which monitor, counted from 0", "NUMBER");
    return takers;
}

} // namespace

Outcome read_settings_file(const std::filesystem::path& file, KioskSettings& to) {
    Words words;
    VAKANT_CHECK(read_words(file, words));
    return apply(words, false, to);
}

std::variant<CommandLine, SettingsError> read_command_line(int argc, char** argv) {
    CommandLine line;
    Words words, given;
    std::string config;
    CLI::App cli("The Vakant kiosk: vacancies, registration and skills tests, with or without a network.",
                 "vakant-kiosk");
    cli.set_version_flag("--version", "vakant-kiosk " + std::string(program_version));
    auto* windowed =
        cli.add_option("--windowed", given.windowed, "In a window (default 1920x1080) instead of full screen")
            ->expected(0, 1)
            ->type_name("WxH");
    cli.add_option("--config", config, "Settings file (default /etc/vakant/kiosk.toml where it exists)")
        ->type_name("FILE");
    const std::vector<std::function<void()>> takers = add_options(cli, given, words);
    auto* portrait =
        cli.add_flag("--portrait", given.portrait, "Higher than wide (1080x1920 with --windowed)");
    cli.add_flag("--json", line.settings.answers_in_json, "Errors as JSON on one line");
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        if (problem.get_exit_code() == 0) {
            line.finished = true;
            cli.exit(problem, std::cout, std::cerr);
            return line;
        }
        return SettingsError{invalid_input(problem.what()), true};
    }
    if (config.empty() && std::filesystem::exists(default_settings_file)) config = default_settings_file;
    if (!config.empty()) {
        if (const Outcome read = read_words(config, words); !read.ok())
            return SettingsError{read.error(), false};
    }
    for (const auto& taker : takers)
        taker();
    words.windowed = given.windowed;
    if (portrait->count() > 0) words.portrait = true;
    if (const Outcome outcome = apply(words, windowed->count() > 0, line.settings); !outcome.ok()) {
        return SettingsError{outcome.error(), outcome.error().kind == ErrorKind::invalid_input};
    }
    return line;
}

} // namespace vakant
