#include "core/registration/telephone.h"

#include <array>

#include "core/base/utf8.h"

namespace vakant {
namespace {

struct NumberingPlan {
    std::string_view country;
    std::string_view code;
    std::string_view trunk;        ///< dialled before a number inside the country, "" for none
    std::size_t shortest, longest; ///< digits after code or trunk
};
constexpr std::array<NumberingPlan, 42> plans{{
    {"FI", "358", "0", 5, 12}, {"SE", "46", "0", 7, 10},  {"NO", "47", "", 8, 8},
    {"DK", "45", "", 8, 8},    {"IS", "354", "", 7, 9},   {"EE", "372", "", 7, 8},
    {"LV", "371", "", 8, 8},   {"LT", "370", "0", 8, 8},  {"PL", "48", "", 9, 9},
    {"DE", "49", "0", 6, 13},  {"NL", "31", "0", 9, 9},   {"BE", "32", "0", 8, 9},
    {"FR", "33", "0", 9, 9},   {"ES", "34", "", 9, 9},    {"PT", "351", "", 9, 9},
    {"IT", "39", "", 6, 11},   {"AT", "43", "0", 7, 13},  {"CH", "41", "0", 9, 9},
    {"GB", "44", "0", 9, 10},  {"IE", "353", "0", 7, 9},  {"UA", "380", "0", 9, 9},
    {"RU", "7", "8", 10, 10},  {"BY", "375", "80", 9, 9}, {"RO", "40", "0", 9, 9},
    {"BG", "359", "0", 7, 9},  {"HU", "36", "06", 8, 9},  {"CZ", "420", "", 9, 9},
    {"SK", "421", "0", 9, 9},  {"GR", "30", "", 10, 10},  {"TR", "90", "0", 10, 10},
    {"SY", "963", "0", 8, 9},  {"IQ", "964", "0", 8, 10}, {"IR", "98", "0", 8, 10},
    {"AF", "93", "0", 9, 9},   {"SO", "252", "0", 7, 9},  {"ET", "251", "0", 9, 9},
    {"ER", "291", "0", 7, 7},  {"MA", "212", "0", 9, 9},  {"EG", "20", "0", 8, 10},
    {"IN", "91", "0", 10, 10}, {"PH", "63", "0", 8, 10},  {"VN", "84", "0", 9, 10},
}};
constexpr std::size_t shortest_elsewhere = 7, longest_of_all = 15; ///< E.164, code included

const NumberingPlan* plan_of(std::string_view country) {
    for (const NumberingPlan& plan : plans) {
        if (plan.country == country) return &plan;
    }
    return nullptr;
}

std::optional<std::string> whole_number(const NumberingPlan& plan, std::string_view national) {
    if (national.size() < plan.shortest || national.size() > plan.longest) return std::nullopt;
    return "+" + std::string(plan.code) + std::string(national);
}

std::string_view without_trunk(const NumberingPlan& plan, std::string_view digits) {
    // Where a number without the prefix is as long as one with it, the prefix is part of the number.
    const bool has_it = !plan.trunk.empty() && digits.starts_with(plan.trunk) &&
                        digits.size() >= plan.trunk.size() + plan.shortest;
    return has_it ? digits.substr(plan.trunk.size()) : digits;
}

std::optional<std::string> from_abroad(std::string_view digits) {
    for (const NumberingPlan& plan : plans) {
        if (!digits.starts_with(plan.code)) continue;
        const std::string_view rest = digits.substr(plan.code.size());
        // "+358 (0)40": the prefix of the country itself has no place there, and people write it.
        return whole_number(plan, plan.trunk == "0" ? without_trunk(plan, rest) : rest);
    }
    if (digits.size() < shortest_elsewhere || digits.size() > longest_of_all || digits[0] == '0')
        return std::nullopt;
    return "+" + std::string(digits);
}

} // namespace

std::optional<std::string> normalised_telephone(std::string_view typed, std::string_view country) {
    const std::string european = with_european_digits(typed);
    std::string digits;
    bool has_plus = false;
    for (const char c : trimmed(european)) {
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+' && digits.empty() && !has_plus) {
            has_plus = true;
        } else if (std::string_view(" -()./").find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    if (digits.empty()) return std::nullopt;
    if (has_plus) return from_abroad(digits);
    if (digits.starts_with("00")) return from_abroad(std::string_view(digits).substr(2));
    const NumberingPlan* plan = plan_of(country);
    return plan ? whole_number(*plan, without_trunk(*plan, digits)) : std::nullopt;
}

std::string with_european_digits(std::string_view text) {
    std::string european;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        const bool arabic = c >= 0x660 && c <= 0x669, persian = c >= 0x6f0 && c <= 0x6f9;
        append_utf8(european, arabic ? U'0' + (c - 0x660) : persian ? U'0' + (c - 0x6f0) : c);
    }
    return european;
}

} // namespace vakant
