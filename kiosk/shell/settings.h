// What the kiosk is told at its start: the settings file, then the options, which win. Used by main.cpp.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/http/http.h"
#include "kiosk/app/app.h"
#include "kiosk/input/keypad.h"
#include "kiosk/input/scanner.h"
#include "kiosk/print/printer.h"
#include "kiosk/shell/display_size.h"
#include "kiosk/shell/window.h"

namespace vakant {

struct KioskSettings {
    AppSettings app;
    WindowOptions window;
    DisplaySettings display;
    std::filesystem::path data = "/var/lib/vakant-kiosk";
    std::string backend_url;
    std::filesystem::path authority;           ///< PEM; empty: the system's
    HttpProxy proxy;                           ///< [network]
    std::filesystem::path control;             ///< socket; empty: none
    SpeechOutput speech;                       ///< [speech]
    PrinterSettings printer;                   ///< [printer] in the file
    std::filesystem::path stick;               ///< [stick] folder; empty: none
    KeypadTable keypad = KeypadTable::usual(); ///< [keypad]
    ScannerSettings scanner;                   ///< [scanner]
    bool answers_in_json = false;
};

/// What the command line asked for. `finished`: help or version was printed, leave with `exit_code`.
struct CommandLine {
    KioskSettings settings;
    bool finished = false;
    int exit_code = 0;
};
/// A wrong option, an unreadable file, a bad setting: an error that says which, where and why; `wrong_use`
/// tells exit code 2 from 1.
struct SettingsError {
    Error error;
    bool wrong_use = true;
};
std::variant<CommandLine, SettingsError> read_command_line(int argc, char** argv);

/// One settings file, for tests: keys that nobody knows and values of the wrong type are refused with their
/// line.
Outcome read_settings_file(const std::filesystem::path& file, KioskSettings& to);

} // namespace vakant
