// Somebody presses anything, anywhere, for a long time.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "tests/fakes/kiosk_stage.h"

using namespace vakant;

namespace {

/// Ten thousand by VAKANT_MONKEY_INPUTS (tools/bench kiosk, tools/test --full); a short walk otherwise.
int inputs_wanted() {
    const char* given = std::getenv("VAKANT_MONKEY_INPUTS");
    return given != nullptr ? std::max(1, std::atoi(given)) : 700;
}

class Monkey {
public:
    Monkey(KioskStage& stage, unsigned seed) : stage_(stage), random_(seed) {}

    void do_something() {
        switch (below(12)) {
        case 0:
        case 1:
        case 2:
        case 3:
            return tap_a_target();
        case 4:
            return tap(real(stage_.settings.ui.width_px), real(stage_.settings.ui.height_px));
        case 5:
        case 6:
            return drag();
        case 7:
            return key(UiEvent::Kind::move_focus);
        case 8:
            return key(UiEvent::Kind::select);
        case 9:
            return key(below(3) == 0 ? UiEvent::Kind::back : UiEvent::Kind::backspace);
        case 10:
            return key(UiEvent::Kind::character);
        default:
            stage_.clock.pass(below(40) == 0 ? 160'000 : below(3'000));
        }
    }
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

private:
    float real(float limit) { return std::uniform_real_distribution<float>(0, limit)(random_); }
    void tap(float x, float y) {
        pointer(UiEvent::Kind::press, x, y);
        stage_.clock.pass(below(120));
        pointer(UiEvent::Kind::release, x, y);
        stage_.clock.pass(90);
    }
    void tap_a_target() {
        std::vector<Rect> targets;
        for (const SemanticNode& node : stage_.app->tree().nodes()) {
            if (node.focusable && node.on_screen) targets.push_back(node.rect);
        }
        if (targets.empty()) return;
        const Rect& r = targets[static_cast<std::size_t>(below(static_cast<int>(targets.size())))];
        tap(r.x + r.w / 2, r.y + r.h / 2);
    }
    void drag() {
        float x = real(stage_.settings.ui.width_px), y = real(stage_.settings.ui.height_px);
        pointer(UiEvent::Kind::press, x, y);
        const float step = real(120) - 60;
        for (int i = 0; i < 8; ++i) {
            stage_.clock.pass(8);
            pointer(UiEvent::Kind::pointer_move, x, y += step);
        }
        if (below(10) != 0) pointer(UiEvent::Kind::release, x, y); // a finger that never lets go, too
    }
    void key(UiEvent::Kind kind) {
        UiEvent event;
        event.kind = kind;
        constexpr Move moves[] = {Move::next, Move::previous, Move::up, Move::down, Move::left, Move::right};
        event.move = moves[below(6)];
        constexpr char32_t letters[] = {U'a', U'ö', U'7', U' ', U'@', U'щ', U'ع', 0x301, 0x1F600};
        event.character = letters[below(9)];
        stage_.send(event);
    }
    void pointer(UiEvent::Kind kind, float x, float y) {
        UiEvent event;
        event.kind = kind;
        event.x = x;
        event.y = y;
        stage_.send(event);
    }
    KioskStage& stage_;
    std::mt19937 random_;
};

} // namespace

TEST_CASE("whatever is pressed, every page stays whole: one heading, no key twice, no missing text") {
    KioskStage stage("fi");
    stage.settings.staff_code = "4711";
    stage.settings.ui.less_motion = false;
    for (int i = 0; i < 30; ++i)
        stage.workers.vacancies.push_back(demo_vacancy("own" + std::to_string(i), "Siivooja", i % 3 != 0));
    stage.start(PageId::attract);
    Monkey monkey(stage, 20261125);
    const int inputs = inputs_wanted();
    std::set<PageId> seen;
    for (int i = 0; i < inputs; ++i) {
        monkey.do_something();
        stage.draw();
        seen.insert(stage.page());
        const SemanticTree& tree = stage.app->tree();
        INFO("input " << i << " on " << name_of(stage.page()));
        REQUIRE(tree.repeated_keys().empty());
        const auto headings = std::count_if(tree.nodes().begin(), tree.nodes().end(), [](const auto& node) {
            return (node.role == Role::heading && node.level == 1) || node.role == Role::dialog;
        });
        REQUIRE(headings == 1);
        for (const SemanticNode& node : tree.nodes()) {
            INFO(node.key);
            REQUIRE((!node.focusable || !node.name.empty()));
            REQUIRE(node.name.find("[") != 0);
        }
    }
    CHECK(seen.size() >= 5); // it got about
}
