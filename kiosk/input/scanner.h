// A barcode scanner passes for a keyboard. It is told from a person by its speed, or by a key that it is set
// to send first, so that what it reads never gets into a field by accident. Characters are held back for a
// moment until it is clear whose they are; their times stay as they were. Used by the kiosk's loop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakant {

struct ScannerSettings {
    /// Whoever types at least six characters with no more than this between them, on average, is no person:
    /// 25 ms are 480 words a minute. 0: no scanner is looked for.
    std::int64_t gap_ms = 25;
    std::string prefix; ///< a key, as the keypad's table names it, that begins a code; "": none
};

struct TypedCharacter {
    char32_t character = 0;
    std::int64_t at_ms = 0;
    /// Where the program was busy, when the key may have been pressed at the earliest: what piled up
    /// meanwhile says nothing about speed.
    std::int64_t earliest_ms = 0;
};

class ScannerWatch {
public:
    explicit ScannerWatch(ScannerSettings settings) : settings_(std::move(settings)) {}

    struct Told {
        std::vector<TypedCharacter> typed; ///< by a person, in order
        std::optional<std::string> code;   ///< read by a scanner, after them
        bool took_key = false;             ///< the key belongs to the code: it ended or began it
    };
    Told take(const TypedCharacter& typed);
    /// A key went down, before what it writes.
    Told key(std::string_view name, std::int64_t at_ms);
    /// Time passes, or somebody touched the screen (`now_ms` then far ahead).
    Told pass(std::int64_t now_ms);
    /// When pass() has something to tell.
    std::optional<std::int64_t> due_ms() const;

private:
    Told end_run();
    bool is_code() const;
    ScannerSettings settings_;
    std::vector<TypedCharacter> run_;
    bool prefixed_ = false;
    std::int64_t began_ms_ = 0;                 ///< of a prefixed code
    std::optional<std::int64_t> code_ended_ms_; ///< its Enter may still come
};

} // namespace vakant
