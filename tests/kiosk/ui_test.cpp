#include "tests/kiosk/ui_stage.h"

#include <set>

#include <imgui.h>

using namespace vakant;

namespace {

/// A page of one button that counts.
struct Counting {
    UiStage stage;
    int pressed = 0;
    bool shown = true;
    explicit Counting(const std::string& language = "fi") : stage(language) {
        stage.page = [this](Ui& ui) {
            ui.heading("h", "Otsikko");
            if (shown && ui.button("count", "Laske")) ++pressed;
            if (ui.button("other", "Toinen")) pressed += 100;
        };
        stage.draw();
    }
};

CardSpec card_of(std::string key, std::string title, Icon icon) {
    CardSpec card;
    card.key = std::move(key);
    card.title = std::move(title);
    card.icon = icon;
    return card;
}

std::vector<CardSpec> many_cards(int count) {
    std::vector<CardSpec> cards;
    for (int i = 0; i < count; ++i) {
        CardSpec card = card_of("card." + std::to_string(i), "Siivooja " + std::to_string(i), Icon::none);
        card.lines = {"Helsinki"};
        cards.push_back(std::move(card));
    }
    return cards;
}

} // namespace

TEST_CASE("thirty taps of thirty count, each pressed and released between two frames") {
    Counting counting;
    for (int i = 0; i < 30; ++i) {
        counting.stage.tap("count");
        counting.stage.draw();
    }
    CHECK(counting.pressed == 30);
}

TEST_CASE("thirty taps within one frame all count, one in each of the next frames") {
    Counting counting;
    for (int i = 0; i < 30; ++i)
        counting.stage.tap("count");
    counting.stage.rest();
    CHECK(counting.pressed == 30);
    CHECK_FALSE(counting.stage.result.animating);
}

TEST_CASE("accessibility 24: a finger that leaves the button before it is lifted presses nothing") {
    Counting counting;
    counting.stage.press("count");
    counting.stage.draw();
    counting.stage.release("other");
    counting.stage.draw();
    CHECK(counting.pressed == 0);
}

TEST_CASE("nothing happens while the finger is down, and the button shows that it is held") {
    Counting counting;
    counting.stage.press("count");
    counting.stage.draw();
    CHECK(counting.pressed == 0);
    counting.stage.release("count");
    counting.stage.draw();
    CHECK(counting.pressed == 1);
    counting.stage.draw();
    CHECK(counting.pressed == 1);
}

TEST_CASE("contacts that bounce count once, and a second finger not at all") {
    Counting counting;
    UiStage& stage = counting.stage;
    stage.press("count");
    stage.release("count");
    stage.now += 20;
    stage.press("count");
    stage.release("count");
    stage.draw();
    stage.draw();
    CHECK(counting.pressed == 1);
    stage.now += 200;
    stage.press("count");
    stage.press("other");
    stage.release("count");
    stage.draw();
    stage.draw();
    CHECK(counting.pressed == 2);
}

TEST_CASE("a tap on what is gone in the next frame never fires, also not when it comes back") {
    Counting counting;
    counting.stage.tap("count");
    counting.shown = false;
    counting.stage.draw();
    counting.shown = true;
    counting.stage.draw();
    CHECK(counting.pressed == 0);
}

TEST_CASE("a tap that was meant for one page does not reach the next") {
    Counting counting;
    counting.stage.tap("count");
    counting.stage.page_id = "another";
    counting.stage.draw();
    counting.stage.draw();
    CHECK(counting.pressed == 0);
}

TEST_CASE("keys and scripts press as fingers do, and what is off stays unpressed") {
    Counting counting;
    UiStage& stage = counting.stage;
    stage.ui->set_focus("count");
    stage.key(UiEvent::Kind::select);
    stage.draw();
    CHECK(counting.pressed == 1);
    UiEvent activate;
    activate.kind = UiEvent::Kind::activate;
    activate.key = "count";
    stage.send(activate);
    stage.draw();
    CHECK(counting.pressed == 2);
    stage.page = [&](Ui& ui) {
        counting.pressed += ui.button("off", "Ei nyt", ButtonLook::primary, Icon::none, false) ? 1 : 0;
    };
    stage.draw();
    stage.tap("off");
    stage.send(activate);
    stage.draw();
    CHECK(counting.pressed == 2);
    CHECK_FALSE(stage.node("off").enabled);
    CHECK(stage.node("off").focusable);
}

TEST_CASE("dragging scrolls and presses nothing; a wobble of eight pixels still is a tap") {
    UiStage stage;
    std::optional<std::size_t> pressed;
    const auto cards = many_cards(20);
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Avoimet työpaikat");
        if (const auto index = ui.cards("cards", cards, 1)) pressed = index;
    };
    stage.draw();
    const Rect first = stage.node("card.0").rect;
    const float x = first.x + 200, y = first.y + 60;
    stage.pointer(UiEvent::Kind::press, x, y);
    stage.now += 10;
    stage.pointer(UiEvent::Kind::pointer_move, x, y - 8);
    stage.pointer(UiEvent::Kind::release, x, y - 8);
    stage.draw();
    CHECK(pressed == 0u);
    pressed.reset();
    stage.now += 200;
    stage.pointer(UiEvent::Kind::press, x, y);
    for (int i = 1; i <= 10; ++i) {
        stage.now += 10;
        stage.pointer(UiEvent::Kind::pointer_move, x, y - 20 * static_cast<float>(i));
    }
    stage.pointer(UiEvent::Kind::release, x, y - 200);
    stage.draw();
    CHECK_FALSE(pressed);
    CHECK(stage.node("card.0").rect.y <= first.y - 200);
    SECTION("the fling goes on by itself and comes to rest") {
        CHECK(stage.result.animating);
        const float thrown = stage.node("card.0").rect.y;
        stage.rest();
        CHECK(stage.node("card.0").rect.y < thrown - 50);
    }
    SECTION("a touch stops the fling and presses nothing") {
        stage.pointer(UiEvent::Kind::press, x, y + 100);
        stage.now += 30;
        stage.pointer(UiEvent::Kind::release, x, y + 100);
        const float stopped = stage.node("card.0").rect.y;
        stage.rest();
        CHECK_FALSE(pressed);
        CHECK(stage.node("card.0").rect.y == Approx(stopped).margin(1));
    }
}

TEST_CASE("accessibility 25: a long page has large buttons for up and down, and moving the focus brings it "
          "into view") {
    UiStage stage;
    const auto cards = many_cards(20);
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Avoimet työpaikat");
        (void)ui.cards("cards", cards, 1);
    };
    stage.draw();
    CHECK(stage.node("scroll.down").rect.h >= 51);
    CHECK(stage.node("scroll.down").rect.w >= 51);
    CHECK_FALSE(stage.node("scroll.up").enabled);
    CHECK_FALSE(stage.node("card.19").on_screen);
    stage.tap("scroll.down");
    stage.draw();
    CHECK(stage.node("scroll.up").enabled);
    CHECK_FALSE(stage.node("card.0").on_screen);
    stage.ui->set_focus("card.19");
    stage.draw();
    const SemanticNode& last = stage.node("card.19");
    CHECK(last.on_screen);
    CHECK(last.rect.bottom() <= stage.node("bar.home").rect.y);
    CHECK_FALSE(stage.node("scroll.down").enabled);
}

TEST_CASE(
    "accessibility 25: what Down finds cut off is whole after it, at the largest text, and the same for Up") {
    for (const float height : {900.0f, 1000.0f, 1080.0f}) {
        INFO(height);
        UiStage stage;
        stage.settings.text_scale = 1.75f;
        stage.settings.height_px = height;
        const auto cards = many_cards(20);
        stage.page = [&](Ui& ui) {
            ui.heading("h", "Avoimet työpaikat");
            (void)ui.cards("cards", cards, 1);
        };
        stage.draw();
        std::set<std::string> seen;
        const auto look = [&] {
            for (const SemanticNode& node : stage.ui->tree().nodes()) {
                if (node.on_screen && node.key.starts_with("card.")) seen.insert(node.key);
            }
        };
        look();
        for (int taps = 0; taps < 40 && stage.node("scroll.down").enabled; ++taps) {
            stage.tap("scroll.down");
            stage.rest();
            look();
        }
        CHECK(seen.size() == 20);
        seen.clear();
        for (int taps = 0; taps < 40 && stage.node("scroll.up").enabled; ++taps) {
            look();
            stage.tap("scroll.up");
            stage.rest();
        }
        look();
        CHECK(seen.size() == 20);
    }
}

TEST_CASE("in Arabic everything stands mirrored") {
    const auto rects = [](const std::string& language) {
        UiStage stage(language);
        stage.page = [](Ui& ui) {
            std::vector<CardSpec> cards = {card_of("a", "1", Icon::briefcase),
                                           card_of("b", "2", Icon::person)};
            cards[0].primary = true;
            (void)ui.cards("cards", cards, 2);
        };
        stage.draw();
        return std::pair(stage.node("a").rect, stage.node("b").rect);
    };
    const auto [a, b] = rects("fi");
    const auto [a_ar, b_ar] = rects("ar");
    CHECK(a_ar.x == 1920 - a.x - a.w);
    CHECK(b_ar.x == 1920 - b.x - b.w);
    CHECK(a_ar.x > b_ar.x);
}

TEST_CASE("the bar and the languages say what was asked of them") {
    UiStage stage;
    stage.draw();
    stage.tap("bar.help");
    stage.draw();
    CHECK(stage.intent.kind == FrameIntent::Kind::help);
    stage.draw();
    CHECK(stage.intent.kind == FrameIntent::Kind::none);
    stage.tap("language.ar");
    stage.draw();
    CHECK(stage.intent.kind == FrameIntent::Kind::language);
    CHECK(stage.intent.language == "ar");
}

TEST_CASE("languages that do not fit into the header are behind one button") {
    UiStage stage;
    stage.settings.width_px = 1080;
    stage.settings.height_px = 1920;
    stage.settings.text_scale = 1.75f;
    stage.spec.languages = {
        {"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}, {"ar", "العربية"}, {"uk", "Українська"}};
    stage.draw();
    REQUIRE(stage.shows("languages.open"));
    CHECK_FALSE(stage.shows("language.en"));
    stage.tap("languages.open");
    stage.draw();
    REQUIRE(stage.shows("language.en"));
    CHECK_FALSE(stage.shows("bar.home"));
    stage.tap("language.en");
    stage.draw();
    CHECK(stage.intent.language == "en");
    stage.draw();
    CHECK(stage.shows("bar.home"));
}

TEST_CASE("a dialog covers everything, also for keys") {
    UiStage stage;
    bool open = true, went = false;
    stage.page = [&](Ui& ui) {
        (void)ui.button("behind", "Takana");
        if (!open) return;
        ui.begin_dialog("dialog", "Haluatko jatkaa?");
        if (ui.button("go", "Jatka", ButtonLook::primary)) went = true;
        ui.end_dialog();
    };
    stage.draw();
    CHECK_FALSE(stage.shows("behind"));
    CHECK_FALSE(stage.shows("bar.home"));
    CHECK(stage.node("dialog").role == Role::dialog);
    CHECK(stage.node("dialog").name == "Haluatko jatkaa?");
    stage.tap("go");
    stage.draw();
    CHECK(went);
    open = false;
    stage.draw();
    CHECK(stage.shows("behind"));
}

TEST_CASE("back goes to the page when nothing of the widgets is open") {
    UiStage stage;
    stage.draw();
    stage.key(UiEvent::Kind::back);
    stage.draw();
    CHECK(stage.result.back_pressed);
    stage.draw();
    CHECK_FALSE(stage.result.back_pressed);
}

TEST_CASE("a drawn frame holds textures and triangles within 16-bit indices") {
    UiStage stage;
    const auto cards = many_cards(60);
    stage.page = [&](Ui& ui) { (void)ui.cards("cards", cards, 1); };
    stage.draw();
    int triangles = 0;
    for (const ImDrawList* list : stage.result.draw->lists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            CHECK(command.TextureId != nullptr);
            triangles += static_cast<int>(command.ElemCount) / 3;
            for (unsigned i = 0; i < command.ElemCount; ++i) {
                const unsigned index =
                    command.VtxOffset + list->IdxBuffer[static_cast<int>(command.IdxOffset + i)];
                REQUIRE(index < static_cast<unsigned>(list->VtxBuffer.Size));
            }
        }
    }
    CHECK(triangles > 500);
}

TEST_CASE("wiping forgets where somebody was and what was typed") {
    UiStage stage;
    std::string name = "Aino Virtanen";
    stage.page = [&](Ui& ui) {
        FieldSpec field;
        field.name = "Nimi";
        if (auto value = ui.field("name", field, name)) name = *value;
    };
    stage.draw();
    stage.tap("name");
    stage.draw();
    stage.draw();
    CHECK(stage.shows("keyboard"));
    stage.ui->wipe();
    CHECK(stage.ui->tree().nodes().empty());
    CHECK(stage.ui->focus().empty());
    stage.draw();
    CHECK_FALSE(stage.shows("keyboard"));
}

TEST_CASE("columns of the page stand side by side, and one under the other where the text is large") {
    UiStage stage;
    stage.page = [](Ui& ui) {
        const float weights[] = {2, 1};
        ui.begin_columns("columns", weights);
        ui.text("left", "Vasen");
        ui.next_column();
        ui.text("right", "Oikea");
        ui.end_columns();
        ui.text("below", "Alla");
    };
    stage.draw();
    CHECK(stage.node("left").rect.y == stage.node("right").rect.y);
    CHECK(stage.node("right").rect.x > stage.node("left").rect.x + 500);
    CHECK(stage.node("below").rect.y >= stage.node("left").rect.bottom());
    stage.settings.text_scale = 1.75f;
    stage.draw();
    CHECK(stage.node("right").rect.y >= stage.node("left").rect.bottom());
    CHECK(stage.node("right").rect.x == stage.node("left").rect.x);
}

TEST_CASE("the bar's buttons never overlap and are large enough, however large the text") {
    for (const std::string language : {"fi", "fi-simple", "sv", "nb", "en", "uk", "ru", "ar"}) {
        for (const float scale : {0.75f, 1.0f, 1.33f, 1.75f}) {
            for (const bool portrait : {false, true}) {
                UiStage stage(language);
                stage.settings.text_scale = scale;
                if (portrait) std::swap(stage.settings.width_px, stage.settings.height_px);
                stage.draw();
                std::vector<Rect> rects;
                for (const SemanticNode& node : stage.ui->tree().nodes()) {
                    if (node.focusable) rects.push_back(node.rect);
                }
                INFO(language << " " << scale << (portrait ? " portrait" : ""));
                REQUIRE(rects.size() >= 6);
                for (std::size_t i = 0; i < rects.size(); ++i) {
                    CHECK(rects[i].w >= 51);
                    CHECK(rects[i].h >= 51);
                    CHECK(rects[i].x >= 0);
                    CHECK(rects[i].right() <= stage.settings.width_px);
                    CHECK(rects[i].bottom() <= stage.settings.height_px);
                    for (std::size_t j = 0; j < i; ++j) {
                        const Rect grown{rects[j].x - 12, rects[j].y - 12, rects[j].w + 24, rects[j].h + 24};
                        CHECK_FALSE(grown.overlaps(rects[i]));
                    }
                }
            }
        }
    }
}

TEST_CASE("words that do not fit into their place are told by their node, whatever widget it is") {
    UiStage stage;
    FieldSpec field;
    field.name = "Haku";
    field.placeholder =
        "esimerkiksi siivous, keittiötyö, rakennustyö, hoitotyö, varastotyö, opetustyö, ajotyö "
        "tai jokin muu työ, joka kiinnostaa";
    const std::string digits(GENERATE(std::size_t{9}, std::size_t{200}), '8');
    stage.page = [&](Ui& ui) {
        ui.heading("h", "Otsikko");
        ui.big_number("number", "Viitenumero", digits);
        (void)ui.field("field", field, "");
    };
    stage.settings.width_px = 768;
    stage.settings.height_px = 1366;
    stage.rest();
    CHECK(stage.node("number").clipped == (digits.size() > 9));
    CHECK_FALSE(stage.node("h").clipped);
    CHECK_FALSE(stage.node("field").clipped); // an example takes a second line
    CHECK(stage.node("field").rect.h > 100);
    stage.settings.width_px = 200; // as small as a stamp: the bar's words have no room
    stage.settings.height_px = 300;
    stage.rest();
    CHECK(std::ranges::any_of(stage.ui->tree().nodes(), &SemanticNode::clipped));
}
