// Byte strings, their text forms, and reading and writing whole files. Anybody may use it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace vakant {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(std::string_view text) {
    const ByteView view = as_bytes(text);
    return {view.begin(), view.end()};
}

std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);
std::string to_base64url(ByteView bytes); ///< RFC 4648 section 5, without padding
Result<Bytes> from_base64url(std::string_view text);

/// The whole file. `most` bytes at the most: a larger file is refused.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t most = 256u << 20);

/// The names in a folder, sorted; not_found where there is no such folder. (What the standard library has for
/// this ends the program where there is no memory for a path.)
Result<std::vector<std::string>> names_in(const std::filesystem::path& folder);

/// Writes beside, syncs, renames, syncs the folder: afterwards the file is wholly the old or wholly the new
/// one. `mode` is the file's permission bits.
Outcome write_file_durably(const std::filesystem::path& path, std::string_view content, unsigned mode = 0644);

} // namespace vakant
