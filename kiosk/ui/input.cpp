// What people do, held against the frame that they saw.
#include <algorithm>
#include <cmath>

#include "kiosk/ui/inside.h"

namespace vakant {
namespace {

constexpr std::int64_t bounce_ms = 80;
constexpr std::int64_t fling_pause_ms = 120;
constexpr std::int64_t flash_ms = 120;
constexpr float slop_mm = 3.5f;
constexpr float same_place_mm = 10; ///< within which a trembling finger comes down again
constexpr std::int64_t speed_window_ms = 100;
constexpr float fastest_fling_mm = 2500; ///< a second
/// A palm or an elbow that leans on the screen stays; a finger that means something has let go by then.
constexpr std::int64_t leaning_ms = 5000;

/// Whether the language's own keyboard types no Latin letters.
bool is_foreign_script(std::string_view language) {
    return keyboard_layouts()[keyboard_for(language)].letters.rows[0].find('q') == std::string_view::npos;
}

std::optional<EditStep::Kind> step_of(UiEvent::Kind kind) {
    switch (kind) {
    case UiEvent::Kind::character:
        return EditStep::Kind::insert;
    case UiEvent::Kind::backspace:
        return EditStep::Kind::backspace;
    case UiEvent::Kind::delete_forward:
        return EditStep::Kind::delete_forward;
    case UiEvent::Kind::home:
        return EditStep::Kind::home;
    case UiEvent::Kind::end:
        return EditStep::Kind::end;
    case UiEvent::Kind::caret_left:
        return EditStep::Kind::caret_left;
    case UiEvent::Kind::caret_right:
        return EditStep::Kind::caret_right;
    case UiEvent::Kind::select_all:
        return EditStep::Kind::select_all;
    default:
        return std::nullopt;
    }
}

} // namespace

void Ui::Inside::handle(const UiEvent& event) {
    if (event.kind != UiEvent::Kind::pointer_move || pointer.down) acted = true;
    if (const auto step = step_of(event.kind))
        return edit({*step, event.character, event.at_ms, event.extend});
    switch (event.kind) {
    case UiEvent::Kind::press:
        return press(event);
    case UiEvent::Kind::pointer_move:
        return move(event);
    case UiEvent::Kind::release:
        return release(event);
    case UiEvent::Kind::wheel:
        return scroll_by(top_layer(), -event.y * d(120));
    case UiEvent::Kind::move_focus:
        navigator.move(event.move, tree);
        reveal_focus = true;
        return;
    case UiEvent::Kind::select:
        return queue(navigator.focus(), true, event.at_ms);
    case UiEvent::Kind::activate:
        return queue(event.key, true, event.at_ms);
    case UiEvent::Kind::back:
        if (menu != FrameMenu::none) {
            menu = FrameMenu::none;
        } else if (editing.keyboard) {
            navigator.set_focus(editing.key);
            stop_editing();
        } else {
            back_pressed = true;
        }
        return;
    default:
        return;
    }
}

const SemanticNode* Ui::Inside::hit(float x, float y) const {
    for (std::size_t i = tree.nodes().size(); i-- > 0;) {
        const SemanticNode& node = tree.nodes()[i];
        if (!node.focusable || !node.rect.contains(x, y)) continue;
        const Layer* layer = places[i] == NodePlace::page_flow ? &page : &dialog;
        if (places[i] != NodePlace::fixed && !layer->viewport.contains(x, y)) continue;
        return &node;
    }
    return nullptr;
}

/// Whether a new page has just put this under a finger that strikes once more. Keys of the keyboard are
/// struck as fast as people can.
bool Ui::Inside::has_just_come(const SemanticNode* node, const UiEvent& press) const {
    if (node != nullptr && node->role == Role::key) return false;
    if (press.at_ms - turned_at >= unread_ms || pointer.lifted_at > turned_at) return false;
    return std::hypot(press.x - pointer.lifted_x, press.y - pointer.lifted_y) < mm(same_place_mm);
}

void Ui::Inside::press(const UiEvent& event) {
    if (pointer.down) return; // a second finger, or a palm beside the first one
    Layer& layer = top_layer();
    const SemanticNode* node = hit(event.x, event.y);
    pointer.early = has_just_come(node, event);
    pointer.down = true;
    pointer.contact = event.contact;
    pointer.dragging = false;
    pointer.caught_fling = layer.velocity != 0;
    layer.velocity = 0;
    pointer.start_x = pointer.x = event.x;
    pointer.start_y = pointer.y = event.y;
    pointer.moved_at = pointer.pressed_at = event.at_ms;
    pointer.path.assign(1, {event.at_ms, event.y});
    pointer.on_nothing = node == nullptr && !pointer.caught_fling && !pointer.early;
    pointer.target = node == nullptr || pointer.caught_fling ? std::string() : node->key;
    const bool bounced = pointer.target == pointer.released && event.at_ms - pointer.released_at < bounce_ms;
    if (bounced || pointer.early) pointer.target.clear();
    pointer.inside = !pointer.target.empty();
}

void Ui::Inside::move(const UiEvent& event) {
    if (!pointer.down || event.contact != pointer.contact) return;
    Layer& layer = top_layer();
    const bool in_flow = layer.viewport.contains(pointer.start_x, pointer.start_y);
    const bool left = std::abs(event.y - pointer.start_y) > mm(slop_mm);
    if (!pointer.dragging && in_flow && layer.can_scroll() && left) pointer.dragging = true;
    if (left || std::abs(event.x - pointer.start_x) > mm(slop_mm)) pointer.on_nothing = false;
    if (pointer.dragging) scroll_by(layer, pointer.y - event.y);
    pointer.x = event.x;
    pointer.y = event.y;
    pointer.moved_at = event.at_ms;
    pointer.path.push_back({event.at_ms, event.y});
    while (event.at_ms - pointer.path.front().at_ms > speed_window_ms && pointer.path.size() > 2)
        pointer.path.pop_front();
    const SemanticNode* node = hit(event.x, event.y);
    pointer.inside = node != nullptr && node->key == pointer.target;
}

/// Over the last tenth of a second: single steps come in bunches and say little.
float Ui::Inside::release_speed(std::int64_t at_ms) const {
    const Pointer::Sample &first = pointer.path.front(), &last = pointer.path.back();
    if (at_ms - last.at_ms > fling_pause_ms || last.at_ms <= first.at_ms) return 0;
    const float speed = (first.y - last.y) * 1000 / static_cast<float>(last.at_ms - first.at_ms);
    return std::clamp(speed, -mm(fastest_fling_mm), mm(fastest_fling_mm));
}

void Ui::Inside::release(const UiEvent& event) {
    if (!pointer.down || event.contact != pointer.contact) return;
    const std::int64_t last_move = pointer.moved_at;
    if (event.x != pointer.x || event.y != pointer.y) move(event);
    pointer.down = false;
    if (!pointer.early) {
        pointer.lifted_x = event.x;
        pointer.lifted_y = event.y;
        pointer.lifted_at = event.at_ms;
    }
    Layer& layer = top_layer();
    if (pointer.dragging) {
        const bool rested = event.at_ms - last_move > fling_pause_ms;
        layer.velocity = rested || settings.less_motion ? 0 : release_speed(event.at_ms);
        pointer.dragging = false;
        pointer.target.clear();
        return;
    }
    layer.velocity = 0;
    const bool leaned = event.at_ms - pointer.pressed_at > leaning_ms;
    const SemanticNode* node = hit(event.x, event.y);
    if (pointer.on_nothing && !leaned && node == nullptr) tapped_beside = true;
    if (!leaned && !pointer.target.empty() && node != nullptr && node->key == pointer.target) {
        navigator.set_focus(pointer.target);
        flashed = pointer.target;
        flashed_until = event.at_ms + flash_ms;
        pointer.released = pointer.target;
        pointer.released_at = event.at_ms;
        queue(pointer.target, false, event.at_ms);
    }
    pointer.target.clear();
}

/// The second strike of a hand that trembles: on the same target, or on whatever stands under the finger
/// since the first one turned the page. Two keys of the keyboard are two letters.
bool Ui::Inside::is_double_strike(const SemanticNode& node, bool by_keys, std::int64_t at_ms) const {
    if (at_ms - pointer.struck_at >= settings.double_strike_ms) return false;
    const bool is_key = node.role == Role::key;
    if (node.key == pointer.struck) return !is_key;
    const float dx = pointer.x - pointer.struck_x, dy = pointer.y - pointer.struck_y;
    const bool same_place = !by_keys && std::hypot(dx, dy) < mm(same_place_mm);
    return same_place && !(is_key && pointer.struck_a_key);
}

void Ui::Inside::queue(std::string_view key, bool by_keys, std::int64_t at_ms) {
    const SemanticNode* node = tree.find(key);
    if (node == nullptr || !node->focusable) return;
    const bool is_key = node->role == Role::key;
    if (!is_key && !node->enabled) return;
    const bool again = is_double_strike(*node, by_keys, at_ms);
    // Also of one that is left out: a hand that trembles on is still the same strike.
    pointer.struck = key;
    pointer.struck_at = at_ms;
    pointer.struck_a_key = is_key;
    pointer.struck_x = by_keys ? -1e6f : pointer.x;
    pointer.struck_y = by_keys ? -1e6f : pointer.y;
    if (again) return;
    waiting.push_back({std::string(key), page_id, by_keys, pointer.x, pointer.y});
}

void Ui::Inside::edit(EditStep step) {
    const SemanticNode* focus = tree.find(navigator.focus());
    if (editing.key.empty() && focus != nullptr && focus->role == Role::field && focus->enabled) {
        // A keyboard of keys types into the field that has the focus; the one on the screen stays away.
        editing.key = focus->key;
        editing.caret = focus->value.size();
    }
    if (editing.key.empty()) return;
    editing.steps.push_back(step);
    editing.since = step.at_ms;
    if (editing.keyboard || navigator.focus() == editing.key) reveal_focus = true;
}

/// Keys of the keyboard and the flow's own buttons act at once; of the page's widgets one acts in a frame, in
/// the order in which they were touched.
void Ui::Inside::take_next_activation() {
    current.reset();
    while (!waiting.empty() && !current) {
        Activation next = std::move(waiting.front());
        waiting.pop_front();
        if (next.page != page_id || act_on_own(next)) continue;
        current = std::move(next);
    }
}

/// How far Up and Down go: about a page, and less where that would again cut what can be pressed and is cut
/// now, so that a finger gets to see all of it.
float Ui::Inside::page_step(const Layer& layer, NodePlace of, bool down) const {
    const Rect& view = layer.viewport;
    const float least = d(96), room = d(24);
    float step = std::max(view.h - least, least);
    for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
        const SemanticNode& node = tree.nodes()[i];
        if (places[i] != of || !node.focusable || node.on_screen || node.rect.h > view.h - 2 * room) continue;
        const bool is_cut = down ? node.rect.y < view.bottom() && node.rect.bottom() > view.bottom()
                                 : node.rect.bottom() > view.y && node.rect.y < view.y;
        if (!is_cut) continue;
        const float wanted = down ? node.rect.y - view.y - room : view.bottom() - node.rect.bottom() - room;
        if (wanted >= least) step = std::min(step, wanted);
    }
    return step;
}

bool Ui::Inside::act_on_own(const Activation& activation) {
    const std::string_view key = activation.key;
    for (Layer* layer : {&page, &dialog}) {
        const std::string_view prefix = layer == &dialog ? "dialog.scroll." : "scroll.";
        if (!key.starts_with(prefix)) continue;
        const bool down = key.ends_with("down");
        const float step =
            page_step(*layer, layer == &page ? NodePlace::page_flow : NodePlace::dialog_flow, down);
        scroll_by(*layer, down ? step : -step);
        layer->velocity = 0;
        return true;
    }
    if (key == "languages.open" || key == "bar.more") {
        menu = key == "bar.more" ? FrameMenu::bar : FrameMenu::languages;
        return true;
    }
    if (key == "languages.close" || key == "bar.close") {
        menu = FrameMenu::none;
        return true;
    }
    return key.starts_with("keyboard.") && press_key(key.substr(9), activation);
}

void Ui::Inside::start_editing(std::string_view key, FieldSpec::Kind kind, bool by_keys) {
    if (editing.key != key) {
        editing.steps.clear();
        editing.caret = std::string::npos;
        editing.sheet = KeySheet::letters;
        editing.anchor.reset();
        // Addresses are written in Latin letters whatever the language of the page.
        const bool latin_page = !is_foreign_script(settings.language);
        editing.layout =
            keyboard_for(kind == FieldSpec::Kind::email && !latin_page ? "en" : settings.language);
        editing.shift = kind == FieldSpec::Kind::text;
    }
    editing.key = key;
    editing.kind = kind;
    editing.keyboard = true;
    editing.since = now;
    reveal_focus = true;
    navigator.set_focus(by_keys ? std::string_view("keyboard.first") : key);
}

void Ui::Inside::stop_editing() {
    editing = {};
    reveal_focus = true;
}

void Ui::Inside::apply_steps(EditedText& edited, const FieldSpec& spec, const VisualStep& visual) {
    editing.drawn = true;
    edited.caret = std::min(editing.caret, edited.text.size());
    edited.anchor = editing.anchor;
    for (const EditStep& step : editing.steps)
        apply(step, edited, spec.kind, spec.max_length, visual);
    editing.steps.clear();
    editing.caret = edited.caret;
    editing.anchor = edited.anchor;
}

} // namespace vakant
