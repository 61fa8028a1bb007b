#include "kiosk/print/slip.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>

namespace vakant {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
/// Lines are laid out this much larger than they are printed, so that nothing is rounded to a visible amount.
constexpr float finer = 32;

struct Sheet {
    double width, height, margin, code_side; ///< points; height 0: as long as it needs to be
};
Sheet sheet_of(Paper paper) {
    if (paper == Paper::a4)
        return {210 * points_per_mm, 297 * points_per_mm, 22 * points_per_mm, 50 * points_per_mm};
    // Printers of 80 mm paper reach 72 mm of it.
    return {80 * points_per_mm, 0, 5 * points_per_mm, 40 * points_per_mm};
}

struct Type {
    float points;
    Weight weight;
    double space_before;
};
Type type_of(SlipBlock::Look look, Paper paper) {
    const float scale = paper == Paper::a4 ? 1.25F : 1.0F;
    switch (look) {
    case SlipBlock::Look::title:
        return {13 * scale, Weight::bold, 0};
    case SlipBlock::Look::number:
        return {30 * scale, Weight::bold, 4};
    case SlipBlock::Look::strong:
        return {10 * scale, Weight::semibold, 7};
    case SlipBlock::Look::small:
        return {8 * scale, Weight::regular, 3};
    case SlipBlock::Look::body:
    case SlipBlock::Look::rule:
    case SlipBlock::Look::code:
        break;
    }
    return {10 * scale, Weight::regular, 3};
}

/// The marks that only steer the order of reading are no part of what is read.
std::string without_marks(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_isolate = text.substr(i, 2) == "\xE2\x81" && i + 2 < text.size() &&
                                static_cast<unsigned char>(text[i + 2]) >= 0xA6 &&
                                static_cast<unsigned char>(text[i + 2]) <= 0xA9;
        if (is_isolate) {
            i += 2;
        } else if (text[i] != '\n') {
            out += text[i];
        }
    }
    return out;
}

struct SurfaceEnd {
    void operator()(cairo_surface_t* it) const { cairo_surface_destroy(it); }
    void operator()(cairo_t* it) const { cairo_destroy(it); }
    void operator()(cairo_font_face_t* it) const { cairo_font_face_destroy(it); }
};
template <typename T>
using CairoPointer = std::unique_ptr<T, SurfaceEnd>;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned length) {
    auto& out = *static_cast<Bytes*>(to);
    out.insert(out.end(), bytes, bytes + length);
    return CAIRO_STATUS_SUCCESS;
}

class Press {
public:
    Press(const Slip& slip, Paper paper, TextEngine& text)
        : slip_(slip), paper_(paper), sheet_(sheet_of(paper)), text_(text),
          direction_(direction_of(slip.language)) {}

    Result<Bytes> print() {
        double height = sheet_.height;
        if (height == 0) {
            place(nullptr, 0); // once without ink, for the length
            height = y_ + sheet_.margin;
        }
        Bytes pdf;
        {
            const CairoPointer<cairo_surface_t> surface(
                cairo_pdf_surface_create_for_stream(&append, &pdf, sheet_.width, height));
            const CairoPointer<cairo_t> ink(cairo_create(surface.get()));
            place(ink.get(), height);
            cairo_show_page(ink.get());
            cairo_surface_finish(surface.get());
            faces_.clear();
            const cairo_status_t status = cairo_surface_status(surface.get());
            if (status != CAIRO_STATUS_SUCCESS)
                return internal_error(std::string("a slip could not be drawn: ") +
                                      cairo_status_to_string(status));
        }
        return pdf;
    }

private:
    double content_width() const { return sheet_.width - 2 * sheet_.margin; }

    void place(cairo_t* ink, double page_height) {
        y_ = sheet_.margin;
        for (const SlipBlock& block : slip_.blocks) {
            if (block.look == SlipBlock::Look::rule) {
                place_rule(ink);
            } else if (block.look == SlipBlock::Look::code) {
                place_code(ink, page_height);
            } else {
                place_text(ink, block, page_height);
            }
        }
    }

    /// A new page where `needed` does not fit on this one.
    void make_room(cairo_t* ink, double needed, double page_height) {
        if (!ink || sheet_.height == 0 || y_ + needed <= page_height - sheet_.margin) return;
        cairo_show_page(ink);
        y_ = sheet_.margin;
    }

    void place_rule(cairo_t* ink) {
        y_ += 7;
        if (ink) {
            cairo_set_line_width(ink, 0.7);
            cairo_move_to(ink, sheet_.margin, y_);
            cairo_line_to(ink, sheet_.width - sheet_.margin, y_);
            cairo_stroke(ink);
        }
        y_ += 4;
    }

    void place_code(cairo_t* ink, double page_height) {
        if (slip_.code.side <= 0) return;
        constexpr int quiet = 4; // modules that scanners need around it
        const double module = std::floor(sheet_.code_side / (slip_.code.side + 2 * quiet) * 8) / 8;
        const double side = module * slip_.code.side;
        y_ += module * quiet;
        make_room(ink, side + module * quiet, page_height);
        const double left = paper_ == Paper::receipt_80mm ? (sheet_.width - side) / 2
                            : direction_ == Direction::right_to_left
                                ? sheet_.width - sheet_.margin - module * quiet - side
                                : sheet_.margin + module * quiet;
        for (int row = 0; ink && row < slip_.code.side; ++row) {
            for (int column = 0; column < slip_.code.side; ++column) {
                const auto at = static_cast<std::size_t>(row * slip_.code.side + column);
                if (slip_.code.dark[at] == 0) continue;
                cairo_rectangle(ink, left + column * module, y_ + row * module, module, module);
            }
        }
        if (ink) cairo_fill(ink);
        y_ += side + module * quiet;
    }

    void place_text(cairo_t* ink, const SlipBlock& block, double page_height) {
        Type type = type_of(block.look, paper_);
        TextStyle style;
        style.weight = type.weight;
        style.language = slip_.language;
        style.direction = direction_;
        style.px = type.points * finer;
        const float width = static_cast<float>(content_width()) * finer;
        const bool is_number = block.look == SlipBlock::Look::number;
        if (is_number) { // on one line, as large as fits
            const float wide = text_.lay_out(block.text, style).width;
            if (wide > width) style.px *= width / wide;
        }
        const TextLayout layout = text_.lay_out(block.text, style, is_number ? 0 : width);
        y_ += type.space_before;
        const double line_height = layout.line_height / finer;
        for (const TextLine& line : layout.lines) {
            make_room(ink, line_height, page_height);
            if (ink) draw_line(ink, block.text, line, y_ + layout.ascent / finer);
            y_ += line_height;
        }
    }

    cairo_font_face_t* face(const std::filesystem::path& file) {
        CairoPointer<cairo_font_face_t>& kept = faces_[file];
        if (!kept) {
            FcPattern* pattern = FcPatternCreate();
            FcPatternAddString(pattern, FC_FILE, reinterpret_cast<const FcChar8*>(file.c_str()));
            FcPatternAddInteger(pattern, FC_INDEX, 0);
            kept.reset(cairo_ft_font_face_create_for_pattern(pattern));
            FcPatternDestroy(pattern);
        }
        return kept.get();
    }

    void draw_line(cairo_t* ink, std::string_view text, const TextLine& line, double baseline) {
        const double width = line.width / finer;
        const double left =
            direction_ == Direction::right_to_left ? sheet_.width - sheet_.margin - width : sheet_.margin;
        std::set<std::size_t> starts{line.last};
        for (const PlacedGlyph& glyph : line.glyphs)
            starts.insert(glyph.first);
        for (std::size_t i = 0; i < line.glyphs.size();) {
            const std::size_t first = line.glyphs[i].first;
            const GlyphOutline outline = text_.outline(line.glyphs[i].key);
            std::vector<cairo_glyph_t> glyphs;
            for (; i < line.glyphs.size() && line.glyphs[i].first == first; ++i) {
                const GlyphOutline glyph = text_.outline(line.glyphs[i].key);
                glyphs.push_back({glyph.index, left + (line.glyphs[i].x + glyph.step_px) / finer,
                                  baseline + line.glyphs[i].y / finer});
            }
            const auto next = starts.upper_bound(first);
            const std::size_t end = next == starts.end() ? line.last : *next;
            cairo_set_font_face(ink, face(outline.font));
            cairo_set_font_size(ink, static_cast<double>(outline.px / finer));
            show(ink, without_marks(text.substr(first, end - first)), glyphs);
        }
    }

    /// One cluster: the letters that these glyphs show stand in the file beside them.
    static void show(cairo_t* ink, const std::string& text, const std::vector<cairo_glyph_t>& glyphs) {
        const cairo_text_cluster_t cluster{static_cast<int>(text.size()), static_cast<int>(glyphs.size())};
        cairo_show_text_glyphs(ink, text.data(), static_cast<int>(text.size()), glyphs.data(),
                               static_cast<int>(glyphs.size()), &cluster, 1, cairo_text_cluster_flags_t{});
    }

    const Slip& slip_;
    Paper paper_;
    Sheet sheet_;
    TextEngine& text_;
    Direction direction_;
    double y_ = 0;
    std::map<std::filesystem::path, CairoPointer<cairo_font_face_t>> faces_;
};

} // namespace

Result<Bytes> slip_pdf(const Slip& slip, Paper paper, TextEngine& text) {
    const std::size_t side = static_cast<std::size_t>(std::max(0, slip.code.side));
    if (slip.code.dark.size() != side * side) return invalid_input("a code that is not square");
    return Press(slip, paper, text).print();
}

} // namespace vakant
