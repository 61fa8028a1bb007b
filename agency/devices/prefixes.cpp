#include <set>

#include "agency/devices/devices.h"

namespace vakant {

namespace {

constexpr std::string_view consonants = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::uint64_t prefix_count = 20 * 20 * 20;

std::string prefix_numbered(std::uint64_t number) {
    return {consonants[number / 400 % 20], consonants[number / 20 % 20], consonants[number % 20]};
}

} // namespace

Result<std::string> take_prefix(Connection& connection, std::string_view agency, std::string_view device,
                                Random& random) {
    std::set<std::string> used;
    VAKANT_CHECK(connection.query("SELECT prefix FROM used_prefixes", {}, [&](const Row& row) {
        used.insert(row.text(0));
        return done();
    }));
    const std::uint64_t start = random.number(prefix_count);
    for (std::uint64_t i = 0; i < prefix_count; ++i) {
        std::string prefix = prefix_numbered((start + i) % prefix_count);
        if (used.contains(prefix)) continue;
        VAKANT_TRY(added,
                   connection.run("INSERT INTO used_prefixes (prefix, agency_id, device_id) VALUES (?, ?, ?)",
                                  {prefix, std::string(agency), std::string(device)}));
        (void)added;
        return prefix;
    }
    return refused("every prefix of reference numbers has been given to some device");
}

} // namespace vakant
