// UTF-8 by code point. What needs knowledge of scripts (graphemes, folding, bidi) is core/text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vakant {

bool is_valid_utf8(std::string_view text);
/// The code point that starts at `position`, which moves past it. A byte that is not UTF-8 gives U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& position);
void append_utf8(std::string& text, char32_t code_point);
std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);
std::size_t code_point_count(std::string_view text);
/// The first `most` code points.
std::string_view first_code_points(std::string_view text, std::size_t most);
/// Without white space (also U+00A0) at both ends.
std::string_view trimmed(std::string_view text);

} // namespace vakant
