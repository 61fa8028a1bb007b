// Below every page: the bar with what everybody may need at any time.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

struct BarButton {
    FrameIntent::Kind kind;
    std::string_view key, name;
    Icon icon;
};
/// In the same order and place on every page. The last one only on screens that are higher than wide.
constexpr BarButton bar_buttons[] = {
    {FrameIntent::Kind::home, "bar.home", "ui.home", Icon::home},
    {FrameIntent::Kind::help, "bar.help", "ui.help", Icon::help},
    {FrameIntent::Kind::listen, "bar.listen", "ui.listen", Icon::listen},
    {FrameIntent::Kind::contrast, "bar.contrast", "ui.contrast", Icon::contrast},
    {FrameIntent::Kind::text_size, "bar.text_size", "ui.text_size", Icon::text_size},
    {FrameIntent::Kind::none, "languages.open", "ui.language", Icon::language},
    {FrameIntent::Kind::reach, "bar.reach", "ui.reach", Icon::reach},
};
constexpr BarButton more_button = {FrameIntent::Kind::none, "bar.more", "ui.more", Icon::settings};
constexpr std::size_t always_out = 3; ///< so many stand in the bar even where the others are behind "More"
constexpr std::size_t ways_about = 2; ///< home and help: a gap parts them from what changes the page's look

/// From the roomiest to the tightest: rows, lines of a label.
struct BarPlan {
    std::size_t rows, lines;
};
constexpr BarPlan bar_plans[] = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 2}, {4, 2}};
constexpr std::size_t smaller_from = 3; ///< rows: before there are more of them, long words are set smaller

/// Six buttons on a screen that is wider than high stand in two columns in three rows already.
std::size_t most_rows(const UiSettings& settings, bool behind_more) {
    if (behind_more) return 2;
    return settings.is_portrait() ? 4 : 3;
}

std::span<const BarButton> buttons_for(const UiSettings& settings) {
    const std::span<const BarButton> all = bar_buttons;
    return settings.is_portrait() ? all : all.first(all.size() - 1);
}

/// Those that stand in the bar itself.
std::vector<BarButton> buttons_shown(const UiSettings& settings, bool behind_more) {
    const auto all = buttons_for(settings);
    if (!behind_more) return {all.begin(), all.end()};
    std::vector<BarButton> shown(all.begin(), all.begin() + always_out);
    shown.push_back(more_button);
    return shown;
}

std::string_view theme_key(Theme theme) {
    switch (theme) {
    case Theme::light:
        return "ui.theme.light";
    case Theme::high_contrast:
        return "ui.theme.high_contrast";
    case Theme::dark:
        return "ui.theme.dark";
    }
    return "";
}

} // namespace

FrameIntent::Kind Ui::Inside::take_bar() {
    for (const BarButton& button : bar_buttons) {
        if (button.kind == FrameIntent::Kind::none || !take(button.key)) continue;
        // Reach mode is seen at once; contrast and size may take some more steps.
        if (button.kind == FrameIntent::Kind::reach) menu = FrameMenu::none;
        return button.kind;
    }
    return FrameIntent::Kind::none;
}

/// So high that the page keeps its share of the screen beside a header and actions of two lines.
float Ui::Inside::most_bar() const {
    const float above = std::max(usual_header, reach_top);
    const float action =
        std::max(mm(design::action_height), 2 * std::round(type(TypeRole::button).px * 1.2f) + d(36));
    return settings.height_px * (1 - least_page_share) - above - action - 2 * d(16);
}

/// Rather fewer pictures than fewer buttons.
void Ui::Inside::plan_bar() {
    bar_rects.clear();
    bar_space = 0;
    if (!frame_spec.show_bar) return;
    for (const bool behind_more : {false, true}) {
        for (const bool pictures : {true, false}) {
            if (pictures && shows_little()) continue;
            bar_more = behind_more;
            bar_icons = pictures;
            for (const auto& [rows, lines] : bar_plans) {
                if (fit_bar(rows, lines) && bar_space <= most_bar()) return;
            }
        }
    }
    fit_bar(most_rows(settings, true), 2);
}

/// Places the buttons in so many rows; false where the words do not fit and there is another plan.
bool Ui::Inside::fit_bar(std::size_t rows, std::size_t lines) {
    const auto buttons = buttons_shown(settings, bar_more);
    bar_rects.clear();
    const float x = margin(), all = settings.width_px - 2 * x, gap = mm(design::bar_gap), pad = d(10);
    const std::size_t columns = (buttons.size() + rows - 1) / rows;
    const float parting = rows == 1 && all > d(1500) ? d(48) : 0;
    const auto width_of = [&](std::size_t count) {
        const auto n = static_cast<float>(count);
        return (all - parting - gap * (n - 1)) / n;
    };
    const float room = std::floor(width_of(columns)) - 2 * pad;
    bool fits = true;
    float tallest = 0;
    for (const BarButton& button : buttons) {
        const std::string name = word(button.name);
        const TextBlock label = block(name, TypeRole::chip, room);
        const Lettering lettering =
            rows >= smaller_from ? fitting(TypeRole::chip, name, room) : type(TypeRole::chip);
        fits = fits && label.layout->lines.size() <= lines && words_fit(name, lettering, room);
        tallest = std::max(tallest, label.height());
    }
    if (!fits && rows < most_rows(settings, bar_more)) return false;
    // Where the text is large and the screen low, the page needs the room more than the bar its pictures.
    const bool room_for_icons =
        rows == 1 || (rows == 2 && (settings.is_portrait() || settings.text_scale < 1.4f));
    const bool icons = bar_icons && room_for_icons;
    const float least = mm(icons ? design::bar_height : design::bar_height_of_words);
    const float h = std::max(least, tallest + (icons ? bar_icon() + d(4) : 0) + d(24));
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const std::size_t row = i / columns, in_row = std::min(columns, buttons.size() - row * columns);
        const auto column = static_cast<float>(i % columns), line = static_cast<float>(row);
        const float w = width_of(in_row);
        const float after = i >= ways_about ? parting : 0;
        const float left = std::round(x + column * (w + gap) + after);
        const float right = std::round(x + column * (w + gap) + after + w);
        bar_rects.push_back({left, d(18) + line * (h + gap), right - left, h});
    }
    bar_space = bar_rects.back().bottom() + d(18);
    bar_draws_icons = icons;
    return true;
}

void Ui::Inside::draw_bar() {
    if (!frame_spec.show_bar) return;
    const float top = settings.height_px - bar_space;
    page.over.rect({0, top, settings.width_px, bar_space}, palette->surface);
    page.over.rect({0, top, settings.width_px, std::max(mm(palette->card_border), 2.0f)}, palette->hairline);
    const auto buttons = buttons_shown(settings, bar_more);
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        Rect rect = mirrored(bar_rects[i]);
        rect.y += top;
        const BarButton& button = buttons[i];
        ButtonParts parts;
        SemanticNode node = bar_node(button.kind, button.key, word(button.name));
        node.rect = parts.rect = rect;
        const float room = rect.w - d(20);
        node.clipped = !words_fit(node.name, fitting(TypeRole::chip, node.name, room), room);
        const std::string name = node.name;
        parts.name = name;
        parts.icon = bar_draws_icons ? button.icon : Icon::none;
        parts.icon_above = bar_draws_icons;
        parts.on_bar = true;
        parts.chosen = button.kind == FrameIntent::Kind::reach && settings.reach;
        parts.role = TypeRole::chip;
        draw_button(page.over, parts, interactive(std::move(node)));
    }
}

/// A button of the bar, wherever it stands, with what it is set to.
SemanticNode Ui::Inside::bar_node(FrameIntent::Kind kind, std::string_view key, std::string name) const {
    SemanticNode node;
    node.key = key;
    node.role = Role::button;
    node.name = std::move(name);
    if (kind == FrameIntent::Kind::contrast) node.value = word(theme_key(settings.theme));
    if (kind == FrameIntent::Kind::text_size)
        node.value = word("ui.text_size.value",
                          {{"percent", static_cast<std::int64_t>(std::lround(settings.text_scale * 100))}});
    if (key == "languages.open") node.value = own_language(frame_spec);
    if (kind == FrameIntent::Kind::reach) node.checked = settings.reach;
    return node;
}

/// The buttons for which the bar has no room.
void Ui::Inside::draw_bar_menu() {
    open_dialog("bar.menu", word("ui.more"));
    for (const BarButton& button : buttons_for(settings).subspan(always_out)) {
        const std::string name = word(button.name);
        SemanticNode node = bar_node(button.kind, button.key, name);
        ButtonParts parts;
        parts.name = name;
        parts.icon = button.icon;
        parts.chosen = node.checked.value_or(false);
        node.rect = parts.rect = mirrored(next(button_height(name, width(), true), d(16), d(16)));
        node.clipped = button_cuts(name, parts.rect.w, true);
        draw_button(canvas(), parts, interactive(std::move(node)));
    }
    draw_close_button("bar.close");
    close_dialog();
}

} // namespace vakant
