#include "kiosk/speech/recording.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/bytes.h"

namespace vakant {
namespace {

constexpr std::size_t longest_file = 16u << 20;

std::uint32_t number_at(std::string_view text, std::size_t at, std::size_t bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) << (8 * i);
    return number;
}

struct Chunk {
    std::size_t first = 0, size = 0;
};

/// Of a RIFF file, by its four letters; none where it is missing or cut short.
std::optional<Chunk> find_chunk(std::string_view file, std::string_view name) {
    for (std::size_t at = 12; at + 8 <= file.size();) {
        const std::size_t size = number_at(file, at + 4, 4);
        if (size > file.size() - at - 8) return std::nullopt;
        if (file.substr(at, 4) == name) return Chunk{at + 8, size};
        at += 8 + size + size % 2;
    }
    return std::nullopt;
}

} // namespace

Result<std::string> recording_at_volume(const std::filesystem::path& file, int percent) {
    VAKANT_TRY(text, read_file(file, longest_file));
    const bool is_wav = text.size() > 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WAVE";
    if (!is_wav) return invalid_input(file.string() + ": is no WAV file");
    const auto format = find_chunk(text, "fmt "), samples = find_chunk(text, "data");
    if (!format || format->size < 16 || !samples)
        return invalid_input(file.string() + ": has no format or no samples");
    constexpr std::uint32_t plain_samples = 1;
    if (number_at(text, format->first, 2) != plain_samples || number_at(text, format->first + 14, 2) != 16)
        return invalid_input(file.string() + ": its samples are not of 16 bits");
    for (std::size_t at = samples->first; at + 2 <= samples->first + samples->size; at += 2) {
        const auto sample = static_cast<std::int16_t>(number_at(text, at, 2));
        const int louder = std::clamp(sample * percent / 100, -32'768, 32'767);
        text[at] = static_cast<char>(louder & 0xFF);
        text[at + 1] = static_cast<char>((louder >> 8) & 0xFF);
    }
    return text;
}

} // namespace vakant
