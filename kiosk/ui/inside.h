// What Ui keeps between and during frames. Included by kiosk/ui's own .cpp files only.
#pragma once

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/draw_frame.h"
#include "kiosk/ui/edit.h"
#include "kiosk/ui/glyph_pages.h"
#include "kiosk/ui/keyboard_layouts.h"
#include "kiosk/ui/passage.h"
#include "kiosk/ui/text_cache.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/ui.h"

struct ImDrawListSharedData;

namespace vakant {

struct Lettering {
    float px = 0;
    Weight weight = Weight::regular;
    float line = 0; ///< baseline to baseline, in ems; 0: the engine's
};

enum class Align { start, middle, end };

/// A text set into lines, ready to be drawn.
struct TextBlock {
    const TextLayout* layout = nullptr;
    float line = 0;   ///< baseline to baseline
    float ascent = 0; ///< top to first baseline
    Direction direction = Direction::left_to_right;
    bool is_cut = false; ///< more lines than it may have
    float width() const { return layout->width; }
    float height() const { return line * static_cast<float>(layout->lines.size()); }
};

/// Where widgets stand: a column of the page. Lengths in pixels, x from the reading start.
struct FlowBlock {
    enum class Kind { root, columns, panel } kind = Kind::root;
    float x = 0, width = 0, y = 0;
    float gap = 0;     ///< owed to the next widget
    bool fresh = true; ///< nothing stands here yet
    std::string key;
    // columns
    std::vector<float> weights;
    bool stacked = false;
    std::size_t column = 0;
    float left = 0, all_width = 0, top = 0, bottom = 0;
    // panel
    float padding = 0;
    std::size_t node = 0; ///< the panel's group node
};

/// A scrolling flow and what stands fixed over and under it: the page, or a dialog.
struct Layer {
    Layer(const ImDrawListSharedData& shared, const ShapeTextures& textures)
        : under(shared, textures), back(shared, textures), front(shared, textures), over(shared, textures) {}
    Canvas under, back, front, over; ///< under and over do not scroll
    Rect viewport;                   ///< in pixels of the window
    float content_height = 0;
    float scroll = 0;   ///< drawn at whole pixels
    float velocity = 0; ///< of a fling, pixels a second
    float assumed_scroll = 0;
    bool can_scroll() const { return content_height > viewport.h + 0.5f; }
    float most_scroll() const { return can_scroll() ? content_height - viewport.h : 0; }
    void clear();
};

/// What a widget learns about itself.
struct Touched {
    bool pressed = false;
    bool focused = false; ///< and the ring is to be drawn
};

struct Activation {
    std::string key;
    std::string page;
    bool by_keys = false; ///< not by a finger
    float x = 0, y = 0;
};

enum class NodePlace { fixed, page_flow, dialog_flow };

struct Pointer {
    bool down = false;
    int contact = 0;
    bool dragging = false;
    bool caught_fling = false;
    bool inside = false; ///< still on its target: it looks pressed
    bool on_nothing = false;
    std::string target;
    float start_x = 0, start_y = 0, x = 0, y = 0;
    bool early = false; ///< came down on what it cannot have meant
    /// Where and when one went that was not early.
    float lifted_x = -1e6f, lifted_y = -1e6f;
    std::int64_t lifted_at = -10'000;
    std::int64_t moved_at = 0, pressed_at = 0;
    /// Where the finger was, for the speed at which it lets go.
    struct Sample {
        std::int64_t at_ms = 0;
        float y = 0;
    };
    std::deque<Sample> path;
    std::string released; ///< last target that counted, for bouncing contacts
    std::int64_t released_at = -1000;
    std::string struck; ///< last target that acted, by finger or key
    std::int64_t struck_at = -10'000;
    bool struck_a_key = false;                ///< of the keyboard on the screen
    float struck_x = -1e6f, struck_y = -1e6f; ///< of a finger's strike; far away for one by keys
};

/// Nobody has read within this time what a page brought: a touch in the place of the last one was meant for
/// what stood there before.
constexpr std::int64_t unread_ms = 300;

/// Whatever bar and actions take, the page has this much of the screen's height (not while somebody writes on
/// the keyboard).
constexpr float least_page_share = 0.35f;

/// What the frame has opened over the page.
enum class FrameMenu { none, languages, bar };

enum class KeySheet { letters, further, signs, languages };

/// The field or typing panel that takes letters.
struct Editing {
    std::string key; ///< "" for none
    FieldSpec::Kind kind = FieldSpec::Kind::text;
    bool keyboard = false; ///< the one on the screen is open
    bool drawn = false;    ///< in this frame
    std::size_t caret = 0;
    bool place_caret = false; ///< where it was touched
    float touch_x = 0, touch_y = 0;
    std::vector<EditStep> steps;
    std::int64_t since = 0; ///< the caret shows for a moment after every step
    std::size_t layout = 0;
    KeySheet sheet = KeySheet::letters;
    std::size_t further = 0; ///< which of the sheets of further letters
    bool shift = false;
    std::optional<std::size_t> anchor; ///< the other end of what is selected
    float below = 0;                   ///< what belongs to the field and stands under it
};

struct Ui::Inside {
    explicit Inside(TextEngine& engine);
    ~Inside();

    // ---- sizes and words
    float mm(float length) const { return std::round(length / settings.mm_per_px); } ///< in whole pixels
    /// Small offsets within one widget, in pixels of the drawing; what the design decides has a name in
    /// kiosk/ui/theme.h.
    float d(float drawn_px) const { return mm(drawn_px * design::mm_per_px); }
    float margin() const;
    /// Where the text is large and the screen low: headings, bar and what is around the page give way.
    bool shows_little() const;
    Lettering type(TypeRole role) const;
    std::string word(std::string_view key, const MessageArguments& arguments = {}) const;
    Rect mirrored(const Rect& r) const; ///< from reading start to pixels of the window
    TextBlock block(std::string_view text, const Lettering& type, float max_width, int max_lines = 0,
                    std::string_view language = {});
    TextBlock block(std::string_view text, TypeRole role, float max_width, int max_lines = 0,
                    std::string_view language = {}) {
        return block(text, type(role), max_width, max_lines, language);
    }
    /// Whether every word fits into the width unbroken.
    bool words_fit(std::string_view text, const Lettering& type, float width);
    /// Smaller, but not below the smallest text, until every word fits.
    Lettering fitting(Lettering type, std::string_view text, float width);
    Lettering fitting(TypeRole role, std::string_view text, float width) {
        return fitting(type(role), text, width);
    }
    /// `box` in pixels of the window; lines from its top.
    void draw(Canvas& canvas, const TextBlock& text, const Rect& box, Align align, Colour colour);
    /// In the middle of the box from top to bottom.
    void draw_middle(Canvas& canvas, const TextBlock& text, const Rect& box, Align align, Colour colour);
    void note_cut(const TextBlock& text, const Rect& box);
    void mark_cut_nodes();
    void note_words(const TextBlock& text, const Rect& box, Align align);

    // ---- flow
    Rect next(float height, float gap_before, float gap_after); ///< in reading coordinates
    float width() const { return blocks.back().width; }
    Canvas& canvas() { return place == NodePlace::dialog_flow ? dialog.front : page.front; }
    Canvas& back() { return place == NodePlace::dialog_flow ? dialog.back : page.back; }

    // ---- nodes
    SemanticNode& add(SemanticNode node); ///< rect in pixels of the window
    /// The one way to make something that can be pressed: its node and what it learns.
    Touched interactive(SemanticNode node);
    /// True once for each activation of that key.
    bool take(std::string_view key, bool enabled = true);
    /// What is held down is a little smaller.
    Rect pressed_in(const Rect& rect) const {
        const float by = mm(design::pressed_by);
        return {rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
    }
    void draw_ring(Canvas& canvas, const Rect& rect, float radius);

    float shared_height(std::size_t rows, float gap) const;

    struct CardSetter;
    int summary_lines(CardSetter setter, std::span<const CardSpec> cards, float width, std::size_t in_row);
    struct ChoiceSetter;
    struct FieldDrawing;
    struct PassageDrawing;

    // ---- parts that several widgets are made of
    struct ButtonParts {
        Rect rect; ///< pixels of the window
        std::string_view name;
        ButtonLook look = ButtonLook::secondary;
        Icon icon = Icon::none;
        bool icon_above = false, icon_at_end = false;
        bool enabled = true;
        bool on_bar = false;
        bool chosen = false; ///< what it switches is on
        TypeRole role = TypeRole::button;
        float radius = design::button_radius; ///< in millimetres
    };
    void draw_button(Canvas& canvas, const ButtonParts& parts, const Touched& touched);
    float button_width(std::string_view name, bool with_icon);
    float button_height(std::string_view name, float width, bool with_icon);
    /// Room for a button's words, and the letters that fit into it.
    float button_room(float width, bool with_icon) const {
        return width - d(40) - (with_icon ? button_icon() + d(14) : 0);
    }
    /// Icons grow with the words beside them.
    float button_icon() const { return std::max(d(36), std::round(type(TypeRole::button).px * 1.05f)); }
    bool button_cuts(std::string_view name, float width, bool with_icon);
    void draw_passage(const TextLayout& layout, std::string_view key, std::string_view presented,
                      std::string_view transcribed, std::string_view language, const Rect& box,
                      std::size_t rows);
    void draw_typed(const Rect& box, std::string_view transcribed, std::string_view language, bool takes);
    void error_line(std::string_view text);
    std::optional<std::string> suggest(std::string_view key, std::span<const std::string> values);
    void question(std::string_view key, std::string_view name, bool required);

    // ---- frame
    void draw_header(const FrameSpec& spec);
    void draw_status(std::string_view text, const Rect& between);
    struct BrandPlan {
        Rect mark; ///< how large
        float gap = 0;
        std::optional<TextBlock> name; ///< none where the logo has it in it
        float width() const { return mark.w + gap + (name ? std::ceil(name->width()) : 0); }
        float height() const { return std::max(mark.h, name ? name->height() : 0); }
    };
    BrandPlan plan_brand(const FrameSpec& spec);
    void draw_brand(const FrameSpec& spec, const BrandPlan& plan, float x, float middle);
    float logo_plate() const;
    void draw_logo(const FrameSpec& spec, const Rect& box);
    float all_chips(const FrameSpec& spec);
    Rect reach_band();
    void draw_reach_band();
    std::string own_language(const FrameSpec& spec) const;
    void draw_language_button(const FrameSpec& spec, const Rect& rect);
    float chip_height();
    std::vector<float> chip_widths(const FrameSpec& spec);
    void draw_chips(const FrameSpec& spec, float width, float row_height);
    bool draw_chip_rows(const FrameSpec& spec, float top);
    void draw_chip(const FrameSpec& spec, std::size_t number, const Rect& rect);
    void draw_language_menu();
    void draw_bar_menu();
    void draw_close_button(std::string_view key);
    float bar_icon() const { return std::max(d(40), std::round(type(TypeRole::chip).px * 1.2f)); }
    FrameIntent::Kind take_bar();
    float most_bar() const;
    void plan_bar();
    bool fit_bar(std::size_t rows, std::size_t lines);
    void draw_bar();
    SemanticNode bar_node(FrameIntent::Kind kind, std::string_view key, std::string name) const;
    void settle_actions();
    float plan_actions();
    struct ActionRow {
        float x, y, width, gap;
    };
    bool has_just_come(const SemanticNode* node, const UiEvent& press) const;
    bool is_double_strike(const SemanticNode& node, bool by_keys, std::int64_t at_ms) const;
    float place_row(std::size_t first, std::size_t end, const ActionRow& row,
                    const std::vector<float>& widths);
    void draw_actions(float top);
    void draw_action(Canvas& canvas, const ActionSpec& action, const Rect& rect);
    void draw_keyboard();
    void draw_key(std::string_view token, const Rect& rect);
    void draw_key_words(std::string_view token, std::string shown, const Rect& rect,
                        std::string_view language, Colour ink);
    float letter_px(std::string_view token, float room);
    TextBlock key_label(std::string_view text, float room, std::string_view language);
    void finish();
    void finish_layer(Layer& layer, NodePlace of, const Rect& viewport);
    void draw_scroll_edges(Layer& layer);
    void draw_scroll_buttons(Layer& layer, std::string_view prefix);
    void open_dialog(std::string_view key, std::string_view title);
    void close_dialog();
    void settle_dialog();

    // ---- input
    void handle(const UiEvent& event);
    void press(const UiEvent& event);
    void move(const UiEvent& event);
    void release(const UiEvent& event);
    void scroll_by(Layer& layer, float dy);
    float release_speed(std::int64_t at_ms) const; ///< pixels a second
    void queue(std::string_view key, bool by_keys, std::int64_t at_ms);
    void edit(EditStep step);
    const SemanticNode* hit(float x, float y) const;
    Layer& top_layer() { return dialog_shown ? dialog : page; }
    void advance_fling(Layer& layer, float seconds);
    void take_next_activation();
    float page_step(const Layer& layer, NodePlace of, bool down) const;
    bool act_on_own(const Activation& activation);
    bool press_key(std::string_view key, const Activation& activation);
    void show_sheet(KeySheet sheet, bool by_keys, std::string_view focus);
    void show_further_letters();
    void type_key(std::string_view key);
    void start_editing(std::string_view key, FieldSpec::Kind kind, bool by_keys);
    void stop_editing();
    void apply_steps(EditedText& edited, const FieldSpec& spec, const VisualStep& visual);

    // ---- kept for good
    TextEngine& engine;
    std::unique_ptr<ImDrawListSharedData> shared;
    ShapeTextures textures;
    GlyphPages glyphs;
    TextCache texts;
    Layer page, dialog;
    Navigator navigator;

    // ---- of this frame
    UiSettings settings;
    const Strings* strings = nullptr;
    Palette branded;
    const Palette* palette = nullptr;
    std::shared_ptr<const Picture> logo;
    Texture logo_texture;
    std::string page_id;
    std::int64_t now = 0;
    bool rtl = false;
    SemanticTree tree;
    std::vector<NodePlace> places; ///< of each node
    struct PlacedText {
        Rect box;
        NodePlace place;
    };
    std::vector<PlacedText> cut_texts;    ///< drawn in this frame
    std::vector<PlacedText> placed_words; ///< where they stand, until they are scrolled to their place
    void place_words(NodePlace of, float dy, const Rect& viewport);
    NodePlace place = NodePlace::fixed;
    std::vector<FlowBlock> blocks;
    FrameSpec frame_spec;
    float header_height = 0;
    float usual_header = 0; ///< without what only some pages say there
    float reach_top = 0;    ///< nothing above it can be pressed
    float bar_space = 0;
    std::vector<Rect> bar_rects;
    bool bar_icons = true; ///< the plan wants them
    bool bar_draws_icons = true;
    bool bar_more = false; ///< some of its buttons are behind "More"
    std::vector<ActionSpec> actions;
    std::vector<Rect> action_rects;
    std::size_t dialog_first = 0, dialog_last = 0;
    bool dialog_shown = false; ///< in the frame that people see
    bool dialog_drawn = false; ///< in the frame that is made
    std::string dialog_key;
    float dialog_x = 0, dialog_width = 0;
    FrameMenu menu = FrameMenu::none;
    float key_px = 0; ///< of every letter on the keyboard
    DrawFrame drawn;
    bool animating = false;
    std::optional<std::int64_t> wake_at;

    // ---- between frames
    Pointer pointer;
    std::int64_t turned_at = -10'000; ///< when another page, or a dialog over it, was first shown
    std::deque<Activation> waiting;
    std::optional<Activation> current;
    Editing editing;
    std::string flashed; ///< looks pressed a moment longer, so that a fast tap is seen
    std::int64_t flashed_until = 0;
    bool back_pressed = false, acted = false, reveal_focus = false, tapped_beside = false;
    std::string compared_key; ///< the typing panel's last comparison
    std::string compared_text;
    PassageMarks compared;
};

} // namespace vakant
