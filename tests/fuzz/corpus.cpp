#include "tests/fuzz/corpus.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/bytes.h"
#include "tests/places.h"

namespace vakant::fuzz {
namespace {

constexpr std::size_t longest_input = std::size_t{16} << 20;
constexpr std::size_t length_digits = 8; ///< in front of the input

std::string corpus_file(const std::string& reader) {
    return source_dir() + "/tests/fuzz/corpus/" + reader + ".txt";
}
std::string last_file(const std::string& reader) {
    return bin_dir() + "/../fuzz/" + reader + ".last";
}

} // namespace

Result<std::vector<std::string>> read_corpus(const std::string& reader) {
    std::vector<std::string> inputs;
    std::ifstream file(corpus_file(reader));
    for (std::string line; std::getline(file, line);) {
        const auto bytes = from_base64url(line);
        if (!bytes.ok())
            return invalid_input(corpus_file(reader) + ":" + std::to_string(inputs.size() + 1) + ": " +
                                 bytes.error().detail);
        inputs.emplace_back(as_text(*bytes));
    }
    return inputs;
}

Outcome write_corpus(const std::string& reader, const std::vector<std::string>& inputs) {
    std::filesystem::create_directories(std::filesystem::path(corpus_file(reader)).parent_path());
    std::ofstream file(corpus_file(reader));
    for (const std::string& input : inputs)
        file << to_base64url(as_bytes(input)) << '\n';
    if (!file.flush()) return Error{ErrorKind::unavailable, corpus_file(reader) + " cannot be written"};
    return done();
}

LastInput::LastInput(const std::string& reader) : path_(last_file(reader)) {
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path());
    const int file = open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return;
    if (ftruncate(file, static_cast<off_t>(longest_input)) == 0) {
        void* mapped = mmap(nullptr, longest_input, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) bytes_ = static_cast<char*>(mapped);
    }
    close(file);
}

/// Whoever comes here was not ended by an input.
LastInput::~LastInput() {
    if (bytes_ != nullptr) munmap(bytes_, longest_input);
    std::filesystem::remove(path_);
}

void LastInput::note(std::string_view input) {
    if (bytes_ == nullptr || input.size() > longest_input - length_digits) return;
    char digits[length_digits + 1];
    std::snprintf(digits, sizeof digits, "%08zu", input.size());
    std::memcpy(bytes_, digits, length_digits);
    std::memcpy(bytes_ + length_digits, input.data(), input.size());
}

Result<std::string> last_input(const std::string& reader) {
    auto text = read_file(last_file(reader));
    if (!text.ok()) return text;
    if (text->size() < length_digits) return invalid_input(last_file(reader) + " is no input");
    return text->substr(length_digits, std::strtoull(text->substr(0, length_digits).c_str(), nullptr, 10));
}

} // namespace vakant::fuzz
