#include <algorithm>
#include <map>

#include "agency/devices/devices.h"

namespace vakant {

namespace {

constexpr std::string_view consonants = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::uint64_t prefix_count = 20 * 20 * 20;

std::string prefix_numbered(std::uint64_t number) {
    return {consonants[number / 400 % 20], consonants[number / 20 % 20], consonants[number % 20]};
}

bool is_prefix(std::string_view text) {
    return text.size() == 3 && text.find_first_not_of(consonants) == std::string_view::npos;
}

} // namespace

Result<std::string> take_prefix(Connection& connection, std::string_view agency, std::string_view device,
                                std::string_view wanted, Random& random) {
    std::map<std::string, std::string, std::less<>> used; // by whom
    VAKANT_CHECK(connection.query("SELECT prefix, device_id FROM used_prefixes", {}, [&](const Row& row) {
        used.emplace(row.text(0), row.text(1));
        return done();
    }));
    const auto take = [&](std::string prefix) -> Result<std::string> {
        VAKANT_TRY(added,
                   connection.run("INSERT INTO used_prefixes (prefix, agency_id, device_id) VALUES (?, ?, ?)",
                                  {prefix, std::string(agency), std::string(device)}));
        (void)added;
        return prefix;
    };
    if (is_prefix(wanted)) {
        const auto whose = used.find(wanted);
        if (whose == used.end()) return take(std::string(wanted));
        if (whose->second == device) return std::string(wanted);
    }
    const std::uint64_t start = random.number(prefix_count);
    for (std::uint64_t i = 0; i < prefix_count; ++i) {
        std::string prefix = prefix_numbered((start + i) % prefix_count);
        if (!used.contains(prefix)) return take(std::move(prefix));
    }
    return refused("every prefix of reference numbers has been given to some device");
}

} // namespace vakant
