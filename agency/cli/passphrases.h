// Passphrases as commands ask for them: from a file, or typed without being shown. agency/cli alone uses it.
#pragma once

#include <filesystem>
#include <string>

#include "agency/cli/commands.h"

namespace vakant {

/// Of a file that exists already. invalid_input: no file is named and there is no terminal to ask on.
Result<std::string> passphrase_of(const Invocation& invocation, const std::filesystem::path& file,
                                  const char* question);
/// For a new file: typed twice. refused: they differ.
Result<std::string> new_passphrase(const Invocation& invocation, const std::filesystem::path& file);

} // namespace vakant
