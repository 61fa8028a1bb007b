#include "kiosk/raster/pixels.h"

#include <algorithm>
#include <cstring>

#include <emmintrin.h>

namespace vakant {
namespace {

std::uint32_t opaque_pixel(Rgba colour) {
    return 0xFF000000U | static_cast<std::uint32_t>(colour.r) << 16 |
           static_cast<std::uint32_t>(colour.g) << 8 | colour.b;
}

/// Two pixels, their channels widened to 16 bits: round((colour * alpha + below * (255 - alpha)) / 255).
__m128i mixed(__m128i below, __m128i colour, __m128i alpha) {
    const __m128i rest = _mm_sub_epi16(_mm_set1_epi16(255), alpha);
    __m128i sum = _mm_add_epi16(_mm_mullo_epi16(colour, alpha), _mm_mullo_epi16(below, rest));
    sum = _mm_add_epi16(sum, _mm_set1_epi16(128)); // at most 65153: no overflow
    return _mm_srli_epi16(_mm_add_epi16(sum, _mm_srli_epi16(sum, 8)), 8);
}

std::uint32_t mixed(std::uint32_t below, Rgba colour, std::uint32_t alpha) {
    const std::uint32_t rest = 255 - alpha;
    const auto channel = [&](std::uint32_t over, std::uint32_t under) {
        const std::uint32_t sum = over * alpha + under * rest + 128;
        return (sum + (sum >> 8)) >> 8;
    };
    return 0xFF000000U | channel(colour.r, below >> 16 & 255) << 16 |
           channel(colour.g, below >> 8 & 255) << 8 | channel(colour.b, below & 255);
}

/// The colour twice, widened, with 255 in the unused channel so that it stays 255.
__m128i widened(Rgba colour) {
    return _mm_set_epi16(255, colour.r, colour.g, colour.b, 255, colour.r, colour.g, colour.b);
}

void store_mixed(std::uint32_t* row, __m128i low_colour, __m128i high_colour, __m128i low_alpha,
                 __m128i high_alpha) {
    const __m128i zero = _mm_setzero_si128();
    const __m128i below = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
    const __m128i low = mixed(_mm_unpacklo_epi8(below, zero), low_colour, low_alpha);
    const __m128i high = mixed(_mm_unpackhi_epi8(below, zero), high_colour, high_alpha);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row), _mm_packus_epi16(low, high));
}

} // namespace

void blend_row(std::uint32_t* row, int count, Rgba colour) {
    if (count <= 0 || colour.a == 0) return;
    if (colour.a == 255) {
        std::fill_n(row, count, opaque_pixel(colour));
        return;
    }
    const __m128i wide = widened(colour);
    const __m128i alpha = _mm_set1_epi16(colour.a);
    int done = 0;
    for (; done + 4 <= count; done += 4)
        store_mixed(row + done, wide, wide, alpha, alpha);
    for (; done < count; ++done)
        row[done] = mixed(row[done], colour, colour.a);
}

void blend_coverage(std::uint32_t* row, const std::uint8_t* coverage, int count, Rgba colour) {
    const __m128i zero = _mm_setzero_si128();
    const __m128i wide = widened(colour);
    const __m128i strength = _mm_set1_epi16(colour.a);
    const __m128i half = _mm_set1_epi16(128);
    const std::uint32_t solid = opaque_pixel(colour);
    int done = 0;
    for (; done + 4 <= count; done += 4) {
        std::uint32_t four = 0;
        std::memcpy(&four, coverage + done, 4);
        if (four == 0) continue; // most of a glyph's box is empty
        if (four == 0xFFFFFFFFU && colour.a == 255) {
            std::fill_n(row + done, 4, solid);
            continue;
        }
        __m128i alpha = _mm_cvtsi32_si128(static_cast<int>(four));
        alpha = _mm_unpacklo_epi8(alpha, alpha);
        alpha = _mm_unpacklo_epi16(alpha, alpha); // each byte four times
        const auto strong = [&](__m128i wide_alpha) {
            const __m128i product = _mm_add_epi16(_mm_mullo_epi16(wide_alpha, strength), half);
            return _mm_srli_epi16(_mm_add_epi16(product, _mm_srli_epi16(product, 8)), 8);
        };
        store_mixed(row + done, wide, wide, strong(_mm_unpacklo_epi8(alpha, zero)),
                    strong(_mm_unpackhi_epi8(alpha, zero)));
    }
    for (; done < count; ++done)
        row[done] = mixed(row[done], colour, scaled(coverage[done], colour.a));
}

void blend_colours(std::uint32_t* row, const Rgba* colours, int count) {
    for (int i = 0; i < count; ++i) {
        const Rgba colour = colours[i];
        if (colour.a == 255) {
            row[i] = opaque_pixel(colour);
        } else if (colour.a != 0) {
            row[i] = mixed(row[i], colour, colour.a);
        }
    }
}

} // namespace vakant
