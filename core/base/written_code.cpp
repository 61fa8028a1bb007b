#include "core/base/written_code.h"

#include <algorithm>
#include <array>
#include <optional>

namespace vakant {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t data_in_group = 4; ///< characters of five bits
constexpr std::size_t group_length = data_in_group + 1;

/// Times x in GF(32), modulo x^5 + x^2 + 1.
constexpr unsigned times_x(unsigned value) {
    value <<= 1U;
    return (value & 32U) != 0 ? value ^ 0b100101U : value;
}

/// Each place weighs differently, so that one wrong character and two exchanged ones are always found; the
/// group's number comes in, so that exchanged groups are.
unsigned check_of(const std::array<unsigned, data_in_group>& group, std::size_t number) {
    unsigned check = static_cast<unsigned>(number % 31) + 1;
    for (const unsigned value : group)
        check = times_x(check ^ value);
    return check;
}

std::optional<unsigned> value_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'U') c = 'V';
    const std::size_t at = alphabet.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(at);
}

bool parts_groups(char c) {
    return c == ' ' || c == '-' || c == '\t';
}

std::size_t groups_for(std::size_t size) {
    return (size * 8 + 5 * data_in_group - 1) / (5 * data_in_group);
}

} // namespace

std::string written_code(ByteView secret) {
    std::string out;
    std::size_t bit = 0;
    const auto next_five = [&] {
        unsigned value = 0;
        for (int i = 0; i < 5; ++i, ++bit) {
            const bool set = bit / 8 < secret.size() && ((secret[bit / 8] >> (7 - bit % 8)) & 1) != 0;
            value = (value << 1U) | (set ? 1U : 0U);
        }
        return value;
    };
    for (std::size_t group = 0; group < groups_for(secret.size()); ++group) {
        if (group > 0) out += '-';
        std::array<unsigned, data_in_group> values{};
        for (unsigned& value : values) {
            value = next_five();
            out += alphabet[value];
        }
        out += alphabet[check_of(values, group)];
    }
    return out;
}

ReadCode read_written_code(std::string_view text, std::size_t size) {
    ReadCode out;
    std::vector<unsigned> values;
    const std::size_t groups = groups_for(size);
    for (const char c : text) {
        if (parts_groups(c)) continue;
        const auto value = value_of(c);
        if (!value || values.size() == groups * group_length) {
            out.wrong_group = std::min(values.size() / group_length + 1, groups);
            return out;
        }
        values.push_back(*value);
    }
    Bytes secret(size);
    bool spare_bits = false;
    for (std::size_t group = 0; (group + 1) * group_length <= values.size(); ++group) {
        std::array<unsigned, data_in_group> here{};
        for (std::size_t i = 0; i < data_in_group; ++i) {
            here[i] = values[group * group_length + i];
            for (std::size_t k = 0; k < 5; ++k) {
                if (((here[i] >> (4 - k)) & 1U) == 0) continue;
                const std::size_t bit = (group * data_in_group + i) * 5 + k;
                if (bit / 8 < size) {
                    secret[bit / 8] |= static_cast<std::uint8_t>(1U << (7 - bit % 8));
                } else {
                    spare_bits = true;
                }
            }
        }
        if (check_of(here, group) != values[group * group_length + data_in_group] || spare_bits) {
            out.wrong_group = group + 1;
            return out;
        }
    }
    out.is_too_short = values.size() < groups * group_length;
    if (!out.is_too_short) out.secret = std::move(secret);
    return out;
}

} // namespace vakant
