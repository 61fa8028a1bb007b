// What somebody sees of a page before anything is scrolled, where the text is largest and the screen low.
#include <algorithm>

#include "kiosk/ui/draw_frame.h"
#include "tests/contract/walks.h"

using namespace vakant;

namespace {

/// How many of the texts in view are the node's: it is the innermost that they stand in. (A card of which
/// only the edge is seen goes on behind the bar.)
std::size_t texts_of(const SemanticNode& node, const SemanticTree& tree, const DrawFrame& frame) {
    return static_cast<std::size_t>(std::ranges::count_if(frame.texts, [&](const Rect& text) {
        const float x = text.x + text.w / 2, y = text.y + text.h / 2;
        return node.rect.contains(x, y) && std::ranges::none_of(tree.nodes(), [&](const SemanticNode& other) {
                   const bool is_smaller = other.rect.w * other.rect.h < node.rect.w * node.rect.h;
                   return is_smaller && other.rect.contains(x, y);
               });
    }));
}

/// The whole of it, its words, or of a long one so much that its first line can be read.
bool is_seen(const SemanticNode& node, const SemanticTree& tree, const DrawFrame& frame) {
    if (node.on_screen || texts_of(node, tree, frame) > 0) return true;
    const SemanticNode* down = tree.find("scroll.down"); // it stands at the end of what is seen
    constexpr float first_line = 100;
    return down != nullptr && down->rect.bottom() - node.rect.y >= first_line;
}

/// Pages that ask something: what answers it is to be seen. All others are read.
bool asks(PageId page) {
    switch (page) {
    case PageId::home:
    case PageId::vacancies_list:
    case PageId::vacancies_report:
    case PageId::registration_agencies:
    case PageId::registration_form:
    case PageId::registration_consents:
    case PageId::registration_slip:
    case PageId::registration_take_up:
    case PageId::registration_withdraw:
    case PageId::skills_intro:
        return true;
    default:
        return false;
    }
}

/// What should be seen first and is not; "" where it is, or where the page was scrolled already.
std::string hidden_below(const SemanticTree& tree, const DrawFrame& frame, bool page_asks) {
    const auto& nodes = tree.nodes();
    const auto title = std::ranges::find_if(
        nodes, [](const SemanticNode& node) { return node.role == Role::heading && node.level == 1; });
    if (title == nodes.end() || !title->on_screen || tree.find("keyboard") != nullptr) return {};
    const auto first = std::find_if(std::next(title), nodes.end(), [&](const SemanticNode& node) {
        const bool is_frame = node.role == Role::group;
        return !is_frame && (node.focusable || !page_asks);
    });
    return first == nodes.end() || is_seen(*first, tree, frame) ? std::string() : first->key;
}

Look largest(const std::string& language) {
    return {language, 1.75f, Theme::high_contrast};
}

void show_board(KioskStage& stage, const Look& look) {
    put_on(stage, look);
    for (int i = 1; i <= 3; ++i)
        stage.workers.vacancies.push_back(
            demo_vacancy("own" + std::to_string(i), "Siivooja ja toimistotyöntekijä", true));
    stage.start();
    stage.press("browse");
}

} // namespace

TEST_CASE("what lies below what is seen is noticed") {
    SemanticTree tree;
    SemanticNode title;
    title.key = "title";
    title.role = Role::heading;
    title.level = 1;
    title.rect = {100, 100, 600, 80};
    title.on_screen = true;
    tree.add(title);
    SemanticNode answer;
    answer.key = "answer";
    answer.role = Role::radio;
    answer.focusable = true;
    answer.rect = {100, 900, 600, 120};
    answer.on_screen = false;
    tree.add(answer);
    DrawFrame frame;
    CHECK(hidden_below(tree, frame, true) == "answer");
    frame.texts.push_back({200, 930, 300, 60}); // its words are seen already
    CHECK(hidden_below(tree, frame, true).empty());
}

TEST_CASE("at the largest text the first vacancy's title and facts are seen without scrolling") {
    for (const char* language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        KioskStage stage(language);
        show_board(stage, largest(language));
        const App::Frame frame = stage.draw();
        INFO(language);
        CHECK(texts_of(stage.node("vacancy.own1"), stage.app->tree(), *frame.draw) >= 2);
        CHECK(stage.shows("whose")); // whose vacancies they are, further down
    }
}

TEST_CASE("on a portrait screen the board's heading and each of its tabs stand in one line") {
    for (const char* language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        KioskStage stage(language);
        show_board(stage, {language, 1, Theme::light, 1080, 1920});
        INFO(language);
        CHECK(stage.node("title").rect.h < 90);
        for (const char* tab : {"own", "others"})
            CHECK(stage.node(tab).rect.h < 90);
    }
}

TEST_CASE("at the largest text what a page asks can be answered without scrolling, and what it says begins") {
    for (const char* language : {"fi", "uk", "ru", "ar"}) {
        walk_all(largest(language), [&](const std::string& state, KioskStage& stage) {
            if (state == "registration.form-with-a-job") return; // who added it saw what it was added to
            const DrawFrame& frame = *stage.draw().draw;
            const SemanticNode* nothing = stage.find("state"); // in place of cards
            if (stage.page() == PageId::vacancies_list && nothing != nullptr &&
                texts_of(*nothing, stage.app->tree(), frame) == 0)
                FAIL_CHECK(language << ", " << state << ": why there is no vacancy is not seen yet");
            for (const bool page_asks : {false, true}) {
                if (page_asks && !asks(stage.page())) continue;
                const std::string hidden = hidden_below(stage.app->tree(), frame, page_asks);
                if (!hidden.empty())
                    FAIL_CHECK(language << ", " << state << ": " << hidden << " is not seen yet");
            }
        });
    }
}
