#include "tests/contract/page_contract.h"

#include <functional>

#include "tests/fakes/kiosk_stage.h"

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

// ---- every page there is

using Check = std::function<void(const std::string& where)>;

void go_on_to(KioskStage& stage, PageId page, const Check& check) {
    for (int step = 0; step < 12 && stage.page() != page; ++step) {
        check("form page " + stage.app->tree().nodes().front().key + std::to_string(step));
        stage.press("next");
    }
    REQUIRE(stage.page() == page);
}

void walk_vacancies(KioskStage& stage, const Check& check) {
    stage.press("browse");
    check("vacancies.list");
    stage.press("later");
    check("vacancies.list, second page");
    stage.press("others");
    check("vacancies.list, elsewhere");
    stage.press("vacancy.other1");
    check("vacancies.page, elsewhere");
    stage.press("tell");
    check("registration.notice, prompted");
    stage.press("back");
    stage.press("back");
    stage.press("own");
    stage.press("vacancy.own1");
    check("vacancies.page, own");
    stage.press("back");
    stage.write("search", U"zzz");
    check("vacancies.list, nothing found");
    stage.press("bar.home");
}

void walk_registration(KioskStage& stage, const Check& check) {
    stage.press("register");
    check("registration.notice");
    stage.press("next");
    stage.press("next");
    check("registration.form with errors");
    stage.press("field.given_names");
    check("registration.form with keyboard");
    stage.write("field.given_names", U"Aino");
    stage.write("field.family_name", U"Kanerva");
    stage.press("next");
    stage.press("field.contact_way.telephone");
    stage.write("field.telephone", U"0401234567");
    stage.press("bar.home");
    check("leave question");
    stage.press("dialog.stay");
    go_on_to(stage, PageId::registration_consents, check);
    check("registration.consents");
    stage.press("next");
    check("registration.review");
    stage.press("change.you");
    check("registration.form from review");
    stage.press("next");
    stage.press("send");
    REQUIRE(stage.page() == PageId::registration_thanks);
    check("registration.thanks");
}

void walk_skills(KioskStage& stage, const Check& check) {
    stage.press("typing");
    check("skills.intro");
    stage.press("start");
    check("skills.typing before the first key");
    for (const char32_t key : U"Uusi viikko") {
        if (key != 0) stage.character(key);
    }
    stage.rest();
    check("skills.typing");
    stage.wait(61'000);
    REQUIRE(stage.page() == PageId::skills_result);
    check("skills.result");
    stage.press("home");
}

void walk_the_rest(KioskStage& stage, const Check& check) {
    stage.press("about");
    check("about");
    stage.press("staff");
    check("staff, at the door");
    stage.write("code", U"4711");
    stage.press("enter");
    check("staff");
    stage.press("back");
    stage.press("bar.help");
    check("help");
    stage.wait(125'000);
    check("idle warning");
    stage.press("dialog.leave");
    check("attract");
}

void walk_enrolment(KioskStage& stage, const Check& check) {
    stage.settings.start_page.reset();
    stage.open();
    stage.workers.tell(report::IdentityChanged{{}, "", false});
    SyncStatus status;
    status.enrolment = SyncStatus::Enrolment::waiting_for_desk;
    status.user_code = "BCDF-GHJK";
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment, code");
    status.enrolment = SyncStatus::Enrolment::comparing_words;
    status.words = {"apple", "bread", "chair", "delta", "eagle", "flame"};
    status.agency_names = {"Esimerkki Oy"};
    stage.workers.tell(report::StatusChanged{status, std::nullopt});
    stage.rest();
    check("enrolment, words");
}

struct Look {
    std::string language;
    float text_scale;
    Theme theme;
    float width_px = 1920, height_px = 1080;
};

void set_up(KioskStage& stage, const Look& look) {
    stage.settings.ui.text_scale = look.text_scale;
    stage.settings.ui.theme = look.theme;
    stage.settings.ui.width_px = look.width_px;
    stage.settings.ui.height_px = look.height_px;
    stage.settings.staff_code = "4711";
    for (int i = 0; i < 10; ++i) {
        stage.workers.vacancies.push_back(
            demo_vacancy("own" + std::to_string(i), "Siivooja ja toimistotyöntekijä", true));
    }
    stage.workers.vacancies.push_back(demo_vacancy("other1", "Lokalvårdare till äldreboende", false));
}

Check checker(KioskStage& stage, const Look& look) {
    return [&stage, look](const std::string& where) {
        ContractSettings settings{look.width_px, look.height_px, stage.settings.ui.mm_per_px,
                                  direction_of(look.language)};
        for (const std::string& breach : breaches(stage.app->tree(), settings)) {
            FAIL_CHECK(look.language << " at " << look.text_scale << " on " << where << ": " << breach);
        }
    };
}

void walk_all(const Look& look) {
    {
        KioskStage stage(look.language);
        set_up(stage, look);
        const Check check = checker(stage, look);
        stage.start();
        check("home");
        walk_vacancies(stage, check);
        walk_registration(stage, check);
        stage.press("bar.home");
        walk_skills(stage, check);
        walk_the_rest(stage, check);
    }
    KioskStage fresh(look.language);
    set_up(fresh, look);
    walk_enrolment(fresh, checker(fresh, look));
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

TEST_CASE("every page keeps the contract in Finnish") {
    for (const float scale : {1.0f, 1.75f}) {
        for (const Theme theme : {Theme::light, Theme::high_contrast})
            walk_all({"fi", scale, theme});
    }
}

TEST_CASE("every page keeps the contract in English") {
    for (const float scale : {1.0f, 1.75f}) {
        for (const Theme theme : {Theme::light, Theme::high_contrast})
            walk_all({"en", scale, theme});
    }
}

TEST_CASE("every page keeps the contract in Arabic") {
    for (const float scale : {1.0f, 1.75f}) {
        for (const Theme theme : {Theme::light, Theme::high_contrast})
            walk_all({"ar", scale, theme});
    }
}

TEST_CASE("every page keeps the contract in the other languages") {
    for (const std::string language : {"fi-simple", "sv", "nb", "uk", "ru"}) {
        walk_all({language, 1.0f, Theme::light});
        walk_all({language, 1.75f, Theme::high_contrast});
    }
}

TEST_CASE("every page keeps the contract on a screen that is higher than wide") {
    walk_all({"fi", 1.0f, Theme::light, 1080, 1920});
    walk_all({"ar", 1.75f, Theme::high_contrast, 1080, 1920});
}
