#include "core/vacancies/twin_key.h"

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/vacancies/feed_fields.h"

namespace vakant {
namespace {

/// Small letters and digits, words parted by one blank: "Städare – Malmö" is "städare malmö".
std::string bare_words(std::string_view text) {
    std::string out;
    bool between = false;
    const std::string small = lowered(text);
    for (std::size_t at = 0; at < small.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(small, at);
        const bool is_ascii_word = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
        // Beyond ASCII: everything but the Latin-1 signs and general punctuation is a letter of some script.
        const bool is_sign = c < 0xAA || c == 0xAB || (c >= 0xAC && c <= 0xBF) || c == 0xD7 || c == 0xF7 ||
                             (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3004);
        if (!is_ascii_word && is_sign) {
            between = !out.empty();
            continue;
        }
        if (between) out += ' ';
        between = false;
        out.append(small, begin, at - begin);
    }
    return out;
}

/// "FI-1234567-8" and "1234567-8" are the same number.
std::string digits_in(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

std::string day_of_deadline(const Vacancy& vacancy) {
    if (!vacancy.deadline_at) return "";
    // Ends of the same day lie two hours apart at the most from zone to zone, all of them in the evening
    // (UTC).
    constexpr UtcMs ms_per_hour = 3'600'000;
    const CivilDate day = civil_date(*vacancy.deadline_at - 6 * ms_per_hour);
    return std::to_string(day.year) + "-" + std::to_string(day.month) + "-" + std::to_string(day.day);
}

} // namespace

std::string twin_key_of(const Vacancy& vacancy) {
    if (vacancy.texts.empty() || vacancy.places.empty()) return "";
    const Place& place = vacancy.places.front();
    const std::string title = bare_words(vacancy.texts.front().title);
    const std::string employer = digits_in(vacancy.organisation_number);
    const std::string municipality = bare_words(place.municipality.empty() ? place.city : place.municipality);
    if (title.empty() || employer.size() < 6 || municipality.empty()) return "";
    return blake2b_hex(title + "\n" + employer + "\n" + municipality + "\n" + day_of_deadline(vacancy))
        .substr(0, 32);
}

} // namespace vakant
