// The frame: begins, collects what widgets draw, places it, and hands it out.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {

void Layer::clear() {
    for (Canvas* canvas : {&under, &back, &front, &over})
        canvas->clear();
    assumed_scroll = scroll;
    const float reach = std::max(viewport.h, 600.0f);
    for (Canvas* canvas : {&back, &front})
        canvas->draw_between(scroll - reach, scroll + 2 * reach);
}

Ui::Inside::Inside(TextEngine& text_engine)
    : engine(text_engine), shared(std::make_unique<ImDrawListSharedData>()), glyphs(text_engine),
      texts(text_engine), page(*shared, textures), dialog(*shared, textures) {}

Ui::Inside::~Inside() = default;

Ui::Ui(TextEngine& text) : inside_(std::make_unique<Inside>(text)) {}
Ui::~Ui() = default;

void Ui::handle(const UiEvent& event) {
    inside_->handle(event);
}
const SemanticTree& Ui::tree() const {
    return inside_->tree;
}
const std::string& Ui::focus() const {
    return inside_->navigator.focus();
}
const UiSettings& Ui::settings() const {
    return inside_->settings;
}

void Ui::set_focus(std::string_view key) {
    inside_->navigator.set_focus(key);
    inside_->reveal_focus = true;
}

void Ui::wipe() {
    Inside& in = *inside_;
    in.texts.wipe();
    in.glyphs.wipe();
    in.engine.forget();
    in.tree.clear();
    in.places.clear();
    in.waiting.clear();
    in.current.reset();
    in.editing = {};
    Pointer lifted; // the same finger may strike the next page at once
    lifted.lifted_x = in.pointer.lifted_x;
    lifted.lifted_y = in.pointer.lifted_y;
    lifted.lifted_at = in.pointer.lifted_at;
    in.pointer = lifted;
    in.navigator = {};
    in.page.scroll = in.page.velocity = 0;
    in.dialog.scroll = in.dialog.velocity = 0;
    in.menu = FrameMenu::none;
    in.flashed.clear();
    in.compared_key.clear();
    in.compared_text.clear();
    in.compared = {};
}

void Ui::begin_frame(const UiSettings& settings, const Strings& strings, std::string_view page_id,
                     std::int64_t monotonic_ms) {
    Inside& in = *inside_;
    const float seconds = static_cast<float>(std::clamp<std::int64_t>(monotonic_ms - in.now, 0, 100)) / 1000;
    in.settings = settings;
    in.strings = &strings;
    in.branded = palette_of(settings.theme, settings.colours);
    in.palette = &in.branded;
    in.rtl = direction_of(settings.language) == Direction::right_to_left;
    in.now = monotonic_ms;
    in.animating = false;
    in.wake_at.reset();
    if (in.page_id != page_id) {
        in.page_id = page_id;
        in.turned_at = monotonic_ms;
        in.page.scroll = in.page.velocity = 0;
        in.stop_editing();
        in.navigator.clear();
        in.menu = FrameMenu::none;
        in.pointer.target.clear();
        in.reveal_focus = false;
    }
    in.advance_fling(in.page, seconds);
    in.advance_fling(in.dialog, seconds);
    in.texts.begin_frame();
    in.glyphs.begin_frame();
    in.take_next_activation();
    in.tree.clear();
    in.places.clear();
    in.cut_texts.clear();
    in.placed_words.clear();
    in.drawn.texts.clear();
    in.page.clear();
    in.dialog.clear();
    in.actions.clear();
    in.frame_spec = {};
    in.header_height = in.bar_space = 0;
    in.reach_top = settings.reach && settings.is_portrait() ? std::ceil(settings.height_px * 0.4f) : 0;
    in.dialog_drawn = false;
    in.dialog_first = in.dialog_last = 0;
    in.editing.drawn = false;
    in.place = NodePlace::page_flow;
    in.blocks.clear();
    FlowBlock root;
    root.x = in.margin();
    root.width = settings.width_px - 2 * in.margin();
    root.y = in.mm(design::page_top);
    in.blocks.push_back(std::move(root));
}

Ui::FrameResult Ui::end_frame() {
    Inside& in = *inside_;
    in.finish();
    in.current.reset();
    const auto is_gone = [&](const Activation& a) {
        return a.page != in.page_id || in.tree.find(a.key) == nullptr;
    };
    std::erase_if(in.waiting, is_gone);
    if (!in.waiting.empty()) in.animating = true;
    FrameResult result;
    result.draw = &in.drawn;
    result.animating = in.animating;
    result.wake_at_ms = in.wake_at;
    result.back_pressed = in.back_pressed;
    result.acted = in.acted;
    result.tapped_beside = in.tapped_beside;
    result.page_height = in.page.viewport.h;
    in.back_pressed = in.acted = in.tapped_beside = false;
    return result;
}

bool Ui::is_unread(std::int64_t monotonic_ms) const {
    return monotonic_ms - inside_->turned_at < unread_ms;
}

bool Ui::is_touched() const {
    return inside_->pointer.down;
}

bool Ui::shows_little() const {
    return inside_->shows_little();
}

void Ui::begin_fade(float opacity) {
    inside_->canvas().set_opacity(opacity);
}
void Ui::end_fade() {
    inside_->canvas().set_opacity(1);
}

// ---- sizes and words

float Ui::Inside::margin() const {
    // Less where the screen is narrow, but room for Up and Down.
    return std::min(mm(design::page_margin),
                    std::max(mm(design::least_page_margin), std::round(settings.width_px * 0.06f)));
}

bool Ui::Inside::shows_little() const {
    constexpr float lines = 16, line_ems = 1.36f;
    return settings.height_px - reach_top <
           lines * line_ems * mm(token_of(TypeRole::body).cap * settings.text_scale / design::cap_of_em);
}

Lettering Ui::Inside::type(TypeRole role) const {
    const TypeToken& token = token_of(role);
    const float scale = settings.text_scale;
    const bool narrow = settings.width_px < mm(design::narrow_screen) || shows_little();
    const float cap = narrow ? token.cap_where_narrow : token.cap;
    const float factor = scale > 1 ? 1 + (scale - 1) * token.growth : std::max(scale, token.least_scale);
    const float smallest = 8;
    return {std::max(smallest, mm(cap * factor / design::cap_of_em)), token.weight, token.line};
}

std::string Ui::Inside::word(std::string_view key, const MessageArguments& arguments) const {
    return strings->get(key, arguments);
}

Rect Ui::Inside::mirrored(const Rect& r) const {
    return rtl ? Rect{settings.width_px - r.x - r.w, r.y, r.w, r.h} : r;
}

TextBlock Ui::Inside::block(std::string_view text, const Lettering& type, float max_width, int max_lines,
                            std::string_view language) {
    TextStyle style;
    style.px = type.px;
    style.weight = type.weight;
    style.language = language.empty() ? settings.language : std::string(language);
    style.direction = direction_of(style.language);
    TextBlock block;
    block.layout = &texts.lay_out(text, style, std::floor(max_width), max_lines);
    block.direction = style.direction;
    // Arabic has more above and below its line.
    const float taller = style.direction == Direction::right_to_left ? 1.16f : 1.0f;
    block.line = type.line > 0 ? std::round(type.px * type.line * taller) : block.layout->line_height;
    block.is_cut =
        max_lines > 0 && !block.layout->lines.empty() && block.layout->lines.back().last < text.size();
    block.ascent = block.layout->ascent + std::round((block.line - block.layout->line_height) / 2);
    return block;
}

bool Ui::Inside::words_fit(std::string_view text, const Lettering& type, float width) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at && block(text.substr(at, end - at), type, 0).width() > std::floor(width)) return false;
        at = end + 1;
    }
    return true;
}

Lettering Ui::Inside::fitting(Lettering type, std::string_view text, float width) {
    const float smallest = this->type(TypeRole::small).px;
    while (type.px > smallest && !words_fit(text, type, width)) {
        type.px = std::max(smallest, std::floor(type.px * 0.93f));
    }
    return type;
}

/// Whatever widget it is in: its node says so, and the page contract refuses it.
void Ui::Inside::note_cut(const TextBlock& text, const Rect& box) {
    const float slack = d(2);
    const bool fits = text.width() <= box.w + slack && text.height() <= box.h + slack;
    if (text.is_cut || !fits) cut_texts.push_back({box, place});
}

/// Before anything is scrolled to its place: the words are the innermost node's that they stand in.
void Ui::Inside::mark_cut_nodes() {
    for (const PlacedText& cut : cut_texts) {
        const float x = cut.box.x + cut.box.w / 2, y = cut.box.y + cut.box.h / 2;
        SemanticNode* found = nullptr;
        for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
            SemanticNode& node = tree.nodes()[i];
            if (places[i] != cut.place || !node.rect.contains(x, y)) continue;
            if (found == nullptr || node.rect.w * node.rect.h <= found->rect.w * found->rect.h) found = &node;
        }
        if (found == nullptr && !tree.nodes().empty()) found = &tree.nodes().front(); // nobody's words
        if (found != nullptr) found->clipped = true;
    }
    cut_texts.clear();
}

void Ui::Inside::note_words(const TextBlock& text, const Rect& box, Align align) {
    if (text.layout->lines.empty() || text.width() < 1) return;
    const bool from_right = (align == Align::end) != rtl;
    float x = from_right ? box.right() - text.width() : box.x;
    if (align == Align::middle) x = box.x + (box.w - text.width()) / 2;
    placed_words.push_back({{x, box.y, text.width(), text.height()}, place});
}

/// Those of one flow, as far as they are in view.
void Ui::Inside::place_words(NodePlace of, float dy, const Rect& viewport) {
    for (const PlacedText& text : placed_words) {
        if (text.place != of) continue;
        Rect box = text.box;
        box.y += dy;
        if (box.y >= viewport.y && box.bottom() <= viewport.bottom()) drawn.texts.push_back(box);
    }
    std::erase_if(placed_words, [of](const PlacedText& text) { return text.place == of; });
}

void Ui::Inside::draw(Canvas& canvas, const TextBlock& text, const Rect& box, Align align, Colour colour) {
    note_cut(text, box);
    note_words(text, box, align);
    const bool from_right = align == Align::middle ? false : (align == Align::end) != rtl;
    float baseline = std::round(box.y + text.ascent);
    for (const TextLine& line : text.layout->lines) {
        float x = box.x;
        if (align == Align::middle) x = box.x + (box.w - line.width) / 2;
        if (align != Align::middle && from_right) x = box.right() - line.width;
        x = std::round(x);
        for (const PlacedGlyph& placed : line.glyphs) {
            const GlyphPages::Glyph* glyph = glyphs.find(placed.key);
            if (glyph != nullptr) canvas.glyph(*glyph, x + placed.x, baseline + placed.y, colour);
        }
        baseline += text.line;
    }
}

void Ui::Inside::draw_middle(Canvas& canvas, const TextBlock& text, const Rect& box, Align align,
                             Colour colour) {
    note_cut(text, box);
    Rect middle = box;
    middle.y = std::round(box.y + (box.h - text.height()) / 2);
    middle.h = std::max(box.h, text.height());
    draw(canvas, text, middle, align, colour);
}

// ---- flow

Rect Ui::Inside::next(float height, float gap_before, float gap_after) {
    FlowBlock& block = blocks.back();
    if (!block.fresh) block.y += std::max(block.gap, gap_before);
    block.fresh = false;
    const Rect rect{block.x, block.y, block.width, height};
    block.y += height;
    block.gap = gap_after;
    return rect;
}

void Ui::space(float mm) {
    FlowBlock& block = inside_->blocks.back();
    block.gap = std::max(block.gap, inside_->mm(mm));
}

// ---- nodes

SemanticNode& Ui::Inside::add(SemanticNode node) {
    if (node.language.empty()) node.language = settings.language;
    places.push_back(place);
    return tree.add(std::move(node));
}

Touched Ui::Inside::interactive(SemanticNode node) {
    node.focusable = true;
    node.focused = navigator.focus() == node.key;
    Touched touched;
    touched.focused = node.focused && settings.show_focus;
    const bool held = pointer.down && !pointer.dragging && pointer.inside && pointer.target == node.key;
    touched.pressed = node.enabled && (held || (flashed == node.key && now < flashed_until));
    if (touched.pressed && !held) wake_at = std::min(wake_at.value_or(flashed_until), flashed_until);
    add(std::move(node));
    return touched;
}

bool Ui::Inside::take(std::string_view key, bool enabled) {
    if (!current || current->key != key) return false;
    current.reset();
    return enabled;
}

void Ui::Inside::draw_ring(Canvas& canvas, const Rect& rect, float radius) {
    const float inner = mm(palette->ring_inner_width), outer = mm(palette->ring_outer_width);
    const auto grown = [&](float by) {
        return Rect{rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by};
    };
    canvas.frame(grown(inner + outer), radius + inner + outer, outer, palette->ring_outer);
    canvas.frame(grown(inner), radius + inner, inner, palette->ring_inner);
}

// ---- the end of the frame

void Ui::Inside::finish() {
    const Rect window{0, 0, settings.width_px, settings.height_px};
    place = NodePlace::fixed;
    float bottom = settings.height_px;
    if (!editing.key.empty() && !editing.drawn) stop_editing();
    page.under.rect(window, palette->background);
    if (!editing.keyboard) settle_actions();
    const auto keyboard_first = static_cast<std::ptrdiff_t>(tree.nodes().size());
    if (editing.keyboard) {
        bar_space = 0;
        draw_keyboard();
        bottom -= bar_space;
    } else {
        bottom -= bar_space;
        const float actions_space = plan_actions();
        bottom -= actions_space;
        draw_actions(bottom);
        draw_bar();
    }
    if (menu == FrameMenu::languages && !dialog_drawn) draw_language_menu();
    if (menu == FrameMenu::bar && !dialog_drawn) draw_bar_menu();
    mark_cut_nodes();
    place = NodePlace::fixed;
    const auto keyboard_last = static_cast<std::ptrdiff_t>(tree.nodes().size());
    page.content_height = blocks.front().y + mm(design::page_end);
    finish_layer(page, NodePlace::page_flow,
                 {0, header_height, settings.width_px, std::max(bottom - header_height, 1.0f)});
    if (editing.keyboard && !dialog_drawn) {
        // The scroll buttons stand above the keyboard: they are read before it.
        std::rotate(tree.nodes().begin() + keyboard_first, tree.nodes().begin() + keyboard_last,
                    tree.nodes().end());
        std::rotate(places.begin() + keyboard_first, places.begin() + keyboard_last, places.end());
    }
    place_words(NodePlace::fixed, 0, window);
    if (dialog_drawn) {
        drawn.texts.clear(); // behind it
        settle_dialog();
    }
    if (dialog_shown != dialog_drawn) turned_at = now;
    dialog_shown = dialog_drawn;
    const std::string before = navigator.focus();
    navigator.settle(tree);
    if (navigator.focus() != before) animating = true;
    drawn.lists.clear();
    drawn.width = static_cast<int>(settings.width_px);
    drawn.height = static_cast<int>(settings.height_px);
    for (Layer* layer : {&page, &dialog}) {
        if (layer == &dialog && !dialog_drawn) continue;
        for (const Canvas* canvas : {&layer->under, &layer->back, &layer->front, &layer->over}) {
            if (canvas->list() != nullptr) drawn.lists.push_back(canvas->list());
        }
    }
}

} // namespace vakant
