// Lines: where they break, in which order their pieces stand, and where glyphs and carets lie on them.
#include <algorithm>
#include <cmath>
#include <system_error>

#include <string.h>
#include <unicode/ubidi.h>

#include "core/text/fonts.h"
#include "core/text/paragraph.h"
#include "core/text/segmentation.h"
#include "core/text/text.h"

namespace vakant {
namespace {

constexpr float line_height_in_ems = 1.36F;
// Inter's own; Arabic is set on the same lines so that a page keeps its rhythm in every language.
constexpr float ascent_in_ems = 0.97F;
constexpr float descent_in_ems = 0.24F;
constexpr std::u16string_view ellipsis = u"\u2026";

struct Paragraph {
    Paragraph() = default;
    Paragraph(Paragraph&&) = default;
    ~Paragraph() {
        explicit_bzero(text.units.data(), text.units.size() * sizeof(char16_t));
    } ///< a person's words

    Utf16Text text;
    std::vector<ShapedItem> items; ///< in logical order
    std::vector<bool> graphemes;
    std::vector<float> before;  ///< the width of everything before a unit, in logical order
    std::vector<bool> cuttable; ///< a glyph's letters are not parted here
    float width(std::size_t first, std::size_t last) const { return before[last] - before[first]; }
    std::size_t size() const { return text.units.size(); }
};

bool is_space(char16_t unit) {
    return unit == u' ' || unit == 0x3000 || (unit >= 0x2000 && unit < 0x2007);
}

std::size_t without_trailing_spaces(const Paragraph& paragraph, std::size_t first, std::size_t last) {
    while (last > first && is_space(paragraph.text.units[last - 1]))
        --last;
    return last;
}

struct Limits {
    float width = 0;           ///< 0: none
    int lines = 0;             ///< 0: none
    bool more_follows = false; ///< another paragraph after this one
};

/// A piece of an item as it stands on one line.
struct Piece {
    const ShapedItem* shaped;
    std::size_t first;
    std::size_t last;
};

/// Left and right edge of the letters that begin at a unit, on the line.
struct Extent {
    float left = 0;
    float right = 0;
    std::size_t units = 0;
};

class LineSetter {
public:
    LineSetter(const Paragraph& paragraph, const TextStyle& style, TextLine& line)
        : paragraph_(paragraph), style_(style), line_(line), extents_(paragraph.size() + 1) {}

    void set(std::vector<Piece> pieces) {
        for (const Piece& piece : in_visual_order(std::move(pieces)))
            set_piece(piece);
        line_.width = x_;
    }
    /// The mark of a text that goes on: at the end as the paragraph is read.
    void set_ellipsis(const ShapedItem& mark, std::vector<Piece> pieces) {
        if (style_.direction == Direction::right_to_left) place(mark);
        for (const Piece& piece : in_visual_order(std::move(pieces)))
            set_piece(piece);
        if (style_.direction == Direction::left_to_right) place(mark);
        line_.width = x_;
    }
    void set_carets(std::size_t first, std::size_t shown, std::size_t last);

private:
    static std::vector<Piece> in_visual_order(std::vector<Piece> pieces);
    void set_piece(const Piece& piece);
    void place(const ShapedItem& whole) {
        for (const ShapedGlyph& glyph : whole.glyphs)
            place(glyph, whole.item.font);
    }
    void place(const ShapedGlyph& glyph, FontIndex font);
    float caret_before(std::size_t unit, std::size_t cluster, const BidiLevel level) const {
        const Extent& extent = extents_[cluster];
        const float share =
            static_cast<float>(unit - cluster) / static_cast<float>(std::max<std::size_t>(extent.units, 1));
        const float inside = (extent.right - extent.left) * share;
        return is_right_to_left(level) ? extent.right - inside : extent.left + inside;
    }

    const Paragraph& paragraph_;
    const TextStyle& style_;
    TextLine& line_;
    std::vector<Extent> extents_;
    float x_ = 0;
};

std::vector<Piece> LineSetter::in_visual_order(std::vector<Piece> pieces) {
    const auto odd = [](const Piece& piece) { return piece.shaped->item.level > 0; };
    if (std::none_of(pieces.begin(), pieces.end(), odd)) return pieces;
    std::vector<UBiDiLevel> levels;
    for (const Piece& piece : pieces)
        levels.push_back(piece.shaped->item.level);
    std::vector<int32_t> order(pieces.size());
    ubidi_reorderVisual(levels.data(), static_cast<int32_t>(levels.size()), order.data());
    std::vector<Piece> ordered;
    for (const int32_t logical : order)
        ordered.push_back(pieces[static_cast<std::size_t>(logical)]);
    return ordered;
}

void LineSetter::set_piece(const Piece& piece) {
    const std::vector<ShapedGlyph>& glyphs = piece.shaped->glyphs;
    std::size_t following = piece.last; // the cluster after the present one, as it is read
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const ShapedGlyph& glyph = glyphs[i];
        if (glyph.cluster < piece.first || glyph.cluster >= piece.last) continue;
        Extent& extent = extents_[glyph.cluster];
        if (extent.units == 0) {
            if (!is_right_to_left(piece.shaped->item.level)) {
                following = piece.last;
                for (std::size_t next = i + 1; next < glyphs.size() && following == piece.last; ++next) {
                    if (glyphs[next].cluster != glyph.cluster)
                        following = std::min(glyphs[next].cluster, piece.last);
                }
            }
            extent.left = x_;
            extent.units = following - glyph.cluster;
            following = glyph.cluster;
        }
        place(glyph, piece.shaped->item.font);
        extent.right = x_;
    }
}

void LineSetter::place(const ShapedGlyph& glyph, FontIndex font) {
    const float quarters = std::floor((x_ + glyph.x_offset) * 4 + 0.5F);
    const float pixel = std::floor(quarters / 4);
    GlyphName name;
    name.font = font;
    name.glyph = glyph.glyph;
    name.size_64ths = static_cast<std::uint32_t>(std::lround(style_.px * Fonts::optical_scale(font) * 64));
    name.step = static_cast<std::uint32_t>(quarters - pixel * 4);
    line_.glyphs.push_back(
        {key_of(name), pixel, std::floor(glyph.y_offset + 0.5F),
         glyph.cluster < paragraph_.text.bytes.size() ? paragraph_.text.bytes[glyph.cluster] : 0});
    x_ += glyph.advance;
}

void LineSetter::set_carets(std::size_t first, std::size_t shown, std::size_t last) {
    const bool right_to_left = style_.direction == Direction::right_to_left;
    float end = right_to_left ? 0 : x_;
    std::size_t cluster = first;
    std::size_t item = 0;
    for (std::size_t unit = first; unit <= last; ++unit) {
        if (unit < shown) {
            while (paragraph_.items[item].item.last <= unit)
                ++item;
            if (extents_[unit].units > 0) cluster = unit;
            const BidiLevel level = paragraph_.items[item].item.level;
            if (paragraph_.graphemes[unit]) {
                line_.carets.push_back({paragraph_.text.bytes[unit], caret_before(unit, cluster, level)});
            }
            if (unit + 1 == shown)
                end = is_right_to_left(level) ? extents_[cluster].left : extents_[cluster].right;
        } else if (paragraph_.graphemes[unit] || unit == last) {
            line_.carets.push_back({paragraph_.text.bytes[unit], end});
        }
    }
}

class Engine final : public TextEngine {
public:
    explicit Engine(const FontFiles& files) : fonts_(files), shaper_(fonts_) {}

    TextLayout lay_out(std::string_view utf8, const TextStyle& style, float max_width,
                       int max_lines) override;
    GlyphPicture picture(GlyphKey key) override { return fonts_.picture(name_of(key)); }
    GlyphOutline outline(GlyphKey key) const override {
        const GlyphName name = name_of(key);
        return {fonts_.file(name.font), name.glyph, static_cast<float>(name.size_64ths) / 64,
                static_cast<float>(name.step) / 4};
    }
    void forget() override { shaper_.forget(); }

private:
    Paragraph prepared(std::string_view utf8, const TextStyle& style);
    void break_lines(const Paragraph& paragraph, std::size_t base, const TextStyle& style,
                     const Limits& limits, TextLayout& layout);
    static std::size_t line_end(const Paragraph& paragraph, const std::vector<bool>& breaks,
                                std::size_t first, float max_width);
    void add_line(const Paragraph& paragraph, std::size_t base, std::size_t first, std::size_t last,
                  const TextStyle& style, float max_width, TextLayout& layout);
    void end_in_ellipsis(const Paragraph& paragraph, std::size_t base, std::size_t first,
                         const TextStyle& style, float max_width, TextLayout& layout);

    Fonts fonts_;
    Shaper shaper_;
    BreakIterator grapheme_breaks_;
    BreakIterator line_breaks_;
};

std::vector<Piece> pieces_of(const Paragraph& paragraph, std::size_t first, std::size_t last) {
    std::vector<Piece> pieces;
    for (const ShapedItem& shaped : paragraph.items) {
        const std::size_t from = std::max(first, shaped.item.first);
        const std::size_t to = std::min(last, shaped.item.last);
        if (from < to) pieces.push_back({&shaped, from, to});
    }
    return pieces;
}

Paragraph Engine::prepared(std::string_view utf8, const TextStyle& style) {
    Paragraph paragraph;
    paragraph.text = to_utf16(utf8);
    for (char16_t& unit : paragraph.text.units) {
        if (unit == u'\t' || unit == 0x2028 || unit == 0x2029) unit = u' ';
        if (unit < 0x20 || unit == 0x7F) unit = 0x200B; // shows nothing
    }
    const std::u16string_view units = paragraph.text.units;
    const std::vector<BidiLevel> levels = bidi_levels(units, style.direction);
    for (const TextItem& item : itemised(units, levels, style.weight, fonts_)) {
        paragraph.items.push_back(shaper_.shaped(units, item, style));
    }
    paragraph.graphemes = grapheme_starts(units, grapheme_breaks_);
    paragraph.cuttable.assign(units.size() + 1, false);
    paragraph.cuttable.front() = paragraph.cuttable.back() = true;
    std::vector<float> advance(units.size() + 1, 0);
    for (const ShapedItem& shaped : paragraph.items) {
        for (const ShapedGlyph& glyph : shaped.glyphs) {
            advance[glyph.cluster] += glyph.advance;
            paragraph.cuttable[glyph.cluster] = paragraph.graphemes[glyph.cluster];
        }
    }
    paragraph.before.assign(units.size() + 1, 0);
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        paragraph.before[unit + 1] = paragraph.before[unit] + advance[unit];
    }
    return paragraph;
}

std::size_t Engine::line_end(const Paragraph& paragraph, const std::vector<bool>& breaks, std::size_t first,
                             float max_width) {
    std::size_t best = first;
    std::size_t best_inside_word = first;
    for (std::size_t end = first + 1; end <= paragraph.size(); ++end) {
        if (!paragraph.cuttable[end]) continue;
        const std::size_t shown = without_trailing_spaces(paragraph, first, end);
        const bool fits = paragraph.width(first, shown) <= max_width;
        if (fits || best_inside_word == first) best_inside_word = end; // one grapheme at least
        if (!fits) break;
        if (breaks[end]) best = end;
    }
    return best > first ? best : best_inside_word;
}

void Engine::add_line(const Paragraph& paragraph, std::size_t base, std::size_t first, std::size_t last,
                      const TextStyle& style, float max_width, TextLayout& layout) {
    // Spaces at a break are not seen. At the end of a paragraph they count: a caret must move when one is
    // typed.
    const bool all =
        last == paragraph.size() && (max_width <= 0 || paragraph.width(first, last) <= max_width);
    const std::size_t shown = all ? last : without_trailing_spaces(paragraph, first, last);
    TextLine line;
    line.first = base + paragraph.text.bytes[first];
    line.last = base + paragraph.text.bytes[last];
    LineSetter setter(paragraph, style, line);
    setter.set(pieces_of(paragraph, first, shown));
    setter.set_carets(first, shown, last);
    for (CaretStop& caret : line.carets)
        caret.offset += base;
    for (PlacedGlyph& glyph : line.glyphs)
        glyph.first += base;
    layout.lines.push_back(std::move(line));
}

void Engine::end_in_ellipsis(const Paragraph& paragraph, std::size_t base, std::size_t first,
                             const TextStyle& style, float max_width, TextLayout& layout) {
    TextItem item;
    item.last = ellipsis.size();
    item.font = static_cast<FontIndex>(style.weight);
    const ShapedItem mark = shaper_.shaped(ellipsis, item, style);
    float room = max_width;
    for (const ShapedGlyph& glyph : mark.glyphs)
        room -= glyph.advance;
    std::size_t last = first;
    for (std::size_t end = first; end <= paragraph.size(); ++end) {
        if (paragraph.cuttable[end] && (max_width <= 0 || paragraph.width(first, end) <= room)) last = end;
    }
    last = without_trailing_spaces(paragraph, first, last);
    TextLine line;
    line.first = base + paragraph.text.bytes[first];
    line.last = base + paragraph.text.bytes[last];
    LineSetter setter(paragraph, style, line);
    setter.set_ellipsis(mark, pieces_of(paragraph, first, last));
    setter.set_carets(first, last, last);
    for (CaretStop& caret : line.carets)
        caret.offset += base;
    for (PlacedGlyph& glyph : line.glyphs)
        glyph.first += base;
    layout.lines.push_back(std::move(line));
}

void Engine::break_lines(const Paragraph& paragraph, std::size_t base, const TextStyle& style,
                         const Limits& limits, TextLayout& layout) {
    const auto is_last_line = [&] {
        return limits.lines > 0 && static_cast<int>(layout.lines.size()) + 1 == limits.lines;
    };
    const bool whole = limits.width <= 0 || paragraph.width(0, paragraph.size()) <= limits.width;
    const std::vector<bool> breaks =
        whole ? std::vector<bool>() : line_starts(paragraph.text.units, line_breaks_);
    std::size_t first = 0;
    do {
        const std::size_t end = whole ? paragraph.size() : line_end(paragraph, breaks, first, limits.width);
        if (is_last_line() && (end < paragraph.size() || limits.more_follows)) {
            return end_in_ellipsis(paragraph, base, first, style, limits.width, layout);
        }
        add_line(paragraph, base, first, end, style, limits.width, layout);
        first = end;
    } while (first < paragraph.size());
}

TextLayout Engine::lay_out(std::string_view utf8, const TextStyle& style, float max_width, int max_lines) {
    TextLayout layout;
    layout.line_height = std::round(style.px * line_height_in_ems);
    const float spare = layout.line_height - style.px * (ascent_in_ems + descent_in_ems);
    layout.ascent = std::round(spare / 2 + style.px * ascent_in_ems);
    for (std::size_t base = 0; base <= utf8.size();) {
        const std::size_t end = std::min(utf8.find('\n', base), utf8.size());
        const Paragraph paragraph = prepared(utf8.substr(base, end - base), style);
        break_lines(paragraph, base, style, {max_width, max_lines, end < utf8.size()}, layout);
        if (max_lines > 0 && static_cast<int>(layout.lines.size()) >= max_lines) break;
        base = end + 1;
    }
    for (const TextLine& line : layout.lines)
        layout.width = std::max(layout.width, line.width);
    return layout;
}

} // namespace

FontFiles FontFiles::installed() {
    const std::filesystem::path inter = "/usr/share/fonts/opentype/inter";
    const std::filesystem::path noto = "/usr/share/fonts/truetype/noto";
    FontFiles files;
    files.latin[0] = inter / "Inter-Regular.otf";
    files.latin[1] = inter / "Inter-SemiBold.otf";
    files.latin[2] = inter / "Inter-Bold.otf";
    files.arabic[0] = noto / "NotoSansArabic-Regular.ttf";
    files.arabic[1] = files.arabic[2] = noto / "NotoSansArabic-Bold.ttf";
    files.symbols = noto / "NotoSansSymbols2-Regular.ttf";
    return files;
}

Result<std::unique_ptr<TextEngine>> TextEngine::open(const FontFiles& files) {
    std::error_code ignored;
    for (const std::filesystem::path& path : files.latin) {
        if (!std::filesystem::exists(path, ignored)) {
            return not_found("font file " + path.string() + " is missing: install the package fonts-inter");
        }
    }
    for (const std::filesystem::path& path : files.arabic) {
        if (!std::filesystem::exists(path, ignored)) {
            return not_found("font file " + path.string() +
                             " is missing: install the package fonts-noto-core");
        }
    }
    return std::unique_ptr<TextEngine>(std::make_unique<Engine>(files));
}

} // namespace vakant
