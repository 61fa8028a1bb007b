// The commands of `vakant`. Each adds itself to the command line and, when it was chosen, sets how the
// program ends.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "core/base/result.h"

namespace vakant::tool {

/// How the program ends.
enum class Ending { done = 0, refused = 1, wrong_use = 2 };

void add_skills_commands(CLI::App& app, Ending& ending);
void add_form_commands(CLI::App& app, Ending& ending);
void add_brand_commands(CLI::App& app, Ending& ending);
void add_strings_commands(CLI::App& app, Ending& ending);
void add_audit_commands(CLI::App& app, Ending& ending);
void add_logic_command(CLI::App& app, Ending& ending);

/// "vakant: <what>" on standard error.
Ending complain(Ending ending, const std::string& what);

/// A whole file; "-" is standard input.
Result<std::string> read_argument_file(const std::string& path);

} // namespace vakant::tool
