#include "core/base/utf8.h"
#include "core/strings/pseudo.h"
#include "core/text/alphabet.h"
#include "core/text/message_shape.h"
#include "core/text/text.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

using namespace vakant;

namespace {

std::unique_ptr<TextEngine> engine() {
    return TextEngine::open(FontFiles::installed()).value();
}

TextStyle style(std::string language, float px = 32) {
    TextStyle style;
    style.px = px;
    style.direction = direction_of(language);
    style.language = std::move(language);
    return style;
}

/// The glyphs that show something, from left to right, without their sub-pixel step.
std::vector<GlyphKey> shapes(TextEngine& engine, const TextLine& line) {
    std::vector<GlyphKey> keys;
    for (const PlacedGlyph& glyph : line.glyphs) {
        if (engine.picture(glyph.key).width > 0) keys.push_back(glyph.key >> 2);
    }
    return keys;
}

std::vector<GlyphKey> shapes(TextEngine& engine, std::string_view text, const TextStyle& style) {
    const TextLayout layout = engine.lay_out(text, style);
    REQUIRE(layout.lines.size() == 1);
    return shapes(engine, layout.lines.front());
}

/// The digits of a line as the eye meets them from left to right.
std::string digits_seen(TextEngine& engine, std::string_view text, const TextStyle& style) {
    std::map<GlyphKey, char> names;
    for (char digit = '0'; digit <= '9'; ++digit) {
        names[shapes(engine, std::string_view(&digit, 1), style).front()] = digit;
    }
    std::string seen;
    for (const GlyphKey key : shapes(engine, text, style)) {
        if (names.contains(key)) seen += names[key];
    }
    return seen;
}

float caret_at(const TextLine& line, std::size_t offset) {
    for (const CaretStop& caret : line.carets) {
        if (caret.offset == offset) return caret.x;
    }
    FAIL("no caret at byte " << offset);
    return 0;
}

} // namespace

TEST_CASE("a missing font file is refused with its path and its package") {
    FontFiles files = FontFiles::installed();
    files.arabic[1] = "/nowhere/NotoSansArabic-Bold.ttf";
    const auto engine = TextEngine::open(files);
    REQUIRE_FALSE(engine.ok());
    CHECK(engine.error().kind == ErrorKind::not_found);
    CHECK(engine.error().detail ==
          "font file /nowhere/NotoSansArabic-Bold.ttf is missing: install the package fonts-noto-core");
}

TEST_CASE("Finnish text runs from left to right, one glyph a letter, and grows with its size") {
    const auto text = engine();
    const TextLayout small = text->lay_out("työpaikka", style("fi", 20));
    const TextLayout large = text->lay_out("työpaikka", style("fi", 40));
    REQUIRE(small.lines.size() == 1);
    CHECK(small.lines[0].first == 0);
    CHECK(small.lines[0].last == std::string_view("työpaikka").size());
    REQUIRE(small.lines[0].glyphs.size() == 9);
    for (std::size_t i = 1; i < 9; ++i)
        CHECK(small.lines[0].glyphs[i].x > small.lines[0].glyphs[i - 1].x);
    CHECK(large.width == Approx(2 * small.width).epsilon(0.001));
    CHECK(large.line_height == Approx(2 * small.line_height).margin(1));
    CHECK(small.ascent < small.line_height);
    CHECK(small.height() == small.line_height);
}

TEST_CASE("a glyph's picture has ink, lies on the baseline, and differs by quarter of a pixel") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("HHHHHHHH", style("en", 33));
    std::set<GlyphKey> keys;
    for (const PlacedGlyph& glyph : layout.lines[0].glyphs) {
        keys.insert(glyph.key);
        CHECK(glyph.x == std::floor(glyph.x));
        const GlyphPicture picture = text->picture(glyph.key);
        REQUIRE(picture.coverage.size() == static_cast<std::size_t>(picture.width * picture.height));
        CHECK(picture.top == picture.height); // H stands on the baseline
        CHECK(*std::max_element(picture.coverage.begin(), picture.coverage.end()) == 255);
    }
    CHECK(keys.size() > 1);
    CHECK(keys.size() <= 4);
    CHECK(text->picture(text->lay_out(" ", style("en")).lines[0].glyphs.at(0).key).width == 0);
}

TEST_CASE("Arabic letters join: they take other shapes than alone") {
    const auto text = engine();
    const TextStyle arabic = style("ar");
    const std::vector<GlyphKey> word = shapes(*text, "عمل", arabic);
    std::set<GlyphKey> alone;
    for (const std::string_view letter : {"ع", "م", "ل"})
        alone.insert(shapes(*text, letter, arabic).front());
    REQUIRE(word.size() == 3);
    for (const GlyphKey key : word)
        CHECK_FALSE(alone.contains(key));
}

TEST_CASE("lam and alef become one glyph with a caret in its middle") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("لا", style("ar"));
    CHECK(shapes(*text, layout.lines[0]).size() == 1);
    const TextLine& line = layout.lines[0];
    REQUIRE(line.carets.size() == 3);
    CHECK(caret_at(line, 0) == Approx(line.width));
    CHECK(caret_at(line, 2) == Approx(line.width / 2));
    CHECK(caret_at(line, 4) == Approx(0).margin(0.01));
}

TEST_CASE("vowel marks stand on their letters and take no room") {
    const auto text = engine();
    const TextLayout bare = text->lay_out("قم", style("ar"));
    const TextLayout marked = text->lay_out("قُمْ", style("ar"));
    CHECK(marked.width == Approx(bare.width).margin(0.5));
    CHECK(marked.lines[0].glyphs.size() == bare.lines[0].glyphs.size() + 2);
    CHECK(marked.lines[0].carets.size() == 3); // two letters, whatever stands on them
}

TEST_CASE("a number with no-break spaces keeps its order in an Arabic line, one with plain spaces does not") {
    const auto text = engine();
    const TextStyle arabic = style("ar");
    CHECK(digits_seen(*text, "يوجد 1\u00A0284 وظيفة", arabic) == "1284");
    CHECK(digits_seen(*text, "يوجد " + format_number(1284567, "ar") + " وظيفة", arabic) == "1284567");
    CHECK(digits_seen(*text, "يوجد 1 284 وظيفة", arabic) == "2841"); // why format_number and isolated() exist
}

TEST_CASE("an isolated telephone number keeps its order in an Arabic line") {
    const auto text = engine();
    const TextStyle arabic = style("ar");
    CHECK(digits_seen(*text, "رقم الهاتف " + isolated("09 123 456") + " اليوم", arabic) == "09123456");
    CHECK(digits_seen(*text, "رقم الهاتف 09 123 456 اليوم", arabic) == "45612309");
}

TEST_CASE("Latin words inside Arabic run left to right, and the line begins at the right") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("في Helsinki", style("ar"));
    const TextLine& line = layout.lines[0];
    CHECK(caret_at(line, 0) == Approx(line.width));
    const std::size_t latin = std::string_view("في ").size();
    CHECK(caret_at(line, latin) == Approx(0).margin(0.01));
    CHECK(caret_at(line, latin + 1) > caret_at(line, latin));
}

TEST_CASE("a wrapped text never exceeds its width, loses nothing and breaks between words") {
    const auto text = engine();
    const std::string finnish =
        "Lastenhoitaja, ma–pe klo 7.30–16.00, Helsinki-Vantaan lentoaseman läheisyydessä "
        "sijaitsevassa päiväkodissa; määräaikainen työsuhde 31.7.2027 saakka.";
    const std::string arabic =
        "نص عربي طويل يجب أن يلتف إلى عدة أسطر لأنه أعرض بكثير من الصندوق 1\u00A0284 Helsinki";
    for (const auto& [words, language] : {std::pair{finnish, "fi"}, std::pair{arabic, "ar"}}) {
        for (float width = 40; width < 700; width += 13) {
            const TextLayout layout = text->lay_out(words, style(language, 24), width);
            std::size_t expected = 0;
            for (const TextLine& line : layout.lines) {
                CHECK(line.width <= width);
                CHECK(line.first == expected);
                CHECK(line.carets.front().offset == line.first);
                CHECK(line.carets.back().offset == line.last);
                expected = line.last;
            }
            CHECK(expected == words.size());
            if (width < 300) continue;
            for (std::size_t i = 0; i + 1 < layout.lines.size(); ++i) {
                const char before = words[layout.lines[i].last - 1];
                CHECK(
                    (before == ' ' || before == '-' || words.compare(layout.lines[i].last - 3, 3, "–") == 0));
            }
        }
    }
}

TEST_CASE("a word that is wider than the line breaks between letters") {
    const auto text = engine();
    const std::string word = "Kiinteistönhoitoalanammattitutkinto";
    const TextLayout layout = text->lay_out(word, style("fi", 32), 150);
    CHECK(layout.lines.size() > 3);
    for (const TextLine& line : layout.lines)
        CHECK(line.width <= 150);
    CHECK(layout.lines.back().last == word.size());
}

TEST_CASE("more lines than wanted end in an ellipsis that fits") {
    const auto text = engine();
    const TextStyle english = style("en", 24);
    const std::string words = "A long paragraph of English text that must be wrapped into several lines.";
    const TextLayout layout = text->lay_out(words, english, 260, 2);
    REQUIRE(layout.lines.size() == 2);
    CHECK(layout.lines[1].width <= 260);
    CHECK(layout.lines[1].last < words.size());
    CHECK(shapes(*text, layout.lines[1]).back() == shapes(*text, "…", english).front());
    const TextLayout whole = text->lay_out(words, english, 260);
    CHECK(whole.lines.back().last == words.size());
    CHECK(whole.lines.size() > 2);
}

TEST_CASE("in Arabic the ellipsis stands at the left") {
    const auto text = engine();
    TextStyle arabic = style("ar", 24);
    const TextLayout layout = text->lay_out("نص عربي طويل يجب أن يلتف إلى عدة أسطر", arabic, 200, 1);
    REQUIRE(layout.lines.size() == 1);
    CHECK(layout.lines[0].width <= 200);
    const std::vector<GlyphKey> keys = shapes(*text, layout.lines[0]);
    CHECK(keys.front() == shapes(*text, "…", style("en", 24)).front());
}

TEST_CASE("each line break of the text begins a line, also an empty one") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("yksi\n\nkolme\n", style("fi"));
    REQUIRE(layout.lines.size() == 4);
    CHECK(layout.lines[1].first == 5);
    CHECK(layout.lines[1].last == 5);
    CHECK(layout.lines[2].first == 6);
    CHECK(layout.lines[2].last == 11);
    CHECK(layout.lines[3].carets.size() == 1);
    CHECK(layout.height() == 4 * layout.line_height);
    const TextLayout cut = text->lay_out("yksi\nkaksi", style("fi"), 0, 1);
    REQUIRE(cut.lines.size() == 1);
    CHECK(shapes(*text, cut.lines[0]).back() == shapes(*text, "…", style("fi")).front());
}

TEST_CASE("an empty text is one empty line with a caret") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("", style("ar"));
    REQUIRE(layout.lines.size() == 1);
    REQUIRE(layout.lines[0].carets.size() == 1);
    CHECK(layout.lines[0].carets[0].x == 0);
    CHECK(layout.line_height > 0);
}

TEST_CASE("a space at the end of a field moves the caret") {
    const auto text = engine();
    const TextLine without = text->lay_out("Aino", style("fi")).lines[0];
    const TextLine with = text->lay_out("Aino ", style("fi")).lines[0];
    CHECK(with.carets.back().x > without.carets.back().x + 4);
}

TEST_CASE("signs that the text fonts lack come from the symbol font, bytes that are no UTF-8 do no harm") {
    const auto text = engine();
    const TextLayout layout = text->lay_out("✓ \xFF\xC3 😀", style("fi"));
    CHECK(shapes(*text, layout.lines[0]).size() >= 3);
    CHECK(layout.lines[0].last == std::string_view("✓ \xFF\xC3 😀").size());
}

TEST_CASE("a text is laid out the same again, also after forgetting") {
    const auto text = engine();
    const auto keys = [&] {
        std::vector<GlyphKey> keys;
        for (const TextLine& line : text->lay_out("Hae työtä", style("fi"), 90).lines) {
            for (const PlacedGlyph& glyph : line.glyphs)
                keys.push_back(glyph.key);
        }
        return keys;
    };
    const std::vector<GlyphKey> first = keys();
    CHECK(keys() == first);
    text->forget();
    CHECK(keys() == first);
    CHECK(text->lay_out("Hae työtä", style("fi"), 300).lines.size() == 1);
}

TEST_CASE("a reader's letters are not parted: accents, emoji families, flags, Hangul") {
    CHECK(grapheme_boundaries("") == std::vector<std::size_t>{0});
    CHECK(grapheme_boundaries("äb") == std::vector<std::size_t>{0, 2, 3});
    CHECK(grapheme_boundaries("a\u0308b") == std::vector<std::size_t>{0, 3, 4});
    CHECK(grapheme_boundaries("👩‍👩‍👧x") == std::vector<std::size_t>{0, 18, 19});
    CHECK(grapheme_boundaries("🇫🇮🇸🇪") == std::vector<std::size_t>{0, 8, 16});
    CHECK(grapheme_boundaries("👍🏽") == std::vector<std::size_t>{0, 8});
    CHECK(grapheme_boundaries("قُم") == std::vector<std::size_t>{0, 4, 6});
    CHECK(grapheme_boundaries("\r\n") == std::vector<std::size_t>{0, 2});
}

TEST_CASE("languages are read in their direction and named in their own words") {
    CHECK(direction_of("fi-simple") == Direction::left_to_right);
    CHECK(direction_of("ar") == Direction::right_to_left);
    CHECK(direction_of("fa-IR") == Direction::right_to_left);
    CHECK(direction_of("arn") == Direction::left_to_right);
    CHECK(language_name("fi", "fi") == "suomi");
    CHECK(language_name("en", "en") == "English");
    CHECK(language_name("ar", "ar") == "العربية");
    CHECK(language_name("fi-simple", "sv") == "finska");
}

namespace {
std::string places(std::string_view pattern, std::string_view language, std::int64_t count) {
    return format_message(pattern, language, {{"count", count}}).value();
}
} // namespace

TEST_CASE(
    "what agencies write is looked for in plain Finnish, Finnish and English, never in another language") {
    using Order = std::vector<std::string>;
    CHECK(reading_order("fi-simple") == Order{"fi-simple", "fi", "en"});
    CHECK(reading_order("fi") == Order{"fi", "en"});
    CHECK(reading_order("uk") == Order{"uk", "en"});
    CHECK(reading_order("en") == Order{"en"});
    CHECK(same_language("fi-simple", "fi"));
    CHECK_FALSE(same_language("fi", "fil"));
    CHECK_FALSE(same_language("uk", "ru"));
}

TEST_CASE("a message is taken apart into values, choices and its own words") {
    const auto shape =
        shape_of("Hyvä {name}, {n, plural, =0 {ei paikkoja} one {# paikka} other {# paikkaa}}.");
    REQUIRE(shape.ok());
    CHECK(shape->arguments == std::set<std::string>{"n", "name"});
    REQUIRE(shape->choices.size() == 1);
    CHECK(shape->choices[0].argument == "n");
    CHECK(shape->choices[0].selectors == std::vector<std::string>{"=0", "one", "other"});
    CHECK(shape->literals ==
          std::vector<std::string>{"Hyvä ", ", ", "ei paikkoja", " paikka", " paikkaa", "."});
    CHECK(shape->longest == 5 + 2 + 11 + 1); // with "ei paikkoja" or "123 paikkaa"
    CHECK_FALSE(shape_of("{n").ok());
}

TEST_CASE("languages tell the plurals apart that their readers do") {
    using Words = std::set<std::string>;
    CHECK(plural_categories("fi-simple") == Words{"one", "other"});
    CHECK(plural_categories("uk") == Words{"few", "many", "one", "other"});
    CHECK(plural_categories("ar") == Words{"few", "many", "one", "other", "two", "zero"});
}

TEST_CASE("the pseudo-language is a third longer, accented, and asks for the same values") {
    CHECK(pseudo_words("Start") == "Šţáááŕţ");
    const auto message = pseudo_message("{n, plural, one {# place} other {# places}} in {town}");
    REQUIRE(message.ok());
    const auto shape = shape_of(*message);
    REQUIRE(shape.ok());
    CHECK(shape->arguments == std::set<std::string>{"n", "town"});
    const std::string words = "You can look at vacancies without saying who you are.";
    const std::size_t before = code_point_count(words), after = code_point_count(pseudo_words(words));
    CHECK(after >= before * 130 / 100);
    CHECK(after <= before * 140 / 100);
}

TEST_CASE("the alphabets hold the letters that keyboards owe") {
    const auto has = [](std::string_view language, std::string_view letter) {
        const auto alphabet = alphabet_of(language);
        return std::find(alphabet.begin(), alphabet.end(), letter) != alphabet.end();
    };
    CHECK(has("fi", "š"));
    CHECK(has("et", "õ"));
    CHECK(has("se", "ŋ"));
    CHECK(has("uk", "ґ"));
    CHECK(has("ar", "آ"));
    CHECK_FALSE(has("uk", "ы"));
    CHECK(is_foreign_letter(U'ы', "uk"));
    CHECK_FALSE(is_foreign_letter(U'ы', "ru"));
    CHECK_FALSE(is_foreign_letter(U'7', "ar"));
    CHECK(in_capitals("ъ’é", "ru") == "Ъ’É");
    CHECK(compatible("\uFEFB") == "\u0644\u0627"); // lam-alef is two letters
}

TEST_CASE("lists stand in the order in which a reader of the language looks") {
    const std::vector<std::string> towns = {"Örebro", "Oulu", "Åbo", "Zürich", "Aleppo"};
    using Places = std::vector<std::size_t>;
    CHECK(sorted_places(towns, "sv") == Places{4, 1, 3, 2, 0});
    CHECK(sorted_places(towns, "en") == Places{2, 4, 0, 1, 3});
}

TEST_CASE("what is put into a right-to-left message, or runs so itself, is isolated once") {
    const MessageArguments phone = {{"phone", std::string("+358 40 123")}};
    CHECK(format_message("اتصل {phone}", "ar", phone).value() == "اتصل \u2068+358 40 123\u2069");
    CHECK(format_message("Soita {phone}", "fi", phone).value() == "Soita +358 40 123");
    const MessageArguments name = {{"name", std::string("ليلى")}};
    CHECK(format_message("Hei {name}!", "fi", name).value() == "Hei \u2068ليلى\u2069!");
    const MessageArguments isolate = {{"phone", isolated("040 123")}};
    CHECK(format_message("{phone}", "ar", isolate).value() == "\u2068040 123\u2069");
    CHECK(isolated(isolated("a") + " " + isolated("b")) == "\u2068\u2068a\u2069 \u2068b\u2069\u2069");
    // Several names: each in its own order, the first of them first as the message is read.
    const MessageArguments names = {{"names", isolated("A Oy") + "، " + isolated("B Oy")}};
    CHECK(format_message("{names}", "ar", names).value() == "\u2067\u2068A Oy\u2069، \u2068B Oy\u2069\u2069");
    CHECK(format_message("{names}", "fi", names).value() == "\u2068A Oy\u2069، \u2068B Oy\u2069");
    const MessageArguments mixed = {{"names", "Oy " + isolated("A") + ", " + isolated("B")}};
    CHECK(format_message("{names}", "ar", mixed).value() == "\u2068Oy \u2068A\u2069, \u2068B\u2069\u2069");
}

TEST_CASE("plurals follow the rules of each language") {
    const std::string_view fi = "{count, plural, one {# paikka} other {# paikkaa}}";
    CHECK(places(fi, "fi", 1) == "1 paikka");
    CHECK(places(fi, "fi-simple", 0) == "0 paikkaa");
    CHECK(places(fi, "fi", 1284) == "1\u00A0284 paikkaa");
    const std::string_view en = "{count, plural, =0 {No places} one {# place} other {# places}} found";
    CHECK(places(en, "en", 0) == "No places found");
    CHECK(places(en, "en", 1) == "1 place found");
    CHECK(places(en, "en", 12345678) == "12\u00A0345\u00A0678 places found");
    const std::string_view uk = "{count, plural, one {# місце} few {# місця} many {# місць} other {# місця}}";
    CHECK(places(uk, "uk", 1) == "1 місце");
    CHECK(places(uk, "uk", 22) == "22 місця");
    CHECK(places(uk, "uk", 11) == "11 місць");
    const std::string_view ar =
        "{count, plural, zero {0:#} one {1:#} two {2:#} few {f:#} many {m:#} other {o:#}}";
    CHECK(places(ar, "ar", 0) == "0:0");
    CHECK(places(ar, "ar", 1) == "1:1");
    CHECK(places(ar, "ar", 2) == "2:2");
    CHECK(places(ar, "ar", 3) == "f:3");
    CHECK(places(ar, "ar", 11) == "m:11");
    CHECK(places(ar, "ar", 100) == "o:100");
}

TEST_CASE("messages take texts, numbers, choices and quoted braces") {
    CHECK(format_message("Hei, {name}!", "fi", {{"name", std::string("Aino {1}")}}).value() ==
          "Hei, Aino {1}!");
    CHECK(format_message("{speed} wpm", "en", {{"speed", 41.25}}).value() == "41.25 wpm");
    CHECK(format_message("{speed} wpm", "fi", {{"speed", -1041.5}}).value() == "\u22121\u00A0041,5 wpm");
    CHECK(format_message("{n, number}", "ar", {{"n", std::int64_t{1284}}}).value() == "1\u00A0284");
    CHECK(
        format_message("{how, select, phone {soita} other {kirjoita}}", "fi", {{"how", std::string("phone")}})
            .value() == "soita");
    CHECK(format_message("{how, select, phone {soita} other {kirjoita}}", "fi", {{"how", std::string("x")}})
              .value() == "kirjoita");
    CHECK(format_message("it''s '{not}' a placeholder", "en", {}).value() == "it's {not} a placeholder");
    CHECK(format_message("{n, plural, offset:1 one {you and # other} other {you and # others}}", "en",
                         {{"n", std::int64_t{3}}})
              .value() == "you and 2 others");
    CHECK(format_message("{a, select, x {{n, plural, one {one} other {#}}} other {}}", "en",
                         {{"a", std::string("x")}, {"n", std::int64_t{5}}})
              .value() == "5");
}

TEST_CASE("a message that cannot be filled says why") {
    const auto missing = format_message("Hei, {name}!", "fi", {});
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().detail == "message: no value for {name}");
    const auto text = format_message("{n, plural, other {#}}", "fi", {{"n", std::string("x")}});
    REQUIRE_FALSE(text.ok());
    CHECK(text.error().detail == "message: a plural was given a text");
}

TEST_CASE("bad patterns are found without values") {
    CHECK(check_message("{count, plural, one {# place} other {# places}}", "en").ok());
    for (const std::string_view bad : {"{count", "{count, plural, one {x}}",
                                       "{count, plural, one {# x} other {# y}", "{when, date}", "\xFF"}) {
        INFO(bad);
        CHECK_FALSE(check_message(bad, "en").ok());
    }
}

TEST_CASE("numbers are grouped with a no-break space in every language") {
    CHECK(format_number(0, "fi") == "0");
    CHECK(format_number(999, "en") == "999");
    CHECK(format_number(1284, "en") == "1\u00A0284");
    CHECK(format_number(1234567, "ar") == "1\u00A0234\u00A0567");
    CHECK(format_number(-1284, "fi") == "\u22121\u00A0284");
}

TEST_CASE("dates are written in the reader's order at the place's offset") {
    const UtcMs late = parse_iso8601("2026-11-22T22:15:00Z").value();
    CHECK(format_date(late, "fi", 120) == "23.11.2026");
    CHECK(format_date(late, "fi-simple", 0) == "22.11.2026");
    CHECK(format_date(late, "en", 120) == "23 November 2026");
    CHECK(format_date(late, "sv", 120) == "23 november 2026");
    CHECK(format_date(late, "ar", 120) == "23 نوفمبر 2026");
    CHECK(format_date(late, "fa", 120) == "23 نوامبر 2026");
    CHECK(format_date_time(late, "fi", 120) == "23.11.2026 klo 0.15");
    CHECK(format_date_time(late - 60'000, "fi", 105) == "22.11.2026 klo 23.59");
    CHECK(format_date_time(parse_iso8601("1969-12-31T22:05:00Z").value(), "fi", 120) == "1.1.1970 klo 0.05");
    CHECK(format_date_time(late, "en", 120) == "23 November 2026 at 00:15");
    CHECK(format_date_time(late, "sv", 120) == "23 november 2026 kl. 00:15");
}

TEST_CASE("text is folded for search: case always, marks when asked") {
    CHECK(folded("Työ ÄÄNI") == "työ ääni");
    CHECK(folded("Työ ÄÄNI Å", true) == "tyo aani a");
    CHECK(folded("STRASSE straße") == "strasse strasse");
    CHECK(folded("A\u0308") == "ä");
    CHECK(folded("РОБОТА") == "робота");
    CHECK(folded("Йод", true) == "иод");
    CHECK(folded_words("C++-ohjelmoija, Helsinki-Vantaa (2 kpl)!") ==
          std::vector<std::string>{"c", "ohjelmoija", "helsinki", "vantaa", "2", "kpl"});
    CHECK(folded_words("عامل نظافة").size() == 2);
    CHECK(composed("a\u0308") == "ä");
    CHECK(isolated("040") == "\u2068040\u2069");
}

TEST_CASE("amounts of money are written as the reader writes them, without what turns a range round") {
    CHECK(format_money(13.2, 14.8, "EUR", "fi") == "13,20–14,80\u00A0€");
    CHECK(format_money(2450, 2450, "EUR", "fi-simple") == "2\u00A0450\u00A0€");
    CHECK(format_money(13.2, 14.8, "EUR", "ar") == "13.20–14.80\u00A0€");
    CHECK(format_money(100, 120, "points", "fi") == "100–120\u00A0points");
    CHECK(format_money(100, 100, "", "fi") == "100");
}
