#include <catch2/catch.hpp>

#include <set>

#include "core/audit/audit.h"
#include "tests/places.h"

using namespace vakant;

namespace {

struct Row {
    std::int64_t number = 0;
    UtcMs at = 0;
    std::string event, subject;
    Bytes digest;
};

std::vector<Row> chain_of(int length) {
    std::vector<Row> rows;
    Bytes previous;
    for (int number = 1; number <= length; ++number) {
        Row row{number, 1'000 * number, "sealed", "item-" + std::to_string(number), {}};
        const Digest digest = audit_digest(previous, row.number, row.at, {row.event, row.subject});
        row.digest = previous = Bytes(digest.begin(), digest.end());
        rows.push_back(row);
    }
    return rows;
}

std::string problem_of(const std::vector<Row>& rows) {
    AuditCheck check;
    for (const Row& row : rows) {
        const Outcome next = check.next(row.number, row.at, {row.event, row.subject}, row.digest);
        if (!next.ok()) return next.error().detail;
    }
    return "";
}

} // namespace

TEST_CASE("a chain in which anything was changed, added, taken out or moved breaks at that row") {
    REQUIRE(start_crypto().ok());
    const std::vector<Row> whole = chain_of(5);
    CHECK(problem_of(whole) == "");
    const auto changed = [&](const auto& change) {
        std::vector<Row> rows = whole;
        change(rows);
        return problem_of(rows);
    };
    const std::string third = "the audit chain breaks at row 3";
    CHECK(changed([](auto& rows) { rows[2].event = "purged"; }) == third);
    CHECK(changed([](auto& rows) { rows[2].subject += "1"; }) == third);
    CHECK(changed([](auto& rows) { rows[2].at += 1; }) == third);
    CHECK(changed([](auto& rows) { rows[2].digest[0] ^= 1; }) == third);
    CHECK(changed([](auto& rows) { rows[2].digest.clear(); }) == third);
    CHECK(changed([](auto& rows) { rows.erase(rows.begin() + 2); }) == third);
    CHECK(changed([](auto& rows) { std::swap(rows[2], rows[3]); }) == third);
    CHECK(changed([](auto& rows) { rows.insert(rows.begin() + 2, rows[1]); }) == third);
    CHECK(changed([](auto& rows) { rows.erase(rows.begin()); }) == "the audit chain breaks at row 1");
}

TEST_CASE("texts that run into each other make different rows") {
    REQUIRE(start_crypto().ok());
    CHECK(audit_digest({}, 1, 0, {"ab", "c"}) != audit_digest({}, 1, 0, {"a", "bc"}));
    CHECK(audit_digest({}, 1, 0, {"ab", ""}) != audit_digest({}, 1, 0, {"", "ab"}));
    CHECK(audit_digest({}, 1, 0, {"a"}) != audit_digest({}, 1, 0, {"a", ""}));
}

TEST_CASE("rows of before the chain began stand before it and are counted") {
    REQUIRE(start_crypto().ok());
    AuditCheck check;
    CHECK(check.next(1, 5, {"agency_added"}, {}).ok());
    CHECK(check.next(2, 6, {"device_enrolled"}, {}).ok());
    const Digest digest = audit_digest({}, 3, 7, {"device_revoked"});
    CHECK(check.next(3, 7, {"device_revoked"}, digest).ok());
    CHECK(check.before_chain() == 2);
    CHECK(check.rows() == 1);
    CHECK(check.head() == to_hex(digest));
    CHECK_FALSE(check.next(4, 8, {"agency_added"}, {}).ok());
}

TEST_CASE("the list of events has each name once and is the page that describes it") {
    std::set<std::string_view> names;
    for (const AuditEventWords& words : audit_events()) {
        CHECK(names.insert(words.name).second);
        CHECK(name_of(words.event) == words.name);
        CHECK_FALSE(words.meaning.empty());
    }
    // `vakant audit events > docs/audit-events.md` makes it anew.
    CHECK(read_file(source_dir() + "/docs/audit-events.md").value_or("") == audit_events_page());
}
