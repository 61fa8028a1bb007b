#include <algorithm>

#include "core/base/utf8.h"
#include "core/crypto/crypto.h"
#include "core/skills/typing.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr std::int64_t longest_test_seconds = 60 * 60;
/// Nobody types faster; more keys than this for each second are no key log of a person.
constexpr std::size_t most_keys_per_second = 50;
constexpr std::size_t longest_passage = 20'000;

bool is_writable(char32_t code_point) {
    const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
    const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
    return !control && !surrogate && code_point <= 0x10FFFF;
}

std::string text_of(const TypedKey& key) {
    if (key.is_backspace()) return "<";
    if (key.code_point == U'<') return "\\<";
    return to_utf8(std::u32string(1, key.code_point));
}

/// The key that `text` names, or nothing.
bool read_key(std::string_view text, TypedKey& key) {
    if (text == "<") return true;
    if (text == "\\<") {
        key.code_point = U'<';
        return true;
    }
    const std::u32string code_points = to_utf32(text);
    if (code_points.size() != 1 || !is_writable(code_points[0])) return false;
    key.code_point = code_points[0];
    return true;
}

Result<std::vector<TypedKey>> keys_of(const Json& log, const TypingTest& test) {
    const std::size_t most = static_cast<std::size_t>(test.seconds) * most_keys_per_second;
    if (!log.is_array()) return invalid_input("keys: not an array");
    if (log.size() > most)
        return refused("keys: " + std::to_string(log.size()) + " are more than a person can type");
    std::vector<TypedKey> keys;
    keys.reserve(log.size());
    for (const Json& entry : log.items()) {
        const std::string where = "keys[" + std::to_string(keys.size()) + "]: ";
        TypedKey key;
        if (entry.size() != 2 || !entry[0].is_integer() || !entry[1].is_string() ||
            !read_key(entry[1].text(), key)) {
            return invalid_input(where + "not [milliseconds, key]");
        }
        key.at_ms = entry[0].integer_or(0);
        const std::int64_t earliest = keys.empty() ? 0 : keys.back().at_ms;
        if (key.at_ms < earliest) return refused(where + "before the key in front of it");
        if (key.at_ms >= test.seconds * std::int64_t{1000})
            return refused(where + "after the end of the test");
        keys.push_back(key);
    }
    return keys;
}

} // namespace

Result<TypingTest> typing_test_from_json(const Json& json) {
    if (!json.is_object()) return invalid_input("a typing test is not an object");
    TypingTest test;
    VAKANT_TRY(id, json.require_text("id"));
    VAKANT_TRY(version, json.require_text("version"));
    VAKANT_TRY(language, json.require_text("language"));
    VAKANT_TRY(practice, json.require_text("practice"));
    VAKANT_TRY(passage, json.require_text("passage"));
    VAKANT_TRY(seconds, json.require_integer("seconds"));
    if (id.empty()) return invalid_input("id: empty");
    if (practice.empty()) return invalid_input("practice: empty");
    if (passage.empty()) return invalid_input("passage: empty");
    if (code_point_count(passage) > longest_passage)
        return invalid_input("passage: longer than 20000 characters");
    if (seconds < 1 || seconds > longest_test_seconds) return invalid_input("seconds: not from 1 to 3600");
    test.id = std::move(id);
    test.version = std::move(version);
    test.language = std::move(language);
    test.practice = composed(practice);
    test.passage = composed(passage);
    test.seconds = static_cast<int>(seconds);
    test.source = json.to_canonical_text();
    test.digest = blake2b_hex(test.source);
    return test;
}

bool TypingSession::press(char32_t code_point_or_zero, std::int64_t monotonic_ms) {
    const TypedKey key{code_point_or_zero, 0};
    if (!key.is_backspace() && !is_writable(code_point_or_zero)) return false;
    if (over(monotonic_ms)) return false;
    if (!started()) began_at_ = monotonic_ms;
    // A clock that was read a moment earlier on another path must not put a key before the one in front of
    // it.
    const std::int64_t earliest = keys_.empty() ? 0 : keys_.back().at_ms;
    keys_.push_back({code_point_or_zero, std::max(monotonic_ms - began_at_, earliest)});
    return true;
}

std::int64_t TypingSession::remaining_ms(std::int64_t monotonic_ms) const {
    const std::int64_t whole = test_.seconds * std::int64_t{1000};
    if (!started()) return whole;
    return std::clamp<std::int64_t>(whole - (monotonic_ms - began_at_), 0, whole);
}

std::string TypingSession::transcribed() const {
    std::u32string left;
    for (const TypedKey& key : keys_) {
        if (!key.is_backspace()) {
            left.push_back(key.code_point);
        } else if (!left.empty()) {
            left.pop_back();
        }
    }
    return composed(to_utf8(left));
}

TypingMetrics TypingSession::metrics() const {
    return timed_typing_metrics(test_.passage, keys_, test_.seconds);
}

TypingSession TypingSession::resumed(TypingTest test, std::vector<TypedKey> keys, std::int64_t monotonic_ms,
                                     std::int64_t outage_ms) {
    TypingSession session(std::move(test));
    session.keys_ = std::move(keys);
    session.outage_ms_ = outage_ms;
    if (session.started()) session.began_at_ = monotonic_ms - session.keys_.back().at_ms;
    return session;
}

Json typing_result_to_json(const TypingSession& session) {
    const TypingTest& test = session.test();
    Json keys = Json::array();
    for (const TypedKey& key : session.keys())
        keys.push(Json::array({Json(key.at_ms), Json(text_of(key))}));
    return Json::object({{"kind", "skill-result"},
                         {"test", test.id},
                         {"version", test.version},
                         {"digest", test.digest},
                         {"language", test.language},
                         {"seconds", test.seconds},
                         {"keys", std::move(keys)},
                         {"outage_ms", session.outage_ms()},
                         {"metrics", to_json(session.metrics())}});
}

Result<TypingMetrics> verified_typing_result(const Json& result, const TypingTest& test) {
    if (result["kind"].text() != "skill-result") return invalid_input("kind: not \"skill-result\"");
    const auto same = [&result](std::string_view member, std::string_view expected) -> Outcome {
        if (result[member].is_string() && result[member].text() == expected) return done();
        return refused(std::string(member) + ": not that of the test, \"" + std::string(expected) + "\"");
    };
    VAKANT_CHECK(same("test", test.id));
    VAKANT_CHECK(same("version", test.version));
    VAKANT_CHECK(same("digest", test.digest));
    VAKANT_CHECK(same("language", test.language));
    if (result["seconds"] != Json(test.seconds)) return refused("seconds: not those of the test");
    VAKANT_TRY(keys, keys_of(result["keys"], test));
    const TypingMetrics recomputed = timed_typing_metrics(test.passage, keys, test.seconds);
    const Json expected = to_json(recomputed);
    for (const auto& [name, value] : expected.members()) {
        if (result["metrics"][name] != value) return refused("metrics." + name + ": not what the keys give");
    }
    return recomputed;
}

} // namespace vakant
