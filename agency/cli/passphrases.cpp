#include "agency/cli/passphrases.h"

#include <iostream>
#include <termios.h>
#include <unistd.h>

#include "core/base/bytes.h"

namespace vakant {

namespace {

/// Reads without showing what is typed.
Result<std::string> ask_passphrase(const Invocation& invocation, const char* question) {
    termios shown{};
    if (::tcgetattr(STDIN_FILENO, &shown) != 0)
        return invalid_input("--passphrase-file: needed where there is no terminal to ask on");
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    std::cerr << question << std::flush;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::string line;
    const bool read = static_cast<bool>(std::getline(invocation.in, line));
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
    if (!read) return refused("no passphrase was given");
    return line;
}

Result<std::string> read_passphrase(const std::filesystem::path& file) {
    auto text = read_file(file, 4096);
    if (!text.ok()) return invalid_input("--passphrase-file " + text.error().detail);
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r'))
        text->pop_back();
    return text;
}

} // namespace

Result<std::string> passphrase_of(const Invocation& invocation, const std::filesystem::path& file,
                                  const char* question) {
    return file.empty() ? ask_passphrase(invocation, question) : read_passphrase(file);
}

Result<std::string> new_passphrase(const Invocation& invocation, const std::filesystem::path& file) {
    if (!file.empty()) return read_passphrase(file);
    VAKANT_TRY(first, ask_passphrase(invocation, "Passphrase for the root key: "));
    VAKANT_TRY(second, ask_passphrase(invocation, "The same again: "));
    if (first != second) return refused("the two passphrases differ");
    return first;
}

} // namespace vakant
