// The widgets. Everything that pages can show, and nothing else: a page sees no Dear ImGui, no pixels of its
// own. Every widget takes a key that is not its label, draws, records one semantic node (a group's widgets
// one each), and answers to touch, keys and speech alike. Layout is a vertical flow across the content width;
// the flow scrolls as one when it is higher than the space between header and bar. Lengths are millimetres;
// text sizes come from roles. Used by kiosk/pages (widgets) and kiosk/app (frame, input).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/brand/brand.h"
#include "core/strings/strings.h"
#include "core/text/text.h"
#include "kiosk/semantics/navigator.h"
#include "kiosk/semantics/semantic_tree.h"

namespace vakant {

struct DrawFrame; // kiosk/ui/draw_frame.h: what the rasteriser and the GL presenter take

enum class Theme { light, high_contrast, dark };
/// Drawn with strokes by Ui, mirrored for right-to-left where they point.
enum class Icon {
    none,
    briefcase,
    person,
    graduation,
    speech_bubble,
    keyboard,
    search,
    back,
    forward,
    up,
    down,
    check,
    cross,
    clock,
    place,
    home,
    help,
    listen,
    contrast,
    text_size,
    language,
    phone,
    mail,
    star,
    lock,
    printer,
    settings,
    warning,    ///< a triangle with its mark
    offline,    ///< a cloud that is crossed out
    reach,      ///< down to where hands are
    caret_left, ///< never mirrored
    caret_right,
    earlier, ///< of several pages of a list: mirrored
    later,
    send,  ///< up and away, out of a tray
    stick, ///< a memory stick
};
enum class TextLook { body, strong, secondary, small, large };
enum class ButtonLook { primary, secondary, quiet, danger };
enum class HeadingLook { page, welcome };
enum class NoticeLook { hint, ok, warning, error };
/// Why a place on a page holds nothing else.
enum class StateLook { empty, loading, offline, expired, refused, error };

struct UiSettings {
    float width_px = 1920, height_px = 1080; ///< portrait where higher than wide
    float mm_per_px = 0.248f;                ///< from the settings; EDID only as a default
    float text_scale = 1;                    ///< 0.75, 1, 1.33, 1.75
    Theme theme = Theme::light;
    std::string language = "fi";
    bool less_motion = false;
    bool show_focus = false; ///< the ring: always once a key was used, until the next touch
    bool reach = false;      ///< everything that can be pressed lies in the lower 60 % of a portrait screen
    /// A second touch or key on the same target, or a second touch in the same place on what has come there
    /// since, sooner than this does not count (0: every one does). Never between the keyboard's keys, never
    /// in a typing test. Always left out: contacts that bounce for 80 ms, and for 300 ms after a page or
    /// dialog has come a touch in the place of the last one.
    int double_strike_ms = 0;
    bool hides_answers = false; ///< the person wants dots where others could read what they write
    /// Nobody has answered for a while: private fields and facts are drawn as dots, whoever comes by next.
    bool is_left_alone = false;
    BrandColours colours; ///< of the light theme
    bool is_portrait() const { return height_px > width_px; }
    bool operator==(const UiSettings&) const = default;
};

/// What reaches Ui from the window, the keypad and scripts, in order. Times are monotonic.
struct UiEvent {
    enum class Kind {
        press,
        release,
        pointer_move,
        wheel,
        move_focus,
        select,
        back,
        character,
        backspace,
        delete_forward,
        home,
        end,
        caret_left,
        caret_right,
        select_all,
        activate
    } kind = Kind::press;
    float x = 0, y = 0;     ///< pointer events; wheel: y in lines
    int contact = 0;        ///< pointer events: which finger; only the first one on the screen counts
    Move move = Move::next; ///< move_focus
    char32_t character = 0; ///< character
    bool extend = false;    ///< caret moves: what they pass over is selected
    std::string key;        ///< activate: by speech or script
    std::int64_t at_ms = 0;
};

struct CardSpec {
    std::string key;
    std::string title;
    std::vector<std::string> lines; ///< under the title
    std::string summary; ///< in the title's language: a line or two, none where that crowds others out
    std::size_t summary_after = 1; ///< lines
    std::string badge;             ///< short, e.g. "closes in 2 days"; "" for none
    Icon icon = Icon::none;
    bool primary = false;
    bool enabled = true;
    std::string title_language; ///< where it is not the person's
};
struct ChoiceSpec {
    std::string key;
    std::string name;
    bool selected = false;
    std::string help;
};
struct ActionSpec {
    std::string key;
    std::string name;
    ButtonLook look = ButtonLook::secondary;
    Icon icon = Icon::none;
    bool enabled = true;
    bool at_end = false; ///< Next stands at the reading end of the row, Back at its start
};
struct FieldSpec {
    enum class Kind { text, telephone, email, number, search, long_text } kind = Kind::text;
    std::string name;
    std::string help;
    std::string error;            ///< "" where it is fine
    std::size_t max_length = 200; ///< code points
    bool required = false;
    bool is_private = true;
    bool is_hidden = false; ///< drawn as dots, one a letter; a headset still hears it
    std::string placeholder;
    /// Whole values to choose instead of typing on, best first: shown under the field while it is edited. A
    /// pressed one is the new value.
    std::vector<std::string> suggestions;
};
struct Fact {
    std::string key, label, value;
    Icon icon = Icon::none;
    bool is_private = false; ///< what a person answered: not spoken on a loudspeaker
    bool is_hidden = false;  ///< drawn as dots
};

/// A picture in the pixels it is shown in: four bytes each, R G B A, not premultiplied.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};

/// Around every page: brand, languages, bar. Drawn by App through Ui, in the same place on every page.
struct FrameSpec {
    std::string brand;
    std::shared_ptr<const Picture> logo; ///< in place of the house's mark and the name; none: those
    std::vector<LanguageChoice> languages;
    bool show_bar = true; ///< not on the attract page
    bool show_languages = true;
    bool names_languages = false; ///< each in its own script, also where that takes rows of their own
    std::string status_line;      ///< small, e.g. "last heard from the agency 14:05"; "" for none
};
/// What the person did with the frame.
struct FrameIntent {
    enum class Kind { none, home, help, listen, contrast, text_size, language, reach } kind = Kind::none;
    std::string language;
};

class Ui {
public:
    explicit Ui(TextEngine& text);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    // ---- App: one frame
    // ---------------------------------------------------------------------------------------
    /// Events between frames. A tap that the screen of the last frame answered is never lost, however fast.
    void handle(const UiEvent& event);
    /// `page_id` names the page: scroll and caret start afresh when it changes.
    void begin_frame(const UiSettings& settings, const Strings& strings, std::string_view page_id,
                     std::int64_t monotonic_ms);
    FrameIntent frame(const FrameSpec& spec); ///< first in the frame; the page's widgets follow
    struct FrameResult {
        const DrawFrame* draw = nullptr;        ///< valid until the next begin_frame
        bool animating = false;                 ///< draw again at once
        std::optional<std::int64_t> wake_at_ms; ///< draw again then (caret, long press)
        bool back_pressed = false;              ///< Back key that no widget took
        bool acted = false;                     ///< a person did something since the last frame
        float page_height = 0;                  ///< in pixels: between header, actions and bar
        bool tapped_beside = false;             ///< a finger came and went where nothing can be pressed
    };
    FrameResult end_frame();
    /// The page, or a dialog over it, came so recently that nobody can have read it: a touch in the place of
    /// the last one does not count yet.
    bool is_unread(std::int64_t monotonic_ms) const;
    const SemanticTree& tree() const;
    const std::string& focus() const;
    void set_focus(std::string_view key);
    /// Forgets everything of a person: carets, shaped texts, glyph pictures of names, scroll positions.
    void wipe();

    // ---- Pages: text
    // ------------------------------------------------------------------------------------------
    /// One a page; the welcoming size for pages that hold little else.
    void heading(std::string_view key, std::string_view text, HeadingLook look = HeadingLook::page);
    /// The page's heading in a language that changes: as high as the highest of `all`, so that nothing below
    /// it moves. `opacity` 0 to 1.
    struct Greeting {
        std::string text, language;
    };
    void greeting(std::string_view key, std::span<const Greeting> all, std::size_t shown, float opacity);
    void subheading(std::string_view key, std::string_view text);
    void text(std::string_view key, std::string_view text, TextLook look = TextLook::body,
              std::string_view language = "");
    /// What a person keeps to themselves: read aloud to a headset only.
    void private_text(std::string_view key, std::string_view text, TextLook look = TextLook::body,
                      bool is_hidden = false);
    void facts(std::string_view key, std::span<const Fact> facts);
    void notice(std::string_view key, NoticeLook look, std::string_view text);
    /// In place of what is not there (nothing found, not yet, no longer, not possible): what it is, and what
    /// to do about it.
    void state(std::string_view key, StateLook look, std::string_view title, std::string_view text);
    /// What is drawn until the matching end shines through by so much (1: solid). For the attract page's
    /// fades.
    void begin_fade(float opacity);
    void end_fade();
    /// A finger is on the screen.
    bool is_touched() const;
    void progress(std::string_view key, std::string_view name, int done, int total);
    /// A QR code or other square picture of dark and light modules, row by row. A telephone reads it from ten
    /// times its width.
    void modules(std::string_view key, std::string_view name, int side, std::span<const std::uint8_t> dark,
                 float most_mm = 89);
    /// A reference number or code, large; speech spells it.
    void big_number(std::string_view key, std::string_view name, std::string_view number,
                    bool is_private = false);
    void space(float mm);
    /// The text is so large for the screen that little of a page is seen at once: what answers then comes
    /// before what only explains.
    bool shows_little() const;

    // ---- Pages: what can be pressed
    // -----------------------------------------------------------------------------
    bool button(std::string_view key, std::string_view name, ButtonLook look = ButtonLook::secondary,
                Icon icon = Icon::none, bool enabled = true);
    /// Large answers in `columns` columns (fewer where the text is too large for so many). Index of the
    /// pressed one.
    std::optional<std::size_t> cards(std::string_view key, std::span<const CardSpec> cards, int columns);
    std::optional<std::size_t> tabs(std::string_view key, std::span<const ChoiceSpec> tabs);
    /// A box that can be ticked, with its text beside. True: it was pressed (the page turns it over).
    bool toggle(std::string_view key, std::string_view name, bool on, std::string_view help = "");
    /// One of several. `name` is the question, drawn above unless it is empty. Index of the pressed one.
    std::optional<std::size_t> choice(std::string_view key, std::string_view name,
                                      std::span<const ChoiceSpec> choices, std::string_view error = "");
    /// Any of several. Index of the pressed one.
    std::optional<std::size_t> choices(std::string_view key, std::string_view name,
                                       std::span<const ChoiceSpec> choices, std::string_view error = "");
    /// A text field with its label above; on-screen keyboard below while it has the focus. The new value when
    /// it changed.
    std::optional<std::string> field(std::string_view key, const FieldSpec& spec, std::string_view value);
    /// The row of a page's main actions, above the bar, always in view. Index of the pressed one.
    std::optional<std::size_t> actions(std::span<const ActionSpec> actions);

    /// The typing test's passage: what was typed right and wrong, the next word in view. Takes characters and
    /// Backspace while it is shown and `active`; the strokes since the last frame, 0 for backspace.
    /// `language` is the passage's, which need not be the person's.
    struct Stroke {
        char32_t code_point = 0;
        std::int64_t at_ms = 0;
    };
    std::vector<Stroke> typing_panel(std::string_view key, std::string_view name, std::string_view presented,
                                     std::string_view transcribed, std::string_view language, bool active);

    // ---- Pages: grouping
    // ----------------------------------------------------------------------------------------
    /// Widgets until the matching end stand side by side in `weights.size()` columns, or one under the other
    /// where there is no room. next_column() goes on with the next one.
    void begin_columns(std::string_view key, std::span<const float> weights);
    void next_column();
    void end_columns();
    /// A panel with its own surface. `name` "" for none.
    void begin_panel(std::string_view key, std::string_view name);
    void end_panel();
    /// Over everything; what is behind is gone from the tree until it ends.
    void begin_dialog(std::string_view key, std::string_view title);
    void end_dialog();

    const UiSettings& settings() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace vakant
