#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/json/json.h"
#include "core/skills/typing.h"
#include "tests/places.h"

using namespace vakant;

namespace {

const std::filesystem::path reference = source_dir() + "/../shared/data/skills/typing";

/// Rows of a CSV whose fields may be quoted; lines that start with # are remarks.
std::vector<std::vector<std::string>> csv_rows(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line[0] == '#') continue;
        std::vector<std::string> row(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                row.emplace_back();
            } else {
                row.back() += c;
            }
        }
        rows.push_back(row);
    }
    return rows;
}

TypingTest small_test() {
    TypingTest test;
    test.id = "small";
    test.version = "1";
    test.language = "en";
    test.practice = "go";
    test.passage = "abc def ghi";
    test.seconds = 10;
    test.digest = "d1";
    return test;
}

/// `text` typed from `start` on, a key every 100 ms; `<` is backspace.
TypingSession typed(const std::string& text, std::int64_t start = 5000) {
    TypingSession session(small_test());
    for (const TypedKey& key : keys_from_text(text)) {
        session.press(key.code_point, start);
        start += 100;
    }
    return session;
}

std::string refusal_of(const Json& result) {
    const auto verified = verified_typing_result(result, small_test());
    return verified.ok() ? "accepted" : verified.error().detail;
}

} // namespace

TEST_CASE("typing metrics equal the reference values in every column") {
    const auto file = read_file(reference / "typing_reference.csv");
    if (!file.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    const auto rows = csv_rows(*file);
    REQUIRE(rows.size() == 8);
    const auto& names = rows[0];
    REQUIRE(names.size() == 20);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const Json metrics = to_json(typing_metrics(row[0], keys_from_text(row[1]), std::stod(row[2])));
        REQUIRE(metrics.size() == 17);
        CHECK(metrics["transcribed"].text() == row[3]);
        for (std::size_t column = 4; column < names.size(); ++column) {
            INFO(row[1] << ": " << names[column]);
            REQUIRE(metrics.contains(names[column]));
            CHECK(metrics[names[column]].number_or(-1) == std::stod(row[column]));
        }
    }
}

TEST_CASE("the best prefix equals the reference values") {
    const auto file = read_file(reference / "prefix_reference.csv");
    if (!file.ok()) {
        WARN("skipped: no reference data");
        return;
    }
    const auto rows = csv_rows(*file);
    REQUIRE(rows.size() == 6);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const PrefixMatch match = best_prefix(rows[i][0], rows[i][1]);
        INFO(rows[i][1]);
        CHECK(match.full_msd == std::stoul(rows[i][2]));
        CHECK(match.best_prefix_length == std::stoul(rows[i][3]));
        CHECK(match.prefix_msd == std::stoul(rows[i][4]));
    }
}

TEST_CASE("corrected letters count as fixed errors and the text as right") {
    const TypingMetrics m =
        typing_metrics("the quick brown fox", keys_from_text("the quixck<<<ck brpown fox"), 15);
    CHECK(m.transcribed == "the quick brpown fox");
    CHECK(m.correct == 19);
    CHECK(m.incorrect_not_fixed == 1);
    CHECK(m.incorrect_fixed == 3);
    CHECK(m.fixes == 3);
    CHECK(m.keystrokes_per_character == Approx(1.3));
    CHECK(m.gross_wpm == Approx(16.0));
    CHECK(m.net_wpm_one_per_error == Approx(12.0));
}

TEST_CASE("nothing typed gives zeros and no division by zero") {
    const TypingMetrics m = timed_typing_metrics("abc", {}, 60);
    CHECK(to_json(m).to_text() ==
          "{\"transcribed\":\"\",\"C\":0,\"INF\":0,\"IF\":0,\"F\":0,\"MSD\":0,\"MSD_error_rate\":0.0,"
          "\"uncorrected_ER\":0.0,\"corrected_ER\":0.0,\"total_ER\":0.0,\"KSPC\":0.0,\"gross_WPM\":0.0,"
          "\"text_entry_WPM\":0.0,\"net_WPM_1perErrPerMin\":0.0,\"net_WPM_minus2perError\":0.0,"
          "\"adj_WPM_gross_x_acc\":0.0,\"KPH\":0.0}");
    const TypingMetrics erased = typing_metrics("", keys_from_text("a<<"), 60);
    CHECK(erased.transcribed.empty());
    CHECK(erased.incorrect_fixed == 1);
    CHECK(erased.fixes == 2);
    CHECK(erased.keystrokes_per_character == 0);
}

TEST_CASE("letters are compared composed, whichever way they arrived") {
    const TypingMetrics m = typing_metrics("hyv\u00E4\u00E4", keys_from_text("hyva\u0308\u00E4"), 10);
    CHECK(m.transcribed == "hyv\u00E4\u00E4");
    CHECK(m.correct == 5);
    CHECK(m.incorrect_not_fixed == 0);
}

TEST_CASE("text that the clock did not let the person reach is no error") {
    const TypingMetrics m = timed_typing_metrics("the quick brown fox", keys_from_text("the quick"), 60);
    CHECK(m.correct == 9);
    CHECK(m.incorrect_not_fixed == 0);
    CHECK(typing_metrics("the quick brown fox", keys_from_text("the quick"), 60).incorrect_not_fixed == 10);
}

TEST_CASE("the first key starts the clock and keys after the end are not taken") {
    TypingSession session(small_test());
    CHECK_FALSE(session.started());
    CHECK(session.remaining_ms(1'000'000) == 10'000);
    CHECK_FALSE(session.over(1'000'000));
    CHECK(session.press(U'a', 2'000'000));
    CHECK(session.remaining_ms(2'004'000) == 6'000);
    CHECK(session.press(U'b', 2'009'999));
    CHECK(session.over(2'010'000));
    CHECK_FALSE(session.press(U'c', 2'010'000));
    CHECK(session.transcribed() == "ab");
    REQUIRE(session.keys().size() == 2);
    CHECK(session.keys()[0].at_ms == 0);
    CHECK(session.keys()[1].at_ms == 9'999);
}

TEST_CASE("control characters are not taken and do not start the clock") {
    TypingSession session(small_test());
    CHECK_FALSE(session.press(U'\n', 100));
    CHECK_FALSE(session.press(0x1B, 100));
    CHECK_FALSE(session.press(0x85, 100));
    CHECK_FALSE(session.press(0xD800, 100));
    CHECK_FALSE(session.started());
}

TEST_CASE("a backspace takes the last letter back and is kept as a key") {
    const TypingSession session = typed("abx<c");
    CHECK(session.transcribed() == "abc");
    CHECK(session.keys().size() == 5);
    CHECK(session.metrics().incorrect_fixed == 1);
    CHECK(session.metrics().gross_wpm == Approx(3 / 5.0 / (10 / 60.0)));
}

TEST_CASE("after a restart the clock goes on where the last key stopped it") {
    TypingSession before(small_test());
    before.press(U'a', 1000);
    before.press(U'b', 4000);
    TypingSession after = TypingSession::resumed(small_test(), before.keys(), 77, 42'000);
    CHECK(after.started());
    CHECK(after.remaining_ms(77) == 7'000);
    CHECK(after.outage_ms() == 42'000);
    CHECK(after.press(U'c', 1077));
    CHECK(after.keys().back().at_ms == 4'000);
    CHECK(after.transcribed() == "abc");
    CHECK_FALSE(TypingSession::resumed(small_test(), {}, 77).started());
}

TEST_CASE("a result carries its key log and verifies by being computed again") {
    const TypingSession session = typed("abd<c de");
    const Json result = typing_result_to_json(session);
    CHECK(result["kind"].text() == "skill-result");
    CHECK(result["test"].text() == "small");
    CHECK(result["digest"].text() == "d1");
    CHECK(result["keys"][3].to_text() == "[300,\"<\"]");
    CHECK(result["metrics"]["transcribed"].text() == "abc de");
    const auto sent = parse_json(result.to_text());
    REQUIRE(sent.ok());
    const auto verified = verified_typing_result(*sent, small_test());
    REQUIRE(verified.ok());
    CHECK(verified->transcribed == "abc de");
    CHECK(verified->incorrect_fixed == 1);
}

TEST_CASE("the sign < that somebody typed is not taken for a backspace") {
    TypingSession session(small_test());
    session.press(U'a', 0);
    session.press(U'<', 1);
    session.press(0, 2);
    session.press(U'\\', 3);
    const Json result = typing_result_to_json(session);
    CHECK(result["keys"].to_text() == R"([[0,"a"],[1,"\\<"],[2,"<"],[3,"\\"]])");
    const auto verified = verified_typing_result(result, small_test());
    REQUIRE(verified.ok());
    CHECK(verified->transcribed == "a\\");
}

TEST_CASE("a result that was tampered with is refused and says where") {
    const Json honest = typing_result_to_json(typed("abc def"));
    REQUIRE(refusal_of(honest) == "accepted");

    Json faster = honest;
    Json metrics = honest["metrics"];
    metrics.set("gross_WPM", 99.0);
    faster.set("metrics", metrics);
    CHECK(refusal_of(faster) == "metrics.gross_WPM: not what the keys give");

    Json without = honest;
    without.set("metrics", Json::object());
    CHECK(refusal_of(without) == "metrics.transcribed: not what the keys give");

    Json other_text = honest;
    other_text.set("digest", "d2");
    CHECK(refusal_of(other_text) == "digest: not that of the test, \"d1\"");

    Json longer = honest;
    longer.set("seconds", 20);
    CHECK(refusal_of(longer) == "seconds: not those of the test");

    Json late = honest;
    late.set("keys", Json::array({Json::array({10'000, "a"})}));
    CHECK(refusal_of(late) == "keys[0]: after the end of the test");

    Json backwards = honest;
    backwards.set("keys", Json::array({Json::array({5, "a"}), Json::array({4, "b"})}));
    CHECK(refusal_of(backwards) == "keys[1]: before the key in front of it");

    Json words = honest;
    words.set("keys", Json::array({Json::array({5, "abc"})}));
    CHECK(refusal_of(words) == "keys[0]: not [milliseconds, key]");

    CHECK(refusal_of(Json()) == "kind: not \"skill-result\"");
}

TEST_CASE("a result with more keys than a person can type is refused before it is scored") {
    Json result = typing_result_to_json(typed("abc"));
    Json keys = Json::array();
    for (int i = 0; i < 501; ++i)
        keys.push(Json::array({i, "a"}));
    result.set("keys", std::move(keys));
    CHECK(refusal_of(result) == "keys: 501 are more than a person can type");
}

TEST_CASE("the tests that ship are complete, a minute long and typed with ordinary keys") {
    for (const std::string id : {"typing-fi", "typing-en"}) {
        const auto file = read_file(source_dir() + "/assets/skills/" + id + ".json");
        REQUIRE(file.ok());
        const auto json = parse_json(*file);
        REQUIRE(json.ok());
        const auto test = typing_test_from_json(*json);
        REQUIRE(test.ok());
        INFO(id);
        CHECK(test->id == id);
        CHECK("typing-" + test->language == id);
        CHECK(test->seconds == 60);
        CHECK(code_point_count(test->passage) >= 700);
        CHECK(code_point_count(test->practice) >= 30);
        CHECK((test->passage.find("\u00E4") != std::string::npos) == (test->language == "fi"));
        for (const char32_t c : to_utf32(test->passage)) {
            const bool letter =
                (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'\u00E4' || c == U'\u00F6';
            const bool usual = letter || c == U' ' || c == U'.' || c == U',';
            CHECK(usual);
        }
    }
}

TEST_CASE("a typing test without a passage or with an odd length is refused by the field's name") {
    Json json = Json::object({{"id", "t"},
                              {"version", "1"},
                              {"seconds", 60},
                              {"language", "fi"},
                              {"practice", "aa"},
                              {"passage", "bb"}});
    REQUIRE(typing_test_from_json(json).ok());
    json.set("seconds", 0);
    const auto no_time = typing_test_from_json(json);
    REQUIRE_FALSE(no_time.ok());
    CHECK(no_time.error().detail == "seconds: not from 1 to 3600");
    json.set("seconds", 60);
    json.erase("passage");
    const auto no_passage = typing_test_from_json(json);
    REQUIRE_FALSE(no_passage.ok());
    CHECK(no_passage.error().detail.find("passage") != std::string::npos);
}

TEST_CASE("a typing test names itself by the digest of its canonical JSON, also after a sitting kept it") {
    const Json json = Json::object({{"version", "1"},
                                    {"id", "t"},
                                    {"seconds", 60},
                                    {"language", "fi"},
                                    {"title_key", "of no use to the test itself"},
                                    {"practice", "aa"},
                                    {"passage", "bb"}});
    const auto test = typing_test_from_json(json);
    REQUIRE(test.ok());
    CHECK(test->digest == blake2b_hex(json.to_canonical_text()));
    const auto kept = parse_json(test->source);
    REQUIRE(kept.ok());
    const auto again = typing_test_from_json(*kept);
    REQUIRE(again.ok());
    CHECK(again->digest == test->digest);
}
