// What people compare, say and read aloud: the six words of enrolment and reference numbers.
#include <algorithm>

#include "core/envelope/canonical.h"
#include "core/envelope/envelope.h"
#include "core/envelope/words.h"

namespace vakant {
namespace {

constexpr std::size_t words_compared = 6;
constexpr unsigned bits_of_word = 11;
constexpr std::string_view consonants =
    "BCDFGHJKLMNPQRSTVWXZ"; ///< 20 letters: no vowels, so no words by chance
constexpr std::size_t prefix_length = 3;
constexpr std::size_t least_digits = 4;
/// A prime number of them, larger than the number of letters, so that no two letters count the same.
constexpr std::string_view check_letters = "BCDFGHJKLMNPQRSTVWXZAEU";

/// Weighted sum modulo a prime, with weights that differ from place to place: one wrong character, or two
/// neighbours exchanged, shows.
char check_character(std::string_view prefix, std::string_view digits) {
    constexpr auto modulus = static_cast<unsigned>(check_letters.size());
    unsigned sum = 0;
    unsigned weight = 1;
    const auto add = [&](unsigned value) {
        sum = (sum + value * weight) % modulus;
        weight = weight % (modulus - 1) + 1;
    };
    for (const char letter : prefix)
        add(static_cast<unsigned>(consonants.find(letter)));
    for (const char digit : digits)
        add(static_cast<unsigned>(digit - '0'));
    return check_letters[sum];
}

} // namespace

std::vector<std::string> enrolment_words(std::string_view device_id, const PublicKey& device_key,
                                         std::vector<RootToPin> roots) {
    std::sort(roots.begin(), roots.end(),
              [](const RootToPin& a, const RootToPin& b) { return a.agency < b.agency; });
    const Digest digest = blake2b(canonical::enrolment(device_id, device_key, roots));
    std::vector<std::string> words;
    unsigned bits = 0;
    unsigned have = 0;
    for (std::size_t at = 0; words.size() < words_compared; ++at) {
        bits = bits << 8 | digest[at];
        have += 8;
        if (have < bits_of_word) continue;
        have -= bits_of_word;
        words.emplace_back(enrolment_word_list[bits >> have & 2047u]);
        bits &= (1u << have) - 1;
    }
    return words;
}

Bytes token_request_bytes(std::string_view device_id, std::string_view device_code,
                          const std::vector<std::string>& words) {
    return canonical::token_request(device_id, device_code, words);
}

Bytes token_renewal_bytes(std::string_view device_id, std::string_view nonce, UtcMs time) {
    return canonical::token_renewal(device_id, nonce, time);
}

std::string reference_number(std::string_view device_prefix, std::int64_t counter) {
    std::string digits = std::to_string(counter);
    if (digits.size() < least_digits) digits.insert(0, least_digits - digits.size(), '0');
    return std::string(device_prefix) + "-" + digits + "-" + check_character(device_prefix, digits);
}

bool is_reference_number(std::string_view text) {
    if (text.size() < prefix_length + 1 + least_digits + 2) return false;
    const std::string_view prefix = text.substr(0, prefix_length);
    const std::string_view digits = text.substr(prefix_length + 1, text.size() - prefix_length - 3);
    const bool letters_fit = std::all_of(prefix.begin(), prefix.end(), [](char letter) {
        return consonants.find(letter) != std::string_view::npos;
    });
    const bool digits_fit =
        std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
    return letters_fit && digits_fit && text[prefix_length] == '-' && text[text.size() - 2] == '-' &&
           text.back() == check_character(prefix, digits);
}

} // namespace vakant
