// Somebody who presses everything: thousands of inputs without aim. Under the sanitizers this is also the
// search for leaks and for what is used after it is gone.
#include <random>
#include <set>

#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

/// One input after the other, drawn from a seed: what fingers, a keypad, a keyboard and a scanner can do.
class Monkey {
public:
    explicit Monkey(KioskStage& stage, std::uint64_t seed) : stage_(stage), random_(seed) {}

    void act() {
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
            return strike(some_node());
        case 3:
            return strike({static_cast<float>(below(2'200)) - 100, static_cast<float>(below(1'300)) - 100});
        case 4:
            return drag();
        case 5:
        case 6:
            return letter();
        case 7:
        case 8:
            return stage_.app->press({keypad_keys[below(std::size(keypad_keys))], now()});
        case 9:
            return activate();
        case 10:
            return edit();
        default:
            return oddity();
        }
    }

private:
    struct Point {
        float x, y;
    };
    static constexpr KeypadKey keypad_keys[] = {
        KeypadKey::up,          KeypadKey::down,       KeypadKey::left,       KeypadKey::right,
        KeypadKey::next,        KeypadKey::select,     KeypadKey::previous,   KeypadKey::back,
        KeypadKey::help,        KeypadKey::listen,     KeypadKey::repeat,     KeypadKey::volume_up,
        KeypadKey::volume_down, KeypadKey::rate_up,    KeypadKey::rate_down,  KeypadKey::first,
        KeypadKey::last,        KeypadKey::headset_in, KeypadKey::headset_out};

    std::int64_t now() const { return stage_.clock.monotonic_ms(); }
    int below(std::size_t limit) { return static_cast<int>(random_() % limit); }
    const SemanticNode* any_node() {
        const auto& nodes = stage_.app->tree().nodes();
        return nodes.empty() ? nullptr : &nodes[static_cast<std::size_t>(below(nodes.size()))];
    }
    Point some_node() {
        const SemanticNode* node = any_node();
        if (node == nullptr) return {0, 0};
        return {node->rect.x + node->rect.w / 2, node->rect.y + node->rect.h / 2};
    }
    void pointer(UiEvent::Kind kind, Point at, int contact = 0) {
        UiEvent event;
        event.kind = kind;
        event.x = at.x;
        event.y = at.y;
        event.contact = contact;
        stage_.send(event);
    }
    void strike(Point at) {
        pointer(UiEvent::Kind::press, at);
        stage_.clock.pass(below(200));
        pointer(UiEvent::Kind::release, at);
    }
    void drag() {
        Point at = some_node();
        pointer(UiEvent::Kind::press, at, below(2));
        for (int step = 0; step < 6; ++step) {
            at.y += static_cast<float>(below(160)) - 80;
            stage_.clock.pass(8);
            pointer(UiEvent::Kind::pointer_move, at);
        }
        pointer(UiEvent::Kind::release, at, below(2));
    }
    void letter() {
        constexpr char32_t letters[] = U"aäÖ9 @.ґшلاé\u0301\u200D\U0001F600\t\n\u202E";
        UiEvent event;
        event.kind = UiEvent::Kind::character;
        event.character = letters[below(std::size(letters) - 1)];
        stage_.send(event);
    }
    void activate() {
        const SemanticNode* node = any_node();
        if (node == nullptr) return;
        const std::string key = node->key;
        UiEvent event;
        event.kind = UiEvent::Kind::activate;
        event.key = key;
        stage_.send(event);
    }
    void edit() {
        constexpr UiEvent::Kind kinds[] = {UiEvent::Kind::backspace,  UiEvent::Kind::delete_forward,
                                           UiEvent::Kind::home,       UiEvent::Kind::end,
                                           UiEvent::Kind::caret_left, UiEvent::Kind::caret_right,
                                           UiEvent::Kind::select_all, UiEvent::Kind::wheel};
        UiEvent event;
        event.kind = kinds[below(std::size(kinds))];
        event.y = static_cast<float>(below(7)) - 3;
        event.extend = below(2) == 0;
        stage_.send(event);
    }
    void oddity() {
        switch (below(4)) {
        case 0:
            return stage_.app->scanned(below(2) == 0 ? "VAKANT:KTR-0001-M:not a secret" : "6408430011018");
        case 1:
            return below(2) == 0 ? stage_.app->resize(1080, 1920) : stage_.app->resize(1920, 1080);
        case 2:
            return stage_.clock.pass(below(130'000));
        default: {
            UiEvent event;
            event.kind = UiEvent::Kind::back;
            return stage_.send(event);
        }
        }
    }

    KioskStage& stage_;
    std::mt19937_64 random_;
};

} // namespace

TEST_CASE("ten thousand inputs without aim leave a kiosk that works, and nothing of whoever made them") {
    KioskStage stage;
    stage.workers.vacancies.push_back(demo_vacancy("1", "Siivooja", true));
    stage.workers.vacancies.push_back(demo_vacancy("2", "Städare", false));
    stage.start(PageId::attract);
    Monkey monkey(stage, 20261130);
    std::set<PageId> seen;
    for (int input = 0; input < 10'000; ++input) {
        monkey.act();
        if (input % 4 != 3) continue; // people are quicker than frames
        stage.draw();
        REQUIRE_FALSE(stage.app->tree().nodes().empty());
        seen.insert(stage.page());
        stage.clock.pass(16);
    }
    CHECK(seen.size() >= 12); // it came about, or the test says nothing
    for (int minute = 0; minute < 6; ++minute)
        stage.wait(60'000);
    CHECK(stage.page() == PageId::attract);
    for (const SemanticNode& node : stage.app->tree().nodes())
        CHECK(node.role != Role::field);
    stage.press("start");
    CHECK(stage.page() == PageId::home);
}
