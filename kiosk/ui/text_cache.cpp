#include "kiosk/ui/text_cache.h"

#include <bit>

namespace vakant {
namespace {

constexpr std::size_t most_entries = 700;
constexpr std::uint64_t kept_frames = 30;

std::uint64_t hash_of(std::string_view text, const TextStyle& style, float max_width, int max_lines) {
    std::uint64_t h = std::hash<std::string_view>{}(text);
    const auto mix = [&](std::uint64_t v) { h = (h ^ v) * 0x9E3779B97F4A7C15u + (h >> 29); };
    mix(std::bit_cast<std::uint32_t>(style.px));
    mix(static_cast<std::uint64_t>(style.weight));
    mix(std::hash<std::string_view>{}(style.language));
    mix(static_cast<std::uint64_t>(style.direction));
    mix(std::bit_cast<std::uint32_t>(max_width));
    mix(static_cast<std::uint64_t>(max_lines));
    return h;
}

} // namespace

void TextCache::begin_frame() {
    ++frame_;
    if (entries_.size() <= most_entries) return;
    std::erase_if(entries_, [&](const auto& e) { return e.second.last_used + kept_frames < frame_; });
}

const TextLayout& TextCache::lay_out(std::string_view text, const TextStyle& style, float max_width,
                                     int max_lines) {
    const std::uint64_t hash = hash_of(text, style, max_width, max_lines);
    const auto [first, last] = entries_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        Entry& e = it->second;
        if (e.text == text && e.style == style && e.max_width == max_width && e.max_lines == max_lines) {
            e.last_used = frame_;
            return e.layout;
        }
    }
    Entry entry{std::string(text), style, max_width, max_lines, {}, frame_};
    entry.layout = engine_.lay_out(text, style, max_width, max_lines);
    return entries_.emplace(hash, std::move(entry))->second.layout;
}

void TextCache::wipe() {
    for (auto& [hash, entry] : entries_) {
        for (volatile char* c = entry.text.data(); c != entry.text.data() + entry.text.size(); ++c)
            *c = 0;
    }
    entries_.clear();
}

} // namespace vakant
