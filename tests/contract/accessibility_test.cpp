// The statements of ACCESSIBILITY.md that hold for every page, and that file itself. Those about one widget
// or one function stand with their tests in tests/kiosk, under the same numbers.
#include <map>
#include <set>
#include <sstream>

#include "core/base/bytes.h"
#include "core/base/utf8.h"
#include "kiosk/semantics/reading.h"
#include "kiosk/semantics/spoken_text.h"
#include "tests/contract/page_contract.h"
#include "tests/contract/walks.h"
#include "tests/fakes/hearing_stage.h"
#include "tests/fakes/stage_picture.h"
#include "tests/places.h"

using namespace vakant;

namespace {

Strings english() {
    auto strings = Strings::load(source_dir() + "/assets/strings", "en");
    REQUIRE(strings.ok());
    return std::move(strings).value();
}
SpeechWords words_of(const Strings& strings) {
    return [&strings](std::string_view key, int position, int count) {
        return strings.get(key, {{"position", std::int64_t{position}}, {"count", std::int64_t{count}}});
    };
}
void walk_in_english(const Visitor& visit) {
    Look look;
    look.language = "en";
    walk_all(look, visit);
}
/// Every node of every page and state.
void over_every_node(const std::function<void(const std::string& state, const SemanticNode& node)>& look_at) {
    walk_in_english([&](const std::string& state, KioskStage& stage) {
        for (const SemanticNode& node : stage.app->tree().nodes())
            look_at(state, node);
    });
}
bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}
/// Nothing is replaced by what it says, value and description of everybody's nodes are said.
std::string misses(const SemanticNode& node, const Strings& strings) {
    const std::string said = spoken_text(node, words_of(strings), false);
    const bool is_frame = node.role == Role::group || node.role == Role::page;
    if (node.name.empty()) return is_frame || node.role == Role::image ? "" : "has no name";
    if (!holds(said, node.spoken.empty() ? node.name : node.spoken)) return "is said without its name";
    if (node.role == Role::key) return "";
    const bool has_role = node.role != Role::text && !is_frame;
    if (has_role && !holds(said, strings.get("role." + std::string(name_of(node.role)))))
        return "is said without its role";
    if (!holds(said, node.value)) return "is said without its value";
    if (!holds(said, node.description)) return "is said without its description";
    if (!holds(said, node.excerpt)) return "is said without its excerpt";
    if (!node.enabled && !holds(said, strings.get("state.disabled"))) return "is off and does not say so";
    if (node.invalid && !holds(said, strings.get("state.invalid"))) return "is wrong and does not say so";
    if (node.count > 1 && !holds(said, std::to_string(node.position))) return "does not say which it is";
    return "";
}

} // namespace

TEST_CASE("accessibility 03: everything is named, and is said with name, role, state and value") {
    const Strings strings = english();
    SemanticNode nameless;
    nameless.role = Role::button;
    CHECK(misses(nameless, strings) == "has no name"); // it can fail
    over_every_node([&](const std::string& state, const SemanticNode& node) {
        const std::string missing = misses(node, strings);
        if (!missing.empty()) FAIL_CHECK(state << ": " << node.key << " " << missing);
    });
}

TEST_CASE("accessibility 10: what the slip says is heard, its number sign by sign") {
    HearingStage stage;
    stage.open_form();
    stage.fill_in_to_review();
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    const std::string& told = stage.last_heard();
    CHECK(holds(told, "K T R, 0 4 2 7, M"));
    for (const char* key : {"title", "keep", "sent", "next", "change"})
        CHECK(holds(told, read_aloud(stage.name(key))));
}

TEST_CASE("accessibility 10: every line of the printed slip was heard before it is taken along") {
    HearingStage stage;
    stage.settings.has_printer = true;
    stage.settings.on_loudspeaker = false; // the code is a secret: a headset hears it
    stage.open_form();
    stage.fill_in_to_review();
    stage.press("send");
    const std::string told = stage.last_heard();
    stage.press("print");
    const auto printed = stage.workers.all<job::Print>();
    REQUIRE(printed.size() == 1);
    int lines = 0;
    for (const PrintedSlip::Block& block : printed[0].slip.blocks) {
        // The small print says in other words what stands beside the code.
        if (block.text.empty() || block.look == PrintedSlip::Look::small) continue;
        ++lines;
        INFO(block.text);
        CHECK(holds(told, read_aloud(block.text)));
    }
    CHECK(lines > 3);
    CHECK(holds(told, "Show it only to the agency."));
}

TEST_CASE("accessibility 11: speech begins at 125 words a minute and goes from half to twice of that in "
          "eight steps") {
    CHECK(speech_rate(usual_rate_step) == 125);
    CHECK(speech_rate(0) == 63);
    CHECK(speech_rate(speech_steps - 1) == 250);
    KioskStage stage("en");
    stage.start();
    std::set<int> rates;
    for (int i = 0; i < speech_steps; ++i) {
        stage.keypad(KeypadKey::rate_down);
        rates.insert(stage.voice.rate);
    }
    for (int i = 0; i < speech_steps; ++i) {
        stage.keypad(KeypadKey::rate_up);
        rates.insert(stage.voice.rate);
    }
    CHECK(rates.size() == static_cast<std::size_t>(speech_steps));
    CHECK(*rates.begin() == 63);
    CHECK(*rates.rbegin() == 250);
}

namespace {

/// Of the smallest text of a page, in pixels: how high a letter without a tail stands.
float cap_height(float text_scale) {
    KioskStage stage("en");
    stage.settings.ui.text_scale = text_scale;
    stage.start();
    stage.press("about");
    for (int presses = 0; presses < 60 && !stage.node("version").on_screen; ++presses)
        stage.press("scroll.down");
    const Rect r = stage.node("version").rect; // "Version 0.1.0": its first letter is a V
    const StagePicture picture(*stage.draw().draw);
    const Colour ground = picture.at(static_cast<int>(r.right()) - 2, static_cast<int>(r.bottom()) - 2);
    const auto strongest = [&](int y) {
        double most = 1;
        for (int x = static_cast<int>(r.x); x < static_cast<int>(r.x + r.h * 0.35f); ++x)
            most = std::max(most, contrast(picture.at(x, y), ground));
        return most;
    };
    int rows = 0;
    for (int y = static_cast<int>(r.y); y < static_cast<int>(r.bottom()); ++y)
        rows += strongest(y) > 3 ? 1 : 0;
    return static_cast<float>(rows);
}

} // namespace

TEST_CASE("accessibility 17: the four sizes of text are the four that voting systems have") {
    constexpr float mm_per_px = 0.248f;
    struct Band {
        float scale, least_mm, most_mm;
    };
    for (const Band& band :
         {Band{0.75f, 3.5f, 4.2f}, {1, 4.8f, 5.6f}, {1.33f, 6.4f, 7.1f}, {1.75f, 8.5f, 9.0f}}) {
        INFO("text scaled by " << band.scale);
        const float height = cap_height(band.scale) * mm_per_px;
        CHECK(height >= band.least_mm);
        CHECK(height <= band.most_mm);
    }
}

TEST_CASE("accessibility 18: the largest text is large enough for an eye 700 mm away") {
    constexpr float seven_tenths_of_a_degree_mm = 8.55f;
    CHECK(cap_height(1.75f) * 0.248f >= seven_tenths_of_a_degree_mm);
}

TEST_CASE("accessibility 20: letters are upright, and nothing is said by colour alone") {
    const FontFiles fonts = FontFiles::installed();
    for (const auto& file :
         {fonts.latin[0], fonts.latin[1], fonts.latin[2], fonts.arabic[0], fonts.arabic[1]}) {
        CHECK_FALSE(holds(file.string(), "Italic"));
        CHECK_FALSE(holds(file.string(), "Oblique"));
        CHECK_FALSE(holds(file.string(), "Serif"));
    }
    int wrong = 0;
    over_every_node([&](const std::string& state, const SemanticNode& node) {
        if (!node.invalid) return;
        ++wrong;
        // A choice has its error above it, in the words of its question; everything else beside itself.
        const bool of_a_choice = node.role == Role::radio || node.role == Role::checkbox;
        if (!of_a_choice && node.description.empty() && node.role != Role::notice)
            FAIL_CHECK(state << ": " << node.key << " is wrong without a word");
    });
    CHECK(wrong > 5); // the walk comes past errors
}

TEST_CASE("accessibility 27: the keypad goes through every page in its order and is never caught") {
    walk_in_english([&](const std::string& state, KioskStage& stage) {
        std::vector<std::string> recorded, visited;
        for (const SemanticNode& node : stage.app->tree().nodes()) {
            if (node.focusable) recorded.push_back(node.key);
        }
        INFO(state);
        REQUIRE_FALSE(recorded.empty());
        Navigator navigator;
        for (std::size_t i = 0; i < recorded.size(); ++i) {
            navigator.move(Move::next, stage.app->tree());
            visited.push_back(navigator.focus());
        }
        CHECK(visited == recorded);
        navigator.move(Move::next, stage.app->tree());
        CHECK(navigator.focus() == recorded.front());
        navigator.move(Move::previous, stage.app->tree());
        CHECK(navigator.focus() == recorded.back());
    });
}

TEST_CASE(
    "accessibility 27: through every page the keypad's next key leads from one to the next, shown and in "
    "view, from fields and the keyboard too") {
    walk_in_english([&](const std::string& state, KioskStage& stage) {
        if (stage.page() == PageId::skills_typing) return; // its letters are for the text
        INFO(state);
        std::set<std::string> wanted, seen;
        for (const SemanticNode& node : stage.app->tree().nodes()) {
            if (node.focusable) wanted.insert(node.key);
        }
        for (std::size_t step = 0; step < wanted.size() + 1; ++step) {
            stage.keypad(KeypadKey::next);
            const auto& nodes = stage.app->tree().nodes();
            const auto focused = std::ranges::find_if(nodes, &SemanticNode::focused);
            REQUIRE(focused != nodes.end());
            if (!focused->on_screen)
                FAIL_CHECK(state << ": " << focused->key << " has the focus out of view");
            seen.insert(focused->key);
        }
        CHECK(stage.app->ui_settings().show_focus);
        for (const std::string& key : wanted) {
            // What a page brings or takes away while one goes about it: scroll buttons, suggestions.
            if (stage.shows(key) && !seen.contains(key)) FAIL_CHECK(state << ": no key leads to " << key);
        }
        while (stage.shows("scroll.up") && stage.node("scroll.up").enabled)
            stage.press("scroll.up"); // as the walk left it
    });
}

TEST_CASE("accessibility 27: arrows lead out of a field and out of the keyboard") {
    KioskStage stage("en");
    stage.start();
    stage.press("register");
    stage.press("next");
    stage.press("field.given_names");
    REQUIRE(stage.shows("keyboard.q"));
    const auto focus = [&] {
        const auto& nodes = stage.app->tree().nodes();
        const auto found = std::ranges::find_if(nodes, &SemanticNode::focused);
        return found == nodes.end() ? std::string() : found->key;
    };
    std::set<std::string> visited;
    for (const KeypadKey key : {KeypadKey::down, KeypadKey::up, KeypadKey::previous}) {
        for (int presses = 0; presses < 40; ++presses) {
            stage.keypad(key);
            REQUIRE_FALSE(focus().empty());
            visited.insert(focus());
        }
    }
    CHECK(visited.contains("keyboard.ready"));
    CHECK(visited.contains("field.family_name"));
}

TEST_CASE("accessibility 27: the ring around what has the focus is seen as soon as a key was used") {
    HearingStage stage;
    stage.settings.ui.theme = GENERATE(Theme::light, Theme::high_contrast, Theme::dark);
    INFO("theme " << static_cast<int>(stage.settings.ui.theme));
    stage.start();
    const Rect r = stage.node("browse").rect;
    const auto edge = [&] { // from well outside its left edge to well inside
        const StagePicture picture(*stage.draw().draw);
        std::vector<Colour> colours;
        for (int x = static_cast<int>(r.x) - 16; x < static_cast<int>(r.x) + 16; ++x)
            colours.push_back(picture.at(x, static_cast<int>(r.y + r.h / 2)));
        return colours;
    };
    const auto most_changed = [](const std::vector<Colour>& before, const std::vector<Colour>& after) {
        double most = 1;
        for (std::size_t i = 0; i < before.size(); ++i)
            most = std::max(most, contrast(before[i], after[i]));
        return most;
    };
    const std::vector<Colour> without = edge();
    CHECK(most_changed(without, edge()) < 1.01);
    stage.step_to("browse");
    REQUIRE(stage.node("browse").rect == r);
    CHECK(most_changed(without, edge()) >= 3);
    CHECK(stage.node("browse").on_screen);
}

TEST_CASE("accessibility 29: what can be pressed is said by the words that stand on it, in Arabic with its "
          "vowels too") {
    const Strings strings = english();
    over_every_node([&](const std::string& state, const SemanticNode& node) {
        if (!node.focusable || node.role == Role::key) return; // signs are said by their names
        INFO(state << ": " << node.key);
        CHECK(spoken_text(node, words_of(strings), true).find(node.name) == 0);
    });
    const auto bare = [](std::string_view text) {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = next_code_point(text, at);
            const bool is_vowel_sign = c >= 0x64B && c <= 0x652;
            if (!is_vowel_sign) append_utf8(out, c);
        }
        return out;
    };
    const auto arabic = Strings::load(source_dir() + "/assets/strings", "ar");
    REQUIRE(arabic.ok());
    int spoken = 0;
    for (const std::string& key : arabic->keys()) {
        if (!arabic->has(key + ".spoken") || key.starts_with("validation.format.")) continue; // signs by name
        ++spoken;
        INFO(key);
        CHECK(bare(arabic->get(key + ".spoken")) == bare(arabic->get(key)));
    }
    CHECK(spoken > 20);
}

TEST_CASE("accessibility 30: the bar stands in one place on every page, and needs nothing that it turns on") {
    std::map<std::string, Rect> first;
    walk_in_english([&](const std::string& state, KioskStage& stage) {
        const SemanticTree& tree = stage.app->tree();
        const bool is_covered = tree.find("keyboard") || tree.find("dialog.stay") ||
                                tree.find("dialog.close") || tree.find("languages.close");
        if (is_covered || stage.page() == PageId::attract) return;
        INFO(state);
        CHECK(bar_breaches(tree, {}).empty());
        for (const char* key :
             {"bar.home", "bar.help", "bar.listen", "bar.contrast", "bar.text_size", "languages.open"}) {
            const SemanticNode& node = stage.node(key);
            CHECK(node.enabled);
            CHECK(node.on_screen);
            CHECK(first.emplace(key, node.rect).first->second == node.rect);
        }
    });
    CHECK(first.size() == 6);
    KioskStage stage; // where the bar is not, every language is, and a key begins speech
    stage.start(PageId::attract);
    CHECK(stage.node("language.ar").on_screen);
    stage.keypad(KeypadKey::listen);
    CHECK(stage.app->listening());
    CHECK_FALSE(stage.voice.said.empty());
}

TEST_CASE("accessibility 34: every page has its way back, out or home, and help in its place") {
    std::map<std::string, Rect> help_at;
    walk_in_english([&](const std::string& state, KioskStage& stage) {
        const SemanticTree& tree = stage.app->tree();
        const auto has = [&](std::string_view key) { return tree.find(key) != nullptr; };
        if (stage.page() == PageId::attract || stage.page() == PageId::enrolment) return;
        INFO(state);
        const bool leads_out = has("back") || has("bar.home") || has("dialog.stay") || has("dialog.close") ||
                               has("keyboard.ready") || has("languages.close");
        CHECK(leads_out);
        if (const SemanticNode* help = tree.find("bar.help"))
            CHECK(help_at.emplace("bar.help", help->rect).first->second == help->rect);
    });
}

// ---- ACCESSIBILITY.md

namespace {

struct Row {
    std::string statement, state, proof;
};

/// The cells of "| 01 | statement | holds | `tests/...` |", by the number.
std::map<std::string, Row> rows_of_the_table() {
    const auto text = read_file(source_dir() + "/ACCESSIBILITY.md");
    REQUIRE(text.ok());
    std::map<std::string, Row> rows;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        for (std::size_t at = 0; line.starts_with("| ") && at + 2 < line.size();) {
            const std::size_t end = line.find(" |", at + 2);
            if (end == std::string::npos) break;
            cells.push_back(line.substr(at + 2, end - at - 2));
            at = end + 1;
        }
        const bool is_row = cells.size() == 4 && cells[0].size() == 2 && cells[0] != "nr";
        if (is_row) CHECK(rows.emplace(cells[0], Row{cells[1], cells[2], cells[3]}).second);
    }
    return rows;
}

/// Number of the statement -> files with a test of that name.
std::map<std::string, std::set<std::string>> tests_by_number() {
    std::map<std::string, std::set<std::string>> found;
    const std::filesystem::path root = source_dir();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "tests")) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = read_file(entry.path()).value_or("");
        constexpr std::string_view lead = "TEST_CASE(";
        for (std::size_t at = text.find(lead); at != std::string::npos; at = text.find(lead, at + 1)) {
            std::size_t name = text.find_first_not_of(" \n", at + lead.size());
            constexpr std::string_view mark = "\"accessibility ";
            if (name == std::string::npos || text.compare(name, mark.size(), mark) != 0) continue;
            name += mark.size();
            found[text.substr(name, 2)].insert(std::filesystem::relative(entry.path(), root).string());
        }
    }
    return found;
}

} // namespace

TEST_CASE("ACCESSIBILITY.md lists all 38 statements, and claims no test that there is not") {
    const auto rows = rows_of_the_table();
    const auto tests = tests_by_number();
    REQUIRE(rows.size() == 38);
    CHECK(rows.begin()->first == "01");
    CHECK(rows.rbegin()->first == "38");
    int automatic = 0;
    for (const auto& [number, row] : rows) {
        INFO(number << " " << row.statement);
        const auto own = tests.find(number);
        const bool is_tested = row.state.starts_with("holds");
        automatic += is_tested ? 1 : 0;
        REQUIRE(is_tested == (own != tests.end()));
        CHECK((is_tested || row.state == "by hardware"));
        if (!is_tested) continue;
        for (const std::string& file : own->second)
            CHECK(holds(row.proof, "`" + file + "`"));
        CHECK(std::ranges::count(row.proof, '`') == static_cast<std::ptrdiff_t>(2 * own->second.size()));
    }
    CHECK(automatic == 29);
    for (const auto& [number, files] : tests)
        CHECK(rows.contains(number));
}
