// Around every page: brand and languages above, the page's main actions and the bar below.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

std::string language_key(std::string_view code) {
    return "language." + std::string(code);
}

} // namespace

FrameIntent Ui::frame(const FrameSpec& spec) {
    Inside& in = *inside_;
    in.frame_spec = spec;
    in.place = NodePlace::fixed;
    in.draw_header(spec);
    in.plan_bar();
    if (in.reach_top > 0) in.draw_reach_band();
    in.place = NodePlace::page_flow;
    if (const FrameIntent::Kind pressed = in.take_bar(); pressed != FrameIntent::Kind::none)
        return {pressed, ""};
    for (const LanguageChoice& language : spec.languages) {
        if (!in.take(language_key(language.code))) continue;
        in.menu = FrameMenu::none;
        return {FrameIntent::Kind::language, language.code};
    }
    return {};
}

// ---- header

/// Brand at the start; at the end every language in its own script. Where these do not fit, the bar's button
/// opens the list; on a page without a bar they stand below, or a button where there is no room for that
/// either.
void Ui::Inside::draw_header(const FrameSpec& spec) {
    const float chip = chip_height();
    const BrandPlan brand = plan_brand(spec);
    const float row = std::max({chip, d(56), brand.height()});
    const bool is_low = settings.text_scale > 1.4f || settings.height_px < mm(design::low_screen);
    const float pad = d(shows_little() ? 16.0f : is_low ? 28.0f : 36.0f);
    header_height = usual_header = row + 2 * pad;
    // The bar stays where it is when an agency comes whose name needs two lines.
    if (shows_little())
        usual_header = std::max(usual_header, 2 * block("A", TypeRole::brand, 0).height() + 2 * pad);
    const float x = margin(), middle = pad + std::round(row / 2);
    draw_brand(spec, brand, x, middle);
    const float left = x + brand.width() + d(40);
    const float room = settings.width_px - x - left;
    float used = 0;
    if (spec.show_languages && !spec.languages.empty() && reach_top == 0) {
        const float all = all_chips(spec);
        if (all <= room) {
            used = all;
            draw_chips(spec, all, row + 2 * pad);
        } else if (spec.show_bar) {
            // Elsewhere, and on screens that have no room for rows of them, the bar's button leads to them.
            if (spec.names_languages && settings.is_portrait()) draw_chip_rows(spec, row + pad + d(24));
        } else if (!draw_chip_rows(spec, row + pad + d(24))) {
            const float wanted = button_width(own_language(spec), true);
            used = std::min(wanted, room);
            // Under a name that fills the row.
            const bool below = wanted > room;
            const float y = below ? row + pad + d(24) : middle - std::round(chip / 2);
            if (below) used = std::min(wanted, settings.width_px - 2 * x), header_height = y + chip + d(28);
            draw_language_button(spec, {settings.width_px - x - used, y, used, chip});
            if (below) used = 0;
        }
    }
    if (!spec.status_line.empty()) draw_status(spec.status_line, {left, pad, room - used - d(40), row});
    header_height = std::max(header_height, reach_top);
}

/// The agency's logo, or the house's mark; with the agency's name unless the logo is so wide that it has the
/// name in it. The name stands in one line, or in two where the languages then fit beside it or it is longer
/// than the screen is wide; smaller where that is not enough. It is never cut.
Ui::Inside::BrandPlan Ui::Inside::plan_brand(const FrameSpec& spec) {
    constexpr float widest_mark = 1.6f; // times its height
    BrandPlan plan;
    plan.mark = {0, 0, 2 * d(28), 2 * d(28)};
    if (spec.logo && !spec.logo->rgba.empty()) {
        const auto w = static_cast<float>(spec.logo->width), h = static_cast<float>(spec.logo->height);
        const float plate = logo_plate();
        plan.mark = {0, 0, w + 2 * plate, h + 2 * plate};
        if (w > widest_mark * h) return plan;
    }
    plan.gap = d(16);
    const float room = settings.width_px - 2 * margin() - plan.mark.w - plan.gap;
    Lettering letters = type(TypeRole::brand);
    const auto fits = [&](float width) {
        plan.name = block(spec.brand, letters, width, 0, "en");
        return plan.name->layout->lines.size() <= 2 && words_fit(spec.brand, letters, width);
    };
    const float beside_chips = room - all_chips(spec) - d(40);
    if (spec.show_languages && reach_top == 0 && beside_chips > 0 && fits(beside_chips)) return plan;
    const float smallest = type(TypeRole::small).px;
    while (!fits(room) && letters.px > smallest)
        letters.px = std::max(smallest, std::floor(letters.px * 0.93f));
    return plan;
}

void Ui::Inside::draw_brand(const FrameSpec& spec, const BrandPlan& plan, float x, float middle) {
    const bool has_logo = spec.logo && !spec.logo->rgba.empty();
    const Rect mark = mirrored({x, middle - std::round(plan.mark.h / 2), plan.mark.w, plan.mark.h});
    if (has_logo) {
        draw_logo(spec, mark);
    } else {
        const float radius = mark.w / 2;
        page.over.disc({mark.x + radius, mark.y + radius}, radius, palette->primary);
        page.over.disc({mark.x + radius, mark.y + radius}, d(10), palette->on_primary);
    }
    if (plan.name) {
        const float name_x = x + plan.mark.w + plan.gap;
        draw(page.over, *plan.name,
             mirrored({name_x, middle - std::round(plan.name->height() / 2), std::ceil(plan.name->width()),
                       plan.name->height()}),
             Align::start, palette->ink);
    }
    SemanticNode node;
    node.key = "frame.brand";
    node.role = has_logo ? Role::image : Role::text;
    node.name = spec.brand;
    node.rect = mirrored({x, middle - std::round(plan.height() / 2), plan.width(), plan.height()});
    add(std::move(node));
}

/// Logos are drawn for paper: on dark themes they lie on a white plate.
float Ui::Inside::logo_plate() const {
    return settings.theme == Theme::light ? 0 : d(12);
}

void Ui::Inside::draw_logo(const FrameSpec& spec, const Rect& box) {
    if (logo != spec.logo) {
        logo = spec.logo;
        const std::uint64_t epoch = logo_texture.epoch + 1;
        logo_texture = {Texture::Format::rgba8, logo->width, logo->height, logo->rgba.data(), epoch, epoch};
    }
    const float plate = logo_plate();
    if (plate > 0) page.over.rounded(box, d(12), hex(0xFFFFFF));
    page.over.picture(logo_texture, {box.x + plate, box.y + plate, box.w - 2 * plate, box.h - 2 * plate});
}

/// Where it is said why the upper part of the screen is empty.
Rect Ui::Inside::reach_band() {
    const float x = margin() + button_icon() + d(16), room = settings.width_px - margin() - x;
    const float height = block(word("ui.reach_on"), TypeRole::small, room).height();
    return {x, reach_top - height - d(28), room, height};
}

void Ui::Inside::draw_reach_band() {
    const float x = margin(), icon = button_icon();
    const std::string words = word("ui.reach_on");
    const Rect box = reach_band();
    const TextBlock line = block(words, TypeRole::small, box.w);
    const float top = box.y;
    page.over.icon(Icon::reach, mirrored({x, top + std::round((line.line - icon) / 2), icon, icon}), d(3.6f),
                   palette->primary, rtl);
    draw(page.over, line, mirrored(box), Align::start, palette->ink_2);
    page.over.rect({0, reach_top - 2, settings.width_px, 2}, palette->hairline);
    SemanticNode node;
    node.key = "frame.reach";
    node.role = Role::text;
    node.name = words;
    node.rect = mirrored(box);
    add(std::move(node));
}

/// Between brand and languages where it fits into one line, else under them; on a low screen as the page's
/// first line, which scrolls with it.
void Ui::Inside::draw_status(std::string_view text, const Rect& between) {
    TextBlock line = block(text, TypeRole::small, 0);
    Rect box{between.x, between.y + std::round((between.h - line.height()) / 2), between.w, line.height()};
    const float x = margin(), all = settings.width_px - 2 * x;
    const bool fits = line.width() <= between.w;
    if (!fits) line = block(text, TypeRole::small, all);
    const float below = between.bottom() + d(8) + line.height() + d(20);
    const float lowest = reach_top > 0 ? reach_band().y : settings.height_px * 0.22f;
    const bool is_taken = header_height > usual_header; // by the languages
    if (!fits && (below > lowest || is_taken)) {
        place = NodePlace::page_flow;
        box = next(line.height(), 0, d(24));
    } else if (!fits) {
        box = {x, between.bottom() + d(8), all, line.height()};
        header_height = below;
    }
    draw(place == NodePlace::page_flow ? canvas() : page.over, line, mirrored(box), Align::start,
         palette->ink_2);
    SemanticNode node;
    node.key = "frame.status";
    node.role = Role::text;
    node.name = text;
    node.rect = mirrored({box.x, box.y, std::min(box.w, line.width()), box.h});
    add(std::move(node));
    place = NodePlace::fixed;
}

std::string Ui::Inside::own_language(const FrameSpec& spec) const {
    const auto own = std::find_if(spec.languages.begin(), spec.languages.end(),
                                  [&](const auto& l) { return l.code == settings.language; });
    return own == spec.languages.end() ? word("ui.language") : own->own_name;
}

float Ui::Inside::chip_height() {
    return std::max(mm(design::chip_height), block("A", TypeRole::chip, 0, 1).height() + d(24));
}

/// One button that opens the list.
void Ui::Inside::draw_language_button(const FrameSpec& spec, const Rect& rect) {
    SemanticNode node;
    node.key = "languages.open";
    node.role = Role::button;
    node.name = own_language(spec);
    node.description = word("ui.choose_language");
    node.rect = mirrored(rect);
    const std::string shown = node.name;
    ButtonParts parts;
    parts.rect = node.rect;
    parts.name = shown;
    parts.icon = Icon::language;
    parts.radius = design::chip_radius;
    draw_button(page.over, parts, interactive(std::move(node)));
}

std::vector<float> Ui::Inside::chip_widths(const FrameSpec& spec) {
    std::vector<float> widths;
    for (const LanguageChoice& language : spec.languages)
        widths.push_back(std::round(block(language.own_name, TypeRole::chip, 0, 1, language.code).width()) +
                         d(44));
    return widths;
}

/// How wide all of them are side by side.
float Ui::Inside::all_chips(const FrameSpec& spec) {
    const std::vector<float> widths = chip_widths(spec);
    return std::accumulate(widths.begin(), widths.end(), -mm(design::least_gap)) +
           mm(design::least_gap) * static_cast<float>(widths.size());
}

/// At the end of the brand's row.
void Ui::Inside::draw_chips(const FrameSpec& spec, float width, float row_height) {
    const std::vector<float> widths = chip_widths(spec);
    const float chip = chip_height();
    float x = settings.width_px - margin() - width;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        draw_chip(spec, i, mirrored({x, std::round((row_height - chip) / 2), widths[i], chip}));
        x += widths[i] + mm(design::least_gap);
    }
}

/// In rows of their own from `top` on. Whether there is room for so many.
bool Ui::Inside::draw_chip_rows(const FrameSpec& spec, float top) {
    const std::vector<float> widths = chip_widths(spec);
    const float first_x = margin(), end = settings.width_px - margin(), gap = mm(design::least_gap),
                chip = chip_height();
    std::vector<Rect> rects;
    float x = first_x, y = top;
    for (const float width : widths) {
        if (x > first_x && x + width > end) {
            x = first_x;
            y += chip + gap;
        }
        rects.push_back({x, y, width, chip});
        x += width + gap;
    }
    // The question and the button below come first.
    const bool is_tight = !settings.is_portrait() && settings.text_scale > 1.4f;
    if (y + chip - top > settings.height_px * (is_tight ? 0.12f : 0.22f)) return false;
    for (std::size_t i = 0; i < rects.size(); ++i)
        draw_chip(spec, i, mirrored(rects[i]));
    header_height = y + chip + d(28);
    return true;
}

/// `rect` in pixels of the window.
void Ui::Inside::draw_chip(const FrameSpec& spec, std::size_t number, const Rect& rect) {
    const LanguageChoice& language = spec.languages[number];
    const bool own = language.code == settings.language;
    SemanticNode node;
    node.key = language_key(language.code);
    node.role = Role::radio;
    node.name = language.own_name;
    node.language = language.code;
    node.checked = own;
    node.position = static_cast<int>(number) + 1;
    node.count = static_cast<int>(spec.languages.size());
    node.rect = rect;
    const Touched touched = interactive(std::move(node));
    const float line = mm(palette->control_border), radius = std::min(mm(design::chip_radius), rect.h / 2);
    const Colour fill = touched.pressed ? palette->pressed : own ? palette->selected : palette->surface;
    const Colour ink = touched.pressed ? palette->on_pressed : own ? palette->on_selected : palette->ink;
    page.over.rounded(rect, radius, own ? fill : palette->border);
    page.over.rounded({rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line}, radius - line,
                      fill);
    if (touched.focused) draw_ring(page.over, rect, radius);
    draw_middle(page.over, block(language.own_name, TypeRole::chip, 0, 1, language.code), rect, Align::middle,
                ink);
}

void Ui::Inside::draw_language_menu() {
    open_dialog("languages", word("ui.choose_language"));
    const auto& languages = frame_spec.languages;
    const float gap = d(14);
    const std::size_t columns = languages.size() > 4 && width() > d(640) * settings.text_scale ? 2 : 1;
    const float each =
        std::floor((width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    Rect row;
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const LanguageChoice& language = languages[i];
        if (i % columns == 0) row = next(button_height(language.own_name, each, false), gap, gap);
        SemanticNode node;
        node.key = language_key(language.code);
        node.role = Role::radio;
        node.name = language.own_name;
        node.language = language.code;
        node.checked = language.code == settings.language;
        node.position = static_cast<int>(i) + 1;
        node.count = static_cast<int>(languages.size());
        const float x = row.x + static_cast<float>(i % columns) * (each + gap);
        node.rect = mirrored({x, row.y, each, row.h});
        ButtonParts parts;
        parts.rect = node.rect;
        parts.name = language.own_name;
        parts.look = *node.checked ? ButtonLook::primary : ButtonLook::secondary;
        draw_button(canvas(), parts, interactive(std::move(node)));
    }
    draw_close_button("languages.close");
    close_dialog();
}

void Ui::Inside::draw_close_button(std::string_view key) {
    SemanticNode node;
    node.key = key;
    node.role = Role::button;
    node.name = word("ui.close");
    const std::string shown = node.name;
    node.rect = mirrored(next(button_height(shown, width(), true), d(30), 0));
    ButtonParts parts;
    parts.rect = node.rect;
    parts.name = shown;
    parts.look = ButtonLook::quiet;
    parts.icon = Icon::cross;
    draw_button(canvas(), parts, interactive(std::move(node)));
}

} // namespace vakant
