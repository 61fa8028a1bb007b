// Inputs that once went somewhere new in a reader's code: one file for each reader, one input a line, in
// base64 (URL alphabet), the shortest first. They are tried before anything else and mangled further. Made
// from the project's own seeds, never from reference data.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace vakant::fuzz {

/// No file is an empty corpus; a line that is no input is an error.
Result<std::vector<std::string>> read_corpus(const std::string& reader);
Outcome write_corpus(const std::string& reader, const std::vector<std::string>& inputs);

/// The input that is being tried stands in a file of the build folder (`fuzz/READER.last`), so that whatever
/// ends the program leaves it there.
class LastInput {
public:
    explicit LastInput(const std::string& reader);
    LastInput(const LastInput&) = delete;
    LastInput& operator=(const LastInput&) = delete;
    ~LastInput();
    void note(std::string_view input);

private:
    std::string path_;
    char* bytes_ = nullptr;
};
/// What the last run ended with, for `--again`.
Result<std::string> last_input(const std::string& reader);

} // namespace vakant::fuzz
