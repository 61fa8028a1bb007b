#include "tests/contract/page_contract.h"

#include <cstdlib>
#include <map>
#include <set>

#include "tests/contract/pairwise.h"
#include "tests/contract/pixel_contract.h"
#include "tests/contract/walks.h"
#include "tests/places.h"

using namespace vakant;

namespace {

// ---- the checks themselves, each shown a page that breaks it

SemanticNode sound_node(const std::string& key, Rect rect) {
    SemanticNode node;
    node.key = key;
    node.role = Role::button;
    node.name = "Seuraava";
    node.focusable = true;
    node.rect = rect;
    return node;
}
SemanticTree sound_page() {
    SemanticTree tree;
    SemanticNode heading = sound_node("title", {100, 10, 400, 60});
    heading.role = Role::heading;
    heading.level = 1;
    heading.focusable = false;
    tree.add(heading);
    tree.add(sound_node("first", {100, 100, 200, 80}));
    tree.add(sound_node("second", {400, 100, 200, 80}));
    tree.add(sound_node("third", {100, 300, 200, 80}));
    return tree;
}
std::vector<std::string> found(const SemanticTree& tree) {
    return breaches(tree, {});
}

} // namespace

TEST_CASE("a sound page breaks no rule of the page contract") {
    CHECK(found(sound_page()).empty());
}

TEST_CASE("the page contract notices a key that stands twice") {
    SemanticTree tree = sound_page();
    tree.add(sound_node("first", {100, 500, 200, 80}));
    CHECK(found(tree) == std::vector<std::string>{"first: the key stands more than once"});
}

TEST_CASE("the page contract notices a page without a heading and one with two") {
    SemanticTree none;
    none.add(sound_node("first", {100, 100, 200, 80}));
    CHECK(found(none) == std::vector<std::string>{"the page has 0 headings"});
    SemanticTree two = sound_page();
    SemanticNode heading = sound_node("title2", {100, 500, 400, 60});
    heading.role = Role::heading;
    heading.level = 1;
    heading.focusable = false;
    two.add(heading);
    CHECK(found(two) == std::vector<std::string>{"the page has 2 headings"});
}

TEST_CASE("the page contract notices nodes without a name or without a text in the language") {
    SemanticTree tree = sound_page();
    SemanticNode nameless = sound_node("nameless", {100, 500, 200, 80});
    nameless.name.clear();
    tree.add(nameless);
    SemanticNode untranslated = sound_node("untranslated", {100, 600, 200, 80});
    untranslated.name = "[home.title]";
    tree.add(untranslated);
    CHECK(found(tree) == std::vector<std::string>{"nameless: can have the focus but has no name",
                                                  "untranslated: no text for [home.title]"});
}

TEST_CASE("the page contract notices small, overlapping, cut and lost targets") {
    SemanticTree tree = sound_page();
    tree.add(sound_node("small", {100, 500, 200, 40}));
    tree.add(sound_node("under", {100, 600, 200, 80}));
    tree.add(sound_node("over", {150, 650, 200, 80}));
    SemanticNode cut = sound_node("cut", {100, 800, 200, 80});
    cut.clipped = true;
    tree.add(cut);
    tree.add(sound_node("outside", {1800, 900, 200, 80}));
    const std::vector<std::string> out = found(tree);
    REQUIRE(out.size() == 4);
    CHECK(out[0] == "cut: its text is cut");
    CHECK(out[1].find("small: is smaller than 12.7 mm") == 0);
    CHECK(out[2] == "outside: stands outside the window");
    CHECK(out[3] == "under: overlaps over");
}

TEST_CASE("the page contract notices an order that is not the order of reading, in both directions") {
    SemanticTree tree = sound_page();
    tree.add(sound_node("above", {100, 200, 200, 80}));
    CHECK(found(tree) == std::vector<std::string>{"above: is read after third but stands before it"});
    const std::vector<std::string> arabic =
        breaches(sound_page(), {1920, 1080, 0.248f, Direction::right_to_left});
    CHECK(arabic == std::vector<std::string>{"second: is read after first but stands before it"});
}

TEST_CASE("the page contract notices targets that stand closer than 2.54 mm") {
    SemanticTree tree = sound_page();
    tree.add(sound_node("beside", {306, 300, 200, 80}));
    CHECK(found(tree) == std::vector<std::string>{"third: stands closer than 2.54 mm to beside"});
}

TEST_CASE("the page contract notices text that lies over other text") {
    SemanticTree tree = sound_page();
    for (const float y : {500.0f, 520.0f}) {
        SemanticNode text = sound_node("text" + std::to_string(static_cast<int>(y)), {100, y, 400, 40});
        text.role = Role::text;
        text.focusable = false;
        tree.add(text);
    }
    CHECK(found(tree) == std::vector<std::string>{"text500: overlaps text520"});
}

TEST_CASE("the page contract notices what hands cannot reach in reach mode") {
    ContractSettings settings{1080, 1920, 0.248f};
    settings.reach = true;
    const auto out = breaches(sound_page(), settings);
    REQUIRE(out.size() == 3);
    CHECK(out[0] == "first: stands above the lower 60 % in reach mode");
}

TEST_CASE("the page contract notices a bar that misses a button or stands elsewhere") {
    SemanticTree tree = sound_page();
    for (const char* key : {"bar.home", "bar.help", "bar.listen", "bar.contrast", "bar.text_size"})
        tree.add(sound_node(key, {100, 900 + static_cast<float>(tree.nodes().size()) * 10, 150, 90}));
    CHECK(bar_breaches(tree, {}).front() == "the bar has no languages.open");
}

TEST_CASE("the picture contract measures words, and notices faint and glaring ones") {
    KioskStage stage;
    stage.start();
    const App::Frame frame = stage.draw();
    const StagePicture picture(*frame.draw);
    CHECK(frame.draw->texts.size() > 15);
    CHECK(contrast_breaches(*frame.draw, stage.app->tree(), Theme::light).empty());
    // The same picture, held against what the other themes promise.
    CHECK_FALSE(contrast_breaches(*frame.draw, stage.app->tree(), Theme::high_contrast).empty());
    CHECK_FALSE(contrast_breaches(*frame.draw, stage.app->tree(), Theme::dark).empty());
    CHECK(contrast_at_edge(picture, {200, 10, 40, 20}) == 1); // nothing has an edge there
    const Rect title = stage.node("title").rect;
    CHECK(contrast_within(picture, title) == Approx(14.5).margin(0.3));
    const Rect nothing{0, 0, 40, 20};
    CHECK(contrast_within(picture, nothing) == 1);
}

// ---- which looks are walked

TEST_CASE("in the pairwise rows every value meets every other one, and no row is there for nothing") {
    const std::vector<std::size_t> values = {8, 4, 3, 4, 2};
    const auto rows = pairwise(values);
    CHECK(pairs_missing(values, rows) == 0);
    CHECK(rows.size() <= 40);
    CHECK(rows == pairwise(values));
    for (std::size_t left_out = 0; left_out < rows.size(); ++left_out) {
        auto fewer = rows;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
        CHECK(pairs_missing(values, fewer) > 0);
    }
    CHECK(every_combination(values).size() == 768);
}

namespace {

/// A screen as agencies hang them: 15 to 32 inches, on the wall or on a stand.
struct Screen {
    float width_px, height_px, mm_per_px;
};
constexpr Screen screens[] = {{1920, 1080, 0.248f},   // 21.5 inches
                              {1080, 1920, 0.3113f},  // 27 inches, portrait
                              {1366, 768, 0.2488f},   // 15.4 inches
                              {1080, 1920, 0.369f},   // 32 inches, portrait
                              {1080, 1920, 0.248f},   // 21.5 inches, portrait
                              {768, 1366, 0.2488f},   // 15.4 inches, portrait
                              {1024, 768, 0.2977f},   // 15 inches, 4:3
                              {1920, 1080, 0.369f},   // 32 inches
                              {3840, 2160, 0.1557f}}; // 27 inches, four times the pixels
constexpr float scales[] = {0.75f, 1.0f, 1.33f, 1.75f};
constexpr Theme themes[] = {Theme::light, Theme::high_contrast, Theme::dark};

std::vector<std::string> languages() {
    std::vector<std::string> codes;
    const auto all = load_languages(source_dir() + "/assets/strings");
    REQUIRE(all.ok());
    for (const LanguageChoice& language : *all)
        codes.push_back(language.code);
    return codes;
}

void hold(const Look& look, bool looks_at_pixels) {
    std::set<std::string_view> pages; ///< that were seen
    std::map<std::string, Rect> bar;  ///< where its buttons stood on the first page
    walk_all(look, [&](const std::string& state, KioskStage& stage) {
        const ContractSettings settings{look.width_px, look.height_px, look.mm_per_px,
                                        direction_of(look.language),
                                        look.reach && look.height_px > look.width_px};
        const SemanticTree& tree = stage.app->tree();
        pages.insert(name_of(stage.page()));
        std::vector<std::string> found = breaches(tree, settings);
        const bool covered = tree.find("bar.home") == nullptr;
        const bool has_bar = !covered && stage.page() != PageId::attract;
        if (has_bar) {
            for (std::string& breach : bar_breaches(tree, settings))
                found.push_back(std::move(breach));
            // Whatever stands below it, the page has room.
            const bool writes = tree.find("keyboard") != nullptr;
            const float share = stage.draw().page_height / look.height_px;
            // With the largest texts a screen of 15 inches is full of what can be pressed.
            const bool is_small =
                std::min(look.width_px, look.height_px) * look.mm_per_px < 240 && look.text_scale > 1;
            if (!writes && share < (is_small ? 0.199f : 0.349f))
                found.push_back("the page has " + std::to_string(std::lround(share * 100)) +
                                " % of the screen's height");
            for (const SemanticNode& node : tree.nodes()) {
                if (!node.key.starts_with("bar.")) continue;
                const auto [first, is_new] = bar.emplace(node.key, node.rect);
                if (!is_new && first->second != node.rect) found.push_back(node.key + ": stands elsewhere");
            }
        }
        if (looks_at_pixels) {
            const App::Frame frame = stage.draw();
            for (std::string& breach : contrast_breaches(*frame.draw, tree, look.theme))
                found.push_back(std::move(breach));
        }
        for (const std::string& breach : found)
            FAIL_CHECK(name_of(look) << " on " << state << ": " << breach);
    });
    for (int page = 0; page <= static_cast<int>(PageId::staff); ++page) {
        INFO("page " << name_of(static_cast<PageId>(page)));
        CHECK(pages.contains(name_of(static_cast<PageId>(page))));
    }
}

} // namespace

TEST_CASE("accessibility 23: every page keeps the contract in every language, size, theme and screen") {
    // All combinations by VAKANT_PAGES=all (tools/test --pages); else each pair of values once.
    const char* wanted = std::getenv("VAKANT_PAGES");
    const bool all = wanted != nullptr && std::string_view(wanted) == "all";
    const std::vector<std::string> codes = languages();
    const std::vector<std::size_t> values = {codes.size(), std::size(scales), std::size(themes),
                                             std::size(screens), 2};
    const auto rows = all ? every_combination(values) : pairwise(values);
#ifdef __SANITIZE_ADDRESS__
    // Every page is walked under the sanitizers in some of the looks; all pairs are held in the release
    // build.
    constexpr std::size_t each = 6;
#else
    constexpr std::size_t each = 1;
#endif
    std::size_t number = 0;
    std::set<std::pair<Theme, bool>> measured;
    for (const Combination& row : rows) {
        if (++number % each != 0) continue;
        const Screen& screen = screens[row[3]];
        Look look{codes[row[0]],    scales[row[1]],   themes[row[2]], screen.width_px,
                  screen.height_px, screen.mm_per_px, row[4] == 1};
        if (number / each % 2 == 0)
            look.long_brand = "Pohjanmaan Henkilöstöpalvelut ja Rekrytointi Osakeyhtiö Oy";
        // Pixels in the first row of each theme and orientation.
        const bool is_first = measured.emplace(look.theme, look.height_px > look.width_px).second;
        hold(look, all || is_first);
    }
}
