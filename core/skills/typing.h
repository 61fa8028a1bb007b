// The typing test: metrics by alignment, the session that takes keys, and its log. No UI, no storage.
// Formulas: Soukoreff & MacKenzie, CHI 2003 (doi 10.1145/642611.642632);
// ../shared/reference/skills-tests.md 4.1-4.3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace vakant {

/// All lengths count code points (NFC); times are seconds; rates are per minute unless the name says
/// otherwise; error rates are percent.
struct TypingMetrics {
    std::string transcribed;
    std::size_t correct = 0;                 ///< C
    std::size_t incorrect_not_fixed = 0;     ///< INF
    std::size_t incorrect_fixed = 0;         ///< IF
    std::size_t fixes = 0;                   ///< F
    std::size_t minimum_string_distance = 0; ///< MSD
    double msd_error_rate = 0, uncorrected_error_rate = 0, corrected_error_rate = 0, total_error_rate = 0;
    double keystrokes_per_character = 0; ///< KSPC
    double gross_wpm = 0, text_entry_wpm = 0;
    double net_wpm_one_per_error = 0, net_wpm_two_per_error = 0, adjusted_wpm = 0;
    double keystrokes_per_hour = 0; ///< KPH: of the characters that stand at the end
};

/// A key of a typing test: a code point, or backspace.
struct TypedKey {
    char32_t code_point = 0; ///< 0 means backspace
    std::int64_t at_ms = 0;  ///< since the session began, monotonic
    bool is_backspace() const { return code_point == 0; }
};

/// Against the whole of `presented`. `seconds` > 0.
TypingMetrics typing_metrics(std::string_view presented, const std::vector<TypedKey>& keys, double seconds);

/// Where the clock stopped the person: the longest prefix of `presented` among those with the smallest
/// distance to `transcribed`, and that distance; so that text not reached is no error.
struct PrefixMatch {
    std::size_t full_msd = 0;
    std::size_t best_prefix_length = 0;
    std::size_t prefix_msd = 0;
};
PrefixMatch best_prefix(std::string_view presented, std::string_view transcribed);

/// Metrics against the best prefix: the score of a test that ended by its clock.
TypingMetrics timed_typing_metrics(std::string_view presented, const std::vector<TypedKey>& keys,
                                   double seconds);

/// By the column names of ../shared/data/skills/typing/typing_reference.csv, rounded as there: four decimals,
/// KPH two.
Json to_json(const TypingMetrics& metrics);

/// "abc<<d" as keys, `<` being backspace, without times.
std::vector<TypedKey> keys_from_text(std::string_view text);

/// A test as it ships in assets/skills/<id>.json:
/// {"id","version","seconds","language","title_key","practice","passage"}.
struct TypingTest {
    std::string id, version, language, practice, passage;
    int seconds = 60;
    std::string source; ///< the file's canonical JSON: what a sitting keeps of its test
    std::string digest; ///< BLAKE2b-256 of `source`, lower-case hex
};
Result<TypingTest> typing_test_from_json(const Json& json);

/// One sitting: the first key starts the clock; keys after the end are not taken.
class TypingSession {
public:
    explicit TypingSession(TypingTest test) : test_(std::move(test)) {}

    const TypingTest& test() const { return test_; }
    /// False: not taken (time is over, or a control character). Times are the kiosk's monotonic clock.
    bool press(char32_t code_point_or_zero, std::int64_t monotonic_ms);
    bool started() const { return !keys_.empty(); }
    std::int64_t remaining_ms(std::int64_t monotonic_ms) const;
    bool over(std::int64_t monotonic_ms) const { return started() && remaining_ms(monotonic_ms) <= 0; }
    const std::vector<TypedKey>& keys() const { return keys_; }
    std::string transcribed() const;
    TypingMetrics metrics() const; ///< over the test's full seconds, best prefix

    /// After a restart: the keys that were durable, and the moment now; the gap is an outage, not test time:
    /// the clock goes on where the last key stopped it. `outage_ms`: how long the gap was, where the caller
    /// knows.
    static TypingSession resumed(TypingTest test, std::vector<TypedKey> keys, std::int64_t monotonic_ms,
                                 std::int64_t outage_ms = 0);
    std::int64_t outage_ms() const { return outage_ms_; }

private:
    TypingTest test_;
    std::vector<TypedKey> keys_;
    std::int64_t began_at_ = 0;
    std::int64_t outage_ms_ = 0;
};

/// The result as it is sent:
/// {"kind":"skill-result","test","version","digest","language","seconds","keys":[[ms,"a"],[ms,"<"]...],
/// "outage_ms","metrics":{...}} ("<" is backspace, the sign itself stands as "\\<"), and the same recomputed
/// from its key log: refused where the metrics differ, where it is of another test, or where the log cannot
/// have happened.
Json typing_result_to_json(const TypingSession& session);
Result<TypingMetrics> verified_typing_result(const Json& result, const TypingTest& test);

} // namespace vakant
