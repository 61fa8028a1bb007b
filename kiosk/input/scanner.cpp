#include "kiosk/input/scanner.h"

#include <utility>

#include "core/base/utf8.h"

namespace vakant {
namespace {

constexpr std::size_t shortest_code = 6;
constexpr std::size_t longest_code = 400; ///< of which more is kept than any code of ours has
constexpr std::int64_t after_prefix_ms = 100;
constexpr std::int64_t late_enter_ms = 100;

bool ends_code(std::string_view key) {
    return key == "enter" || key == "kp_enter" || key == "tab";
}

/// Its character follows.
bool only_writes(std::string_view key) {
    return key.size() <= 1 || key == "space" || (key.starts_with("kp_") && key != "kp_enter");
}

} // namespace

bool ScannerWatch::is_code() const {
    if (prefixed_) return true;
    if (run_.size() < shortest_code) return false;
    const std::int64_t took = run_.back().at_ms - run_.front().earliest_ms;
    return took <= settings_.gap_ms * static_cast<std::int64_t>(run_.size() - 1);
}

ScannerWatch::Told ScannerWatch::end_run() {
    Told told;
    if (is_code()) {
        std::string code;
        for (const TypedCharacter& typed : run_)
            append_utf8(code, typed.character);
        told.code = std::move(code);
        code_ended_ms_ = run_.empty() ? began_ms_ : run_.back().at_ms;
    } else {
        told.typed = std::move(run_);
    }
    run_.clear();
    prefixed_ = false;
    return told;
}

ScannerWatch::Told ScannerWatch::take(const TypedCharacter& typed) {
    if (settings_.gap_ms == 0 && !prefixed_) return {{typed}, std::nullopt, false};
    const std::int64_t gap = prefixed_ ? after_prefix_ms : settings_.gap_ms;
    Told told;
    if (!run_.empty() && typed.earliest_ms - run_.back().at_ms > gap) told = end_run();
    if (run_.size() < longest_code) run_.push_back(typed);
    run_.back().at_ms = typed.at_ms;
    return told;
}

ScannerWatch::Told ScannerWatch::key(std::string_view name, std::int64_t at_ms) {
    const auto code_ended = std::exchange(code_ended_ms_, std::nullopt);
    if (!settings_.prefix.empty() && name == settings_.prefix) {
        Told told = end_run();
        prefixed_ = true;
        began_ms_ = at_ms;
        told.took_key = true;
        return told;
    }
    if (only_writes(name)) return {};
    const bool was_code = is_code();
    Told told = run_.empty() && !prefixed_ ? Told{} : end_run();
    const bool late = code_ended && at_ms - *code_ended <= late_enter_ms;
    told.took_key = ends_code(name) && (was_code || late);
    if (told.took_key) code_ended_ms_.reset();
    return told;
}

ScannerWatch::Told ScannerWatch::pass(std::int64_t now_ms) {
    const auto due = due_ms();
    return due && now_ms >= *due ? end_run() : Told{};
}

std::optional<std::int64_t> ScannerWatch::due_ms() const {
    if (prefixed_) return (run_.empty() ? began_ms_ : run_.back().at_ms) + after_prefix_ms + 1;
    if (run_.empty()) return std::nullopt;
    return run_.back().at_ms + settings_.gap_ms + 1;
}

} // namespace vakant
