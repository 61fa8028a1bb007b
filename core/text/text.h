// The door to text: shaping, bidi, line breaking, glyph pictures, and the language rules for plurals,
// numbers, dates, sorting and search folding. The only user of ICU, HarfBuzz and FreeType. Used by kiosk/ui,
// kiosk/print, core/strings and search. One thread per TextEngine; the free functions may be called from any
// thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace vakant {

enum class Direction { left_to_right, right_to_left };
enum class Weight { regular, semibold, bold };

/// The direction in which a language ("fi", "fi-simple", "ar") is read.
Direction direction_of(std::string_view language);

/// Whether a reader of one reads the other as well: "fi-simple" and "fi".
bool same_language(std::string_view one, std::string_view other);

/// The languages in which what agencies write is looked for, best first: "fi-simple", "fi", "en". The texts
/// that ship are complete in every language and never fall back.
std::vector<std::string> reading_order(std::string_view language);

struct TextStyle {
    float px = 32; ///< size of the em in pixels, before the optical correction that some scripts get
    Weight weight = Weight::regular;
    std::string language = "en";
    Direction direction = Direction::left_to_right; ///< of the paragraph
    bool operator==(const TextStyle&) const = default;
};

/// Names one picture of one glyph: font, glyph, size and sub-pixel step.
using GlyphKey = std::uint64_t;

/// A glyph on a line. x from the line's left edge, y from its baseline (down is positive), in whole pixels
/// (the rest is in the key): a picture is sharp when the line itself begins at a whole pixel.
struct PlacedGlyph {
    GlyphKey key = 0;
    float x = 0;
    float y = 0;
    std::size_t first = 0; ///< byte where the letters begin that it shows (not of an ellipsis)
};

/// Where a caret can stand: before the grapheme that starts at byte `offset`, at `x` from the line's left
/// edge.
struct CaretStop {
    std::size_t offset = 0;
    float x = 0;
};

struct TextLine {
    std::size_t first = 0; ///< bytes first .. last of the text are on this line
    std::size_t last = 0;
    float width = 0;
    std::vector<PlacedGlyph> glyphs;
    std::vector<CaretStop> carets; ///< in logical order, one for each grapheme boundary, both ends included
};

/// Lines from top to bottom. A right-to-left paragraph's lines are to be set flush with the right edge by the
/// caller.
struct TextLayout {
    std::vector<TextLine> lines;
    float width = 0;       ///< of the widest line
    float line_height = 0; ///< baseline to baseline
    float ascent = 0;      ///< top of the first line to its baseline
    float height() const { return line_height * static_cast<float>(lines.size()); }
};

/// An 8-bit coverage picture; `left` and `top` place it against the glyph's origin (top counts upwards).
struct GlyphPicture {
    int width = 0;
    int height = 0;
    int left = 0;
    int top = 0;
    std::vector<std::uint8_t> coverage; ///< width * height, row by row
};

/// The glyph itself, for who draws at another size (print): its font's file and its number there. `px` is the
/// size of the em that the layout used for it, `step_px` how far right of PlacedGlyph::x it stands.
struct GlyphOutline {
    std::filesystem::path font;
    std::uint32_t index = 0;
    float px = 0;
    float step_px = 0;
};

/// Font files, opened when first needed. Defaults are those of fonts-inter and fonts-noto-core.
struct FontFiles {
    std::filesystem::path latin[3];  ///< regular, semibold, bold
    std::filesystem::path arabic[3]; ///< regular, bold, bold
    std::filesystem::path
        symbols; ///< for what the others lack (arrows, check marks); may be empty or missing
    static FontFiles installed();
};

class TextEngine {
public:
    /// Refused where a font file is missing, naming it and the package that holds it.
    static Result<std::unique_ptr<TextEngine>> open(const FontFiles& files);
    virtual ~TextEngine() = default;

    /// Breaks into lines no wider than `max_width` pixels (0: one line for each '\n'), between words where
    /// that is possible and between graphemes where a word alone is wider. More than `max_lines` (0: any
    /// number) lines end in an ellipsis. Numbers, addresses and isolates keep their order in right-to-left
    /// text.
    virtual TextLayout lay_out(std::string_view utf8, const TextStyle& style, float max_width = 0,
                               int max_lines = 0) = 0;
    /// The picture of a glyph that a layout named. An empty one for blanks.
    virtual GlyphPicture picture(GlyphKey key) = 0;
    virtual GlyphOutline outline(GlyphKey key) const = 0;
    /// Overwrites what shaping left behind of the last texts: when a person's turn ends.
    virtual void forget() = 0;
};

/// Boundaries of what a reader takes for one letter: byte offsets, 0 and the size included.
std::vector<std::size_t> grapheme_boundaries(std::string_view utf8);

/// U+2068 text U+2069 (nothing stays nothing, an isolate stays as it is): names, numbers and addresses keep
/// their own order inside text of the other direction.
std::string isolated(std::string_view text);

/// A value for a placeholder of a message.
using MessageValue = std::variant<std::string, std::int64_t, double>;
using MessageArguments = std::vector<std::pair<std::string, MessageValue>>;

/// Texts that are put in are isolated where the message, or they, run from right to left.
/// ICU MessageFormat: "{count, plural, one {# place} other {# places}}". Numbers are grouped with a no-break
/// space.
Result<std::string> format_message(std::string_view pattern, std::string_view language,
                                   const MessageArguments& arguments);
/// Checks a pattern without values: for the strings contract.
Outcome check_message(std::string_view pattern, std::string_view language);

std::string format_number(std::int64_t number, std::string_view language);
/// "13,20 €", "13.20–14.80 €" as the reader writes an amount of a currency (ISO 4217; else as given, after
/// the number): without decimals where none is needed. Both ends the same: one amount.
std::string format_money(double least, double most, std::string_view currency, std::string_view language);
/// "23.11.2026", "23 November 2026", in the reader's order; at the offset of the place.
std::string format_date(UtcMs time, std::string_view language, int offset_minutes);
/// How the reader writes a date in numbers: y, M and d, and the two signs between them: "d.M.y", "d/M/y".
std::string numeric_date_pattern(std::string_view language);
/// "23.11.2026 klo 9.15"
std::string format_date_time(UtcMs time, std::string_view language, int offset_minutes);
/// The language's own name: "suomi", "English", "العربية".
std::string language_name(std::string_view language, std::string_view shown_in);
/// A country by its two letters: "Suomi", "Finland".
std::string region_name(std::string_view region, std::string_view shown_in);

/// Lower case by Unicode, for comparison (ä stays ä); with `without_marks` also without diacritics (ä becomes
/// a).
std::string folded(std::string_view text, bool without_marks = false);
/// The words of a text as a reader counts them, folded.
std::vector<std::string> folded_words(std::string_view text);
/// Whether a label that begins with "xn--" is one of IDNA 2008.
bool is_valid_a_label(std::string_view label);
/// Unicode NFC.
std::string composed(std::string_view text);

} // namespace vakant
